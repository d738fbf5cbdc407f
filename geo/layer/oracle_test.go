package layer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/index"
	"bivouac/geo/measure"
	"bivouac/geo/randtest"
	"bivouac/geo/shape"
)

// oracle keeps the records in a map and answers by looking at all of them.
type oracle map[geo.Key]geo.Feature

func (o oracle) selected(s geo.Selection) []geo.Feature {
	var out []geo.Feature
	for _, f := range o {
		if oracleHas(&f, s) {
			out = append(out, f)
		}
	}
	return out
}

func oracleHas(f *geo.Feature, s geo.Selection) bool {
	if !s.Reader.Sees(f.Class, f.Mission) {
		return false
	}
	if !s.During.All() && f.Valid.Meets(s.During) != geo.True {
		return false
	}
	if !s.Box.Everything() && !slices.ContainsFunc(s.Box.Split(), func(b geo.Box) bool { return inBox(f.Geometry, b) }) {
		return false
	}
	if k, ok := s.Match.(killedIs); ok && !f.Value(1).Equal(geo.Int(int64(k))) {
		return false
	}
	return true
}

func inBox(g orb.Geometry, b geo.Box) bool {
	if g == nil {
		return false
	}
	met, err := shape.Intersects(g, orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}})
	return err == nil && met
}

func byPlace(fs []geo.Feature) []geo.Key {
	slices.SortFunc(fs, func(a, b geo.Feature) int {
		return cmp.Or(cmp.Compare(rankOf(a), rankOf(b)), cmp.Compare(a.Key, b.Key))
	})
	return keysOf(fs)
}

func rankOf(f geo.Feature) uint64 {
	if f.Geometry == nil {
		return index.Unplaced
	}
	b := f.Geometry.Bound()
	return index.Hilbert(b.Min[0]+(b.Max[0]-b.Min[0])/2, b.Min[1]+(b.Max[1]-b.Min[1])/2)
}

func byMetres(t *measure.Target, fs []geo.Feature, radius float64) []geo.Key {
	metres := map[geo.Key]float64{}
	fs = slices.DeleteFunc(fs, func(f geo.Feature) bool {
		if f.Geometry == nil {
			return true
		}
		metres[f.Key] = t.To(f.Geometry)
		return metres[f.Key] > radius
	})
	slices.SortFunc(fs, func(a, b geo.Feature) int {
		return cmp.Or(cmp.Compare(metres[a.Key], metres[b.Key]), cmp.Compare(a.Key, b.Key))
	})
	return keysOf(fs)
}

func keysOf(fs []geo.Feature) []geo.Key {
	keys := make([]geo.Key, len(fs))
	for i := range fs {
		keys[i] = fs[i].Key
	}
	return keys
}

// TestAgainstLinearScan changes a layer ten thousand times at random and
// compares every way of reading it with a look at all records.
func TestAgainstLinearScan(t *testing.T) {
	r := randtest.New(t, 7)
	l, o := startWorld(t, r, 2000)
	next := geo.Key(len(o))
	most := 10_000
	if testing.Short() {
		most = 1_000 // under the race detector, which finds nothing new in more
	}
	for made := 0; made < most; {
		changes := randomChanges(r, o, &next, 1+r.IntN(200))
		made += len(changes)
		before, rows := l, l.Rows()
		var err error
		if l, err = l.With(changes); err != nil {
			t.Fatal(err)
		}
		applyTo(o, changes)
		if before.Rows() != rows {
			t.Fatalf("a change to the next layer changed this one: %d rows, were %d", before.Rows(), rows)
		}
		if r.IntN(20) == 0 {
			if l, err = l.Fold(nil); err != nil {
				t.Fatal(err)
			}
		}
		compare(t, r, l, o)
		if t.Failed() {
			t.Fatalf("after %d changes", made)
		}
	}
}

