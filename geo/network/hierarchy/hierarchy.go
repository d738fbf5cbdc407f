// Package hierarchy answers which way is the shortest, between two places, from
// one to all, and between many, on graphs of millions of arcs whose weights
// change: customisable contraction hierarchies (Dibbelt, Strasser and Wagner
// 2016, Customizable Contraction Hierarchies, ACM Journal of Experimental
// Algorithmics 21).
//
// [Build] orders the nodes once, by the graph alone: nested dissection (George
// 1973) with separators by inertial flow (Schild and Sommer 2015, On balanced
// separators in road networks, SEA). [Hierarchy.Customise] takes weights in, in
// parts of a second, and gives a [Metric], which answers. Of a few weights that
// changed, [Metric.With] makes another Metric.
//
// A node's rank is its place in the order. An arc of the hierarchy leads from
// the lower to the higher of two nodes that the graph joins, or that it would
// join if all nodes below both were contracted. All arcs that leave a node
// upwards lead to its ancestors in the elimination tree, so that a search is a
// walk to the root, and what two nodes have in common is the beginning of both
// walks, seen from the root. Nodes are ranked in postorder of that tree, which
// keeps together in memory what a sweep reads together.
//
// Weights are uint32. [Unreached] is an arc that is closed, and a node that no
// way leads to; sums stop there instead of overflowing.
package hierarchy

import (
	"context"
	"math"
	"sync"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Unreached is the weight of a closed arc and the cost of what is not reached.
const Unreached = math.MaxUint32

// Hierarchy is a graph in the order of its contraction, without weights. It
// does not change, and any number of goroutines may use it.
type Hierarchy struct {
	points []orb.Point // as given
	order  []int32     // the node of each rank
	rank   []int32     // of each node
	parent []int32     // rank of the parent of each rank in the elimination tree, -1 for a root
	depth  []int32     // of each rank, 0 for a root

	// The arcs, in order of their lower end, then the higher one.
	first     []int32 // of each rank, and one more
	tail      []int32 // the lower rank
	head      []int32 // the higher rank
	headDepth []int32 // its depth

	// The same arcs in order of their higher end, then the lower one.
	downFirst []int32 // of each rank, and one more
	down      []int32 // arcs
	downTail  []int32 // their lower ends

	place      []int32 // of each arc of the graph: twice the arc that it is part of, and one where it leads down; -1 for a loop
	madeFirst  []int32 // of each arc, and one more
	made       []int32 // arcs of the graph
	scratch    sync.Pool
	levelCount int // depths there are
}

// Build orders a graph of nodes at points and directed arcs from tail to head.
// Arcs between the same two nodes, loops, and graphs in parts are taken as they
// are. told, unless nil, hears how many nodes of all have their place, never
// from two goroutines at once. The points are kept, and must not change. The
// answer does not depend on the number of processors. A graph whose hierarchy
// would outgrow the memory, as no network of roads does, is an error.
func Build(ctx context.Context, points []orb.Point, tail, head []int32, told func(done, total int)) (*Hierarchy, error) {
	if err := check(points, tail, head); err != nil {
		return nil, err
	}
	g := simple(len(points), tail, head)
	order, err := dissection(ctx, points, g, told)
	if err != nil {
		return nil, err
	}
	return fill(ctx, points, g, order, tail, head)
}

// With makes the hierarchy of a graph that differs in some places, by the old
// order, in seconds where Build takes a minute. Nodes are the same that lie at
// the same point; of several at one point the first is the first. New ones come
// below all others. It answers as one made by Build does; what changed much is
// better built anew, since [Hierarchy.Arcs] grows where new ways join what the
// old order keeps apart.
func (h *Hierarchy) With(ctx context.Context, points []orb.Point, tail, head []int32) (*Hierarchy, error) {
	if err := check(points, tail, head); err != nil {
		return nil, err
	}
	g := simple(len(points), tail, head)
	old, fresh := h.matched(points)
	order := make([]int32, 0, len(points))
	if len(fresh) > 0 {
		part, places := g.induced(fresh), make([]orb.Point, len(fresh))
		for i, v := range fresh {
			places[i] = points[v]
		}
		low, err := dissection(ctx, places, part, nil)
		if err != nil {
			return nil, err
		}
		for _, v := range low {
			order = append(order, fresh[v])
		}
	}
	return fill(ctx, points, g, append(order, old...), tail, head)
}

// matched returns the nodes at points that are the old ones, in the old order,
// and the new ones.
func (h *Hierarchy) matched(points []orb.Point) (old, fresh []int32) {
	// Nodes at one point form a list, the first one first.
	at, next := make(map[orb.Point]int32, len(points)), make([]int32, len(points))
	for v := len(points) - 1; v >= 0; v-- {
		after, ok := at[points[v]]
		if !ok {
			after = -1
		}
		at[points[v]], next[v] = int32(v), after
	}
	same := make([]int32, len(h.points))
	taken := make([]bool, len(points))
	for v, p := range h.points {
		same[v] = -1
		if w, ok := at[p]; ok && w >= 0 {
			same[v], at[p], taken[w] = w, next[w], true
		}
	}
	for _, v := range h.order {
		if same[v] >= 0 {
			old = append(old, same[v])
		}
	}
	for v := range points {
		if !taken[v] {
			fresh = append(fresh, int32(v))
		}
	}
	return old, fresh
}

// Nodes returns how many nodes the graph has.
func (h *Hierarchy) Nodes() int { return len(h.order) }

// Arcs returns how many arcs the hierarchy has, each for both directions: the
// work of a customisation grows with them.
func (h *Hierarchy) Arcs() int { return len(h.head) }

// Levels returns how many nodes a walk to the root passes at most.
func (h *Hierarchy) Levels() int { return h.levelCount }

// maxArcs keeps twice the number of an arc within an int32.
const maxArcs = math.MaxInt32 / 2

func check(points []orb.Point, tail, head []int32) error {
	if len(tail) != len(head) {
		return geo.Errorf(geo.Invalid, "head", "there are %d tails and %d heads of arcs; give one head for each tail", len(tail), len(head))
	}
	if len(points) > maxArcs || len(tail) > maxArcs {
		return geo.Errorf(geo.TooLarge, "", "a graph has at most %d nodes and as many arcs", maxArcs)
	}
	for v, p := range points {
		if d := p[0] - p[0] + p[1] - p[1]; d != 0 {
			return geo.Errorf(geo.Invalid, "points", "node %d lies at %v, %v; give finite degrees", v, p[0], p[1])
		}
	}
	for i := range tail {
		if u := uint32(len(points)); uint32(tail[i]) >= u || uint32(head[i]) >= u {
			return geo.Errorf(geo.Invalid, "tail", "arc %d leads from node %d to %d, and there are %d nodes, from 0 on", i, tail[i], head[i], len(points))
		}
	}
	return nil
}
