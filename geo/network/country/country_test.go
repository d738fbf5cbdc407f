package country

import (
	"fmt"
	"slices"
	"testing"

	"bivouac/geo/measure"
)

func TestMake(t *testing.T) {
	for _, c := range []struct {
		desc  string
		nodes int
	}{
		{"fewer than the least", 3}, {"the least", 100}, {"a province", 1_000}, {"a small country", 20_000},
	} {
		t.Run(c.desc, func(t *testing.T) {
			for seed := range uint64(3) {
				k := Make(c.nodes, seed)
				if want := max(c.nodes, Least); len(k.Points) != want {
					t.Fatalf("seed %d: %d nodes, asked for %d", seed, len(k.Points), want)
				}
				checkArcs(t, k)
				if n := connected(k); n != len(k.Points) {
					t.Errorf("seed %d: %d of %d nodes hang together", seed, n, len(k.Points))
				}
			}
		})
	}
}

func checkArcs(t *testing.T, k *Country) {
	t.Helper()
	if ratio := float64(len(k.Tail)) / float64(len(k.Points)); ratio < 2.1 || ratio > 2.6 {
		t.Errorf("%.2f arcs a node", ratio)
	}
	for i := range k.Tail {
		metres := measure.Distance(k.Points[k.Tail[i]], k.Points[k.Head[i]])
		kmh := metres * 3600 / float64(k.Millis[i])
		switch limit := speedKMH[k.Class[i]]; {
		case k.Tail[i] == k.Head[i]:
			t.Fatalf("arc %d leads from %d to itself", i, k.Tail[i])
		case i > 0 && k.Tail[i] < k.Tail[i-1]:
			t.Fatalf("arc %d is out of order", i)
		case k.Millis[i] == 0 || kmh > limit*1.1 && metres > 1 || kmh < limit/1.6 && metres > 1:
			t.Fatalf("arc %d of class %d: %.0f m at %.1f km/h", i, k.Class[i], metres, kmh)
		}
	}
}

// connected counts the nodes that are reached from the first and reach it.
func connected(k *Country) int {
	there := spread(len(k.Points), k.Tail, k.Head)
	back := spread(len(k.Points), k.Head, k.Tail)
	n := 0
	for i := range there {
		if there[i] && back[i] {
			n++
		}
	}
	return n
}

func spread(nodes int, tail, head []int32) []bool {
	leaving := make([][]int32, nodes)
	for i := range tail {
		leaving[tail[i]] = append(leaving[tail[i]], head[i])
	}
	seen := make([]bool, nodes)
	seen[0] = true
	for queue := []int32{0}; len(queue) > 0; queue = queue[1:] {
		for _, next := range leaving[queue[0]] {
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return seen
}

func TestMakeIsTheSameTwice(t *testing.T) {
	a, b, other := Make(5_000, 1), Make(5_000, 1), Make(5_000, 2)
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("the same seed gives another country")
	}
	if fmt.Sprint(a) == fmt.Sprint(other) {
		t.Error("another seed gives the same country")
	}
}

// TestDegrees holds what road networks are like: most nodes join two or three
// ways, some are dead ends, more than five are rare. A grid has four
// everywhere.
func TestDegrees(t *testing.T) {
	k := Make(20_000, 1)
	ways := map[[2]int32]bool{}
	for i := range k.Tail {
		ways[[2]int32{min(k.Tail[i], k.Head[i]), max(k.Tail[i], k.Head[i])}] = true
	}
	degree := make([]int, len(k.Points))
	for w := range ways {
		degree[w[0]]++
		degree[w[1]]++
	}
	share := map[int]float64{}
	for _, d := range degree {
		share[min(d, 6)] += 1 / float64(len(degree))
	}
	for d, band := range map[int][2]float64{
		0: {0, 0}, 1: {0.03, 0.25}, 2: {0.3, 0.6}, 3: {0.25, 0.5}, 4: {0.03, 0.15}, 5: {0, 0.02}, 6: {0, 0.001},
	} {
		if share[d] < band[0] || share[d] > band[1] {
			t.Errorf("%.4f of the nodes join %d ways, not between %v and %v", share[d], d, band[0], band[1])
		}
	}
}

// TestRivers cuts the bridges: the country falls apart, and few held it.
func TestRivers(t *testing.T) {
	k := Make(20_000, 1)
	bridges := 0
	var tail, head []int32
	for i, bridge := range k.Bridge {
		if bridge {
			bridges++
			continue
		}
		tail, head = append(tail, k.Tail[i]), append(head, k.Head[i])
	}
	if bridges == 0 || bridges > len(k.Tail)/200 {
		t.Errorf("%d of %d arcs are bridges", bridges, len(k.Tail))
	}
	dry := &Country{Points: k.Points, Tail: tail, Head: head}
	if n := connected(dry); n > len(k.Points)*9/10 {
		t.Errorf("without bridges %d of %d nodes hang together", n, len(k.Points))
	}
}

// TestTowns holds the power law: the largest town is about twice as large as
// the second and ten times as large as the tenth.
func TestTowns(t *testing.T) {
	m := newMaker(20_000, 1)
	m.found(20_000)
	size := func(k int) float64 { return float64(m.towns[k-1].last - m.towns[k-1].first) }
	for _, k := range []int{2, 10, 50} {
		if ratio := size(1) / size(k); ratio < 0.9*float64(k) || ratio > 1.2*float64(k) {
			t.Errorf("the first town is %.1f times as large as number %d", ratio, k)
		}
	}
}

// TestMesh compares the edges with those by all triples of places.
func TestMesh(t *testing.T) {
	m := newMaker(Least, 3)
	for range 20 {
		places := make([]place, 2+m.r.IntN(60))
		for i := range places {
			places[i] = place{100 * m.r.Float64(), 100 * m.r.Float64()}
		}
		got := gabriel(places)
		for _, p := range byAllTriples(places) {
			if !slices.Contains(got, p) {
				t.Errorf("%v is missing among %d places", p, len(places))
			}
		}
	}
}

func byAllTriples(places []place) []pair {
	var out []pair
	for i := range int32(len(places)) {
		for j := i + 1; j < int32(len(places)); j++ {
			var nearer []int32
			for k := range int32(len(places)) {
				if k != i && k != j && places[i].squared(places[k]) < places[i].squared(places[j]) {
					nearer = append(nearer, k)
				}
			}
			if relative, free := lune(places, i, j, nearer); free && len(nearer) < neighbours {
				out = append(out, pair{i, j, !relative})
			}
		}
	}
	return out
}

func BenchmarkMake(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Make(n, 1)
			}
		})
	}
}
