package shape

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

func TestSplitDateLine(t *testing.T) {
	for _, c := range []struct{ desc, in, want string }{
		{"nothing", "", ""},
		{"a point on the line", "POINT(180 3)", "POINT(180 3)"},
		{"a line that stays west", "LINESTRING(170 0,175 5)", "LINESTRING(170 0,175 5)"},
		{"exactly 180 degrees is not more than 180", "LINESTRING(-90 0,90 5)", "LINESTRING(-90 0,90 5)"},
		{"a line that crosses eastward", "LINESTRING(170 0,-170 10)", "MULTILINESTRING((170 0,180 5),(-180 5,-170 10))"},
		{"a line that crosses westward", "LINESTRING(-170 0,170 10)", "MULTILINESTRING((-170 0,-180 5),(180 5,170 10))"},
		{"there and back", "LINESTRING(170 0,-170 0,-170 2,170 2)",
			"MULTILINESTRING((170 0,180 0),(-180 0,-170 0,-170 2,-180 2),(180 2,170 2))"},
		{"a line that ends on the line, written from the other side", "LINESTRING(170 0,-180 5)", "MULTILINESTRING((170 0,180 5))"},
		{"a line with both ways of writing the line", "LINESTRING(170 0,180 5,-180 5,-170 5)",
			"MULTILINESTRING((170 0,180 5),(-180 5,-170 5))"},
		{"a line along the line", "LINESTRING(180 0,180 5)", "LINESTRING(180 0,180 5)"},
		{"one place written twice is not a line", "LINESTRING(180 0,-180 0)", "LINESTRING(180 0,-180 0)"},
		{"several lines, one over the line", "MULTILINESTRING((0 0,1 1),(170 0,-170 0))",
			"MULTILINESTRING((0 0,1 1),(170 0,180 0),(-180 0,-170 0))"},
		{"a square", "POLYGON((170 0,-170 0,-170 10,170 10,170 0))",
			"MULTIPOLYGON(((180 0,180 10,170 10,170 0,180 0)),((-180 0,-170 0,-170 10,-180 10,-180 0)))"},
		{"a square that turns clockwise", "POLYGON((170 0,170 10,-170 10,-170 0,170 0))",
			"MULTIPOLYGON(((180 0,180 10,170 10,170 0,180 0)),((-180 0,-170 0,-170 10,-180 10,-180 0)))"},
		{"a square that ends on the line and is written from the other side",
			"POLYGON((170 0,-180 0,-180 10,170 10,170 0))", "MULTIPOLYGON(((180 0,180 10,170 10,170 0,180 0)))"},
		{"a square west of the line", "POLYGON((170 0,180 0,180 10,170 10,170 0))", "POLYGON((170 0,180 0,180 10,170 10,170 0))"},
		{"a hole over the line", "POLYGON((160 0,-160 0,-160 20,160 20,160 0),(170 5,170 15,-170 15,-170 5,170 5))",
			"MULTIPOLYGON(((180 0,180 5,170 5,170 15,180 15,180 20,160 20,160 0,180 0)),((-180 0,-160 0,-160 20,-180 20,-180 15,-170 15,-170 5,-180 5,-180 0)))"},
		{"a hole east of the line", "POLYGON((170 0,-160 0,-160 20,170 20,170 0),(-175 5,-175 15,-170 15,-170 5,-175 5))",
			"MULTIPOLYGON(((180 0,180 20,170 20,170 0,180 0)),((-180 0,-160 0,-160 20,-180 20,-180 0),(-175 5,-175 15,-170 15,-170 5,-175 5)))"},
		{"a notch whose tip is on the line", "POLYGON((170 0,-170 0,-170 20,170 20,180 10,170 0))",
			"MULTIPOLYGON(((180 0,180 10,170 0,180 0)),((180 10,180 20,170 20,180 10)),((-180 0,-170 0,-170 20,-180 20,-180 0)))"},
		{"round the north pole", "POLYGON((0 80,90 80,180 80,-90 80,0 80))",
			"MULTIPOLYGON(((0 80,90 80,180 80,180 90,-180 90,-180 80,-90 80,0 80)))"},
		{"round the south pole, starting at the line", "POLYGON((-180 -80,-90 -80,0 -80,90 -80,180 -80,-180 -80))",
			"MULTIPOLYGON(((0 -80,-90 -80,-180 -80,-180 -90,180 -90,180 -80,90 -80,0 -80)))"},
		{"round the pole with a hole round it", "POLYGON((0 -10,120 -10,-120 -10,0 -10),(0 80,120 80,-120 80,0 80))",
			"MULTIPOLYGON(((0 -10,120 -10,180 -10,180 80,120 80,0 80,-120 80,-180 80,-180 -10,-120 -10,0 -10)))"},
		{"the whole world", "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))", "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))"},
		{"Antarctica drawn down to the pole", "POLYGON((-180 -90,180 -90,180 -80,0 -70,-180 -80,-180 -90))",
			"POLYGON((-180 -90,180 -90,180 -80,0 -70,-180 -80,-180 -90))"},
		{"a world with a hole over the line", "POLYGON((-180 -60,180 -60,180 60,-180 60,-180 -60),(170 0,170 10,-170 10,-170 0,170 0))",
			"MULTIPOLYGON(((-180 -60,180 -60,180 0,170 0,170 10,180 10,180 60,-180 60,-180 10,-170 10,-170 0,-180 0,-180 -60)))"},
		{"that world again, cut already", "POLYGON((-180 -60,180 -60,180 0,170 0,170 10,180 10,180 60,-180 60,-180 10,-170 10,-170 0,-180 0,-180 -60))",
			"POLYGON((-180 -60,180 -60,180 0,170 0,170 10,180 10,180 60,-180 60,-180 10,-170 10,-170 0,-180 0,-180 -60))"},
		{"a square with the line written both ways", "POLYGON((170 0,180 0,-180 0,-170 0,-170 10,-180 10,180 10,170 10,170 0))",
			"MULTIPOLYGON(((180 0,180 10,170 10,170 0,180 0)),((-180 0,-170 0,-170 10,-180 10,-180 0)))"},
		{"the same clockwise", "POLYGON((170 0,170 10,180 10,-180 10,-170 10,-170 0,-180 0,180 0,170 0))",
			"MULTIPOLYGON(((180 0,180 10,170 10,170 0,180 0)),((-180 0,-170 0,-170 10,-180 10,-180 0)))"},
		{"a part over the line", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((170 0,-170 0,-170 10,170 10,170 0)))",
			"MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((180 0,180 10,170 10,170 0,180 0)),((-180 0,-170 0,-170 10,-180 10,-180 0)))"},
		{"a collection stays one", "GEOMETRYCOLLECTION(POINT(0 0),LINESTRING(170 0,-170 10))",
			"GEOMETRYCOLLECTION(POINT(0 0),MULTILINESTRING((170 0,180 5),(-180 5,-170 10)))"},
		{"longitudes beyond 180 are not accepted", "LINESTRING(170 0,190 0,-10 0)", "LINESTRING(170 0,190 0,-10 0)"},
	} {
		t.Run(c.desc, func(t *testing.T) {
			in, want := parse(t, c.in), parse(t, c.want)
			got, cut := SplitDateLine(in)
			if !sameShape(t, got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if cut != (c.in != c.want) {
				t.Errorf("cut = %v", cut)
			}
			if bad := Validate(got); bad != nil && cut {
				t.Errorf("not valid: %s", bad)
			}
		})
	}
}

