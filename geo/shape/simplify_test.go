package shape

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

func TestSimplify(t *testing.T) {
	for _, c := range []struct {
		desc      string
		g         orb.Geometry
		heights   []float64
		tolerance float64
		want      orb.Geometry
		kept      []float64
	}{
		{"nothing", nil, nil, 100, nil, nil},
		{"a point", orb.Point{1, 2}, []float64{7}, 1e6, orb.Point{1, 2}, []float64{7}},
		{"points", orb.MultiPoint{{1, 2}, {1, 2.00001}}, nil, 1e6, orb.MultiPoint{{1, 2}, {1, 2.00001}}, nil},
		{"a straight line with heights", orb.LineString{{0, 0}, {1, 0}, {2, 0}}, []float64{5, 6, 7}, 1, orb.LineString{{0, 0}, {2, 0}}, []float64{5, 7}},
		{"a bend within", orb.LineString{{0, 0}, {1, 0.0008}, {2, 0}}, nil, 100, orb.LineString{{0, 0}, {2, 0}}, nil},
		{"a bend beyond", orb.LineString{{0, 0}, {1, 0.001}, {2, 0}}, nil, 100, orb.LineString{{0, 0}, {1, 0.001}, {2, 0}}, nil},
		{"no tolerance", orb.LineString{{0, 0}, {1, 0}, {2, 0}}, nil, 0, orb.LineString{{0, 0}, {1, 0}, {2, 0}}, nil},
		{"a line there and back", orb.LineString{{0, 0}, {5, 0}, {0, 0}}, nil, 100, orb.LineString{{0, 0}, {5, 0}, {0, 0}}, nil},
		{"two positions", orb.LineString{{0, 0}, {1e-7, 0}}, nil, 1e6, orb.LineString{{0, 0}, {1e-7, 0}}, nil},
		{"a ring smaller than the tolerance", orb.Polygon{{{0, 0}, {1e-3, 0}, {1e-3, 1e-3}, {0, 1e-3}, {0, 0}}}, nil, 1e6,
			orb.Polygon{{{0, 0}, {1e-3, 0}, {1e-3, 1e-3}, {0, 0}}}, nil},
		{"a square with a middle on each edge", orb.Polygon{{{0, 0}, {1, 0}, {2, 0}, {2, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}, {0, 0}}}, []float64{1, 2, 3, 4, 5, 6, 7, 8, 1}, 10,
			orb.Polygon{{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}}}, []float64{1, 3, 5, 7, 1}},
	} {
		got, kept := Simplify(c.g, c.heights, c.tolerance)
		if c.g == nil && got == nil {
			continue
		}
		if !orb.Equal(got, c.want) || len(kept) != len(c.kept) {
			t.Errorf("%s: %v %v, want %v %v", c.desc, got, kept, c.want, c.kept)
			continue
		}
		for i := range kept {
			if kept[i] != c.kept[i] {
				t.Errorf("%s: the heights %v, want %v", c.desc, kept, c.kept)
			}
		}
	}
}

// TestSimplifyKeepsItsPromise: no vertex lies farther from what stays than the
// tolerance, measured on the ellipsoid, and valid polygons stay valid.
func TestSimplifyKeepsItsPromise(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 2))
	dropped := 0
	for range 400 {
		centre := orb.Point{-170 + 340*r.Float64(), -75 + 150*r.Float64()}
		size := math.Pow(10, -3+3*r.Float64())
		star := make(orb.Ring, 0, 80)
		for i := range 79 {
			a := float64(i) / 79 * 2 * math.Pi
			d := size * (0.3 + 0.7*r.Float64())
			star = append(star, orb.Point{centre[0] + d*math.Cos(a), centre[1] + d*math.Sin(a)})
		}
		star = append(star, star[0])
		tolerance := size * 111e3 * math.Pow(10, -2+2*r.Float64())
		got, _ := Simplify(orb.Polygon{star}, nil, tolerance)
		if bad := Validate(got); bad != nil {
			t.Fatalf("%v of %v simplified by %v m", bad, star, tolerance)
		}
		line, _ := Simplify(orb.LineString(star[:79]), nil, tolerance)
		dropped += 79 - len(line.(orb.LineString))
		target, err := measure.NewTarget(line)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range star[:79] {
			// Straight edges bulge from geodesics by a little at this size.
			if m := target.Distance(p); m > tolerance*1.001+size*size*200 {
				t.Fatalf("%v is %v m from what stays of a tolerance of %v", p, m, tolerance)
			}
		}
	}
	if dropped < 1000 {
		t.Errorf("only %d vertices were left out", dropped)
	}
}
