package network

// Bridges reports for each segment whether it is a single point of failure:
// without it its two ends are no longer connected (bridges by lowest points,
// Tarjan 1974). A junction counts as one place, and a road as open both ways
// where it is in one: turn restrictions, barriers and one-way rules are not
// reckoned with, so that under them there may be more.
func (t *Travel) Bridges() []bool {
	b := bridges{Travel: t, edges: t.edges(), order: make([]int32, t.Nodes()), low: make([]int32, t.Nodes()), out: make([]bool, t.Segments())}
	for root := range int32(t.Nodes()) {
		if b.edges.first[root] < b.edges.first[root+1] && b.order[root] == 0 {
			b.visit(root)
		}
	}
	return b.out
}

// edge is one end of an open segment, or of a join, at a junction.
type edge struct {
	to  int32
	arc int32 // that of the segment along its line, or of the join: names the edge
}

// incidence is edges by junction.
type incidence struct {
	first []int32
	list  []edge
}

func (t *Travel) edges() incidence {
	e := incidence{first: make([]int32, t.Nodes()+1)}
	each := func(take func(a, b, arc int32)) {
		for arc := range int32(t.Arcs()) {
			s, forward, ok := t.Segment(arc)
			a, b := t.Junction(t.tails[arc]), t.Junction(t.heads[arc])
			switch {
			case ok && !forward, ok && !t.Open(s), !ok && t.Times[arc] == Closed, a == b:
				continue
			}
			take(a, b, arc)
		}
	}
	each(func(a, b, _ int32) { e.first[a+1]++; e.first[b+1]++ })
	for n := range t.Nodes() {
		e.first[n+1] += e.first[n]
	}
	next := append([]int32(nil), e.first...)
	e.list = make([]edge, e.first[t.Nodes()])
	each(func(a, b, arc int32) {
		e.list[next[a]] = edge{b, arc}
		e.list[next[b]] = edge{a, arc}
		next[a]++
		next[b]++
	})
	return e
}

// bridges is the search, with a stack of its own.
type bridges struct {
	*Travel
	edges      incidence
	order, low []int32 // order counts from 1; 0 is not seen yet
	seen       int32
	stack      []crossing
	out        []bool
}

// crossing is a junction, by which edge it was come to, and the next to look at.
type crossing struct{ node, by, next int32 }

func (b *bridges) enter(n, by int32) {
	b.seen++
	b.order[n], b.low[n] = b.seen, b.seen
	b.stack = append(b.stack, crossing{n, by, b.edges.first[n]})
}

func (b *bridges) visit(root int32) {
	b.enter(root, -1)
	for len(b.stack) > 0 {
		c := &b.stack[len(b.stack)-1]
		if c.next == b.edges.first[c.node+1] {
			b.leave()
			continue
		}
		e := b.edges.list[c.next]
		c.next++
		switch {
		case e.arc == c.by:
		case b.order[e.to] == 0:
			b.enter(e.to, e.arc)
		default:
			b.low[c.node] = min(b.low[c.node], b.order[e.to])
		}
	}
}

func (b *bridges) leave() {
	done := b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	if len(b.stack) == 0 {
		return
	}
	up := b.stack[len(b.stack)-1].node
	b.low[up] = min(b.low[up], b.low[done.node])
	if s, _, ok := b.Segment(done.by); ok && b.low[done.node] > b.order[up] {
		b.out[s] = true
	}
}
