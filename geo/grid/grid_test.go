package grid_test

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/measure"
	"bivouac/geo/randtest"
)

func seeded(t testing.TB) *rand.Rand {
	seed := randtest.Seed(t)
	return rand.New(rand.NewPCG(seed, 1))
}

// TestPlane has what PROJ 9.1 answers for +proj=laea +ellps=WGS84.
func TestPlane(t *testing.T) {
	for _, c := range []struct {
		desc   string
		centre orb.Point
		at     orb.Point
		x, y   float64
	}{
		{"Snyder's point about 40 N 100 W", orb.Point{-100, 40}, orb.Point{-110, 30}, -965914.616239, -1056842.300193},
		{"the equator", orb.Point{0, 0}, orb.Point{5, 7}, 553330.975213, 774311.389867},
		{"a mission", orb.Point{-4, 17}, orb.Point{2.5, 12.25}, 707327.908751, -514551.499217},
		{"far off", orb.Point{96, 19}, orb.Point{-60, -30}, -10650593.495323, -6467448.166092},
		{"about the pole", orb.Point{0, 90}, orb.Point{30, 60}, 1654909.775510, -2866387.813126},
		{"about the other pole", orb.Point{0, -90}, orb.Point{-120, -45}, -4234288.146966, -2444667.401477},
		{"near a pole", orb.Point{10, 89}, orb.Point{100, 85}, 558300.006950, 111370.525148},
		{"over the date line", orb.Point{180, -17}, orb.Point{-175, -20}, 523215.963446, -338938.452808},
	} {
		p := grid.NewPlane(c.centre)
		x, y := p.Forward(c.at)
		if math.Hypot(x-c.x, y-c.y) > 1e-5 {
			t.Errorf("%s: %.6f %.6f, want %.6f %.6f", c.desc, x, y, c.x, c.y)
		}
		if back := p.Inverse(c.x, c.y); measure.Distance(back, c.at) > 1e-5 {
			t.Errorf("%s: back at %v, want %v", c.desc, back, c.at)
		}
	}
}

// TestPlaneComesBack goes there and back from anywhere.
func TestPlaneComesBack(t *testing.T) {
	r := seeded(t)
	for range 5000 {
		centre := orb.Point{math.Round(360*r.Float64() - 180), math.Round(180*r.Float64() - 90)}
		at := orb.Point{360*r.Float64() - 180, 179*r.Float64() - 89.5}
		p := grid.NewPlane(centre)
		if measure.Distance(centre, at) > 19e6 {
			continue
		}
		if d := measure.Distance(p.Inverse(p.Forward(at)), at); d > 1e-4 {
			t.Fatalf("%v about %v comes back %v m off", at, centre, d)
		}
	}
}

// TestStretch compares with distances by the geodesic.
func TestStretch(t *testing.T) {
	p := grid.NewPlane(orb.Point{10, 20})
	for _, away := range []float64{100e3, 1000e3, 5000e3} {
		at, onward := measure.Direct(orb.Point{10, 20}, 90, away)
		a, _ := measure.Direct(at, onward-90, 500)
		b, _ := measure.Direct(at, onward+90, 500)
		ax, ay := p.Forward(a)
		bx, by := p.Forward(b)
		x, y := p.Forward(at)
		drawn := math.Hypot(ax-bx, ay-by) / measure.Distance(a, b)
		if got := p.Stretch(x, y); math.Abs(got-drawn) > 0.002 {
			t.Errorf("at %v km: stretched by %v, said to be %v", away/1000, drawn, got)
		}
	}
}

// TestCellsAreEqual measures cells on the ground.
func TestCellsAreEqual(t *testing.T) {
	for _, c := range []struct {
		desc   string
		centre orb.Point
		shape  grid.Shape
		width  float64
		at     orb.Point
	}{
		{"a hexagon of 10 km at the centre", orb.Point{-4, 17}, grid.Hexagon, 10e3, orb.Point{-4, 17}},
		{"a hexagon of 10 km far off", orb.Point{-4, 17}, grid.Hexagon, 10e3, orb.Point{12, 25}},
		{"a square of 100 km far off", orb.Point{-4, 17}, grid.Square, 100e3, orb.Point{12, 25}},
		{"a hexagon in the north", orb.Point{20, 70}, grid.Hexagon, 200e3, orb.Point{40, 75}},
		{"over the date line", orb.Point{180, -17}, grid.Hexagon, 50e3, orb.Point{180, -17.01}},
		{"about the pole", orb.Point{0, 90}, grid.Hexagon, 500e3, orb.Point{0, 90}},
		{"a small square", orb.Point{44, 33}, grid.Square, 100, orb.Point{44.4, 33.3}},
	} {
		g := grid.New(grid.NewPlane(c.centre), c.shape, c.width)
		drawn := g.Shape(g.Cell(c.at))
		if got := measure.PlaneArea(drawn); math.Abs(got/g.Area()-1) > 0.01 {
			t.Errorf("%s: %v m2 as drawn, not %v", c.desc, got, g.Area())
		}
	}
}

