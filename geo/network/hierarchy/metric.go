package hierarchy

import (
	"context"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"bivouac/geo"
)

// Metric is a hierarchy with weights. It does not change, and any number of
// goroutines may ask it at once.
type Metric struct {
	*Hierarchy
	weights []uint32 // of the arcs of the graph
	up      []uint32 // of each arc of the hierarchy, from the lower end to the higher one
	back    []uint32 // from the higher end to the lower one

	// What each weight is made of: the complement of an arc of the graph, or the
	// arc of the hierarchy to the tail from the lowest rank of a triangle below.
	upBy, backBy []int32
}

// Customise takes in the weights of all arcs of the graph, [Unreached] for one
// that is closed. The weights are kept, and must not change.
func (h *Hierarchy) Customise(ctx context.Context, weights []uint32) (*Metric, error) {
	if len(weights) != len(h.place) {
		return nil, geo.Errorf(geo.Invalid, "weights", "there are %d weights and %d arcs; give one for each arc", len(weights), len(h.place))
	}
	m := &Metric{Hierarchy: h, weights: weights}
	if err := m.customise(ctx); err != nil {
		return nil, err
	}
	return m, nil
}

const (
	leastTask = 1 << 10 // ranks of a subtree that is worth handing over
	taskShare = 32      // of all ranks, a subtree of more is divided
)

// customise works on subtrees that have nothing in common at the same time,
// then on what lies above them: whoever ends the last child of a node goes on
// with it.
func (m *Metric) customise(ctx context.Context) error {
	m.up, m.back = make([]uint32, len(m.head)), make([]uint32, len(m.head))
	m.upBy, m.backBy = make([]int32, len(m.head)), make([]int32, len(m.head))
	roots, waits := m.tasks()
	var next atomic.Int64
	var working sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		working.Go(func() {
			places := make([]int32, m.levelCount)
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(roots) {
					return
				}
				for r := roots[i].first; r <= roots[i].root; r++ {
					m.pull(r, places)
				}
				for r := m.parent[roots[i].root]; r >= 0 && waits[r].Add(-1) == 0 && ctx.Err() == nil; r = m.parent[r] {
					m.pull(r, places)
				}
			}
		})
	}
	working.Wait()
	return ctx.Err()
}

// task is a subtree: ranks from first to root.
type task struct{ first, root int32 }

// tasks returns the greatest subtrees that are not too large, and for each rank
// above them how many children it waits for.
func (m *Metric) tasks() ([]task, map[int32]*atomic.Int32) {
	size := make([]int32, len(m.parent))
	limit := int32(max(leastTask, len(size)/taskShare))
	waits := map[int32]*atomic.Int32{}
	for r, p := range m.parent {
		size[r]++
		if p >= 0 {
			size[p] += size[r]
		}
	}
	var tasks []task
	for r, p := range m.parent {
		if p >= 0 && size[p] > limit {
			if waits[p] == nil {
				waits[p] = new(atomic.Int32)
			}
			waits[p].Add(1)
		}
		if size[r] <= limit && (p < 0 || size[p] > limit) {
			tasks = append(tasks, task{int32(r) - size[r] + 1, int32(r)})
		}
	}
	return tasks, waits
}

// pull sets the weights of the arcs that a rank leaves upwards, from the graph
// and from all triangles below: from r down to s and up to t, and the other way
// round. Those of lower ranks must be set. places is room for a place a depth.
func (m *Metric) pull(r int32, places []int32) {
	for a := m.first[r]; a < m.first[r+1]; a++ {
		m.give(a)
		places[m.headDepth[a]] = a
	}
	for i := m.downFirst[r]; i < m.downFirst[r+1]; i++ {
		a, end := m.down[i], m.first[m.downTail[i]+1]
		down, up := uint64(m.back[a]), uint64(m.up[a]) // from r to s, from s to r
		for b := a + 1; b < end; b++ {
			c := places[m.headDepth[b]]
			if w := down + uint64(m.up[b]); w < uint64(m.up[c]) {
				m.up[c], m.upBy[c] = uint32(w), a
			}
			if w := up + uint64(m.back[b]); w < uint64(m.back[c]) {
				m.back[c], m.backBy[c] = uint32(w), a
			}
		}
	}
}

// give sets the weights of an arc to what the graph itself gives for it.
func (m *Metric) give(a int32) {
	m.up[a], m.back[a] = Unreached, Unreached
	for _, i := range m.made[m.madeFirst[a]:m.madeFirst[a+1]] {
		weight, by := &m.up[a], &m.upBy[a]
		if m.place[i]&1 == 1 {
			weight, by = &m.back[a], &m.backBy[a]
		}
		if m.weights[i] < *weight {
			*weight, *by = m.weights[i], ^i
		}
	}
}