func startWorld(t *testing.T, r *rand.Rand, n int) (*Layer, oracle) {
	o := oracle{}
	b := NewBuilder(testSchema)
	for k := geo.Key(1); k <= geo.Key(n); k++ {
		f := randomFeature(r, k, 1)
		o[k] = f
		if err := b.Add(&f); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return l, o
}

func randomChanges(r *rand.Rand, o oracle, next *geo.Key, n int) []geo.Change {
	var changes []geo.Change
	touched := map[geo.Key]bool{}
	keys := slices.Sorted(maps.Keys(o))
	for range n {
		k := keys[r.IntN(len(keys))]
		op := geo.Op(r.IntN(3))
		if op == geo.Add {
			*next++
			k = *next
		} else if touched[k] {
			continue
		}
		touched[k] = true
		changes = append(changes, geo.Change{Collection: "things", Op: op, Feature: randomFeature(r, k, 2)})
	}
	return changes
}

func applyTo(o oracle, changes []geo.Change) {
	for _, c := range changes {
		if c.Op == geo.Remove {
			delete(o, c.Feature.Key)
		} else {
			o[c.Feature.Key] = c.Feature
		}
	}
}

func compare(t *testing.T, r *rand.Rand, l *Layer, o oracle) {
	t.Helper()
	ctx := context.Background()
	s := randomSelection(r)
	want := byPlace(o.selected(s))
	if got := pages(t, l, s, 1+r.IntN(300)); !slices.Equal(got, want) {
		t.Errorf("Select %s: %s", s.Key(), difference(got, want))
	}
	if got, err := l.Count(ctx, s); err != nil || got != len(want) {
		t.Errorf("Count %s: %d, %v; want %d", s.Key(), got, err, len(want))
	}
	compareSorted(t, r, l, o, s)
	compareRuns(t, r, l, o, s)
	compareNear(t, r, l, o, s)
	compareFind(t, r, l, o, s.Reader)
}

// pages reads a selection in pages, as a client does.
func pages(t *testing.T, l *Layer, s geo.Selection, limit int) []geo.Key {
	t.Helper()
	s.Limit = limit
	var got []geo.Key
	for {
		rows, failed := l.Select(context.Background(), s)
		n := 0
		for row := range rows {
			n++
			got = append(got, row.Key())
			s.After = geo.PlaceCursor(rankOf(row.Feature()), row.Key())
		}
		if err := failed(); err != nil {
			t.Fatal(err)
		}
		if n > limit {
			t.Fatalf("%d rows in a page of %d", n, limit)
		}
		if n < limit {
			return got
		}
	}
}

// difference tells of two lists of keys where they part.
func difference(got, want []geo.Key) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	few := func(keys []geo.Key) []geo.Key { return keys[min(i, len(keys)):min(i+5, len(keys))] }
	return fmt.Sprintf("%d keys, want %d; from place %d on %v..., want %v...", len(got), len(want), i, few(got), few(want))
}

// compareRuns asks for an area of its own beside the selection's box, and says
// of small nodes that they may come together.
func compareRuns(t *testing.T, r *rand.Rand, l *Layer, o oracle, s geo.Selection) {
	t.Helper()
	p := randomPlace(r)
	area := geo.NewBox(p[0], p[1], min(p[0]+r.Float64()*30, 180), min(p[1]+r.Float64()*30, 90))
	want := keysOf(slices.DeleteFunc(o.selected(s), func(f geo.Feature) bool {
		if f.Geometry == nil {
			return true
		}
		b := f.Geometry.Bound()
		return !area.Meets(geo.NewBox(b.Min[0], b.Min[1], b.Max[0], b.Max[1]))
	}))
	small := func(b geo.Box) bool { return b.East-b.West < 1 && b.North-b.South < 1 && area.Holds(b) }
	var got []geo.Key
	err := l.Runs(context.Background(), s, area, small, func(run Run) bool {
		for n := run.From; n < run.To; n++ {
			if b, ok := run.Table.Bound(n); !ok || run.Together && !area.Holds(b) {
				t.Errorf("row %v came with a node that lies in %v", b, area)
			}
			if _, ok := run.Table.Point(n); run.Points && !ok {
				t.Errorf("row %d is no point", n)
			}
			if b, _ := run.Table.Bound(n); area.Meets(b) {
				got = append(got, run.Table.Key(n))
			}
		}
		return true
	})
	slices.Sort(got)
	slices.Sort(want)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("Runs in %v, %s: %v, %s", area, s.Key(), err, difference(got, want))
	}
}

