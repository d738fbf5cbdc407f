package density_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo/density"
	"bivouac/geo/randtest"
)

func seeded(t testing.TB) *rand.Rand {
	seed := randtest.Seed(t)
	return rand.New(rand.NewPCG(seed, 1))
}

func silent(int, int) {}

// TestReference has the points of Ebdon (methods, 2.2, test C).
func TestReference(t *testing.T) {
	x, y := []float64{1, 2, 2, 2, 3, 3, 3, 4}, []float64{2, 3, 2, 1, 4, 3, 1, 4}
	for _, c := range []struct {
		desc                     string
		x, y, w                  []float64
		meanX, sd, median, width float64
	}{
		{"Ebdon's points", x, y, nil, 2.5, 1.4142135623730951, 1.5811388300841898, 0.8397296923831268},
		{"weights of 1", x, y, []float64{1, 1, 1, 1, 1, 1, 1, 1}, 2.5, 1.4142135623730951, 1.5811388300841898, 0.8397296923831268},
		{"all at one place", []float64{3, 3}, []float64{3, 3}, nil, 3, 0, 0, 0},
		{"half of them at the centre", []float64{-1, 0, 0, 0, 0, 1}, make([]float64, 6), nil, 0, math.Sqrt(1. / 3), 0, 0.9 * math.Sqrt(1./3) * math.Pow(6, -0.2)},
		{"a weight of two is two points", []float64{0, 3}, []float64{0, 0}, []float64{2, 1}, 1, math.Sqrt2, 1, 0.9 * math.Sqrt(1/math.Ln2) * math.Pow(3, -0.2)},
		{"nothing", nil, nil, nil, 0, 0, 0, 0},
	} {
		s := density.Reference(c.x, c.y, c.w)
		for i, pair := range [][2]float64{{s.X, c.meanX}, {s.StandardMetres, c.sd}, {s.MedianMetres, c.median}, {s.BandwidthMetres, c.width}} {
			if math.Abs(pair[0]-pair[1]) > 1e-14 {
				t.Errorf("%s: figure %d is %v, want %v", c.desc, i, pair[0], pair[1])
			}
		}
	}
}

// naive is the cross-validated likelihood as it is defined.
func naive(x, y, w []float64, h float64) float64 {
	total, sum := 0.0, 0.0
	for i := range w {
		total += w[i]
	}
	for i := range x {
		at := 0.0
		for j := range x {
			if i != j {
				at += w[j] * math.Exp(-((x[i]-x[j])*(x[i]-x[j])+(y[i]-y[j])*(y[i]-y[j]))/(2*h*h)) / (2 * math.Pi * h * h)
			}
		}
		sum += w[i] * math.Log(at/(total-w[i]))
	}
	return sum
}

// TestCrossValidate wants the bandwidth that it returns to be the likeliest by
// the definition.
func TestCrossValidate(t *testing.T) {
	r := seeded(t)
	for range 5 {
		var x, y, w []float64
		for range 150 {
			x, y, w = append(x, 1000*r.NormFloat64()), append(y, 500*r.NormFloat64()), append(w, float64(1+r.IntN(3)))
		}
		h, drawn, err := density.CrossValidate(context.Background(), x, y, w, 1, silent)
		if err != nil || drawn != len(x) {
			t.Fatal(h, drawn, err)
		}
		best := naive(x, y, w, h)
		for _, factor := range []float64{0.5, 0.8, 0.97, 1.03, 1.25, 2} {
			if other := naive(x, y, w, h*factor); other > best {
				t.Errorf("%v m has %v, but %v m has %v", h, best, h*factor, other)
			}
		}
		again, _, _ := density.CrossValidate(context.Background(), x, y, w, 1, silent)
		if again != h {
			t.Errorf("once %v, once %v", h, again)
		}
	}
}

func TestCrossValidateEdges(t *testing.T) {
	for _, c := range []struct {
		desc string
		x    []float64
	}{{"nothing", nil}, {"one", []float64{1}}, {"two", []float64{1, 2}}, {"all at one place", []float64{5, 5, 5}}} {
		ones := make([]float64, len(c.x))
		for i := range ones {
			ones[i] = 1
		}
		if h, _, err := density.CrossValidate(context.Background(), c.x, make([]float64, len(c.x)), ones, 1, silent); h != 0 || err != nil {
			t.Errorf("%s: %v, %v", c.desc, h, err)
		}
	}
	stop, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := density.CrossValidate(stop, []float64{0, 1, 5}, []float64{0, 0, 1}, []float64{1, 1, 1}, 1, silent); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}
