package casevac

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/grid"
	"bivouac/geo/measure"
	"bivouac/geo/network/country"
)

// BenchmarkMinutes asks 100,000 hexagons of a square of 10 by 10 degrees, of
// which 14 bases have 5 hospitals and 22 assets: by air alone, and on the roads
// of a country of 20,000 nodes; and once more where the roads are known.
func BenchmarkMinutes(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 0))
	c := country.Make(20_000, 1)
	var lines []orb.LineString
	var speeds []float64
	box := orb.MultiPoint(c.Points).Bound()
	for arc, head := range c.Head {
		if tail := c.Tail[arc]; tail < head {
			lines = append(lines, orb.LineString{c.Points[tail], c.Points[head]})
			speeds = append(speeds, max(1, measure.Distance(c.Points[tail], c.Points[head])*3600/float64(max(c.Millis[arc], 1))))
		}
	}
	next := -1
	travel := travelOn(b, lines, func() bool { return false }, func() float64 { next++; return speeds[next] })
	place := func() orb.Point {
		return orb.Point{box.Min[0] + r.Float64()*(box.Max[0]-box.Min[0]), box.Min[1] + r.Float64()*(box.Max[1]-box.Min[1])}
	}
	var facilities []Facility
	var assets []Asset
	for i := range 14 {
		f := clinic("base", place())
		if i < 5 {
			f.Level = "L2"
			assets = append(assets, helicopter("base", f.At))
		}
		car := helicopter("base", f.At)
		car.Kind, car.LoadMin, car.OffloadMin = Ambulance, 5, 5
		facilities, assets = append(facilities, f), append(assets, car)
	}
	width := grid.WidthOf(grid.Hexagon, measure.PlaneArea(box.ToPolygon())/99_000)
	centre, _ := grid.CentreOf(box.ToPolygon())
	g := grid.New(grid.NewPlane(centre), grid.Hexagon, width)
	cells, err := g.Cover(context.Background(), box.ToPolygon(), "", "")
	if err != nil {
		b.Fatal(err)
	}
	points := make([]orb.Point, len(cells.Cells))
	for i, cell := range cells.Cells {
		points[i] = g.Centre(cell)
	}
	b.Logf("%d cells of %.0f m, %d nodes, %d segments", len(points), width, travel.Nodes(), travel.Segments())
	for _, k := range []struct {
		desc string
		road bool
		keep bool
	}{{"air", false, false}, {"road and air", true, false}, {"road and air, roads known", true, true}} {
		b.Run(k.desc, func(b *testing.B) {
			p := Defaults()
			p.Road, p.Mixed = k.road, k.road
			on := travel
			if !k.road {
				on = nil
			}
			var known *Places
			for b.Loop() {
				c, err := New(context.Background(), facilities, assets, on, p)
				if err != nil {
					b.Fatal(err)
				}
				if known == nil || !k.keep {
					if known, err = c.NewPlaces(context.Background(), points, k.keep); err != nil {
						b.Fatal(err)
					}
				}
				if _, err := c.Minutes(context.Background(), known, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(points)), "ns/cell")
		})
	}
	b.Run("places on the roads", func(b *testing.B) {
		c, err := New(context.Background(), facilities, assets, travel, Defaults())
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := c.NewPlaces(context.Background(), points, false); err != nil {
				b.Fatal(err)
			}
		}
	})
}
