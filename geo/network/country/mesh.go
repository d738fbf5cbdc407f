package country

import (
	"cmp"
	"math"
	"slices"

	"bivouac/geo/disjoint"
)

// pair is two places that a way joins. Without the extra ones, a mesh is
// connected all the same.
type pair struct {
	a, b  int32
	extra bool
}

const neighbours = 12 // of each place, those that may be joined to it

// mesh joins places: to each the nearest ones that no third is nearer to both
// of (the relative neighbourhood graph), and a share of the other edges of the
// Gabriel graph. What the few nearest leave in parts is joined from west to
// east.
func (m *maker) mesh(places []place, share float64) []pair {
	joined := disjoint.New(len(places))
	var pairs []pair
	for _, p := range gabriel(places) {
		if !p.extra {
			joined.Join(p.a, p.b)
		}
		if !p.extra || m.r.Float64() < share {
			pairs = append(pairs, p)
		}
	}
	order := make([]int32, len(places))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(places[a].x, places[b].x) })
	for k := 1; k < len(order); k++ {
		if joined.Join(order[k-1], order[k]) {
			pairs = append(pairs, pair{a: order[k-1], b: order[k]})
		}
	}
	return pairs
}

// gabriel returns the edges of the Gabriel graph between near places, in
// order. Those are extra that are not of the relative neighbourhood graph.
func gabriel(places []place) []pair {
	near := newNear(places)
	var pairs []pair
	var found []int32
	for i := range int32(len(places)) {
		found = near.of(found, i, neighbours)
		for k, j := range found {
			if relative, free := lune(places, i, j, found[:k]); free {
				pairs = append(pairs, pair{min(i, j), max(i, j), !relative})
			}
		}
	}
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	return slices.Compact(pairs)
}

// lune reports whether i and j are relative neighbours and whether they are
// neighbours in the Gabriel graph. nearer are the places that are nearer to i
// than j is.
func lune(places []place, i, j int32, nearer []int32) (relative, gabriel bool) {
	relative = true
	d := places[i].squared(places[j])
	for _, k := range nearer {
		e := places[j].squared(places[k])
		if e+places[i].squared(places[k]) < d {
			return false, false
		}
		relative = relative && e >= d
	}
	return relative, true
}

// near finds the nearest places by squares of which each holds two or three.
type near struct {
	places  []place
	corner  place
	width   float64
	columns int
	rows    int
	first   []int32 // of each square in inside, and one more
	inside  []int32
}

func newNear(places []place) *near {
	n := &near{places: places}
	low, high := place{math.Inf(1), math.Inf(1)}, place{math.Inf(-1), math.Inf(-1)}
	for _, p := range places {
		low = place{min(low.x, p.x), min(low.y, p.y)}
		high = place{max(high.x, p.x), max(high.y, p.y)}
	}
	n.corner = low
	n.width = max(1, math.Sqrt((high.x-low.x)*(high.y-low.y)*2.5/float64(len(places))))
	n.columns, n.rows = int((high.x-low.x)/n.width)+1, int((high.y-low.y)/n.width)+1
	n.first = make([]int32, n.columns*n.rows+1)
	for _, p := range places {
		n.first[n.square(p)+1]++
	}
	for i := 1; i < len(n.first); i++ {
		n.first[i] += n.first[i-1]
	}
	n.inside = make([]int32, len(places))
	next := slices.Clone(n.first)
	for i, p := range places {
		s := n.square(p)
		n.inside[next[s]] = int32(i)
		next[s]++
	}
	return n
}

func (n *near) column(x float64) int { return int(math.Floor((x - n.corner.x) / n.width)) }

func (n *near) row(y float64) int { return int(math.Floor((y - n.corner.y) / n.width)) }

func (n *near) square(p place) int { return n.row(p.y)*n.columns + n.column(p.x) }

// of returns the nearest others of a place, the nearest first, in dst where
// there is room.
func (n *near) of(dst []int32, i int32, count int) []int32 {
	p := n.places[i]
	count = min(count, len(n.places)-1)
	for reach := 1; ; reach *= 2 {
		dst = dst[:0]
		n.within(p, reach, func(j int32) {
			if j != i {
				dst = append(dst, j)
			}
		})
		slices.SortFunc(dst, func(a, b int32) int {
			return cmp.Or(cmp.Compare(p.squared(n.places[a]), p.squared(n.places[b])), cmp.Compare(a, b))
		})
		if len(dst) >= count && (count == 0 || p.distance(n.places[dst[count-1]]) <= float64(reach)*n.width || reach > n.columns+n.rows) {
			return dst[:count]
		}
	}
}

// within visits the places of the squares so many about one.
func (n *near) within(p place, reach int, visit func(int32)) {
	column, row := n.column(p.x), n.row(p.y)
	from, to := max(0, column-reach), min(n.columns-1, column+reach)
	for y := max(0, row-reach); from <= to && y <= min(n.rows-1, row+reach); y++ {
		for _, j := range n.inside[n.first[y*n.columns+from]:n.first[y*n.columns+to+1]] {
			visit(j)
		}
	}
}