// sameShape compares type, parts and places; a ring may start anywhere.
func sameShape(t *testing.T, a, b orb.Geometry) bool {
	t.Helper()
	if a == nil || b == nil || Empty(a) || a.GeoJSONType() != b.GeoJSONType() || countParts(a) != countParts(b) {
		return a == b
	}
	if dimension(a) < 2 {
		return orb.Equal(a, b)
	}
	same, err := Equals(a, b)
	if err != nil {
		t.Error(err)
	}
	return same
}

func countParts(g orb.Geometry) (n int) {
	atoms(g, func(orb.Geometry) bool {
		n++
		return true
	})
	return n
}

// star returns a ring round a centre on the unrolled plane, with reach between
// half of radius and radius.
func star(rng *rand.Rand, lon, lat, radius, grid float64) orb.Ring {
	n := 3 + rng.IntN(12)
	var r orb.Ring
	for i := range n {
		angle := (float64(i) + 0.8*rng.Float64()) * 2 * math.Pi / float64(n)
		reach := radius * (0.5 + rng.Float64()/2)
		p := orb.Point{lon + reach*math.Cos(angle), lat + reach*math.Sin(angle)}
		if grid > 0 {
			p = orb.Point{math.Round(p[0]/grid) * grid, math.Round(p[1]/grid) * grid}
		}
		r = append(r, p)
	}
	return append(r, r[0])
}

func wrapped(p orb.Polygon) orb.Polygon {
	out := orb.Polygon{}
	for _, r := range p {
		var w orb.Ring
		for _, pt := range r {
			if pt[0] > 180 {
				pt[0] -= 360
			} else if pt[0] < -180 {
				pt[0] += 360
			}
			w = append(w, pt)
		}
		out = append(out, w)
	}
	return out
}

// planarArea adds up outer rings less holes.
func planarArea(g orb.Geometry) (area float64) {
	atoms(g, func(g orb.Geometry) bool {
		for i, r := range g.(orb.Polygon) {
			area += float64(outward(i)) * math.Abs(signedArea(r))
		}
		return true
	})
	return area
}

