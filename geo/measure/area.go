package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// Area returns the square metres of the geometry's polygons with geodesic
// edges (Karney 2013, section 6, to the sixth order): holes taken off, parts
// added up. A ring stands for the smaller of the two areas that it parts, so
// neither its winding nor the date line nor a pole inside matters. Parts that
// overlap count twice. Points and lines have none, nor has nil.
func Area(g orb.Geometry) float64 {
	total := 0.0
	switch g := g.(type) {
	case orb.Ring:
		return ringArea(g)
	case orb.Polygon:
		for i, r := range g {
			if i == 0 {
				total = ringArea(r)
			} else {
				total -= ringArea(r)
			}
		}
		return max(0, total)
	case orb.MultiPolygon:
		for _, p := range g {
			total += Area(p)
		}
	case orb.Collection:
		for _, part := range g {
			total += Area(part)
		}
	case orb.Bound:
		return ringArea(g.ToRing())
	}
	return total
}

// authalicSq is the squared radius of the sphere with the ellipsoid's area
// (equation 60).
var authalicSq = func() float64 {
	e := math.Sqrt(eccSq)
	return (EquatorialRadiusMetres*EquatorialRadiusMetres + polarRadius*polarRadius*math.Atanh(e)/e) / 2
}()

func ringArea(r orb.Ring) float64 {
	if len(r) < 3 {
		return 0
	}
	var e Enclosure
	from := newEnd(r[len(r)-1][0], r[len(r)-1][1])
	for _, p := range r {
		to := newEnd(p[0], p[1])
		e.leg(&from, &to)
		from = to
	}
	area := e.Area()
	return min(area, wholeArea-area)
}

// wholeArea is the area of the ellipsoid.
var wholeArea = 4 * math.Pi * authalicSq

// WholeArea returns the square metres of the whole earth.
func WholeArea() float64 { return wholeArea }

// Enclosure adds up the area to the left of closed ways over the earth, leg by
// leg. The zero Enclosure is ready to use.
type Enclosure struct {
	sum   compensated
	turns int
}

// Leg goes along the geodesic from a to b. The legs of a way must lead back to
// where it began before the area is asked.
func (e *Enclosure) Leg(a, b orb.Point) {
	p, q := newEnd(a[0], a[1]), newEnd(b[0], b[1])
	e.leg(&p, &q)
}

func (e *Enclosure) leg(a, b *end) {
	e.sum.add(-under(a, b)) // eastward, the strip down to the equator is to the right
	e.turns += crossing(a.lon, b.lon)
}

// Add adds square metres that lie to the left of the legs, such as those
// between a leg and a curve, or takes them away.
func (e *Enclosure) Add(area float64) { e.sum.add(area) }

// Area returns the square metres to the left of the ways, at least 0 and less
// than the whole earth; what it is beyond whole turns of the earth.
func (e *Enclosure) Area() float64 {
	sum := e.sum
	// An odd number of crossings of the zero meridian: the way goes round a
	// pole, and the strip under it ends at the equator.
	if e.turns%2 != 0 {
		sum.add(wholeArea / 2)
	}
	area := math.Mod(sum.value(), wholeArea)
	if area < 0 {
		area += wholeArea
	}
	if area >= wholeArea { // a hair less than nothing
		return 0
	}
	return area
}

// crossing returns 1 or -1 when the short way from one longitude to another
// crosses the zero meridian to the east or to the west.
func crossing(from, to float64) int {
	deg, _ := lonDiff(from, to)
	from, to = math.Remainder(from, 360), math.Remainder(to, 360)
	switch {
	case deg > 0 && (from < 0 && to >= 0 || from > 0 && to == 0):
		return 1
	case deg < 0 && from >= 0 && to < 0:
		return -1
	}
	return 0
}

// under is the signed area between the geodesic and the equator (equations
// 58, 59 and 63 to 65).
func under(a, b *end) float64 {
	deg, rest := lonDiff(a.lon, b.lon)
	if deg+rest == 0 {
		return 0
	}
	p := pathBetween(a, b)
	p.east1, p.north1 = unit(p.east1, p.north1)
	p.east2, p.north2 = unit(p.east2, p.north2)
	sin0, cos0 := p.east1*a.cos, math.Hypot(p.north1, p.east1*a.sin)
	strip := 0.0
	if sin0 != 0 && cos0 != 0 {
		c4 := seriesC4(epsOf(cos0 * cos0 * eccSq2))
		s1, c1 := unit(a.sin, p.north1*a.cos)
		s2, c2 := unit(b.sin, p.north2*b.cos)
		strip = EquatorialRadiusMetres * EquatorialRadiusMetres * eccSq * cos0 * sin0 * (c4.sumCos(s2, c2) - c4.sumCos(s1, c1))
	}
	return strip + authalicSq*excess(a, b, &p)
}

// excess is the turn of the azimuth along the geodesic, which is the
// spherical excess of the strip under it.
func excess(a, b *end, p *path) float64 {
	if p.cosOmega > -0.7071 && b.sin-a.sin < 1.75 {
		domega, da, db := 1+p.cosOmega, 1+a.cos, 1+b.cos
		return 2 * math.Atan2(p.sinOmega*(a.sin*db+b.sin*da), domega*(a.sin*b.sin+da*db))
	}
	sin := p.east2*p.north1 - p.north2*p.east1
	cos := p.north2*p.north1 + p.east2*p.east1
	if sin == 0 && cos < 0 {
		sin, cos = tiny*p.north1, -1
	}
	return math.Atan2(sin, cos)
}

// compensated is a sum that keeps what rounding drops (Neumaier 1974).
type compensated struct{ sum, lost float64 }

func (c *compensated) add(v float64) {
	s := c.sum + v
	if math.Abs(c.sum) >= math.Abs(v) {
		c.lost += (c.sum - s) + v
	} else {
		c.lost += (v - s) + c.sum
	}
	c.sum = s
}

func (c *compensated) value() float64 { return c.sum + c.lost }
