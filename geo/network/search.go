package network

import (
	"slices"
	"sync"

	"bivouac/geo/queue"
)

// reached is a node with the time at which it is reached.
type reached struct {
	millis uint32
	node   int32
}

// Before orders by time, equal ones by node.
func (a reached) Before(b reached) bool {
	return a.millis < b.millis || a.millis == b.millis && a.node < b.node
}

// search is one run of Dijkstra's algorithm (1959). Its arrays are used again
// by later ones: a stamp tells what is of this run.
type search struct {
	g      *Graph
	queue  queue.Queue[reached]
	millis []uint32
	arc    []int32 // by which a node is reached; see begun
	stamp  []uint32
	run    uint32
}

// searches are put aside for the next, whatever graph they were for.
var searches sync.Pool

func (t *Travel) search() *search {
	s, _ := searches.Get().(*search)
	if s == nil || len(s.millis) < t.Nodes() {
		n := t.Nodes()
		s = &search{millis: make([]uint32, n), arc: make([]int32, n), stamp: make([]uint32, n)}
	}
	s.g, s.queue = t.Graph, s.queue[:0]
	if s.run++; s.run == 0 {
		clear(s.stamp)
		s.run = 1
	}
	return s
}

func (s *search) done() {
	s.g = nil
	searches.Put(s)
}

// reach notes that a node is reached at the time, if no way before was as
// quick.
func (s *search) reach(node int32, millis uint32, arc int32) {
	if millis == Closed || s.stamp[node] == s.run && s.millis[node] <= millis {
		return
	}
	s.stamp[node], s.millis[node], s.arc[node] = s.run, millis, arc
	s.queue.Push(reached{millis, node})
}

// begin is reach of a node at which the search starts, on a part of the arc.
func (s *search) begin(e seed) { s.reach(e.node, e.millis, begun-e.arc) }

// begun less an arc is that arc, of which the search began in the middle; begun
// + 1 is no arc at all.
const begun = -2

// settle takes the node that is reached next; false for a time that a quicker
// way came before.
func (s *search) settle() (reached, bool) {
	at := s.queue.Pop()
	return at, at.millis == s.millis[at.node]
}

func (s *search) leave(at reached, times []uint32) {
	for arc := s.g.first[at.node]; arc < s.g.first[at.node+1]; arc++ {
		if millis := times[arc]; millis != Closed {
			s.reach(s.g.heads[arc], plus(at.millis, millis), arc)
		}
	}
}

// trace returns the arcs by which a node was reached. The first is the one
// that a place was left by.
func (s *search) trace(node int32) []int32 {
	var arcs []int32
	arc := s.arc[node]
	for ; arc >= 0; arc = s.arc[node] {
		arcs = append(arcs, arc)
		node = s.g.tails[arc]
	}
	if arc <= begun {
		arcs = append(arcs, begun-arc)
	}
	slices.Reverse(arcs)
	return arcs
}

func (s *search) times() []uint32 {
	out := make([]uint32, s.g.Nodes())
	for n := range out {
		out[n] = Closed
		if s.stamp[n] == s.run {
			out[n] = s.millis[n]
		}
	}
	return out
}
