package data

import (
	"context"
	"sync"

	"bivouac/geo/network"
)

// A graph of so few nodes gets its hierarchy before it is published; that takes
// some tenths of a second. A larger one gets it in the background.
const smallGraph = 10_000

// orders is the hierarchies in the making, one at a time: the next begins with
// the order of the last.
type orders struct {
	mu     sync.Mutex
	last   *network.Graph // that has one
	wanted *network.Graph // that is to get one next
	busy   bool
	end    context.CancelFunc
	closed bool
}

// orderRoads sees to it that the graph gets its hierarchy.
func (s *Store) orderRoads(g *network.Graph) {
	if g == nil || g.Ordered() {
		return
	}
	o := &s.orders
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	if g.Nodes() <= smallGraph {
		if g.Order(context.Background(), o.last) == nil {
			o.last = g
		}
		return
	}
	o.wanted = g
	if !o.busy {
		o.busy = true
		ctx, end := context.WithCancel(context.Background())
		o.end = end
		s.folding.Go(func() { o.work(ctx) })
	}
}

// work makes what is wanted until nothing is. What fails leaves the graph to be
// searched without a hierarchy.
func (o *orders) work(ctx context.Context) {
	for {
		o.mu.Lock()
		g, before := o.wanted, o.last
		o.wanted = nil
		if g == nil || ctx.Err() != nil {
			o.busy = false
			o.mu.Unlock()
			return
		}
		o.mu.Unlock()
		if g.Order(ctx, before) == nil {
			o.mu.Lock()
			o.last = g
			o.mu.Unlock()
		}
	}
}

func (o *orders) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	if o.end != nil {
		o.end()
	}
}
