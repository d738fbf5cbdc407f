package shape

import (
	"math"
	"testing"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/randtest"

	"github.com/paulmach/orb"
)

func discArea(d Disc) float64 {
	r := measure.NewRim(d.Centre, d.RadiusMetres)
	return r.Area()
}

func off(p orb.Point, bearing, metres float64) orb.Point {
	q, _ := measure.Direct(p, bearing, metres)
	return q
}

// throughOne returns n discs whose rims pass through one place.
func throughOne(n int, p orb.Point, radius float64) []Disc {
	out := make([]Disc, n)
	for i := range out {
		c := off(p, 360*float64(i)/float64(n)+1, radius*(1+0.3*float64(i%5)))
		out[i] = Disc{c, measure.Distance(c, p)}
	}
	return out
}

func repeat(d Disc, n int) []Disc {
	out := make([]Disc, n)
	for i := range out {
		out[i] = d
	}
	return out
}

// TestDiscCases: parts and rings of the drawn outline, the depth, and the area
// as parts of that of the first disc or, where it is negative, of the earth.
func TestDiscCases(t *testing.T) {
	o := orb.Point{2, 16}
	east := off(o, 90, 100e3)
	apart := measure.Distance(o, east)
	for _, c := range []struct {
		desc                string
		discs               []Disc
		parts, rings, depth int
		area                float64
	}{
		{"nothing", nil, 0, 0, 0, 0},
		{"radius 0", []Disc{{o, 0}}, 0, 0, 0, 0},
		{"one", []Disc{{o, 50e3}}, 1, 1, 1, 1},
		{"a metre", []Disc{{o, 1}}, 1, 1, 1, 1},
		{"radius 0 in one", []Disc{{o, 50e3}, {o, 0}}, 1, 1, 1, 1},
		{"two equal", []Disc{{o, 50e3}, {o, 50e3}}, 1, 1, 2, 1},
		{"two as good as equal", []Disc{{o, 50e3}, {orb.Point{2, 16 + 1e-10}, 50e3 + 1e-5}}, 1, 1, 2, 1},
		{"hundreds of one", repeat(Disc{o, 50e3}, 500), 1, 1, 500, 1},
		{"one in the other", []Disc{{o, 50e3}, {off(o, 30, 5e3), 20e3}}, 1, 1, 2, 1},
		{"one centre", []Disc{{o, 50e3}, {o, 20e3}, {o, 10e3}}, 1, 1, 3, 1},
		{"touching outside", []Disc{{o, apart / 2}, {east, apart / 2}}, 2, 2, 1, 2},
		{"touching inside", []Disc{{o, apart * 1.5}, {east, apart / 2}}, 1, 1, 2, 1},
		{"a micrometre short of touching", []Disc{{o, apart/2 - 1e-6}, {east, apart / 2}}, 2, 2, 1, 2},
		{"a micrometre over touching", []Disc{{o, apart/2 + 1e-6}, {east, apart / 2}}, 1, 1, 2, 2},
		{"a micrometre out of it", []Disc{{o, apart * 1.5}, {east, apart/2 + 1e-6}}, 1, 1, 2, 1},
		{"a ring of six with a hole", ringOf(o, 6, 100e3, 60e3), 1, 2, 2, 0},
		{"six that touch in the middle", throughOne(6, o, 40e3), 1, 1, 3, 0},
		{"three through one place", throughOne(3, o, 40e3), 1, 1, 2, 0},
		{"forty through one place", throughOne(40, o, 40e3), 1, 1, 20, 0},
		{"two hundred through one place", throughOne(200, o, 40e3), 1, 1, 100, 0},
		{"the date line", []Disc{{orb.Point{180, 16}, 50e3}}, 2, 2, 1, 1},
		{"the date line, two", []Disc{{orb.Point{-180, 16}, 50e3}, {orb.Point{179.9, 16}, 50e3}}, 2, 2, 2, 0},
		{"round the north pole", []Disc{{orb.Point{0, 90}, 50e3}}, 1, 1, 1, 1},
		{"over the south pole", []Disc{{orb.Point{50, -89.9}, 50e3}}, 1, 1, 1, 1},
		{"rim through the north pole", []Disc{{orb.Point{50, 80}, measure.Distance(orb.Point{50, 80}, orb.Point{0, 90})}}, 1, 1, 1, 1},
		{"rim through the south pole", []Disc{{orb.Point{-50, -80}, measure.Distance(orb.Point{-50, -80}, orb.Point{0, -90})}}, 1, 1, 1, 1},
		{"two rims that cross on the pole", []Disc{toPole(0, 80), toPole(90, 80)}, 1, 1, 2, 0},
		{"three rims through the pole", []Disc{toPole(0, 80), toPole(90, 85), toPole(-150, 89)}, 1, 1, 3, 0},
		{"the pole together", []Disc{{orb.Point{0, 89.7}, 40e3}, {orb.Point{120, 89.7}, 40e3}, {orb.Point{-120, 89.7}, 40e3}}, 1, 1, 3, 0},
		{"both poles, one disc", []Disc{{orb.Point{0, 0}, 15000e3}}, 1, 1, 1, 1},
		{"both poles, the hole at longitude 0", []Disc{{orb.Point{180, 0}, 15000e3}}, 1, 2, 1, 1},
		{"a hemisphere", []Disc{{orb.Point{0, 90}, 10001965.729}}, 1, 1, 1, -0.5},
		{"two hemispheres and a belt", []Disc{{orb.Point{0, 90}, 10100e3}, {orb.Point{0, -90}, 10100e3}}, 1, 1, 2, -1},
		{"two short of hemispheres", []Disc{{orb.Point{0, 90}, 9900e3}, {orb.Point{0, -90}, 9900e3}}, 2, 2, 1, 2},
		{"two that share a rim and take in the earth", []Disc{{orb.Point{0, 90}, 8140e3}, {orb.Point{0, -90}, measure.Distance(northPole, orb.Point{0, -90}) - 8140e3}}, 2, 2, 1, -1},
		{"a far one touched from inside at the top", []Disc{{orb.Point{180, 22.25}, 13324e3}, {orb.Point{22, 90}, 5783517.739674815}}, 1, 2, 2, 1},
		{"just under half round the earth", []Disc{{orb.Point{30, 10}, 19800e3}}, 1, 2, 1, 1},
		{"half round the earth", []Disc{{orb.Point{30, 10}, 20004e3}}, 1, 1, 1, -1},
		{"half round the earth and a camp", []Disc{{orb.Point{30, 10}, 20004e3}, {o, 5e3}}, 1, 1, 2, -1},
		{"the hole of one in the other", []Disc{{o, 19000e3}, {off(o, 0, 20e6), 3000e3}}, 1, 1, 2, -1},
	} {
		cover, err := NewCover(c.discs)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		g := mustOutline(t, cover, 1)
		rings := 0
		for _, p := range g {
			rings += len(p)
		}
		if len(g) != c.parts || rings != c.rings || cover.Depth() != c.depth {
			t.Errorf("%s: %d parts, %d rings, depth %d, want %d, %d, %d", c.desc, len(g), rings, cover.Depth(), c.parts, c.rings, c.depth)
		}
		if bad := Validate(g); bad != nil {
			t.Errorf("%s: %v", c.desc, bad)
		}
		area := mustArea(t, cover, 1)
		want := -c.area * measure.WholeArea()
		if c.area > 0 {
			want = c.area * discArea(c.discs[0])
		} else if c.area == 0 {
			want = area
		}
		if math.Abs(area-want) > 1e-6*want {
			t.Errorf("%s: %v m2, want %v", c.desc, area, want)
		}
		if drawn := measure.PlaneArea(g); math.Abs(drawn-area) > 3e-3*area {
			t.Errorf("%s: drawn with %v m2 of %v", c.desc, drawn, area)
		}
	}
}

