package spacetime

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
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

// published reads x, y and days.
func published(t *testing.T, name string) (points []orb.Point, times []geo.Time) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		var p orb.Point
		var days int
		if _, err := fmt.Sscan(lines.Text(), &p[0], &p[1], &days); err != nil {
			t.Fatal(lines.Text(), err)
		}
		points, times = append(points, p), append(times, geo.Time(days)*geo.Day)
	}
	return points, times
}

func straight(a, b orb.Point) float64  { return math.Hypot(a[0]-b[0], a[1]-b[1]) }
func manhattan(a, b orb.Point) float64 { return math.Abs(a[0]-b[0]) + math.Abs(a[1]-b[1]) }

// allPairs are the close pairs by any distance, every one looked at.
func (q *Query) allPairs(distance func(a, b orb.Point) float64) *pairs {
	p := newPairs(q.Metres)
	for i, a := range q.Points {
		for j, b := range q.Points[:i] {
			p.sort(q.Metres, q.WithinMetres, pair{int32(j), int32(i)}, distance(a, b))
		}
	}
	return p
}

func (q *Query) mustTest(t testing.TB, p *pairs) *Answer {
	t.Helper()
	a, err := q.test(context.Background(), p, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func days(n ...int) (out []geo.Time) {
	for _, d := range n {
		out = append(out, geo.Time(d)*geo.Day)
	}
	return out
}

// TestKnoxOfBurkitt: the figures of PySAL's pointpats and others computed
// from the same data.
func TestKnoxOfBurkitt(t *testing.T) {
	points, times := published(t, "burkitt.tsv")
	if len(points) != 188 {
		t.Fatalf("%d cases", len(points))
	}
	for _, c := range []struct {
		metres               float64
		days                 int
		near, soon, observed int
		expected             float64
	}{
		{20, 5, 3429, 52, 13, 10.1438161},
		{10, 30, 1162, 229, 24, 15.138127},
		{5, 60, 360, 436, 12, 8.929343},
		{20, 30, 3429, 229, 54, 44.671806},
		{40, 90, 8245, 664, 346, 311.450677},
	} {
		q := &Query{Points: points, Times: times, WithinMetres: c.metres, WithinTime: geo.Time(c.days) * geo.Day, Permutations: 199, Seed: 1}
		k := q.mustTest(t, q.allPairs(straight)).Knox
		if k.Pairs != 17578 || k.Near != c.near || k.Soon != c.soon || k.Observed != c.observed || math.Abs(k.Expected-c.expected) > 1e-6 {
			t.Errorf("%v within %d days: %+v", c.metres, c.days, k)
		}
		if c.days != 5 {
			continue
		}
		if math.Abs(k.More-0.14624558) > 1e-8 || math.Abs(k.AtLeast-0.22226667) > 1e-8 {
			t.Errorf("P(X > 13) = %.8f, P(X >= 13) = %.8f", k.More, k.AtLeast)
		}
		if k.Permuted < 0.08 || k.Permuted > 0.36 {
			t.Errorf("p by permutation %v, published as 0.17 and 0.21", k.Permuted)
		}
	}
}

// slowly makes the matrix by looking at every pair.
func (q *Query) slowly(distance func(a, b orb.Point) float64) [][]int {
	out := make([][]int, len(q.Metres)+1)
	for i := range out {
		out[i] = make([]int, len(q.Spans)+1)
	}
	for i := range q.Points {
		for j := range i {
			d := distance(q.Points[i], q.Points[j])
			apart := max(q.Times[i]-q.Times[j], q.Times[j]-q.Times[i])
			m, s := 0, 0
			for m < len(q.Metres) && d >= q.Metres[m] {
				m++
			}
			for s < len(q.Spans) && apart >= q.Spans[s] {
				s++
			}
			out[m][s]++
		}
	}
	return out
}

func observed(m [][]Cell) (out [][]int) {
	for _, row := range m {
		var ns []int
		for _, c := range row {
			ns = append(ns, c.Observed)
		}
		out = append(out, ns)
	}
	return out
}

// TestMatrixOfArson: the near-repeat matrix of 522 cases, by Manhattan
// distance, recomputed from the same data. The matrix of another well-known
// program labels its bands "a to b" and counts [a-1, b).
func TestMatrixOfArson(t *testing.T) {
	points, times := published(t, "arson.tsv")
	q := &Query{Points: points, Times: times, Metres: []float64{1, 201, 401, 601}, Spans: days(2, 3, 4), Permutations: 99, Seed: 1}
	m := q.mustTest(t, q.allPairs(manhattan)).Matrix
	want := [][]int{{3, 0, 1, 7}, {9, 1, 0, 46}, {4, 0, 1, 140}, {6, 0, 3, 231}, {1103, 770, 810, 132846}}
	if got := observed(m); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if m[0][0].P != 0.01 || m[1][0].P != 0.01 {
		t.Errorf("the same and the next day at one place, p %v, and within 200 m, p %v", m[0][0].P, m[1][0].P)
	}
}

// TestByEveryPair compares both tests with a look at every pair, by the
// geodesic.
func TestByEveryPair(t *testing.T) {
	r := seeded(t)
	for range 20 {
		q := &Query{WithinMetres: 500 + r.Float64()*3000, WithinTime: geo.Time(r.IntN(6)) * geo.Day,
			Metres: []float64{1, 1000, 2000, 4000}, Spans: days(1, 2, 7), Permutations: 19, Seed: 5}
		if r.IntN(3) == 0 {
			q.Metres, q.Spans = nil, nil
		}
		for i := range 2 + r.IntN(150) {
			p := orb.Point{179.98 + r.Float64()*0.05, -17 + r.Float64()*0.04}
			if i > 0 && r.IntN(5) == 0 {
				p = q.Points[r.IntN(i)]
			}
			q.Points = append(q.Points, orb.Point{math.Remainder(p[0], 360), p[1]})
			q.Times = append(q.Times, geo.Time(r.IntN(20*24))*3600*geo.Second)
		}
		a, err := NearRepeat(context.Background(), q, quiet)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := observed(a.Matrix), q.slowly(measure.Distance); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v, by every pair %v", got, want)
		}
		if want := q.mustTest(t, q.allPairs(measure.Distance)); fmt.Sprint(*a) != fmt.Sprint(*want) {
			t.Errorf("%v, by every pair %v", *a, *want)
		}
		near, soon, both := 0, 0, 0
		for i := range q.Points {
			for j := range i {
				n := measure.Distance(q.Points[i], q.Points[j]) <= q.WithinMetres
				s := max(q.Times[i]-q.Times[j], q.Times[j]-q.Times[i]) <= q.WithinTime
				near, soon, both = near+one(n), soon+one(s), both+one(n && s)
			}
		}
		if k := a.Knox; k.Near != near || k.Soon != soon || k.Observed != both {
			t.Errorf("%+v, by every pair %d near, %d soon, %d both", k, near, soon, both)
		}
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// expected is what permuting all times gives on average: the products of the
// margins.
func TestExpectedIsTheProductOfMargins(t *testing.T) {
	points, times := published(t, "burkitt.tsv")
	q := &Query{Points: points, Times: times, Metres: []float64{10, 40, 80}, Spans: days(30, 90, 365), Permutations: 999, Seed: 3}
	m := q.mustTest(t, q.allPairs(straight)).Matrix
	row, column, all := make([]int, 4), make([]int, 4), 0
	for i := range m {
		for j := range m[i] {
			row[i], column[j], all = row[i]+m[i][j].Observed, column[j]+m[i][j].Observed, all+m[i][j].Observed
		}
	}
	if all != 17578 {
		t.Errorf("%d pairs", all)
	}
	for i := range m {
		for j, c := range m[i] {
			want := float64(row[i]) * float64(column[j]) / float64(all)
			if tolerance := 1 + 5*math.Sqrt(want)/math.Sqrt(999)*3; math.Abs(c.Expected-want) > tolerance {
				t.Errorf("row %d column %d: %v, by margins %v", i, j, c.Expected, want)
			}
			if c.P < 1.0/1000 || c.P > 1 {
				t.Errorf("row %d column %d: p %v", i, j, c.P)
			}
		}
	}
}

// TestSeed: one seed, one answer, whatever the number of goroutines.
func TestSeed(t *testing.T) {
	points, times := published(t, "burkitt.tsv")
	q := &Query{Points: points, Times: times, WithinMetres: 20, WithinTime: 30 * geo.Day, Metres: []float64{10, 40}, Spans: days(30, 90), Permutations: 99, Seed: 7}
	p := q.allPairs(straight)
	first := q.mustTest(t, p)
	for range 3 {
		if again := q.mustTest(t, p); fmt.Sprint(*again) != fmt.Sprint(*first) {
			t.Errorf("%v\nfirst %v", *again, *first)
		}
	}
	q.Seed = 8
	if other := q.mustTest(t, p); fmt.Sprint(other.Matrix) == fmt.Sprint(first.Matrix) {
		t.Error("another seed gives the same permutations")
	}
}

// even draws events at places and times that have nothing to do with each
// other.
func even(r *rand.Rand, n int) ([]orb.Point, []geo.Time) {
	points, times := make([]orb.Point, n), make([]geo.Time, n)
	for i := range n {
		points[i] = orb.Point{r.Float64() * 0.2, 10 + r.Float64()*0.2}
		times[i] = geo.Time(r.Int64N(100 * int64(geo.Day)))
	}
	return points, times
}

// TestFalseAlarms: of 200 patterns without interaction the test may call as
// many significant at 5 % as chance allows (binomial, 99.9 %: 2 to 22).
func TestFalseAlarms(t *testing.T) {
	r := seeded(t)
	alarms := 0
	for run := range 200 {
		points, times := even(r, 120)
		q := &Query{Points: points, Times: times, WithinMetres: 2000, WithinTime: 5 * geo.Day, Permutations: 99, Seed: uint64(run)}
		a, err := NearRepeat(context.Background(), q, quiet)
		if err != nil {
			t.Fatal(err)
		}
		if a.Knox.Permuted <= 0.05 {
			alarms++
		}
	}
	if alarms > 22 {
		t.Errorf("%d false alarms of 200", alarms)
	}
	if alarms < 1 {
		t.Errorf("no alarm in 200: the test cannot find anything")
	}
}

// TestPlanted: events that come in pairs, 500 m and a day apart, are found,
// in the band where they were planted.
func TestPlanted(t *testing.T) {
	r := seeded(t)
	points, times := even(r, 200)
	for i := range 60 {
		points = append(points, orb.Point{points[i][0] + 0.004, points[i][1]})
		times = append(times, times[i]+geo.Day)
	}
	q := &Query{Points: points, Times: times, WithinMetres: 1000, WithinTime: 2 * geo.Day, Metres: []float64{1, 1000, 2000, 4000}, Spans: days(2, 4, 7), Permutations: 199, Seed: 1}
	a, err := NearRepeat(context.Background(), q, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if a.Knox.Permuted != 1.0/200 || a.Knox.AtLeast > 1e-6 || a.Matrix[1][0].P != 1.0/200 {
		t.Errorf("%+v, %+v", a.Knox, a.Matrix[1][0])
	}
}

func TestFewEvents(t *testing.T) {
	for n := range 3 {
		points, times := even(seeded(t), n)
		q := &Query{Points: points, Times: times, WithinMetres: 1e6, WithinTime: 1000 * geo.Day, Metres: []float64{1}, Spans: days(1), Permutations: 9}
		a, err := NearRepeat(context.Background(), q, quiet)
		if err != nil {
			t.Fatal(err)
		}
		if k := a.Knox; k.Pairs != n*(n-1)/2 || k.Observed != k.Pairs || k.Permuted != 1 || k.AtLeast != 1-float64(n/2)*math.Exp(-1) {
			t.Errorf("%d events: %+v", n, k)
		}
	}
}

func TestRefusedPairs(t *testing.T) {
	points, times := even(seeded(t), 10)
	for _, c := range []struct {
		desc, where string
		change      func(*Query)
	}{
		{"no distance", "distance_m", func(q *Query) { q.WithinMetres = math.NaN() }},
		{"below 0", "distance_m", func(q *Query) { q.WithinMetres = -1 }},
		{"a span below 0", "days", func(q *Query) { q.WithinTime = -1 }},
		{"edges that fall", "edges_m", func(q *Query) { q.Metres = []float64{2, 1} }},
		{"an edge of 0", "edges_m", func(q *Query) { q.Metres = []float64{0, 1} }},
		{"one edge twice", "edges_days", func(q *Query) { q.Spans = days(1, 1) }},
	} {
		q := &Query{Points: points, Times: times}
		c.change(q)
		_, err := NearRepeat(context.Background(), q, quiet)
		if e, ok := err.(*geo.Error); !ok || e.Where != c.where || e.Code != geo.Invalid {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

func TestTooManyPairs(t *testing.T) {
	points, times := make([]orb.Point, 7000), make([]geo.Time, 7000)
	_, err := NearRepeat(context.Background(), &Query{Points: points, Times: times, WithinMetres: 1}, quiet)
	if geo.CodeOf(err) != geo.TooLarge || !strings.Contains(err.Error(), "lower distance_m") {
		t.Error(err)
	}
}

func BenchmarkKnox999(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	q := &Query{WithinMetres: 1000, WithinTime: 2 * geo.Day, Permutations: 999, Seed: 1}
	for range 20000 {
		q.Points = append(q.Points, orb.Point{r.Float64() * 0.36, r.Float64() * 0.36})
		q.Times = append(q.Times, geo.Time(r.Int64N(1000*int64(geo.Day))))
	}
	b.ReportAllocs()
	for b.Loop() {
		a, err := NearRepeat(context.Background(), q, quiet)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(a.Knox.Near), "pairs")
	}
}
