package shape

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
)

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		desc, in string
		reason   Reason
		text     string // what the text must say
		at       orb.Point
	}{
		{desc: "nothing", in: ""},
		{desc: "an empty polygon", in: "POLYGON EMPTY"},
		{desc: "a point", in: "POINT(180 -90)"},
		{desc: "a line that crosses itself", in: "LINESTRING(0 0,2 2,2 0,0 2)"},
		{desc: "a line with a repeated position", in: "LINESTRING(0 0,0 0,1 1)"},
		{desc: "a square that turns clockwise", in: "POLYGON((0 0,0 4,4 4,4 0,0 0))"},
		{desc: "a repeated position", in: "POLYGON((0 0,0 4,0 4,4 4,4 0,0 0))"},
		{desc: "a hole that touches in one place", in: "POLYGON((0 0,8 0,8 8,0 8,0 0),(0 4,2 2,2 6,0 4))"},
		{desc: "two polygons that touch at corners", in: "MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((2 2,4 2,4 4,2 4,2 2)))"},
		{desc: "an island in a lake", in: "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1)),((3 3,5 3,5 5,3 5,3 3)))"},
		{desc: "overlapping parts of a collection", in: "GEOMETRYCOLLECTION(POLYGON((0 0,4 0,4 4,0 0)),POLYGON((0 0,4 0,4 4,0 0)))"},
		{desc: "a square over the date line", in: "POLYGON((170 0,-170 0,-170 10,170 10,170 0))"},
		{desc: "a hole beyond the date line", in: "POLYGON((170 0,-160 0,-160 20,170 20,170 0),(-175 5,-175 15,-170 15,-170 5,-175 5))"},
		{desc: "round the pole", in: "POLYGON((0 80,90 80,180 80,-90 80,0 80))"},
		{desc: "a band round the world", in: "POLYGON((-180 -9,180 -9,180 9,-180 9,-180 -9))"},
		{"a bow tie over the date line", "POLYGON((170 0,-170 10,-170 0,170 10,170 0))", SelfCrossing, "at 180 5", orb.Point{180, 5}},
		{"a ring over the date line and back", "POLYGON((170 0,-170 10,180 5,170 0))", ZeroArea, "no area", orb.Point{170, 0}},
		{"a hole outside over the date line", "POLYGON((170 0,-160 0,-160 20,170 20,170 0),(50 5,51 5,51 6,50 5))", HoleOutside, "once cut", orb.Point{50, 5}},
		{"rings that cross over the date line", "POLYGON((170 0,-160 0,-160 20,170 20,170 0),(-170 5,-150 5,-150 6,-170 5))", RingsCross, "once cut", orb.Point{-160, 5}},
		{"swapped", "POINT(12.5 -97)", Swapped, "latitude and longitude are swapped", orb.Point{12.5, -97}},
		{"a latitude that swapping does not help", "MULTIPOINT((12 97),(170 3))", OutOfRange, "latitude 97 is outside", orb.Point{12, 97}},
		{"longitude from 0 to 360", "POINT(190 3)", OutOfRange, "write it as -170", orb.Point{190, 3}},
		{"longitude beyond everything", "POINT(1900 3)", OutOfRange, "longitude 1900 is outside", orb.Point{1900, 3}},
		{"one position", "LINESTRING(1 2)", TooFew, "one position", orb.Point{1, 2}},
		{"one position twice", "LINESTRING(1 2,1 2)", TooFew, "the same", orb.Point{1, 2}},
		{"a part of one position", "MULTILINESTRING((0 0,1 1),(1 2))", TooFew, "part 2: ", orb.Point{1, 2}},
		{"three positions", "POLYGON((0 0,1 1,0 0))", TooFew, "3 positions and needs four", orb.Point{0, 0}},
		{"not closed", "POLYGON((0 0,4 0,4 4,0 4))", NotClosed, "repeat its first position 0 0", orb.Point{0, 4}},
		{"no area", "POLYGON((0 0,4 4,2 2,0 0))", ZeroArea, "no area", orb.Point{0, 0}},
		{"a bow tie", "POLYGON((0 0,4 4,4 0,0 4,0 0))", SelfCrossing, "at 2 2", orb.Point{2, 2}},
		{"a ring that touches itself", "POLYGON((0 0,4 0,4 4,2 0,0 4,0 0))", SelfCrossing, "touches itself", orb.Point{2, 0}},
		{"a figure of eight through one vertex", "POLYGON((0 0,2 2,4 0,4 4,2 2,0 4,0 0))", SelfCrossing, "", orb.Point{2, 2}},
		{"a spike", "POLYGON((0 0,4 0,4 4,8 4,4 4,0 4,0 0))", SelfCrossing, "runs back over itself", orb.Point{4, 4}},
		{"a hole across the border", "POLYGON((0 0,8 0,8 8,0 8,0 0),(6 2,10 2,10 4,6 4,6 2))", RingsCross, "ring 2: the ring crosses the outer ring", orb.Point{8, 2}},
		{"rings that cross at a vertex of both", "MULTIPOLYGON(((0 0,4 0,2 2,4 4,0 4,0 0)),((1 1,2 2,5 2,1 1)))", RingsCross, "part 2: the ring crosses another polygon", orb.Point{2, 2}},
		{"a hole along the border", "POLYGON((0 0,8 0,8 8,0 8,0 0),(0 2,4 2,4 4,0 4,0 2))", SharedEdge, "shares an edge with the outer ring", orb.Point{0, 2}},
		{"the same hole twice", "POLYGON((0 0,8 0,8 8,0 8,0 0),(1 1,2 1,2 2,1 1),(2 2,1 1,2 1,2 2))", Duplicate, "ring 3: the ring repeats another hole", orb.Point{1, 1}},
		{"a hole outside", "POLYGON((0 0,4 0,4 4,0 4,0 0),(5 5,6 5,6 6,5 5))", HoleOutside, "ring 2: the hole lies outside", orb.Point{5, 5}},
		{"a hole round its shell", "POLYGON((1 1,2 1,2 2,1 1),(0 0,9 0,9 9,0 9,0 0))", HoleOutside, "", orb.Point{0, 0}},
		{"a hole in a hole", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(2 2,3 2,3 3,2 2))", HoleInHole, "ring 3: ", orb.Point{2, 2}},
		{"nested shells", "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((1 1,2 1,2 2,1 1)))", NestedShells, "part 2: ", orb.Point{1, 1}},
		{"a hole that cuts a corner off", "POLYGON((0 0,8 0,8 8,0 8,0 0),(4 0,8 4,6 4,4 0))", Disconnected, "in pieces", orb.Point{8, 4}},
		{"three holes in a circle", "POLYGON((0 0,9 0,9 9,0 9,0 0),(2 2,6 2,4 3,2 2),(6 2,6 6,5 4,6 2),(2 2,6 6,3 5,2 2))", Disconnected, "", orb.Point{6, 6}},
	} {
		t.Run(c.desc, func(t *testing.T) {
			bad := Validate(parse(t, c.in))
			if c.reason == "" {
				if bad != nil {
					t.Errorf("not valid: %s", bad)
				}
				return
			}
			if bad == nil || bad.Reason != c.reason || !strings.Contains(bad.Said.Text, c.text) || bad.At != c.at {
				t.Errorf("got %+v, want %s at %v, %q", bad, c.reason, c.at, c.text)
			}
		})
	}
}

