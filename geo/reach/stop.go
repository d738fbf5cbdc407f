package reach

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
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
	On bool // false: no road that can be used is near
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
		out[i].Place, out[i].On = t.Snap(out[i].Asked, in[snapInput].Float(), t.Open)
	}
	return out, nil
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

// anyRoad is how far round the earth a road may be.
const anyRoad = 20_004_000.0

// offRoad says why a stop is on no road.
func (s *Stop) offRoad(t *network.Travel, within float64) string {
	nearest, ok := t.Snap(s.Asked, anyRoad, t.Open)
	if !ok {
		return "no road can be used under these conditions"
	}
	out := fmt.Sprintf("%s from the nearest road that can be used, %s", distance(nearest.AccessMetres), t.Way(nearest.Segment).Title())
	shut, ok := t.Snap(s.Asked, within, func(s int32) bool { return t.Seen(s, t.Conditions.Reader) })
	if !ok {
		return out
	}
	why := "to be avoided"
	if _, h := t.Conditions.SpeedKMH(t.Way(shut.Segment)); h != network.Passable {
		why = string(h)
	}
	return out + fmt.Sprintf("; %s, %s from it, is %s", t.Way(shut.Segment).Title(), distance(shut.AccessMetres), why)
}

func distance(metres float64) string {
	if metres < 1000 {
		return fmt.Sprintf("%.0f m", metres)
	}
	return fmt.Sprintf("%.1f km", metres/1000)
}

// minutes is a time as outputs give it, to a tenth; null for never.
func minutes(millis float64) geo.Value {
	if !(millis < never) {
		return geo.Value{}
	}
	return geo.Float(math.Round(millis/6000) / 10)
}

// usable refuses roads of which none can be used.
func usable(t *network.Travel) error {
	for s := range int32(t.Segments()) {
		if t.Open(s) {
			return nil
		}
	}
	return noRoads()
}

func noRoads() error {
	return geo.Errorf(geo.Invalid, "roads", "there are no roads that can be used: load routes, import a road network into the collection roads, or choose another month or vehicle")
}
