package shape

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// anyShape returns a shape of any type around a random place, on whole
// coordinates where grid is set, so that much of it touches.
func anyShape(rng *rand.Rand, grid bool) orb.Geometry {
	step := 0.0
	if grid {
		step = 1
	}
	x, y := rng.Float64()*16-8, rng.Float64()*16-8
	ring := func(radius float64) orb.Ring { return star(rng, x, y, radius, step) }
	switch rng.IntN(8) {
	case 0:
		return ring(3)[0]
	case 1:
		return orb.MultiPoint(ring(5))
	case 2:
		return orb.LineString(ring(6)[1:])
	case 3:
		return orb.MultiLineString{orb.LineString(ring(2)), orb.LineString(ring(6))}
	case 4:
		return ring(6).Bound()
	case 5:
		return orb.MultiPolygon{{ring(7), ring(3)}, {star(rng, -x, -y, 4, step)}}
	case 6:
		return orb.Collection{ring(2)[0], orb.LineString(ring(5)), orb.Polygon{star(rng, -x, -y, 4, step)}}
	}
	return orb.Polygon{ring(8), ring(4)}
}

func TestPreparedAgainstPlainPredicates(t *testing.T) {
	const seed = 31
	rng := rand.New(rand.NewPCG(seed, 6))
	var met, apart int
	for i := range 3000 {
		g := anyShape(rng, i%2 == 0)
		p, err := Prepare(g)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			pt := orb.Point{float64(rng.IntN(25) - 12), float64(rng.IntN(25) - 12)}
			if rng.IntN(2) == 0 {
				pt[0] += rng.Float64()
			}
			if got, want := p.Has(pt), hasPoint(g, pt); got != want {
				t.Fatalf("seed %d, case %d: Has(%v) = %v: %v", seed, i, pt, got, g)
			}
		}
		h := anyShape(rng, i%2 == 0)
		got := p.Intersects(h)
		if want := plainlyIntersects(g, h); got != want {
			t.Fatalf("seed %d, case %d: Intersects = %v, want %v: %v and %v", seed, i, got, want, g, h)
		}
		if back, err := Intersects(h, g); err != nil || back != got {
			t.Fatalf("seed %d, case %d: %v, %v the other way round: %v and %v", seed, i, back, err, g, h)
		}
		if got {
			met++
		} else {
			apart++
		}
	}
	if met < 500 || apart < 500 {
		t.Errorf("%d pairs met and %d did not", met, apart)
	}
}

// plainlyIntersects compares every edge with every edge and every position
// with every part.
func plainlyIntersects(a, b orb.Geometry) bool {
	var ca, cb collector
	atoms(a, func(g orb.Geometry) bool { ca.add(g); return true })
	atoms(b, func(g orb.Geometry) bool { cb.add(g); return true })
	for _, p := range ca.edges {
		for _, q := range cb.edges {
			if measure.SegmentsMeet(p.low, p.high, q.low, q.high) {
				return true
			}
		}
	}
	in := func(seeds []orb.Point, g orb.Geometry) bool {
		for _, s := range seeds {
			if hasPoint(g, s) {
				return true
			}
		}
		return false
	}
	return in(ca.seeds, b) || in(cb.seeds, a)
}

func TestRelationIsCertain(t *testing.T) {
	const seed = 41
	rng := rand.New(rand.NewPCG(seed, 7))
	var sides [3]int
	for i := range 6000 {
		g := anyShape(rng, i%2 == 0)
		p, err := Prepare(g)
		if err != nil {
			t.Fatal(err)
		}
		w, s := rng.Float64()*24-12, rng.Float64()*24-12
		box := geo.Box{West: w, South: s, East: w + rng.Float64()*2, North: s + rng.Float64()*2}
		if i%4 == 0 {
			box = geo.NewBox(math.Round(w), math.Round(s), math.Round(w)+float64(rng.IntN(3)), math.Round(s)+float64(rng.IntN(3)))
		}
		side := p.Relation(box)
		sides[side]++
		for k := range 25 {
			pt := orb.Point{between(box.West, box.East, rng.Float64()), between(box.South, box.North, rng.Float64())}
			if k < 4 {
				pt = orb.Point{[]float64{box.West, box.East}[k&1], []float64{box.South, box.North}[k>>1]}
			}
			if has := p.Has(pt); has && side == Outside || !has && side == Inside {
				t.Fatalf("seed %d, case %d: Relation(%v) = %d, Has(%v) = %v: %v", seed, i, box, side, pt, has, g)
			}
		}
	}
	for side, n := range sides {
		if n < 100 {
			t.Errorf("side %d came up %d times only", side, n)
		}
	}
}