func TestValidateWhatTextCannotHold(t *testing.T) {
	square := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}
	for _, c := range []struct {
		desc   string
		in     orb.Geometry
		reason Reason
	}{
		{"not a number", orb.Point{math.NaN(), 0}, NotFinite},
		{"infinite", orb.LineString{{0, 0}, {1, math.Inf(-1)}}, NotFinite},
		{"a ring", square, ""},
		{"an open ring", square[:3], TooFew},
		{"no ring at all", orb.Ring{}, ""},
		{"a bound", orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{2, 3}}, ""},
		{"a bound of one place", orb.Bound{Min: orb.Point{2, 3}, Max: orb.Point{2, 3}}, ""},
		{"a bound beyond the pole", orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{2, 93}}, Swapped},
		{"an empty ring", orb.Polygon{square, {}}, EmptyPart},
		{"an empty shell", orb.Polygon{{}, square}, EmptyPart},
		{"an empty polygon among others", orb.MultiPolygon{{square}, {}}, EmptyPart},
		{"an empty line among others", orb.MultiLineString{{}}, EmptyPart},
		{"nil in a collection", orb.Collection{orb.Point{}, nil}, EmptyPart},
		{"a bad part of a part", orb.Collection{orb.Collection{orb.Polygon{square[:3]}}}, TooFew},
	} {
		t.Run(c.desc, func(t *testing.T) {
			switch bad := Validate(c.in); {
			case bad == nil && c.reason != "":
				t.Errorf("valid, want %s", c.reason)
			case bad != nil && bad.Reason != c.reason:
				t.Errorf("got %+v, want %q", bad, c.reason)
			}
		})
	}
}

