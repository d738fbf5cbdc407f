package network

import (
	"context"
	"slices"
	"sync"

	"bivouac/geo/measure"
)

// assembly is the edges of a graph before its arcs are in order. Edges are the
// segments, then the joins; edge e has the arcs 2e, along it, and 2e+1.
type assembly struct {
	*draft
	g      *Graph
	nodes  map[knot]int32
	ends   [][2]int32 // nodes of edges
	begins []bool     // of segments: it is the first of its line

	lastLine int     // of the segment before
	tail     []int32 // of arcs
	head     []int32
	refs     []int32
	halves   map[int32][]half // what meets at a junction that is taken apart
}

// half is one end of an edge: its first (0) or its last (1).
type half struct{ edge, end int32 }

// in is the arc that arrives by the half, out the one that leaves.
func (h half) in() int32  { return 2*h.edge + 1 - h.end }
func (h half) out() int32 { return 2*h.edge + h.end }

// graph cuts the lines into segments and makes the graph of them.
func (d *draft) graph(ctx context.Context) (*Graph, error) {
	g := &Graph{ways: d.ways, controls: d.controls, counts: d.counts, order: &order{}, ports: map[int32]int32{}, cuts: map[int32]bool{}}
	a := &assembly{draft: d, g: g, nodes: map[knot]int32{}}
	g.starts = []uint32{0}
	a.segments()
	a.pair()
	a.turns()
	g.defects = d.defects
	if err := g.measureSegments(ctx); err != nil {
		return nil, err
	}
	a.arrange()
	var err error
	g.near, err = newNeighbours(&g.courses)
	return g, err
}

func (a *assembly) node(k knot) int32 {
	n, ok := a.nodes[k]
	if !ok {
		n = int32(len(a.g.points))
		a.nodes[k] = n
		a.g.points = append(a.g.points, k.at)
	}
	return n
}

// segments walks along the lines, and begins a segment at each node and cut.
func (a *assembly) segments() {
	cuts := a.added
	for line := range a.lineWay {
		from, to := a.span(int32(line))
		start := int32(-1) // the node at which the segment in the making begins
		for v := from; v < to; v++ {
			a.g.at = append(a.g.at, a.at[v])
			if a.marked(v) {
				start = a.segment(line, start, knot{a.at[v], -1})
			}
			for len(cuts) > 0 && cuts[0].vertex == v {
				at := cuts[0].at
				if cuts = cuts[1:]; at != a.g.at[len(a.g.at)-1] {
					a.g.at = append(a.g.at, at)
					start = a.segment(line, start, knot{at, int32(v)})
					a.g.cuts[start] = true
				}
			}
		}
		a.g.at = a.g.at[:a.g.starts[len(a.g.starts)-1]] // the last node began nothing
	}
}

// segment ends the segment in the making at a node, and begins the next there.
func (a *assembly) segment(line int, start int32, end knot) int32 {
	n := a.node(end)
	if start < 0 {
		return n
	}
	e := len(a.ends)
	a.ends = append(a.ends, [2]int32{start, n})
	a.begins = append(a.begins, e == 0 || a.lastLine != line)
	a.lastLine = line
	a.g.wayOf = append(a.g.wayOf, a.lineWay[line])
	a.g.end()
	a.g.at = append(a.g.at, end.at)
	return n
}

// pair adds the joins as edges.
func (a *assembly) pair() {
	for e := range a.g.wayOf {
		a.refs = append(a.refs, int32(2*e), int32(2*e+1))
	}
	for _, p := range a.pairs {
		from, to := a.node(p.from), a.node(p.to)
		a.g.joins = append(a.g.joins, Join{p.ways, p.from.at.point(), p.to.at.point(), p.metres, p.split})
		a.ends = append(a.ends, [2]int32{from, to})
		ref := ^int32(len(a.g.turns))
		a.g.turns = append(a.g.turns, turn{ways: p.ways})
		a.refs = append(a.refs, ref, ref)
	}
	for _, e := range a.ends {
		a.tail, a.head = append(a.tail, e[0], e[1]), append(a.head, e[1], e[0])
	}
}

// turns takes the junctions apart at which something holds traffic up. Turning
// round is one of the passages, as it is at every junction.
func (a *assembly) turns() {
	var knots []knot
	held := map[int32][]gate{}
	for k, gates := range a.gates {
		knots = append(knots, k)
		held[a.node(k)] = gates
	}
	slices.SortFunc(knots, knot.compare)
	nodes := make([]int32, 0, len(knots))
	for _, k := range knots {
		nodes = append(nodes, a.nodes[k])
	}
	nodes = append(nodes, a.veiled(held)...)
	a.halves = map[int32][]half{}
	for _, n := range nodes {
		a.halves[n] = nil
	}
	for e, ends := range a.ends {
		for end, n := range ends {
			if _, apart := a.halves[n]; apart {
				a.halves[n] = append(a.halves[n], half{int32(e), int32(end)})
			}
		}
	}
	bears := make([]bool, len(a.points))
	for _, n := range nodes {
		a.port(n, a.halves[n])
		a.passages(a.halves[n], held[n], bears)
	}
	a.unmet(bears)
}

