package measure

import (
	"math"
	"math/big"
	"testing"

	"bivouac/geo/randtest"

	"github.com/paulmach/orb"
)

func TestInsideTable(t *testing.T) {
	square := orb.Polygon{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{4, 4}, {4, 6}, {6, 6}, {6, 4}, {4, 4}}}
	open := orb.Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}}
	// 0.1+0.2 is not 0.3: the point lies beside the edge by half of a last digit.
	slope := orb.Ring{{0, 0}, {3, 1}, {0, 1}}
	for _, c := range []struct {
		desc string
		p    orb.Point
		g    orb.Geometry
		want bool
	}{
		{"inside", orb.Point{1, 1}, square, true},
		{"outside, level with a corner", orb.Point{-1, 10}, square, false},
		{"outside, level with the lower edge", orb.Point{-1, 0}, square, false},
		{"outside, level with the hole's edge", orb.Point{-1, 4}, square, false},
		{"inside, level with the hole's edge", orb.Point{1, 4}, square, true},
		{"in the hole", orb.Point{5, 5}, square, false},
		{"on the hole's edge", orb.Point{4, 5}, square, true},
		{"on a corner", orb.Point{10, 10}, square, true},
		{"on a level edge", orb.Point{5, 0}, square, true},
		{"on an upright edge", orb.Point{10, 5}, square, true},
		{"beyond a level edge", orb.Point{11, 0}, square, false},
		{"on the edge that closes an open ring", orb.Point{0, 5}, open, true},
		{"in an open ring", orb.Point{5, 5}, open, true},
		{"exactly on a slope", orb.Point{1.5, 0.5}, slope, true},
		{"a last digit below a slope", orb.Point{1.5, math.Nextafter(0.5, 0)}, slope, false},
		{"a last digit above a slope", orb.Point{1.5, math.Nextafter(0.5, 1)}, slope, true},
		{"in the second part", orb.Point{21, 1}, orb.MultiPolygon{square, {{{20, 0}, {22, 0}, {22, 2}, {20, 0}}}}, true},
		{"in a collection", orb.Point{1, 1}, orb.Collection{orb.Point{1, 1}, square}, true},
		{"a point holds nothing", orb.Point{1, 1}, orb.Point{1, 1}, false},
		{"a line holds nothing", orb.Point{1, 1}, orb.LineString{{1, 1}, {2, 2}}, false},
		{"nil", orb.Point{1, 1}, nil, false},
		{"empty", orb.Point{1, 1}, orb.Polygon{}, false},
		{"an empty ring", orb.Point{1, 1}, orb.Polygon{{}}, false},
		{"a bound, on its edge", orb.Point{1, 1}, orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, 1}}, true},
		{"no place", orb.Point{math.NaN(), 1}, square, false},
		{"infinite", orb.Point{math.Inf(1), 1}, square, false},
	} {
		if got := Inside(c.p, c.g); got != c.want {
			t.Errorf("%s: %v", c.desc, got)
		}
		if c.g == nil {
			continue
		}
		if target, err := NewTarget(c.g); err == nil && target.Covers(c.p) != c.want {
			t.Errorf("%s: the prepared form says %v", c.desc, !c.want)
		}
	}
}

func TestCoversIsInside(t *testing.T) {
	r := randtest.New(t, 0)
	both := map[bool]int{}
	for range 300 {
		// Half of the points lie on a coarse grid, so that edges meet points.
		snap := func(v float64) float64 { return v }
		if r.IntN(2) == 0 {
			snap = math.Round
		}
		some := func() orb.Point { return orb.Point{snap(r.Float64()*20 - 10), snap(r.Float64()*20 - 10)} }
		var g orb.MultiPolygon
		for range 1 + r.IntN(3) {
			var p orb.Polygon
			for range 1 + r.IntN(3) {
				ring := make(orb.Ring, 1+r.IntN(100))
				for i := range ring {
					ring[i] = some()
				}
				p = append(p, ring)
			}
			g = append(g, p)
		}
		var prepared Target
		for _, p := range g {
			prepared.areas = append(prepared.areas, newArea(p))
		}
		for range 100 {
			p := some()
			want := Inside(p, g)
			if prepared.Covers(p) != want {
				t.Fatalf("%v in %v: %v, prepared %v", p, g, want, !want)
			}
			both[want]++
		}
	}
	if both[false] < 1000 || both[true] < 1000 {
		t.Errorf("hardly tried: %v", both)
	}
}

func TestOrientIsExact(t *testing.T) {
	r := randtest.New(t, 0)
	for range 20000 {
		a, b := anywhere(r), anywhere(r)
		c := orb.Point{a[0] + (b[0]-a[0])/3, a[1] + (b[1]-a[1])/3}
		if r.IntN(4) == 0 {
			a, b, c = orb.Point{a[0] * 1e-160, 0}, orb.Point{0, b[1] * 1e-160}, orb.Point{c[0] * 1e-160, c[1] * 1e-160}
		}
		rat := func(v float64) *big.Float { return new(big.Float).SetPrec(2500).SetFloat64(v) }
		sub := func(v, w float64) *big.Float { return rat(0).Sub(rat(v), rat(w)) }
		left := rat(0).Mul(sub(a[0], c[0]), sub(b[1], c[1]))
		right := rat(0).Mul(sub(a[1], c[1]), sub(b[0], c[0]))
		if got, want := Turn(a, b, c), left.Cmp(right); got != want {
			t.Fatalf("%v %v %v: %d, want %d", a, b, c, got, want)
		}
	}
}
