package route

// chains is what of a graph may be of use to a trip, without the nodes where
// nothing is to be decided: dead ends are gone, and arcs through nodes of two
// neighbours are joined into one. Costs add up exactly.
type chains struct {
	g     *Arcs
	use   []bool  // by node of g: may lie on a way that counts
	node  []int32 // to the node of g
	at    []int32 // from the node of g, -1 where it is none
	first []int32 // by node: its chains are those from first[n] to before first[n+1]
	head  []int32
	cost  []Cost
	arc   []int32 // the first arc of each chain in g
}

// newChains joins what use leaves of g; the nodes of keep stay nodes.
func newChains(g *Arcs, back *turned, use []bool, keep []int32) *chains {
	c := &chains{g: g, use: use, at: make([]int32, g.nodes()), first: []int32{0}}
	end := map[int32]bool{}
	for _, n := range keep {
		end[n] = true
	}
	c.peel(back, end)
	for n := range c.at {
		c.at[n] = -1
		if use[n] && (end[int32(n)] || !c.passes(back, int32(n))) {
			c.at[n] = int32(len(c.node))
			c.node = append(c.node, int32(n))
		}
	}
	for _, n := range c.node {
		for a := g.First[n]; a < g.First[n+1]; a++ {
			if cost, last, ok := c.walk(n, a, nil); ok {
				c.head, c.cost, c.arc = append(c.head, c.at[last]), append(c.cost, cost), append(c.arc, a)
			}
		}
		c.first = append(c.first, int32(len(c.head)))
	}
	return c
}

// open reports whether arc a leads on from n.
func (c *chains) open(n, a int32) bool {
	return c.g.Time[a] != Closed && c.g.Head[a] != n && c.use[c.g.Head[a]]
}

// neighbours adds the nodes beside n to dst, each once; single is whether no
// two arcs lead to the same one. It stops after the third, where nothing more
// matters.
func (c *chains) neighbours(dst []int32, back *turned, n int32) (out []int32, single bool) {
	single = true
	for a := c.g.First[n]; a < c.g.First[n+1] && len(dst) < 3; a++ {
		if !c.open(n, a) {
			continue
		}
		if h := c.g.Head[a]; contains(dst, h) {
			single = false
		} else {
			dst = append(dst, h)
		}
	}
	for i := back.first[n]; i < back.first[n+1] && len(dst) < 3; i++ {
		tail := back.tail[i]
		if tail != n && c.use[tail] && c.g.Time[back.arc[i]] != Closed && !contains(dst, tail) {
			dst = append(dst, tail)
		}
	}
	return dst, single
}

func contains(nodes []int32, n int32) bool {
	for _, m := range nodes {
		if m == n {
			return true
		}
	}
	return false
}

// peel takes nodes of one neighbour or none out of use, and those that become
// such by it: no way leads through them.
func (c *chains) peel(back *turned, end map[int32]bool) {
	var near [3]int32
	for n := range c.use {
		for m := int32(n); c.use[m] && !end[m]; {
			beside, _ := c.neighbours(near[:0], back, m)
			if len(beside) > 1 {
				break
			}
			c.use[m] = false
			if len(beside) == 1 {
				m = beside[0]
			}
		}
	}
}

// passes reports whether a way that comes to n from one neighbour can only go
// on to the other.
func (c *chains) passes(back *turned, n int32) bool {
	var near [3]int32
	beside, single := c.neighbours(near[:0], back, n)
	return single && len(beside) == 2
}

// walk goes from node n over arc a to the next node of c. It tells each arc
// where it is asked to. ok is false where the chain ends, or leads back to n.
func (c *chains) walk(n, a int32, tell func(a int32)) (cost Cost, last int32, ok bool) {
	if !c.open(n, a) {
		return cost, n, false
	}
	for from := n; ; {
		cost = cost.Plus(c.g.cost(a))
		if tell != nil {
			tell(a)
		}
		here := c.g.Head[a]
		if c.at[here] >= 0 {
			return cost, here, here != n
		}
		on := int32(-1)
		for b := c.g.First[here]; b < c.g.First[here+1]; b++ {
			if c.open(here, b) && c.g.Head[b] != from {
				on = b
			}
		}
		if on < 0 {
			return cost, here, false
		}
		from, a = here, on
	}
}
