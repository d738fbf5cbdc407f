package cluster

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

func mustHDBSCAN(t testing.TB, q *Query) *Labels {
	t.Helper()
	l, err := HDBSCAN(context.Background(), q, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// tree finds the clusters from the top: what is together within a distance
// falls apart as that shrinks.
type tree struct {
	least  int
	metres [][]float64 // mutual reachability; +Inf beyond the greatest distance
}

// apart returns what of the events is together by distances below one.
func (d *tree) apart(events []int, below float64) (parts [][]int) {
	left := map[int]bool{}
	for _, e := range events {
		left[e] = true
	}
	for _, e := range events {
		if !left[e] {
			continue
		}
		part := []int{e}
		delete(left, e)
		for k := 0; k < len(part); k++ {
			for _, o := range events {
				if left[o] && d.metres[part[k]][o] < below {
					part = append(part, o)
					delete(left, o)
				}
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// best returns the stability and the clusters of a group that is one of its
// own from a density on.
func (d *tree) best(events []int, born float64) (float64, [][]int) {
	all, stability := events, 0.0
	for {
		longest := 0.0 // the distance at which the group falls apart: that of its last bridge
		for _, a := range events {
			for _, b := range events {
				if m := d.metres[a][b]; a != b && m > longest && !math.IsInf(m, 1) && len(d.apart(events, m)) > 1 {
					longest = m
				}
			}
		}
		var large [][]int
		left := len(events)
		for _, part := range d.apart(events, longest) {
			if len(part) >= d.least {
				large, left = append(large, part), left-len(part)
			}
		}
		if len(large) == 1 {
			stability += float64(left) * (1/longest - born)
			events = large[0]
			continue
		}
		stability += float64(len(events)) * (1/longest - born)
		below, inner := 0.0, [][]int{}
		for _, part := range large {
			s, clusters := d.best(part, 1/longest)
			below, inner = below+s, append(inner, clusters...)
		}
		if below > stability {
			return below, inner
		}
		return stability, [][]int{all}
	}
}

// reachability is the mutual reachability of all events by its definition.
func (q *Query) reachability() [][]float64 {
	n := len(q.Points)
	metres, reach := make([][]float64, n), make([]float64, n)
	for i := range n {
		metres[i] = make([]float64, n)
		for j := range n {
			m, _, _ := q.apart(i, j)
			metres[i][j] = max(m, leastMetres)
		}
		sorted := slices.Clone(metres[i])
		slices.Sort(sorted)
		if reach[i] = math.Inf(1); q.MinPoints <= n {
			reach[i] = sorted[q.MinPoints-1]
		}
	}
	for i := range n {
		for j := range n {
			if metres[i][j] = max(metres[i][j], reach[i], reach[j]); metres[i][j] > q.EpsMetres {
				metres[i][j] = math.Inf(1)
			}
		}
	}
	return metres
}

// fromTheTop is HDBSCAN by its definition.
func fromTheTop(q *Query) *Labels {
	d := &tree{least: q.MinPoints, metres: q.reachability()}
	group, all := make([]int32, len(q.Points)), []int{}
	for i := range group {
		group[i], all = Noise, append(all, i)
	}
	for _, part := range d.apart(all, math.Inf(1)) {
		if len(part) < q.MinPoints {
			continue
		}
		_, clusters := d.best(part, 1/q.EpsMetres)
		for _, c := range clusters {
			for _, e := range c {
				group[e] = int32(c[0])
			}
		}
	}
	l := &Labels{}
	l.Label, l.Clusters = number(group, q.Keys)
	return l
}

func TestHDBSCANFromTheTop(t *testing.T) {
	r := seeded(t)
	several := 0
	for range 200 {
		q := crowd(r, 10+r.IntN(14), orb.Point{179.5, -17})
		q.Times, q.EpsMetres, q.MinPoints = nil, 5000+r.Float64()*40000, 2+r.IntN(3)
		got, want := mustHDBSCAN(t, q), fromTheTop(q)
		if fmt.Sprint(got.Label) != fmt.Sprint(want.Label) {
			t.Errorf("%v\nfrom the top %v", got.Label, want.Label)
		}
		if want.Clusters > 1 {
			several++
		}
	}
	if several < 20 {
		t.Errorf("only %d of 200 patterns have several clusters", several)
	}
}

// TestDensities: two towns of different density and a third between the two
// are found, where no one distance of DBSCAN finds them all.
func TestDensities(t *testing.T) {
	r := seeded(t)
	q := &Query{EpsMetres: 50e3, MinPoints: 8}
	for town, spread := range []float64{0.001, 0.01, 0.04} {
		for range 60 {
			q.Points = append(q.Points, orb.Point{10 + float64(town)*0.3 + r.NormFloat64()*spread, 10 + r.NormFloat64()*spread})
		}
	}
	q.Keys = keysFor(len(q.Points))
	l := mustHDBSCAN(t, q)
	for town := range 3 {
		count := map[int32]int{}
		for _, label := range l.Label[town*60 : town*60+60] {
			count[label]++
		}
		most := 0
		for label, n := range count {
			if label != Noise {
				most = max(most, n)
			}
		}
		if most < 35 {
			t.Errorf("town %d: %v", town, count)
		}
	}
}

func TestHDBSCANRefuses(t *testing.T) {
	q := &Query{EpsMetres: 100, MinPoints: 1}
	if _, err := HDBSCAN(context.Background(), q, quiet); geo.CodeOf(err) != geo.Invalid {
		t.Error(err)
	}
	q = &Query{Points: make([]orb.Point, 8000), Keys: keysFor(8000), EpsMetres: 100, MinPoints: 5}
	if _, err := HDBSCAN(context.Background(), q, quiet); geo.CodeOf(err) != geo.TooLarge {
		t.Error(err)
	}
	if l := mustHDBSCAN(t, &Query{EpsMetres: 100, MinPoints: 5}); l.Clusters != 0 {
		t.Error(l)
	}
}

func BenchmarkHDBSCAN(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	q := evenly(100_000, 50, 1000)
	for i := range 50_000 {
		q.Points[i] = orb.Point{q.Points[i%50][0] + r.NormFloat64()*0.005, q.Points[i%50][1] + r.NormFloat64()*0.005}
	}
	q.MinPoints, q.EpsMetres = 20, 500
	b.ReportAllocs()
	for b.Loop() {
		mustHDBSCAN(b, q)
	}
}
