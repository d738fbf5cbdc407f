package index_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"bivouac/geo"
	"bivouac/geo/index"
	"bivouac/geo/randtest"
)

func randomBoxes(r *rand.Rand, n int, size float64) []geo.Box {
	boxes := make([]geo.Box, n)
	for i := range boxes {
		x, y := r.Float64()*360-180, r.Float64()*180-90
		boxes[i] = geo.NewBox(x, y, min(x+r.Float64()*size, 180), min(y+r.Float64()*size, 90))
	}
	slices.SortFunc(boxes, func(a, b geo.Box) int {
		return cmp.Compare(index.Hilbert(a.Centre()), index.Hilbert(b.Centre()))
	})
	return boxes
}

func TestHilbertNeighbours(t *testing.T) {
	// Along the curve, one step goes to one neighbouring cell: so the cells of a
	// coarse grid, in order of their keys, are a path without a jump.
	const n = 64
	type cell struct{ x, y int }
	keys := map[uint64]cell{}
	var order []uint64
	for x := range n {
		for y := range n {
			k := index.Hilbert(-180+360*(float64(x)+0.5)/n, -90+180*(float64(y)+0.5)/n)
			keys[k] = cell{x, y}
			order = append(order, k)
		}
	}
	slices.Sort(order)
	for i := 1; i < len(order); i++ {
		a, b := keys[order[i-1]], keys[order[i]]
		if math.Abs(float64(a.x-b.x))+math.Abs(float64(a.y-b.y)) != 1 {
			t.Fatalf("from %v the curve jumps to %v", a, b)
		}
	}
}

func TestHilbertEdges(t *testing.T) {
	seen := map[uint64]bool{}
	for _, p := range [][2]float64{{-180, -90}, {180, -90}, {-180, 90}, {180, 90}, {0, 0}} {
		k := index.Hilbert(p[0], p[1])
		if k == index.Unplaced || seen[k] {
			t.Errorf("%v has the key %x", p, k)
		}
		seen[k] = true
	}
}

func TestPackedAgainstScan(t *testing.T) {
	r := randtest.New(t, 0)
	for _, n := range []int{0, 1, 15, 16, 17, 255, 256, 257, 5000} {
		boxes := randomBoxes(r, n, 3)
		p, err := index.Pack(n, func(i int) geo.Box { return boxes[i] })
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			q := randomBoxes(r, 1, 90)[0]
			first := uint32(r.IntN(n + 1))
			var want []uint32
			for i := int(first); i < n; i++ {
				if q.Meets(boxes[i]) {
					want = append(want, uint32(i))
				}
			}
			if got := search(p, boxes, q, first); !slices.Equal(got, want) {
				t.Fatalf("%d boxes, %v from %d: got %v, want %v", n, q, first, got, want)
			}
		}
	}
}

func search(p *index.Packed, boxes []geo.Box, q geo.Box, first uint32) []uint32 {
	var got []uint32
	p.Visit(first, func(n index.Node) index.Verdict {
		switch {
		case !q.Meets(n.Box):
			return index.Skip
		case q.Holds(n.Box):
			return index.Whole
		}
		return index.Enter
	}, func(from, to uint32, whole bool) bool {
		for i := from; i < to; i++ {
			if whole || q.Meets(boxes[i]) {
				got = append(got, i)
			}
		}
		return true
	})
	return got
}

func TestNodesHoldTheirRows(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	boxes := randomBoxes(r, 3000, 2)
	p, err := index.Pack(len(boxes), func(i int) geo.Box { return boxes[i] })
	if err != nil {
		t.Fatal(err)
	}
	next := 0
	p.All(func(n index.Node) {
		if n.ID != next {
			t.Fatalf("node %d comes as %d", n.ID, next)
		}
		next++
		for i := n.From; i < n.To; i++ {
			if !n.Box.Holds(boxes[i]) {
				t.Fatalf("node %d does not hold its row %d", n.ID, i)
			}
		}
	})
	if next != p.Nodes() {
		t.Errorf("%d nodes, Nodes says %d", next, p.Nodes())
	}
}

func TestBadBoxesAreRefused(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, b := range [][4]float64{{nan, 0, 1, 1}, {0, nan, 1, 1}, {0, 0, nan, 1}, {0, 0, 1, inf}, {-inf, 0, 1, 1}, {2, 0, 1, 1}, {0, 2, 1, 1}} {
		box := geo.Box{West: b[0], South: b[1], East: b[2], North: b[3]}
		if _, err := index.Pack(1, func(int) geo.Box { return box }); err == nil {
			t.Errorf("Pack took %v", b)
		}
		var d index.Delta
		if err := d.Insert(box, 1); err == nil {
			t.Errorf("Insert took %v", b)
		}
	}
}

func TestDeltaCopiesAreApart(t *testing.T) {
	var d index.Delta
	for i := range uint32(1000) {
		if err := d.Insert(geo.NewBox(float64(i%10), 0, float64(i%10), 0), i); err != nil {
			t.Fatal(err)
		}
	}
	c := d.Copy()
	if err := c.Insert(geo.NewBox(5, 0, 5, 0), 1000); err != nil {
		t.Fatal(err)
	}
	count := func(d *index.Delta) (n int) {
		d.Search(geo.Box{West: 5, South: -1, East: 5, North: 1}, func(uint32) bool { n++; return true })
		return n
	}
	if d.Len() != 1000 || c.Len() != 1001 || count(&d) != 100 || count(c) != 101 {
		t.Errorf("%d and %d rows, %d and %d found", d.Len(), c.Len(), count(&d), count(c))
	}
}

func BenchmarkVisitBox(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	boxes := randomBoxes(r, 1_000_000, 0)
	p, err := index.Pack(len(boxes), func(i int) geo.Box { return boxes[i] })
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c := boxes[i*7919%len(boxes)]
		q := geo.Box{West: c.West - 1, South: c.South - 1, East: c.West + 1, North: c.South + 1}
		n := 0
		p.Visit(0, func(n index.Node) index.Verdict {
			if !q.Meets(n.Box) {
				return index.Skip
			}
			if q.Holds(n.Box) {
				return index.Whole
			}
			return index.Enter
		}, func(from, to uint32, _ bool) bool { n += int(to - from); return true })
	}
}
