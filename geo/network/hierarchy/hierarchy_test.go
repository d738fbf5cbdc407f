package hierarchy

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network/country"
	"bivouac/geo/randtest"
)

func TestAgainstDijkstra(t *testing.T) {
	r := randtest.New(t, 1)
	for _, c := range []struct {
		desc        string
		nodes, arcs int
		far         float64
		graphs      int
	}{
		{"one node", 1, 3, 0.5, 5},
		{"two nodes", 2, 5, 0.5, 20},
		{"no arcs", 20, 0, 0.5, 2},
		{"few", 8, 16, 0.5, 200},
		{"in parts", 60, 40, 0.5, 50},
		{"long ways", 200, 500, 0, 50},
		{"ways with shortcuts", 300, 900, 0.05, 30},
		{"tangle", 120, 600, 1, 20},
		{"nearly all joined", 90, 6000, 1, 5},
	} {
		t.Run(c.desc, func(t *testing.T) {
			for range c.graphs {
				g := random(r, c.nodes, c.arcs, c.far)
				m := g.metric(t)
				g.compare(t, r, m, 20)
				if c.arcs > 0 {
					g.compare(t, r, g.changed(t, r, m, 5), 5)
				}
			}
		})
	}
}

// changed gives some arcs other weights, again and again, some the ones that
// they have. What a metric was must stay.
func (g *roads) changed(t *testing.T, r *rand.Rand, m *Metric, times int) *Metric {
	t.Helper()
	for range times {
		before := fmt.Sprint(m.weights, m.up, m.back, m.upBy, m.backBy)
		var arcs []int32
		var weights []uint32
		for range 1 + r.IntN(3) {
			arcs = append(arcs, int32(r.IntN(len(g.weights))))
			weights = append(weights, weight(r))
		}
		n := m.with(t, arcs, weights)
		if fmt.Sprint(m.weights, m.up, m.back, m.upBy, m.backBy) != before {
			t.Fatal("the metric that was changed is not what it was")
		}
		m = n
		g.weights = slices.Clone(g.weights)
		for k, i := range arcs {
			g.weights[i] = weights[k]
		}
	}
	return m
}

// with changes a metric by walking up, however many the changes are.
func (m *Metric) with(t *testing.T, arcs []int32, weights []uint32) *Metric {
	t.Helper()
	n, err := m.With(arcs, weights)
	if err != nil {
		t.Fatal(err)
	}
	if len(arcs) <= len(m.weights)/fewShare {
		return n
	}
	few := &Metric{
		Hierarchy: m.Hierarchy, weights: n.weights, up: slices.Clone(m.up), back: slices.Clone(m.back),
		upBy: slices.Clone(m.upBy), backBy: slices.Clone(m.backBy),
	}
	few.change(arcs)
	if !slices.Equal(few.up, n.up) || !slices.Equal(few.back, n.back) {
		t.Fatalf("the changes %v to %v are not what a customisation gives", arcs, weights)
	}
	return few
}

// TestCountry compares on a country of 20,000 nodes, by day, after roads were
// closed, and after others were opened at other points.
func TestCountry(t *testing.T) {
	r := randtest.New(t, 1)
	k := country.Make(20_000, 1)
	g := &roads{k.Points, k.Tail, k.Head, k.Millis}
	m := g.metric(t)
	g.compare(t, r, m, 3)
	for range 20 {
		var arcs []int32
		for range 1 + r.IntN(3) {
			arcs = append(arcs, int32(r.IntN(len(g.weights))))
		}
		closed := make([]uint32, len(arcs))
		for i := range closed {
			closed[i] = Unreached
		}
		var err error
		if m, err = m.With(arcs, closed); err != nil {
			t.Fatal(err)
		}
		g.weights = slices.Clone(m.weights)
	}
	whole, err := m.Customise(context.Background(), g.weights)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(whole.up, m.up) || !slices.Equal(whole.back, m.back) {
		t.Error("twenty changes are not what a customisation gives")
	}
	g.compare(t, r, m, 3)
	for range 20 { // 2,000 pairs
		from := []Seed{{Node: int32(r.IntN(len(g.points)))}}
		there := g.plain(from, false)
		for range 100 {
			g.comparePath(t, m, from, []Seed{{Node: int32(r.IntN(len(g.points)))}}, there)
		}
	}
}

// TestHierarchyWith takes nodes and arcs out of a graph and puts others in, and
// compares with what is built anew.
func TestHierarchyWith(t *testing.T) {
	r := randtest.New(t, 1)
	for range 60 {
		g := random(r, 1+r.IntN(150), 300, 0.05)
		m := g.metric(t)
		n := random(r, 1+r.IntN(150), 300, 0.05)
		for v := range n.points {
			// Most nodes are old ones, in another order, some of them several at one
			// point.
			if r.IntN(5) > 0 {
				n.points[v] = g.points[r.IntN(len(g.points))]
			}
		}
		h, err := m.Hierarchy.With(context.Background(), n.points, n.tail, n.head)
		if err != nil {
			t.Fatal(err)
		}
		customised, err := h.Customise(context.Background(), n.weights)
		if err != nil {
			t.Fatal(err)
		}
		n.compare(t, r, customised, 10)
	}
}