func TestRelation(t *testing.T) {
	for _, c := range []struct {
		desc, shape string
		box         geo.Box
		want        Side
	}{
		{"nothing", "", geo.World, Outside},
		{"far away", square, geo.Box{West: 8, South: 8, East: 9, North: 9}, Outside},
		{"in the hole", square, geo.Box{West: 1.5, South: 1.5, East: 2, North: 2}, Outside},
		{"in the flesh", square, geo.Box{West: 0.2, South: 0.2, East: 0.8, North: 3}, Inside},
		{"over the edge", square, geo.Box{West: -1, South: 2, East: 0.5, North: 2.5}, Cuts},
		{"edge to edge from outside", square, geo.Box{West: 4, South: 1, East: 5, North: 2}, Cuts},
		{"corner to corner", square, geo.Box{West: 4, South: 4, East: 5, North: 5}, Cuts},
		{"round it all", square, geo.Box{West: -1, South: -1, East: 5, North: 5}, Cuts},
		{"everything", square, geo.Box{}, Cuts},
		{"one place inside", square, geo.Box{West: 0.5, South: 0.5, East: 0.5, North: 0.5}, Inside},
		{"one place on the edge", square, geo.Box{West: 0, South: 2, East: 0, North: 2}, Inside},
		{"one place, which is the point", "POINT(1 2)", geo.Box{West: 1, South: 2, East: 1, North: 2}, Inside},
		{"round a point", "POINT(1 2)", geo.Box{West: 0, South: 0, East: 3, North: 3}, Cuts},
		{"beside a line in its box", "LINESTRING(0 0,9 9)", geo.Box{West: 5, South: 1, East: 6, North: 2}, Outside},
		{"across the date line, inside on both sides",
			"MULTIPOLYGON(((170 0,180 0,180 9,170 9,170 0)),((-180 0,-170 0,-170 9,-180 9,-180 0)))",
			geo.Box{West: 175, South: 1, East: -175, North: 2}, Cuts}, // its cut edges lie on the line
		{"across the date line, outside on both sides", square, geo.Box{West: 175, South: 1, East: -175, North: 2}, Outside},
		{"across the date line, inside on one", "POLYGON((0 0,180 0,180 9,0 9,0 0))", geo.Box{West: 170, South: 1, East: -175, North: 2}, Cuts},
		{"south above north", square, geo.Box{West: 0, South: 2, East: 1, North: 1}, Cuts},
		{"not a number", square, geo.Box{West: 0, South: math.NaN(), East: 1, North: 1}, Cuts},
		{"not a number westward", square, geo.Box{West: math.NaN(), South: 0, East: 1, North: 1}, Cuts},
	} {
		t.Run(c.desc, func(t *testing.T) {
			p, err := Prepare(parse(t, c.shape))
			if err != nil {
				t.Fatal(err)
			}
			if got := p.Relation(c.box); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

func TestPreparedEdges(t *testing.T) {
	empty, err := Prepare(nil)
	if err != nil || empty.Has(orb.Point{}) || empty.Intersects(orb.Point{}) {
		t.Errorf("nothing holds something: %v", err)
	}
	if _, ok := empty.Bound(); ok {
		t.Error("nothing has a bound")
	}
	if _, err := Prepare(orb.Point{math.NaN(), 1}); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("a shape that is not finite: %v", err)
	}
	p, err := Prepare(parse(t, square))
	if err != nil {
		t.Fatal(err)
	}
	if b, ok := p.Bound(); !ok || b != (geo.Box{West: 0, South: 0, East: 4, North: 4}) {
		t.Errorf("bound %v, %v", b, ok)
	}
	nan := math.NaN()
	if p.Has(orb.Point{nan, 0.5}) || p.Has(orb.Point{0.5, nan}) || p.Intersects(orb.LineString{{nan, nan}, {0.5, nan}}) {
		t.Error("not a number lies somewhere")
	}
	open := orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {0, 4}}}
	p, err = Prepare(open)
	if err != nil || !p.Has(orb.Point{1, 2}) || !p.Has(orb.Point{0, 2}) || p.Has(orb.Point{-1, 2}) {
		t.Errorf("a ring that is not closed is closed: %v", err)
	}
}

// TestPrepareTallEdges holds the bands to a bounded number of copies where
// every edge spans all latitudes.
func TestPrepareTallEdges(t *testing.T) {
	ring := comb(20_000, 0)
	for i := range ring {
		ring[i] = orb.Point{ring[i][1], ring[i][0] / 2}
	}
	p, err := Prepare(orb.Polygon{ring})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.bands.edges); n > copiesAllowed*len(ring) {
		t.Errorf("%d edges are held as %d", len(ring), n)
	}
}
