package hierarchy

import (
	"math/rand/v2"
	"testing"

	"bivouac/geo/randtest"
)

// FuzzTriangles makes a graph of bytes and holds what customisation promises:
// no way over a lower rank is shorter than the arc above it, each weight is
// what it is said to be made of, and a change gives what a customisation does.
func FuzzTriangles(f *testing.F) {
	f.Add([]byte{3, 0, 1, 5, 1, 2, 7, 2, 0, 255})
	f.Add([]byte{1, 0, 0, 0})
	f.Add([]byte{40, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 {
			return
		}
		n := 1 + int(data[0])
		g := random(rand.New(rand.NewPCG(uint64(n), 1)), n, 0, 0)
		for data = data[1:]; len(data) >= 3; data = data[3:] {
			w := uint32(data[2])
			if w == 255 {
				w = Unreached
			}
			g.tail, g.head, g.weights = append(g.tail, int32(int(data[0])%n)), append(g.head, int32(int(data[1])%n)), append(g.weights, w)
		}
		m := g.metric(t)
		m.promise(t)
		if len(g.weights) == 0 {
			return
		}
		m.with(t, []int32{0}, []uint32{g.weights[0] / 2}).promise(t)
		closed := m.with(t, []int32{0}, []uint32{Unreached})
		closed.promise(t)
		from := []Seed{{Node: g.tail[0]}}
		g.weights[0] = Unreached
		g.comparePath(t, closed, from, []Seed{{Node: g.head[0]}}, g.plain(from, false))
	})
}

func (m *Metric) promise(t *testing.T) {
	t.Helper()
	for r := range int32(len(m.order)) {
		for a := m.first[r]; a < m.first[r+1]; a++ {
			for b := a + 1; b < m.first[r+1]; b++ {
				c := m.arc(m.head[a], m.head[b])
				if m.head[c] != m.head[b] {
					t.Fatalf("no arc joins %d and %d, which %d is under", m.head[a], m.head[b], r)
				}
				if m.up[c] > sum(m.back[a], m.up[b]) || m.back[c] > sum(m.back[b], m.up[a]) {
					t.Fatalf("the way over %d is shorter than arc %d", r, c)
				}
			}
			m.promiseMade(t, step{a, false}, m.up[a])
			m.promiseMade(t, step{a, true}, m.back[a])
		}
	}
}

func (m *Metric) promiseMade(t *testing.T, first step, weight uint32) {
	t.Helper()
	if weight == Unreached {
		return
	}
	s, total := &search{}, uint32(0)
	m.unpack(s, first)
	for _, i := range s.arcs {
		total = sum(total, m.weights[i])
	}
	if total != weight {
		t.Fatalf("arc %v weighs %d, and the ways that it is made of %d", first, weight, total)
	}
}

// TestPromise is the same on random graphs.
func TestPromise(t *testing.T) {
	r := randtest.New(t, 1)
	for range 100 {
		g := random(r, 1+r.IntN(120), 250, 0.1)
		m := g.metric(t)
		m.promise(t)
		g.changed(t, r, m, 3).promise(t)
	}
}
