package geo_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

func at(day int64) geo.Time { return geo.Time(day) * geo.Day }

func TestIntervalMeets(t *testing.T) {
	unknownEnd := geo.Interval{Start: geo.End{Kind: geo.At, Time: at(5)}, End: geo.End{Kind: geo.Unknown}}
	unknownStart := geo.Interval{Start: geo.End{Kind: geo.Unknown}, End: geo.End{Kind: geo.At, Time: at(5)}}
	for _, c := range []struct {
		desc string
		a, b geo.Interval
		want geo.Tri
	}{
		{"the zero interval is all of time", geo.Interval{}, geo.Between(at(1), at(2)), geo.True},
		{"overlap", geo.Between(at(1), at(3)), geo.Between(at(2), at(4)), geo.True},
		{"the end does not belong to it", geo.Between(at(1), at(2)), geo.Between(at(2), at(3)), geo.False},
		{"the start does", geo.Instant(at(2)), geo.Between(at(2), at(3)), geo.True},
		{"an instant ends a microsecond later", geo.Instant(at(2)), geo.Between(at(2)+1, at(3)), geo.False},
		{"1970 is a time like any other", geo.Instant(0), geo.Between(-1, 1), geo.True},
		{"open ends go on", geo.From(at(1)), geo.Between(at(900), at(901)), geo.True},
		{"open starts too", geo.Until(at(1)), geo.Between(at(-900), at(-899)), geo.True},
		{"nothing meets an interval that holds nothing", geo.Between(at(1), at(1)), geo.Between(at(0), at(2)), geo.False},
		{"not even itself", geo.Between(at(1), at(1)), geo.Between(at(1), at(1)), geo.False},
		{"unknown time may be any", geo.UnknownTime, geo.Between(at(1), at(2)), geo.Maybe},
		{"unknown time is some time", geo.UnknownTime, geo.Interval{}, geo.True},
		{"began inside, end unknown", unknownEnd, geo.Between(at(4), at(6)), geo.True},
		{"began before, end unknown", unknownEnd, geo.Between(at(6), at(7)), geo.Maybe},
		{"began after, end unknown", unknownEnd, geo.Between(at(1), at(5)), geo.False},
		{"ended inside, start unknown", unknownStart, geo.Between(at(4), at(6)), geo.True},
		{"ended after, start unknown", unknownStart, geo.Between(at(1), at(2)), geo.Maybe},
		{"ended before, start unknown", unknownStart, geo.Between(at(5), at(6)), geo.False},
	} {
		if got := c.a.Meets(c.b); got != c.want {
			t.Errorf("%s: %v meets %v: %v, want %v", c.desc, c.a, c.b, got, c.want)
		}
		if got := c.b.Meets(c.a); got != c.want {
			t.Errorf("%s, the other way round: %v, want %v", c.desc, got, c.want)
		}
	}
}

