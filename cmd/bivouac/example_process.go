//go:build example

package main

import (
	"context"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/process"
)

// Tests of the page build with -tags example: a process that the page knows
// nothing of must appear there with form, run and result.
func init() { examples = append(examples, exampleCircles()) }

const exampleSteps = 10

func exampleCircles() process.Process {
	nothing, least, greatest := 0.0, 1.0, 1e6
	return process.Process{
		ID: "example-circles", Title: "Example: circles", Description: "Draws circles, to try every kind of input and output.",
		In: geo.Schema{Name: "example-circles", Fields: append([]geo.Field{
			{Name: "radius_m", Title: "Radius", Kind: geo.KindFloat, Unit: "m", Least: &least, Greatest: &greatest, Default: geo.Float(20000), Description: "Of the first circle."},
			{Name: "count", Title: "Circles", Kind: geo.KindInt, Least: &least, Default: geo.Int(3), Description: "How many are drawn."},
			{Name: "step_ms", Title: "Step", Kind: geo.KindInt, Unit: "ms", Least: &nothing, Greatest: &greatest, Default: geo.Int(200), Description: "How long each of ten steps takes."},
			{Name: "colour", Title: "Colour", Kind: geo.KindString, Enum: []string{"red", "green", "blue"}, Default: geo.String("red"), Description: "Said of each circle."},
			{Name: "nested", Title: "Nested", Kind: geo.KindBool, Default: geo.Bool(true), Description: "All about one centre."},
			{Name: "note", Title: "Note", Kind: geo.KindString, Description: "Said of each circle."},
			{Name: "centre", Title: "Centre", Kind: geo.KindGeometry, Description: "A point; without it, Gao."},
			{Name: "factors", Title: "Factors", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat}, Description: "By which each radius is multiplied."},
		}, process.SelectionFields("bases")...)},
		Out: geo.Schema{Name: "example-circles", Fields: []geo.Field{
			{Name: "areas", Title: "Circles", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection."},
			{Name: "table", Title: "Table", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
				{Name: "circle", Title: "Circle", Kind: geo.KindInt}, {Name: "radius_m", Title: "Radius", Kind: geo.KindFloat, Unit: "m"},
			}}},
			{Name: "total", Title: "Records selected", Kind: geo.KindInt},
		}},
		Run: runExample,
	}
}

func runExample(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	l, selection, err := w.Selection(in)
	if err != nil {
		return process.Result{}, err
	}
	for i := range exampleSteps {
		progress(i, exampleSteps, geo.Said{Text: "drawing"})
		select {
		case <-ctx.Done():
			return process.Result{}, ctx.Err()
		case <-time.After(time.Duration(in["step_ms"].Int()) * time.Millisecond):
		}
	}
	n, err := l.Count(ctx, selection)
	if err != nil {
		return process.Result{}, err
	}
	features, table := exampleRows(in)
	return process.Result{
		Output: geo.Values{
			"areas": geo.Record(geo.Values{"type": geo.String("FeatureCollection"), "features": geo.List(features...)}),
			"table": geo.List(table...), "total": geo.Int(int64(n)),
		},
		Method: "Geodesic circles on WGS84 (Karney 2013)", Selected: n, Used: n,
		Warnings: process.Plain("This is an example."),
	}, nil
}

func exampleRows(in geo.Values) (features, table []geo.Value) {
	centre, ok := in["centre"].Geometry().(orb.Point)
	if !ok {
		centre = orb.Point{-0.05, 16.27}
	}
	factors := in["factors"].List()
	for i := range int(in["count"].Int()) {
		radius := in["radius_m"].Float() * float64(i+1)
		if i < len(factors) {
			radius *= factors[i].Float()
		}
		at := centre
		if !in["nested"].Bool() {
			at[0] += float64(i)
		}
		row := geo.Values{"circle": geo.Int(int64(i + 1)), "radius_m": geo.Float(radius)}
		table = append(table, geo.Record(row))
		features = append(features, geo.Record(geo.Values{
			"type": geo.String("Feature"), "id": geo.Int(int64(i + 1)), "geometry": geo.Geometry(exampleCircle(at, radius)),
			"properties": geo.Record(geo.Values{"radius_m": geo.Float(radius), "colour": in["colour"], "note": in["note"]}),
		}))
	}
	return features, table
}

func exampleCircle(centre orb.Point, radius float64) orb.Polygon {
	const corners = 72
	ring := make(orb.Ring, 0, corners+1)
	for i := range corners {
		p, _ := measure.Direct(centre, -float64(i)*360/corners, radius)
		ring = append(ring, p)
	}
	return orb.Polygon{append(ring, ring[0])}
}
