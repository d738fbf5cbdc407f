package hierarchy

import (
	"context"
	"math/bits"
	"sync"

	"github.com/paulmach/orb"
)

const (
	leafNodes     = 64    // a part of so many nodes is ordered by its degrees
	parallelNodes = 4_000 // a part of more is worth a goroutine
	balance       = 0.25  // of the nodes of a part, those that are on either side for sure
	directions    = 4     // in which a part is cut, the best is taken
)

// dissection orders the nodes of a graph: first those with at most two
// neighbours, again and again, then both sides of a small separator, each in
// the same manner, then the separator.
func dissection(ctx context.Context, points []orb.Point, g *graph, told func(done, total int)) ([]int32, error) {
	order, rest, left := g.pruned()
	d := &dissector{ctx: ctx, places: make([]vector, len(rest)), told: told, total: len(points), order: make([]int32, len(rest))}
	for i, v := range rest {
		d.places[i] = unit(points[v])
	}
	d.tell(len(order))
	p := &part{graph: *left, nodes: make([]int32, len(rest))}
	for i := range p.nodes {
		p.nodes[i] = int32(i)
	}
	d.dissect(p, d.order)
	for _, i := range d.order {
		order = append(order, rest[i])
	}
	return order, ctx.Err()
}

// part is a part of the graph that is to be ordered.
type part struct {
	graph
	nodes []int32 // what each is in the whole
}

type dissector struct {
	ctx    context.Context
	places []vector
	order  []int32

	telling     sync.Mutex
	told        func(done, total int)
	done, total int
}

func (d *dissector) tell(nodes int) {
	if d.told == nil || nodes == 0 {
		return
	}
	d.telling.Lock()
	defer d.telling.Unlock()
	d.done += nodes
	d.told(d.done, d.total)
}

// dissect writes the order of a part to slots.
func (d *dissector) dissect(p *part, slots []int32) {
	if d.ctx.Err() != nil {
		return
	}
	if len(p.nodes) <= leafNodes {
		p.byDegree(slots)
		d.tell(len(slots))
		return
	}
	side := d.separate(p)
	a, b := p.side(side, left), p.side(side, right)
	n, m := len(a.nodes), len(a.nodes)+len(b.nodes)
	last := slots[m:m]
	for i, v := range p.nodes {
		if side[i] == between {
			last = append(last, v)
		}
	}
	d.tell(len(last))
	both(len(p.nodes) > parallelNodes,
		func() { d.dissect(a, slots[:n]) },
		func() { d.dissect(b, slots[n:m]) })
}

// both does some things, at the same time or one after the other.
func both(parallel bool, jobs ...func()) {
	if !parallel {
		for _, job := range jobs {
			job()
		}
		return
	}
	var working sync.WaitGroup
	for _, job := range jobs {
		working.Go(job)
	}
	working.Wait()
}

// Where a node lies of a separator.
const (
	right uint8 = iota
	left
	between
)

// separate tells the two sides of the best separator of some directions, and
// what lies between. Which one it is does not depend on which was found first.
func (d *dissector) separate(p *part) []uint8 {
	frame := d.frame(p)
	reverse := p.reverse()
	cuts := make([]*cut, directions)
	var bound bound
	jobs := make([]func(), directions)
	for i := range jobs {
		jobs[i] = func() {
			cuts[i] = newCut(p, reverse, d.along(p, frame, i))
			cuts[i].run(&bound)
		}
	}
	both(len(p.nodes) > parallelNodes, jobs...)
	best := cuts[0]
	for _, c := range cuts[1:] {
		if c.better(best) {
			best = c
		}
	}
	return best.sides()
}

// side is one side of a separator as a part of its own.
func (p *part) side(side []uint8, which uint8) *part {
	local := make([]int32, len(p.nodes))
	n, arcs := int32(0), int32(0)
	for i := range p.nodes {
		if side[i] == which {
			local[i] = n
			n++
			arcs += p.first[i+1] - p.first[i]
		}
	}
	s := &part{nodes: make([]int32, 0, n)}
	s.first, s.head = make([]int32, 1, n+1), make([]int32, 0, arcs)
	for i, v := range p.nodes {
		if side[i] != which {
			continue
		}
		for _, w := range p.of(int32(i)) {
			if side[w] == which {
				s.head = append(s.head, local[w])
			}
		}
		s.nodes = append(s.nodes, v)
		s.first = append(s.first, int32(len(s.head)))
	}
	return s
}

// reverse tells of each arc of a part which one leads back.
func (p *part) reverse() []int32 {
	next, reverse := append([]int32(nil), p.first...), make([]int32, len(p.head))
	for v := range int32(p.graph.nodes()) {
		for a := p.first[v]; a < p.first[v+1]; a++ {
			w := p.head[a]
			reverse[a] = next[w]
			next[w]++
		}
	}
	return reverse
}

// byDegree orders the few nodes of a part by least degree (Tinney and Walker
// 1967): the next is the one with the fewest neighbours, when those of the ones
// before it have been joined.
func (p *part) byDegree(slots []int32) {
	var near [leafNodes]uint64 // a bit a neighbour
	for v := range p.nodes {
		for _, w := range p.of(int32(v)) {
			near[v] |= 1 << w
		}
	}
	var gone uint64
	for i := range slots {
		best, least := 0, leafNodes+1
		for v := range p.nodes {
			if n := bits.OnesCount64(near[v] &^ gone); gone>>v&1 == 0 && n < least {
				best, least = v, n
			}
		}
		slots[i] = p.nodes[best]
		gone |= 1 << best
		for rest := near[best] &^ gone; rest != 0; rest &= rest - 1 {
			w := bits.TrailingZeros64(rest)
			near[w] = (near[w] | near[best]) &^ (1 << w)
		}
	}
}
