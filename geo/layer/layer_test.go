package layer

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/randtest"
)

func build(t testing.TB, features ...geo.Feature) *Layer {
	t.Helper()
	b := NewBuilder(testSchema)
	for i := range features {
		if err := b.Add(&features[i]); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func points(n int) []geo.Feature {
	out := make([]geo.Feature, n)
	for i := range out {
		out[i] = geo.Feature{Key: geo.Key(i + 1), Rev: 1, Geometry: orb.Point{float64(i%100) / 10, float64(i/100) / 10}}
	}
	return out
}

// TestCancelledReadIsAnError: an answer that stops half way must never pass
// for a whole one.
func TestCancelledReadIsAnError(t *testing.T) {
	l := build(t, points(20_000)...)
	origin := orb.Point{5, 5}
	reads := map[string]func(ctx context.Context, stop func()) error{
		"Select": func(ctx context.Context, stop func()) error {
			rows, failed := l.Select(ctx, geo.Selection{})
			for range rows {
				stop()
			}
			return failed()
		},
		"Walk": func(ctx context.Context, stop func()) error {
			rows, failed := l.Walk(ctx, origin, geo.Selection{})
			for range rows {
				stop()
			}
			return failed()
		},
		"Within": func(ctx context.Context, stop func()) error {
			rows, failed := l.Within(ctx, origin, 300_000, geo.Selection{Match: killedIs(0)})
			stop()
			for range rows {
				t.Error("a row of nobody killed, where nobody says how many")
			}
			return failed()
		},
		"Count": func(ctx context.Context, stop func()) error {
			stop()
			_, err := l.Count(ctx, geo.Selection{Match: killedIs(0)})
			return err
		},
		"CountWithin": func(ctx context.Context, stop func()) error {
			stop()
			_, err := l.CountWithin(ctx, origin, 300_000, geo.Selection{Match: killedIs(0)})
			return err
		},
		"Extent": func(ctx context.Context, stop func()) error {
			stop()
			_, err := l.Extent(ctx, geo.Selection{})
			return err
		},
	}
	for name, read := range reads {
		ctx, stop := context.WithCancel(context.Background())
		if err := read(ctx, stop); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStoppingEarlyIsNoError(t *testing.T) {
	l := build(t, points(5000)...)
	rows, failed := l.Walk(context.Background(), orb.Point{1, 1}, geo.Selection{})
	for range rows {
		break
	}
	if err := failed(); err != nil {
		t.Error(err)
	}
}

// TestWholeNodesAreNotLookedAt: what makes counts cheap.
func TestWholeNodesAreNotLookedAt(t *testing.T) {
	l := build(t, points(10_000)...)
	var tally Tally
	n, err := l.CountWithin(Watch(context.Background(), &tally), orb.Point{5, 5}, 400_000, geo.Selection{})
	if err != nil || n < 1000 {
		t.Fatal(n, err)
	}
	if tally.Rows > n/2 {
		t.Errorf("counted %d by looking at %d rows", n, tally.Rows)
	}
}

func TestFailedChangeLeavesNoTrace(t *testing.T) {
	l := build(t, points(10)...)
	f := geo.Feature{Key: 11, Values: []geo.Value{geo.String("first")}}
	l, err := l.With([]geo.Change{{Feature: f}})
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []struct {
		desc   string
		change geo.Change
		want   geo.Code
	}{
		{"the key is taken", geo.Change{Op: geo.Add, Feature: geo.Feature{Key: 11}}, geo.Conflict},
		{"nothing to replace", geo.Change{Op: geo.Replace, Feature: geo.Feature{Key: 99}}, geo.NotFound},
		{"nothing to remove", geo.Change{Op: geo.Remove, Feature: geo.Feature{Key: 99}}, geo.NotFound},
		{"changed since", geo.Change{Op: geo.Replace, Feature: geo.Feature{Key: 1}, IfRev: 5}, geo.Precondition},
		{"a text for a number", geo.Change{Feature: geo.Feature{Key: 13, Values: []geo.Value{{}, geo.String("x")}}}, geo.Invalid},
		{"off the earth", geo.Change{Feature: geo.Feature{Key: 13, Geometry: orb.Point{200, 0}}}, geo.Invalid},
		{"a shape of nothing", geo.Change{Feature: geo.Feature{Key: 13, Geometry: orb.LineString{}}}, geo.Invalid},
		{"more values than fields", geo.Change{Feature: geo.Feature{Key: 13, Values: make([]geo.Value, 99)}}, geo.Invalid},
	} {
		good := geo.Change{Feature: geo.Feature{Key: 12, Values: []geo.Value{geo.String("lost")}}}
		if _, err := l.With([]geo.Change{good, bad.change}); geo.CodeOf(err) != bad.want {
			t.Errorf("%s: %v", bad.desc, err)
		}
		if _, ok := l.Find(12, geo.Reader{}); ok || l.Rows() != 11 {
			t.Errorf("%s: half of the change is seen", bad.desc)
		}
	}
	next, err := l.With([]geo.Change{{Feature: geo.Feature{Key: 12, Values: []geo.Value{geo.String("second")}}}})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[geo.Key]string{11: "first", 12: "second"} {
		row, ok := next.Find(key, geo.Reader{})
		if !ok || row.Named("name").Text() != want {
			t.Errorf("after failed changes record %d is named %v", key, row.Named("name"))
		}
	}
}

// TestBranches: two layers made from one must not write into each other.
func TestBranches(t *testing.T) {
	name := func(k geo.Key, s string) []geo.Change {
		return []geo.Change{{Feature: geo.Feature{Key: k, Values: []geo.Value{geo.String(s)}, Mission: s}}}
	}
	root, err := build(t, points(3)...).With(name(10, "root"))
	if err != nil {
		t.Fatal(err)
	}
	left, err := root.With(name(11, "left"))
	if err != nil {
		t.Fatal(err)
	}
	right, err := root.With(name(11, "right"))
	if err != nil {
		t.Fatal(err)
	}
	for want, l := range map[string]*Layer{"left": left, "right": right} {
		row, ok := l.Find(11, geo.Reader{})
		if !ok || row.Named("name").Text() != want || row.Feature().Mission != want {
			t.Errorf("the %s branch holds %+v", want, row.Feature())
		}
		if row, _ := l.Find(10, geo.Reader{}); row.Named("name").Text() != "root" {
			t.Errorf("the %s branch lost what it came from", want)
		}
	}
	if root.Rows() != 4 {
		t.Errorf("the root has %d rows", root.Rows())
	}
}

func TestChangedMovesOnlyForThoseWhoSeeIt(t *testing.T) {
	l := build(t, geo.Feature{Key: 1, Rev: 1}, geo.Feature{Key: 2, Rev: 2, Class: geo.Confidential, Mission: "A"})
	low, high := geo.Reader{}, geo.Reader{Ceiling: geo.Confidential}
	if l.Changed(low) != 1 || l.Changed(high) != 2 {
		t.Fatalf("built: %d and %d", l.Changed(low), l.Changed(high))
	}
	l, err := l.With([]geo.Change{{Op: geo.Remove, Feature: geo.Feature{Key: 2, Rev: 7}}})
	if err != nil {
		t.Fatal(err)
	}
	if l.Changed(low) != 1 || l.Changed(high) != 7 {
		t.Errorf("a secret was removed: %d and %d", l.Changed(low), l.Changed(high))
	}
	other := geo.Reader{Ceiling: geo.Confidential, Missions: []string{"B"}}
	if l.Changed(other) != 1 {
		t.Errorf("another mission's change is seen: %d", l.Changed(other))
	}
}

func TestFoldToAnotherSchema(t *testing.T) {
	l := build(t, geo.Feature{Key: 1, Values: []geo.Value{geo.String("Gao"), geo.Int(3)}})
	next := geo.Schema{Name: "things", Fields: []geo.Field{
		{Name: "killed", Kind: geo.KindInt}, {Name: "new", Kind: geo.KindString},
	}}
	folded, err := l.Fold(&next)
	if err != nil {
		t.Fatal(err)
	}
	row, _ := folded.Find(1, geo.Reader{})
	if got := row.Feature().Values; len(got) != 2 || got[0].Int() != 3 || !got[1].Null() {
		t.Errorf("values moved to %v", got)
	}
}

func TestExtent(t *testing.T) {
	day := geo.Day
	l := build(t,
		geo.Feature{Key: 1, Geometry: orb.Point{1, 2}, Valid: geo.Between(5*day, 6*day)},
		geo.Feature{Key: 2, Geometry: orb.LineString{{-3, 4}, {5, -6}}, Valid: geo.Between(2*day, 3*day)},
		geo.Feature{Key: 3, Valid: geo.UnknownTime},
		geo.Feature{Key: 4, Geometry: orb.Point{170, 0}, Class: geo.Confidential},
	)
	e, err := l.Extent(context.Background(), geo.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	if e.Count != 3 || e.Placed != 2 || e.Box != (geo.Box{West: -3, South: -6, East: 5, North: 4}) || e.During != geo.Between(2*day, 6*day) {
		t.Errorf("%+v", e)
	}
}

func TestBits(t *testing.T) {
	r := randtest.New(t, 7)
	marked := map[uint32]bool{}
	var b bits
	for range 50 {
		var rows []uint32
		for range r.IntN(40) {
			rows = append(rows, uint32(r.IntN(20_000)))
		}
		old, oldCount := b, b.count(0, 20_000)
		b = b.with(rows)
		if old.count(0, 20_000) != oldCount {
			t.Fatal("marking rows changed the older marks")
		}
		for _, n := range rows {
			marked[n] = true
		}
		from, to := uint32(r.IntN(20_000)), uint32(r.IntN(20_000))
		from, to = min(from, to), max(from, to)
		want := 0
		for n := range marked {
			if from <= n && n < to {
				want++
			}
		}
		if got := b.count(from, to); got != want {
			t.Fatalf("%d marks in %d..%d, want %d", got, from, to, want)
		}
	}
}

func TestColumnsAreSortedAndTyped(t *testing.T) {
	l := build(t,
		geo.Feature{Key: 1, Values: []geo.Value{geo.String("b"), geo.Int(1), geo.Int(2)}},
		geo.Feature{Key: 2, Values: []geo.Value{geo.String("a"), {}, geo.Float(0.5)}},
	)
	row, _ := l.Find(1, geo.Reader{})
	names := row.Table().Column(0)
	if !names.Sorted || !slices.Equal(names.Dict, []string{"a", "b"}) {
		t.Errorf("the dictionary is %v", names.Dict)
	}
	if score := row.Value(2); score.Kind() != geo.KindFloat || score.Float() != 2 {
		t.Errorf("a whole number in a column of numbers reads as %v", score)
	}
}
