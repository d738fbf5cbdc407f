package filter_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/randtest"
)

// question is a filter's text, and what it says of a record's values by the
// plainest means there are.
type question struct {
	text string
	says func(values []geo.Value) geo.Tri
}

// TestAgainstPlainReading compares random filters with a plain evaluation of
// each record: of the packed base, whose dictionaries are in order, and of the
// delta, whose are not.
func TestAgainstPlainReading(t *testing.T) {
	r := randtest.New(t, 3)
	l := randomLayer(t, r)
	for range 1500 {
		q := randomQuestion(r, 4)
		p, err := filter.ParseText(&schema, q.text)
		if err != nil {
			t.Fatalf("%s: %v", q.text, err)
		}
		again, err := filter.ParseText(&schema, p.String())
		if err != nil || again.String() != p.String() {
			t.Fatalf("%s prints as %s, which reads as %v, %v", q.text, p, again, err)
		}
		bound := map[geo.Table]func(uint32) geo.Tri{}
		for k := range geo.Key(l.Rows()) {
			row, ok := l.Find(k+1, geo.Reader{})
			if !ok {
				t.Fatalf("no record %d", k+1)
			}
			is := bound[row.Table()]
			if is == nil {
				if is, err = p.Bind(row.Table()); err != nil {
					t.Fatalf("%s: %v", q.text, err)
				}
				bound[row.Table()] = is
			}
			values := row.Feature().Values
			if got, want := is(row.Number()), q.says(values); got != want {
				t.Fatalf("%s\nof %v: %v, want %v", q.text, values, got, want)
			}
		}
		if len(bound) != 2 {
			t.Fatalf("%d parts were asked, want base and delta", len(bound))
		}
	}
}

func randomLayer(t *testing.T, r *rand.Rand) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(schema)
	for k := range geo.Key(40) {
		layertest.Add(t, b, geo.Feature{Key: k + 1, Values: randomRecord(r)})
	}
	l := layertest.Finish(t, b)
	var changes []geo.Change
	for k := range geo.Key(20) {
		changes = append(changes, geo.Change{Feature: geo.Feature{Key: k + 41, Values: randomRecord(r)}})
	}
	l, err := l.With(changes)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var words = []string{"ied", "mine", "erw", "it's", "Ied", "", "mi_ne", "100%"}

func randomRecord(r *rand.Rand) []geo.Value {
	values := make([]geo.Value, len(schema.Fields))
	for i := range schema.Fields {
		if f := &schema.Fields[i]; r.IntN(4) > 0 {
			values[i] = randomValue(r, f)
		}
	}
	return values
}

func randomValue(r *rand.Rand, f *geo.Field) geo.Value {
	switch f.Kind {
	case geo.KindString:
		return geo.String(words[r.IntN(len(words))])
	case geo.KindInt:
		return geo.Int(int64(r.IntN(9) - 4))
	case geo.KindFloat:
		return geo.Float(float64(r.IntN(9)-4) / 2)
	case geo.KindBool:
		return geo.Bool(r.IntN(2) == 0)
	case geo.KindTime:
		day := geo.Time(r.IntN(5)) * geo.Day
		if f.DateOnly {
			return geo.TimeValue(day)
		}
		return geo.TimeValue(day + geo.Time(r.IntN(3))*geo.Day/2)
	}
	return geo.List(geo.Int(1))
}

func randomQuestion(r *rand.Rand, depth int) question {
	if depth == 0 || r.IntN(3) == 0 {
		return randomLeaf(r)
	}
	a, b := randomQuestion(r, depth-1), randomQuestion(r, depth-1)
	switch r.IntN(3) {
	case 0:
		return question{"(" + a.text + ") AND (" + b.text + ")", func(v []geo.Value) geo.Tri { return min(a.says(v), b.says(v)) }}
	case 1:
		return question{"(" + a.text + " OR " + b.text + ")", func(v []geo.Value) geo.Tri { return max(a.says(v), b.says(v)) }}
	}
	return question{"NOT (" + a.text + ")", func(v []geo.Value) geo.Tri { return geo.True - a.says(v) }}
}

// known turns a plain answer into one that is unknown of a null.
func known(i int, says func(geo.Value) bool) func([]geo.Value) geo.Tri {
	return func(values []geo.Value) geo.Tri {
		if values[i].Null() {
			return geo.Maybe
		}
		return geo.TriOf(says(values[i]))
	}
}

