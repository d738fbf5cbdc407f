package network_test

import (
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/network"
)

var (
	text, number, truth = geo.KindString, geo.KindFloat, geo.KindBool

	roadSchema = geo.Schema{Name: "roads", Geometry: geo.LineGeometry, Fields: []geo.Field{
		{Name: "name", Kind: text}, {Name: "surface", Kind: text}, {Name: "status", Kind: text}, {Name: "season", Kind: text},
		{Name: "highway", Kind: text}, {Name: "access", Kind: text},
		{Name: "speed_kmh", Kind: number}, {Name: "max_weight_t", Kind: number}, {Name: "one_way", Kind: truth},
	}}
	barrierSchema = geo.Schema{Name: "barriers", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "kind", Kind: text}, {Name: "status", Kind: text}, {Name: "access", Kind: text}, {Name: "delay_min", Kind: number},
	}}
	restrictionSchema = geo.Schema{Name: "turn_restrictions", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "kind", Kind: text}, {Name: "from_road", Kind: text}, {Name: "to_road", Kind: text}, {Name: "except", Kind: text},
	}}
	areaSchema = geo.Schema{Name: "areas", Geometry: geo.AreaGeometry, Fields: []geo.Field{
		{Name: "wet_months", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt}},
	}}
)

// record is a row of a test: a shape, values by name, and whose it is.
type record struct {
	shape   orb.Geometry
	values  geo.Values
	id      string
	class   geo.Class
	mission string
}

// world is the records of a test by schema.
type world map[*geo.Schema][]record

func (w world) sources(t testing.TB) []network.Source {
	t.Helper()
	var out []network.Source
	for _, schema := range []*geo.Schema{&roadSchema, &barrierSchema, &restrictionSchema, &areaSchema} {
		b := layer.NewBuilder(*schema)
		for i, r := range w[schema] {
			f := geo.Feature{Key: geo.Key(i + 1), Rev: 1, SourceID: r.id, Geometry: r.shape, Class: r.class, Mission: r.mission, Values: make([]geo.Value, len(schema.Fields))}
			for name, v := range r.values {
				f.Values[schema.Field(name)] = v
			}
			layertest.Add(t, b, f)
		}
		l := layertest.Finish(t, b)
		out = append(out, network.Source{Schema: l.Schema(), Each: l.Each})
	}
	return out
}

func (w world) graph(t testing.TB) *network.Graph {
	t.Helper()
	g, err := network.Build(t.Context(), w.sources(t), network.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// everyone sees all records.
var everyone = geo.Reader{Ceiling: geo.StrictlyConfidential}

// steady goes 36 km/h everywhere: 10 m a second.
func steady() network.Conditions {
	return network.Conditions{
		Profile: network.Profile{Speeds: map[string]float64{"": 36}, Status: map[string]float64{"closed": 0, "": 1}, Refused: []string{"no"}, Vehicle: []string{"emergency"}},
		Reader:  everyone,
	}
}

// p is a place some hundreds of metres from 0 0: a thousandth of a degree is
// about 111 m.
func p(x, y float64) orb.Point { return orb.Point{x / 1000, y / 1000} }

func line(points ...orb.Point) orb.LineString { return points }

func road(id string, values geo.Values, points ...orb.Point) record {
	return record{shape: line(points...), values: values, id: id}
}

func snap(t testing.TB, travel *network.Travel, at orb.Point) network.Place {
	t.Helper()
	place, ok := travel.Snap(at, 1e6, travel.Open)
	if !ok {
		t.Fatalf("no road near %v", at)
	}
	return place
}

// seconds returns how long the way takes, -1 for none.
func seconds(t testing.TB, travel *network.Travel, from, to orb.Point) float64 {
	t.Helper()
	path, ok := travel.Path(snap(t, travel, from), snap(t, travel, to))
	if !ok {
		return -1
	}
	return float64(path.Millis) / 1000
}
