package route_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo/route"
)

func TestRiskAddsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 1000 {
		sum, unharmed := uint64(0), 1.0
		n := 1 + r.IntN(200)
		for range n {
			p := math.Pow(10, -6*r.Float64()) / 2
			sum += route.RiskOf(route.Additive(p))
			unharmed *= 1 - p
		}
		// Each arc is rounded to a billionth.
		if got := route.Probability(float64(sum) / 1e9); math.Abs(got-(1-unharmed)) > float64(n)*0.5e-9 {
			t.Fatalf("%d arcs: %v, not %v", n, got, 1-unharmed)
		}
	}
}

func TestRiskOfWhatIsNoRisk(t *testing.T) {
	for _, c := range []struct {
		risk float64
		want uint64
	}{
		{0, 0}, {-1, 0}, {math.NaN(), 0}, {1e-9, 1}, {0.4e-9, 0}, {1, 1e9},
		{math.Inf(1), math.MaxUint64 >> 32}, {route.Additive(1), math.MaxUint64 >> 32},
	} {
		if got := route.RiskOf(c.risk); got != c.want {
			t.Errorf("RiskOf(%v) is %d, not %d", c.risk, got, c.want)
		}
	}
}
