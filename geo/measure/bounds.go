package measure

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// PointBoxBounds returns true limits of the distance from p to the points of
// the box: no point of it is nearer than lower or farther than upper metres.
// See [Origin.Bounds].
func PointBoxBounds(p orb.Point, b geo.Box) (lower, upper float64) {
	o := NewOrigin(p)
	return o.Bounds(b)
}

// Bounds returns true limits of the distance from the origin to the points of
// the box: no point of it is nearer than lower or farther than upper metres.
// lower is 0 exactly when the origin lies in the box (to a micrometre). They
// are the least and the greatest angle between geodetic normals times
// [LowerMetresPerRadian] and [UpperMetresPerRadian], so they are up to 1 %
// wide of the mark. The box may not cross the date line (split it first) but
// may lie beyond it or touch it; the zero Box is the whole world.
func (o *Origin) Bounds(b geo.Box) (lower, upper float64) {
	if b.Everything() {
		b = geo.World
	}
	near, far := lonsApart(o.lon, b)
	south, north := b.South-o.lat, b.North-o.lat
	sinS, sinN := quickSin(south/2), quickSin(north/2)
	cosS, cosN := quickSin(90-math.Abs(b.South)), quickSin(90-math.Abs(b.North))

	cut := quickSin(far / 2)
	cut *= cut * o.cosLat
	upper = UpperMetresPerRadian * farAngle(max(sinS*sinS+cosS*cut, sinN*sinN+cosN*cut))
	if far > 90 { // the farthest point may lie inside the edge
		if rises(sinS, b.South, cut) < 0 && rises(sinN, b.North, cut) > 0 {
			upper = UpperMetresPerRadian * (math.Pi - math.Asin(o.cosLat*quickSin(180-far)*(1-slack)))
		}
	}
	upper = min(upper+slackMetres, HalfMeridianMetres)

	return o.lower(&b, near, south, north, sinS, sinN, cosS, cosN), upper
}

// Lower returns the lower of the [Origin.Bounds] of a box for a fraction of the
// work. Where latitude alone puts the box beyond so many metres it looks no
// further, and what it returns is a bound all the same.
func (o *Origin) Lower(b geo.Box, beyond float64) float64 {
	if b.Everything() {
		b = geo.World
	}
	south, north := b.South-o.lat, b.North-o.lat
	if least := LowerMetresPerRadian*degree*max(south, -north) - slackMetres; least > beyond {
		return least
	}
	near, _ := lonsApart(o.lon, b)
	if near == 0 {
		return o.lower(&b, near, south, north, 0, 0, 0, 0)
	}
	return o.lower(&b, near, south, north, quickSin(south/2), quickSin(north/2), quickSin(90-math.Abs(b.South)), quickSin(90-math.Abs(b.North)))
}

// lower is the bound from how far the box is in longitude, its edges in
// latitude, the sines of half the latter and the cosines of its edges; in line
// with the box in longitude these are not looked at.
func (o *Origin) lower(b *geo.Box, near, south, north, sinS, sinN, cosS, cosN float64) float64 {
	if near == 0 {
		t := max(0, max(south, -north)) * degree
		return max(0, LowerMetresPerRadian*t-slackMetres)
	}
	cut := quickSin(near / 2)
	cut *= cut * o.cosLat
	t := 0.0
	if rises(sinS, b.South, cut) > 0 && rises(sinN, b.North, cut) < 0 {
		t = math.Asin(o.cosLat * quickSin(min(near, 180-near)) * (1 - slack))
	} else {
		t = nearAngle(min(sinS*sinS+cosS*cut, sinN*sinN+cosN*cut))
	}
	return max(0, LowerMetresPerRadian*t-slackMetres)
}

// The room left for rounding: of a haversine, in parts, and in metres.
const (
	slack       = 1e-10
	slackMetres = 1e-6
)

// lonsApart returns the least and the greatest difference, in [0, 180]
// degrees, between the longitude and those of the box.
func lonsApart(lon float64, b geo.Box) (near, far float64) {
	const hair = 1e-12
	west := b.West - lon
	if west < 0 {
		west += 360
	}
	if !(west >= 0 && west <= 360) { // more than a turn away
		west = math.Mod(math.Mod(b.West-lon, 360)+360, 360)
	}
	east := west + (b.East - b.West)
	switch {
	case west <= hair || east >= 360-hair:
		near = 0
	default:
		near = max(0, min(west, 360-east)-hair)
	}
	switch {
	case west <= 180+hair && east >= 180-hair, east >= 540-hair:
		far = 180
	default:
		far = min(180, max(min(west, 360-west), math.Abs(180-math.Abs(180-east)))+hair)
	}
	return near, far
}

// rises is positive where the angle to the origin still shrinks as one goes
// north along the meridian at the latitude: it is the derivative of its
// cosine. sinHalf is the sine of half the way there from the origin's
// latitude, cut the part of the haversine that longitude adds, over the
// cosine of the latitude.
func rises(sinHalf, lat, cut float64) float64 {
	return 2*cut*quickSin(lat) - 2*sinHalf*math.Sqrt(1-sinHalf*sinHalf)
}

// nearAngle is the angle of a haversine, rounded down.
func nearAngle(h float64) float64 { return angleOf(h * (1 - slack)) }

// farAngle is the angle of a haversine, rounded up.
func farAngle(h float64) float64 { return angleOf(min(1, h*(1+slack))) }

func angleOf(h float64) float64 {
	if h < 0.01 {
		return arcOf(h)
	}
	return 2 * math.Asin(math.Sqrt(h))
}

// quickSin is the sine of at most a quarter turn, in degrees, to a part in
// 10^11.
func quickSin(deg float64) float64 {
	x := deg * degree
	z := x * x
	zz := z * z
	return x + x*z*((-1./6+z*(1./120))+zz*((-1./5040+z*(1./362880))+zz*((-1./39916800+z*(1./6227020800))-zz*(1./1307674368000))))
}
