package measure

import (
	"math"
	"slices"
)

// tree holds pieces under balls that enclose them, halved by their place in
// space down to a few pieces.
type tree struct {
	vertices []vertex
	pieces   []piece
	rise     float64 // the greatest sag
	balls    []ball  // children follow their parent: the near one next, then the one at other
}

// ball encloses the pieces from..to, their ground included.
type ball struct {
	centre   vec
	radius   float64
	from, to uint32
	other    uint32 // 0 in a leaf
}

const leafPieces = 4

func newTree(vertices []vertex, pieces []piece) tree {
	t := tree{vertices: vertices, pieces: pieces}
	t.balls = make([]ball, 0, len(pieces))
	t.grow(0, len(pieces))
	return t
}

func (t *tree) grow(from, to int) {
	at := len(t.balls)
	t.balls = append(t.balls, t.enclose(from, to))
	if to-from <= leafPieces {
		return
	}
	mid := t.halve(from, to)
	t.grow(from, mid)
	t.balls[at].other = uint32(len(t.balls))
	t.grow(mid, to)
}

// ends returns the vertices of a piece.
func (t *tree) ends(i uint32) (a, b *vertex) {
	p := t.pieces[i]
	return &t.vertices[p.a], &t.vertices[p.b]
}

// enclose returns the ball about the middle of the pieces' box in space.
func (t *tree) enclose(from, to int) ball {
	lo, hi := t.extent(from, to)
	b := ball{centre: vec{(lo.x + hi.x) / 2, (lo.y + hi.y) / 2, (lo.z + hi.z) / 2}, from: uint32(from), to: uint32(to)}
	rise := 0.0
	for i := b.from; i < b.to; i++ {
		p, q := t.ends(i)
		b.radius = math.Max(b.radius, math.Max(p.place.sub(b.centre).size(), q.place.sub(b.centre).size()))
		d := q.place.sub(p.place)
		rise = math.Max(rise, sag(d.dot(d)))
	}
	b.radius += rise
	t.rise = math.Max(t.rise, rise)
	return b
}

func (t *tree) extent(from, to int) (lo, hi vec) {
	lo = vec{math.Inf(1), math.Inf(1), math.Inf(1)}
	hi = vec{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	for i := from; i < to; i++ {
		p, q := t.ends(uint32(i))
		for _, v := range [2]vec{p.place, q.place} {
			lo = vec{math.Min(lo.x, v.x), math.Min(lo.y, v.y), math.Min(lo.z, v.z)}
			hi = vec{math.Max(hi.x, v.x), math.Max(hi.y, v.y), math.Max(hi.z, v.z)}
		}
	}
	return lo, hi
}

// halve orders the pieces along the longest side of their box and returns
// the middle.
func (t *tree) halve(from, to int) int {
	lo, hi := t.extent(from, to)
	side := hi.sub(lo)
	key := func(v vec) float64 { return v.x }
	if side.y >= side.x && side.y >= side.z {
		key = func(v vec) float64 { return v.y }
	} else if side.z >= side.x {
		key = func(v vec) float64 { return v.z }
	}
	middle := func(p piece) float64 { return key(t.vertices[p.a].place) + key(t.vertices[p.b].place) }
	slices.SortFunc(t.pieces[from:to], func(p, q piece) int { return sign(middle(p) - middle(q)) })
	return (from + to) / 2
}
