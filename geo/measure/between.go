package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// Between returns the metres between the nearest points of two geometries: 0
// where they touch, cross, or one holds a part of the other. The errors are
// those of [NewTarget].
func Between(a, b orb.Geometry) (float64, error) {
	t, err := NewTarget(a)
	if err != nil {
		return 0, err
	}
	o, err := NewTarget(b)
	if err != nil {
		return 0, err
	}
	return t.between(o), nil
}

// To is [Between] from the target to g; it is NaN where that is an error.
func (t *Target) To(g orb.Geometry) float64 {
	if p, ok := g.(orb.Point); ok {
		return t.Distance(p)
	}
	o, err := NewTarget(g)
	if err != nil {
		return math.NaN()
	}
	return t.between(o)
}

func (t *Target) between(o *Target) float64 {
	switch {
	case o.single:
		return t.Distance(o.origin.Point())
	case t.single:
		return o.Distance(t.origin.Point())
	case t.meets(o):
		return 0
	}
	return t.tree.between(&o.tree)
}

// meets reports whether the two share a point, with edges straight in
// longitude and latitude: an edge of one meets an edge of the other, or a
// connected part lies in an area of the other.
func (t *Target) meets(o *Target) bool {
	for c := range t.chains() {
		for d := range o.chains() {
			if c.meets(c.top(), d, d.top()) {
				return true
			}
		}
		if o.Covers(c.points[0]) {
			return true
		}
	}
	for d := range o.chains() {
		if t.Covers(d.points[0]) {
			return true
		}
	}
	return false
}

// chains goes through the rings, the lines and the points.
func (t *Target) chains() func(yield func(*chain) bool) {
	return func(yield func(*chain) bool) {
		for i := range t.areas {
			for j := range t.areas[i].rings {
				if !yield(&t.areas[i].rings[j]) {
					return
				}
			}
		}
		for i := range t.loose {
			if !yield(&t.loose[i]) {
				return
			}
		}
	}
}

// couple is a ball of one tree and a ball of another.
type couple struct{ t, o uint32 }

// between returns the metres between the nearest points of two sets of
// pieces, by branch and bound over couples of balls.
func (t *tree) between(o *tree) float64 {
	metres, reach := math.Inf(1), math.Inf(1)
	stack := []couple{{}}
	for len(stack) > 0 {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		a, b := &t.balls[c.t], &o.balls[c.o]
		far := *b
		far.radius += a.radius
		if farther(a.centre, &far, reach) {
			continue
		}
		switch {
		case a.other == 0 && b.other == 0:
			if m := t.leaves(a, o, b, reach); m < metres {
				metres, reach = m, chordBeyond(m)+slackMetres
			}
			if metres == 0 {
				return 0
			}
		case b.other == 0 || a.other != 0 && a.radius > b.radius:
			far, near := t.inOrder(b.centre, c.t)
			stack = append(stack, couple{far, c.o}, couple{near, c.o})
		default:
			far, near := o.inOrder(a.centre, c.o)
			stack = append(stack, couple{c.t, far}, couple{c.t, near})
		}
	}
	return metres
}

// leaves returns the metres between the pieces of two leaves, infinite when
// all chords are beyond reach. Two pieces that do not cross are nearest at an
// end of one of them.
func (t *tree) leaves(a *ball, o *tree, b *ball, reach float64) float64 {
	metres := math.Inf(1)
	for i := a.from; i < a.to; i++ {
		p, q := t.ends(i)
		for j := b.from; j < b.to; j++ {
			r, s := o.ends(j)
			if cross(p.place, q.place, r.place, s.place) {
				return 0
			}
			for _, m := range [4]float64{
				endToPiece(p, r, s, reach), endToPiece(q, r, s, reach),
				endToPiece(r, p, q, reach), endToPiece(s, p, q, reach),
			} {
				if m < metres {
					metres, reach = m, min(reach, chordBeyond(m)+slackMetres)
				}
			}
		}
	}
	return metres
}

// endToPiece returns the metres from a vertex to a piece, infinite when they
// are surely out of reach.
func endToPiece(v, a, b *vertex, reach float64) float64 {
	sq, share, rise := approach(v.place, a.place, b.place)
	if sq > (reach+rise)*(reach+rise) {
		return math.Inf(1)
	}
	q := sought{newEnd(v.at[0], v.at[1]), v.place}
	_, metres := q.foot(a, b, share)
	return metres
}

// parallel is the sine of the angle below which two pieces are not asked
// whether they cross: over 10 km they are then apart by some micrometres at
// an end of one of them, and the ends decide.
const parallel = 1e-9

// cross reports whether two pieces, seen from the centre, pass through each
// other. Pieces whose middles are too far apart for their lengths cannot, and
// of pieces in one plane the sides would be told by rounding alone.
func cross(p, q, r, s vec) bool {
	d, e := q.sub(p), s.sub(r)
	apart := p.sub(r).along(q.sub(s), 1) // twice that of the middles
	if apart.size() > d.size()+e.size()+2*(sag(d.dot(d))+sag(e.dot(e))) {
		return false
	}
	n, m := p.cross(d), r.cross(e)
	if x := n.cross(m); x.dot(x) <= parallel*parallel*n.dot(n)*m.dot(m) {
		return false
	}
	return sideOf(p, q, r)*sideOf(p, q, s) < 0 && sideOf(r, s, p)*sideOf(r, s, q) < 0
}
