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

// BenchmarkMinutes asks 100,000 hexagons of a country with
// 14 bases, 5 hospitals among them, and 19 assets: by air alone, and on its roads,
// 20,000 nodes; and once more where the roads are known.
func BenchmarkMinutes(b *testing.B) {
	w, points := countryOf(b)
	b.Logf("%d cells, %d nodes, %d segments", len(points), w.travel.Nodes(), w.travel.Segments())
	for _, k := range []struct {
		desc       string
		road, keep bool
	}{{"air", false, false}, {"road and air", true, false}, {"road and air, roads known", true, true}} {
		b.Run(k.desc, func(b *testing.B) {
			p, travel := Defaults(), w.travel
			if p.Road, p.Mixed = k.road, k.road; !k.road {
				travel = nil
			}
			var known *Places
			for b.Loop() {
				c, err := New(context.Background(), w.facilities, w.assets, travel, p)
				if err == nil && (known == nil || !k.keep) {
					known, err = c.NewPlaces(context.Background(), points, k.keep)
				}
				if err == nil {
					_, err = c.Minutes(context.Background(), known, nil)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(points)), "ns/cell")
		})
	}
}

// BenchmarkPlaces finds the same cells on the roads.
func BenchmarkPlaces(b *testing.B) {
	w, points := countryOf(b)
	c, err := New(context.Background(), w.facilities, w.assets, w.travel, Defaults())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := c.NewPlaces(context.Background(), points, false); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOneBase asks 10,000 of the places again after one of 300 bases with
// 100 helicopters has closed, on roads that are known: the whole chain, and
// surgery alone.
func BenchmarkOneBase(b *testing.B) {
	b.Run("chain", func(b *testing.B) {
		oneBase(b, func(c *Cover, known *Places) error {
			_, err := c.Minutes(context.Background(), known, nil)
			return err
		})
	})
	b.Run("surgery", func(b *testing.B) {
		oneBase(b, func(c *Cover, known *Places) error {
			t, err := c.Theatre(context.Background())
			if err == nil {
				_, err = t.Times(context.Background(), known, false)
			}
			return err
		})
	})
}

func oneBase(b *testing.B, times func(*Cover, *Places) error) {
	b.Helper()
	w, points := countryOf(b)
	points = points[:10_000]
	r := rand.New(rand.NewPCG(2, 0))
	for len(w.facilities) < 300 {
		f := clinic("base", points[r.IntN(len(points))])
		if len(w.facilities)%6 == 0 {
			f.Level = "L2"
		}
		if w.facilities = append(w.facilities, f); len(w.facilities)%3 == 0 {
			w.assets = append(w.assets, helicopter("base", f.At))
		}
	}
	var known *Places
	closed := 0
	ask := func() {
		left := append(append([]Facility{}, w.facilities[:closed]...), w.facilities[closed+1:]...)
		closed++
		c, err := New(context.Background(), left, w.assets, w.travel, Defaults())
		if err == nil && known == nil {
			known, err = c.NewPlaces(context.Background(), points, true)
		}
		if err == nil {
			err = times(c, known)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	ask()
	for b.Loop() {
		ask()
	}
}

func countryOf(b *testing.B) (*world, []orb.Point) {
	b.Helper()
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
	w := &world{travel: travelOn(b, lines, func() bool { return false }, func() float64 { next++; return speeds[next] })}
	if err := w.travel.Order(context.Background(), nil); err != nil {
		b.Fatal(err)
	}
	for i := range 14 {
		f := clinic("base", orb.Point{box.Min[0] + r.Float64()*(box.Max[0]-box.Min[0]), box.Min[1] + r.Float64()*(box.Max[1]-box.Min[1])})
		if i < 5 {
			f.Level = "L2"
			w.assets = append(w.assets, helicopter("base", f.At))
		}
		car := helicopter("base", f.At)
		car.Kind, car.LoadMin, car.OffloadMin = Ambulance, 5, 5
		w.facilities, w.assets = append(w.facilities, f), append(w.assets, car)
	}
	area := box.ToPolygon()
	centre, _ := grid.CentreOf(area)
	g := grid.New(grid.NewPlane(centre), grid.Hexagon, grid.WidthOf(grid.Hexagon, measure.PlaneArea(area)/99_000))
	cells, err := g.Cover(context.Background(), area, "", "")
	if err != nil {
		b.Fatal(err)
	}
	points := make([]orb.Point, len(cells.Cells))
	for i, cell := range cells.Cells {
		points[i] = g.Centre(cell)
	}
	return w, points
}