// TestHierarchyWithKeepsTheOrder adds a street to a country: the hierarchy
// grows by little, and nothing is dissected.
func TestHierarchyWithKeepsTheOrder(t *testing.T) {
	k := country.Make(5_000, 1)
	h, err := Build(context.Background(), k.Points, k.Tail, k.Head, nil)
	if err != nil {
		t.Fatal(err)
	}
	same, err := h.With(context.Background(), k.Points, k.Tail, k.Head)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(same.order, h.order) || !slices.Equal(same.head, h.head) {
		t.Error("the same graph has another order")
	}
	n := int32(len(k.Points))
	points := append(slices.Clone(k.Points), orb.Point{k.Points[0][0] + 0.001, k.Points[0][1]})
	more, err := h.With(context.Background(), points, append(slices.Clone(k.Tail), 0, n), append(slices.Clone(k.Head), n, 0))
	if err != nil {
		t.Fatal(err)
	}
	if more.Nodes() != h.Nodes()+1 || more.Arcs() != h.Arcs()+1 {
		t.Errorf("a dead end more makes %d arcs of %d", more.Arcs(), h.Arcs())
	}
}

func TestMatrix(t *testing.T) {
	r := randtest.New(t, 1)
	for range 30 {
		g := random(r, 1+r.IntN(100), 250, 0.1)
		m := g.metric(t)
		from, to := make([][]Seed, r.IntN(6)), make([][]Seed, r.IntN(6))
		for i := range from {
			from[i] = g.seeds(r, 3)
		}
		for j := range to {
			to[j] = g.seeds(r, 3)
		}
		if len(to) > 0 {
			to[0] = nil // a place that no road leads to
		}
		got, err := m.Matrix(context.Background(), from, to)
		if err != nil || len(got) != len(from)*len(to) {
			t.Fatalf("%d costs, %v, for %d by %d places", len(got), err, len(from), len(to))
		}
		for i := range from {
			there := g.plain(from[i], false)
			for j := range to {
				want := uint32(Unreached)
				for _, s := range to[j] {
					want = min(want, sum(there[s.Node], s.Cost))
				}
				if got[i*len(to)+j] != want {
					t.Fatalf("from %v to %v costs %d, not %d", from[i], to[j], got[i*len(to)+j], want)
				}
			}
		}
	}
}

func TestNothing(t *testing.T) {
	m := (&roads{}).metric(t)
	if m.Nodes() != 0 || m.Arcs() != 0 || m.Levels() != 0 || len(m.From(nil)) != 0 {
		t.Error("a graph of nothing has something")
	}
	one := (&roads{points: []orb.Point{{0, 0}}}).metric(t)
	if _, _, _, _, ok := one.Path(nil, []Seed{{}}); ok {
		t.Error("there is a path from nowhere")
	}
	if got := one.To(nil); !slices.Equal(got, []uint32{Unreached}) {
		t.Errorf("it costs %d to nowhere", got)
	}
	if cost, _, _, arcs, ok := one.Path([]Seed{{0, 2}}, []Seed{{0, 3}}); !ok || cost != 5 || len(arcs) != 0 {
		t.Errorf("from a node to itself: %d, %v, %v", cost, arcs, ok)
	}
	n, err := one.With(nil, nil)
	if err != nil || n.Nodes() != 1 {
		t.Errorf("no change: %v", err)
	}
}

// TestShapes builds what roads are not, or seldom.
func TestShapes(t *testing.T) {
	r := randtest.New(t, 1)
	for _, c := range []struct {
		desc   string
		nodes  int
		join   func(i int) (int, int)
		arcs   int
		levels int // at most
	}{
		{"a way of tiny segments", 100_000, func(i int) (int, int) { return i, i + 1 }, 99_999, 40},
		{"a ring", 50_000, func(i int) (int, int) { return i, (i + 1) % 50_000 }, 50_000, 40},
		{"a star", 5_000, func(i int) (int, int) { return 0, i + 1 }, 4_999, 2},
		{"all joined", 300, func(i int) (int, int) { return i / 300, i % 300 }, 90_000, 300},
		{"a ladder", 20_000, func(i int) (int, int) {
			if i < 10_000 {
				return 2 * i, 2*i + 1
			}
			return i - 10_000, i - 9_998
		}, 29_998, 160},
	} {
		t.Run(c.desc, func(t *testing.T) {
			for _, spread := range []float64{0, 1} { // all at one point, and on a line
				g := &roads{}
				for v := range c.nodes {
					g.points = append(g.points, orb.Point{spread * float64(v) / 1000, 0})
				}
				for i := range c.arcs {
					a, b := c.join(i)
					g.tail, g.head, g.weights = append(g.tail, int32(a)), append(g.head, int32(b)), append(g.weights, weight(r))
				}
				m := g.metric(t)
				if m.Levels() > c.levels {
					t.Errorf("%d levels, more than %d", m.Levels(), c.levels)
				}
				g.compare(t, r, m, 1)
			}
		})
	}
}

