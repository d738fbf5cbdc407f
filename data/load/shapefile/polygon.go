package shapefile

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/data/load/record"
)

// mostSteps bounds the work of finding which ring of a shape lies in which:
// boxes and edges that are looked at.
const mostSteps = 100 << 20

// polygons sorts rings into shells and holes by which lies in which: one in an
// even number of others is a shell, one in an odd number is a hole of the
// smallest. The standard has shells turn clockwise and holes the other way,
// which says the same of a file that keeps to it; many do not. Heights follow
// their rings.
func (p *parser) polygons(parts []part) (orb.Geometry, error) {
	s := newSorter(parts)
	if !s.sort() {
		return nil, record.Refuse(manyRings, len(parts))
	}
	holes := make([][]int, len(parts)) // of each shell
	for i := range s.rings {
		if r := &s.rings[i]; r.depth%2 == 1 {
			holes[r.parent] = append(holes[r.parent], i)
		}
	}
	var out orb.MultiPolygon
	z := p.z[:0:0]
	for i := range s.rings {
		if s.rings[i].depth%2 == 1 {
			continue
		}
		polygon := orb.Polygon{parts[i].points}
		z = append(z, parts[i].z...)
		for _, j := range holes[i] {
			polygon = append(polygon, parts[j].points)
			z = append(z, parts[j].z...)
		}
		out = append(out, polygon)
	}
	if p.z != nil {
		p.z = z
	}
	if len(out) == 1 {
		return out[0], nil
	}
	return out, nil
}

// sorter finds for each ring those that hold it, from west to east.
type sorter struct {
	rings []ring
	steps int // left to be done
}

type ring struct {
	points []orb.Point
	box    orb.Bound
	size   float64 // twice the area
	depth  int     // rings that hold it
	parent int     // the smallest of them
}

func newSorter(parts []part) *sorter {
	s := &sorter{rings: make([]ring, len(parts)), steps: mostSteps}
	for i := range parts {
		s.rings[i] = ring{points: parts[i].points, box: orb.Ring(parts[i].points).Bound(), size: area(parts[i].points), parent: -1}
	}
	return s
}

// sort fills depths and parents; false where it would take too long.
func (s *sorter) sort() bool {
	if len(s.rings) < 2 {
		return true
	}
	order := make([]int, len(s.rings))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.rings[a].box.Min[0], s.rings[b].box.Min[0]), cmp.Compare(s.rings[b].size, s.rings[a].size), cmp.Compare(a, b))
	})
	var open []int // rings that reach as far east
	for _, i := range order {
		west := s.rings[i].box.Min[0]
		open = slices.DeleteFunc(open, func(j int) bool { return s.rings[j].box.Max[0] < west })
		if s.steps -= len(open); s.steps < 0 {
			return false
		}
		s.place(i, open)
		open = append(open, i)
	}
	return s.steps >= 0
}

// place finds the rings among the candidates that hold ring i.
func (s *sorter) place(i int, candidates []int) {
	r := &s.rings[i]
	least := math.Inf(1)
	for _, j := range candidates {
		c := &s.rings[j]
		if c.size <= r.size || !c.box.Contains(r.box.Min) || !c.box.Contains(r.box.Max) {
			continue
		}
		if s.steps -= len(c.points); s.steps < 0 {
			return
		}
		if !s.holds(c.points, r.points) {
			continue
		}
		r.depth++
		if c.size < least {
			r.parent, least = j, c.size
		}
	}
}

// area is twice the area of a ring, measured from its first position to keep
// digits.
func area(ring []orb.Point) (twice float64) {
	for i := 1; i < len(ring); i++ {
		ax, ay := ring[i-1][0]-ring[0][0], ring[i-1][1]-ring[0][1]
		bx, by := ring[i][0]-ring[0][0], ring[i][1]-ring[0][1]
		twice += ax*by - ay*bx
	}
	return math.Abs(twice)
}

// holds reports whether the first vertex of a ring that is not on the rim of
// the shell lies inside. A hole may touch its shell in vertices.
func (s *sorter) holds(shell, ring []orb.Point) bool {
	for _, at := range ring {
		if in, rim := inside(shell, at); !rim {
			return in
		}
		if s.steps -= len(shell); s.steps < 0 {
			return false
		}
	}
	return true
}

// inside counts the edges that a ray to the east crosses.
func inside(ring []orb.Point, at orb.Point) (in, rim bool) {
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if at == a || at == b {
			return false, true
		}
		if (a[1] > at[1]) == (b[1] > at[1]) {
			continue
		}
		x := a[0] + (at[1]-a[1])/(b[1]-a[1])*(b[0]-a[0])
		if x == at[0] {
			return false, true
		}
		if x > at[0] {
			in = !in
		}
	}
	return in, false
}
