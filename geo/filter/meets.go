package filter

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/shape"
)

// Meets returns the predicate that a record's shape meets g, the boundary
// included, as S_INTERSECTS does. A shape that goes on counting over the date
// line is split there. One that is not valid, or not on the globe, is an error
// that says why.
func Meets(g orb.Geometry) (geo.Predicate, error) {
	g, _ = shape.SplitDateLine(g)
	if bad := shape.Validate(g); bad != nil {
		return nil, geo.Errorf(geo.Invalid, "", "the shape is not valid: %v", bad)
	}
	if box, ok := shape.Bound(g); !ok || !box.Valid() {
		return nil, geo.Errorf(geo.Invalid, "", "the shape is empty, or not on the globe: longitudes lie within -180..180 and latitudes within -90..90")
	}
	literal := literalShape{shape: g, boxes: boxesOf(g), text: geo.Geometry(g).String()}
	c := compiler{}
	return c.related(&Expr{}, "s_intersects", literal)
}
