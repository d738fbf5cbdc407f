package hotspot_test

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/hotspot"
	"bivouac/geo/measure"
	"bivouac/geo/randtest"
)

func seeded(t testing.TB) *rand.Rand {
	seed := randtest.Seed(t)
	return rand.New(rand.NewPCG(seed, 1))
}

func silent(int, int) {}

// flat has the units within a distance of each other in the plane.
func flat(x, y []float64, within float64) *hotspot.Neighbours {
	lists := make([][]int32, len(x))
	for i := range x {
		for j := range x {
			if i != j && math.Hypot(x[i]-x[j], y[i]-y[j]) <= within {
				lists[i] = append(lists[i], int32(j))
			}
		}
	}
	return hotspot.NewNeighbours(lists)
}

var (
	sixX, sixY = []float64{10, 20, 40, 15, 30, 30}, []float64{10, 10, 10, 20, 20, 30}
	six        = []float64{2, 3, 3.2, 5, 8, 7}
)

// TestSixPoints has the figures of PySAL's tests (methods, 2.1, test A).
func TestSixPoints(t *testing.T) {
	n := flat(sixX, sixY, 15)
	z, err := hotspot.GiStar(six, n)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331} {
		if math.Abs(z[i]-want) > 5e-9 {
			t.Errorf("unit %d: %v, want %v", i, z[i], want)
		}
	}
	g, err := hotspot.GeneralG(six, n)
	if err != nil || math.Abs(g.Value-0.55709779) > 5e-9 || math.Abs(g.P/2-0.172936) > 5e-7 {
		t.Errorf("G %v, p %v, %v", g.Value, g.P/2, err)
	}
}

// lattice is rows by columns with neighbours that share a side.
func lattice(rows, columns int) *hotspot.Neighbours {
	lists := make([][]int32, rows*columns)
	for r := range rows {
		for c := range columns {
			i := r*columns + c
			for _, d := range [][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
				if y, x := r+d[0], c+d[1]; y >= 0 && y < rows && x >= 0 && x < columns {
					lists[i] = append(lists[i], int32(y*columns+x))
				}
			}
		}
	}
	return hotspot.NewNeighbours(lists)
}

// TestMoranOfALattice has the variances of methods, 2.1, test B.
func TestMoranOfALattice(t *testing.T) {
	normal, random, err := hotspot.Moran([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9}, lattice(3, 3))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		desc      string
		got, want float64
	}{{"I", normal.Value, 0.5}, {"normal", normal.Variance, 0.053125}, {"randomised", random.Variance, 0.0596875}, {"expected", random.Expected, -0.125}} {
		if math.Abs(c.got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.desc, c.got, c.want)
		}
	}
}

// TestMoranOfCounties has the figures of PySAL's tests for its own data, which
// Debian packages with libpysal.
func TestMoranOfCounties(t *testing.T) {
	out, err := exec.Command("/usr/bin/python3", "testdata/moran.py").Output()
	if err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("/usr/bin/python3 has no libpysal: .ci/install does it")
		}
		t.Skip("/usr/bin/python3 has no libpysal, so Moran's I is not compared with its tests; make test installs it")
	}
	var data map[string]struct {
		Neighbours [][]int32
		Values     map[string][]float64
	}
	if err := json.Unmarshal(out, &data); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set, field string
		i, p       float64 // p of one tail
	}{
		{"stl", "HR8893", 0.24365582621771659, 0.00013573931385468807},
		{"sids2", "SIDR74", 0.24772519320480135, 5.7916539074498452e-05},
	} {
		n := hotspot.NewNeighbours(data[c.set].Neighbours).RowStandardised()
		normal, _, err := hotspot.Moran(data[c.set].Values[c.field], n)
		if err != nil || math.Abs(normal.Value-c.i) > 1e-12 || math.Abs(normal.P/2/c.p-1) > 1e-9 {
			t.Errorf("%s: I %v, p %v, want %v, %v; %v", c.field, normal.Value, normal.P/2, c.i, c.p, err)
		}
	}
	carolina := data["sids2"]
	rates, err := hotspot.StandardisedRates(carolina.Values["SID79"], carolina.Values["BIR79"])
	if err != nil {
		t.Fatal(err)
	}
	normal, _, err := hotspot.Moran(rates, hotspot.NewNeighbours(carolina.Neighbours).RowStandardised())
	if want := 0.16622343552567395; err != nil || math.Abs(normal.Value-want) > 1e-12 {
		t.Errorf("I of rates of SID79 by BIR79: %v, want %v; %v", normal.Value, want, err)
	}
}

