package shape

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// square is 0..4 with a hole 1..3.
const square = "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))"

// answers are the names of the predicates that hold, by first letter:
// Intersects, Within, Contains, Touches, croSses, Overlaps, Equals.
func answers(t *testing.T, a, b orb.Geometry) string {
	t.Helper()
	out := ""
	for _, p := range []struct {
		letter string
		ask    func(a, b orb.Geometry) (bool, error)
	}{{"I", Intersects}, {"W", Within}, {"C", Contains}, {"T", Touches}, {"S", Crosses}, {"O", Overlaps}, {"E", Equals}} {
		yes, err := p.ask(a, b)
		if err != nil {
			t.Fatalf("%s: %v", p.letter, err)
		}
		if yes {
			out += p.letter
		}
	}
	disjoint, err := Disjoint(a, b)
	if meets := len(out) > 0 && out[0] == 'I'; err != nil || disjoint == meets {
		t.Errorf("Disjoint = %v, %v with %q", disjoint, err, out)
	}
	return out
}

var converse = map[rune]rune{'W': 'C', 'C': 'W'}

func TestPredicates(t *testing.T) {
	for _, c := range []struct{ desc, a, b, want string }{
		{"nothing and nothing", "", "", "E"},
		{"nothing and a point", "", "POINT(1 1)", ""},
		{"an empty collection and an empty line", "GEOMETRYCOLLECTION EMPTY", "LINESTRING EMPTY", "E"},
		{"an empty polygon and a polygon", "POLYGON EMPTY", square, ""},
		{"one point", "POINT(1 2)", "POINT(1 2)", "IWCE"},
		{"two points", "POINT(1 2)", "POINT(2 1)", ""},
		{"point and points", "POINT(1 2)", "MULTIPOINT((1 2),(3 4))", "IW"},
		{"points in common", "MULTIPOINT((0 0),(3 4))", "MULTIPOINT((1 2),(3 4))", "IO"},
		{"point inside a line", "POINT(1 1)", "LINESTRING(0 0,2 2)", "IW"},
		{"point at the end of a line", "POINT(0 0)", "LINESTRING(0 0,2 2)", "IT"},
		{"point beside a line, in its box", "POINT(0 1)", "LINESTRING(0 0,2 2)", ""},
		{"point where two lines of one end", "POINT(1 1)", "MULTILINESTRING((0 0,1 1),(1 1,2 0))", "IW"},
		{"point in a polygon", "POINT(0.5 2)", square, "IW"},
		{"point in the hole", "POINT(2 2)", square, ""},
		{"point on the edge", "POINT(4 2)", square, "IT"},
		{"point at a vertex", "POINT(4 4)", square, "IT"},
		{"point on the hole's edge", "POINT(1 2)", square, "IT"},
		{"point where two polygons touch", "POINT(4 4)", "MULTIPOLYGON(((0 0,4 0,4 4,0 0)),((4 4,8 4,8 8,4 4)))", "IT"},
		{"points in and out", "MULTIPOINT((0.5 2),(9 9))", square, "IS"},
		{"points in and on", "MULTIPOINT((0.5 2),(4 4))", square, "IW"},
		{"lines that cross", "LINESTRING(0 0,2 2)", "LINESTRING(0 2,2 0)", "IS"},
		{"lines end to end", "LINESTRING(0 0,2 2)", "LINESTRING(2 2,2 0)", "IT"},
		{"end on a line", "LINESTRING(0 0,1 1)", "LINESTRING(0 2,2 0)", "IT"},
		{"lines that share a stretch", "LINESTRING(0 0,2 2)", "LINESTRING(1 1,3 3)", "IO"},
		{"a stretch of a line", "LINESTRING(1 1,2 2)", "LINESTRING(0 0,3 3)", "IW"},
		{"one line written otherwise", "LINESTRING(0 0,2 2)", "MULTILINESTRING((2 2,1 1),(0 0,1 1))", "IWCE"},
		{"lines whose boxes meet", "LINESTRING(0 0,4 4)", "LINESTRING(3 0,4 1)", ""},
		{"line in a polygon", "LINESTRING(0.5 0.5,0.5 3)", square, "IW"},
		{"line from edge to edge", "LINESTRING(0 2,1 2)", square, "IW"},
		{"line along the edge", "LINESTRING(0 0,0 4)", square, "IT"},
		{"line in the hole", "LINESTRING(1.5 1.5,2 2)", square, ""},
		{"line in the hole to its edge", "LINESTRING(2 2,3 2)", square, "IT"},
		{"line over hole and all", "LINESTRING(-1 2,5 2)", square, "IS"},
		{"line that touches a vertex", "LINESTRING(3 5,5 3)", square, "IT"},
		{"line round it", "LINESTRING(-1 -1,5 -1,5 5,-1 5)", square, ""},
		{"one polygon, started elsewhere", "POLYGON((0 0,4 0,4 4,0 4,0 0))", "POLYGON((4 4,0 4,0 0,4 0,4 4))", "IWCE"},
		{"polygons that overlap", "POLYGON((0 0,4 0,4 4,0 4,0 0))", "POLYGON((2 2,6 2,6 6,2 6,2 2))", "IO"},
		{"polygon in the hole", "POLYGON((1.5 1.5,2.5 1.5,2 2,1.5 1.5))", square, ""},
		{"polygon that fills the hole", "POLYGON((1 1,3 1,3 3,1 3,1 1))", square, "IT"},
		{"polygon in the flesh", "POLYGON((0.2 0.2,0.8 0.2,0.8 0.8,0.2 0.2))", square, "IW"},
		{"polygon in it, along its edge", "POLYGON((0 0,1 0,1 1,0 0))", square, "IW"},
		{"polygon round it", "POLYGON((-1 -1,9 -1,9 9,-1 9,-1 -1))", square, "IC"},
		{"polygons edge to edge", "POLYGON((4 0,8 0,8 4,4 4,4 0))", square, "IT"},
		{"polygons corner to corner", "POLYGON((4 4,8 4,8 8,4 4))", square, "IT"},
		{"polygons that cross without a vertex inside", "POLYGON((0 1,9 1,9 2,0 2,0 1))", "POLYGON((4 -5,5 -5,5 9,4 9,4 -5))", "IO"},
		{"polygon and several", "POLYGON((0 0,1 0,1 1,0 0))", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))", "IW"},
		{"point and collection", "POINT(1 1)", "GEOMETRYCOLLECTION(POINT(5 5),LINESTRING(0 0,2 2))", "IW"},
		{"collection and polygon", "GEOMETRYCOLLECTION(POINT(0.5 0.5),LINESTRING(0.5 0.5,0.5 3))", square, "IW"},
		{"collection in a collection", "GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(0.5 0.5)))", square, "IW"},
		{"collections in the hole", "GEOMETRYCOLLECTION(POINT(2 2))", "GEOMETRYCOLLECTION(" + square + ")", ""},
		{"point in overlapping parts", "POINT(2 2)", "GEOMETRYCOLLECTION(POLYGON((0 0,4 0,4 4,0 4,0 0)),POLYGON((1 1,3 1,3 3,1 3,1 1)))", "IW"},
	} {
		t.Run(c.desc, func(t *testing.T) {
			a, b := parse(t, c.a), parse(t, c.b)
			if got := answers(t, a, b); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			want := map[rune]bool{}
			for _, l := range c.want {
				if o, ok := converse[l]; ok {
					l = o
				}
				want[l] = true
			}
			got := answers(t, b, a)
			for _, l := range got {
				if !want[l] {
					t.Errorf("the other way round: got %q", got)
				}
			}
			if len(got) != len(want) {
				t.Errorf("the other way round: got %q", got)
			}
		})
	}
}

