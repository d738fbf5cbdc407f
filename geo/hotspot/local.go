package hotspot

import (
	"context"
	"math/rand/v2"
	"slices"

	"bivouac/geo"
)

// BandInput is the input of the distance band; errors of units without
// neighbours name it.
const BandInput = "band_m"

func errApart() error {
	return geo.Errorf(geo.Invalid, BandInput, "no unit has a neighbour; take a wider band")
}

// Quadrant says how a unit lies to its neighbours, in the scatter plot of
// Moran.
type Quadrant uint8

// The quadrants, in the order in which PySAL and GeoDa count them.
const (
	NoQuadrant Quadrant = iota // without a neighbour
	HighHigh                   // a high value among high ones
	LowHigh                    // a low one among high ones
	LowLow                     // a low one among low ones
	HighLow                    // a high one among low ones
)

// Local is local Moran's I of a unit.
type Local struct {
	I        float64
	P        float64 // pseudo p-value: the smaller tail of the permutations; 1 without a neighbour
	Quadrant Quadrant
}

// LocalMoran returns local Moran's I of each unit with row-standardised weights
// (Anselin 1995, Local indicators of spatial association, Geographical Analysis
// 27). Its p-value is by conditional permutation: the unit keeps its value and
// gets neighbours that are drawn from all others, at random and without
// putting back, as many times as asked; it is the share of draws as extreme to
// the side of the unit's own, which counts too. All units get the same draws, so that the answer
// depends on the seed alone.
func LocalMoran(ctx context.Context, values []float64, n *Neighbours, permutations int, seed uint64, progress func(done, total int)) ([]Local, error) {
	m, err := momentsOf(values)
	if err != nil {
		return nil, err
	}
	_, _, most := n.Counts()
	if most == 0 {
		return nil, errApart()
	}
	draws := drawn(permutations, most, len(values)-1, seed)
	z := make([]float64, len(values))
	for i, v := range values {
		z[i] = (v - m.mean) / m.deviation
	}
	out := make([]Local, len(values))
	const chunk = 256
	for first := 0; first < len(values); first += chunk {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		progress(first, len(values))
		each(min(chunk, len(values)-first), func(from, to int) {
			for i := first + from; i < first+to; i++ {
				out[i] = local(z, i, n.Of(i), draws)
			}
		})
	}
	return out, nil
}

func local(z []float64, i int, of []int32, draws [][]int32) Local {
	if len(of) == 0 {
		return Local{P: 1}
	}
	lag := 0.0
	for _, j := range of {
		lag += z[j]
	}
	own := int32(i)
	above := 0
	for _, draw := range draws {
		sum := 0.0
		for _, j := range draw[:len(of)] {
			if j >= own {
				j++
			}
			sum += z[j]
		}
		// The unit's own value scales both sides alike; its sign decides which
		// side is the larger I.
		if z[i]*sum >= z[i]*lag {
			above++
		}
	}
	extreme := min(above, len(draws)-above)
	out := Local{I: z[i] * lag / float64(len(of)), P: float64(extreme+1) / float64(len(draws)+1)}
	switch {
	case z[i] > 0 && lag > 0:
		out.Quadrant = HighHigh
	case z[i] <= 0 && lag > 0:
		out.Quadrant = LowHigh
	case z[i] <= 0:
		out.Quadrant = LowLow
	default:
		out.Quadrant = HighLow
	}
	return out
}

// drawn returns as many draws of k different numbers below n, in an order at
// random, so that the first few of a draw are a draw too.
func drawn(times, k, n int, seed uint64) [][]int32 {
	r := rand.New(rand.NewPCG(seed, 0))
	out := make([][]int32, times)
	for t := range out {
		if 2*k >= n {
			out[t] = permuted(r, n)[:k]
			continue
		}
		draw := make([]int32, 0, k)
		for len(draw) < k {
			if j := int32(r.IntN(n)); !slices.Contains(draw, j) {
				draw = append(draw, j)
			}
		}
		out[t] = draw
	}
	return out
}

func permuted(r *rand.Rand, n int) []int32 {
	out := make([]int32, n)
	for i, j := range r.Perm(n) {
		out[i] = int32(j)
	}
	return out
}
