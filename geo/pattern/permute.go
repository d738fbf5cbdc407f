package pattern

import (
	"context"
	"math/rand/v2"
	"sync"
)

// Permute runs a Monte Carlo test: do is called for run 0 to runs-1 with
// random numbers of that run's own, drawn from the seed and its number, so
// what comes out does not depend on how many goroutines work or in what
// order. It is told which worker it runs on, for what it keeps between runs.
// progress is told after each run, by one goroutine at a time.
func Permute(ctx context.Context, seed uint64, runs int, progress func(done, total int), do func(worker, run int, rng *rand.Rand)) error {
	var telling sync.Mutex
	done := 0
	return Each(ctx, runs, 1, func(worker, run, _ int) {
		do(worker, run, rand.New(rand.NewPCG(seed, uint64(run))))
		telling.Lock()
		defer telling.Unlock()
		done++
		progress(done, runs)
	})
}
