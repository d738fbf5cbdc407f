package layer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/randtest"
)

// byValues is the order of sortby in plain words.
func byValues(fs []geo.Feature, sort []geo.SortKey) []geo.Key {
	slices.SortFunc(fs, func(a, b geo.Feature) int {
		for _, k := range sort {
			i := testSchema.Field(k.Field)
			if c := compareValues(a.Value(i), b.Value(i), k.Descending); c != 0 {
				return c
			}
		}
		return cmp.Compare(a.Key, b.Key)
	})
	return keysOf(fs)
}

func compareValues(a, b geo.Value, descending bool) int {
	switch {
	case a.Null() && b.Null():
		return 0
	case a.Null():
		return 1
	case b.Null():
		return -1
	case a.Kind() == geo.KindBool:
		a, b = geo.Int(int64(geo.TriOf(a.Bool()))), geo.Int(int64(geo.TriOf(b.Bool())))
	}
	c, _ := a.Compare(b)
	if descending {
		return -c
	}
	return c
}

func randomSort(r *rand.Rand) []geo.SortKey {
	fields := []string{"name", "killed", "score", "found", "at"}
	r.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
	sort := make([]geo.SortKey, 1+r.IntN(geo.MaxSort))
	for i := range sort {
		sort[i] = geo.SortKey{Field: fields[i], Descending: r.IntN(2) == 0}
	}
	return sort
}

func compareSorted(t *testing.T, r *rand.Rand, l *Layer, o oracle, s geo.Selection) {
	t.Helper()
	s.Sort = randomSort(r)
	want := byValues(o.selected(s), s.Sort)
	for _, limit := range []int{0, 1 + r.IntN(600)} {
		if got := sortedPages(t, l, s, limit); !slices.Equal(got, want) {
			t.Errorf("sorted, pages of %d, %s: %s", limit, s.Key(), difference(got, want))
		}
	}
}

func sortedPages(t *testing.T, l *Layer, s geo.Selection, limit int) []geo.Key {
	t.Helper()
	s.Limit = limit
	var got []geo.Key
	for {
		page := sortedPage(t, l, &s)
		if got = append(got, page...); limit == 0 || len(page) < limit {
			return got
		}
	}
}

// sortedPage reads one page, and moves the place behind it.
func sortedPage(t *testing.T, l *Layer, s *geo.Selection) (keys []geo.Key) {
	t.Helper()
	rows, failed := l.Select(context.Background(), *s)
	after := s.After
	for row := range rows {
		keys = append(keys, row.Key())
		var err error
		if after, err = geo.ParseCursor(CursorAfter(row, s.Sort).String()); err != nil {
			t.Fatal(err)
		}
	}
	if err := failed(); err != nil {
		t.Fatal(err)
	}
	s.After = after
	return keys
}

// TestSortedUnderChange pages while records come, go and change: none that
// stood throughout is missed or comes twice. After mostChanges pages the layer
// stands still: a small page behind which more rows are added than it holds
// never comes to the end.
func TestSortedUnderChange(t *testing.T) {
	const mostChanges = 150
	r := randtest.New(t, 7)
	for range 30 {
		l, o := startWorld(t, r, 800)
		next := geo.Key(len(o))
		s := geo.Selection{Sort: randomSort(r), Limit: 1 + r.IntN(90), Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}}
		stood, got := maps.Clone(o), map[geo.Key]int{}
		for pages := 0; ; pages++ {
			page := sortedPage(t, l, &s)
			for _, k := range page {
				got[k]++
			}
			if len(page) < s.Limit {
				break
			}
			if pages < mostChanges {
				l = disturb(t, r, l, o, stood, &next)
			}
		}
		for k := range stood {
			if got[k] != 1 {
				t.Fatalf("%v: record %d, which stood throughout, came %d times", s.Sort, k, got[k])
			}
		}
	}
}

