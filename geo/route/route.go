// Package route answers by which ways one may go: the fastest, the least
// risky, all that lie between them, others that share little with these, and
// what waits along the way.
//
// The searches (tree.go, chain.go, pareto.go, alternative.go) work on a
// directed graph in plain arrays. Time and risk are whole numbers and add up
// along a way, so that sums are exact and answers do not hang on their order.
package route

import (
	"math"

	"bivouac/geo"
)

// Closed is the time of an arc that cannot be used.
const Closed = math.MaxUint32

// Arcs is a directed graph. The arcs of node n are those from First[n] to
// before First[n+1]; First has one entry more than there are nodes.
type Arcs struct {
	First []int32
	Head  []int32
	Time  []uint32 // milliseconds, or Closed
	Risk  []uint64 // billionths; nil is none anywhere
}

// Cost is what a way, or a part of it, takes.
type Cost struct {
	Time uint64 // milliseconds
	Risk uint64 // billionths of the unit of risk
}

// Plus returns the sum.
func (c Cost) Plus(d Cost) Cost { return Cost{c.Time + d.Time, c.Risk + d.Risk} }

// End is a way into the graph, or out of it: a node, and what lies between it
// and the place that is meant.
type End struct {
	Node int32
	Cost Cost
}

// Trip is what a way is asked for: from the place that the ends of From lead
// into the graph, to the one that those of To lead to. Direct are the costs
// of ways between the two that meet no node, as where both lie on one segment.
type Trip struct {
	From, To []End
	Direct   []Cost
}

// Way is one way of a trip: in by From[Start], over Arcs, out by To[End].
// Where no node is met, Start and End are -1 and Direct counts instead.
type Way struct {
	Cost       Cost
	Start, End int
	Direct     int
	Arcs       []int32
}

// nodes returns how many nodes there are.
func (g *Arcs) nodes() int { return len(g.First) - 1 }

// cost returns what arc a takes.
func (g *Arcs) cost(a int32) Cost {
	c := Cost{Time: uint64(g.Time[a])}
	if g.Risk != nil {
		c.Risk = g.Risk[a]
	}
	return c
}

// check refuses a graph whose arrays do not fit together, and a trip that
// does not lie in it.
func (g *Arcs) check(t *Trip) error {
	if len(g.First) == 0 || int(g.First[g.nodes()]) != len(g.Head) || len(g.Time) != len(g.Head) || g.Risk != nil && len(g.Risk) != len(g.Head) {
		return geo.Errorf(geo.Internal, "route", "the arrays of the graph do not fit together")
	}
	for _, ends := range [][]End{t.From, t.To} {
		for _, e := range ends {
			if e.Node < 0 || int(e.Node) >= g.nodes() {
				return geo.Errorf(geo.Internal, "route", "node %d is none of the graph's %d", e.Node, g.nodes())
			}
		}
	}
	return nil
}

// turned is the graph seen from its heads: the arcs into node n, as positions
// in the graph that it was made of, and the nodes that they come from.
type turned struct {
	first, arc, tail []int32
}

func (g *Arcs) turned() *turned {
	t := &turned{first: make([]int32, len(g.First)), arc: make([]int32, len(g.Head)), tail: make([]int32, len(g.Head))}
	for _, h := range g.Head {
		t.first[h+1]++
	}
	for n := range g.nodes() {
		t.first[n+1] += t.first[n]
	}
	next := append([]int32(nil), t.first...)
	for n := range g.nodes() {
		for a := g.First[n]; a < g.First[n+1]; a++ {
			h := g.Head[a]
			t.arc[next[h]], t.tail[next[h]] = a, int32(n)
			next[h]++
		}
	}
	return t
}
