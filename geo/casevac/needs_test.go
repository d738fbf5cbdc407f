package casevac

import (
	"context"
	"fmt"
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
		if w.travel != nil && number%3 > 0 {
			if err := w.travel.Order(ctx, nil); err != nil {
				t.Fatal(err)
			}
		}
		q := question{w, ownersAt(r, w), []orb.Point{near(r, 300), near(r, 50), w.facilities[0].At, near(r, 20)}, number%5 < 2}
		limit := 20 + 400*r.Float64()
		needs := q.needs(ctx, t, limit, number%4 > 1)
		for range 12 {
			there := make([]bool, len(w.facilities)+len(w.assets))
			for o := range there {
				there[o] = r.IntN(3) > 0
			}
			n := q.agree(ctx, t, fmt.Sprintf("seed %d, world %d", seed, number), needs, limit, there)
			in, late = in+n, late+len(q.points)-n
		}
		several += joint(needs)
	}
	if in < 500 || late < 500 || several < 10 {
		t.Errorf("%d in time, %d late, %d by three or more together: the worlds prove little", in, late, several)
	}
}

// joint counts the sets of three or more.
func joint(needs []Needs) (n int) {
	for i := range needs {
		for _, set := range needs[i] {
			if len(set) > 2 {
				n++
			}
		}
	}
	return n
}

// question is points in a world whose facilities and assets have owners.
type question struct {
	w      *world
	of     Owners
	points []orb.Point
	night  bool
}

func (q *question) needs(ctx context.Context, t *testing.T, limit float64, keep bool) []Needs {
	t.Helper()
	c, err := New(ctx, q.w.facilities, q.w.assets, q.w.travel, q.w.params)
	if err != nil {
		t.Fatal(err)
	}
	places, err := c.NewPlaces(ctx, q.points, keep)
	if err != nil {
		t.Fatal(err)
	}
	needs, err := c.Needs(ctx, places, q.night, limit, q.of)
	if err != nil {
		t.Fatal(err)
	}
	return needs
}

// agree holds needs against the times of some owners, and counts the points in
// time.
func (q *question) agree(ctx context.Context, t *testing.T, what string, needs []Needs, limit float64, there []bool) (in int) {
	t.Helper()
	times := timesOf(ctx, t, q.w, q.of, there, q.points, q.night)
	for i := range q.points {
		want := times[i] <= minutes(limit)
		if got := needs[i].Met(there); got != want {
			t.Fatalf("%s, point %d: in time by needs is %v, by the times %v (%d ms within %v min); %v of %v", what, i, got, want, times[i], limit, needs[i], there)
		}
		if want {
			in++
		}
	}
	return in
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