func TestSplitKeepsAreaAndPlaces(t *testing.T) {
	const seed = 5
	rng := rand.New(rand.NewPCG(seed, 2))
	cuts := 0
	for i := range 4000 {
		grid := []float64{0, 0, 5, 2}[i%4]
		centre := float64(-180 + 360*rng.IntN(2))
		if grid == 0 {
			centre += rng.Float64()*40 - 20
		}
		unrolled := orb.Polygon{star(rng, centre, 0, 60, grid)}
		if rng.IntN(2) == 0 {
			unrolled = append(unrolled, star(rng, centre+rng.Float64()*20-10, 0, 20, grid))
		}
		if shiftedInvalid(unrolled) {
			continue
		}
		in := wrapped(unrolled)
		got, cut := SplitDateLine(in)
		if !cut {
			continue
		}
		cuts++
		if a, b := planarArea(got), planarArea(unrolled); math.Abs(a-b) > 1e-9*b {
			t.Fatalf("seed %d, case %d: area %v became %v: %v", seed, i, b, a, in)
		}
		if bad := Validate(got); bad != nil && grid > 0 && !ringsTouch(unrolled) {
			t.Fatalf("seed %d, case %d: %v became invalid: %s: %v", seed, i, in, bad, got)
		}
		if again, cut := SplitDateLine(got); cut {
			t.Fatalf("seed %d, case %d: cut twice: %v, then %v", seed, i, got, again)
		}
		if p, ok := samePlaces(rng, unrolled, got); !ok {
			t.Fatalf("seed %d, case %d: %v lies in one of %v and %v alone", seed, i, p, in, got)
		}
	}
	if cuts < 2000 {
		t.Errorf("only %d cases were cut", cuts)
	}
}

// samePlaces asks the cut polygon and the unrolled one, in all three turns,
// for random places, and returns one on which they differ.
func samePlaces(rng *rand.Rand, unrolled orb.Polygon, cut orb.Geometry) (orb.Point, bool) {
	for range 30 {
		p := orb.Point{rng.Float64()*360 - 180, rng.Float64()*120 - 60}
		want := false
		for _, turn := range []float64{-360, 0, 360} {
			want = want || hasPoint(unrolled, orb.Point{p[0] + turn, p[1]})
		}
		if hasPoint(cut, p) != want {
			return p, false
		}
	}
	return orb.Point{}, true
}

// shiftedInvalid validates a polygon of the unrolled plane, moved to where
// longitudes are in range.
func shiftedInvalid(p orb.Polygon) bool {
	moved := orb.Clone(p).(orb.Polygon)
	for _, r := range moved {
		for i := range r {
			r[i][0] -= math.Copysign(180, r[i][0])
		}
	}
	return Validate(moved) != nil
}

func ringsTouch(p orb.Polygon) bool {
	var rings []ring
	for _, r := range p {
		rings = append(rings, ring{path: r})
	}
	s := newSweep(rings)
	return s.run() != nil || len(s.touches) > 0
}

func TestSplitRoundAPole(t *testing.T) {
	const seed = 9
	rng := rand.New(rand.NewPCG(seed, 3))
	for i := range 2000 {
		var ring orb.Ring
		n := 3 + rng.IntN(20)
		start := rng.Float64()*360 - 180
		if i%3 == 0 {
			start = 180
		}
		south := rng.IntN(2) == 0
		for k := range n {
			lon := math.Remainder(start+360*float64(k)/float64(n), 360)
			lat := 30 + 50*rng.Float64()
			if south {
				lat = -lat
			}
			ring = append(ring, orb.Point{lon, lat})
		}
		ring = append(ring, ring[0])
		if rng.IntN(2) == 0 {
			ring.Reverse()
		}
		got, cut := SplitDateLine(orb.Polygon{ring})
		if !cut {
			t.Fatalf("seed %d, case %d: not cut: %v", seed, i, ring)
		}
		want := 0.0
		u := unroll(ring)
		for k := 1; k < len(u); k++ {
			want += math.Abs((u[k].lon() - u[k-1].lon()) * (90 - math.Abs(u[k].at[1]+u[k-1].at[1])/2))
		}
		if a := planarArea(got); math.Abs(a-want) > 1e-9*want {
			t.Fatalf("seed %d, case %d: area %v, want %v: %v", seed, i, a, want, ring)
		}
		if again, cut := SplitDateLine(got); cut {
			t.Fatalf("seed %d, case %d: cut twice: %v, then %v", seed, i, got, again)
		}
		if pole := (orb.Point{rng.Float64()*360 - 180, 90}); hasPoint(got, pole) == south {
			t.Fatalf("seed %d, case %d: the north pole is in: %v; south: %v", seed, i, !south, south)
		}
	}
}
