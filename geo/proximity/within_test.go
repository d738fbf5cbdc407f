package proximity_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/proximity"
)

// TestWithinAsCount holds the question of each record to the read that goes
// outward, round places by the date line and the poles too.
func TestWithinAsCount(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 3))
	b := layer.NewBuilder(geo.Schema{Name: "things", Geometry: geo.AnyGeometry})
	place := func() orb.Point {
		switch r.IntN(3) {
		case 0:
			return orb.Point{math.Copysign(180-r.Float64(), r.Float64()-.5), r.Float64()*4 - 2}
		case 1:
			return orb.Point{r.Float64()*360 - 180, math.Copysign(90-r.Float64()*2, r.Float64()-.5)}
		}
		return orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
	}
	for k := 1; k <= 600; k++ {
		f := geo.Feature{Key: geo.Key(k), Geometry: place()}
		if k%10 == 0 {
			p := f.Geometry.(orb.Point)
			f.Geometry = orb.LineString{p, {p[0] * .99, p[1] * .99}}
		}
		if k%11 == 0 {
			f.Geometry = nil
		}
		if err := b.Add(&f); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	for range 60 {
		var near orb.Geometry = place()
		if r.IntN(3) == 0 {
			near = orb.LineString{{0, 0}, {3, 4}, {10, 70}}
		}
		radius := math.Pow(10, 3+4*r.Float64())
		want, err := l.CountWithin(context.Background(), near, radius, geo.Selection{})
		if err != nil {
			t.Fatal(err)
		}
		within, err := proximity.Within(near, radius)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := l.Count(context.Background(), geo.Selection{Match: within}); err != nil || got != want {
			t.Errorf("%v: %d records, %v; want %d", within, got, err, want)
		}
	}
	if _, err := proximity.Within(orb.LineString{}, 5); err == nil {
		t.Error("nothing has a distance")
	}
}
