package footprint

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/shape"
)

// rings is what the discs of bases cover.
type rings struct {
	bases  []Base
	cover  *shape.Cover
	within orb.Geometry // nil for none
	gaps   orb.MultiPolygon
}

func newRings(bases []Base, within orb.Geometry) (*rings, error) {
	r := &rings{bases: bases}
	var err error
	if r.cover, err = shape.NewCover(discs(bases)); err != nil || within == nil {
		return r, err
	}
	switch within.(type) {
	case orb.Polygon, orb.MultiPolygon:
	default:
		return nil, geo.Errorf(geo.Invalid, "within", "must be a polygon, not a %s", within.GeoJSONType())
	}
	if bad := shape.Validate(within); bad != nil {
		return nil, geo.Errorf(geo.Invalid, "within", "%v", bad)
	}
	r.within, _ = shape.SplitDateLine(within)
	r.gaps, err = shape.Difference(r.within, r.cover.Outline(1))
	return r, err
}

// discs leaves out bases that are no point: their reach is no disc.
func discs(bases []Base) (out []shape.Disc) {
	for _, b := range bases {
		if p, ok := b.Place.(orb.Point); ok {
			out = append(out, shape.Disc{Centre: p, RadiusMetres: b.RadiusMetres})
		}
	}
	return out
}

// into writes the shapes beside the numbers.
func (r *rings) into(out geo.Values) {
	features := make([]geo.Value, len(r.bases))
	for i, b := range r.bases {
		features[i] = b.ring()
	}
	out["rings"] = featureCollection(features)
	out["union"] = feature(r.cover.Outline(1), geo.Values{"area_m2": geo.Float(r.cover.Area(1))})
	out["overlap"] = featureCollection(r.overlaps())
	out["gaps"] = r.gapsValue()
}

func (r *rings) overlaps() (out []geo.Value) {
	for depth := 2; depth <= r.cover.Depth(); depth++ {
		out = append(out, feature(r.cover.Outline(depth), geo.Values{
			"depth": geo.Int(int64(depth)), "area_m2": geo.Float(r.cover.Area(depth)),
		}))
	}
	return out
}

func (r *rings) gapsValue() geo.Value {
	if r.within == nil {
		return geo.Value{}
	}
	area := measure.Area(r.gaps)
	return feature(r.gaps, geo.Values{"area_m2": geo.Float(area), "share": geo.Float(area / measure.Area(r.within))})
}

func (b *Base) ring() geo.Value {
	shape := b.Place
	if p, ok := b.Place.(orb.Point); ok {
		shape = measure.Circle(p, b.RadiusMetres, 90)
	}
	f := feature(shape, geo.Values{"name": geo.String(b.Name), "radius_m": geo.Float(b.RadiusMetres), "key": keyValue(b.Key)})
	if b.Key != 0 {
		f.Record()["id"] = geo.Int(int64(b.Key))
	}
	return f
}

func feature(g orb.Geometry, properties geo.Values) geo.Value {
	return geo.Record(geo.Values{"type": geo.String("Feature"), "geometry": geo.Geometry(g), "properties": geo.Record(properties)})
}

func featureCollection(features []geo.Value) geo.Value {
	return geo.Record(geo.Values{"type": geo.String("FeatureCollection"), "features": geo.List(features...)})
}

// drawnPlaces reads the places that are not bases yet.
func drawnPlaces(places geo.Value, radiusMetres float64) ([]Base, error) {
	var out []Base
	for i, v := range places.List() {
		p, ok := v.Geometry().(orb.Point)
		if !ok {
			return nil, geo.Errorf(geo.Invalid, "places", "place %d is a %s: give points", i+1, v.Geometry().GeoJSONType())
		}
		if bad := shape.Validate(p); bad != nil {
			return nil, geo.Errorf(geo.Invalid, "places", "place %d: %v", i+1, bad)
		}
		out = append(out, Base{Place: p, RadiusMetres: radiusMetres})
	}
	if len(out) > 0 && radiusMetres == 0 {
		return nil, geo.Errorf(geo.Invalid, "radius_m", "places have no radius of their own: give radius_m")
	}
	return out, nil
}
