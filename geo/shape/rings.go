package shape

import (
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// meeting looks at a place where more than one corner of a ring meets. A ring
// may come by only once. Going round the place, rings that do not cross open
// and close like brackets.
func (s *sweep) meeting(at orb.Point) *Invalid {
	if len(s.left)+len(s.right) <= 2 {
		return nil
	}
	around := make([]int32, 0, len(s.left)+len(s.right))
	for _, id := range s.right {
		around = append(around, s.spans[id].ring)
	}
	for _, id := range slices.Backward(s.left) {
		around = append(around, s.spans[id].ring)
	}
	rings := slices.Clone(around)
	slices.Sort(rings)
	for i := 2; i < len(rings); i++ {
		if rings[i] == rings[i-2] {
			return s.crossed(rings[i], rings[i], at)
		}
	}
	s.stack = s.stack[:0]
	for _, r := range around {
		if n := len(s.stack); n > 0 && s.stack[n-1] == r {
			s.stack = s.stack[:n-1]
		} else {
			s.stack = append(s.stack, r)
		}
	}
	if len(s.stack) > 0 {
		return s.crossed(s.stack[0], s.stack[1], at)
	}
	s.touches = append(s.touches, touch{at, slices.Compact(rings)})
	return nil
}

func (s *sweep) crossed(a, b int32, at orb.Point) *Invalid {
	if a == b {
		return s.rings[a].name.invalid(SelfCrossing, at, crossesItself)
	}
	a, b = min(a, b), max(a, b)
	return s.rings[b].name.invalid(RingsCross, at, crosses, s.other(a, b))
}

// overlapping tells of two spans that lie on each other from a place on.
func (s *sweep) overlapping(x, y int32, at orb.Point) *Invalid {
	a, b := s.spans[x].ring, s.spans[y].ring
	a, b = min(a, b), max(a, b)
	in := s.rings[b].name
	switch {
	case a == b:
		return in.invalid(SelfCrossing, at, runsBack)
	case samePositions(s.rings[a].path, s.rings[b].path):
		return in.invalid(Duplicate, at, repeats, s.other(a, b))
	}
	return in.invalid(SharedEdge, at, sharesEdge, s.other(a, b))
}

// other names ring a from the sight of ring b.
func (s *sweep) other(a, b int32) geo.Said {
	ra, rb := s.rings[a], s.rings[b]
	switch {
	case ra.shell == rb.shell && ra.shell == int(a):
		return outerRing.With()
	case ra.shell == rb.shell:
		return anotherHole.With()
	}
	return anotherPolygon.With()
}

// samePositions reports whether the closed rings have the same positions,
// wherever they start and whichever way they turn.
func samePositions(a, b orb.Ring) bool {
	sorted := func(r orb.Ring) []orb.Point {
		list := slices.Clone(r[1:])
		slices.SortFunc(list, order)
		return slices.Compact(list)
	}
	return slices.Equal(sorted(a), sorted(b))
}

// nesting looks at which ring lies in which: a hole directly in its shell, a
// shell in nothing or in a hole.
func (s *sweep) nesting() *Invalid {
	for i, r := range s.rings {
		at, isHole := r.path[0], r.shell != i
		if isHole && r.parent == r.shell {
			continue
		}
		inHole := r.parent >= 0 && s.rings[r.parent].shell != r.parent
		switch {
		case isHole && inHole && s.rings[r.parent].shell == r.shell:
			return r.name.invalid(HoleInHole, at, holeInHole)
		case isHole:
			return r.name.invalid(HoleOutside, at, holeOutside)
		case r.parent >= 0 && !inHole:
			return r.name.invalid(NestedShells, at, nestedPolygon)
		}
	}
	return nil
}

// connected looks for rings of one polygon that touch in a circle, each two of
// them in another place, and so cut off a piece of its interior.
func (s *sweep) connected() *Invalid {
	link := make([]int32, len(s.rings))
	for i := range link {
		link[i] = int32(i)
	}
	root := func(i int32) int32 {
		for link[i] != i {
			link[i] = link[link[i]]
			i = link[i]
		}
		return i
	}
	for _, t := range s.touches {
		first := t.rings[0]
		for _, r := range t.rings[1:] {
			if s.rings[r].shell != s.rings[first].shell {
				first = r // in order of ring, so this is the next polygon's first
				continue
			}
			a, b := root(first), root(r)
			if a == b {
				return s.rings[r].name.invalid(Disconnected, t.at, inPieces)
			}
			link[a] = b
		}
	}
	return nil
}
