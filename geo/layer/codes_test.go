package layer

import (
	"strconv"
	"testing"

	"bivouac/geo"
	"bivouac/geo/randtest"
)

// TestCodesAgainstMap adds texts, the empty one and many twice, to a column, goes
// on with a table that is made anew from its dictionary, and holds all codes to a
// map.
func TestCodesAgainstMap(t *testing.T) {
	r := randtest.New(t, 1)
	for _, kinds := range []int{1, 2, 11, 12, 13, 1000, 100_000} {
		want := map[string]uint32{}
		var added []string
		c := geo.Column{Kind: geo.KindString}
		table := codesOf(nil)
		for i := range 2*kinds + 20 {
			if i == kinds {
				table = codesOf(c.Dict)
			}
			s := ""
			if n := r.IntN(kinds); n > 0 {
				s = strconv.Itoa(n)
			}
			if _, had := want[s]; !had {
				want[s] = uint32(len(want))
			}
			added = append(added, s)
			table.add(&c, s)
		}
		for i, s := range added {
			if code := c.Codes[i]; code != want[s] || c.Dict[code] != s {
				t.Fatalf("%d kinds: %q has the code %d, want %d", kinds, s, code, want[s])
			}
		}
		if len(c.Dict) != len(want) {
			t.Errorf("%d kinds: %d texts in the dictionary, want %d", kinds, len(c.Dict), len(want))
		}
	}
}
