package measure

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

func TestTurnIsExact(t *testing.T) {
	const seed = 11
	rng := rand.New(rand.NewPCG(seed, 1))
	for i := range 50_000 {
		a, b, c := nearlyCollinear(rng)
		if got, want := Turn(a, b, c), slowTurn(a, b, c); got != want {
			t.Fatalf("seed %d, case %d: Turn(%v, %v, %v) = %d, exact arithmetic says %d", seed, i, a, b, c, got, want)
		}
	}
}

// nearlyCollinear returns three places on one line, moved by a few last digits.
func nearlyCollinear(rng *rand.Rand) (a, b, c orb.Point) {
	a = orb.Point{rng.Float64()*360 - 180, rng.Float64()*180 - 90}
	b = orb.Point{rng.Float64()*360 - 180, rng.Float64()*180 - 90}
	if rng.IntN(2) == 0 {
		a, b = rounded(a), rounded(b)
	}
	s := math.Ldexp(1, -rng.IntN(6))
	c = orb.Point{a[0] + s*(b[0]-a[0]), a[1] + s*(b[1]-a[1])}
	for range rng.IntN(3) {
		c[0] = math.Nextafter(c[0], 200)
	}
	return a, b, c
}

func rounded(p orb.Point) orb.Point {
	return orb.Point{math.Round(p[0]*64) / 64, math.Round(p[1]*64) / 64}
}

func TestTurnTable(t *testing.T) {
	tiny := math.SmallestNonzeroFloat64
	for _, c := range []struct {
		desc    string
		a, b, c orb.Point
		want    int
	}{
		{"left", orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{0, 1}, 1},
		{"right", orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{0, -1}, -1},
		{"on the line", orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{3, 3}, 0},
		{"same places", orb.Point{1, 2}, orb.Point{1, 2}, orb.Point{5, 5}, 0},
		{"one last digit off", orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{0.5, math.Nextafter(0.5, 1)}, 1},
		{"the least numbers there are", orb.Point{0, 0}, orb.Point{tiny, 0}, orb.Point{0, tiny}, 1},
		{"products beyond the greatest number", orb.Point{-1e200, 0}, orb.Point{1e200, 0}, orb.Point{0, 1e200}, 1},
	} {
		t.Run(c.desc, func(t *testing.T) {
			if got := Turn(c.a, c.b, c.c); got != c.want {
				t.Errorf("Turn = %d, want %d", got, c.want)
			}
			if got := Turn(c.b, c.a, c.c); got != -c.want {
				t.Errorf("reversed: turn = %d, want %d", got, -c.want)
			}
		})
	}
}

func TestTurnOfNoPlace(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, p := range []orb.Point{{v, 0}, {0, v}, {v, v}} {
			if got := Turn(p, orb.Point{1, 1}, orb.Point{2, 3}); got == 0 {
				t.Errorf("%v counts as on the line", p)
			}
			Inside(orb.Point{0.5, 0.5}, orb.Polygon{{{0, 0}, p, {1, 1}, {0, 0}}}) // must not panic
		}
	}
}
