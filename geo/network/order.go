package network

import (
	"context"
	"sync"
	"sync/atomic"

	"bivouac/geo/network/hierarchy"
)

// order is the hierarchy of a graph's nodes, once somebody made it. Graphs of
// one shape share it.
type order struct {
	made  atomic.Pointer[hierarchy.Hierarchy]
	fresh int // arcs of the one that this one goes back to
}

// An order that was carried over edits is made anew when it has grown so much.
const staleOrder = 1.3

// Ordered reports whether searches use a hierarchy: see [Graph.Order].
func (g *Graph) Ordered() bool { return g.order.made.Load() != nil }

// Order makes the hierarchy by which searches in a large graph take a fraction
// of the time, with answers as quick as without. It takes a minute or two for a
// million nodes; with the order of a graph that differs in some places, seconds.
// Whoever asks meanwhile is answered without it. before may be nil.
func (g *Graph) Order(ctx context.Context, before *Graph) error {
	if g.Ordered() {
		return nil
	}
	if before != nil && before.Ordered() {
		h, err := before.order.made.Load().With(ctx, g.coordinates(), g.tails, g.heads)
		if err != nil {
			return err
		}
		if fresh := before.order.fresh; float64(h.Arcs()) <= staleOrder*float64(fresh) {
			g.order.fresh = fresh
			g.order.made.Store(h)
			return nil
		}
	}
	h, err := hierarchy.Build(ctx, g.coordinates(), g.tails, g.heads, nil)
	if err != nil {
		return err
	}
	g.order.fresh = h.Arcs()
	g.order.made.Store(h)
	return nil
}

// metric is the hierarchy under times, made when it is first asked for.
type metric struct {
	mu   sync.Mutex
	made atomic.Pointer[hierarchy.Metric]
	// What it is made of where another one is there already: t's with other
	// times on some arcs.
	before  *Travel
	changed []int32 // these arcs; nil where they are to be looked for
}

// metricOf returns the hierarchy under t's times; nil where the graph has none
// yet, or ctx ends.
func (t *Travel) metricOf(ctx context.Context) *hierarchy.Metric {
	if m := t.metric.made.Load(); m != nil {
		return m
	}
	h := t.order.made.Load()
	if h == nil {
		return nil
	}
	t.metric.mu.Lock()
	defer t.metric.mu.Unlock()
	if m := t.metric.made.Load(); m != nil {
		return m
	}
	m, err := t.customise(ctx, h)
	if err != nil {
		return nil
	}
	t.metric.made.Store(m)
	return m
}

func (t *Travel) customise(ctx context.Context, h *hierarchy.Hierarchy) (*hierarchy.Metric, error) {
	before := t.metric.before
	if before == nil {
		return h.Customise(ctx, t.Times)
	}
	m := before.metric.made.Load()
	if m == nil {
		return h.Customise(ctx, t.Times)
	}
	arcs := t.metric.changed
	if arcs == nil {
		for arc, millis := range t.Times {
			if millis != before.Times[arc] {
				arcs = append(arcs, int32(arc))
			}
		}
	}
	times := make([]uint32, len(arcs))
	for i, arc := range arcs {
		times[i] = t.Times[arc]
	}
	return m.With(arcs, times)
}

// WithTimes returns the graph under other times, by arc: t's own with some of
// them changed, which costs little where they are few. They are kept and must
// not change.
func (t *Travel) WithTimes(times []uint32) *Travel {
	next := *t
	next.Times = times
	next.metric = &metric{before: t}
	return &next
}

// hinted are seeds as the hierarchy takes them.
func hinted(seeds []seed) []hierarchy.Seed {
	out := make([]hierarchy.Seed, len(seeds))
	for i, s := range seeds {
		out[i] = hierarchy.Seed{Node: s.node, Cost: s.millis}
	}
	return out
}

// pathBy is Path by the hierarchy, beside the direct way.
func (t *Travel) pathBy(m *hierarchy.Metric, p Path, direct uint32, arc int32) (Path, bool) {
	from, to := t.out(p.From), t.in(p.To)
	cost, start, end, arcs, ok := m.Path(hinted(from), hinted(to))
	if !ok || cost >= direct {
		if direct == Closed {
			return Path{}, false
		}
		if arc >= 0 {
			p.Arcs = []int32{arc}
		}
		p.Millis = uint64(direct)
		return p, true
	}
	p.Millis = uint64(cost)
	if a := from[start].arc; a >= 0 {
		p.Arcs = append(p.Arcs, a)
	}
	p.Arcs = append(p.Arcs, arcs...)
	if a := to[end].arc; a >= 0 {
		p.Arcs = append(p.Arcs, a)
	}
	return p, true
}

func (t *Travel) matrixBy(ctx context.Context, m *hierarchy.Metric, from, to []Place) ([][]uint32, error) {
	seeds := func(places []Place, of func(Place) []seed) [][]hierarchy.Seed {
		out := make([][]hierarchy.Seed, len(places))
		for i, p := range places {
			out[i] = hinted(of(p))
		}
		return out
	}
	flat, err := m.Matrix(ctx, seeds(from, t.out), seeds(to, t.in))
	if err != nil {
		return nil, err
	}
	out := make([][]uint32, len(from))
	for i, a := range from {
		out[i] = flat[i*len(to) : (i+1)*len(to)]
		for j, b := range to {
			direct, _ := t.direct(a, b)
			out[i][j] = min(out[i][j], direct)
		}
	}
	return out, nil
}
