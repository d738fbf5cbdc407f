package filter_test

import (
	"context"
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"bivouac/data/sharedtest"
	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
)

var ogcSchemas = map[string]geo.Schema{
	"ne_110m_populated_places_simple": {Name: "places", Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString}, {Name: "nameascii", Kind: geo.KindString},
		{Name: "pop_other", Kind: geo.KindInt}, {Name: "pop_min", Kind: geo.KindInt}, {Name: "pop_max", Kind: geo.KindInt},
		{Name: "date", Kind: geo.KindTime, DateOnly: true}, {Name: "start", Kind: geo.KindTime}, {Name: "end", Kind: geo.KindTime},
		{Name: "boolean", Kind: geo.KindBool},
	}},
	"ne_110m_admin_0_countries": {Name: "countries", Fields: []geo.Field{
		{Name: "NAME", Kind: geo.KindString}, {Name: "POP_EST", Kind: geo.KindFloat},
	}},
}

// TestOGC holds the predicates of the OGC's own suite to the counts that an
// independent evaluation gives.
func TestOGC(t *testing.T) {
	layers := map[string]*layer.Layer{}
	for collection, s := range ogcSchemas {
		layers[collection] = ogcLayer(t, s)
	}
	asked := 0
	for _, row := range table(t, sharedtest.Path(t, "ogc_cql2/predicates.tsv"), '\t')[1:] {
		class, collection, text, verified := row[0], row[2], row[3], row[5]
		if !core(class, text) {
			continue
		}
		asked++
		l := layers[collection]
		p, err := filter.ParseText(l.Schema(), text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		n, err := l.Count(context.Background(), geo.Selection{Match: p})
		if err != nil || strconv.Itoa(n) != verified {
			t.Errorf("%s: %d records, want %s, %v", text, n, verified, err)
		}
	}
	if asked < 95 {
		t.Errorf("only %d predicates of the suite were asked", asked)
	}
	t.Logf("%d predicates", asked)
}

// core says whether a predicate of the suite belongs to what is read so far:
// a property on one side, literals on the other.
func core(class, text string) bool {
	switch class {
	case "basic-cql2", "advanced-comparison-operators":
		return !strings.Contains(text, "S_INTERSECTS")
	case "property-property":
		literal := strings.HasPrefix(text, "'København'") || strings.HasPrefix(text, "1038288")
		return literal && !strings.Contains(text, "LIKE")
	}
	return false
}

func ogcLayer(t *testing.T, s geo.Schema) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(s)
	for i, row := range table(t, "testdata/ogc/"+s.Name+".csv", ',')[1:] {
		f := geo.Feature{Key: geo.Key(i + 1)}
		for j, cell := range row {
			f.Values = append(f.Values, ogcValue(t, s.Fields[j].Kind, cell))
		}
		if err := b.Add(&f); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func ogcValue(t *testing.T, k geo.Kind, cell string) geo.Value {
	t.Helper()
	if cell == "" {
		return geo.Value{}
	}
	var v geo.Value
	var err error
	switch k {
	case geo.KindString:
		v = geo.String(cell)
	case geo.KindBool:
		v = geo.Bool(cell == "1")
	case geo.KindTime:
		var at time.Time
		at, err = time.Parse("2006-01-02T15:04:05", (cell + "T00:00:00")[:19])
		v = geo.TimeValue(geo.TimeOf(at))
	case geo.KindInt:
		var n int64
		n, err = strconv.ParseInt(cell, 10, 64)
		v = geo.Int(n)
	case geo.KindFloat:
		var x float64
		x, err = strconv.ParseFloat(cell, 64)
		v = geo.Float(x)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func table(t *testing.T, file string, comma rune) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return rows
}
