package casevac

import (
	"context"
	"fmt"
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
		for i, n := range wantSurgery(ctx, t, fmt.Sprintf("seed %d, world %d", seed, number), w, points, got) {
			reached[i] += n
		}
	}
	if slices.Min(reached[:]) < 100 {
		t.Errorf("surgery is reached %v times: the worlds prove little", reached)
	}
}

// wantSurgery holds times against those of the whole chain, and counts those who
// come to surgery: by all means, by road, by air.
func wantSurgery(ctx context.Context, t *testing.T, what string, w *world, points []orb.Point, got *ToSurgery) (reached [3]int) {
	t.Helper()
	p := w.params
	if !p.Road && !p.Air && !p.Mixed {
		return reached
	}
	for i, c := range []struct {
		desc             string
		got              []uint32
		road, air, mixed bool
	}{{"by all means", got.Any, p.Road, p.Air, p.Mixed}, {"by road", got.Road, p.Road, false, false}, {"by air", got.Air, false, p.Air, false}} {
		of, want := *w, never(len(points))
		of.params.Road, of.params.Air, of.params.Mixed = c.road, c.air, c.mixed
		if c.road || c.air || c.mixed {
			for k, s := range minutesOf(ctx, t, &of, points) {
				want[k] = s.Surgery.Millis
			}
		}
		if !slices.Equal(c.got, want) {
			t.Fatalf("%s: %s %v, by the whole chain %v", what, c.desc, c.got, want)
		}
		for _, m := range c.got {
			if m != Never {
				reached[i]++
			}
		}
	}
	return reached
}
