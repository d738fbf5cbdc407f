package hierarchy

import (
	"container/heap"
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

// roads is a graph with weights.
type roads struct {
	points     []orb.Point
	tail, head []int32
	weights    []uint32
}

// plain is Dijkstra's search from some seeds (Dijkstra 1959), the oracle.
func (g *roads) plain(seeds []Seed, back bool) []uint32 {
	tail, head := g.tail, g.head
	if back {
		tail, head = head, tail
	}
	leaving := make([][]int32, len(g.points))
	for i := range tail {
		leaving[tail[i]] = append(leaving[tail[i]], int32(i))
	}
	cost := make([]uint32, len(g.points))
	for v := range cost {
		cost[v] = Unreached
	}
	q := &frontier{}
	for _, s := range seeds {
		heap.Push(q, s)
	}
	for q.Len() > 0 {
		s := heap.Pop(q).(Seed)
		if s.Cost >= cost[s.Node] {
			continue
		}
		cost[s.Node] = s.Cost
		for _, i := range leaving[s.Node] {
			heap.Push(q, Seed{head[i], sum(s.Cost, g.weights[i])})
		}
	}
	return cost
}

type frontier []Seed

func (f frontier) Len() int           { return len(f) }
func (f frontier) Less(i, j int) bool { return f[i].Cost < f[j].Cost }
func (f frontier) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)        { *f = append(*f, x.(Seed)) }
func (f *frontier) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}

// random draws a graph of so many nodes and arcs. Weights are small, so that
// many ways cost the same; some arcs are closed, some cost nothing, some lead
// to themselves, and many join the same two nodes.
func random(r *rand.Rand, nodes, arcs int, far float64) *roads {
	g := &roads{}
	for range nodes {
		g.points = append(g.points, orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90})
	}
	for range arcs {
		if nodes == 0 {
			break
		}
		t := r.IntN(nodes)
		u := r.IntN(nodes)
		if r.Float64() > far {
			u = min(nodes-1, t+r.IntN(3))
		}
		if r.IntN(2) == 0 {
			t, u = u, t
		}
		g.tail, g.head = append(g.tail, int32(t)), append(g.head, int32(u))
		g.weights = append(g.weights, weight(r))
	}
	return g
}

func weight(r *rand.Rand) uint32 {
	switch r.IntN(12) {
	case 0:
		return Unreached
	case 1:
		return 0
	case 2:
		return Unreached - uint32(r.IntN(20))
	}
	return uint32(r.IntN(30))
}

func (g *roads) metric(t testing.TB) *Metric {
	t.Helper()
	h, err := Build(context.Background(), g.points, g.tail, g.head, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := h.Customise(context.Background(), g.weights)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (g *roads) seeds(r *rand.Rand, most int) []Seed {
	var out []Seed
	for range 1 + r.IntN(most) {
		out = append(out, Seed{int32(r.IntN(len(g.points))), uint32(r.IntN(10))})
	}
	return out
}

// compare asks a metric as many questions as Dijkstra's search, and expects the
// same answers.
func (g *roads) compare(t *testing.T, r *rand.Rand, m *Metric, rounds int) {
	t.Helper()
	for range rounds {
		from, to := g.seeds(r, 4), g.seeds(r, 4)
		there, back := g.plain(from, false), g.plain(to, true)
		if got := m.From(from); fmt.Sprint(got) != fmt.Sprint(there) {
			t.Fatalf("From(%v) = %v, not %v", from, got, there)
		}
		if got := m.To(to); fmt.Sprint(got) != fmt.Sprint(back) {
			t.Fatalf("To(%v) = %v, not %v", to, got, back)
		}
		g.comparePath(t, m, from, to, there)
		g.compareFan(t, r, m, from, to, there, back)
	}
}

// compareFan asks about some of the nodes, one of them twice, as often as memory
// is used again.
func (g *roads) compareFan(t *testing.T, r *rand.Rand, m *Metric, from, to []Seed, there, back []uint32) {
	t.Helper()
	nodes := []int32{int32(r.IntN(len(g.points)))}
	for range r.IntN(10) {
		nodes = append(nodes, int32(r.IntN(len(g.points))))
	}
	nodes = append(nodes, nodes[0])
	in, err := m.FanIn(context.Background(), nodes)
	if err != nil {
		t.Fatal(err)
	}
	out, err := m.FanOut(context.Background(), nodes)
	if err != nil {
		t.Fatal(err)
	}
	// More than are worked on abreast, others between: none is to leave a trace.
	for _, others := range [][2][][]Seed{{}, {{to, from}, {from, to}}, {{to, from, from, nil, to}, {from, to, nil, to, from}}} {
		gotIn, gotOut := in.Costs(append(others[0], from)...), out.Costs(append(others[1], to)...)
		last := len(others[0])
		for i, v := range nodes {
			if gotIn[last][i] != there[v] || gotOut[last][i] != back[v] {
				t.Fatalf("node %d costs %d from %v and %d to %v, not %d and %d", v, gotIn[last][i], from, gotOut[last][i], to, there[v], back[v])
			}
		}
	}
}

func (g *roads) comparePath(t *testing.T, m *Metric, from, to []Seed, there []uint32) {
	t.Helper()
	want := uint32(Unreached)
	for _, s := range to {
		want = min(want, sum(there[s.Node], s.Cost))
	}
	cost, start, end, arcs, ok := m.Path(from, to)
	if cost != want || ok != (want < Unreached) {
		t.Fatalf("from %v to %v costs %d, not %d", from, to, cost, want)
	}
	if !ok {
		return
	}
	at, walked := from[start].Node, from[start].Cost
	for _, i := range arcs {
		if g.tail[i] != at {
			t.Fatalf("the path %v from %v to %v breaks at arc %d", arcs, from, to, i)
		}
		at, walked = g.head[i], sum(walked, g.weights[i])
	}
	if walked = sum(walked, to[end].Cost); at != to[end].Node || walked != want {
		t.Fatalf("the path %v from %v to %v ends at %d and costs %d, not %d", arcs, from, to, at, walked, want)
	}
}
