package measure

import "math"

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
		b.radius = max(b.radius, max(p.place.sub(b.centre).size(), q.place.sub(b.centre).size()))
		d := q.place.sub(p.place)
		rise = max(rise, sag(d.dot(d)))
	}
	b.radius += rise
	t.rise = max(t.rise, rise)
	return b
}

func (t *tree) extent(from, to int) (lo, hi vec) {
	lo = vec{math.Inf(1), math.Inf(1), math.Inf(1)}
	hi = vec{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	for i := from; i < to; i++ {
		p, q := t.ends(uint32(i))
		for _, v := range [2]vec{p.place, q.place} {
			lo = vec{min(lo.x, v.x), min(lo.y, v.y), min(lo.z, v.z)}
			hi = vec{max(hi.x, v.x), max(hi.y, v.y), max(hi.z, v.z)}
		}
	}
	return lo, hi
}

// halve puts the pieces that come first along the longest side of their box
// before the middle, which it returns.
func (t *tree) halve(from, to int) int {
	lo, hi := t.extent(from, to)
	side := hi.sub(lo)
	axis := vec{x: 1}
	if side.y >= side.x && side.y >= side.z {
		axis = vec{y: 1}
	} else if side.z >= side.x {
		axis = vec{z: 1}
	}
	mid := (from + to) / 2
	t.choose(from, to-1, mid, axis)
	return mid
}

// choose orders the pieces from..last so far that the one at mid is the one
// that sorting along the axis would put there (Hoare 1961, "Find").
func (t *tree) choose(from, last, mid int, axis vec) {
	key := func(i int) float64 {
		a, b := t.ends(uint32(i))
		return axis.dot(a.place) + axis.dot(b.place)
	}
	for from < last {
		pivot := key((from + last) / 2)
		i, j := from, last
		for i <= j {
			for key(i) < pivot {
				i++
			}
			for key(j) > pivot {
				j--
			}
			if i <= j {
				t.pieces[i], t.pieces[j] = t.pieces[j], t.pieces[i]
				i++
				j--
			}
		}
		switch {
		case mid <= j:
			last = j
		case mid >= i:
			from = i
		default:
			return
		}
	}
}
