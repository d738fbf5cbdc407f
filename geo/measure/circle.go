package measure

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Circle returns the points at most the radius away from the centre, as areas
// to draw; who is inside is decided by distance. Its rim is a ring of points
// at exactly the radius, evenly spread in bearing, at least 3; more are added
// where longitudes run fast, near a pole. It is cut in two at the date line,
// runs along the edge of the world where a pole lies inside, is the world with
// a hole where both do, and from 19,900 km, where the rim folds over itself,
// the whole world. Rings are closed and wound counterclockwise, holes
// clockwise. A radius that is not positive, or a centre that is no place,
// gives nothing.
func Circle(centre orb.Point, radiusMetres float64, vertices int) orb.MultiPolygon {
	switch {
	case !(radiusMetres > 0) || !onGlobe(centre):
		return nil
	case radiusMetres >= 19.9e6:
		return orb.MultiPolygon{{worldRing()}}
	}
	r := rim{centre: orb.Point{normalLon(centre[0]), centre[1]}, radius: radiusMetres}
	r.walk(max(3, vertices))
	turn := r.points[len(r.points)-1].lon - r.points[0].lon
	r.points = r.points[:len(r.points)-1]
	o := NewOrigin(centre)
	switch {
	case math.Abs(turn) > 180:
		return r.roundPole(turn > 0)
	case o.Distance(orb.Point{0, 90}) < radiusMetres && o.Distance(orb.Point{0, -90}) < radiusMetres:
		return r.roundOpposite()
	}
	return r.plain()
}

func worldRing() orb.Ring {
	return orb.Ring{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}
}

// rim is the edge of a circle, counterclockwise, so that the circle lies to
// its left.
type rim struct {
	centre orb.Point
	radius float64
	points []rimPoint
}

// rimPoint is a point of the rim. Its longitude goes on past the date line.
type rimPoint struct{ bearing, lon, lat float64 }

// farStep is the longest step in longitude, in degrees, that is taken between
// neighbours on a rim.
const farStep = 20

// walk goes once round, from north over west to north.
func (r *rim) walk(n int) {
	first := r.at(360)
	r.points = []rimPoint{first}
	for i := 1; i <= n; i++ {
		next := r.at(360 * (1 - float64(i)/float64(n)))
		if i == n {
			next.lon, next.lat = first.lon, first.lat
		}
		r.step(next, 40)
	}
}

func (r *rim) at(bearing float64) rimPoint {
	p, _ := Direct(r.centre, bearing, r.radius)
	return rimPoint{bearing, p[0], p[1]}
}

// step adds the point, and points before it while its longitude is far.
func (r *rim) step(next rimPoint, depth int) {
	last := r.points[len(r.points)-1]
	by, _ := lonDiff(last.lon, next.lon)
	if math.Abs(by) > farStep && depth > 0 {
		r.step(r.at((last.bearing+next.bearing)/2), depth-1)
		r.step(next, depth-1)
		return
	}
	next.lon = last.lon + by
	r.points = append(r.points, next)
}

// crossAt adds the points where the rim crosses a longitude, found by
// bisection, and returns their places in the order of the rim.
func (r *rim) crossAt(lon float64) (places []int) {
	var out []rimPoint
	n := len(r.points)
	for i, p := range r.points {
		if p.lon == lon {
			places = append(places, len(out))
		}
		out = append(out, p)
		next := r.points[(i+1)%n]
		by, _ := lonDiff(p.lon, next.lon)
		if to := p.lon + by; (p.lon < lon) != (to < lon) && p.lon != lon && to != lon {
			places = append(places, len(out))
			out = append(out, r.bisect(p, next.bearing, lon))
		}
	}
	r.points = out
	return places
}

func (r *rim) bisect(p rimPoint, bearing, lon float64) rimPoint {
	if bearing > p.bearing { // the last step ends at north, which is 0 and 360
		bearing -= 360
	}
	near, far, mid := p.bearing, bearing, p
	west := p.lon < lon
	for range 60 {
		mid = r.at((near + far) / 2)
		by, _ := lonDiff(p.lon, mid.lon)
		if (p.lon+by < lon) == west {
			near = mid.bearing
		} else {
			far = mid.bearing
		}
	}
	return rimPoint{mid.bearing, lon, mid.lat}
}

