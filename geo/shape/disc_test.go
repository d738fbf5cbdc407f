package shape

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo/measure"
	"bivouac/geo/randtest"

	"github.com/paulmach/orb"
)

// spread returns n discs about a centre, their radii and distances random.
func spread(rng *rand.Rand, n int, centre orb.Point, within, least, most float64) []Disc {
	out := make([]Disc, n)
	for i := range out {
		p, _ := measure.Direct(centre, rng.Float64()*360, within*math.Sqrt(rng.Float64()))
		out[i] = Disc{p, least + rng.Float64()*(most-least)}
	}
	return out
}

func mustCover(t testing.TB, discs []Disc) *Cover {
	t.Helper()
	c, err := NewCover(discs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustArea(t testing.TB, c *Cover, depth int) float64 {
	t.Helper()
	a, err := c.Area(depth)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func mustOutline(t testing.TB, c *Cover, depth int) orb.MultiPolygon {
	t.Helper()
	g, err := c.Outline(depth)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// worlds are the neighbourhoods in which random discs are laid.
var worlds = []struct {
	desc                string
	centre              orb.Point
	within, least, most float64
}{
	{"a mission", orb.Point{0, 16}, 400e3, 10e3, 150e3},
	{"a camp", orb.Point{36.8, -1.3}, 3e3, 50, 1500},
	{"a courtyard", orb.Point{36.8, -1.3}, 6, 0.1, 3},
	{"far north", orb.Point{20, 84}, 500e3, 10e3, 300e3},
	{"the north pole", orb.Point{20, 89.5}, 500e3, 10e3, 300e3},
	{"the south pole", orb.Point{20, -89.5}, 500e3, 10e3, 300e3},
	{"the date line", orb.Point{179.5, -17}, 400e3, 10e3, 150e3},
	{"continents", orb.Point{60, 30}, 5000e3, 100e3, 3000e3},
	{"half the earth", orb.Point{100, 0}, 9000e3, 3000e3, 9000e3},
	{"all the earth", orb.Point{0, 0}, 19000e3, 1000e3, 19800e3},
}

// TestDepthsAddUp: the areas under at least one disc, two, three and so on are
// those of all discs together.
func TestDepthsAddUp(t *testing.T) {
	rng := randtest.New(t, 1)
	for _, w := range worlds {
		for range 12 {
			discs := spread(rng, 1+rng.IntN(25), w.centre, w.within, w.least, w.most)
			c := mustCover(t, discs)
			want, got, last := 0.0, 0.0, math.Inf(1)
			for _, d := range discs {
				r := measure.NewRim(d.Centre, d.RadiusMetres)
				want += r.Area()
			}
			for k := 1; k <= c.Depth(); k++ {
				a := mustArea(t, c, k)
				if a > last {
					t.Errorf("%s: %v under %d discs, %v under one less", w.desc, a, k, last)
				}
				got, last = got+a, a
			}
			if math.Abs(got-want) > 1e-9*want+0.01 {
				t.Errorf("%s: %d discs add up to %.6g of %.12g: %.3g", w.desc, len(discs), got, want, got/want-1)
			}
		}
	}
}

// TestMembership: a place lies in the outline of a depth exactly when so many
// discs hold it by the geodesic, unless it is closer to a rim than outlines are
// drawn.
func TestMembership(t *testing.T) {
	const off = 16739128377949355367 // an edge near a pole lay off by 1.7 times as much as is said
	for _, seed := range []uint64{off, randtest.Seed(t)} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { checkAllMembership(t, rand.New(rand.NewPCG(seed, 1))) })
	}
}

func checkAllMembership(t *testing.T, rng *rand.Rand) {
	t.Helper()
	for _, w := range worlds {
		for range 4 {
			discs := spread(rng, 1+rng.IntN(20), w.centre, w.within, w.least, w.most)
			c := mustCover(t, discs)
			for k := 1; k <= min(3, c.Depth()+1); k++ {
				checkMembership(t, rng, w.desc, discs, c, k, w.centre, w.within+w.most)
			}
		}
	}
}

func checkMembership(t *testing.T, rng *rand.Rand, desc string, discs []Disc, c *Cover, depth int, centre orb.Point, within float64) {
	t.Helper()
	g := mustOutline(t, c, depth)
	if bad := Validate(g); bad != nil {
		t.Errorf("%s: %d discs, depth %d: %v", desc, len(discs), depth, bad)
	}
	p, err := Prepare(g)
	if err != nil {
		t.Fatal(err)
	}
	asked, wrong := 0, 0
	for range 300 {
		at, _ := measure.Direct(centre, rng.Float64()*360, min(within, 2e7)*math.Sqrt(rng.Float64()))
		n, close := 0, false
		for _, d := range discs {
			far := measure.Distance(at, d.Centre)
			if far <= d.RadiusMetres {
				n++
			}
			close = close || math.Abs(far-d.RadiusMetres) < 1.01*min(d.RadiusMetres*DrawnShare, DrawnMetres)
		}
		if close {
			continue
		}
		asked++
		if p.Has(at) != (n >= depth) {
			wrong++
			if wrong == 1 {
				t.Errorf("%s: %v is under %d of %d discs, the outline of %d says %v", desc, at, n, len(discs), depth, p.Has(at))
			}
		}
	}
	if asked < 30 && within < 1e7 {
		t.Errorf("%s: only %d places far enough from rims", desc, asked)
	}
}

func BenchmarkUnion(b *testing.B) {
	for name, d := range map[string][]Disc{
		"300each20": grid300(), "300all": spread(rand.New(rand.NewPCG(1, 2)), 300, orb.Point{0, 16}, 30e3, 60e3, 90e3),
		"30": spread(rand.New(rand.NewPCG(1, 2)), 30, orb.Point{0, 16}, 300e3, 30e3, 100e3),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c := mustCover(b, d)
				mustArea(b, c, 1)
				mustOutline(b, c, 1)
			}
		})
	}
}

// grid300 is 300 discs that meet about 20 others each.
func grid300() []Disc {
	return spread(rand.New(rand.NewPCG(1, 2)), 300, orb.Point{0, 16}, 760e3, 90e3, 120e3)
}

func TestGrid300MeetsAbout20(t *testing.T) {
	discs, n := grid300(), 0
	for _, a := range discs {
		for _, b := range discs {
			if a != b && measure.Distance(a.Centre, b.Centre) < a.RadiusMetres+b.RadiusMetres {
				n++
			}
		}
	}
	if each := float64(n) / 300; each < 18 || each > 25 {
		t.Errorf("each meets %v others", each)
	}
}
