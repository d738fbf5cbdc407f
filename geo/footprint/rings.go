package footprint

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

// deepestDrawn is the greatest depth of overlap that is drawn.
const deepestDrawn = 10

// rings is what the discs of bases cover.
type rings struct {
	bases    []Base
	cover    *shape.Cover
	gaps     *shape.Gaps // nil where no area was given
	formless int         // bases that are no points, whose reach is no disc
}

func newRings(bases []Base, within orb.Geometry) (*rings, error) {
	r := &rings{bases: bases}
	var discs []shape.Disc
	for _, b := range bases {
		if d, ok := b.disc(); ok {
			discs = append(discs, d)
		} else {
			r.formless++
		}
	}
	var err error
	if r.cover, err = shape.NewCover(discs); err != nil || within == nil {
		return r, err
	}
	gaps, err := r.cover.Gaps(within)
	if e, ok := err.(*geo.Error); ok && e.Code == geo.Invalid {
		return nil, geo.Errorf(geo.Invalid, "within", "must be a valid polygon: %s", e.Text)
	}
	r.gaps = &gaps
	return r, err
}

// disc is the reach of a base that is a point.
func (b *Base) disc() (shape.Disc, bool) {
	p, ok := b.Place.(orb.Point)
	return shape.Disc{Centre: p, RadiusMetres: b.RadiusMetres}, ok
}

// into writes the shapes beside the numbers.
func (r *rings) into(out geo.Values) error {
	union, area, err := r.covered(1)
	if err != nil {
		return err
	}
	out["union"] = feature(union, geo.Values{"area_m2": squareMetres(area), "max_depth": geo.Int(int64(r.cover.Depth()))})
	if out["rings"], err = r.each(); err != nil {
		return err
	}
	out["overlap"], err = r.overlap()
	out["gaps"] = r.gapsValue()
	return err
}

// covered returns the shape and the square metres under at least so many
// rings.
func (r *rings) covered(depth int) (orb.MultiPolygon, float64, error) {
	outline, err := r.cover.Outline(depth)
	if err != nil {
		return nil, 0, err
	}
	area, err := r.cover.Area(depth)
	return outline, area, err
}

func (r *rings) each() (geo.Value, error) {
	features := make([]geo.Value, len(r.bases))
	for i := range r.bases {
		var err error
		if features[i], err = r.bases[i].ring(); err != nil {
			return geo.Value{}, err
		}
	}
	return process.FeatureCollection(features), nil
}

// ring is the disc of a base; where that is no point, its own shape.
func (b *Base) ring() (geo.Value, error) {
	outline := b.Place
	if d, ok := b.disc(); ok {
		var err error
		if outline, err = d.Outline(); err != nil {
			return geo.Value{}, err
		}
	}
	f := feature(outline, geo.Values{"name": geo.String(b.Name), "radius_m": geo.Float(b.RadiusMetres), "key": keyValue(b.Key)})
	if b.Key != 0 {
		f.Record()["id"] = geo.Int(int64(b.Key))
	}
	return f, nil
}

func (r *rings) overlap() (geo.Value, error) {
	var features []geo.Value
	for depth := 2; depth <= min(r.cover.Depth(), deepestDrawn); depth++ {
		outline, area, err := r.covered(depth)
		if err != nil {
			return geo.Value{}, err
		}
		features = append(features, feature(outline, geo.Values{"depth": geo.Int(int64(depth)), "area_m2": squareMetres(area)}))
	}
	return process.FeatureCollection(features), nil
}

func (r *rings) gapsValue() geo.Value {
	if r.gaps == nil {
		return geo.Value{}
	}
	return feature(r.gaps.Shape, geo.Values{
		"area_m2": squareMetres(r.gaps.SquareMetres), "share": geo.Float(math.Round(r.gaps.SquareMetres/r.gaps.AreaSquareMetres*1e9) / 1e9),
	})
}

// warnings says what the shapes do not show.
func (r *rings) warnings() (out []string) {
	if r.formless > 0 {
		out = append(out, fmt.Sprintf("%d bases are not points: they count, but their reach is not in the union, the overlap or the gaps.", r.formless))
	}
	if n := r.cover.Depth(); n > deepestDrawn {
		out = append(out, fmt.Sprintf("Up to %d rings lie over one place; the overlap is drawn to depth %d.", n, deepestDrawn))
	}
	for _, b := range r.bases {
		if b.RadiusMetres >= measure.FoldMetres {
			return append(out, "Rings of 19,900 km and more are drawn as the whole earth.")
		}
	}
	return out
}

func feature(g orb.Geometry, properties geo.Values) geo.Value {
	if areas, ok := g.(orb.MultiPolygon); ok {
		g = shape.Millimetres(areas)
	}
	return geo.Record(geo.Values{"type": geo.String("Feature"), "geometry": geo.Geometry(g), "properties": geo.Record(properties)})
}

// squareMetres rounds an area to ten digits, of which nine are sure.
func squareMetres(area float64) geo.Value {
	if area == 0 {
		return geo.Float(0)
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(area)))-9)
	if unit < 1 { // as a divisor it is exact
		per := math.Round(1 / unit)
		return geo.Float(math.Round(area*per) / per)
	}
	return geo.Float(math.Round(area/unit) * unit)
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