// TestCellHoldsItsPlace puts places into cells and wants the drawn cell to
// hold them, its middle to lie in it, and its neighbours to be the nearest.
func TestCellHoldsItsPlace(t *testing.T) {
	r := seeded(t)
	for _, s := range []grid.Shape{grid.Hexagon, grid.Square} {
		g := grid.New(grid.NewPlane(orb.Point{97, 19}), s, 20e3)
		for range 3000 {
			at := orb.Point{92 + 10*r.Float64(), 10 + 18*r.Float64()}
			c := g.Cell(at)
			x, y := g.Plane().Forward(at)
			mx, my := g.Middle(c)
			away := math.Hypot(x-mx, y-my)
			for _, n := range g.Neighbours(nil, c) {
				nx, ny := g.Middle(n)
				if math.Hypot(x-nx, y-ny) < away-1e-6 {
					t.Fatalf("%s: %v is nearer to the cell beside its own", s, at)
				}
			}
			if g.Cell(g.Centre(c)) != c {
				t.Fatalf("%s: the middle of %v lies in %v", s, c, g.Cell(g.Centre(c)))
			}
			if away < 0.45*g.Width() && !measure.Inside(at, g.Shape(c)) {
				t.Fatalf("%s: %v is not in the drawn cell", s, at)
			}
		}
	}
}

// TestNeighboursShareTheirCorners to the last bit.
func TestNeighboursShareTheirCorners(t *testing.T) {
	for _, s := range []grid.Shape{grid.Hexagon, grid.Square} {
		g := grid.New(grid.NewPlane(orb.Point{10, 60}), s, 150e3)
		c := g.Cell(orb.Point{30, 66})
		own := map[orb.Point]bool{}
		for _, p := range g.Shape(c).(orb.Polygon)[0] {
			own[p] = true
		}
		if len(own) <= len(g.Neighbours(nil, c)) {
			t.Errorf("%s: a large cell in the north has %d corners: its sides are not bent", s, len(own))
		}
		shared := map[orb.Point]bool{}
		for _, n := range g.Neighbours(nil, c) {
			for _, p := range g.Shape(n).(orb.Polygon)[0] {
				if own[p] {
					shared[p] = true
				}
			}
		}
		if len(shared) != len(own) {
			t.Errorf("%s: %d of %d corners are those of neighbours", s, len(shared), len(own))
		}
	}
}

func TestWithin(t *testing.T) {
	hexagons := grid.New(grid.NewPlane(orb.Point{}), grid.Hexagon, 1000)
	squares := grid.New(grid.NewPlane(orb.Point{}), grid.Square, 1000)
	for _, c := range []struct {
		desc   string
		of     *grid.Grid
		metres float64
		want   int
	}{
		{"the cell alone", hexagons, 999, 0}, {"one ring, its rim included", hexagons, 1000, 6},
		{"six more at the square root of three", hexagons, 1733, 12}, {"two rings", hexagons, 2000, 18},
		{"three rings but the corners", hexagons, 2999, 30}, {"three rings", hexagons, 3000, 36},
		{"sides", squares, 1000, 4}, {"corners too", squares, 1415, 8}, {"nothing", squares, 0, 0}, {"radius 3", squares, 3000, 28},
	} {
		got := c.of.Within(c.metres)
		if len(got) != c.want {
			t.Errorf("%s: %d cells, want %d", c.desc, len(got), c.want)
		}
		seen := map[grid.Cell]bool{}
		for _, s := range got {
			seen[s] = true
		}
		for _, s := range got {
			if !seen[grid.Cell{Q: -s.Q, R: -s.R}] {
				t.Errorf("%s: %v is a neighbour and its opposite is none", c.desc, s)
			}
		}
	}
}

func TestCentreOf(t *testing.T) {
	for _, c := range []struct {
		desc string
		of   orb.Geometry
		want orb.Point
	}{
		{"a point", orb.Point{10.6, 20.4}, orb.Point{10, 20}},
		{"a box", orb.Bound{Min: orb.Point{92.2, 9.6}, Max: orb.Point{100.4, 27.9}}, orb.Point{96, 19}},
		{"over the date line", orb.MultiPoint{{176, -17}, {-178, -18}}, orb.Point{179, -18}},
		{"a wide box", orb.Bound{Min: orb.Point{-100, -10}, Max: orb.Point{120, 10}}, orb.Point{10, 0}},
		{"round the pole", orb.Bound{Min: orb.Point{-180, 60}, Max: orb.Point{180, 90}}, orb.Point{0, 90}},
		{"round the other", orb.MultiPoint{{-120, -70}, {0, -70}, {120, -71}}, orb.Point{0, -90}},
	} {
		if got, ok := grid.CentreOf(c.of); !ok || got != c.want {
			t.Errorf("%s: %v %v, want %v", c.desc, got, ok, c.want)
		}
	}
	if _, ok := grid.CentreOf(orb.MultiPoint{}); ok {
		t.Error("nothing has a centre")
	}
}

