package data

import (
	"encoding/json"
	"regexp"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/shape"
)

var collectionName = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)

// takenNames begin the names of tables that are not collections in the files
// that hold a store.
var takenNames = regexp.MustCompile(`^(gpkg|rtree|sqlite|bivouac)_`)

// CheckSchema refuses what cannot be a collection.
func CheckSchema(s *geo.Schema) error {
	if takenNames.MatchString(s.Name) {
		return geo.ErrorOf(geo.Invalid, "collection", takenName, s.Name)
	}
	if !collectionName.MatchString(s.Name) {
		return geo.ErrorOf(geo.Invalid, "collection", noName, s.Name)
	}
	seen := map[string]bool{}
	for i := range s.Fields {
		f := &s.Fields[i]
		if f.Name == "" || seen[f.Name] || f.Kind == geo.KindNull {
			return geo.ErrorOf(geo.Invalid, s.Name, badField, i+1, f.Name)
		}
		seen[f.Name] = true
	}
	return nil
}

// Check fills in what fields with roles say, and refuses what no reader could
// make sense of, as the store does with every record that it takes. Kinds of
// values and coordinates are the layer's to check.
func Check(s *geo.Schema, f *geo.Feature) error {
	if err := geo.Fill(s, f); err != nil {
		return err
	}
	for i := range s.Fields {
		if s.Fields[i].Required && f.Value(i).Null() {
			return geo.ErrorOf(geo.Invalid, s.Fields[i].Name, required)
		}
		if err := s.Fields[i].InRange(f.Value(i)); err != nil {
			return err
		}
	}
	switch {
	case int(f.Class) >= len(geo.Classes()):
		return geo.ErrorOf(geo.Invalid, "classification", noClass, int(f.Class))
	case !f.Valid.Valid():
		return geo.ErrorOf(geo.Invalid, "time", endsEarly, f.Valid)
	case len(f.Extra) > 0 && (!json.Valid(f.Extra) || f.Extra[0] != '{'):
		return geo.ErrorOf(geo.Invalid, "extra", extraNoObject)
	case !fitsGeometry(s.Geometry, f.Geometry):
		return geo.ErrorOf(geo.Invalid, "geometry", otherGeometry, s.Name, s.Geometry, f.Geometry.GeoJSONType())
	}
	if f.Geometry == nil {
		return nil
	}
	if bad := shape.Validate(f.Geometry); bad != nil {
		return bad.Said.Refusal(geo.Invalid, "geometry")
	}
	return nil
}

func fitsGeometry(t geo.GeometryType, g orb.Geometry) bool {
	if g == nil || t == geo.AnyGeometry || t == "" {
		return true
	}
	switch g.(type) {
	case orb.Point, orb.MultiPoint:
		return t == geo.PointGeometry
	case orb.LineString, orb.MultiLineString:
		return t == geo.LineGeometry
	case orb.Polygon, orb.MultiPolygon, orb.Ring, orb.Bound:
		return t == geo.AreaGeometry
	}
	return false
}
