package stat_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"bivouac/geo/randtest"
	"bivouac/geo/stat"
)

// TestFalseDiscovery has the fifteen p-values of Benjamini and Hochberg (1995,
// section 4.1), of which their procedure takes the first four at 5 %.
func TestFalseDiscovery(t *testing.T) {
	p := []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1}
	q := stat.FalseDiscovery(p)
	for i, v := range q {
		if (v <= 0.05) != (i < 4) {
			t.Errorf("p %v has the rate %v", p[i], v)
		}
	}
	if want := 0.0095 * 15 / 4; math.Abs(q[3]-want) > 1e-15 {
		t.Errorf("the fourth has %v, want %v", q[3], want)
	}
}

// TestFalseDiscoveryByDefinition compares with the procedure as it is written:
// the largest k with p(k) <= k/m level, and all up to it.
func TestFalseDiscoveryByDefinition(t *testing.T) {
	r := randtest.New(t, 1)
	for range 300 {
		p := make([]float64, 1+r.IntN(40))
		for i := range p {
			p[i] = math.Pow(r.Float64(), 3)
			if i > 0 && r.IntN(4) == 0 {
				p[i] = p[i-1]
			}
		}
		q := stat.FalseDiscovery(p)
		for _, level := range []float64{0.01, 0.05, 0.1, 0.5} {
			sorted, limit := slices.Sorted(slices.Values(p)), -1.0
			for k, v := range sorted {
				if v <= float64(k+1)/float64(len(p))*level {
					limit = v
				}
			}
			for i := range p {
				if (q[i] <= level) != (p[i] <= limit) && math.Abs(q[i]-level) > 1e-12 {
					t.Fatalf("at %v: %v has %v, the limit is %v of %v", level, p[i], q[i], limit, sorted)
				}
			}
		}
	}
}

func TestFalseDiscoveryOfLittle(t *testing.T) {
	if got := stat.FalseDiscovery(nil); len(got) != 0 {
		t.Errorf("nothing: %v", got)
	}
	got := stat.FalseDiscovery([]float64{math.NaN(), 0.02, 0.03})
	if got[0] == got[0] || got[1] != 0.03 || got[2] != 0.03 {
		t.Errorf("a test that was none: %v", got)
	}
	if p := stat.TwoSided(-1.959963984540054); math.Abs(p-0.05) > 1e-12 {
		t.Errorf("1.96 deviations: %v", p)
	}
}

// Of four tests at 5 %, three are below; two stand when all are looked at.
func ExampleFalseDiscovery() {
	fmt.Println(stat.FalseDiscovery([]float64{0.001, 0.02, 0.045, 0.6}))
	// Output: [0.004 0.04 0.06 0.6]
}
