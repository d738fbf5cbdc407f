package layer

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/randtest"
)

// TestSecrecyAgainstLinearScan asks every way of reading how many of the rows
// that it gave are classified, and how high, and compares with a look at all
// records.
func TestSecrecyAgainstLinearScan(t *testing.T) {
	r := randtest.New(t, 7)
	for _, c := range []struct {
		desc string
		tame func(f *geo.Feature)
	}{
		{"a third of the records classified", func(*geo.Feature) {}},
		{"nothing classified", func(f *geo.Feature) { f.Class = geo.Unclassified }},
		{"few records classified, in one corner", func(f *geo.Feature) {
			if f.Geometry == nil || f.Geometry.Bound().Min[0] < 4.5 || f.Geometry.Bound().Min[0] > 20 {
				f.Class = geo.Unclassified
			}
		}},
		{"the whole east strictly confidential", func(f *geo.Feature) {
			f.Class = geo.Unclassified
			if f.Geometry != nil && f.Geometry.Bound().Min[0] > 2 {
				f.Class = geo.StrictlyConfidential
			}
		}},
	} {
		l, o := tamedWorld(t, r, c.tame)
		for step := range 12 {
			for range 15 {
				compareSecrecy(t, r, l, o)
			}
			if t.Failed() {
				t.Fatalf("%s, step %d", c.desc, step)
			}
			l = tamedChange(t, r, l, o, c.tame, step%5 == 4)
		}
	}
}