// TestEveryPairOfTypes asks every type about every other, each holding the
// place 2 2 or covering it.
func TestEveryPairOfTypes(t *testing.T) {
	ring := orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}
	types := []orb.Geometry{
		orb.Point{2, 2}, orb.MultiPoint{{2, 2}, {9, 9}},
		orb.LineString{{0, 0}, {4, 4}}, orb.MultiLineString{{{0, 4}, {4, 0}}, {{8, 8}, {9, 9}}},
		ring, orb.Polygon{ring}, orb.MultiPolygon{{ring}, {{{8, 8}, {9, 8}, {9, 9}, {8, 8}}}},
		orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{3, 3}},
		orb.Bound{Min: orb.Point{1, 2}, Max: orb.Point{3, 2}}, orb.Bound{Min: orb.Point{2, 2}, Max: orb.Point{2, 2}},
		orb.Collection{orb.Point{2, 2}, orb.LineString{{8, 8}, {9, 9}}},
	}
	far := orb.Collection{orb.Point{50, 50}, ring, nil}
	far[1] = orb.Bound{Min: orb.Point{51, 51}, Max: orb.Point{52, 52}}
	for _, a := range types {
		for _, b := range types {
			matrix, err := Relate(a, b)
			if err != nil || fits(matrix, "FF*FF****") {
				t.Errorf("Relate(%v, %v) = %s, %v", a, b, matrix, err)
			}
			if back, _ := Relate(b, a); back != transpose(matrix) {
				t.Errorf("Relate(%v, %v) = %s, and %s the other way round", a, b, matrix, back)
			}
			if got := answers(t, a, b); got == "" || got[0] != 'I' {
				t.Errorf("%v and %v: %q", a, b, got)
			}
		}
		if got := answers(t, a, far[:2]); got != "" {
			t.Errorf("%v and %v: %q", a, far, got)
		}
		if got := answers(t, a, orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{0, 0}}); got != "" {
			t.Errorf("%v and an empty bound: %q", a, got)
		}
	}
}

func TestPredicateErrors(t *testing.T) {
	bowtie := parse(t, "POLYGON((0 0,4 4,4 0,0 4,0 0))")
	line := parse(t, "LINESTRING(0 0,9 1)")
	if _, err := Within(bowtie, line); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("Within of a self-crossing polygon: %v", err)
	}
	if yes, err := Intersects(bowtie, line); !yes || err != nil {
		t.Errorf("Intersects needs no validity: %v, %v", yes, err)
	}
	for p, want := range map[orb.Point]bool{{1, 2}: true, {2, 1}: false} {
		if yes, err := Within(p, bowtie); yes != want || err != nil {
			t.Errorf("%v in a self-crossing polygon, by the even-odd rule: %v, %v", p, yes, err)
		}
	}
	for _, bad := range []orb.Geometry{orb.Point{math.NaN(), 0}, orb.LineString{{0, 0}, {math.Inf(1), 0}}} {
		for _, ask := range []func(a, b orb.Geometry) (bool, error){Intersects, Disjoint, Within, Contains, Equals, Touches, Crosses, Overlaps} {
			if yes, err := ask(line, bad); yes || geo.CodeOf(err) != geo.Invalid {
				t.Errorf("%v: %v, %v", bad, yes, err)
			}
		}
	}
}
