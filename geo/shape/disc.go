package shape

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// Disc is all places within a radius of a centre by the geodesic on WGS84, its
// rim included.
type Disc struct {
	Centre       orb.Point
	RadiusMetres float64
}

// The lengths, in metres, below which places and discs are not told apart.
const (
	sameMetres  = 1e-4 // discs whose centres and radii differ by less in all are one, taken twice
	leastRadius = 1e-3 // smaller discs cover nothing
	nodeMetres  = 1e-5 // crossings that follow each other so closely on a rim are one place
)

// Cover is what discs cover together: how much, how often, and within which
// outline. It does not change and may be shared.
//
// It is an arrangement: every two rims are cut where they cross (see
// measure.Rim.Meet), and each arc between two cuts knows how many other discs
// lie over it, so that it parts the places under that many discs from those
// under one more. No drawn outline decides anything.
type Cover struct {
	rims  []rim
	whole int // discs that cover the whole earth
	arcs  arrangement
}

// rim is the edge of one or more discs that are the same.
type rim struct {
	measure.Rim
	times int32
}

// NewCover lays the discs over each other. A disc with a radius under a
// millimetre covers nothing; one of measure.FoldMetres (19,900 km) and more
// covers the whole earth, though that is up to 104 km more than it should.
//
// Discs that differ by less than a tenth of a millimetre are taken for the
// same, and rims that touch within a tenth of a micrometre do not cross. Where
// more than two rims cross so closely that rounding hides in which order, the
// radii are changed by at most 0.2 mm to tell; those of rims through a pole by
// at most 0.2 mm too. The error is a *geo.Error where
// a centre is no place or a radius no length.
func NewCover(discs []Disc) (*Cover, error) {
	c := &Cover{}
	for _, d := range discs {
		if bad := validPosition(d.Centre); bad != nil {
			return nil, geo.Errorf(geo.Invalid, "centre", "shape: %s; correct the centre of the disc", bad)
		}
		switch r := d.RadiusMetres; {
		case !(r >= 0) || math.IsInf(r, 1):
			return nil, geo.Errorf(geo.Invalid, "radius", "shape: a disc cannot have the radius %v", r)
		case r >= measure.FoldMetres:
			c.whole++
		case r >= leastRadius:
			c.rims = append(c.rims, rim{measure.NewRim(d.Centre, r+fromPole(d)), 1})
		}
	}
	c.rims = distinct(c.rims)
	return c, c.arrange()
}

// fromPole is what a radius is lengthened by so that the rim does not pass
// through a pole, where a place has no longitude: 0.1 mm, less for discs whose
// area would feel it.
func fromPole(d Disc) float64 {
	by := min(sameMetres, d.RadiusMetres*2e-7)
	for _, lat := range []float64{-90, 90} {
		if beyond := measure.Distance(d.Centre, orb.Point{0, lat}) - d.RadiusMetres; math.Abs(beyond) < by {
			return by + beyond
		}
	}
	return 0
}

// arrange builds the arrangement, and again with other radii while it finds
// itself at odds.
func (c *Cover) arrange() error {
	for try := 0; ; try++ {
		c.arcs = newArrangement(c.rims)
		odd := c.arcs.odd()
		switch {
		case len(odd) == 0:
			return nil
		case try == len(nudges):
			return geo.Errorf(geo.Internal, "discs", "shape: %d rims cross in one place, too close to be told apart", len(odd))
		}
		for _, i := range odd {
			r := &c.rims[i]
			by := nudges[try] * float64(1+i%13) / 13
			r.Rim = measure.NewRim(r.Centre(), r.Radius()+by)
		}
	}
}

// nudges are the metres by which radii are changed at most, try by try.
var nudges = [...]float64{1e-6, -1e-5, 1e-4, -2e-4}

// Depth returns the most discs that lie over one place.
func (c *Cover) Depth() int {
	if len(c.rims) == 0 {
		return c.whole
	}
	return c.whole + c.arcs.deepest()
}

// over counts the discs that hold a place, by the geodesic.
func (c *Cover) over(p orb.Point) int {
	n := c.whole
	for i := range c.rims {
		if c.rims[i].Holds(p) {
			n += int(c.rims[i].times)
		}
	}
	return n
}