// With returns the metric in which some arcs have other weights. It costs what
// the changes reach, and where they are many, a customisation.
func (m *Metric) With(arcs []int32, weights []uint32) (*Metric, error) {
	if len(arcs) != len(weights) {
		return nil, geo.Errorf(geo.Invalid, "weights", "there are %d weights for %d arcs; give one for each", len(weights), len(arcs))
	}
	for _, i := range arcs {
		if i < 0 || int(i) >= len(m.place) {
			return nil, geo.Errorf(geo.Invalid, "arcs", "there is no arc %d among %d, from 0 on", i, len(m.place))
		}
	}
	n := &Metric{Hierarchy: m.Hierarchy, weights: slices.Clone(m.weights)}
	for k, i := range arcs {
		n.weights[i] = weights[k]
	}
	if len(arcs) > len(m.place)/fewShare {
		return n, n.customise(context.Background())
	}
	n.up, n.back = slices.Clone(m.up), slices.Clone(m.back)
	n.upBy, n.backBy = slices.Clone(m.upBy), slices.Clone(m.backBy)
	n.change(arcs)
	return n, nil
}

// fewShare is of how many arcs one may change before all are customised.
const fewShare = 200

// change brings the weights up to date after those of some arcs of the graph
// changed: an arc of the hierarchy at a time, from the lowest up, and of those
// above it only the ones that depended on it or that gain by it.
func (m *Metric) change(arcs []int32) {
	q := newWaiting(len(m.head))
	for _, i := range arcs {
		if m.place[i] >= 0 {
			q.add(m.place[i] >> 1)
		}
	}
	for a := q.take(); a >= 0; a = q.take() {
		oldUp, oldBack := m.up[a], m.back[a]
		if m.refresh(a); oldUp != m.up[a] || oldBack != m.back[a] {
			m.wake(q, a, oldUp, oldBack)
		}
	}
}

// refresh sets the weights of an arc anew, from the graph and the triangles
// below.
func (m *Metric) refresh(a int32) {
	m.give(a)
	i, end := m.downFirst[m.tail[a]], m.downFirst[m.tail[a]+1]
	j, last := m.downFirst[m.head[a]], m.downFirst[m.head[a]+1]
	for i < end && j < last {
		t, u := m.downTail[i], m.downTail[j]
		switch {
		case t < u:
			i++
			continue
		case u < t:
			j++
			continue
		}
		b, c := m.down[i], m.down[j]
		if w := sum(m.back[b], m.up[c]); w < m.up[a] {
			m.up[a], m.upBy[a] = w, b
		}
		if w := sum(m.back[c], m.up[b]); w < m.back[a] {
			m.back[a], m.backBy[a] = w, b
		}
		i, j = i+1, j+1
	}
}

// wake puts down the arcs above one that changed that must be looked at.
func (m *Metric) wake(q *waiting, a int32, oldUp, oldBack uint32) {
	r := m.tail[a]
	for b := m.first[r]; b < m.first[r+1]; b++ {
		if a == b {
			continue
		}
		c := m.arc(m.head[min(a, b)], m.head[max(a, b)])
		wasThere, wasBack := sum(oldBack, m.up[b]), sum(m.back[b], oldUp)
		there, back := sum(m.back[a], m.up[b]), sum(m.back[b], m.up[a])
		if a > b { // the head of b is the lower one
			wasThere, wasBack, there, back = wasBack, wasThere, back, there
		}
		if matters(wasThere, there, m.up[c]) || matters(wasBack, back, m.back[c]) {
			q.add(c)
		}
	}
}

// matters reports whether a sum that changed made the weight, or will.
func matters(was, is, weight uint32) bool { return is < weight || was == weight && is != was }

// sum adds two costs. What is not reached stays so.
func sum(a, b uint32) uint32 { return uint32(min(uint64(a)+uint64(b), Unreached)) }

// waiting is a set of arcs that gives them back from the lowest on. What is
// added must be higher than what was taken.
type waiting struct {
	bits []uint64
	at   int // word from which on there may be some
}

func newWaiting(arcs int) *waiting { return &waiting{bits: make([]uint64, arcs/64+1)} }

func (w *waiting) add(arc int32) { w.bits[arc/64] |= 1 << (arc % 64) }

// take returns the lowest arc, or -1.
func (w *waiting) take() int32 {
	for ; w.at < len(w.bits); w.at++ {
		if word := w.bits[w.at]; word != 0 {
			w.bits[w.at] = word & (word - 1)
			return int32(w.at*64 + bits.TrailingZeros64(word))
		}
	}
	return -1
}
