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

// randomCells are some of a square of hexagons, a share of them on average.
func randomCells(r *rand.Rand, share float64) (cells []grid.Cell, in map[grid.Cell]bool) {
	in = map[grid.Cell]bool{}
	for q := range int32(12) {
		for k := range int32(12) {
			if c := (grid.Cell{Q: q, R: k}); r.Float64() < share {
				in[c] = true
				cells = append(cells, c)
			}
		}
	}
	return cells, in
}

// TestOutline draws random sets of hexagons, with holes and islands in them: the
// outline is as large as they are, and holds the centres of them alone.
func TestOutline(t *testing.T) {
	const seed = 3
	r := rand.New(rand.NewPCG(seed, 0))
	g := grid.New(grid.NewPlane(orb.Point{2, 15}), grid.Hexagon, 20_000)
	if g.Outline(nil) != nil {
		t.Error("nothing has an outline")
	}
	for trial := range 40 {
		cells, in := randomCells(r, []float64{0.1, 0.5, 0.9, 1}[trial%4])
		out := g.Outline(append(cells, cells...))
		if bad := shape.Validate(out); bad != nil {
			t.Fatalf("seed %d, trial %d: %v", seed, trial, bad)
		}
		if area, want := measure.PlaneArea(out), float64(len(cells))*g.Area(); math.Abs(area-want) > 0.01*want {
			t.Errorf("seed %d, trial %d: %v m2, not %v", seed, trial, area, want)
		}
		for q := range int32(14) {
			for k := range int32(14) {
				c := grid.Cell{Q: q - 1, R: k - 1}
				if got, err := shape.Contains(out, g.Centre(c)); err != nil || got != in[c] {
					t.Fatalf("seed %d, trial %d: cell %v inside %v, %v", seed, trial, c, got, err)
				}
			}
		}
	}
}