func TestIntervalText(t *testing.T) {
	day := geo.TimeOf(time.Date(2018, 8, 31, 0, 0, 0, 0, time.UTC))
	for want, i := range map[string]geo.Interval{
		"-/-":                     {},
		"/":                       geo.UnknownTime,
		"2018-08-31T00:00:00Z/..": geo.From(day),
		"../2018-08-31T00:00:00Z": geo.Until(day),
		"2018-08-31T00:00:00Z/2018-08-31T00:00:00.000001Z": geo.Instant(day),
	} {
		if got := i.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTriIsKleenes(t *testing.T) {
	all := []geo.Tri{geo.False, geo.Maybe, geo.True}
	for _, a := range all {
		for _, b := range all {
			if a.And(b) != b.And(a) || a.Or(b) != b.Or(a) {
				t.Errorf("%v and %v do not commute", a, b)
			}
			if a.And(b).Not() != a.Not().Or(b.Not()) {
				t.Errorf("De Morgan does not hold for %v and %v", a, b)
			}
		}
	}
	if geo.Maybe.And(geo.False) != geo.False || geo.Maybe.Or(geo.True) != geo.True || geo.Maybe.Not() != geo.Maybe {
		t.Error("unknown is taken for known")
	}
}

func TestBox(t *testing.T) {
	if !(geo.Box{}).Everything() || geo.NewBox(0, 0, 0, 0).Everything() {
		t.Error("the point 0 0 and everything are not told apart")
	}
	if b := geo.NewBox(0, 0, 0, 0); !b.Has(0, 0) || b.Has(1e-300, 0) {
		t.Error("the box of the point 0 0 holds more than that point")
	}
	pacific := geo.NewBox(177, 65, -177, 70).Split()
	if len(pacific) != 2 || pacific[0] != (geo.Box{West: 177, South: 65, East: 180, North: 70}) || pacific[1] != (geo.Box{West: -180, South: 65, East: -177, North: 70}) {
		t.Errorf("over the date line: %v", pacific)
	}
	if got := geo.NewBox(5, 0, -180, 0).Split(); len(got) != 2 {
		t.Errorf("a box that ends on the date line: %v", got)
	}
	for _, bad := range []geo.Box{{-181, 0, 0, 0}, {0, 10, 1, 5}, {math.NaN(), 0, 1, 1}, {0, 0, 1, math.Inf(1)}} {
		if bad.Valid() {
			t.Errorf("%v is taken for valid", bad)
		}
	}
}

func TestCursorText(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		c := geo.PlaceCursor(r.Uint64(), geo.Key(r.Int64()))
		if r.IntN(2) == 0 {
			c = geo.MetresCursor(r.Float64()*2e7, geo.Key(r.Int64()))
		}
		got, err := geo.ParseCursor(c.String())
		if err != nil || got != c {
			t.Fatalf("%v came back as %v, %v", c, got, err)
		}
	}
	for _, bad := range []string{"x", "p", "p.", "p1", "p1.-2", "pzz.1", "?1.1", "p1.1 ", "d1.1.1", "é1.1", "s", "s1", "s1.-1", "s1.!", "s.", ".1"} {
		if c, err := geo.ParseCursor(bad); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%q was read as %v, %v", bad, c, err)
		}
	}
}

func TestValuesCursorText(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	texts := []string{"", "~", ",", "~.", "~~,", "a,b", "é", "%2C", "&x=1", "\U0001F600.~"}
	for range 1000 {
		values := []geo.Value{
			geo.String(texts[r.IntN(len(texts))] + texts[r.IntN(len(texts))]), geo.Int(int64(r.Uint64())), geo.Float(math.Float64frombits(r.Uint64())),
			geo.Bool(r.IntN(2) == 0), geo.TimeValue(geo.Time(r.Uint64())),
		}
		kinds := make([]geo.Kind, len(values))
		for i := range values {
			if kinds[i] = []geo.Kind{geo.KindString, geo.KindInt, geo.KindFloat, geo.KindBool, geo.KindTime}[i]; r.IntN(5) == 0 {
				values[i] = geo.Value{}
			}
		}
		c := geo.ValuesCursor(values, geo.Key(r.Int64()))
		again, err := geo.ParseCursor(c.String())
		if err != nil || again != c {
			t.Fatalf("%v came back as %v, %v", c, again, err)
		}
		got, err := again.SortValues(kinds)
		if err != nil || !slices.EqualFunc(got, values, geo.Value.Equal) {
			t.Fatalf("%v came back as %v, %v", values, got, err)
		}
		if _, err := again.SortValues(kinds[:2]); geo.CodeOf(err) != geo.Invalid {
			t.Fatal("the place of a list by five fields is taken for one by two")
		}
	}
	for _, c := range []struct {
		text string
		kind geo.Kind
	}{{"x", geo.KindInt}, {"NaN", geo.KindFloat}, {"Inf", geo.KindFloat}, {"1", geo.KindBool}, {"2018-01-01", geo.KindTime}, {"", geo.KindInt}} {
		if v, err := (geo.Cursor{Order: geo.ByValues, Values: c.text}).SortValues([]geo.Kind{c.kind}); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%q is read as %v, a %v", c.text, v, c.kind)
		}
	}
}

