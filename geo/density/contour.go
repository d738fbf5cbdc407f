package density

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo/contour"
)

// Contour is all places where the surface is at a level or above it.
type Contour struct {
	Level float64 // weight by square metre
	Share float64 // of the surface's weight that lies in it
	Area  orb.Geometry
}

// Contours returns the areas at or above each level, the lowest level first,
// by marching squares between the middles of cells. Every area holds those of
// higher levels. Levels that the surface does not reach have no area and are
// left out, and so are levels that are not above 0.
func (s *Surface) Contours(levels []float64) []Contour {
	levels = slices.Clone(levels)
	slices.Sort(levels)
	levels = slices.Compact(levels)
	west, south := s.Middle(0, 0)
	middles := contour.Lattice{West: west, South: south, LonStep: s.LonStep, LatStep: s.LatStep, Columns: s.Columns, Rows: s.Rows, Values: s.Values}
	var out []Contour
	for _, level := range levels {
		if !(level > 0) {
			continue
		}
		if area := middles.Above(level); area != nil {
			out = append(out, Contour{level, s.shareAbove(level), area})
		}
	}
	return out
}

func (s *Surface) shareAbove(level float64) float64 {
	all, above := 0.0, 0.0
	for row := range s.Rows {
		area := s.CellArea(row)
		for _, v := range s.Values[row*s.Columns : (row+1)*s.Columns] {
			all += v * area
			if v >= level {
				above += v * area
			}
		}
	}
	return above / all
}

// Levels returns the levels above which lie the given shares of the surface's
// weight: the smallest areas that hold them (the highest density regions of
// Hyndman 1996, The American Statistician 50). A level lies between the values
// of two cells.
func (s *Surface) Levels(shares []float64) []float64 {
	cells := make([]weighed, 0, len(s.Values))
	total := 0.0
	for row := range s.Rows {
		area := s.CellArea(row)
		for _, v := range s.Values[row*s.Columns : (row+1)*s.Columns] {
			if v > 0 {
				cells = append(cells, weighed{v, v * area})
				total += v * area
			}
		}
	}
	slices.SortFunc(cells, func(a, b weighed) int { return cmp.Compare(b.value, a.value) })
	out := make([]float64, len(shares))
	for i, share := range shares {
		out[i] = levelOf(cells, share*total)
	}
	return out
}

type weighed struct{ value, weight float64 }

func levelOf(cells []weighed, weight float64) float64 {
	sum := 0.0
	for i, c := range cells {
		if sum += c.weight; sum < weight {
			continue
		}
		below := 0.0
		for _, d := range cells[i+1:] {
			if d.value < c.value {
				below = d.value
				break
			}
		}
		return (c.value + below) / 2
	}
	return 0
}
