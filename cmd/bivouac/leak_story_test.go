package main

import (
	"fmt"
	"hash/fnv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/indicator"
)

// planted stands in every secret. No answer to a lower reader may hold it.
const planted = "PLANTED"

// mark is what rules who sees a record.
type mark struct {
	class   geo.Class
	mission string
}

// ward is somebody from whom secrets are kept.
type ward struct {
	desc   string
	reader geo.Reader
	open   []mark // of what he sees
	secret []mark // of what he does not see
}

var wards = []ward{
	{
		"of all missions, unclassified", geo.Reader{Ceiling: geo.Unclassified},
		[]mark{{}, {mission: "MINUSMA"}, {mission: "UNMISS"}},
		[]mark{{class: geo.Confidential}, {geo.Confidential, "MINUSMA"}, {geo.StrictlyConfidential, "UNMISS"}},
	},
	{
		"of one mission, confidential", geo.Reader{Ceiling: geo.Confidential, Missions: []string{"MINUSMA"}},
		[]mark{{}, {mission: "MINUSMA"}, {geo.Confidential, "MINUSMA"}},
		[]mark{{mission: "UNMISS"}, {geo.Confidential, "UNMISS"}, {geo.StrictlyConfidential, "MINUSMA"}},
	},
}

// kind is what an act of the story does to a record of each collection, and to
// a document.
type kind int

const (
	put   kind = iota // a state that the ward sees: in both worlds
	drop              // the end of one: in both worlds
	plant             // a state that he does not see: left out of the world without
	pull              // the end of one: left out too
	raise             // from sight to secrecy: the world without removes it, which is all that he sees of it
)

type act struct {
	kind kind
	name string // of the record in the story, also its source id
	text string // what it says
	mark int    // which of the ward's open or secret marks it bears
}

// step is what is committed together.
type step struct {
	reason   string
	acts     []act
	imported bool // by an import for each collection
	undoes   int  // undoes so many steps before, by who sees all; 0 makes the acts
	borrowed bool // the first act takes the source id of the second, which is gone
}

// beginning is what both worlds hold before the first secret: the records whose
// keys are the same in both.
func beginning() step {
	s := step{reason: "the beginning"}
	for i := range 24 {
		s.acts = append(s.acts, act{put, fmt.Sprintf("open-%d", i), fmt.Sprintf("word-%d", i%7), i})
	}
	return s
}

// secrets returns acts on n planted records.
func secrets(k kind, name, text string, n int) []act {
	var out []act
	for i := range n {
		out = append(out, act{k, fmt.Sprintf("%s-%d", name, i), planted + text, i})
	}
	return out
}

// mixed shuffles acts together.
func mixed(a, b []act) []act {
	var out []act
	for i := range max(len(a), len(b)) {
		if i < len(b) {
			out = append(out, b[i])
		}
		if i < len(a) {
			out = append(out, a[i])
		}
	}
	return out
}

// story is what happens, step by step. Reasons are told to whoever sees a part
// of the step, so only those of wholly secret steps are planted.
func story() []step {
	return []step{
		{reason: planted + " plan", acts: append(secrets(plant, planted+"-A", "", 9), act{plant, "sunk-0", planted, 0})},
		{reason: "news", acts: []act{{put, "open-1", "word-1 anew", 1}, {drop, "open-2", "", 0}, {put, "open-5", "word-8", 0}}},
		{reason: planted + " correction", acts: secrets(plant, planted+"-A", " anew", 4)},
		// Before any other record comes: then the order of the keys is the same.
		{reason: "lowered", acts: []act{{put, "sunk-0", "word-5", 0}}},
		{reason: "import", imported: true, acts: mixed(
			[]act{{put, "new-0", "word-2", 0}, {put, "open-7", "word-3 sent again", 1}, {put, "new-1", "word-3", 1}, {put, "new-2", "word-4", 2}},
			append(secrets(plant, planted+"-B", "", 3), act{plant, planted + "-A-2", planted + " sent again", 1}))},
		{reason: "checked", acts: []act{{raise, "open-3", planted + " raised", 0}, {put, "open-8", "word-9", 2}}},
		{reason: planted + " more of what was raised", acts: []act{{plant, "open-3", planted + " raised and changed", 1}}},
		{reason: "review", acts: []act{{raise, "open-4", planted + " for a while", 2}}},
		{reason: "review taken back", undoes: 1},
		{reason: planted + " over", acts: secrets(pull, planted+"-A", "", 2)},
		{reason: "late", acts: mixed([]act{{put, "late-0", "word-6", 0}, {put, "late-1", "word-0", 1}}, secrets(plant, planted+"-C", "", 2))},
		{reason: "mixed", acts: mixed([]act{{put, "open-9", "word-1 of two", 0}, {drop, "open-10", "", 0}}, secrets(plant, planted+"-A", " of two", 9)[2:])},
		{reason: planted + " regretted", acts: []act{{plant, planted + "-D", planted, 0}}},
		{reason: planted + " regretted, indeed", undoes: 1},
		{reason: "slip", acts: []act{{put, "slip-0", "word-6", 1}}},
		{reason: "slip raised", acts: []act{{raise, "slip-0", planted + " slip", 1}}},
		{reason: "an end", acts: []act{{drop, "open-6", "", 0}}},
		{reason: planted + " of the same source", acts: []act{{plant, planted + "-E", planted, 1}, {plant, "open-6", "", 0}}, borrowed: true},
		{reason: "the last", acts: []act{{put, "open-11", "word-2 at last", 2}}},
		// What comes last is secret, so that nobody takes the newest version for
		// the newest that he sees.
		{reason: planted + " at the end", acts: secrets(plant, planted+"-G", "", 2)},
	}
}