func star(centre orb.Point, reach float64, corners int, r *rand.Rand) orb.Ring {
	ring := make(orb.Ring, 0, corners+1)
	for i := range corners {
		p, _ := measure.Direct(centre, -360*float64(i)/float64(corners), reach*(0.3+0.7*r.Float64()))
		ring = append(ring, p)
	}
	return append(ring, ring[0])
}

// TestCoverAddsUp wants the parts of cells within an area to add up to it, and
// points in it to be counted in their own cells.
func TestCoverAddsUp(t *testing.T) {
	r := seeded(t)
	for _, c := range []struct {
		desc   string
		centre orb.Point
		reach  float64
		width  float64
	}{
		{"a country", orb.Point{96, 20}, 700e3, 17e3}, {"a town", orb.Point{44.4, 33.3}, 8e3, 300},
		{"the far north", orb.Point{20, 78}, 600e3, 40e3}, {"one cell", orb.Point{-4, 16}, 1e3, 50e3},
	} {
		for _, s := range []grid.Shape{grid.Hexagon, grid.Square} {
			area := orb.Polygon{star(c.centre, c.reach, 40, r)}
			hole, _ := measure.Direct(c.centre, 45, c.reach/10)
			area = append(area, star(hole, c.reach/20, 5, r))
			g := grid.New(grid.NewPlane(orb.Point{math.Round(c.centre[0]), math.Round(c.centre[1])}), s, c.width)
			cover, err := g.Cover(context.Background(), area, "area", "cell_m")
			if err != nil {
				t.Fatal(c.desc, err)
			}
			desc := c.desc + " by " + string(s)
			addsUp(t, desc, cover, area)
			ownCells(t, desc, cover, pointsIn(r, area, c.centre, c.reach))
		}
	}
}

func addsUp(t *testing.T, desc string, cover *grid.Cover, area orb.Polygon) {
	t.Helper()
	for i, inside := range cover.Inside {
		if most := cover.Grid.Area() * (1 + 1e-12); inside > most || inside <= 0 {
			t.Errorf("%s: a cell has %v m2 inside", desc, inside)
		}
		if n, ok := cover.Number(cover.Cells[i]); !ok || n != i {
			t.Errorf("%s: cell %d is found as %d", desc, i, n)
		}
	}
	if got, want := cover.SquareMetres(), measure.PlaneArea(area); math.Abs(got/want-1) > 2e-6 {
		t.Errorf("%s: %v m2 in %d cells, want %v: off by %.2g", desc, got, len(cover.Cells), want, got/want-1)
	}
}

func pointsIn(r *rand.Rand, area orb.Polygon, centre orb.Point, reach float64) []orb.Point {
	points := make([]orb.Point, 0, 500)
	for len(points) < cap(points) {
		p, _ := measure.Direct(centre, 360*r.Float64(), reach*r.Float64())
		if measure.Inside(p, area) {
			points = append(points, p)
		}
	}
	return points
}

func ownCells(t *testing.T, desc string, cover *grid.Cover, points []orb.Point) {
	t.Helper()
	for i, n := range cover.Assign(points) {
		if cell := cover.Grid.Cell(points[i]); cover.Cells[n] != cell {
			t.Errorf("%s: %v inside the area is counted in %v, not its own cell %v", desc, points[i], cover.Cells[n], cell)
		}
	}
}

// TestCoverOverTheDateLine takes an area that was cut there.
func TestCoverOverTheDateLine(t *testing.T) {
	area := orb.MultiPolygon{
		{{{176, -20}, {180, -20}, {180, -15}, {176, -15}, {176, -20}}},
		{{{-180, -20}, {-178, -20}, {-178, -15}, {-180, -15}, {-180, -20}}},
	}
	centre, _ := grid.CentreOf(area)
	g := grid.New(grid.NewPlane(centre), grid.Hexagon, 25e3)
	cover, err := g.Cover(context.Background(), area, "area", "cell_m")
	if err != nil {
		t.Fatal(err)
	}
	sum, whole := 0.0, 0
	for _, inside := range cover.Inside {
		sum += inside
		if inside == g.Area() {
			whole++
		}
	}
	if want := measure.PlaneArea(area); math.Abs(sum/want-1) > 1e-6 || whole < len(cover.Cells)*8/10 {
		t.Errorf("%v m2 about %v, want %v; %d of %d cells are whole", sum, centre, want, whole, len(cover.Cells))
	}
}

