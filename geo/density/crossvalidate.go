package density

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// mostPairs is how many pairs of places one step of the cross-validation looks
// at; where there are more, some places are drawn to be left out.
const mostPairs = 1e8

// CrossValidate returns the bandwidth of the Gaussian kernel under which places
// are likeliest when each is left out of the estimate at itself (likelihood
// cross-validation; Habbema, Hermans and van den Broek 1974; Duin 1976, IEEE
// Transactions on Computers 25), in the units of the coordinates. All events
// at one place are left out together: otherwise events that were placed by a
// town would make the smallest bandwidth the best one.
//
// drawn is how many places were left out, all of them unless there are very
// many. It returns 0 where there are fewer than three places. Weights are the
// sums of weights of the places.
func CrossValidate(ctx context.Context, x, y, weights []float64, seed uint64, progress func(done, total int)) (bandwidth float64, drawn int, err error) {
	if len(x) < 3 {
		return 0, 0, nil
	}
	v := newValidation(x, y, weights, seed)
	if !(v.least > 0) {
		return 0, len(v.out), nil
	}
	const coarse, fine = 16, 18
	low, high := math.Log(v.least), math.Log(v.most)
	step := (high - low) / (coarse - 1)
	best, most := 0, math.Inf(-1)
	for i := range coarse {
		progress(i, coarse+fine)
		l, err := v.likelihood(ctx, math.Exp(low+float64(i)*step))
		if err != nil {
			return 0, 0, err
		}
		if l > most {
			best, most = i, l
		}
	}
	low, high = low+float64(best-1)*step, low+float64(best+1)*step
	for i := range fine / 2 { // ternary search about the best
		progress(coarse+2*i, coarse+fine)
		a, b := low+(high-low)/3, high-(high-low)/3
		la, errA := v.likelihood(ctx, math.Exp(a))
		lb, errB := v.likelihood(ctx, math.Exp(b))
		if errA != nil || errB != nil {
			return 0, 0, ctx.Err()
		}
		if la < lb {
			low = a
		} else {
			high = b
		}
	}
	return math.Exp((low + high) / 2), len(v.out), nil
}

// validation is places, and which of them are left out.
type validation struct {
	x, y, weights []float64
	total         float64
	out           []int
	nearest       []float64 // squared distance to the next place, of each that is left out
	least, most   float64   // bandwidths to look between
}

func newValidation(x, y, weights []float64, seed uint64) *validation {
	v := &validation{x: x, y: y, weights: weights}
	for _, w := range weights {
		v.total += w
	}
	r := rand.New(rand.NewPCG(seed, 0))
	v.out = r.Perm(len(x))
	if n := int(mostPairs / float64(len(x))); n < len(x) {
		v.out = v.out[:max(n, 100)]
	}
	v.nearest = make([]float64, len(v.out))
	v.each(func(k, i int) {
		least := math.Inf(1)
		for j := range x {
			if j != i {
				least = min(least, v.squared(i, j))
			}
		}
		v.nearest[k] = least
	})
	v.least = math.Inf(1)
	for _, d := range v.nearest {
		v.least = min(v.least, math.Sqrt(d))
	}
	v.most = Reference(x, y, weights).StandardMetres
	v.least = max(v.least/2, v.most/1e4)
	return v
}

func (v *validation) squared(i, j int) float64 {
	dx, dy := v.x[i]-v.x[j], v.y[i]-v.y[j]
	return dx*dx + dy*dy
}

// each does something for each place that is left out, on all processors.
func (v *validation) each(do func(k, i int)) {
	parts := min(runtime.GOMAXPROCS(0), len(v.out))
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			for k := part * len(v.out) / parts; k < (part+1)*len(v.out)/parts; k++ {
				do(k, v.out[k])
			}
		})
	}
	wait.Wait()
}

// negligible is the exponent below which a place adds nothing.
const negligible = 40

// likelihood is the sum of the logarithms of the estimate at the places that
// are left out, by their weights.
func (v *validation) likelihood(ctx context.Context, bandwidth float64) (float64, error) {
	logs := make([]float64, len(v.out))
	inverse := 1 / (2 * bandwidth * bandwidth)
	v.each(func(k, i int) {
		if ctx.Err() != nil {
			return
		}
		sum, nearest := 0.0, v.nearest[k]
		for j := range v.x {
			// In units of the nearest place, so that a lonely one is not log 0.
			if z := (v.squared(i, j) - nearest) * inverse; z < negligible && j != i {
				sum += v.weights[j] * math.Exp(-z)
			}
		}
		rest := max(v.total-v.weights[i], math.SmallestNonzeroFloat64)
		logs[k] = v.weights[i] * (math.Log(sum/rest*inverse/math.Pi) - nearest*inverse)
	})
	total := 0.0
	for _, l := range logs {
		total += l
	}
	return total, ctx.Err()
}
