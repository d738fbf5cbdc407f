package grid

import "math"

// spot is a position in the plane.
type spot struct{ x, y float64 }

// box is a rectangle in the plane.
type box struct{ west, south, east, north float64 }

func (b box) area() float64 { return (b.east - b.west) * (b.north - b.south) }

// rings are closed paths, the last spot not repeated; outer ones go
// counter-clockwise, holes clockwise, so that their areas add up.
type rings [][]spot

// area is the sum of what the rings enclose, with their signs.
func (r rings) area() float64 {
	sum := 0.0
	for _, ring := range r {
		sum += enclosed(ring)
	}
	return sum
}

// enclosed takes coordinates from the ring's first spot, so that small rings
// far from the centre keep their digits.
func enclosed(ring []spot) float64 {
	if len(ring) < 3 {
		return 0
	}
	sum, o := 0.0, ring[0]
	for i := 2; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		sum += (a.x-o.x)*(b.y-o.y) - (b.x-o.x)*(a.y-o.y)
	}
	return sum / 2
}

func (r rings) bound() box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, ring := range r {
		for _, p := range ring {
			b.west, b.east = min(b.west, p.x), max(b.east, p.x)
			b.south, b.north = min(b.south, p.y), max(b.north, p.y)
		}
	}
	return b
}

// clip returns the rings within a box.
func (r rings) clip(b box) rings {
	if in := r.bound(); in.west >= b.west && in.east <= b.east && in.south >= b.south && in.north <= b.north {
		return r
	}
	return r.clipTo([]spot{{b.west, b.south}, {b.east, b.south}, {b.east, b.north}, {b.west, b.north}})
}

// clipTo returns the rings within a convex outline that goes counter-clockwise,
// by Sutherland and Hodgman (1974). A ring that falls apart stays one, joined
// along the outline's sides, where it encloses nothing: its area is right.
func (r rings) clipTo(outline []spot) rings {
	var out rings
	for _, ring := range r {
		for i, a := range outline {
			if ring = leftOf(ring, a, outline[(i+1)%len(outline)]); len(ring) < 3 {
				break
			}
		}
		if len(ring) >= 3 {
			out = append(out, ring)
		}
	}
	return out
}

// leftOf returns what of the ring lies to the left of the line from a to b.
func leftOf(ring []spot, a, b spot) []spot {
	side := func(p spot) float64 { return (b.x-a.x)*(p.y-a.y) - (b.y-a.y)*(p.x-a.x) }
	if len(ring) == 0 {
		return nil
	}
	out := make([]spot, 0, len(ring)+2)
	from := ring[len(ring)-1]
	was := side(from)
	for _, p := range ring {
		is := side(p)
		if (was < 0) != (is < 0) {
			t := was / (was - is)
			out = append(out, spot{from.x + t*(p.x-from.x), from.y + t*(p.y-from.y)})
		}
		if is >= 0 {
			out = append(out, p)
		}
		from, was = p, is
	}
	return out
}
