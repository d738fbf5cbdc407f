package casevac

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

func at(t testing.TB, c *Cover, who ...Casualty) []Chain {
	t.Helper()
	out, err := c.Allocate(context.Background(), who)
	if err != nil {
		t.Fatal(err)
	}
	for i := range out {
		wantLegs(t, fmt.Sprint("casualty ", i), &out[i])
	}
	return out
}

// TestOneHelicopter has one helicopter with one seat, at its hospital: to
// Ansongo and back it takes 15 + 24.2 + 10 + 24.2 + 5 minutes.
func TestOneHelicopter(t *testing.T) {
	a := helicopter("Gao", gao)
	a.Patients = 1
	p := bare()
	p.TurnroundMin = 20
	k := cover(t, []Facility{hospital("Gao", gao)}, []Asset{a}, p)
	first := at(t, k, Casualty{At: ansongo})[0].Evacuation.Millis
	for _, c := range []struct {
		desc string
		call float64
		want uint32 // of the second
	}{
		{"at once: it waits for the return and the turnround", 0, first + minutes(20) + first},
		{"an hour later: the rest of it", 60, first + minutes(20) + first - minutes(60)},
		{"when it is ready again", 98.5, first},
	} {
		got := at(t, k, Casualty{At: ansongo}, Casualty{At: ansongo, Call: minutes(c.call)})
		if got[0].Evacuation.Millis != first || got[1].Evacuation.Millis != c.want || got[1].With >= 0 {
			t.Errorf("%s: %d and %d ms, want %d and %d", c.desc, got[0].Evacuation.Millis, got[1].Evacuation.Millis, first, c.want)
		}
	}
	// A further unit, or a further asset at Kidal, is taken instead.
	a.Count = 2
	k = cover(t, []Facility{hospital("Gao", gao)}, []Asset{a}, p)
	got := at(t, k, Casualty{At: ansongo}, Casualty{At: ansongo}, Casualty{At: ansongo})
	if got[1].Evacuation.Millis != first || got[2].Evacuation.Millis <= first {
		t.Errorf("with two units: %d, %d and %d ms", got[0].Evacuation.Millis, got[1].Evacuation.Millis, got[2].Evacuation.Millis)
	}
	a.Count = 1
	k = cover(t, []Facility{hospital("Gao", gao)}, []Asset{a, helicopter("Kidal", kidal)}, p)
	got = at(t, k, Casualty{At: ansongo}, Casualty{At: ansongo})
	if got[1].Evacuation.Craft != 1 {
		t.Errorf("the second is not fetched by the helicopter of Kidal: %+v", got[1].Evacuation)
	}
}

// TestRoomAboard shares a lift of four seats among five of one place.
func TestRoomAboard(t *testing.T) {
	for _, c := range []struct {
		desc  string
		share bool
		calls []float64
		with  []int
	}{
		{"at once", true, []float64{0, 0, 0, 0, 0}, []int{-1, 0, 0, 0, -1}},
		{"until it loads, less the notification", true, []float64{0, 30, 39, 40}, []int{-1, 0, 0, -1}},
		{"each by itself", false, []float64{0, 0}, []int{-1, -1}},
	} {
		p := bare()
		p.Share = c.share
		k := cover(t, []Facility{hospital("Gao", gao)}, []Asset{helicopter("Gao", gao)}, p)
		k.Facilities[0].Surgeries = 10
		var who []Casualty
		for _, call := range c.calls {
			who = append(who, Casualty{At: ansongo, Call: minutes(call)})
		}
		got := at(t, k, who...)
		for i, chain := range got {
			if chain.With != c.with[i] {
				t.Errorf("%s: casualty %d goes with %d, want %d", c.desc, i, chain.With, c.with[i])
			}
			if chain.With >= 0 && chain.Evacuation.Millis+who[i].Call != got[0].Evacuation.Millis {
				t.Errorf("%s: casualty %d is there after %d ms of one lift", c.desc, i, chain.Evacuation.Millis)
			}
		}
	}
}

// TestSurgeriesOfADay sends who is beyond them to the next hospital, and beyond
// the beds of all nowhere.
func TestSurgeriesOfADay(t *testing.T) {
	f := []Facility{hospital("Gao", gao), hospital("Kidal", kidal)}
	f[0].Surgeries, f[1].Surgeries, f[1].Beds = 2, 5, 3
	p := bare()
	p.Share = false
	a := helicopter("Gao", gao)
	a.Count = 20
	k := cover(t, f, []Asset{a}, p)
	who := make([]Casualty, 25)
	for i := range who {
		who[i].At = ansongo
	}
	got := at(t, k, who...)
	brought := map[int32]int{}
	for _, c := range got[:20] {
		brought[c.Evacuation.Facility]++
	}
	if brought[0] != 17 || brought[1] != 3 {
		t.Errorf("%v are brought; 2 to Gao for surgery, 3 to Kidal, and the others to Gao for advanced care", brought)
	}
	surgical := 0
	for _, c := range got {
		if c.Stages.Surgery.Millis != Never {
			surgical++
		}
	}
	if surgical != 5 {
		t.Errorf("%d are operated, want 2 and 3", surgical)
	}
}

