package params

import (
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/shape"
)

// unproject brings a shape of the reference system to CRS84. It writes into g.
func unproject(g orb.Geometry, in crs.System) (orb.Geometry, error) {
	g, err := in.UnprojectGeometry(g)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "geometry", "a vertex lies off %s: %s", in.URI(), strings.TrimPrefix(err.(*geo.Error).Text, "crs: "))
	}
	return g, nil
}

// checkPlace holds a shape to what the collection takes and to validity. As a
// loaded one it is cut at the date line, and its rings are turned the way that
// RFC 7946 wants where no heights hang on their order.
func checkPlace(s *geo.Schema, g orb.Geometry, z []float64) (orb.Geometry, error) {
	if g == nil {
		return nil, nil
	}
	if !s.Geometry.Holds(g) {
		return nil, geo.Errorf(geo.Invalid, "geometry", "%s holds shapes of the type %s, not a %s", s.Name, s.Geometry, g.GeoJSONType())
	}
	if bad := shape.Validate(g); bad != nil {
		return nil, bad.Said.Refusal(geo.Invalid, "geometry")
	}
	cut, crosses := shape.SplitDateLine(g)
	switch {
	case crosses && z != nil:
		return nil, geo.Errorf(geo.Invalid, "geometry", "the shape crosses the date line and has heights; cut it at 180 degrees into a multiple shape, or leave the heights out")
	case crosses:
		return cut, nil
	case z == nil && g.Dimensions() == 2:
		return shape.Orient(g), nil
	}
	return g, nil
}
