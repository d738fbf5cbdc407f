package gpkg_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/geo"
)

// TestImportsComeBack imports so many records that they are written in several
// blocks, of which each holds something in a field, or in no field but the
// first, that those before left empty, and shapes of a type that the table is
// not of yet.
func TestImportsComeBack(t *testing.T) {
	for _, rows := range []int{0, 1, 127, 128, 129, 255, 256, 257, 1000} {
		t.Run(fmt.Sprint(rows), func(t *testing.T) {
			file, s := create(t)
			imported := func(from int) {
				if _, err := s.Import(ctx, data.Source{Schema: sites, Rows: rows, Feed: patchy(from, rows)}); err != nil {
					t.Fatal(err)
				}
			}
			imported(0)
			imported(rows / 2) // half of them stand there already
			want := dump(t, s.Snapshot())
			file, s = reopen(t, file, s)
			defer file.Close()
			defer s.Close()
			same(t, "after reopening", dump(t, s.Snapshot()), want)
		})
	}
}

// patchy feeds so many records, of which the later ones hold more, in other
// fields and other shapes.
func patchy(from, rows int) data.Feed {
	return func(_ context.Context, add func(*geo.Feature) error) error {
		for i := range rows {
			f := geo.Feature{SourceID: fmt.Sprintf("r-%d", from+i), Values: make([]geo.Value, len(sites.Fields))}
			f.Values[sites.Field("source_id")] = geo.String(f.SourceID)
			if i%3 > 0 {
				f.Geometry = orb.Point{float64(i) / 100, 1}
			}
			if filled := full(); i > 200 {
				at := (i / 100) % (len(sites.Fields) - 3)
				f.Values[at] = filled.Values[at]
			}
			if i == 700 {
				f.Geometry, f.Z, f.Extra = full().Geometry, full().Z, full().Extra
			}
			if err := add(&f); err != nil {
				return err
			}
		}
		return nil
	}
}
