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
		return geo.Errorf(geo.Invalid, "collection", "%q begins as the tables of GeoPackage do; choose another name", s.Name)
	}
	if !collectionName.MatchString(s.Name) {
		return geo.Errorf(geo.Invalid, "collection", "%q cannot name a collection: use lower-case letters, digits, _ and -, a letter first", s.Name)
	}
	seen := map[string]bool{}
	for i := range s.Fields {
		f := &s.Fields[i]
		if f.Name == "" || seen[f.Name] || f.Kind == geo.KindNull {
			return geo.Errorf(geo.Invalid, s.Name, "field %d (%q) has no name or kind, or its name is taken", i+1, f.Name)
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
			return geo.Errorf(geo.Invalid, s.Fields[i].Name, "is required")
		}
		if err := s.Fields[i].InRange(f.Value(i)); err != nil {
			return err
		}
	}
	switch {
	case int(f.Class) >= len(geo.Classes()):
		return geo.Errorf(geo.Invalid, "classification", "there is no class %d", f.Class)
	case !f.Valid.Valid():
		return geo.Errorf(geo.Invalid, "time", "ends before it starts: %v", f.Valid)
	case len(f.Extra) > 0 && (!json.Valid(f.Extra) || f.Extra[0] != '{'):
		return geo.Errorf(geo.Invalid, "extra", "must be a JSON object")
	case !fitsGeometry(s.Geometry, f.Geometry):
		return geo.Errorf(geo.Invalid, "geometry", "%s holds shapes of the type %s, not a %s", s.Name, s.Geometry, f.Geometry.GeoJSONType())
	}
	if f.Geometry == nil {
		return nil
	}
	if bad := shape.Validate(f.Geometry); bad != nil {
		return geo.Errorf(geo.Invalid, "geometry", "%v", bad)
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
