package route

import (
	"context"
	"math"

	"bivouac/geo/queue"
)

// never is the cost of what is not reached.
var never = Cost{math.MaxUint64, math.MaxUint64}

// tree holds the cheapest ways between every node and one place (Dijkstra
// 1959), the second part of the cost deciding between ways of an equal first.
// It grows as far as it is asked to.
type tree struct {
	g      *Arcs
	back   *turned // to the place, not from it
	byRisk bool
	cost   []Cost
	arc    []int32 // the arc of the way next to the node, -1 at an end
	next   []int32 // the node behind that arc
	end    []int16 // which end the way uses
	done   []bool
	queue  queue.Queue[item]
}

// newTree returns the tree of ways from the ends, or, where back is given, to
// them.
func newTree(g *Arcs, back *turned, byRisk bool, ends []End) *tree {
	n := g.nodes()
	t := &tree{g: g, back: back, byRisk: byRisk, cost: make([]Cost, n), arc: make([]int32, n), next: make([]int32, n), end: make([]int16, n), done: make([]bool, n)}
	for i := range t.cost {
		t.cost[i], t.arc[i] = never, -1
	}
	for i, e := range ends {
		t.offer(e.Node, e.Cost, -1, -1, int16(i))
	}
	return t
}

// key is the cost in the order of the search.
func (t *tree) key(c Cost) (first, second uint64) {
	if t.byRisk {
		return c.Risk, c.Time
	}
	return c.Time, c.Risk
}

func (t *tree) less(a, b Cost) bool {
	a1, a2 := t.key(a)
	b1, b2 := t.key(b)
	return a1 < b1 || a1 == b1 && a2 < b2
}

func (t *tree) offer(n int32, c Cost, arc, next int32, end int16) {
	if t.done[n] || !t.less(c, t.cost[n]) {
		return
	}
	t.cost[n], t.arc[n], t.next[n], t.end[n] = c, arc, next, end
	first, second := t.key(c)
	t.queue.Push(item{first, second, n})
}

// grow goes on until all nodes of a first cost of at most limit are done, which
// may fall meanwhile.
func (t *tree) grow(ctx context.Context, limit func() uint64) error {
	for step := 0; len(t.queue) > 0; step++ {
		if step&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		top := t.queue[0]
		if top.first > limit() {
			return nil
		}
		t.queue.Pop()
		if t.done[top.id] {
			continue
		}
		t.done[top.id] = true
		t.relax(top.id)
	}
	return nil
}

func (t *tree) relax(n int32) {
	c, end := t.cost[n], t.end[n]
	if t.back == nil {
		for a := t.g.First[n]; a < t.g.First[n+1]; a++ {
			if t.g.Time[a] != Closed {
				t.offer(t.g.Head[a], c.Plus(t.g.cost(a)), a, n, end)
			}
		}
		return
	}
	for i := t.back.first[n]; i < t.back.first[n+1]; i++ {
		if a := t.back.arc[i]; t.g.Time[a] != Closed {
			t.offer(t.back.tail[i], c.Plus(t.g.cost(a)), a, n, end)
		}
	}
}

// best returns the cheapest cost of a trip that begins at one of the ends and
// follows a tree that leads to its target, or goes there directly; the end is
// -1 in that case, and the cost never where there is no way.
func (t *tree) best(trip *Trip) (c Cost, start, direct int) {
	c, start, direct = never, -1, -1
	for i, d := range trip.Direct {
		if t.less(d, c) {
			c, direct = d, i
		}
	}
	for i, e := range trip.From {
		if there := t.cost[e.Node]; there != never && t.less(there.Plus(e.Cost), c) {
			c, start, direct = there.Plus(e.Cost), i, -1
		}
	}
	return c, start, direct
}

// way returns the cheapest way of the trip by a tree that leads to its target.
func (t *tree) way(trip *Trip) (Way, bool) {
	c, start, direct := t.best(trip)
	if c == never {
		return Way{}, false
	}
	w := Way{Cost: c, Start: start, End: -1, Direct: direct}
	if start < 0 {
		return w, true
	}
	n := trip.From[start].Node
	w.End, w.Arcs = int(t.end[n]), t.follow(nil, n)
	return w, true
}

// follow adds the arcs of the way from the node to where the tree grew from.
func (t *tree) follow(arcs []int32, n int32) []int32 {
	for ; t.arc[n] >= 0; n = t.next[n] {
		arcs = append(arcs, t.arc[n])
	}
	return arcs
}