func compareNear(t *testing.T, r *rand.Rand, l *Layer, o oracle, s geo.Selection) {
	t.Helper()
	ctx := context.Background()
	near := randomShape(r)
	if near == nil {
		near = randomPlace(r)
	}
	target, err := measure.NewTarget(near)
	if err != nil {
		t.Fatal(err)
	}
	radius := math.Inf(1)
	if r.IntN(2) == 0 {
		radius = float64(r.IntN(400)) * 1000
	}
	want := byMetres(target, o.selected(s), radius)
	if got := walkPages(t, l, near, radius, s, 1+r.IntN(500)); !slices.Equal(got, want) {
		t.Errorf("Walk from %v within %v, %s: %s", near, radius, s.Key(), difference(got, want))
	}
	if n, err := l.CountWithin(ctx, near, radius, s); err != nil || n != len(want) {
		t.Errorf("CountWithin %v of %v, %s: %d, %v; want %d", radius, near, s.Key(), n, err, len(want))
	}
	rows, failed := l.Within(ctx, near, radius, s)
	var got []geo.Key
	for row := range rows {
		got = append(got, row.Key())
	}
	slices.Sort(got)
	slices.Sort(want)
	if err := failed(); err != nil || !slices.Equal(got, want) {
		t.Errorf("Within %v of %v, %s: %v, %s", radius, near, s.Key(), err, difference(got, want))
	}
}

func walkPages(t *testing.T, l *Layer, near orb.Geometry, radius float64, s geo.Selection, limit int) []geo.Key {
	t.Helper()
	s.Limit = limit
	var got []geo.Key
	for {
		rows, failed := l.WalkWithin(context.Background(), near, radius, s)
		n := 0
		for row, metres := range rows {
			n++
			got = append(got, row.Key())
			s.After = geo.MetresCursor(metres, row.Key())
		}
		if err := failed(); err != nil {
			t.Fatal(err)
		}
		if n < limit {
			return got
		}
	}
}

func compareFind(t *testing.T, r *rand.Rand, l *Layer, o oracle, reader geo.Reader) {
	t.Helper()
	for range 20 {
		k := geo.Key(r.IntN(len(o) + 10))
		want, there := o[k]
		row, ok := l.Find(k, reader)
		if ok != (there && reader.Sees(want.Class, want.Mission)) {
			t.Fatalf("Find %d: %v", k, ok)
		}
		if ok {
			sameFeature(t, row.Feature(), want)
		}
	}
}

func sameFeature(t *testing.T, got, want geo.Feature) {
	t.Helper()
	if got.Key != want.Key || got.Rev != want.Rev || got.SourceID != want.SourceID || string(got.Extra) != string(want.Extra) ||
		got.Valid != want.Valid || got.Class != want.Class || got.Mission != want.Mission || !slices.Equal(got.Z, want.Z) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if (got.Geometry == nil) != (want.Geometry == nil) || got.Geometry != nil && !orb.Equal(got.Geometry, want.Geometry) {
		t.Errorf("got %v, want %v", got.Geometry, want.Geometry)
	}
	for i := range testSchema.Fields {
		if !got.Value(i).Equal(want.Value(i)) {
			t.Errorf("%s: got %v, want %v", testSchema.Fields[i].Name, got.Value(i), want.Value(i))
		}
	}
}
