package layer

// spot is something at a distance: a node, a row known by a lower bound, or a
// row at its true distance.
type spot struct {
	metres float64
	key    uint64 // of a row: its Key; of a node: 0
	id     uint32 // row, or place in the walk's list of nodes
	kind   spotKind
}

type spotKind uint8

// In this order at equal distance, so that whatever may hide a row of a
// smaller key is opened before the row is given.
const (
	nodeSpot spotKind = iota
	boundSpot
	rowSpot
)

func (a *spot) before(b *spot) bool {
	if a.metres != b.metres {
		return a.metres < b.metres
	}
	if a.kind != b.kind {
		return a.kind < b.kind
	}
	return a.key < b.key
}

// spots is a binary heap, the nearest on top. It is written out: a walk lives
// in it, container/heap's interface call a step doubles its cost, and the ten
// nearest of 100,000 took a seventh longer from a queue.Queue.
type spots []spot

func (h *spots) push(s spot) {
	*h = append(*h, s)
	q := *h
	i := len(q) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !s.before(&q[up]) {
			break
		}
		q[i] = q[up]
		i = up
	}
	q[i] = s
}

func (h *spots) pop() spot {
	q := *h
	top, last := q[0], q[len(q)-1]
	q = q[:len(q)-1]
	*h = q
	i := 0
	for {
		c := 2*i + 1
		if c >= len(q) {
			break
		}
		if c+1 < len(q) && q[c+1].before(&q[c]) {
			c++
		}
		if !q[c].before(&last) {
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
