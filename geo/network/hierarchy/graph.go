package hierarchy

import "slices"

// graph is undirected and simple: each node has its neighbours once, in order.
type graph struct {
	first []int32 // of each node in head, and one more
	head  []int32
}

func (g *graph) nodes() int { return len(g.first) - 1 }

func (g *graph) of(v int32) []int32 { return g.head[g.first[v]:g.first[v+1]] }

// simple makes a graph of n nodes of arcs in any directions.
func simple(n int, tail, head []int32) *graph {
	// Counting by one end and then by the other sorts by both.
	byHead := make([]int32, n+2)
	for i := range tail {
		byHead[tail[i]+2]++
		byHead[head[i]+2]++
	}
	for v := 2; v < len(byHead); v++ {
		byHead[v] += byHead[v-1]
	}
	other := make([]int32, 2*len(tail))
	put := func(at, v int32) {
		other[byHead[at+1]] = v
		byHead[at+1]++
	}
	for i := range tail {
		put(tail[i], head[i])
		put(head[i], tail[i])
	}
	g := &graph{first: make([]int32, n+1)}
	next := 0
	for v := range int32(n) {
		list := other[byHead[v]:byHead[v+1]]
		slices.Sort(list)
		last := int32(-1)
		for _, w := range list {
			if w != last && w != v {
				other[next] = w
				next++
			}
			last = w
		}
		g.first[v+1] = int32(next)
	}
	g.head = slices.Clone(other[:next])
	return g
}

// induced is the part of the graph with these nodes, which stand in order. Node
// i of it is nodes[i].
func (g *graph) induced(nodes []int32) *graph {
	local := make([]int32, g.nodes())
	for i := range local {
		local[i] = -1
	}
	for i, v := range nodes {
		local[v] = int32(i)
	}
	p := &graph{first: make([]int32, 1, len(nodes)+1)}
	for _, v := range nodes {
		for _, w := range g.of(v) {
			if local[w] >= 0 {
				p.head = append(p.head, local[w])
			}
		}
		p.first = append(p.first, int32(len(p.head)))
	}
	return p
}

// rounds is how often nodes are contracted before the rest is dissected. A way
// without junctions has less than half of its nodes after two; but a ladder,
// such as two carriageways, would be taken apart from its ends, and become a
// tree as high as it is long.
const rounds = 16

// pruned contracts nodes with at most two neighbours, again and again. It
// returns them in that order, and the rest with the graph that is left of it.
// Each round contracts no two neighbours, so that a long way becomes a low
// tree.
func (g *graph) pruned() (order, rest []int32, left *graph) {
	p := &pruning{
		graph: graph{g.first, slices.Clone(g.head)},
		count: make([]int32, g.nodes()), round: make([]int32, g.nodes()), gone: make([]bool, g.nodes()),
	}
	candidates := make([]int32, g.nodes())
	for v := range candidates {
		p.count[v] = g.first[v+1] - g.first[v]
		candidates[v] = int32(v)
	}
	for p.now = 1; len(candidates) > 0 && p.now <= rounds; p.now++ {
		p.next = p.next[:0]
		for _, v := range candidates {
			if !p.gone[v] && p.count[v] <= 2 && p.round[v] != p.now {
				order = append(order, v)
				p.contract(v)
			}
		}
		candidates, p.next = p.next, candidates
	}
	for v := range int32(g.nodes()) {
		if !p.gone[v] {
			rest = append(rest, v)
		}
	}
	for v := range p.count {
		slices.Sort(p.list(int32(v)))
	}
	return order, rest, p.left(rest)
}

// pruning is a graph from which nodes are taken. The neighbours of a node that
// is contracted have no more neighbours afterwards than before, so the lists
// stay in their places.
type pruning struct {
	graph
	count []int32 // neighbours that each node has left
	round []int32 // in which a neighbour of each went last
	now   int32
	gone  []bool
	next  []int32 // candidates of the next round: those of which a neighbour went
}

func (p *pruning) list(v int32) []int32 { return p.head[p.first[v]:][:p.count[v]] }

// contract takes out a node with at most two neighbours, and joins these.
func (p *pruning) contract(v int32) {
	p.gone[v] = true
	list := p.list(v)
	for i, w := range list {
		other := int32(-1)
		if len(list) == 2 {
			other = list[1-i]
		}
		p.replace(w, v, other)
		if p.round[w] != p.now {
			p.round[w] = p.now
			p.next = append(p.next, w)
		}
	}
}

// replace puts another neighbour of v in the place of one, or none where the
// other is there already or is -1.
func (p *pruning) replace(v, one, other int32) {
	list := p.list(v)
	at := slices.Index(list, one)
	if other >= 0 && !slices.Contains(list, other) {
		list[at] = other
		return
	}
	list[at] = list[len(list)-1]
	p.count[v]--
}

func (p *pruning) left(rest []int32) *graph {
	first, head := make([]int32, 1, len(p.first)), make([]int32, 0, len(rest)*3)
	for v := range int32(len(p.count)) {
		if !p.gone[v] {
			head = append(head, p.list(v)...)
		}
		first = append(first, int32(len(head)))
	}
	whole := &graph{first, head}
	return whole.induced(rest)
}