// TestStandardisedRates: of two equal rates that of more exposed is farther
// from that of all.
func TestStandardisedRates(t *testing.T) {
	z, err := hotspot.StandardisedRates([]float64{2, 200, 10, 1000}, []float64{100, 10_000, 1000, 100_000})
	if err != nil || !(z[1] > z[0] && z[0] > 0 && z[3] < z[2] && z[2] < 0) {
		t.Errorf("%v, %v", z, err)
	}
	even, err := hotspot.StandardisedRates([]float64{1, 1, 1, 1}, []float64{10, 10, 10, 10})
	for _, v := range even {
		if err != nil || v != 0 {
			t.Errorf("equal rates: %v, %v", even, err)
		}
	}
	for _, c := range []struct {
		desc             string
		events, exposure []float64
		want             string
	}{
		{"nobody exposed", []float64{1, 2}, []float64{1, 0}, "exposure of 0"},
		{"less than nobody", []float64{1, 2}, []float64{-1, 1}, "exposure of -1"},
		{"no number", []float64{1, 2}, []float64{1, math.NaN()}, "NaN"},
		{"no events", []float64{0, 0}, []float64{1, 2}, "no events"},
	} {
		if _, err := hotspot.StandardisedRates(c.events, c.exposure); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

// TestMoranDoesNotSeeScale adds and multiplies.
func TestMoranDoesNotSeeScale(t *testing.T) {
	r := seeded(t)
	values := make([]float64, 100)
	for i := range values {
		values[i] = r.ExpFloat64()
	}
	n := lattice(10, 10)
	a, _, err := hotspot.Moran(values, n)
	if err != nil {
		t.Fatal(err)
	}
	for i := range values {
		values[i] = 7 + 3*values[i]
	}
	b, _, _ := hotspot.Moran(values, n)
	if math.Abs(a.Value-b.Value) > 1e-12 || math.Abs(a.Z-b.Z) > 1e-9 {
		t.Errorf("%v and %v", a, b)
	}
}

// TestGlobalsByPermutation compares means and variances with those of values
// that are dealt out again and again.
func TestGlobalsByPermutation(t *testing.T) {
	r := seeded(t)
	values := make([]float64, 49)
	for i := range values {
		values[i] = r.ExpFloat64()
	}
	// Not symmetric: the nearest of some.
	lists := make([][]int32, len(values))
	for i := range lists {
		lists[i] = []int32{int32((i + 1) % 49), int32((i + 5) % 49), int32((i + 48) % 49)}
	}
	n := hotspot.NewNeighbours(lists)
	_, i, err := hotspot.Moran(values, n)
	if err != nil {
		t.Fatal(err)
	}
	g, err := hotspot.GeneralG(values, n)
	if err != nil {
		t.Fatal(err)
	}
	const times = 20_000
	sums := [4]float64{}
	for range times {
		r.Shuffle(len(values), func(a, b int) { values[a], values[b] = values[b], values[a] })
		_, pi, _ := hotspot.Moran(values, n)
		pg, _ := hotspot.GeneralG(values, n)
		for k, v := range []float64{pi.Value, (pi.Value - i.Expected) * (pi.Value - i.Expected), pg.Value, (pg.Value - g.Expected) * (pg.Value - g.Expected)} {
			sums[k] += v / times
		}
	}
	for k, pair := range [][2]float64{{i.Expected, math.Sqrt(i.Variance)}, {i.Variance, i.Variance * 2}, {g.Expected, math.Sqrt(g.Variance)}, {g.Variance, g.Variance * 2}} {
		if off := math.Abs(sums[k] - pair[0]); off > 5*pair[1]/math.Sqrt(times) {
			t.Errorf("moment %d is %v by permutation, %v by the formula", k, sums[k], pair[0])
		}
	}
}

// TestLocalMoran has a corner of high values, and one high value among low ones.
func TestLocalMoran(t *testing.T) {
	r := seeded(t)
	values := make([]float64, 400)
	for i := range values {
		values[i] = r.Float64() / 2 // below the mean of all
		if i/20 < 4 && i%20 < 4 {
			values[i] += 10
		}
	}
	values[15*20+15] = 12
	n := lattice(20, 20)
	run := func(seed uint64) []hotspot.Local {
		out, err := hotspot.LocalMoran(context.Background(), values, n, 999, seed, silent)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	got := run(1)
	if c := got[21]; c.Quadrant != hotspot.HighHigh || c.P > 0.01 || c.I <= 0 {
		t.Errorf("in the corner: %+v", c)
	}
	if c := got[15*20+15]; c.Quadrant != hotspot.HighLow || c.I >= 0 {
		t.Errorf("alone: %+v", c)
	}
	if c := got[15*20+14]; c.Quadrant != hotspot.LowHigh {
		t.Errorf("beside it: %+v", c)
	}
	if !slices.Equal(got, run(1)) || slices.Equal(got, run(2)) {
		t.Error("the seed does not decide the answer")
	}
	// The mean of the local figures is the global one, where all units have
	// neighbours (Anselin 1995, equation 13).
	mean := 0.0
	for _, c := range got {
		mean += c.I / float64(len(got))
	}
	normal, _, err := hotspot.Moran(values, n.RowStandardised())
	if err != nil || math.Abs(mean-normal.Value) > 1e-12 {
		t.Errorf("local figures have the mean %v, I is %v", mean, normal.Value)
	}
}

func TestNearestByLookingAtAll(t *testing.T) {
	r := seeded(t)
	points := make([]orb.Point, 300)
	for i := range points {
		points[i] = orb.Point{math.Remainder(179+4*r.Float64(), 360), 60 + 3*r.Float64()}
	}
	points[10] = points[11]
	points[12] = orb.Point{0, -60}
	for _, k := range []int{1, 8, 299} {
		n, far, err := hotspot.Nearest(points, k)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i := range points {
			all := make([]int32, 0, len(points))
			for j := range points {
				if j != i {
					all = append(all, int32(j))
				}
			}
			slices.SortStableFunc(all, func(a, b int32) int {
				return int(math.Copysign(1, measure.Distance(points[i], points[a])-measure.Distance(points[i], points[b])))
			})
			sum += measure.Distance(points[i], points[all[k-1]]) / float64(len(points))
			want := slices.Sorted(slices.Values(all[:k]))
			if !slices.Equal(n.Of(i), want) && i != 10 && i != 11 {
				t.Fatalf("%d nearest of %d: %v, want %v", k, i, n.Of(i), want)
			}
		}
		if math.Abs(far-sum) > 1e-6 {
			t.Errorf("%d: %v m on average, want %v", k, far, sum)
		}
	}
}

func TestBandByLookingAtAll(t *testing.T) {
	r := seeded(t)
	g := grid.New(grid.NewPlane(orb.Point{10, 10}), grid.Hexagon, 1000)
	points := make([]orb.Point, 400)
	for i := range points {
		points[i] = orb.Point{10 + 0.2*r.Float64(), 10 + 0.2*r.Float64()}
	}
	byPoint, err := hotspot.Band(points, 2500)
	if err != nil {
		t.Fatal(err)
	}
	cover, _ := g.Occupied(points)
	byCell := hotspot.CellBand(cover, 2000)
	for i := range points {
		for j := range points {
			_, has := slices.BinarySearch(byPoint.Of(i), int32(j))
			if want := i != j && measure.Distance(points[i], points[j]) <= 2500; has != want {
				t.Fatalf("%d and %d: %v, want %v", i, j, has, want)
			}
		}
	}
	for i, a := range cover.Cells {
		ax, ay := g.Middle(a)
		for j, b := range cover.Cells {
			bx, by := g.Middle(b)
			_, has := slices.BinarySearch(byCell.Of(i), int32(j))
			if want := i != j && math.Hypot(ax-bx, ay-by) <= 2000.001; has != want {
				t.Fatalf("cells %v and %v: %v, want %v", a, b, has, want)
			}
		}
	}
}

func TestBadValues(t *testing.T) {
	n := lattice(3, 3)
	apart := hotspot.NewNeighbours(make([][]int32, 4))
	for _, c := range []struct {
		desc string
		err  error
		want string
	}{
		{"all equal", second(hotspot.GiStar(make([]float64, 9), n)), "without variance"},
		{"too few", second(hotspot.GiStar([]float64{1, 2}, n)), "too few"},
		{"nothing", second(hotspot.GiStar(nil, n)), "too few"},
		{"no neighbours", second(hotspot.GeneralG([]float64{1, 2, 3, 4}, apart)), "wider band"},
		{"no neighbours, local", second(hotspot.LocalMoran(context.Background(), []float64{1, 2, 3, 4}, apart, 9, 1, silent)), "wider band"},
	} {
		e, ok := c.err.(*geo.Error)
		if !ok || !strings.Contains(e.Text, c.want) {
			t.Errorf("%s: %v", c.desc, c.err)
		}
	}
	all := hotspot.NewNeighbours([][]int32{{1, 2}, {0, 2}, {0, 1}})
	if z, err := hotspot.GiStar([]float64{1, 2, 3}, all); err != nil || z[0] == z[0] {
		t.Errorf("neighbours of all: %v, %v", z, err)
	}
}

func second[T any](_ T, err error) error { return err }

// TestBins has scores on both sides of each level.
func TestBins(t *testing.T) {
	bins, _, q := hotspot.Bins([]float64{2.6, 2.5, 1.97, 1.95, 1.65, 1.6, -1.65, -1.97, -2.6, math.NaN()}, false)
	if want := []hotspot.Bin{3, 2, 2, 1, 1, 0, -1, -2, -3, 0}; !slices.Equal(bins, want) {
		t.Errorf("%v, want %v", bins, want)
	}
	corrected, _, _ := hotspot.Bins([]float64{2.6, 0.1, 0.2, -0.1, 0.3, 0.4, 0.5, -0.6, 0.7, -0.9}, true)
	if corrected[0] != 1 || q[9] == q[9] {
		t.Errorf("one of ten, corrected: %v", corrected)
	}
}

// TestRandomPatterns deals out events at random 200 times. A cell is found as
// often as the level says, and with the correction an area with any hot or
// cold spot at all is no commoner than the level.
func TestRandomPatterns(t *testing.T) {
	r := seeded(t)
	const patterns, side, level = 200, 24, 0.05
	n := lattice(side, side)
	single, found := 0, 0
	for range patterns {
		values := make([]float64, side*side)
		for range 40 * len(values) {
			values[r.IntN(len(values))]++
		}
		z, err := hotspot.GiStar(values, n)
		if err != nil {
			t.Fatal(err)
		}
		_, p, q := hotspot.Bins(z, false)
		// One cell of each pattern: patterns are independent, cells are not.
		if p[r.IntN(len(p))] <= level {
			single++
		}
		if slices.Min(q) <= level {
			found++
		}
	}
	// The 99.9 % band of a binomial with 200 and 0.05 is 2 to 22.
	if single < 2 || single > 22 {
		t.Errorf("%d of %d cells are significant at %v", single, patterns, level)
	}
	if found > 22 {
		t.Errorf("%d of %d patterns have a spot", found, patterns)
	}
	t.Logf("%d cells, %d patterns of %d", single, found, patterns)
}
