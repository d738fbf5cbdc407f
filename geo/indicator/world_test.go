package indicator_test

import (
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/indicator"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
)

var schema = geo.Schema{Name: "incidents", Title: "Incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
	{Name: "category", Kind: geo.KindString},
	{Name: "killed", Kind: geo.KindInt},
	{Name: "cost", Kind: geo.KindFloat},
	{Name: "precision", Kind: geo.KindInt},
	{Name: "night", Kind: geo.KindBool},
	{Name: "tags", Kind: geo.KindList},
}}

// at reads a day or a time.
func at(s string) geo.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, s); err != nil {
			panic(err)
		}
	}
	return geo.TimeOf(t)
}

// record is an incident; nulls where an argument is nil.
func record(when geo.Interval, category any, killed any, cost any) geo.Feature {
	value := func(v any) geo.Value {
		switch v := v.(type) {
		case string:
			return geo.String(v)
		case int:
			return geo.Int(int64(v))
		case float64:
			return geo.Float(v)
		}
		return geo.Value{}
	}
	f := geo.Feature{Geometry: orb.Point{1, 16}, Valid: when, Values: []geo.Value{{}, value(category), value(killed), value(cost)}}
	if when.Start.Kind == geo.At {
		f.Values[0] = geo.TimeValue(when.Start.Time)
	}
	return f
}

func world(layers ...*layer.Layer) process.World {
	return process.World{Snapshot: layer.NewSnapshot("test", layers, nil, []layer.Moment{{Version: 1, At: 5}})}
}

func execute(w process.World, body string) (process.Result, error) {
	return processtest.Run(indicator.Process(time.LoadLocation), w, body)
}

// small is seven incidents of three years, some of which do not say all.
func small(t testing.TB) process.World {
	return world(layertest.Build(t, schema,
		record(geo.Instant(at("2016-01-31T23:59:59Z")), "ied", 3, 1.5),
		record(geo.Instant(at("2016-02-01")), "ied", 0, nil),
		record(geo.Instant(at("2016-02-29T12:00:00Z")), "mine", nil, 2.0),
		record(geo.Between(at("2016-12-31"), at("2017-01-05")), "ied", 1, nil),
		record(geo.Instant(at("2018-03-01")), nil, 0, nil),
		record(geo.UnknownTime, "mine", 2, nil),
		record(geo.Interval{}, "ied", 5, nil),
	), layertest.Build(t, geo.Schema{Name: "towns", Fields: []geo.Field{{Name: "name", Kind: geo.KindString}}}))
}
