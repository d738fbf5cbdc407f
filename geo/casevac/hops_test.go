package casevac

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestQuickestOnward finds of each aircraft at each spot the flight that looking
// at all of them finds, of equally quick ones the first.
func TestQuickestOnward(t *testing.T) {
	compared := 0
	for seed := range uint64(300) {
		w := randomWorld(t, rand.New(rand.NewPCG(seed, 31)))
		for i := range w.facilities[1:] { // some stand in one place, so that times are equal
			if i%3 == 0 {
				w.facilities[i+1].At = w.facilities[i].At
			}
		}
		c, err := New(t.Context(), w.facilities, w.assets, w.travel, w.params)
		if err != nil {
			t.Fatal(err)
		}
		for _, night := range []bool{false, true} {
			compared += sameOnward(t, c, night)
		}
	}
	if compared < 1000 {
		t.Errorf("only %d flights were compared", compared)
	}
}

// sameOnward returns how many flights it compared.
func sameOnward(t *testing.T, c *Cover, night bool) (compared int) {
	t.Helper()
	got, err := c.aheads(t.Context(), night)
	if err != nil {
		t.Fatal(err)
	}
	for at := range c.spots {
		all := c.ahead(int32(at), night, make([]uint32, len(c.Assets)), nil)
		for _, x := range []struct{ got, all []onward }{{got[at].advanced, all.advanced}, {got[at].surgery, all.surgery}} {
			want := foremost(firstOfEach(x.all))
			if !slices.Equal(x.got, want) {
				t.Fatalf("spot %d, night %v: %+v\nwant %+v\n%+v", at, night, x.got, want, c)
			}
			compared += len(want)
		}
	}
	return compared
}

// firstOfEach leaves the quickest of each aircraft, of equally quick ones the
// first; those of one come one after the other.
func firstOfEach(all []onward) (out []onward) {
	for _, o := range all {
		last := len(out) - 1
		switch {
		case last < 0 || out[last].craft != o.craft:
			out = append(out, o)
		case o.rest < out[last].rest:
			out[last] = o
		}
	}
	return out
}
