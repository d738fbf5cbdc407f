package cluster

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/randtest"
)

func quiet(int, int) {}

func seeded(t *testing.T) *rand.Rand {
	t.Helper()
	seed := randtest.Seed(t)
	return rand.New(rand.NewPCG(seed, 1))
}

func keysFor(n int) []geo.Key {
	keys := make([]geo.Key, n)
	for i := range keys {
		keys[i] = geo.Key(i + 1)
	}
	return keys
}

func mustDBSCAN(t testing.TB, q *Query) *Labels {
	t.Helper()
	l, err := DBSCAN(context.Background(), q, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// apart is how far two events are from each other.
func (q *Query) apart(i, j int) (metres float64, apart geo.Time, near bool) {
	if q.Times != nil {
		apart = max(q.Times[i]-q.Times[j], q.Times[j]-q.Times[i])
	}
	metres = measure.Distance(q.Points[i], q.Points[j])
	return metres, apart, apart <= q.EpsTime && metres <= q.EpsMetres
}

// slowly finds clusters by the definition alone: every pair is looked at.
func slowly(q *Query) *Labels {
	n := len(q.Points)
	core, group := make([]bool, n), make([]int32, n)
	for i := range n {
		count := 0
		for j := range n {
			if _, _, near := q.apart(i, j); near {
				count++
			}
		}
		core[i], group[i] = count >= q.MinPoints, int32(i)
	}
	for q.spread(core, group) {
	}
	for i := range n {
		if !core[i] {
			group[i] = q.slowBorder(i, core, group)
		}
	}
	l := &Labels{Core: core}
	l.Label, l.Clusters = number(group, q.Keys)
	return l
}

// spread gives core events within reach of each other the lesser group of the
// two, and says whether any changed.
func (q *Query) spread(core []bool, group []int32) (changed bool) {
	for i := range core {
		for j := range core {
			if !core[i] || !core[j] || group[i] <= group[j] {
				continue
			}
			if _, _, near := q.apart(i, j); near {
				group[i], changed = group[j], true
			}
		}
	}
	return changed
}

func (q *Query) slowBorder(i int, core []bool, group []int32) int32 {
	best := candidate{position: Noise}
	for j := range core {
		metres, apart, near := q.apart(i, j)
		if !core[j] || !near {
			continue
		}
		c := candidate{metres, apart, q.Keys[j], group[j]}
		if best.position == Noise || c.nearer(&best) {
			best = c
		}
	}
	return best.position
}

func TestDocumentedExample(t *testing.T) {
	// scikit-learn's documentation of DBSCAN, its plane set down where a
	// degree is 111 km: eps 3 of a degree.
	var points []orb.Point
	for _, p := range [][2]float64{{1, 2}, {2, 2}, {2, 3}, {8, 7}, {8, 8}, {25, 80}} {
		points = append(points, orb.Point{p[0] / 100, p[1] / 100})
	}
	l := mustDBSCAN(t, &Query{Points: points, Keys: keysFor(6), EpsMetres: 3339.6, MinPoints: 2})
	if want := []int32{0, 0, 0, 1, 1, Noise}; !slices.Equal(l.Label, want) {
		t.Errorf("%v, want %v", l.Label, want)
	}
}

// crowd draws events around some centres and others anywhere; some share a
// place or a moment with another one.
func crowd(r *rand.Rand, n int, centre orb.Point) *Query {
	q := &Query{Keys: keysFor(n), EpsTime: Forever}
	r.Shuffle(n, func(i, j int) { q.Keys[i], q.Keys[j] = q.Keys[j], q.Keys[i] })
	for i := range n {
		p := orb.Point{centre[0] + r.Float64(), centre[1] + r.Float64()/2}
		at := geo.Time(r.IntN(60)) * geo.Day
		switch {
		case i > 0 && r.IntN(4) == 0:
			p = q.Points[r.IntN(i)]
		case r.IntN(2) == 0:
			c := r.IntN(4)
			p = orb.Point{centre[0] + float64(c)/4 + r.NormFloat64()*0.02, centre[1] + r.NormFloat64()*0.02}
			at = geo.Time(c*10+r.IntN(8)) * geo.Day
		}
		p[0] = math.Remainder(p[0], 360)
		q.Points, q.Times = append(q.Points, p), append(q.Times, at)
	}
	return q
}

func (l *Labels) differ(t *testing.T, desc string, want *Labels) {
	t.Helper()
	if !slices.Equal(l.Core, want.Core) {
		t.Errorf("%s: other core events", desc)
	}
	if !slices.Equal(l.Label, want.Label) || l.Clusters != want.Clusters {
		t.Errorf("%s: %d clusters %v\nby definition %d %v", desc, l.Clusters, l.Label, want.Clusters, want.Label)
	}
}

func TestByDefinition(t *testing.T) {
	r := seeded(t)
	for _, c := range []struct {
		desc   string
		centre orb.Point
	}{{"a mission", orb.Point{-1, 16}}, {"the date line", orb.Point{179.5, -17}}, {"the north pole", orb.Point{20, 89.4}}} {
		for range 12 {
			q := crowd(r, 60+r.IntN(200), c.centre)
			q.EpsMetres, q.MinPoints = 500+r.Float64()*8000, 1+r.IntN(6)
			q.EpsTime = geo.Time(r.IntN(10)) * geo.Day
			mustDBSCAN(t, q).differ(t, c.desc+" in space and time", slowly(q))
			q.Times = nil
			mustDBSCAN(t, q).differ(t, c.desc+" in space", slowly(q))
		}
	}
}

// TestEndlessTimeIsSpaceAlone: ST-DBSCAN with an endless span is DBSCAN.
func TestEndlessTimeIsSpaceAlone(t *testing.T) {
	r := seeded(t)
	for range 20 {
		q := crowd(r, 400, orb.Point{36, -1})
		q.EpsMetres, q.MinPoints, q.EpsTime = 1000+r.Float64()*4000, 2+r.IntN(5), Forever
		timed := mustDBSCAN(t, q)
		q.Times = nil
		space := mustDBSCAN(t, q)
		for i := range timed.Label {
			if timed.Core[i] != space.Core[i] || (timed.Label[i] == Noise) != (space.Label[i] == Noise) {
				t.Fatalf("event %d: %v %d, in space alone %v %d", i, timed.Core[i], timed.Label[i], space.Core[i], space.Label[i])
			}
			if timed.Core[i] && timed.Label[i] != space.Label[i] {
				t.Fatalf("event %d: cluster %d, in space alone %d", i, timed.Label[i], space.Label[i])
			}
		}
	}
}

// TestOrderDoesNotMatter: the same events in another order are of the same
// clusters.
func TestOrderDoesNotMatter(t *testing.T) {
	r := seeded(t)
	q := crowd(r, 500, orb.Point{0, 10})
	q.EpsMetres, q.MinPoints, q.EpsTime = 3000, 4, 5*geo.Day
	first := mustDBSCAN(t, q)
	for range 5 {
		order := r.Perm(len(q.Points))
		o := *q
		o.Points, o.Keys, o.Times = nil, nil, nil
		for _, i := range order {
			o.Points, o.Keys, o.Times = append(o.Points, q.Points[i]), append(o.Keys, q.Keys[i]), append(o.Times, q.Times[i])
		}
		again := mustDBSCAN(t, &o)
		for to, from := range order {
			if again.Label[to] != first.Label[from] {
				t.Fatalf("event %d: cluster %d, in another order %d", from, first.Label[from], again.Label[to])
			}
		}
	}
}

// TestPlanted: three bursts, two of them at one place and a month apart, are
// recovered exactly; in space alone the two are one.
func TestPlanted(t *testing.T) {
	r := seeded(t)
	q := &Query{EpsMetres: 1000, EpsTime: 3 * geo.Day, MinPoints: 4}
	var want []int32
	for burst, b := range []struct {
		place orb.Point
		day   geo.Time
		n     int
	}{{orb.Point{20, 5}, 10, 40}, {orb.Point{20, 5}, 40, 30}, {orb.Point{21, 5}, 10, 20}} {
		for range b.n {
			q.Points = append(q.Points, orb.Point{b.place[0] + (r.Float64()-0.5)*0.006, b.place[1] + (r.Float64()-0.5)*0.006})
			q.Times = append(q.Times, b.day*geo.Day+geo.Time(r.Int64N(3*int64(geo.Day))))
			want = append(want, int32(burst))
		}
	}
	for i := range 30 { // and others, each alone
		q.Points, q.Times, want = append(q.Points, orb.Point{float64(i), 30}), append(q.Times, 10*geo.Day), append(want, Noise)
	}
	q.Keys = keysFor(len(q.Points))
	if got := mustDBSCAN(t, q); !slices.Equal(got.Label, want) {
		t.Errorf("%v, want %v", got.Label, want)
	}
	q.Times = nil
	if got := mustDBSCAN(t, q); got.Clusters != 2 || got.Label[0] != got.Label[40] {
		t.Errorf("in space alone: %v", got.Label)
	}
}

func TestBorder(t *testing.T) {
	// Two groups of three on a line, and one event between them that both
	// reach; it is nearer to the second.
	line := []orb.Point{{0, 0}, {0.001, 0}, {0.002, 0}, {0.0045, 0}, {0.006, 0}, {0.007, 0}, {0.008, 0}}
	q := &Query{Points: line, Keys: keysFor(7), EpsMetres: 0.0027 * 111320, MinPoints: 4}
	if got := mustDBSCAN(t, q).Label; got[3] != got[4] {
		t.Errorf("%v: the border event is not of the cluster of the nearest core", got)
	}
}

func TestNoEvents(t *testing.T) {
	if l := mustDBSCAN(t, &Query{EpsMetres: 1, MinPoints: 1}); l.Clusters != 0 || len(l.Label) != 0 {
		t.Error(l)
	}
	l := mustDBSCAN(t, &Query{Points: []orb.Point{{1, 2}}, Keys: keysFor(1), EpsMetres: 1, MinPoints: 2})
	if l.Clusters != 0 || l.Label[0] != Noise {
		t.Errorf("one event: %v", l)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		desc, where string
		q           Query
	}{
		{"no distance", "eps_m", Query{MinPoints: 1}},
		{"a distance below 0", "eps_m", Query{EpsMetres: -1, MinPoints: 1}},
		{"no number", "eps_m", Query{EpsMetres: math.NaN(), MinPoints: 1}},
		{"endless", "eps_m", Query{EpsMetres: math.Inf(1), MinPoints: 1}},
		{"no points", "min_points", Query{EpsMetres: 1}},
		{"a span below 0", "eps_days", Query{EpsMetres: 1, MinPoints: 1, Times: []geo.Time{}, EpsTime: -1}},
	} {
		_, err := DBSCAN(context.Background(), &c.q, quiet)
		if e, ok := err.(*geo.Error); !ok || e.Where != c.where || e.Code != geo.Invalid {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	q := crowd(seeded(t), 50, orb.Point{})
	q.EpsMetres, q.MinPoints = 100, 3
	if _, err := DBSCAN(ctx, q, quiet); err != context.Canceled {
		t.Error(err)
	}
}
