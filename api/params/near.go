package params

import (
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"bivouac/geo"
	"bivouac/geo/shape"
)

// parseNear reads lon,lat or the well-known text of a shape.
func parseNear(s string) (orb.Geometry, error) {
	lon, lat, ok := strings.Cut(s, ",")
	if x, isX := decimal(lon); ok && isX {
		y, isY := decimal(lat)
		if !isY {
			return nil, badNear(s)
		}
		return checkNear(orb.Point{x, y})
	}
	g, err := wkt.Unmarshal(s)
	if err != nil {
		return nil, badNear(s)
	}
	return checkNear(g)
}

func badNear(s string) error {
	return geo.Errorf(geo.Invalid, "near",
		"must be lon,lat or the well-known text of a POINT, LINESTRING, POLYGON or MULTI shape without heights, such as LINESTRING(0 16,1 17); not %q", clip(s))
}

// checkNear refuses what has no distance, or not the one that was meant.
func checkNear(g orb.Geometry) (orb.Geometry, error) {
	if _, ok := g.(orb.Collection); ok {
		return nil, geo.Errorf(geo.Invalid, "near", "a GEOMETRYCOLLECTION is not taken; ask for one shape")
	}
	if shape.Empty(g) {
		return nil, geo.Errorf(geo.Invalid, "near", "the shape is empty, so nothing has a distance from it; give at least one position")
	}
	if bad := shape.Validate(g); bad != nil {
		return nil, geo.Errorf(geo.Invalid, "near", "%s", bad)
	}
	switch g.(type) {
	case orb.Polygon, orb.MultiPolygon:
		g, _ = shape.SplitDateLine(g)
	}
	return g, nil
}

// parseMetres reads metres, 0 included.
func parseMetres(name, s string) (float64, error) {
	f, ok := decimal(s)
	if !ok || f < 0 {
		return 0, geo.Errorf(geo.Invalid, name, "must be a number of metres, 0 or more, not %q", clip(s))
	}
	return f, nil
}