// TestAllocateOrder holds that the order of the list does not matter but for
// calls at one moment, that one more casualty never helps those before, and
// that no unit does two things at once.
func TestAllocateOrder(t *testing.T) {
	const seed = 21
	r := rand.New(rand.NewPCG(seed, 0))
	later := 0
	for number := range 60 {
		w := randomWorld(t, r)
		c, err := New(context.Background(), w.facilities, w.assets, w.travel, w.params)
		if err != nil {
			t.Fatal(err)
		}
		var who []Casualty
		places := []orb.Point{near(r, 150), near(r, 150), w.facilities[0].At}
		for i := range 6 {
			p := places[r.IntN(3)]
			who = append(who, Casualty{At: p, Call: uint32(i)*60_000*uint32(r.IntN(60)) + uint32(i), Night: w.params.Night != nil && w.params.Night(p)})
		}
		got := at(t, c, who...)
		back := append([]Casualty(nil), who...)
		for i, j := range r.Perm(len(who)) {
			back[i] = who[j]
		}
		again := at(t, c, back...)
		for i := range back {
			for k := range who {
				if who[k] == back[i] && again[i].Evacuation != got[k].Evacuation {
					t.Fatalf("seed %d, world %d: in another order %+v, before %+v", seed, number, again[i].Evacuation, got[k].Evacuation)
				}
			}
		}
		later += wantNoneSooner(t, fmt.Sprintf("seed %d, world %d", seed, number), c, got)
	}
	if later < 20 {
		t.Errorf("only %d casualties waited for others", later)
	}
}

// wantNoneSooner holds that nobody is sooner among others than alone, and
// returns how many are later to surgery.
func wantNoneSooner(t *testing.T, what string, c *Cover, got []Chain) (later int) {
	t.Helper()
	for i := range got {
		alone, err := c.Chain(context.Background(), got[i].Casualty.At)
		if err != nil {
			t.Fatal(err)
		}
		for _, st := range []Stage{Advanced, Surgery, Evacuation} {
			if got[i].With < 0 && got[i].Stages.plan(st).Millis < alone.Stages.plan(st).Millis {
				t.Fatalf("%s: %s of casualty %d is sooner among others", what, st, i)
			}
		}
		count(got[i].Stages.Surgery.Millis > alone.Stages.Surgery.Millis, &later)
	}
	return later
}

// TestMends tries what the chain of Menaka is offered on a cover that has it.
func TestMends(t *testing.T) {
	f := []Facility{hospital("Gao", gao), clinic("Menaka", menaka), clinic("Ansongo", ansongo)}
	for _, c := range []struct {
		desc  string
		at    orb.Point
		night bool
		limit float64
		first string
		also  string
	}{
		{"far away", menaka, false, 120, "a surgical module at Menaka", "a helicopter kept at Menaka"},
		{"a little late by the notice", ansongo, false, 70, "a surgical module at Ansongo", shortNotice},
		{"by night", ansongo, true, 75, "a surgical module at Ansongo", "by day"},
	} {
		p := bare()
		p.SurgeryLimitMin = c.limit
		p.Night = func(orb.Point) bool { return c.night }
		a := helicopter("Gao", gao)
		k := cover(t, f, []Asset{a}, p)
		chain, err := k.Chain(context.Background(), c.at)
		if err != nil {
			t.Fatal(err)
		}
		mends, err := k.Mends(context.Background(), chain, Surgery)
		if err != nil {
			t.Fatal(err)
		}
		if len(mends) < 3 || mends[0].String() != c.first || !mends[0].Passes {
			t.Errorf("%s: %+v", c.desc, mends)
		}
		found := false
		for i, m := range mends {
			if m.Millis >= chain.Stages.Surgery.Millis || m.Passes != (m.Millis <= minutes(c.limit)) || i > 0 && m.Millis < mends[i-1].Millis {
				t.Errorf("%s: %+v of %d ms", c.desc, m, chain.Stages.Surgery.Millis)
			}
			found = found || m.String() == c.also
		}
		if !found {
			t.Errorf("%s: nothing of %q among %+v", c.desc, c.also, mends)
		}
	}
}

// TestMendHolds makes the change that a mend tells of.
func TestMendHolds(t *testing.T) {
	f := []Facility{hospital("Gao", gao), clinic("Ansongo", ansongo)}
	p := bare()
	p.SurgeryLimitMin = 70
	k := cover(t, f, []Asset{helicopter("Gao", gao)}, p)
	chain := at(t, k, Casualty{At: ansongo})[0]
	mends, err := k.Mends(context.Background(), &chain, Surgery)
	if err != nil {
		t.Fatal(err)
	}
	a := helicopter("Gao", gao)
	a.NoticeDayMin = 6
	want := at(t, cover(t, f, []Asset{a}, p), Casualty{At: ansongo})[0].Stages.Surgery.Millis
	for _, m := range mends {
		if m.String() == shortNotice {
			if m.Millis != want || !m.Passes {
				t.Errorf("%+v, on a cover that has it %d ms", m, want)
			}
			return
		}
	}
	t.Errorf("no shorter notice among %+v", mends)
}

const shortNotice = "the helicopter of Gao with a notice of 6 instead of 15 min"
