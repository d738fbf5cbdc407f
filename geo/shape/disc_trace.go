package shape

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

const degree = math.Pi / 180

// arc is a stretch of a rim, counterclockwise between two turns.
type arc struct {
	rim        *rim
	from, to   float64
	start, end orb.Point
}

// loop is a closed way along arcs, with what is covered on its left.
type loop []arc

// trace returns the edge of what at least so many discs cover. It may fail
// only where odd has found something.
func (a *arrangement) trace(depth int) ([]loop, error) {
	var out []loop
	for i, cut := range a.first {
		if n := depth - int(a.held[i]); cut < 0 && n >= 1 && n <= int(a.rims[i].times) {
			r := &a.rims[i]
			p := r.At(0)
			out = append(out, loop{{r, 0, 360, p, p}})
		}
	}
	done := make([]bool, len(a.next))
	for start := range a.next {
		if done[start] || !a.bounds(int32(start), depth) {
			continue
		}
		var l loop
		for at := int32(start); !done[at]; {
			done[at] = true
			l = append(l, a.arc(at))
			if at = a.onward(at, depth); at < 0 {
				return nil, geo.Errorf(geo.Internal, "discs", "shape: the edge of the discs does not close")
			}
		}
		out = append(out, l)
	}
	return out, nil
}

func (a *arrangement) arc(at int32) arc {
	from := a.turn(at)
	return arc{&a.rims[a.rimOf(at)], from, from + a.width(at), a.at(at), a.at(a.next[at])}
}

// full reports whether the arc is a whole rim without a cut.
func (a *arc) full() bool { return a.start == a.end && a.from == 0 && a.to == 360 }

// Area returns the square metres that at least so many discs cover, along the
// true arcs: the geodesic polygon of the arcs' ends and centres, and the
// sectors between them. It is good to a part in 10^9, or some square
// centimetres where that is more. A depth under 1 is the whole earth.
func (c *Cover) Area(depth int) (float64, error) {
	if depth <= c.whole {
		return measure.WholeArea(), nil
	}
	loops, err := c.arcs.trace(depth - c.whole)
	if err != nil {
		return 0, err
	}
	if len(loops) == 0 {
		if c.over(northPole) >= depth {
			return measure.WholeArea(), nil
		}
		return 0, nil
	}
	var e measure.Enclosure
	for _, l := range loops {
		for i := range l {
			l[i].enclose(&e)
			if next := l[(i+1)%len(l)].start; next != l[i].end { // a shut arc between
				e.Leg(l[i].end, next)
			}
		}
	}
	return c.plausible(e.Area(), depth-c.whole), nil
}

var northPole = orb.Point{0, 90}

func (a *arc) enclose(e *measure.Enclosure) {
	if !a.full() {
		e.Leg(a.start, a.rim.Centre())
		e.Leg(a.rim.Centre(), a.end)
	}
	e.Add(a.rim.Sector(a.from, a.to))
}

// plausible takes off or adds a whole earth, which closed ways do not tell
// from nothing: k discs at every place cannot cover more than a kth of their
// areas, and one of them is covered at least.
func (c *Cover) plausible(area float64, depth int) float64 {
	sum, largest := 0.0, 0.0
	for i := range c.rims {
		own := c.rims[i].Area()
		sum += own * float64(c.rims[i].times)
		largest = max(largest, own)
	}
	whole := measure.WholeArea()
	switch {
	case area > sum/float64(depth)*(1+1e-9)+1:
		return max(0, area-whole)
	case depth == 1 && area < largest*(1-1e-9)-1:
		return min(whole, area+whole)
	}
	return area
}
