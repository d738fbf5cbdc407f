package grid

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// Plane is an equal-area map: Lambert's azimuthal projection of the WGS84
// ellipsoid by authalic latitude, centred anywhere (Snyder 1987, Map
// projections: a working manual, USGS Professional Paper 1395, equations 24-17
// to 24-31). An area in the plane is the area on the ground. Distances are
// true about the centre and off by a part of about (d/12,756 km)^2/2 at d from
// it; see [Plane.Stretch].
type Plane struct {
	centre         orb.Point
	sin, cos       float64 // of the centre's authalic latitude
	radius, factor float64 // of the authalic sphere; D of Snyder
}

const degree = math.Pi / 180

// polarArea is what lies between a pole and the equator over a radian of
// longitude: the square of the authalic sphere's radius.
var polarArea = measure.ToEquator(90)

// NewPlane returns the plane about the centre.
func NewPlane(centre orb.Point) *Plane {
	p := &Plane{centre: centre, radius: math.Sqrt(polarArea), factor: 1}
	p.sin, p.cos = authalic(centre[1])
	if math.Abs(centre[1]) < 90 {
		s, c := math.Sincos(centre[1] * degree)
		e2 := measure.Flattening * (2 - measure.Flattening)
		p.factor = measure.EquatorialRadiusMetres * c / (math.Sqrt(1-e2*s*s) * p.radius * p.cos)
	}
	return p
}

// authalic returns sine and cosine of the authalic latitude.
func authalic(lat float64) (sin, cos float64) {
	sin = max(-1, min(1, measure.ToEquator(lat)/polarArea))
	return sin, math.Sqrt((1 - sin) * (1 + sin))
}

// Centre returns the place that the plane is about.
func (p *Plane) Centre() orb.Point { return p.centre }

// Forward returns metres east and north of the centre. The place opposite the
// centre is a circle in the plane; one point of it is returned.
func (p *Plane) Forward(at orb.Point) (x, y float64) {
	sin, cos := authalic(at[1])
	sinLon, cosLon := math.Sincos((at[0] - p.centre[0]) * degree)
	towards := max(1e-15, 1+p.sin*sin+p.cos*cos*cosLon)
	b := p.radius * math.Sqrt(2/towards)
	return b * p.factor * cos * sinLon, b / p.factor * (p.cos*sin - p.sin*cos*cosLon)
}

// Inverse returns the place of a position in the plane, its longitude in
// -180..180. What lies beyond the edge of the world is put on it.
func (p *Plane) Inverse(x, y float64) orb.Point {
	u, v := x/p.factor, y*p.factor
	rho := math.Hypot(u, v)
	if rho == 0 {
		return p.centre
	}
	half := math.Asin(min(1, rho/(2*p.radius)))
	sinC, cosC := math.Sincos(2 * half)
	sin := cosC*p.sin + v*sinC*p.cos/rho
	lon := p.centre[0] + math.Atan2(u*sinC, rho*p.cos*cosC-v*p.sin*sinC)/degree
	return orb.Point{math.Remainder(lon, 360), measure.FromEquator(sin * polarArea)}
}

// Stretch returns how much longer a distance across the way from the centre is
// drawn in the plane, at a position of it; one along the way is shorter by the
// same factor. 1.01 is one per cent.
func (p *Plane) Stretch(x, y float64) float64 {
	rho := math.Hypot(x/p.factor, y*p.factor)
	half := min(1, rho/(2*p.radius))
	return 1 / math.Sqrt(max(1e-12, (1-half)*(1+half)))
}
