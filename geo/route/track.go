package route

import (
	"math"
	"sort"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// Track is a line of one part or several, measured from its beginning; what
// lies between two parts has no length. It never changes and may be shared.
type Track struct {
	lines []orb.LineString
	at    [][]float64 // metres of each vertex from the beginning
	cuts  []reach
}

// reach is a stretch of a track, prepared for distances.
type reach struct {
	line     orb.LineString
	from, to float64 // metres
	target   *measure.Target
}

// reachMetres is how long a stretch is that is prepared by itself: long ones
// leave many vertices to be looked at, short ones are many.
const reachMetres = 20_000

// NewTrack returns the track of a line or of several, one after the other.
// Edges are geodesics.
func NewTrack(lines ...orb.LineString) (*Track, error) {
	t := &Track{}
	metres := 0.0
	for _, l := range lines {
		at := make([]float64, len(l))
		for i := range l {
			if i > 0 {
				metres += measure.Distance(l[i-1], l[i])
			}
			at[i] = metres
		}
		if len(l) > 1 {
			t.lines, t.at = append(t.lines, l), append(t.at, at)
		}
	}
	if !(metres > 0) {
		return nil, geo.Errorf(geo.Invalid, "line", "the line has no length: give at least two different positions")
	}
	n := math.Ceil(metres / reachMetres)
	for i := range int(n) {
		from, to := metres*float64(i)/n, metres*float64(i+1)/n
		for _, part := range t.Cut(from, to) {
			target, err := measure.NewTarget(part.Line)
			if err != nil {
				return nil, geo.Errorf(geo.Invalid, "line", "%v", err)
			}
			t.cuts = append(t.cuts, reach{part.Line, part.From, part.To, target})
		}
	}
	return t, nil
}

// Metres returns how long the track is.
func (t *Track) Metres() float64 {
	last := t.at[len(t.at)-1]
	return last[len(last)-1]
}

// Shape returns the track as a geometry.
func (t *Track) Shape() orb.Geometry {
	if len(t.lines) == 1 {
		return t.lines[0]
	}
	return orb.MultiLineString(t.lines)
}

// Part is a piece of a track, between two distances from its beginning.
type Part struct {
	Line     orb.LineString
	From, To float64 // metres
}

// Cut returns what lies between two distances in metres: one piece for each
// line that has a part in it.
func (t *Track) Cut(from, to float64) (out []Part) {
	for i, l := range t.lines {
		at := t.at[i]
		a, b := max(from, at[0]), min(to, at[len(at)-1])
		if a >= b {
			continue
		}
		cut := orb.LineString{between(l, at, a)}
		for v := sort.SearchFloat64s(at, a); v < len(at) && at[v] < b; v++ {
			if at[v] > a {
				cut = append(cut, l[v])
			}
		}
		out = append(out, Part{append(cut, between(l, at, b)), a, b})
	}
	return out
}

// At returns the place so many metres from the beginning; before it, or
// beyond the end, the first or the last.
func (t *Track) At(metres float64) orb.Point {
	for i, at := range t.at {
		if metres <= at[len(at)-1] {
			return between(t.lines[i], at, max(metres, at[0]))
		}
	}
	last := t.lines[len(t.lines)-1]
	return last[len(last)-1]
}

// between returns the place so many metres along a line whose vertices are at
// the given ones.
func between(l orb.LineString, at []float64, metres float64) orb.Point {
	v := sort.SearchFloat64s(at, metres)
	if v == len(at) {
		return l[v-1]
	}
	if v == 0 || at[v] == metres {
		return l[v]
	}
	p, _ := measure.Direct(l[v-1], measure.Bearing(l[v-1], l[v]), metres-at[v-1])
	return p
}

// Locate returns how far from its beginning the track comes nearest to a
// point, and how near; the first of equally near places. ok is false beyond
// the radius.
func (t *Track) Locate(p orb.Point, radiusMetres float64) (along, metres float64, ok bool) {
	best := -1
	var nearest orb.Point
	metres = radiusMetres
	for i := range t.cuts {
		if c := &t.cuts[i]; c.target.Within(p, metres) {
			if q, d := c.target.Nearest(p); best < 0 || d < metres {
				best, nearest, metres = i, q, d
			}
		}
	}
	if best < 0 {
		return 0, 0, false
	}
	return t.cuts[best].along(nearest), metres, true
}

// along returns how far from the track's beginning a place on the reach lies:
// on the edge from whose ends it is no farther than they are from each other.
func (r *reach) along(p orb.Point) float64 {
	best, out, metres := math.Inf(1), r.from, r.from
	for i := 1; i < len(r.line); i++ {
		a, b := r.line[i-1], r.line[i]
		there, edge := measure.Distance(a, p), measure.Distance(a, b)
		if detour := there + measure.Distance(p, b) - edge; detour < best-1e-6 {
			best, out = detour, metres+there
		}
		metres += edge
	}
	return min(out, r.to)
}
