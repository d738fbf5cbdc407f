package stat_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"bivouac/geo/stat"
)

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// level draws n counts about a mean.
func level(r *rand.Rand, n int, mean float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = float64(poisson(r, mean))
	}
	return out
}

// within reports whether there is one place near each of those planted.
func within(got, planted []int, most int) bool {
	return slices.EqualFunc(got, planted, func(a, b int) bool { return max(a-b, b-a) <= most })
}

// TestPlantedChangesAreFound plants two steps and wants both, and no other, in
// nearly all runs.
func TestPlantedChangesAreFound(t *testing.T) {
	r := drawn(t)
	planted := []int{20, 45}
	found := map[string]int{}
	const runs = 200
	for range runs {
		counts := slices.Concat(level(r, 20, 4), level(r, 25, 16), level(r, 15, 6))
		if within(stat.RateChanges(counts, ones(60), 1), planted, 2) {
			found["rates"]++
		}
		hits, of, values := make([]float64, 60), make([]float64, 60), make([]float64, 60)
		for i := range hits {
			share := []float64{0.1, 0.45, 0.15}[min(i/20, 1)+min(i/45, 1)]
			values[i] = 10*share + r.NormFloat64()*0.7
			of[i] = float64(20 + r.IntN(20))
			for range int(of[i]) {
				if r.Float64() < share {
					hits[i]++
				}
			}
		}
		if within(stat.ShareChanges(hits, of), planted, 2) {
			found["shares"]++
		}
		values[3], values[50] = math.NaN(), math.NaN()
		if within(stat.MeanChanges(values), planted, 2) {
			found["means"]++
		}
	}
	for _, kind := range []string{"rates", "shares", "means"} {
		if n := found[kind]; n < runs*9/10 {
			t.Errorf("%s: both steps are found, and no other, in %d of %d runs", kind, n, runs)
		}
	}
}

// TestChangesByChance wants no more false ones than the penalty allows: one
// series in twenty, and 3.29 standard deviations more.
func TestChangesByChance(t *testing.T) {
	r := drawn(t)
	const runs = 1000
	limit := runs/20 + int(3.29*math.Sqrt(runs*0.05*0.95))
	for _, n := range []int{6, 24, 60, 150} {
		said := map[string]int{}
		for range runs {
			mean := []float64{0.3, 2, 20}[r.IntN(3)]
			counts, of := level(r, n, mean), level(r, n, 3*mean+1)
			if len(stat.RateChanges(counts, ones(n), 1)) > 0 {
				said["rates"]++
			}
			hits, values := make([]float64, n), make([]float64, n)
			for i := range hits {
				values[i] = r.NormFloat64()
				for range int(of[i]) {
					hits[i] += float64(r.IntN(4) / 3)
				}
			}
			if len(stat.ShareChanges(hits, of)) > 0 {
				said["shares"]++
			}
			if len(stat.MeanChanges(values)) > 0 {
				said["means"]++
			}
		}
		t.Logf("of %d series of %d values without a change, said to have one: %v", runs, n, said)
		for kind, times := range said {
			if times > limit {
				t.Errorf("%s: of %d series of %d values without a change %d are said to have one", kind, runs, n, times)
			}
		}
	}
}

// TestSumsOfSeveralAreNoChange draws casualties, several at once, whose
// dispersion is found from the series itself.
func TestSumsOfSeveralAreNoChange(t *testing.T) {
	r := drawn(t)
	const runs = 1000
	said := 0
	for range runs {
		sums := make([]float64, 60)
		for i := range sums {
			for range poisson(r, 6) {
				sums[i] += float64([]int{0, 0, 1, 1, 2, 6}[r.IntN(6)])
			}
		}
		if len(stat.RateChanges(sums, ones(60), 1)) > 0 {
			said++
		}
	}
	t.Logf("%d of %d", said, runs)
	if said > runs/10 {
		t.Errorf("of %d series without a change %d are said to have one", runs, said)
	}
}

func TestChangesOfLittle(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		desc string
		got  []int
	}{
		{"none", stat.RateChanges(nil, nil, 1)},
		{"three", stat.RateChanges([]float64{1, 100, 100}, ones(3), 1)},
		{"all zero", stat.RateChanges(make([]float64, 30), ones(30), 1)},
		{"no exposure", stat.RateChanges(make([]float64, 30), make([]float64, 30), 1)},
		{"shares of none", stat.ShareChanges(make([]float64, 30), make([]float64, 30))},
		{"all hit", stat.ShareChanges(ones(30), ones(30))},
		{"all equal", stat.MeanChanges(ones(30))},
		{"all missing", stat.MeanChanges([]float64{nan, nan, nan, nan, nan})},
	} {
		if len(c.got) > 0 {
			t.Errorf("%s: %v", c.desc, c.got)
		}
	}
}

// A month of a new threat, and one after which it is over.
func ExampleRateChanges() {
	incidents := []float64{2, 1, 3, 2, 2, 1, 9, 11, 8, 12, 10, 9, 3, 2, 1, 2, 3, 1}
	months := ones(len(incidents))
	fmt.Println(stat.RateChanges(incidents, months, 1))
	// Output: [6 12]
}
