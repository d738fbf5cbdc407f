package spacetime

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

func mustScan(t testing.TB, q *ScanQuery) *Found {
	t.Helper()
	f, err := Scan(context.Background(), q, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func mustPrepare(t testing.TB, q *ScanQuery) *cylinders {
	t.Helper()
	c := newCells(q.Points, q.Cells)
	if err := c.circles(q.RadiusMetres, int(q.Share*float64(len(q.Points)))); err != nil {
		t.Fatal(err)
	}
	s, err := newCylinders(q, c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTwoPlaces: the counts by day and place of scanstatistics' tests,
// recomputed.
func TestTwoPlaces(t *testing.T) {
	q := &ScanQuery{End: 3 * geo.Day, RadiusMetres: 20e3, Share: 1, Days: 3, Cells: 10}
	for day, row := range [][2]int{{1, 0}, {2, 1}, {0, 20}} {
		for place, n := range row {
			for range n {
				q.Points = append(q.Points, orb.Point{float64(place) / 10, 0})
				q.Times = append(q.Times, geo.Time(day)*geo.Day)
			}
		}
	}
	s := mustPrepare(t, q)
	s.longest, s.recent = 3, 24
	l := s.newLook()
	l.arrange(nil)
	l.about(1, 0)
	b := l.best
	if b.count != 20 || b.cells != 1 || b.first != 0 || b.last != 0 || math.Abs(b.ratio-0.728597) > 1e-6 {
		t.Errorf("%+v", b)
	}
	if got := s.ratio.ratio(21, 21, 23, 0); math.Abs(got-0.125952) > 1e-6 {
		t.Errorf("second: %v", got)
	}
	if f := mustScan(t, q); len(f.Clusters) != 1 || math.Abs(f.Clusters[0].Expected-17.5) > 1e-12 || f.Clusters[0].Start != 2*geo.Day || f.Clusters[0].End != 3*geo.Day {
		t.Errorf("%+v", f)
	}
}

// exact is the ratio by its definition.
func exact(c, mu, all float64) float64 {
	if c <= mu {
		return 0
	}
	r := c * math.Log(c/mu)
	if c < all {
		r += (all - c) * math.Log((all-c)/(all-mu))
	}
	return r
}

// slowest is the highest ratio of all circles and days, by the definition, of
// an arrangement.
func (l *look) slowest() float64 {
	best, all := 0.0, float64(len(l.age))
	points := l.cells.points
	for centre := range points {
		for rim := range points {
			radius := measure.Distance(points[centre], points[rim])
			if radius > l.query.RadiusMetres {
				continue
			}
			inside := make([]bool, len(points))
			total := 0
			for j := range points {
				inside[j] = measure.Distance(points[centre], points[j]) <= radius
				if inside[j] {
					total += int(l.cells.total[j])
				}
			}
			if total > int(l.query.Share*all) {
				continue
			}
			best = max(best, l.slowDays(inside, float64(total)))
		}
	}
	return best
}

func (l *look) slowDays(inside []bool, total float64) float64 {
	best, all := 0.0, float64(len(l.age))
	here, days := make([]float64, l.days), make([]float64, l.days)
	for i, cell := range l.shuffled {
		days[l.age[i]]++
		if inside[cell] {
			here[l.age[i]]++
		}
	}
	for first := range here {
		if first > 0 && !l.query.Retrospective {
			break
		}
		c, mu := 0.0, 0.0
		for last := first; last < l.days && last-first < l.longest; last++ {
			c, mu = c+here[last], mu+days[last]*total/all
			best = max(best, exact(c, mu, all))
		}
	}
	return best
}

func (l *look) highest() float64 {
	best := 0.0
	for centre := range l.cells.points {
		l.about(centre, best)
		best = max(best, l.best.ratio)
	}
	return best
}

// somewhere draws events at some places of a lattice, so that distances tie,
// or anywhere.
func somewhere(r *rand.Rand, n int, lattice bool) *ScanQuery {
	q := &ScanQuery{End: geo.Time(30+r.IntN(30)) * geo.Day, RadiusMetres: 15e3, Share: 0.5, Days: 7, Cells: 100, Significance: 0.05}
	for range n {
		p := orb.Point{math.Remainder(179.9+r.Float64()*0.3, 360), r.Float64() * 0.3}
		if lattice {
			p = orb.Point{float64(r.IntN(5)) / 20, float64(r.IntN(5)-2) / 20}
		}
		q.Points = append(q.Points, p)
		q.Times = append(q.Times, geo.Time(r.Int64N(int64(q.End))))
	}
	return q
}

// TestByEveryCylinder compares the highest ratio of the truth and of
// permutations with a look at every cylinder.
func TestByEveryCylinder(t *testing.T) {
	r := seeded(t)
	for run := range 24 {
		q := somewhere(r, 20+r.IntN(60), run%2 == 0)
		q.Retrospective = run%4 < 2
		s := mustPrepare(t, q)
		l := s.newLook()
		for i := range 4 {
			if l.arrange(nil); i > 0 {
				l.arrange(rand.New(rand.NewPCG(uint64(run), uint64(i))))
			}
			if got, want := l.highest(), l.slowest(); math.Abs(got-want) > 1e-9 {
				t.Errorf("run %d, arrangement %d, retrospective %v: %v, by every cylinder %v", run, i, q.Retrospective, got, want)
			}
		}
	}
}

// TestArrange: a permutation keeps how many events each cell and each day has.
func TestArrange(t *testing.T) {
	r := seeded(t)
	q := somewhere(r, 200, true)
	q.Retrospective = true
	s := mustPrepare(t, q)
	l := s.newLook()
	for i := range 5 {
		l.arrange(rand.New(rand.NewPCG(9, uint64(i))))
		cells, ages := make([]int32, len(s.cells.points)), make([]int, s.days)
		for cell := range cells {
			for _, age := range l.ages[l.start[cell]:l.start[cell+1]] {
				cells[cell]++
				ages[age]++
			}
		}
		for cell, n := range cells {
			if n != s.cells.total[cell] {
				t.Errorf("cell %d: %d events of %d", cell, n, s.cells.total[cell])
			}
		}
		for age, n := range ages {
			if n != s.before[age+1]-s.before[age] {
				t.Errorf("day %d: %d events", age, n)
			}
		}
	}
}

// planted is events of a year anywhere, and twenty more within 5 km and a
// week: the last one, or another.
func planted(r *rand.Rand, end geo.Time) *ScanQuery {
	q := &ScanQuery{End: 365 * geo.Day, RadiusMetres: 50e3, Share: 0.5, Days: 30, Cells: 2000, Permutations: 99, Seed: 1, Significance: 0.05}
	for range 400 {
		q.Points = append(q.Points, orb.Point{r.Float64() * 3, 10 + r.Float64()*3})
		q.Times = append(q.Times, geo.Time(r.Int64N(365*int64(geo.Day))))
	}
	for range 20 {
		q.Points = append(q.Points, orb.Point{1.5 + (r.Float64()-0.5)*0.06, 11.5 + (r.Float64()-0.5)*0.06})
		q.Times = append(q.Times, end-1-geo.Time(r.Int64N(7*int64(geo.Day))))
	}
	return q
}

func TestPlantedCluster(t *testing.T) {
	r := seeded(t)
	for _, c := range []struct {
		desc          string
		retrospective bool
		end           geo.Time
	}{{"now", false, 365 * geo.Day}, {"in spring", true, 100 * geo.Day}} {
		q := planted(r, c.end)
		q.Retrospective = c.retrospective
		f := mustScan(t, q)
		if len(f.Clusters) == 0 {
			t.Fatalf("%s: nothing found", c.desc)
		}
		b := f.Clusters[0]
		if b.P != 0.01 || b.Gumbel > 1e-4 || b.Observed < 18 || b.Observed > 27 || b.RadiusMetres > 30e3 ||
			measure.Distance(b.Centre, orb.Point{1.5, 11.5}) > b.RadiusMetres+5e3 || b.End > c.end+3*geo.Day || b.Start < c.end-11*geo.Day || !(b.LogRatio > f.Critical) {
			t.Errorf("%s: %+v", c.desc, b)
		}
	}
}

// TestSecondary: two planted clusters are found as two, without a common cell.
func TestSecondary(t *testing.T) {
	r := seeded(t)
	q := planted(r, 365*geo.Day)
	for range 15 {
		q.Points = append(q.Points, orb.Point{0.3 + (r.Float64()-0.5)*0.06, 12.6})
		q.Times = append(q.Times, 365*geo.Day-1-geo.Time(r.Int64N(5*int64(geo.Day))))
	}
	f := mustScan(t, q)
	if len(f.Clusters) < 2 {
		t.Fatalf("%+v", f.Clusters)
	}
	a, b := f.Clusters[0], f.Clusters[1]
	if measure.Distance(a.Centre, b.Centre) < 100e3 || a.LogRatio < b.LogRatio {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// TestScanFalseAlarms: of 200 patterns without interaction no more than chance
// allows are significant at 5 % (binomial, 99.9 %: at most 22).
func TestScanFalseAlarms(t *testing.T) {
	r := seeded(t)
	alarms := 0
	for run := range 200 {
		points, times := even(r, 80)
		q := &ScanQuery{Points: points, Times: times, End: 100 * geo.Day, RadiusMetres: 5e3, Share: 0.5, Days: 14, Cells: 2000, Permutations: 99, Seed: uint64(run), Significance: 0.05}
		if f := mustScan(t, q); len(f.Clusters) > 0 && f.Clusters[0].P <= 0.05 {
			alarms++
		}
	}
	if alarms > 22 || alarms < 1 {
		t.Errorf("%d alarms of 200", alarms)
	}
}

// TestScanSeed: one seed, one answer.
func TestScanSeed(t *testing.T) {
	q := planted(seeded(t), 365*geo.Day)
	first := mustScan(t, q)
	for range 3 {
		if again := mustScan(t, q); fmt.Sprint(again) != fmt.Sprint(first) {
			t.Errorf("%v\nfirst %v", again, first)
		}
	}
}

// TestSquares: where there are more places than cells, squares take their
// events together, none is lost, and neighbours over the date line are.
func TestSquares(t *testing.T) {
	r := seeded(t)
	var points []orb.Point
	for range 3000 {
		points = append(points, orb.Point{math.Remainder(179+2*r.Float64(), 360), -18 + 2*r.Float64()})
	}
	points = append(points, orb.Point{180, -17}, orb.Point{-180, -17}, orb.Point{20, 90}, orb.Point{20, -90})
	c := newCells(points, 200)
	if len(c.points) > 200 || len(c.points) < 60 || c.sideMetres < 10e3 || c.sideMetres > 50e3 {
		t.Errorf("%d cells of %v metres", len(c.points), c.sideMetres)
	}
	n := int32(0)
	for _, some := range c.total {
		n += some
	}
	if int(n) != len(points) {
		t.Errorf("%d events of %d", n, len(points))
	}
	for i, p := range points {
		if d := measure.Distance(p, c.points[c.of[i]]); d > c.sideMetres*1.5 {
			t.Errorf("%v is counted at %v, %v metres away", p, c.points[c.of[i]], d)
		}
	}
	if c.of[3000] != c.of[3001] {
		t.Error("one place on the date line is in two cells")
	}
}

func TestNothingToScan(t *testing.T) {
	for _, c := range []struct {
		desc   string
		points []orb.Point
		times  []geo.Time
	}{
		{"no events", nil, nil},
		{"one event", []orb.Point{{1, 1}}, days(5)},
		{"all at one place", []orb.Point{{1, 1}, {1, 1}, {1, 1}}, days(5, 6, 7)},
		{"all on one day", []orb.Point{{1, 1}, {1, 2}, {1, 3}}, days(5, 5, 5)},
	} {
		q := &ScanQuery{Points: c.points, Times: c.times, End: 10 * geo.Day, RadiusMetres: 50e3, Share: 0.5, Days: 3, Cells: 10, Permutations: 9}
		if f := mustScan(t, q); len(f.Clusters) != 0 {
			t.Errorf("%s: %+v", c.desc, f.Clusters)
		}
	}
}

func TestRefusedScans(t *testing.T) {
	for _, c := range []struct {
		desc, where string
		change      func(*ScanQuery)
	}{
		{"no radius", "radius_m", func(q *ScanQuery) { q.RadiusMetres = math.NaN() }},
		{"an endless radius", "radius_m", func(q *ScanQuery) { q.RadiusMetres = math.Inf(1) }},
		{"no share", "share", func(q *ScanQuery) { q.Share = 0 }},
		{"more than all", "share", func(q *ScanQuery) { q.Share = 1.1 }},
		{"no days", "days", func(q *ScanQuery) { q.Days = 0 }},
		{"no cells", "cells", func(q *ScanQuery) { q.Cells = 0 }},
		{"permutations", "permutations", func(q *ScanQuery) { q.Permutations = -1 }},
		{"an event after the end", "datetime", func(q *ScanQuery) { q.Times[0] = q.End }},
		{"an event of long ago", "datetime", func(q *ScanQuery) { q.Times[0] = q.End - 101*366*geo.Day }},
	} {
		q := somewhere(seeded(t), 20, false)
		c.change(q)
		_, err := Scan(context.Background(), q, quiet)
		if e, ok := err.(*geo.Error); !ok || e.Where != c.where || e.Code != geo.Invalid {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

func TestScanCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Scan(ctx, planted(seeded(t), geo.Day), quiet); geo.CodeOf(err) == "" {
		t.Error("no error")
	}
}

// BenchmarkScan is a scan of 20,000 events of two years in 2,000 cells, 50 km,
// 30 days: prospective with 999 permutations, and looking back with 9.
func BenchmarkScan(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var places []orb.Point
	for range 2000 {
		places = append(places, orb.Point{r.Float64() * 4, 10 + r.Float64()*4})
	}
	q := &ScanQuery{End: 730 * geo.Day, RadiusMetres: 50e3, Share: 0.5, Days: 30, Cells: 2000, Seed: 1, Significance: 0.05}
	for range 20000 {
		q.Points = append(q.Points, places[r.IntN(len(places))])
		q.Times = append(q.Times, geo.Time(r.Int64N(730*int64(geo.Day))))
	}
	for _, c := range []struct {
		name          string
		retrospective bool
		permutations  int
	}{{"prospective/999", false, 999}, {"retrospective/9", true, 9}} {
		b.Run(c.name, func(b *testing.B) {
			q.Retrospective, q.Permutations = c.retrospective, c.permutations
			b.ReportAllocs()
			for b.Loop() {
				mustScan(b, q)
			}
		})
	}
}