// TestEdgeOfTheArea counts events on the very edge.
func TestEdgeOfTheArea(t *testing.T) {
	g := grid.New(grid.NewPlane(orb.Point{0, 0}), grid.Square, 1000)
	east := g.Plane().Inverse(3000, 0)
	north := g.Plane().Inverse(0, 2000)
	area := orb.Polygon{{{0, 0}, {east[0], 0}, {east[0], north[1]}, {0, north[1]}, {0, 0}}}
	cover, err := g.Cover(context.Background(), area, "area", "cell_m")
	if err != nil {
		t.Fatal(err)
	}
	if len(cover.Cells) != 6 {
		t.Errorf("%d cells, want 6: %v", len(cover.Cells), cover.Cells)
	}
	for i, n := range cover.Assign([]orb.Point{{east[0], north[1]}, {0, 0}, {east[0], 0}}) {
		want := []grid.Cell{{Q: 2, R: 1}, {Q: 0, R: 0}, {Q: 2, R: 0}}[i]
		if cover.Cells[n] != want {
			t.Errorf("corner %d is counted in %v, want %v", i, cover.Cells[n], want)
		}
	}
}

func TestBadAreas(t *testing.T) {
	world := orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}
	box := orb.Bound{Min: orb.Point{92, 9}, Max: orb.Point{101, 28}}
	for _, c := range []struct {
		desc  string
		area  orb.Geometry
		width float64
		where string
		want  string
	}{
		{"too many cells", box, 100, "cell_m", "cells of 100 m would be about 2"},
		{"a width that would do", box, 100, "cell_m", "cells of 2,000 m or wider would do"},
		{"a line", orb.LineString{{0, 0}, {1, 1}}, 1e4, "area", "must be a polygon"},
		{"nothing", nil, 1e4, "area", "must be a polygon"},
		{"no area", orb.Polygon{{{96, 20}, {97, 20}, {96, 20}}}, 1e4, "area", "has no area"},
		{"empty", orb.MultiPolygon{}, 1e4, "area", "has no area"},
		{"the whole earth", world, 1e6, "area", "too far round the earth"},
		{"nowhere", orb.Polygon{{{96, 20}, {97, 95}, {98, 20}, {96, 20}}}, 1e4, "area", "nowhere on earth"},
		{"no number", orb.Polygon{{{96, 20}, {math.NaN(), 25}, {98, 20}, {96, 20}}}, 1e4, "area", "nowhere on earth"},
	} {
		g := grid.New(grid.NewPlane(orb.Point{96, 19}), grid.Hexagon, c.width)
		_, err := g.Cover(context.Background(), c.area, "area", "cell_m")
		e, ok := err.(*geo.Error)
		if !ok || e.Where != c.where || !strings.Contains(e.Text, c.want) {
			t.Errorf("%s: %v, want %s: %s", c.desc, err, c.where, c.want)
		}
	}
	stop, cancel := context.WithCancel(context.Background())
	cancel()
	g := grid.New(grid.NewPlane(orb.Point{96, 19}), grid.Hexagon, 1e4)
	if _, err := g.Cover(stop, box, "area", "cell_m"); err != context.Canceled {
		t.Errorf("a run that was cancelled answers %v", err)
	}
	for _, width := range []float64{0, -5, 0.5, math.NaN(), math.Inf(1)} {
		if err := grid.CheckWidth(width, "cell_m"); err == nil {
			t.Errorf("a width of %v is taken", width)
		}
	}
}

func TestOccupied(t *testing.T) {
	g := grid.New(grid.NewPlane(orb.Point{0, 0}), grid.Hexagon, 1000)
	points := []orb.Point{{0.1, 0.1}, {0, 0}, {0.1, 0.1}, {0.3, -0.2}}
	cover, of := g.Occupied(points)
	if len(cover.Cells) != 3 || of[0] != of[2] || of[0] == of[1] {
		t.Errorf("%v, %v", cover.Cells, of)
	}
	for i, n := range of {
		if cover.Cells[n] != g.Cell(points[i]) {
			t.Errorf("point %d is in %v, not in %v", i, cover.Cells[n], g.Cell(points[i]))
		}
	}
	if none, of := g.Occupied(nil); len(none.Cells) != 0 || len(of) != 0 {
		t.Error("cells without points")
	}
}

func TestSuggestWidth(t *testing.T) {
	for _, c := range []struct {
		desc     string
		area     float64
		n, limit int
		want     float64
	}{
		{"two events a cell", 100e6, 200, 1e6, 1000}, {"rounded up", 101e6, 200, 1e6, 2000},
		{"no more than the limit", 100e6, 1e6, 100, 1000}, {"no events", 1e6, 0, 1000, 2000},
	} {
		if got := grid.SuggestWidth(grid.Square, c.area, c.n, c.limit); got != c.want {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
		}
	}
}
