package tile

import "math"

// buffer is how far lines and polygons are drawn beyond the tile, in units, so
// that neither the ends of lines nor the edges of polygons show at its border.
const buffer = 64

// side is one edge of what is drawn: a half of the plane.
type side struct {
	vertical bool
	at       float64
	sign     float64
}

var sides = [4]side{{true, -buffer, 1}, {true, Extent + buffer, -1}, {false, -buffer, 1}, {false, Extent + buffer, -1}}

func (s side) has(p xy) bool {
	if s.vertical {
		return s.sign*(p.x-s.at) >= 0
	}
	return s.sign*(p.y-s.at) >= 0
}

// cut returns where the edge from a to b, whose ends lie on both sides, meets
// the side: the same place from either end, so that shapes on both sides of
// the edge keep sharing it.
func (s side) cut(a, b xy) xy {
	if b.x < a.x || b.x == a.x && b.y < a.y {
		a, b = b, a
	}
	if s.vertical {
		return xy{s.at, a.y + (s.at-a.x)/(b.x-a.x)*(b.y-a.y)}
	}
	return xy{a.x + (s.at-a.y)/(b.y-a.y)*(b.x-a.x), s.at}
}

// inside reports whether all of the path is drawn, and outside whether surely
// nothing of it is.
func inside(path []xy) (all, none bool) {
	all = true
	for _, s := range sides {
		some := false
		for _, p := range path {
			if s.has(p) {
				some = true
			} else {
				all = false
			}
		}
		if !some {
			return false, true
		}
	}
	return all, false
}

// clipper cuts paths to what is drawn.
type clipper struct{ a, b []xy }

// ring cuts a ring, closed or not, which comes back unclosed (Sutherland and
// Hodgman 1974). What of it runs along the sides lies outside the tile.
func (c *clipper) ring(ring []xy) []xy {
	if len(ring) > 1 && ring[0] == ring[len(ring)-1] {
		ring = ring[:len(ring)-1]
	}
	all, none := inside(ring)
	if all {
		return ring
	}
	if none {
		return nil
	}
	from, to := append(c.a[:0], ring...), c.b[:0]
	for _, s := range sides {
		to = to[:0]
		for i, p := range from {
			last := from[(i+len(from)-1)%len(from)]
			if s.has(p) != s.has(last) {
				to = append(to, s.cut(last, p))
			}
			if s.has(p) {
				to = append(to, p)
			}
		}
		from, to = to, from
	}
	c.a, c.b = from, to
	return from
}

// line calls part with the pieces of a line that are drawn.
func (c *clipper) line(line []xy, part func([]xy)) {
	all, none := inside(line)
	if all {
		part(line)
	}
	if all || none {
		return
	}
	c.a = c.a[:0]
	for i := 1; i < len(line); i++ {
		from, to, ok := segment(line[i-1], line[i])
		if !ok {
			continue
		}
		if n := len(c.a); n == 0 || c.a[n-1] != from {
			if n > 1 {
				part(c.a)
			}
			c.a = append(c.a[:0], from)
		}
		c.a = append(c.a, to)
	}
	if len(c.a) > 1 {
		part(c.a)
	}
}

// segment cuts one edge.
func segment(a, b xy) (from, to xy, ok bool) {
	for _, s := range sides {
		switch hasA, hasB := s.has(a), s.has(b); {
		case !hasA && !hasB:
			return a, b, false
		case !hasA:
			a = s.cut(a, b)
		case !hasB:
			b = s.cut(a, b)
		}
	}
	return a, b, true
}

// unit is a place as a tile writes it.
type unit struct{ x, y int32 }

func rounded(p xy) unit { return unit{int32(math.Floor(p.x + 0.5)), int32(math.Floor(p.y + 0.5))} }

// turn is twice the area of the triangle, positive clockwise as seen, since y
// grows to the south.
func turn(a, b, c unit) int64 {
	return int64(b.x-a.x)*int64(c.y-a.y) - int64(b.y-a.y)*int64(c.x-a.x)
}

// area is twice the area of a ring, positive clockwise as seen.
func area(ring []unit) int64 {
	total := int64(0)
	for i := 2; i < len(ring); i++ {
		total += turn(ring[0], ring[i-1], ring[i])
	}
	return total
}

// tidy rounds a path and leaves out vertices that change nothing: equal ones,
// those in the middle of a straight stretch, and of a ring those at the end of
// a spike.
func tidy(to []unit, path []xy, closed bool) []unit {
	start := len(to)
	for _, p := range path {
		to = join(to, start, rounded(p), closed)
	}
	if !closed {
		return to
	}
	// The seam is a vertex like any other.
	for changed := true; changed && len(to)-start > 2; {
		changed = false
		ring := to[start:]
		n := len(ring)
		switch {
		case turn(ring[n-2], ring[n-1], ring[0]) == 0:
			to, changed = to[:len(to)-1], true
		case turn(ring[n-1], ring[0], ring[1]) == 0:
			copy(ring, ring[1:])
			to, changed = to[:len(to)-1], true
		}
	}
	return to
}

func join(to []unit, start int, p unit, closed bool) []unit {
	for {
		n := len(to)
		if n > start && to[n-1] == p {
			return to
		}
		if n-start < 2 || turn(to[n-2], to[n-1], p) != 0 || !closed && back(to[n-2], to[n-1], p) {
			return append(to, p)
		}
		to = to[:n-1]
	}
}

// back reports whether the way from a by b to c, all on one line, turns round
// at b.
func back(a, b, c unit) bool {
	return int64(b.x-a.x)*int64(c.x-b.x)+int64(b.y-a.y)*int64(c.y-b.y) < 0
}
