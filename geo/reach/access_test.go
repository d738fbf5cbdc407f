package reach_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo/reach"
)

// TestTwoStep has three consumers of 100 at 0, 1 and 2 and two providers of 10
// at 0 and 2, who count for exp(-d^2/2).
func TestTwoStep(t *testing.T) {
	demand, supply := []float64{100, 100, 100}, []float64{10, 10}
	var weight [][]float64
	for _, at := range []float64{0, 2} {
		var row []float64
		for i := range demand {
			d := float64(i) - at
			row = append(row, math.Exp(-d*d/2))
		}
		weight = append(weight, row)
	}
	for i, want := range []float64{0.065179, 0.069641, 0.065179} {
		if got := reach.TwoStep(supply, demand, weight)[i]; math.Abs(got-want) > 5e-7 {
			t.Errorf("place %d: %v, want %v", i, got, want)
		}
	}
}

// TestSupplyIsKept adds up what all places have: the supply that somebody
// reaches.
func TestSupplyIsKept(t *testing.T) {
	const seed = 2
	random := rand.New(rand.NewPCG(seed, 0))
	for world := range 200 {
		supply, demand := make([]float64, 1+random.IntN(5)), make([]float64, 1+random.IntN(8))
		weight := make([][]float64, len(supply))
		for i := range demand {
			demand[i] = float64(random.IntN(3)) * 100
		}
		want := 0.0
		for j := range supply {
			supply[j] = 10 * random.Float64()
			reached := false
			for i := range demand {
				w := reach.Gaussian.Weight(2*random.Float64(), 1)
				weight[j] = append(weight[j], w)
				reached = reached || w > 0 && demand[i] > 0
			}
			if reached {
				want += supply[j]
			}
		}
		got := 0.0
		for i, a := range reach.TwoStep(supply, demand, weight) {
			got += a * demand[i]
		}
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("seed %d, world %d: %v, want %v", seed, world, got, want)
		}
	}
}

func TestDecay(t *testing.T) {
	for _, c := range []struct {
		decay      reach.Decay
		time, want float64
	}{
		{reach.Step, 0, 1}, {reach.Step, 60, 1}, {reach.Step, 60.1, 0}, {reach.Step, math.Inf(1), 0}, {reach.Step, math.NaN(), 0},
		{reach.Gaussian, 0, 1}, {reach.Gaussian, 20, math.Exp(-0.5)}, {reach.Gaussian, 60, math.Exp(-4.5)}, {reach.Gaussian, 61, 0},
	} {
		if got := c.decay.Weight(c.time, 60); math.Abs(got-c.want) > 1e-15 {
			t.Errorf("%s at %v: %v, want %v", c.decay, c.time, got, c.want)
		}
	}
}

// ExampleTwoStep shares a hospital of 20 beds among two towns, of which the
// second reaches another of 10, too.
func ExampleTwoStep() {
	beds, people := []float64{20, 10}, []float64{3000, 1000}
	for _, a := range reach.TwoStep(beds, people, [][]float64{{1, 1}, {0, 1}}) {
		fmt.Printf("%.1f beds for 1,000 people\n", 1000*a)
	}
	// Output:
	// 5.0 beds for 1,000 people
	// 15.0 beds for 1,000 people
}
