package casevac

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

// TestNeeds holds what is said to be needed against the times of covers that
// have some owners alone: surgery is in time exactly where one of the sets is
// there.
func TestNeeds(t *testing.T) {
	const seed = 11
	r := rand.New(rand.NewPCG(seed, 0))
	ctx := context.Background()
	var in, late, several int
	for number := range 600 {
		w := randomWorld(t, r)
		if number%2 == 1 { // more hangs on more
			w.params.Road, w.params.Air, w.params.Mixed = number%4 == 1, false, true
		}
		night := number%5 < 2
		if w.travel != nil && number%3 > 0 {
			if err := w.travel.Order(ctx, nil); err != nil {
				t.Fatal(err)
			}
		}
		of := ownersAt(r, w)
		points := []orb.Point{near(r, 300), near(r, 50), w.facilities[0].At, near(r, 20)}
		limit := 20 + 400*r.Float64()
		c, err := New(ctx, w.facilities, w.assets, w.travel, w.params)
		if err != nil {
			t.Fatal(err)
		}
		places, err := c.NewPlaces(ctx, points, number%4 > 1)
		if err != nil {
			t.Fatal(err)
		}
		needs, err := c.Needs(ctx, places, night, limit, of)
		if err != nil {
			t.Fatal(err)
		}
		for range 12 {
			there := make([]bool, len(w.facilities)+len(w.assets))
			for o := range there {
				there[o] = r.IntN(3) > 0
			}
			times := timesOf(ctx, t, w, of, there, points, night)
			for i := range points {
				want := times[i] <= minutes(limit)
				if got := needs[i].Met(there); got != want {
					t.Fatalf("seed %d, world %d, point %d: in time by needs is %v, by the times %v (%d ms within %v min); %v of %v", seed, number, i, got, want, times[i], limit, needs[i], there)
				}
				if want {
					in++
				} else {
					late++
				}
			}
		}
		for i := range needs {
			for _, set := range needs[i] {
				if len(set) > 2 {
					several++
				}
			}
		}
	}
	if in < 500 || late < 500 || several < 10 {
		t.Errorf("%d in time, %d late, %d by three or more together: the worlds prove little", in, late, several)
	}
}

// ownersAt gives each facility an owner, and assets that of the facility where
// they stand, one of their own, or none.
func ownersAt(r *rand.Rand, w *world) Owners {
	var of Owners
	for f := range w.facilities {
		owner := int32(f)
		if r.IntN(8) == 0 {
			owner = Anyway
		}
		of.Facilities = append(of.Facilities, owner)
	}
	for i := range w.assets {
		owner := int32(len(w.facilities) + i)
		for f := range w.facilities {
			if w.facilities[f].At == w.assets[i].At {
				owner = int32(f)
			}
		}
		if r.IntN(8) == 0 {
			owner = Anyway
		}
		of.Assets = append(of.Assets, owner)
	}
	return of
}

// timesOf are those of a cover of some owners alone.
func timesOf(ctx context.Context, t *testing.T, w *world, of Owners, there []bool, points []orb.Point, night bool) []uint32 {
	t.Helper()
	var facilities []Facility
	for f := range w.facilities {
		if o := of.Facilities[f]; o == Anyway || there[o] {
			facilities = append(facilities, w.facilities[f])
		}
	}
	var assets []Asset
	for i := range w.assets {
		if o := of.Assets[i]; o == Anyway || there[o] {
			assets = append(assets, w.assets[i])
		}
	}
	c, err := New(ctx, facilities, assets, w.travel, w.params)
	if err != nil {
		t.Fatal(err)
	}
	theatre, err := c.Theatre(ctx)
	if err != nil {
		t.Fatal(err)
	}
	places, err := c.NewPlaces(ctx, points, false)
	if err != nil {
		t.Fatal(err)
	}
	times, err := theatre.Times(ctx, places, night)
	if err != nil {
		t.Fatal(err)
	}
	return times.Any
}