func TestMetresCursorKeepsOrder(t *testing.T) {
	last := geo.MetresCursor(0, 9)
	for _, m := range []float64{math.SmallestNonzeroFloat64, 1e-9, 1, 1.0000001, 2e7} {
		next := geo.MetresCursor(m, 1)
		if !last.Before(next.Rank, next.Key) || next.Before(last.Rank, last.Key) {
			t.Errorf("%v m does not come behind %v m", m, last.Metres())
		}
		last = next
	}
}

func TestValueEqualAndCanonicalText(t *testing.T) {
	g := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}
	different := []geo.Value{
		{}, geo.Bool(true), geo.Bool(false), geo.Int(2), geo.Float(2.5), geo.String("2"), geo.String(""),
		geo.TimeValue(2), geo.IntervalValue(geo.From(2)), geo.Geometry(g), geo.Geometry(g[0]), geo.List(geo.Int(2)),
		geo.List(), geo.Record(geo.Values{"a": geo.Int(2)}), geo.Record(geo.Values{"b": geo.Int(2)}),
	}
	for i, a := range different {
		for j, b := range different {
			if a.Equal(b) != (i == j) || (a.String() == b.String()) != (i == j) {
				t.Errorf("%v and %v: equal %v", a, b, a.Equal(b))
			}
		}
	}
	if !geo.Int(2).Equal(geo.Float(2)) {
		t.Error("2 is not 2.0")
	}
	if !geo.Float(math.NaN()).Null() || !geo.Float(math.Inf(1)).Null() {
		t.Error("a number that no format can write is not null")
	}
}

func TestSelectionKeyTellsQuestionsApart(t *testing.T) {
	keys := map[string]geo.Selection{}
	for _, s := range []geo.Selection{
		{}, {Box: geo.NewBox(0, 0, 0, 0)}, {Box: geo.NewBox(1, 2, 3, 4)}, {During: geo.From(3)}, {During: geo.Until(3)},
		{Reader: geo.Reader{Ceiling: geo.Confidential}}, {Reader: geo.Reader{Missions: []string{}}},
		{Reader: geo.Reader{Missions: []string{"A"}}}, {Reader: geo.Reader{Missions: []string{"A", "B"}}},
		{Limit: 5}, {After: geo.PlaceCursor(0, 1)}, {After: geo.MetresCursor(0, 1)},
		{Sort: []geo.SortKey{{Field: "a"}}}, {Sort: []geo.SortKey{{Field: "a", Descending: true}}}, {Sort: []geo.SortKey{{Field: "a"}, {Field: "b"}}},
		{After: geo.ValuesCursor([]geo.Value{{}}, 1)}, {After: geo.ValuesCursor([]geo.Value{geo.String("")}, 1)},
	} {
		if old, taken := keys[s.Key()]; taken {
			t.Errorf("%+v and %+v have the key %s", old, s, s.Key())
		}
		keys[s.Key()] = s
	}
}

func TestReader(t *testing.T) {
	for _, c := range []struct {
		desc    string
		r       geo.Reader
		class   geo.Class
		mission string
		want    bool
	}{
		{"the zero reader sees what is unclassified", geo.Reader{}, geo.Unclassified, "A", true},
		{"and nothing above", geo.Reader{}, geo.Confidential, "A", false},
		{"the ceiling itself is seen", geo.Reader{Ceiling: geo.Confidential}, geo.Confidential, "", true},
		{"its own mission", geo.Reader{Missions: []string{"A"}}, geo.Unclassified, "A", true},
		{"no other mission", geo.Reader{Missions: []string{"A"}}, geo.Unclassified, "B", false},
		{"what all share", geo.Reader{Missions: []string{}}, geo.Unclassified, "", true},
		{"no mission is not all missions", geo.Reader{Missions: []string{}}, geo.Unclassified, "A", false},
	} {
		if got := c.r.Sees(c.class, c.mission); got != c.want {
			t.Errorf("%s: %v", c.desc, got)
		}
	}
}

func TestClassText(t *testing.T) {
	for _, name := range geo.Classes() {
		c, err := geo.ParseClass(name)
		if err != nil || c.String() != name {
			t.Errorf("%s came back as %v, %v", name, c, err)
		}
	}
	if _, err := geo.ParseClass("secret"); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("an unknown class: %v", err)
	}
}
