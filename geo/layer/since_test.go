package layer_test

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/randtest"
)

// TestSince holds what was written since a Version to a look at every record,
// beside edits and folds.
func TestSince(t *testing.T) {
	r := randtest.New(t, 5)
	l := layer.New(geo.Schema{Name: "things"})
	for v := geo.Version(1); v < 60; v++ {
		var changes []geo.Change
		add := geo.Feature{Key: geo.Key(v), Rev: v, Geometry: orb.Point{r.Float64(), 0}}
		changes = append(changes, geo.Change{Op: geo.Add, Feature: add})
		old := geo.Key(1 + r.IntN(int(v)))
		if _, ok := l.Find(old, geo.Reader{}); ok && old != add.Key {
			changes = append(changes, geo.Change{Op: geo.Op(1 + r.IntN(2)), Feature: geo.Feature{Key: old, Rev: v}})
		}
		next, err := l.With(changes)
		if err == nil && r.IntN(6) == 0 {
			next, err = next.Fold(nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		l = next
		since := geo.Version(r.IntN(int(v) + 1))
		var got, want []geo.Key
		_ = l.Since(since, func(row geo.Row) error { got = append(got, row.Key()); return nil })
		_ = l.Each(func(row geo.Row) error {
			if row.Rev() > since {
				want = append(want, row.Key())
			}
			return nil
		})
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("since %d of %d: %v, want %v", since, v, got, want)
		}
	}
}
