package pattern

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Each cuts 0 to n into parts of at most grain and has them done by as many
// goroutines as there are processors. do is told which of them works, from 0
// on, and the part. What the parts give must not depend on who does them. It
// returns ctx's error where that ends before all is done.
func Each(ctx context.Context, n, grain int, do func(worker, from, to int)) error {
	var next atomic.Int64
	var working sync.WaitGroup
	for worker := range Workers() {
		working.Go(func() {
			for ctx.Err() == nil {
				to := int(next.Add(int64(grain)))
				if to-grain >= n {
					return
				}
				do(worker, to-grain, min(to, n))
			}
		})
	}
	working.Wait()
	return ctx.Err()
}

// Workers is how many goroutines [Each] works with, at most.
func Workers() int { return runtime.GOMAXPROCS(0) }