// toPole is a disc whose rim passes through the north pole.
func toPole(lon, lat float64) Disc {
	c := orb.Point{lon, lat}
	return Disc{c, measure.Distance(c, northPole)}
}

func ringOf(centre orb.Point, n int, away, radius float64) []Disc {
	out := make([]Disc, n)
	for i := range out {
		out[i] = Disc{off(centre, 360*float64(i)/float64(n), away), radius}
	}
	return out
}

func TestBadDiscs(t *testing.T) {
	for desc, d := range map[string]Disc{
		"no number":       {orb.Point{math.NaN(), 0}, 1},
		"beyond the pole": {orb.Point{0, 91}, 1},
		"less than 0":     {orb.Point{0, 0}, -1},
		"no radius":       {orb.Point{0, 0}, math.NaN()},
		"endless":         {orb.Point{0, 0}, math.Inf(1)},
	} {
		if _, err := NewCover([]Disc{d}); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%s: %v", desc, err)
		}
	}
}

// TestAnotherDisc: a disc more never lessens the area, never adds more than
// its own, and the order of discs does not matter.
func TestAnotherDisc(t *testing.T) {
	rng := randtest.New(t, 1)
	for _, w := range worlds {
		discs := spread(rng, 15, w.centre, w.within, w.least, w.most)
		last := 0.0
		for n := 1; n <= len(discs); n++ {
			area := mustArea(t, mustCover(t, discs[:n]), 1)
			if own := discArea(discs[n-1]); area < last*(1-1e-9) || area > (last+own)*(1+1e-9) {
				t.Errorf("%s: disc %d of %v m2 leads from %v to %v", w.desc, n, own, last, area)
			}
			last = area
		}
		rng.Shuffle(len(discs), func(i, k int) { discs[i], discs[k] = discs[k], discs[i] })
		if area := mustArea(t, mustCover(t, discs), 1); math.Abs(area-last) > 1e-9*last {
			t.Errorf("%s: %v m2 in another order, %v", w.desc, area, last)
		}
	}
}

