package hierarchy

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"bivouac/geo"
)

// Matrix returns what it costs from each of some places to each of others, row
// by row. A place is its seeds. Each place is taken up to the root once; a pair
// then costs a look at what both walks have in common.
func (m *Metric) Matrix(ctx context.Context, from, to [][]Seed) ([]uint32, error) {
	for _, side := range []struct {
		name   string
		places [][]Seed
	}{{"from", from}, {"to", to}} {
		for i, seeds := range side.places {
			for _, s := range seeds {
				if s.Node < 0 || int(s.Node) >= len(m.order) {
					return nil, geo.Errorf(geo.Invalid, side.name, "place %d is at node %d, and there are %d nodes, from 0 on", i, s.Node, len(m.order))
				}
			}
		}
	}
	out, in := make([][]walk, len(from)), make([][]walk, len(to))
	cost := make([]uint32, len(from)*len(to))
	err := each(ctx, len(from), func(i int) { out[i] = m.walks(nil, from[i], m.up) })
	if err == nil {
		err = each(ctx, len(to), func(i int) { in[i] = m.walks(nil, to[i], m.back) })
	}
	if err == nil {
		err = each(ctx, len(from), func(i int) { row(cost[i*len(to):][:len(to)], out[i], in) })
	}
	return cost, err
}

func row(cost []uint32, out []walk, in [][]walk) {
	for j := range cost {
		cost[j] = Unreached
		for a := range out {
			for b := range in[j] {
				c, _ := out[a].meet(&in[j][b])
				cost[j] = min(cost[j], c)
			}
		}
	}
}

// each does 0 to n on all processors, until ctx ends.
func each(ctx context.Context, n int, do func(i int)) error {
	var next atomic.Int64
	var working sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		working.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	working.Wait()
	return ctx.Err()
}