// disturb changes some records at random, which then no longer stand. What it
// adds bears words that the base lacks.
func disturb(t *testing.T, r *rand.Rand, l *Layer, o, stood oracle, next *geo.Key) *Layer {
	t.Helper()
	changes := randomChanges(r, o, next, 1+r.IntN(20))
	for i := range changes {
		if changes[i].Op == geo.Add {
			changes[i].Feature.Values = []geo.Value{geo.String(string(rune('a' + r.IntN(26))))}
		}
		delete(stood, changes[i].Feature.Key)
	}
	l, err := l.With(changes)
	if err == nil && r.IntN(10) == 0 {
		l, err = l.Fold(nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	applyTo(o, changes)
	return l
}

// TestSortedEdges holds the ends of numbers, equal zeros, and strings that only
// the delta or the cursor knows.
func TestSortedEdges(t *testing.T) {
	b := NewBuilder(testSchema)
	for k, values := range [][]geo.Value{
		1: {geo.String("b"), geo.Int(math.MaxInt64), geo.Float(math.Copysign(0, -1))},
		2: {geo.String(""), geo.Int(math.MinInt64), geo.Float(0)},
		3: {geo.Value{}, geo.Value{}, geo.Float(-math.MaxFloat64)},
		4: {geo.String("é"), geo.Int(0), geo.Float(math.SmallestNonzeroFloat64)},
		5: {geo.String("d"), geo.Int(-1)},
	} {
		if f := (geo.Feature{Key: geo.Key(k), Values: values}); k > 0 {
			if err := b.Add(&f); err != nil {
				t.Fatal(err)
			}
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	if l, err = l.With([]geo.Change{
		{Feature: geo.Feature{Key: 6, Values: []geo.Value{geo.String("c"), geo.Int(1)}}},
		{Feature: geo.Feature{Key: 7, Values: []geo.Value{geo.String("bb"), geo.Int(2)}}},
		{Feature: geo.Feature{Key: 8, Values: []geo.Value{geo.String("ca"), geo.Int(3)}}},
	}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		desc  string
		sort  geo.SortKey
		after geo.Value
		want  []geo.Key
	}{
		{"strings", geo.SortKey{Field: "name"}, geo.Value{}, []geo.Key{2, 1, 7, 6, 8, 5, 4, 3}},
		{"strings, descending", geo.SortKey{Field: "name", Descending: true}, geo.Value{}, []geo.Key{4, 5, 8, 6, 7, 1, 2, 3}},
		{"whole numbers", geo.SortKey{Field: "killed"}, geo.Value{}, []geo.Key{2, 5, 4, 6, 7, 8, 1, 3}},
		{"whole numbers, descending", geo.SortKey{Field: "killed", Descending: true}, geo.Value{}, []geo.Key{1, 8, 7, 6, 4, 5, 2, 3}},
		{"numbers", geo.SortKey{Field: "score"}, geo.Value{}, []geo.Key{3, 1, 2, 4, 5, 6, 7, 8}},
		{"numbers, descending", geo.SortKey{Field: "score", Descending: true}, geo.Value{}, []geo.Key{4, 1, 2, 3, 5, 6, 7, 8}},
		{"behind a word that is nowhere", geo.SortKey{Field: "name"}, geo.String("bc"), []geo.Key{6, 8, 5, 4, 3}},
		{"behind a word of the delta", geo.SortKey{Field: "name", Descending: true}, geo.String("ca"), []geo.Key{6, 7, 1, 2, 3}},
	} {
		s := geo.Selection{Sort: []geo.SortKey{c.sort}}
		if !c.after.Null() {
			s.After = geo.ValuesCursor([]geo.Value{c.after}, 8)
		}
		if got := sortedPage(t, l, &s); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
		}
	}
}

func TestSortedRefuses(t *testing.T) {
	l, _ := startWorld(t, randtest.New(t, 7), 10)
	byKilled := []geo.SortKey{{Field: "killed"}}
	for _, c := range []struct {
		desc, where string
		s           geo.Selection
	}{
		{"an unknown field", "sortby", geo.Selection{Sort: []geo.SortKey{{Field: "none"}}}},
		{"a list", "sortby", geo.Selection{Sort: []geo.SortKey{{Field: "tags"}}}},
		{"five fields", "sortby", geo.Selection{Sort: make([]geo.SortKey, 5)}},
		{"a place in the order of place", "after", geo.Selection{Sort: byKilled, After: geo.PlaceCursor(1, 1)}},
		{"a place by two fields", "after", geo.Selection{Sort: byKilled, After: geo.ValuesCursor(make([]geo.Value, 2), 1)}},
		{"a place by a word", "after", geo.Selection{Sort: byKilled, After: geo.ValuesCursor([]geo.Value{geo.String("x")}, 1)}},
		{"a place by value without an order", "after", geo.Selection{After: geo.ValuesCursor([]geo.Value{geo.Int(1)}, 1)}},
	} {
		rows, failed := l.Select(context.Background(), c.s)
		for range rows {
			t.Errorf("%s gave a record", c.desc)
		}
		if e := (*geo.Error)(nil); !errors.As(failed(), &e) || e.Code != geo.Invalid || e.Where != c.where {
			t.Errorf("%s: %v", c.desc, failed())
		}
	}
	rows, failed := l.Walk(context.Background(), orb.Point{}, geo.Selection{Sort: byKilled})
	for range rows {
		t.Error("a walk is sorted")
	}
	if geo.CodeOf(failed()) != geo.Invalid {
		t.Error(failed())
	}
}

// sortBench is points whose number many share and whose text few do.
func sortBench(b *testing.B, n int) *Layer {
	r := rand.New(rand.NewPCG(1, 2))
	build := NewBuilder(testSchema)
	for i := range n {
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: orb.Point{r.Float64(), r.Float64()},
			Values: []geo.Value{geo.String(fmt.Sprint("name ", r.IntN(n))), geo.Int(int64(r.IntN(10))), {}, {}, geo.TimeValue(geo.Time(r.IntN(1 << 40)))}}
		if err := build.Add(&f); err != nil {
			b.Fatal(err)
		}
	}
	l, err := build.Build()
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// BenchmarkSorted reads a page of 1,000, and all.
func BenchmarkSorted(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		l := sortBench(b, n)
		for _, s := range []geo.Selection{
			{Sort: []geo.SortKey{{Field: "killed", Descending: true}, {Field: "at"}}, Limit: 1000}, {Sort: []geo.SortKey{{Field: "name"}}, Limit: 1000}, {Sort: []geo.SortKey{{Field: "name"}}},
		} {
			b.Run(fmt.Sprintf("%v/limit%d/%d", s.Sort, s.Limit, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					rows, failed := l.Select(context.Background(), s)
					for range rows {
					}
					if err := failed(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