// TestValidateAgainstSimplefeatures uses small whole coordinates, on which
// both are exact and rings often touch.
func TestValidateAgainstSimplefeatures(t *testing.T) {
	const seed = 21
	rng := rand.New(rand.NewPCG(seed, 4))
	valid := 0
	for i := range 30_000 {
		size := 3 + rng.IntN(8)
		var g orb.MultiPolygon
		for range 1 + rng.IntN(2) {
			p := orb.Polygon{smallRing(rng, 0, size)}
			for range rng.IntN(3) {
				p = append(p, smallRing(rng, 1, size-1))
			}
			g = append(g, p)
		}
		err := toSimple(g).Validate()
		if err == nil {
			valid++
		}
		bad := Validate(g)
		if err == nil && bad != nil && holeStartsOnShell(g) {
			continue
		}
		if (bad == nil) != (err == nil) {
			t.Fatalf("seed %d, case %d: %v: we say %v, simplefeatures %v", seed, i, g, bad, err)
		}
	}
	if valid < 1000 {
		t.Errorf("only %d of the cases were valid", valid)
	}
}

// holeStartsOnShell tells the cases that simplefeatures decides wrongly: it
// takes a hole whose first position is on the shell for one inside it.
func holeStartsOnShell(g orb.MultiPolygon) bool {
	for _, p := range g {
		for _, hole := range p[1:] {
			if locate(p[:1], hole[0]) == boundary {
				return true
			}
		}
	}
	return false
}

// smallRing is a triangle or a rectangle on whole coordinates.
func smallRing(rng *rand.Rand, from, to int) orb.Ring {
	c := func() float64 { return float64(from + rng.IntN(max(1, to-from+1))) }
	if rng.IntN(2) == 0 {
		b := orb.MultiPoint{{c(), c()}, {c(), c()}}.Bound()
		return b.ToRing()
	}
	r := orb.Ring{{c(), c()}, {c(), c()}, {c(), c()}}
	return append(r, r[0])
}

// TestValidateLargeRings holds the sweep to far less than comparing all pairs
// would take: each ring has 100,000 positions, and the comb's teeth all span
// the same longitudes.
func TestValidateLargeRings(t *testing.T) {
	const n = 100_000
	for _, c := range []struct {
		desc string
		ring orb.Ring
	}{{"coast", coast(n)}, {"comb", comb(n, 0)}, {"slanted comb", comb(n, 30)}, {"densified triangle", densified(n)}} {
		t.Run(c.desc, func(t *testing.T) {
			began := time.Now()
			if bad := Validate(orb.Polygon{c.ring}); bad != nil {
				t.Fatalf("not valid: %s", bad)
			}
			t.Logf("%d positions: %v", len(c.ring), time.Since(began))
			crossed := orb.Clone(c.ring).(orb.Ring)
			crossed[n/2] = crossed[n/10]
			if bad := Validate(orb.Polygon{crossed}); bad == nil || bad.Reason != SelfCrossing {
				t.Errorf("with a position moved onto another: %v", bad)
			}
		})
	}
}

// densified is a triangle with many positions, nearly on one line, an edge.
func densified(n int) (r orb.Ring) {
	corners := orb.Ring{{-17.3, -3.1}, {41.7, 11.9}, {3.3, 37.7}, {-17.3, -3.1}}
	for i := range 3 {
		a, b := corners[i], corners[i+1]
		for k := range n / 3 {
			t := float64(k) / float64(n/3)
			r = append(r, orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])})
		}
	}
	return append(r, r[0])
}

// coast is a round ring with a rough edge.
func coast(n int) orb.Ring {
	rng := rand.New(rand.NewPCG(1, 1))
	r := make(orb.Ring, 0, n+1)
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		reach := 30 + 5*rng.Float64()
		r = append(r, orb.Point{reach * cos, reach * sin})
	}
	return append(r, r[0])
}

// comb has n/2 long teeth that run from west to east, all rising alike.
func comb(n int, rise float64) orb.Ring {
	r := make(orb.Ring, 0, n+3)
	for i := range n / 2 {
		y := 40 * float64(i) / float64(n)
		r = append(r, orb.Point{-80, y}, orb.Point{80, y + rise + 1e-5})
	}
	r = append(r, orb.Point{-90, 60}, orb.Point{-90, -1})
	return append(r, r[0])
}
