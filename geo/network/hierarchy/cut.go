package hierarchy

import "sync/atomic"

// cut is a least cut between the two ends of a part in one direction, found by
// the greatest flow through ways of which each takes one unit (Dinic 1970,
// Algorithm for solution of a problem of maximum flow in a network with power
// estimation).
type cut struct {
	*part
	reverse []int32
	role    []uint8 // which end a node belongs to
	flow    []int8  // on each arc, -1 to 1
	level   []int32 // steps from the sources, -1 where there is no way
	next    []int32 // arc of each node that is tried next
	queue   []int32
	from    []int32 // sources with a neighbour that is none
	way     []int32 // arcs of the way that is tried
	value   int     // of the flow
	beaten  bool    // another direction has less
	side    []bool  // whether a node is on the side of the sources
	smaller int     // nodes of the smaller side
}

// What a node is to a flow.
const (
	inner uint8 = iota
	source
	sink
)

// bound is the least cut of those that are done.
type bound struct{ atomic.Int64 }

func (b *bound) lower(value int) {
	for {
		now := b.Load()
		if now != 0 && now <= int64(value)+1 || b.CompareAndSwap(now, int64(value)+1) {
			return
		}
	}
}

// exceeded reports whether a direction has less than this.
func (b *bound) exceeded(value int) bool {
	now := b.Load()
	return now != 0 && int64(value)+1 > now
}

func newCut(p *part, reverse []int32, keys []uint64) *cut {
	n := len(p.nodes)
	c := &cut{
		part: p, reverse: reverse, role: make([]uint8, n), flow: make([]int8, len(p.head)),
		level: make([]int32, n), next: make([]int32, n), queue: make([]int32, 0, n),
	}
	count := max(1, int(balance*float64(n)))
	extremes(keys, count)
	for i := range count {
		c.role[uint32(keys[i])] = source
		c.role[uint32(keys[n-1-i])] = sink
	}
	for v := range int32(n) {
		if c.role[v] != source {
			continue
		}
		for _, w := range p.of(v) {
			if c.role[w] != source {
				c.from = append(c.from, v)
				break
			}
		}
	}
	return c
}

// run finds the flow, unless another direction has less.
func (c *cut) run(b *bound) {
	for c.levels() {
		for _, v := range c.from {
			for c.augment(v) {
				c.value++
				if c.beaten = b.exceeded(c.value); c.beaten {
					return
				}
			}
		}
	}
	b.lower(c.value)
	c.decide()
}

// levels counts the steps from the sources, up to the nearest sink. It reports
// whether there is one.
func (c *cut) levels() bool {
	for i := range c.level {
		c.level[i] = -1
	}
	copy(c.next, c.first)
	c.queue = append(c.queue[:0], c.from...)
	for _, v := range c.from {
		c.level[v] = 0
	}
	end := int32(-1)
	for i := 0; i < len(c.queue); i++ {
		v := c.queue[i]
		if end >= 0 && c.level[v] >= end {
			break
		}
		for a := c.first[v]; a < c.first[v+1]; a++ {
			w := c.head[a]
			if c.level[w] >= 0 || c.flow[a] == 1 || c.role[w] == source {
				continue
			}
			c.level[w] = c.level[v] + 1
			if c.role[w] == sink {
				end = c.level[w]
			} else {
				c.queue = append(c.queue, w)
			}
		}
	}
	return end >= 0
}

// augment sends one unit from a source to a sink, by levels.
func (c *cut) augment(from int32) bool {
	c.way = c.way[:0]
	v := from
	for {
		if c.role[v] == sink {
			for _, a := range c.way {
				c.flow[a]++
				c.flow[c.reverse[a]]--
			}
			return true
		}
		if a, ok := c.step(v); ok {
			c.way = append(c.way, a)
			v = c.head[a]
			continue
		}
		if len(c.way) == 0 {
			return false
		}
		last := c.way[len(c.way)-1]
		c.way = c.way[:len(c.way)-1]
		v = c.head[c.reverse[last]]
		c.next[v]++
	}
}

// step finds an arc that leads a level on.
func (c *cut) step(v int32) (int32, bool) {
	for ; c.next[v] < c.first[v+1]; c.next[v]++ {
		a := c.next[v]
		w := c.head[a]
		if c.flow[a] < 1 && c.level[w] == c.level[v]+1 && c.role[w] != source {
			return a, true
		}
	}
	return 0, false
}

// decide takes, of the least cuts, the one next to the sources or the one next
// to the sinks: the one that is nearer to the middle.
func (c *cut) decide() {
	n := len(c.nodes)
	near := make([]bool, n)
	reached := 0
	for v := range near {
		if near[v] = c.role[v] == source || c.level[v] >= 0; near[v] {
			reached++
		}
	}
	far, left := c.toSinks(), 0
	for v := range far {
		if !far[v] {
			left++
		}
	}
	c.side, c.smaller = near, min(reached, n-reached)
	if other := min(left, n-left); other > c.smaller {
		for v := range far {
			far[v] = !far[v]
		}
		c.side, c.smaller = far, other
	}
}

// toSinks tells which nodes could send a unit more to a sink.
func (c *cut) toSinks() []bool {
	can := make([]bool, len(c.nodes))
	c.queue = c.queue[:0]
	for v, role := range c.role {
		if role == sink {
			can[v] = true
			c.queue = append(c.queue, int32(v))
		}
	}
	for i := 0; i < len(c.queue); i++ {
		v := c.queue[i]
		for a := c.first[v]; a < c.first[v+1]; a++ {
			if w := c.head[a]; !can[w] && c.flow[a] > -1 {
				can[w] = true
				c.queue = append(c.queue, w)
			}
		}
	}
	return can
}

// better reports whether a cut is smaller than another, or cuts nearer to the
// middle.
func (c *cut) better(o *cut) bool {
	if c.beaten || o.beaten {
		return o.beaten && !c.beaten
	}
	if c.value != o.value {
		return c.value < o.value
	}
	return c.smaller > o.smaller
}

// sides tells what lies on either side, and between: the ends of the ways that
// are cut, on the side where they are fewer.
func (c *cut) sides() []uint8 {
	out := make([]uint8, len(c.nodes))
	ends := [2]int{}
	end := make([]bool, len(c.nodes))
	for v := range out {
		out[v] = right
		if c.side[v] {
			out[v] = left
		}
		for _, w := range c.of(int32(v)) {
			if end[v] = c.side[w] != c.side[v]; end[v] {
				ends[out[v]]++
				break
			}
		}
	}
	which := left
	if ends[right] < ends[left] {
		which = right
	}
	for v := range out {
		if end[v] && out[v] == which {
			out[v] = between
		}
	}
	return out
}
