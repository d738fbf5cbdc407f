package main

import (
	"context"
	"encoding/json"
	"io"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/process"
)

// BenchmarkParetoSample asks, on the sample's roads and what is known of their
// risk, for the whole front between bases that lie 250 to 350 km apart.
func BenchmarkParetoSample(b *testing.B) {
	world, err := openWorld(context.Background(), console{out: io.Discard, err: io.Discard}, nil, sourceFlags{})
	if err != nil {
		b.Fatal(err)
	}
	world.store.KeepRoads()
	w := process.World{Snapshot: world.store.Snapshot(), Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}}
	bases, err := w.Layer("bases")
	if err != nil {
		b.Fatal(err)
	}
	var places []orb.Point
	if err := bases.Each(func(r geo.Row) error {
		if p, ok := r.Point(); ok {
			places = append(places, p)
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	registry, err := processes()
	if err != nil {
		b.Fatal(err)
	}
	pareto, err := registry.Find("pareto")
	if err != nil {
		b.Fatal(err)
	}
	asked := convoys(b, w, pareto, places)
	if len(asked) == 0 {
		b.Fatal("no two bases have a way between them")
	}
	b.ReportAllocs()
	ways := int64(0)
	for i := 0; b.Loop(); i++ {
		r, err := pareto.Execute(context.Background(), w, asked[i%len(asked)], nil)
		if err != nil {
			b.Fatal(err)
		}
		front := r.Output["front"].Record()
		if !front["complete"].Bool() {
			b.Fatal("the front is not complete")
		}
		ways = max(ways, front["ways"].Int())
	}
	b.ReportMetric(float64(ways), "ways_at_most")
	b.ReportMetric(float64(len(asked)), "trips")
}

// convoys are the questions about two places 250 to 350 km apart between which
// there is a way.
func convoys(b *testing.B, w process.World, p *process.Process, places []orb.Point) (asked []geo.Values) {
	b.Helper()
	for _, from := range places {
		for _, to := range places {
			if d := measure.Distance(from, to); d < 250_000 || d > 350_000 {
				continue
			}
			body, _ := json.Marshal(map[string]any{
				"origin": map[string]any{"type": "Point", "coordinates": from}, "destination": map[string]any{"type": "Point", "coordinates": to}, "snap_m": 500_000,
			})
			in, err := process.Read(&p.In, body)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := p.Execute(context.Background(), w, in, nil); err == nil {
				asked = append(asked, in)
			}
		}
	}
	return asked
}
