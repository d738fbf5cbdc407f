package network

// Components says which nodes hang together.
type Components struct {
	Label []int32 // by node: the number of its component
	Nodes []int32 // by component: how many nodes it has
}

// Largest returns the component of the most nodes, -1 where there is none.
func (c *Components) Largest() int32 {
	best := int32(-1)
	for i, n := range c.Nodes {
		if best < 0 || n > c.Nodes[best] {
			best = int32(i)
		}
	}
	return best
}

// Weak returns the parts of the graph between which no open arc leads in
// either direction.
func (t *Travel) Weak() *Components {
	parent := make([]int32, t.Nodes())
	for n := range parent {
		parent[n] = int32(n)
	}
	find := func(n int32) int32 {
		for parent[n] != n {
			parent[n] = parent[parent[n]]
			n = parent[n]
		}
		return n
	}
	for arc, millis := range t.Times {
		if millis == Closed {
			continue
		}
		a, b := find(t.tails[arc]), find(t.heads[arc])
		parent[max(a, b)] = min(a, b)
	}
	c := &Components{Label: make([]int32, t.Nodes())}
	for n := range parent {
		root := find(int32(n))
		if root == int32(n) {
			c.Label[n] = int32(len(c.Nodes))
			c.Nodes = append(c.Nodes, 0)
		} else {
			c.Label[n] = c.Label[root]
		}
		c.Nodes[c.Label[n]]++
	}
	return c
}

// Strong returns the parts of the graph within which every node is reached
// from every other (Tarjan 1972, with a stack of its own).
func (t *Travel) Strong() *Components {
	n := t.Nodes()
	s := &tarjan{Travel: t, order: make([]int32, n), low: make([]int32, n), Components: Components{Label: make([]int32, n)}}
	for i := range s.Label {
		s.Label[i] = -1
	}
	for root := range s.order {
		if s.order[root] == 0 {
			s.visit(int32(root))
		}
	}
	return &s.Components
}

type tarjan struct {
	*Travel
	Components
	order, low []int32 // order counts from 1; 0 is not seen yet
	seen       int32
	stack      []int32 // nodes without a component
	calls      []call
}

// call is a node whose arcs are being looked at.
type call struct{ node, arc int32 }

func (s *tarjan) enter(n int32) {
	s.seen++
	s.order[n], s.low[n] = s.seen, s.seen
	s.stack = append(s.stack, n)
	s.calls = append(s.calls, call{n, s.first[n]})
}

func (s *tarjan) visit(root int32) {
	s.enter(root)
	for len(s.calls) > 0 {
		c := &s.calls[len(s.calls)-1]
		if c.arc == s.first[c.node+1] {
			s.leave(c.node)
			continue
		}
		arc := c.arc
		c.arc++
		if s.Times[arc] == Closed {
			continue
		}
		head := s.heads[arc]
		switch {
		case s.order[head] == 0:
			s.enter(head)
		case s.Label[head] < 0:
			s.low[c.node] = min(s.low[c.node], s.order[head])
		}
	}
}

func (s *tarjan) leave(n int32) {
	s.calls = s.calls[:len(s.calls)-1]
	if len(s.calls) > 0 {
		up := s.calls[len(s.calls)-1].node
		s.low[up] = min(s.low[up], s.low[n])
	}
	if s.low[n] != s.order[n] {
		return
	}
	label, count := int32(len(s.Nodes)), int32(0)
	for {
		top := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		s.Label[top] = label
		count++
		if top == n {
			break
		}
	}
	s.Nodes = append(s.Nodes, count)
}
