package country

import (
	"cmp"
	"math"
	"slices"

	"bivouac/geo/disjoint"
)

// bank is a straight piece of a river.
type bank struct {
	a, b  place
	river int
}

const (
	riverSteps = 150  // pieces of a river that crosses the country
	meander    = 0.16 // radians by which it turns a step, about
)

// bridgeKM is how far bridges of roads of a class are apart on a river.
var bridgeKM = [...]float64{Trunk: 4, Primary: 12, Secondary: 40, Street: 4, Track: math.Inf(1)}

// draw lets rivers wind through the country, from the west and the south by
// turns.
func (m *maker) draw() []bank {
	var banks []bank
	count := 2 + int(math.Pow(m.side/nodeMetres, 0.5)/8)
	step := m.side / riverSteps
	for river := range count {
		p, course := place{0, m.side * (0.2 + 0.6*m.r.Float64())}, 0.0
		if river%2 == 1 {
			p, course = place{p.y, 0}, math.Pi/2
		}
		heading := course
		for range 3 * riverSteps {
			heading += meander*m.r.NormFloat64() + 0.03*(course-heading)
			sin, cos := math.Sincos(heading)
			q := place{p.x + step*cos, p.y + step*sin}
			banks = append(banks, bank{p, q, river})
			if p = q; p.x < 0 || p.y < 0 || p.x > m.side || p.y > m.side {
				break
			}
		}
	}
	return banks
}

// crossing is a way that crosses a river.
type crossing struct {
	edge  int
	river int
	at    place
}

// bridge takes away the ways over rivers, but for those that are bridges:
// those of the greater roads first, each so far from the others of its river,
// and those without which the country would fall apart.
func (m *maker) bridge(banks []bank) {
	crossings := m.crossings(banks)
	over := make([]bool, len(m.edges))
	for _, c := range crossings {
		over[c.edge] = true
	}
	joined := disjoint.New(len(m.points))
	for i, e := range m.edges {
		if !over[i] && !e.oneWay {
			joined.Join(e.from, e.to)
		}
	}
	slices.SortStableFunc(crossings, func(a, b crossing) int {
		return cmp.Compare(m.edges[a.edge].class, m.edges[b.edge].class)
	})
	var built []crossing
	for _, c := range crossings {
		e := &m.edges[c.edge]
		room := min(bridgeKM[e.class]*1000, m.side/4)
		free := !slices.ContainsFunc(built, func(o crossing) bool {
			return o.river == c.river && o.at.squared(c.at) < room*room
		})
		if !e.oneWay && (joined.Join(e.from, e.to) || free) {
			e.bridge = true
			built = append(built, c)
		}
	}
	var kept []edge
	for i, e := range m.edges {
		if !over[i] || e.bridge {
			kept = append(kept, e)
		}
	}
	m.edges = kept
}

// crossings finds each way that crosses a river, once.
func (m *maker) crossings(banks []bank) []crossing {
	reach := m.side / riverSteps
	middles := make([]place, len(banks))
	for i, b := range banks {
		middles[i] = place{(b.a.x + b.b.x) / 2, (b.a.y + b.b.y) / 2}
	}
	squares := newNear(middles)
	var out []crossing
	for i, e := range m.edges {
		a, b := m.points[e.from], m.points[e.to]
		middle := place{(a.x + b.x) / 2, (a.y + b.y) / 2}
		far := (a.distance(b) + reach) / 2
		crossed := -1
		squares.within(middle, int(far/squares.width)+1, func(k int32) {
			if crossed < 0 && meet(a, b, banks[k].a, banks[k].b) {
				crossed = int(k)
			}
		})
		if crossed >= 0 {
			out = append(out, crossing{i, banks[crossed].river, middle})
		}
	}
	return out
}

// meet reports whether two straight pieces cross.
func meet(a, b, c, d place) bool {
	return left(a, b, c) != left(a, b, d) && left(c, d, a) != left(c, d, b)
}

func left(a, b, c place) bool {
	return (b.x-a.x)*(c.y-a.y) > (b.y-a.y)*(c.x-a.x)
}