// TestTangle holds that what would outgrow the memory is refused.
func TestTangle(t *testing.T) {
	g := random(randtest.New(t, 1), 14_000, 70_000, 1)
	_, err := Build(context.Background(), g.points, g.tail, g.head, nil)
	if geo.CodeOf(err) != geo.TooLarge {
		t.Errorf("a tangle: %v", err)
	}
}

// TestProcessors holds that one processor builds what two do.
func TestProcessors(t *testing.T) {
	k := country.Make(30_000, 2)
	build := func() string {
		m := (&roads{k.Points, k.Tail, k.Head, k.Millis}).metric(t)
		return fmt.Sprint(m.order, m.head, m.up, m.back)
	}
	many := build()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if one := build(); one != many {
		t.Error("one processor orders the nodes in another way")
	}
}

func TestBadInput(t *testing.T) {
	two, ctx := []orb.Point{{0, 0}, {1, 1}}, context.Background()
	m := (&roads{two, []int32{0}, []int32{1}, []uint32{1}}).metric(t)
	build := func(points []orb.Point, tail, head []int32) error {
		_, err := Build(ctx, points, tail, head, nil)
		_, again := m.Hierarchy.With(ctx, points, tail, head)
		if fmt.Sprint(err) != fmt.Sprint(again) {
			t.Errorf("Build says %v and With %v", err, again)
		}
		return err
	}
	change := func(arcs []int32, weights []uint32) error {
		_, err := m.With(arcs, weights)
		return err
	}
	_, weights := m.Customise(ctx, nil)
	_, from := m.Matrix(ctx, [][]Seed{{{Node: 2}}}, nil)
	_, to := m.Matrix(ctx, nil, [][]Seed{{}, {{Node: -1}}})
	for _, c := range []struct {
		desc, want string
		err        error
	}{
		{"more tails than heads", "head: there are 2 tails and 1 heads of arcs; give one head for each tail", build(two, []int32{0, 1}, []int32{1})},
		{"a head that is not there", "tail: arc 0 leads from node 0 to 2, and there are 2 nodes, from 0 on", build(two, []int32{0}, []int32{2})},
		{"a negative tail", "tail: arc 0 leads from node -1 to 1, and there are 2 nodes, from 0 on", build(two, []int32{-1}, []int32{1})},
		{"no place", "points: node 1 lies at NaN, 0; give finite degrees", build([]orb.Point{{}, {math.NaN(), 0}}, nil, nil)},
		{"a place without end", "points: node 0 lies at 0, -Inf; give finite degrees", build([]orb.Point{{0, math.Inf(-1)}}, nil, nil)},
		{"no weights", "weights: there are 0 weights and 1 arcs; give one for each arc", weights},
		{"a change without weights", "weights: there are 0 weights for 1 arcs; give one for each", change([]int32{0}, nil)},
		{"an arc that is not there", "arcs: there is no arc 1 among 1, from 0 on", change([]int32{1}, []uint32{1})},
		{"a negative arc", "arcs: there is no arc -1 among 1, from 0 on", change([]int32{-1}, []uint32{1})},
		{"from a node that is not there", "from: place 0 is at node 2, and there are 2 nodes, from 0 on", from},
		{"to a node that is not there", "to: place 1 is at node -1, and there are 2 nodes, from 0 on", to},
	} {
		if c.err == nil || c.err.Error() != c.want || geo.CodeOf(c.err) != geo.Invalid {
			t.Errorf("%s: %v, not %q", c.desc, c.err, c.want)
		}
	}
}

// TestCancel ends each long work before it begins, and the ordering in its
// midst.
func TestCancel(t *testing.T) {
	k := country.Make(20_000, 1)
	m := (&roads{k.Points, k.Tail, k.Head, k.Millis}).metric(t)
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Build(ctx, k.Points, k.Tail, k.Head, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Build: %v", err)
	}
	if _, err := m.Hierarchy.With(ctx, k.Points, k.Tail, k.Head); !errors.Is(err, context.Canceled) {
		t.Errorf("With: %v", err)
	}
	if _, err := m.Customise(ctx, k.Millis); !errors.Is(err, context.Canceled) {
		t.Errorf("Customise: %v", err)
	}
	if _, err := m.Matrix(ctx, [][]Seed{{}}, [][]Seed{{}}); !errors.Is(err, context.Canceled) {
		t.Errorf("Matrix: %v", err)
	}
}

// TestProgress holds that all nodes are told of, in one order.
func TestProgress(t *testing.T) {
	k := country.Make(20_000, 1)
	last, calls := 0, 0
	_, err := Build(context.Background(), k.Points, k.Tail, k.Head, func(done, total int) {
		if done <= last || total != len(k.Points) {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last = done
		calls++
	})
	if err != nil || last != len(k.Points) || calls < 50 {
		t.Errorf("%d nodes in %d calls, %v", last, calls, err)
	}
}