func TestGapsAndCoverAreTheArea(t *testing.T) {
	rng := randtest.New(t, 1)
	for range 15 {
		discs := spread(rng, 1+rng.IntN(30), orb.Point{0, 16}, 500e3, 10e3, 150e3)
		c := mustCover(t, discs)
		around := orb.Polygon{{{-12, 4}, {12, 4}, {12, 28}, {-12, 28}, {-12, 4}}}
		g, err := c.Gaps(around)
		if err != nil {
			t.Fatal(err)
		}
		if area := mustArea(t, c, 1); math.Abs(g.CoverSquareMetres-area) > 1e-6*area {
			t.Errorf("%d discs cover %v m2 of the area, their union has %v: %v", len(discs), g.CoverSquareMetres, area, g.CoverSquareMetres/area-1)
		}
		// Two halves have the gaps of the whole.
		sum := 0.0
		for _, half := range []orb.Polygon{
			{{{-12, 4}, {0, 4}, {0, 28}, {-12, 28}, {-12, 4}}}, {{{0, 4}, {12, 4}, {12, 28}, {0, 28}, {0, 4}}},
		} {
			h, err := c.Gaps(half)
			if err != nil {
				t.Fatal(err)
			}
			sum += h.SquareMetres
			if bad := Validate(h.Shape); bad != nil {
				t.Errorf("gaps: %v", bad)
			}
		}
		if math.Abs(sum-g.SquareMetres) > 1e-6*g.CoverSquareMetres {
			t.Errorf("gaps of two halves: %v m2, of the whole %v", sum, g.SquareMetres)
		}
	}
}

func TestGapsCases(t *testing.T) {
	square := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}
	for _, c := range []struct {
		desc  string
		discs []Disc
		area  orb.Geometry
		share float64 // that is left
	}{
		{"no disc", nil, square, 1},
		{"a disc elsewhere", []Disc{{orb.Point{50, 0}, 1e5}}, square, 1},
		{"all covered", []Disc{{orb.Point{0.5, 0.5}, 1e5}}, square, 0},
		{"the whole earth", []Disc{{orb.Point{0.5, 0.5}, 20.004e6}}, square, 0},
		{"an area over the date line, half of it", []Disc{{orb.Point{-90, 0}, 10018754}},
			orb.Polygon{{{179.99, -0.01}, {-179.99, -0.01}, {-179.99, 0.01}, {179.99, 0.01}, {179.99, -0.01}}}, 0.5},
		{"two areas", []Disc{{orb.Point{0.5, 0.5}, 1e5}}, orb.MultiPolygon{square, {{{5, 0}, {6, 0}, {6, 1}, {5, 1}, {5, 0}}}}, 0.5},
	} {
		g, err := mustCover(t, c.discs).Gaps(c.area)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		if share := g.SquareMetres / g.AreaSquareMetres; math.Abs(share-c.share) > 0.01 {
			t.Errorf("%s: %v of the area is left, want %v", c.desc, share, c.share)
		}
		if len(g.Shape) == 0 != (c.share == 0) {
			t.Errorf("%s: the gaps are drawn as %v", c.desc, g.Shape)
		}
	}
	for desc, area := range map[string]orb.Geometry{
		"a line": orb.LineString{{0, 0}, {1, 1}}, "nothing": nil,
		"a bow tie": orb.Polygon{{{0, 0}, {4, 4}, {4, 0}, {0, 4}, {0, 0}}},
	} {
		if _, err := mustCover(t, nil).Gaps(area); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%s: %v", desc, err)
		}
	}
}