// plain is a circle without a pole.
func (r *rim) plain() orb.MultiPolygon {
	west := slices.MinFunc(r.points, func(a, b rimPoint) int { return cmp.Compare(a.lon, b.lon) }).lon
	r.shift(-360 * math.Floor((west+180)/360))
	east := slices.MaxFunc(r.points, func(a, b rimPoint) int { return cmp.Compare(a.lon, b.lon) }).lon
	if east <= 180 {
		return orb.MultiPolygon{{ring(r.points, 0)}}
	}
	r.crossAt(180)
	var out orb.MultiPolygon
	for i, part := range [2]orb.Ring{
		ring(slices.DeleteFunc(slices.Clone(r.points), func(p rimPoint) bool { return p.lon > 180 }), 0),
		ring(slices.DeleteFunc(slices.Clone(r.points), func(p rimPoint) bool { return p.lon < 180 }), -360),
	} {
		if len(part) > 3 || i == 0 {
			out = append(out, orb.Polygon{part})
		}
	}
	return out
}

func (r *rim) shift(by float64) {
	for i := range r.points {
		r.points[i].lon += by
	}
}

// roundPole is a circle with one pole inside, to the left of the rim.
func (r *rim) roundPole(north bool) orb.MultiPolygon {
	edge, pole := -180.0, 90.0
	if !north {
		edge, pole = 180, -90
	}
	// The whole turn passes the edge once, some turn or other.
	lo := min(r.points[0].lon, r.points[len(r.points)-1].lon)
	at := r.crossAt(edge + 360*math.Ceil((lo-edge)/360))
	if len(at) == 0 { // within rounding at the seam
		at = []int{0}
	}
	start := at[0]
	out := orb.Ring{}
	from := r.points[start].lon
	for i := range r.points {
		p := r.points[(start+i)%len(r.points)]
		by := p.lon - from
		if i > 0 {
			by = math.Mod(by+720, 360)
			if !north {
				by -= 360
			}
		}
		out = append(out, orb.Point{edge + by, p.lat})
	}
	return orb.MultiPolygon{{append(out,
		orb.Point{-edge, out[0][1]}, orb.Point{-edge, pole}, orb.Point{edge, pole}, out[0])}}
}

// roundOpposite is a circle with both poles inside: the world without the
// neighbourhood of the opposite point.
func (r *rim) roundOpposite() orb.MultiPolygon {
	west := slices.MinFunc(r.points, func(a, b rimPoint) int { return cmp.Compare(a.lon, b.lon) }).lon
	r.shift(-360 * math.Floor((west+180)/360))
	at := r.crossAt(180)
	if len(at) < 2 {
		return orb.MultiPolygon{{worldRing(), ring(r.points, 0)}}
	}
	// Up the eastern edge, round the western half of the hole, and so back.
	low, high := at[0], at[len(at)-1]
	if r.points[low].lat > r.points[high].lat {
		low, high = high, low
	}
	out := orb.Ring{{-180, -90}, {180, -90}}
	out = append(out, r.stretch(low, high, 0)...)
	out = append(out, orb.Point{180, 90}, orb.Point{-180, 90})
	out = append(out, r.stretch(high, low, -360)...)
	return orb.MultiPolygon{{append(out, out[0])}}
}

// stretch returns the points from one place to another, both included.
func (r *rim) stretch(from, to int, by float64) (out []orb.Point) {
	for i := from; ; i = (i + 1) % len(r.points) {
		out = append(out, orb.Point{r.points[i].lon + by, r.points[i].lat})
		if i == to {
			return out
		}
	}
}

// ring closes the points.
func ring(points []rimPoint, by float64) orb.Ring {
	var out orb.Ring
	for _, p := range points {
		out = append(out, orb.Point{p.lon + by, p.lat})
	}
	if len(out) > 0 {
		out = append(out, out[0])
	}
	return out
}