func tamedWorld(t *testing.T, r *rand.Rand, tame func(*geo.Feature)) (*Layer, oracle) {
	t.Helper()
	o, b := oracle{}, NewBuilder(testSchema)
	for k := geo.Key(1); k <= 1500; k++ {
		f := randomFeature(r, k, 1)
		tame(&f)
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

func tamedChange(t *testing.T, r *rand.Rand, l *Layer, o oracle, tame func(*geo.Feature), fold bool) *Layer {
	t.Helper()
	next := geo.Key(0)
	for k := range o {
		next = max(next, k)
	}
	changes := randomChanges(r, o, &next, 100)
	for i := range changes {
		tame(&changes[i].Feature)
	}
	l, err := l.With(changes)
	if err == nil && fold {
		l, err = l.Fold(nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	applyTo(o, changes)
	return l
}

// secret is what of some records the test compares.
type secret struct {
	n       int
	highest geo.Class
}

func secretOf(fs []geo.Feature) (s secret) {
	for i := range fs {
		if c := fs[i].Class; c > geo.Unclassified {
			s.n++
			s.highest = max(s.highest, c)
		}
	}
	return s
}

func compareSecrecy(t *testing.T, r *rand.Rand, l *Layer, o oracle) {
	t.Helper()
	s := randomSelection(r)
	all := o.selected(s)
	near, radius := randomPlace(r), float64(r.IntN(400))*1000
	target, err := measure.NewTarget(near)
	if err != nil {
		t.Fatal(err)
	}
	p := randomPlace(r)
	area := geo.NewBox(p[0], p[1], min(p[0]+r.Float64()*30, 180), min(p[1]+r.Float64()*30, 90))
	within := keep(all, func(f *geo.Feature) bool { return f.Geometry != nil && target.To(f.Geometry) <= radius })
	for _, c := range []struct {
		way  string
		want []geo.Feature
		read func(context.Context) error
	}{
		{"Select", all, func(ctx context.Context) error { return drain(l.Select(ctx, s)) }},
		{"Count", all, func(ctx context.Context) error {
			_, err := l.Count(ctx, s)
			return err
		}},
		{"Extent", all, func(ctx context.Context) error {
			e, err := l.Extent(ctx, s)
			if want := secretOf(all); e.Classified != want.n || e.Highest != want.highest {
				t.Errorf("the extent says %d, %v; want %v", e.Classified, e.Highest, want)
			}
			return err
		}},
		{"Within", within, func(ctx context.Context) error { return drain(l.Within(ctx, near, radius, s)) }},
		{"CountWithin", within, func(ctx context.Context) error {
			_, err := l.CountWithin(ctx, near, radius, s)
			return err
		}},
		{"Walk", keep(all, func(f *geo.Feature) bool { return f.Geometry != nil }), func(ctx context.Context) error { return walkOut(ctx, l, near, s) }},
		{"Runs", keep(all, func(f *geo.Feature) bool { return f.Geometry != nil && area.Meets(boundOf(f.Geometry)) }), func(ctx context.Context) error {
			small := func(b geo.Box) bool { return b.East-b.West < 2 && area.Holds(b) }
			return l.Runs(ctx, s, area, small, func(Run) bool { return true })
		}},
	} {
		var tally Tally
		if err := c.read(Watch(context.Background(), &tally)); err != nil {
			t.Fatal(err)
		}
		if got, want := (secret{tally.Classified, tally.Highest}), secretOf(c.want); got != want {
			t.Errorf("%s of %s, %v within %v, area %v: %v, want %v", c.way, s.Key(), near, radius, area, got, want)
		}
	}
}

func keep(fs []geo.Feature, f func(*geo.Feature) bool) (out []geo.Feature) {
	for i := range fs {
		if f(&fs[i]) {
			out = append(out, fs[i])
		}
	}
	return out
}

func boundOf(g orb.Geometry) geo.Box {
	b := g.Bound()
	return geo.NewBox(b.Min[0], b.Min[1], b.Max[0], b.Max[1])
}

func drain(rows func(func(geo.Row) bool), failed func() error) error {
	for range rows {
	}
	return failed()
}

func walkOut(ctx context.Context, l *Layer, near orb.Point, s geo.Selection) error {
	rows, failed := l.WalkWithin(ctx, near, math.Inf(1), s)
	for range rows {
	}
	return failed()
}

// TestSecrecyOfAPart reads a page and no more: what was not given is not
// counted.
func TestSecrecyOfAPart(t *testing.T) {
	b := NewBuilder(testSchema)
	for k := range geo.Key(100) {
		f := geo.Feature{Key: k + 1, Geometry: orb.Point{float64(k) / 100, 0}}
		if k >= 10 {
			f.Class = geo.Confidential
		}
		if err := b.Add(&f); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	all := geo.Reader{Ceiling: geo.StrictlyConfidential}
	for limit, want := range map[int]secret{10: {}, 11: {1, geo.Confidential}, 40: {30, geo.Confidential}} {
		var walked Tally
		if err := walkOut(Watch(t.Context(), &walked), l, orb.Point{0, 0}, geo.Selection{Reader: all, Limit: limit}); err != nil {
			t.Fatal(err)
		}
		if got := (secret{walked.Classified, walked.Highest}); got != want {
			t.Errorf("the %d nearest: %v, want %v", limit, got, want)
		}
	}
	var found Tally
	row, _ := l.Find(11, all)
	See(Watch(t.Context(), &found), row)
	See(t.Context(), row) // nobody watches
	if found.Classified != 1 || found.Highest != geo.Confidential {
		t.Errorf("a record found by its key: %+v", found)
	}
}

// BenchmarkSecrecy counts as a reader who sees classified records, which are a
// twentieth of them, with and without somebody who asks how many.
func BenchmarkSecrecy(b *testing.B) {
	l, at := secretLayer(b, 1_000_000)
	cleared := geo.Selection{Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}}
	for _, c := range []struct {
		name string
		ask  func(context.Context, orb.Point) error
	}{
		{"count25km", func(ctx context.Context, p orb.Point) error {
			_, err := l.CountWithin(ctx, p, 25_000, cleared)
			return err
		}},
		{"countBox", func(ctx context.Context, p orb.Point) error {
			s := cleared
			s.Box = around(p)
			_, err := l.Count(ctx, s)
			return err
		}},
		{"box1000", func(ctx context.Context, p orb.Point) error {
			s := cleared
			s.Box, s.Limit = around(p), 1000
			return drain(l.Select(ctx, s))
		}},
	} {
		for _, watched := range []bool{false, true} {
			name, ctx := c.name+"/alone", context.Background()
			if watched {
				name, ctx = c.name+"/watched", Watch(ctx, &Tally{})
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if err := c.ask(ctx, at[i*7%len(at)]); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// secretLayer is benchLayer with every twentieth record confidential.
func secretLayer(b *testing.B, n int) (*Layer, []orb.Point) {
	b.Helper()
	plain, at := benchLayer(b, n)
	build := NewBuilder(testSchema)
	err := plain.Each(func(r geo.Row) error {
		f := r.Feature()
		if f.Key%20 == 0 {
			f.Class = geo.Confidential
		}
		return build.Add(&f)
	})
	if err != nil {
		b.Fatal(err)
	}
	l, err := build.Build()
	if err != nil {
		b.Fatal(err)
	}
	return l, at
}