// sum tells names and texts apart in numbers, alike in both worlds.
func sum(parts ...string) int {
	h := fnv.New32a()
	h.Write([]byte(strings.Join(parts, "\n")))
	return int(h.Sum32() >> 1)
}

// record is one that says the text, in whatever collection. A planted one
// lies farther out, earlier and later than all others, and says more.
func record(s *geo.Schema, name, source, text string, m mark) geo.Feature {
	n := sum(s.Name, name)
	secret := strings.HasPrefix(text, planted)
	day := geo.Time(17_500+n%300) * geo.Day
	x, y := float64(n%997)/200, 10+float64(n%991)/200
	if secret && n%3 == 0 {
		day, x, y = geo.Time(9_000+n%20_000)*geo.Day, float64(n%120)-60, float64(n%100)-50
	}
	f := geo.Feature{SourceID: source, Geometry: shapeAt(s.Geometry, x, y), Class: m.class, Mission: m.mission, Extra: fmt.Appendf(nil, `{"record":%q}`, name)}
	if n%11 == 0 {
		f.Geometry = nil
	}
	for i := range s.Fields {
		f.Values = append(f.Values, valueOf(&s.Fields[i], source, text, m, day, sum(name, text)%9))
	}
	return f
}

func shapeAt(g geo.GeometryType, x, y float64) orb.Geometry {
	switch g {
	case geo.LineGeometry:
		return orb.LineString{{x, y}, {x + 0.4, y + 0.3}, {x + 0.5, y - 0.2}}
	case geo.AreaGeometry:
		return orb.Polygon{{{x, y}, {x + 0.3, y}, {x + 0.3, y + 0.2}, {x, y}}}
	}
	return orb.Point{x, y}
}

func valueOf(f *geo.Field, source, text string, m mark, day geo.Time, n int) geo.Value {
	switch f.Role {
	case geo.ClassRole:
		return geo.String(m.class.String())
	case geo.MissionRole:
		if m.mission == "" {
			return geo.Value{}
		}
		return geo.String(m.mission)
	case geo.SourceIDRole:
		return geo.String(source)
	case geo.EndRole:
		return geo.Value{}
	}
	switch f.Kind {
	case geo.KindString:
		return geo.String(text)
	case geo.KindInt:
		return geo.Int(int64(inRange(f, n)))
	case geo.KindFloat:
		return geo.Float(inRange(f, 20+n))
	case geo.KindBool:
		return geo.Bool(n%2 == 0)
	case geo.KindTime:
		return geo.TimeValue(day)
	}
	return geo.Value{}
}

// inRange is n, or the nearest number that the field takes.
func inRange(f *geo.Field, n int) float64 {
	out := float64(n)
	if f.Least != nil {
		out = max(out, *f.Least)
	}
	if f.Greatest != nil {
		out = min(out, *f.Greatest)
	}
	return out
}

// paper is the document of the story beside the records; without a text, its
// end. It is an indicator, which an analysis may be asked for by its name.
func paper(name, text string, m mark) geo.Doc {
	d := geo.Doc{Kind: indicator.DocKind, ID: name, Title: text, Class: m.class, Mission: m.mission}
	if text != "" {
		d.Body = fmt.Appendf(nil, `{"description":%q,"hits":"killed > 0","measure":"share","period":"year"}`, text)
	}
	return d
}

// TestStoryPlants holds the story to what it is for: all kinds of acts, and
// secrets that say so.
func TestStoryPlants(t *testing.T) {
	seen := map[kind]int{}
	for _, s := range story() {
		for _, a := range s.acts {
			seen[a.kind]++
			if hidden := a.kind == plant || a.kind == raise; hidden != strings.HasPrefix(a.text, planted) && a.text != "" && a.kind != pull {
				t.Errorf("%s: %s says %q", s.reason, a.name, a.text)
			}
		}
	}
	for k := put; k <= raise; k++ {
		if seen[k] < 2 {
			t.Errorf("%d acts of the kind %d", seen[k], k)
		}
	}
	for _, w := range wards {
		for i := range 3 {
			open, secret := w.open[i], w.secret[i]
			if !w.reader.Sees(open.class, open.mission) || w.reader.Sees(secret.class, secret.mission) {
				t.Errorf("%s: %v or %v", w.desc, open, secret)
			}
		}
	}
	s := geo.Schema{Name: "things", Fields: []geo.Field{{Name: "name", Kind: geo.KindString}}}
	if f := record(&s, "a", "a", planted, mark{}); f.Value(0).Text() != planted {
		t.Error("a secret says nothing")
	}
}