func randomLeaf(r *rand.Rand) question {
	i := r.IntN(len(schema.Fields))
	f := &schema.Fields[i]
	if f.Kind == geo.KindList || r.IntN(8) == 0 {
		return question{f.Name + " IS NULL", func(v []geo.Value) geo.Tri { return geo.TriOf(v[i].Null()) }}
	}
	switch kind := r.IntN(4); {
	case kind == 0:
		return randomList(r, i)
	case kind == 1 && f.Kind != geo.KindBool:
		least, lo := randomLiteral(r, f)
		most, hi := randomLiteral(r, f)
		return question{fmt.Sprintf("%s BETWEEN %s AND %s", f.Name, least, most),
			known(i, func(v geo.Value) bool { return order(v, lo, true) >= 0 && order(v, hi, false) <= 0 })}
	case kind == 2 && f.Kind == geo.KindString:
		return randomPattern(r, i)
	}
	return randomComparison(r, i)
}

func randomList(r *rand.Rand, i int) question {
	f := &schema.Fields[i]
	var texts []string
	var list []moment
	for range 1 + r.IntN(4) {
		text, l := randomLiteral(r, f)
		texts, list = append(texts, text), append(list, l)
	}
	return question{f.Name + " IN (" + strings.Join(texts, ",") + ")", known(i, func(v geo.Value) bool {
		for _, l := range list {
			if order(v, l, true) >= 0 && order(v, l, false) <= 0 {
				return true
			}
		}
		return false
	})}
}

func randomPattern(r *rand.Rand, i int) question {
	word := words[r.IntN(len(words))]
	quoted := strings.ReplaceAll(word, "'", "''")
	quoted = strings.NewReplacer("%", `\%`, "_", `\_`).Replace(quoted)
	name := schema.Fields[i].Name
	switch r.IntN(3) {
	case 0:
		return question{name + " LIKE '" + quoted + "%'", known(i, func(v geo.Value) bool { return strings.HasPrefix(v.Text(), word) })}
	case 1:
		return question{name + " LIKE '%" + quoted + "'", known(i, func(v geo.Value) bool { return strings.HasSuffix(v.Text(), word) })}
	}
	return question{name + " LIKE '%" + quoted + "%'", known(i, func(v geo.Value) bool { return strings.Contains(v.Text(), word) })}
}

func randomComparison(r *rand.Rand, i int) question {
	f := &schema.Fields[i]
	text, l := randomLiteral(r, f)
	ops := []string{"=", "<>", "<", "<=", ">", ">="}
	if f.Kind == geo.KindBool {
		ops = ops[:2]
	}
	o := ops[r.IntN(len(ops))]
	says := known(i, func(v geo.Value) bool {
		notBefore, notAfter := order(v, l, true) >= 0, order(v, l, false) <= 0
		return map[string]bool{
			"=": notBefore && notAfter, "<>": !notBefore || !notAfter,
			"<": !notBefore, "<=": notAfter, ">": !notAfter, ">=": notBefore,
		}[o]
	})
	if r.IntN(3) == 0 {
		mirror := map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
		return question{text + " " + mirror[o] + " " + f.Name, says}
	}
	return question{f.Name + " " + o + " " + text, says}
}

// moment is a literal as the plain reading has it: from the first to the last
// value that it stands for.
type moment struct{ first, last geo.Value }

// order compares a value with the first or the last of a literal.
func order(v geo.Value, l moment, first bool) int {
	to := l.last
	if first {
		to = l.first
	}
	c, _ := v.Compare(to)
	return c
}

func randomLiteral(r *rand.Rand, f *geo.Field) (string, moment) {
	switch f.Kind {
	case geo.KindString:
		w := words[r.IntN(len(words))]
		return "'" + strings.ReplaceAll(w, "'", "''") + "'", moment{geo.String(w), geo.String(w)}
	case geo.KindBool:
		b := geo.Bool(r.IntN(2) == 0)
		return b.String(), moment{b, b}
	case geo.KindTime:
		t := geo.Time(r.IntN(5)) * geo.Day
		if r.IntN(2) == 0 {
			return "DATE('" + t.Std().Format(time.DateOnly) + "')", moment{geo.TimeValue(t), geo.TimeValue(t + geo.Day - 1)}
		}
		t += geo.Time(r.IntN(3)) * geo.Day / 2
		return "TIMESTAMP('" + t.String() + "')", moment{geo.TimeValue(t), geo.TimeValue(t)}
	}
	if r.IntN(2) == 0 {
		n := geo.Int(int64(r.IntN(9) - 4))
		return n.String(), moment{n, n}
	}
	x := geo.Float(float64(r.IntN(9)-4) / 4)
	return x.String(), moment{x, x}
}