// passages adds the turn arcs of a junction, and notes which points bear on
// one.
func (a *assembly) passages(halves []half, gates []gate, bears []bool) {
	ways := make([]int32, len(halves))
	for i, h := range halves {
		ways[i] = a.wayOfEdge(h.edge)
	}
	meeting := func(id string) []int32 {
		var out []int32
		for _, w := range a.sources[id] {
			if slices.Contains(ways, w) {
				out = append(out, w)
			}
		}
		return out
	}
	from, to := make([][]int32, len(gates)), make([][]int32, len(gates))
	for i, gt := range gates {
		p := &a.points[gt.point]
		from[i], to[i] = meeting(p.from), meeting(p.to)
		if p.only() {
			a.controls[gt.control].needs = to[i]
		}
	}
	for i, in := range halves {
		for j, out := range halves {
			t := turn{ways: [2]int32{-1, -1}}
			for k, gt := range gates {
				p := &a.points[gt.point]
				// A barrier bears on all but turning round before it.
				if p.barrier() && i != j || p.known() && len(to[k]) > 0 && p.forbids(from[k], to[k], ways[i], ways[j]) {
					t.controls = append(t.controls, gt.control)
					bears[gt.point] = true
				}
			}
			if i == j {
				t.veiled = a.reasons(halves, in, gates)
			}
			a.tail = append(a.tail, a.head[in.in()])
			a.head = append(a.head, a.tail[out.out()])
			a.refs = append(a.refs, ^int32(len(a.g.turns)))
			a.g.turns = append(a.g.turns, t)
		}
	}
}

// port gives each half of a junction a node to arrive at and one to leave
// from.
func (a *assembly) port(n int32, halves []half) {
	g, next := a.g, n
	junction := int32(len(g.apart))
	var all []int32
	take := func() int32 {
		port := next
		all = append(all, port)
		g.ports[port] = junction
		next = int32(len(g.points))
		return port
	}
	for i, h := range halves {
		if i > 0 {
			g.points = append(g.points, g.points[n])
		}
		a.head[h.in()] = take()
		g.points = append(g.points, g.points[n])
		a.tail[h.out()] = take()
	}
	g.apart = append(g.apart, all)
}

// wayOfEdge returns the way of a segment, -1 for a join.
func (a *assembly) wayOfEdge(e int32) int32 {
	if int(e) < len(a.g.wayOf) {
		return a.g.wayOf[e]
	}
	return -1
}

// unmet notes the restrictions that bear on no passage.
func (a *assembly) unmet(bears []bool) {
	placed := map[int32]bool{}
	for _, gates := range a.gates {
		for _, gt := range gates {
			placed[gt.point] = true
		}
	}
	for i := range a.points {
		switch p := &a.points[i]; {
		case bears[i] || p.barrier() || !placed[int32(i)]:
		case !p.known():
			a.controlDefect(NoKind, &p.control)
		default:
			a.controlDefect(NoTurn, &p.control)
		}
	}
}

// measureSegments finds the lengths, on all processors.
func (g *Graph) measureSegments(ctx context.Context) error {
	g.metres = make([]float64, len(g.wayOf))
	var wait sync.WaitGroup
	const part = 1 << 12
	for from := 0; from < len(g.metres); from += part {
		wait.Go(func() {
			if ctx.Err() != nil {
				return
			}
			for s := from; s < min(from+part, len(g.metres)); s++ {
				g.metres[s] = measure.Length(g.line(int32(s)))
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}

// arrange puts the arcs in order of their tails.
func (a *assembly) arrange() {
	g := a.g
	g.first = make([]int32, len(g.points)+1)
	for _, n := range a.tail {
		g.first[n+1]++
	}
	for n := range g.points {
		g.first[n+1] += g.first[n]
	}
	next := slices.Clone(g.first)
	arcs := len(a.tail)
	g.tails, g.heads, g.refs = make([]int32, arcs), make([]int32, arcs), make([]int32, arcs)
	g.arcs = make([][2]int32, len(g.wayOf))
	for i, n := range a.tail {
		arc := next[n]
		next[n]++
		g.tails[arc], g.heads[arc], g.refs[arc] = n, a.head[i], a.refs[i]
		if ref := a.refs[i]; ref >= 0 {
			g.arcs[ref>>1][ref&1] = arc
		}
	}
}
