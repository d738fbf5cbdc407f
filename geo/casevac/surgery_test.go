package casevac

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

// TestSurgeryAlone holds the times to surgery alone against those of the whole
// chain: by all means, and in worlds that allow the road, or the air, alone.
func TestSurgeryAlone(t *testing.T) {
	const seed = 8
	r := rand.New(rand.NewPCG(seed, 0))
	ctx := context.Background()
	reached := [3]int{}
	for number := range 300 {
		w := randomWorld(t, r)
		night := number%2 == 0
		w.params.Night = func(orb.Point) bool { return night }
		if w.travel != nil && number%3 > 0 {
			if err := w.travel.Order(ctx, nil); err != nil {
				t.Fatal(err)
			}
		}
		var points []orb.Point
		for range 3 {
			points = append(points, near(r, 300))
		}
		points = append(points, w.facilities[0].At)
		c, err := New(ctx, w.facilities, w.assets, w.travel, w.params)
		if err != nil {
			t.Fatal(err)
		}
		places, err := c.NewPlaces(ctx, points, number%4 > 1)
		if err != nil {
			t.Fatal(err)
		}
		theatre, err := c.Theatre(ctx)
		if err != nil {
			t.Fatal(err)
		}
		got, err := theatre.Times(ctx, places, night)
		if err != nil {
			t.Fatal(err)
		}
		only := func(road, air, mixed bool) []uint32 {
			of := *w
			of.params.Road, of.params.Air, of.params.Mixed = road, air, mixed
			if !road && !air && !mixed {
				return never(len(points))
			}
			var out []uint32
			for _, s := range minutesOf(ctx, t, &of, points) {
				out = append(out, s.Surgery.Millis)
			}
			return out
		}
		p := w.params
		if !p.Road && !p.Air && !p.Mixed {
			continue
		}
		for i, c := range []struct {
			desc      string
			got, want []uint32
		}{{"by all means", got.Any, only(p.Road, p.Air, p.Mixed)}, {"by road", got.Road, only(p.Road, false, false)}, {"by air", got.Air, only(false, p.Air, false)}} {
			if !slices.Equal(c.got, c.want) {
				t.Fatalf("seed %d, world %d: %s %v, by the whole chain %v", seed, number, c.desc, c.got, c.want)
			}
			for _, m := range c.got {
				if m != Never {
					reached[i]++
				}
			}
		}
	}
	if slices.Min(reached[:]) < 100 {
		t.Errorf("surgery is reached %v times: the worlds prove little", reached)
	}
}
