package gpkg

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/randtest"
)

// TestImportsKeepTreeAndHistory takes away, moves and brings few, many and all of
// the records of a collection: the R-tree then holds their boxes and no others,
// however it came to be, and the state before can be asked for, also by who opens
// the file anew.
func TestImportsKeepTreeAndHistory(t *testing.T) {
	for _, c := range []struct {
		desc                  string
		rows                  int
		removed, moved, added int
	}{
		{"few go, move and come", 3000, 5, 5, 5},
		{"many go", 3000, 2990, 0, 0},
		{"all go", 300, 300, 0, 0},
		{"all but a leaf go", 3000, 3000 - treeCells, 0, 0},
		{"all but a leaf and one go", 3000, 3000 - treeCells - 1, 0, 0},
		{"many move", 3000, 0, 2000, 0},
		{"many come", 60, 0, 0, 5000},
		{"all at once", 3000, 900, 900, 900},
	} {
		t.Run(c.desc, func(t *testing.T) {
			r := randtest.New(t, 1)
			f, s := begun(t)
			takeSpots(t, s, data.Source{}, someSpots(r, c.rows))
			before := s.Snapshot()
			keys := r.Perm(c.rows)
			source := data.Source{}
			for _, k := range keys[:c.removed] {
				source.Removed = append(source.Removed, data.Standing{Key: geo.Key(k + 1), Rev: before.Version})
			}
			moved := someSpots(r, c.moved)
			for i, k := range keys[c.removed:][:c.moved] {
				moved[i].Key, moved[i].Rev = geo.Key(k+1), before.Version
			}
			takeSpots(t, s, source, append(moved, someSpots(r, c.added)...))
			if n := rowsOf(s); n != c.rows-c.removed+c.added {
				t.Errorf("%d records stay", n)
			}
			checkBoxes(t, f, s.Snapshot())
			checkStates(t, f, s, before)
		})
	}
}

// someSpots are at random places, some of them at none.
func someSpots(r *rand.Rand, n int) []geo.Feature {
	fs := make([]geo.Feature, n)
	for i := range fs {
		fs[i].Values = []geo.Value{geo.String(fmt.Sprint("spot ", i))}
		if r.IntN(10) > 0 {
			fs[i].Geometry = orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
		}
	}
	return fs
}

// takeSpots imports records that were compared.
func takeSpots(t *testing.T, s *data.Store, source data.Source, fs []geo.Feature) {
	t.Helper()
	source.Schema, source.Compared, source.Reader = spots, true, geo.Unrestricted()
	source.Feed = func(_ context.Context, add func(*geo.Feature) error) error {
		for i := range fs {
			if err := add(&fs[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if _, err := s.Import(background, source); err != nil {
		t.Fatal(err)
	}
}

// checkStates opens the file anew, and holds what it says of now and of before to
// what the store said.
func checkStates(t *testing.T, f *File, s *data.Store, before *layer.Snapshot) {
	t.Helper()
	want, wantNow := recordsIn(t, before), recordsIn(t, s.Snapshot())
	if s.Close(); f.Close() != nil {
		t.Fatal("the store does not close")
	}
	f, err := Open(background, f.path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s = opened(t, f, geo.Batch{})
	defer s.Close()
	then, err := s.AsOf(background, before.Version)
	if err != nil {
		t.Fatal(err)
	}
	if got := recordsIn(t, then); !maps.Equal(got, want) {
		t.Error("the state before is not what it was")
	}
	if got := recordsIn(t, s.Snapshot()); !maps.Equal(got, wantNow) {
		t.Error("the file does not hold what was taken in")
	}
}

// recordsIn prints the records of spots by their keys.
func recordsIn(t *testing.T, snap *layer.Snapshot) map[geo.Key]string {
	t.Helper()
	l, err := snap.Layer("spots")
	if err != nil {
		t.Fatal(err)
	}
	out := map[geo.Key]string{}
	_ = l.Each(func(r geo.Row) error {
		f := r.Feature()
		out[f.Key] = fmt.Sprint(f.Rev, f.Geometry, f.Values)
		return nil
	})
	return out
}

// checkBoxes holds the R-tree of spots to its records.
func checkBoxes(t *testing.T, f *File, snap *layer.Snapshot) {
	t.Helper()
	l, err := snap.Layer("spots")
	if err != nil {
		t.Fatal(err)
	}
	want := map[int64]cell{}
	_ = l.Each(func(r geo.Row) error {
		if b, ok := r.Table().Bound(r.Number()); ok {
			want[int64(r.Key())] = cellOf(int64(r.Key()), b)
		}
		return nil
	})
	rows, err := f.db.Query("SELECT id, minx, maxx, miny, maxy FROM rtree_spots_geom")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	got := map[int64]cell{}
	for rows.Next() {
		var c cell
		if err := rows.Scan(&c.id, &c.box[0], &c.box[1], &c.box[2], &c.box[3]); err != nil {
			t.Fatal(err)
		}
		got[c.id] = c
	}
	if rows.Err() != nil || !maps.Equal(got, want) {
		t.Errorf("the tree holds %d boxes, the layer %d, and they are not the same (%v)", len(got), len(want), rows.Err())
	}
	h, err := Check(background, f.path)
	if err != nil || len(h.Faults) > 0 {
		t.Errorf("%v, %v", h, err)
	}
	ids := slices.Sorted(maps.Keys(want))
	for _, id := range ids[:min(20, len(ids))] {
		var n int
		err := f.db.QueryRow("SELECT count(*) FROM rtree_spots_geom WHERE id=? AND minx<=? AND maxx>=?", id, want[id].box[1], want[id].box[0]).Scan(&n)
		if err != nil || n != 1 {
			t.Errorf("record %d is found %d times by its box, %v", id, n, err)
		}
	}
}
