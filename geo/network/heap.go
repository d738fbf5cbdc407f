package network

// reached is a node with the time at which it is reached.
type reached struct {
	millis uint32
	node   int32
}

func (a reached) before(b reached) bool {
	return a.millis < b.millis || a.millis == b.millis && a.node < b.node
}

// heap has the earliest on top, four children a place: fewer cache lines a
// push than two.
type heap []reached

func (h *heap) push(r reached) {
	*h = append(*h, r)
	q := *h
	i := len(q) - 1
	for i > 0 {
		up := (i - 1) / 4
		if !r.before(q[up]) {
			break
		}
		q[i] = q[up]
		i = up
	}
	q[i] = r
}

func (h *heap) pop() reached {
	q := *h
	top, last := q[0], q[len(q)-1]
	q = q[:len(q)-1]
	*h = q
	i := 0
	for {
		c := 4*i + 1
		if c >= len(q) {
			break
		}
		for o := c + 1; o < min(4*i+5, len(q)); o++ {
			if q[o].before(q[c]) {
				c = o
			}
		}
		if !q[c].before(last) {
			break
		}
		q[i] = q[c]
		i = c
	}
	if len(q) > 0 {
		q[i] = last
	}
	return top
}
