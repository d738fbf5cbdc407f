package reach

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
	"bivouac/geo/shape"
)

const basesCollection = "bases"

// snapInput is how far from a road a place may lie.
const snapInput = "snap_m"

// Stop is a place that was asked about, and where it is on the roads.
type Stop struct {
	Name  string
	Asked orb.Point
	network.Place
	Problem string // why it is on no road; "" where it is on one
}

// stopFields are the inputs that name places: points and bases.
func stopFields(points, bases, title, what string) []geo.Field {
	return []geo.Field{
		{Name: points, Title: title, Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindGeometry}, Description: what + ", as GeoJSON Points."},
		{Name: bases, Title: title + ": bases", Kind: geo.KindList, Role: geo.CollectionRole, Collection: basesCollection, Items: &geo.Field{Kind: geo.KindInt},
			Description: "Keys of bases, beside the places."},
	}
}

func snapField() geo.Field {
	nothing, most := 0.0, 500_000.0
	return geo.Field{Name: snapInput, Title: "Farthest from a road", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &most, Default: geo.Float(20_000),
		Description: "A place farther than this from every road that can be used is on none. The way from a place to the road is reported and in no time."}
}

// askedStops reads places and bases, and finds them on the roads.
func askedStops(ctx context.Context, w process.World, t *network.Travel, in geo.Values, points, bases string) ([]Stop, error) {
	var out []Stop
	for i, v := range in[points].List() {
		p, ok := v.Geometry().(orb.Point)
		if !ok {
			return nil, geo.Errorf(geo.Invalid, points, "place %d must be a Point, not a %s", i+1, v.Geometry().GeoJSONType())
		}
		if bad := shape.Validate(p); bad != nil {
			return nil, geo.Errorf(geo.Invalid, points, "place %d: %v", i+1, bad)
		}
		out = append(out, Stop{Name: fmt.Sprintf("place %d", i+1), Asked: p})
	}
	for _, k := range in[bases].List() {
		row, ok := findBase(w, geo.Key(k.Int()))
		if !ok {
			return nil, geo.Errorf(geo.Invalid, bases, "there is no base %d with a place", k.Int())
		}
		layer.See(ctx, row)
		at, _ := row.Point()
		out = append(out, Stop{Name: row.Named("name").Text(), Asked: at})
	}
	for i := range out {
		out[i].snap(t, in[snapInput].Float(), points)
	}
	return out, nil
}

// snap finds the stop on the roads.
func (s *Stop) snap(t *network.Travel, within float64, input string) {
	place, err := roads.Snap(t, s.Asked, within, input)
	if s.Place = place; err != nil {
		s.Problem = geo.SaidBy(err).Text
	}
}

// On reports whether the stop is on a road.
func (s *Stop) On() bool { return s.Problem == "" }

// basesOf is the collection of bases, where there is one.
func basesOf(w process.World) []*layer.Layer {
	l, err := w.Layer(basesCollection)
	if err != nil {
		return nil
	}
	return []*layer.Layer{l}
}

func findBase(w process.World, k geo.Key) (geo.Row, bool) {
	l, err := w.Layer(basesCollection)
	if err != nil {
		return geo.Row{}, false
	}
	row, ok := l.Find(k, w.Reader)
	if ok {
		_, ok = row.Point()
	}
	return row, ok
}

// travelOf returns the roads under the conditions that are asked for.
func travelOf(ctx context.Context, cache *network.Cache, w process.World, in geo.Values) (*network.Travel, *roads.Question, error) {
	q, err := roads.Read(ctx, w, in)
	if err != nil {
		return nil, nil, err
	}
	if err := roads.Mark(ctx, w); err != nil {
		return nil, nil, err
	}
	t, err := cache.Travel(ctx, w.Network(), q.Conditions)
	return t, q, err
}

// into adds what an answer takes from its conditions.
func into(r *process.Result, q *roads.Question) {
	r.Layers = append(r.Layers, q.Layers...)
	r.Docs = append(r.Docs, q.Docs...)
	r.Warnings = append(r.Warnings, q.Warnings...)
}
