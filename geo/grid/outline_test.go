package grid_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/grid"
	"bivouac/geo/measure"
	"bivouac/geo/shape"
)

// TestOutline draws random sets of hexagons, with holes and islands in them: the
// outline is as large as they are, and holds the centres of them alone.
func TestOutline(t *testing.T) {
	const seed = 3
	r := rand.New(rand.NewPCG(seed, 0))
	g := grid.New(grid.NewPlane(orb.Point{2, 15}), grid.Hexagon, 20_000)
	for trial := range 40 {
		share := []float64{0.1, 0.5, 0.9, 1}[trial%4]
		in := map[grid.Cell]bool{}
		var cells []grid.Cell
		for q := range int32(12) {
			for k := range int32(12) {
				if c := (grid.Cell{Q: q, R: k}); r.Float64() < share {
					in[c] = true
					cells = append(cells, c)
				}
			}
		}
		if trial == 0 {
			cells, in = nil, map[grid.Cell]bool{}
		}
		out := g.Outline(append(cells, cells...))
		if len(cells) == 0 {
			if out != nil {
				t.Fatal("nothing has an outline")
			}
			continue
		}
		if bad := shape.Validate(out); bad != nil {
			t.Fatalf("seed %d, trial %d: %v", seed, trial, bad)
		}
		area := 0.0
		polygons, ok := out.(orb.MultiPolygon)
		if p, one := out.(orb.Polygon); one {
			polygons, ok = orb.MultiPolygon{p}, true
		}
		if !ok {
			t.Fatalf("a %s", out.GeoJSONType())
		}
		area = measure.PlaneArea(polygons)
		if want := float64(len(cells)) * g.Area(); math.Abs(area-want) > 0.01*want {
			t.Errorf("seed %d, trial %d: %v m2, not %v", seed, trial, area, want)
		}
		for q := range int32(14) {
			for k := range int32(14) {
				c := grid.Cell{Q: q - 1, R: k - 1}
				got, err := shape.Contains(polygons, g.Centre(c))
				if err != nil || got != in[c] {
					t.Fatalf("seed %d, trial %d: cell %v inside %v, %v", seed, trial, c, got, err)
				}
			}
		}
	}
}
