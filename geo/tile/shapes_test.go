package tile

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/randtest"
)

// subdivision cuts a box into cells whose corners are shaken, and whose edges
// have vertices on the way that both neighbours have.
func subdivision(r *rand.Rand, west, south, side float64, n int) []orb.Polygon {
	step := side / float64(n)
	corner := make([][]orb.Point, n+1)
	for i := range corner {
		for j := range n + 1 {
			p := orb.Point{west + float64(i)*step, south + float64(j)*step}
			if i > 0 && i < n && j > 0 && j < n {
				p[0] += (r.Float64() - .5) * step * .6
				p[1] += (r.Float64() - .5) * step * .6
			}
			corner[i] = append(corner[i], p)
		}
	}
	shared := map[[2]orb.Point][]orb.Point{}
	edge := func(a, b orb.Point, inner bool) []orb.Point {
		if way, ok := shared[[2]orb.Point{b, a}]; ok {
			way = slices.Clone(way)
			slices.Reverse(way)
			return way
		}
		way := []orb.Point{a}
		for k := 1; inner && k < 8; k++ {
			t := float64(k) / 8
			way = append(way, orb.Point{
				a[0] + (b[0]-a[0])*t + (r.Float64()-.5)*step*.1, a[1] + (b[1]-a[1])*t + (r.Float64()-.5)*step*.1,
			})
		}
		way = append(way, b)
		shared[[2]orb.Point{a, b}] = way
		return way
	}
	var out []orb.Polygon
	for i := range n {
		for j := range n {
			a, b, c, d := corner[i][j], corner[i+1][j], corner[i+1][j+1], corner[i][j+1]
			var ring orb.Ring
			for _, way := range [][]orb.Point{edge(a, b, j > 0), edge(b, c, i+1 < n), edge(c, d, j+1 < n), edge(d, a, i > 0)} {
				ring = append(ring, way[1:]...)
			}
			out = append(out, orb.Polygon{append(ring, ring[0])})
		}
	}
	return out
}

// TestNoGaps cuts country-sized cells with shared borders. Every place of a
// tile must be in one of them: none between two, and none in two.
func TestNoGaps(t *testing.T) {
	r := randtest.New(t, 11)
	for range 8 {
		b := layer.NewBuilder(things)
		for i, p := range subdivision(r, -10, 8, 20, 2+r.IntN(30)) {
			layertest.Add(t, b, geo.Feature{Key: geo.Key(i + 1), Geometry: p})
		}
		l := layertest.Finish(t, b)
		for _, z := range []uint32{3, 5, 6, 8, 11} {
			a := pick(r, Grids()...).at(z, orb.Point{-8 + 16*r.Float64(), 10 + 16*r.Float64()})
			fs := features(t, cut(t, l, a, Query{}))
			total, seen := 0.0, 0.0
			for _, f := range fs {
				for _, ring := range f.Rings {
					total += ringArea(ring)
				}
			}
			// What is seen of the box, in units, from the projection.
			seen = boxIn(a, -10, 8, 10, 28)
			// The border of the box alone may lie a step of the grid off, and
			// places beyond the last unit of the buffer are rounded.
			if diff := math.Abs(total - seen); diff > 4*(Extent+2*buffer)*(snapUnits/2+1) {
				t.Errorf("%v: polygons of %v units, the box has %v", a, total, seen)
			}
			sampleCover(t, r, a, fs)
		}
	}
}

// boxIn returns the area in units of a box in degrees within the buffered tile.
func boxIn(a Address, west, south, east, north float64) float64 {
	var p path
	var f frame
	f.set(a, true)
	p.set(&f, 1)
	in := func(v float64) float64 { return max(-buffer, min(Extent+buffer, v)) }
	nw, se := p.project(orb.Point{west, north}), p.project(orb.Point{east, south})
	return (in(se.x) - in(nw.x)) * (in(se.y) - in(nw.y))
}

// sampleCover asks at random places between the grid's lines how many
// polygons hold them.
func sampleCover(t *testing.T, r *rand.Rand, a Address, fs []feature) {
	t.Helper()
	var rings []orb.Ring
	for _, f := range fs {
		rings = append(rings, f.Rings...)
	}
	if boxIn(a, -9.9, 8.1, 9.9, 27.9) < (Extent+2*buffer)*(Extent+2*buffer) {
		return // the box ends in this tile
	}
	for range 200 {
		p := orb.Point{r.Float64() * Extent, r.Float64() * Extent}
		around := 0
		for _, ring := range rings {
			around += winding(ring, p)
		}
		if around != 1 {
			t.Errorf("%v: %v lies in %d polygons", a, p, around)
		}
	}
}

// winding counts how often a ring goes round a place, clockwise as seen.
func winding(r orb.Ring, p orb.Point) int {
	n := 0
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if (a[1] <= p[1]) == (b[1] <= p[1]) {
			continue
		}
		left := (b[0]-a[0])*(p[1]-a[1]) - (p[0]-a[0])*(b[1]-a[1])
		if b[1] > a[1] && left > 0 {
			n++
		} else if b[1] < a[1] && left < 0 {
			n--
		}
	}
	return n
}

// TestNeighbouringTiles cuts one polygon from two tiles side by side: in the
// strip that both draw they must draw the same.
func TestNeighbouringTiles(t *testing.T) {
	r := randtest.New(t, 11)
	b := layer.NewBuilder(things)
	for i, p := range subdivision(r, -10, 8, 20, 12) {
		layertest.Add(t, b, geo.Feature{Key: geo.Key(i + 1), Geometry: p})
	}
	l := layertest.Finish(t, b)
	for _, g := range Grids() {
		a := g.at(6, orb.Point{1, 15})
		compareStrip(t, r, shapesOf(t, l, a), shapesOf(t, l, Address{a.Z, a.X + 1, a.Y, g}))
	}
}

func compareStrip(t *testing.T, r *rand.Rand, west, east map[uint64][]orb.Ring) {
	t.Helper()
	for range 2000 {
		p := orb.Point{Extent + (r.Float64()*2-1)*buffer, r.Float64() * Extent}
		in, also := holder(west, p), holder(east, orb.Point{p[0] - Extent, p[1]})
		if in != also && !nearEdge(west[in], p) {
			t.Errorf("%v lies in %d as the western tile has it, in %d as the eastern", p, in, also)
		}
	}
}

func shapesOf(t *testing.T, l *layer.Layer, a Address) map[uint64][]orb.Ring {
	out := map[uint64][]orb.Ring{}
	for _, f := range features(t, cut(t, l, a, Query{})) {
		out[f.ID] = f.Rings
	}
	return out
}

func holder(shapes map[uint64][]orb.Ring, p orb.Point) uint64 {
	for id, rings := range shapes {
		n := 0
		for _, ring := range rings {
			n += winding(ring, p)
		}
		if n > 0 {
			return id
		}
	}
	return 0
}

// nearEdge reports whether a place lies within two units of an edge: where an
// edge is cut it is rounded to a whole unit, in each tile at another place.
func nearEdge(rings []orb.Ring, p orb.Point) bool {
	for _, r := range rings {
		for i := 1; i < len(r); i++ {
			a, b := r[i-1], r[i]
			d := orb.Point{b[0] - a[0], b[1] - a[1]}
			s := max(0, min(1, ((p[0]-a[0])*d[0]+(p[1]-a[1])*d[1])/(d[0]*d[0]+d[1]*d[1])))
			if math.Hypot(a[0]+s*d[0]-p[0], a[1]+s*d[1]-p[1]) < 2 {
				return true
			}
		}
	}
	return false
}

// TestShapes looks at single shapes.
func TestShapes(t *testing.T) {
	square := func(west, south, side float64) orb.Ring {
		return orb.Ring{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}}
	}
	for _, c := range []struct {
		desc  string
		g     orb.Geometry
		a     Address
		kinds []string // of the features, with the size of their box in units
	}{
		{"a polygon", orb.Polygon{square(0, 0, 45)}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 1: 512x576"}},
		{"wound the other way", orb.Polygon{reversed(square(0, 0, 45))}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 1: 512x576"}},
		{"with a hole", orb.Polygon{square(0, 0, 45), square(10, 10, 10)}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 2: 512x576"}},
		{"with a hole too small to see", orb.Polygon{square(0, 0, 45), square(10, 10, .01)}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 1: 512x576"}},
		{"too small to see", orb.Polygon{square(10, 10, .01)}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 1: 8x8"}},
		{"islands, of which one can be seen", orb.MultiPolygon{{square(10, 10, .01)}, {square(0, 0, 45)}}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 1: 512x576"}},
		{"islands too small to see", orb.MultiPolygon{{square(10, 10, .01)}, {square(12, 10, .02)}}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 1: 8x8"}},
		{"a line", orb.LineString{{0, 0}, {45, 0}, {90, 0}}, Address{Z: 0, X: 0, Y: 0}, []string{"lines 1: 1024x0"}},
		{"a line too short to see", orb.LineString{{0, 0}, {.001, .001}}, Address{Z: 0, X: 0, Y: 0}, []string{"lines 1: 8x0"}},
		{"a line there and back", orb.LineString{{0, 0}, {45, 0}, {0, 0}}, Address{Z: 0, X: 0, Y: 0}, []string{"lines 1: 512x0"}},
		{"a polygon beyond the tile on all sides", orb.Polygon{square(-80, -80, 160)}, Address{Z: 3, X: 3, Y: 3}, []string{"areas 1: 4224x4224"}},
		{"a line through the tile", orb.LineString{{-80, 30}, {80, 30}}, Address{Z: 3, X: 3, Y: 3}, []string{"lines 1: 4224x0"}},
		{"a line that comes back", orb.LineString{{-44, 30}, {10, 30}, {10, 20}, {-44, 20}}, Address{Z: 3, X: 3, Y: 3}, []string{"lines 2: 4068x1004"}},
		{"in the next tile", orb.Polygon{square(50, 10, 10)}, Address{Z: 3, X: 3, Y: 3}, nil},
		{"in the buffer", orb.Polygon{square(.1, 10, 10)}, Address{Z: 3, X: 3, Y: 3}, []string{"areas 1: 56x944"}},
		{"over the date line", orb.Polygon{{{170, 0}, {-170, 0}, {-170, 10}, {170, 10}, {170, 0}}}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 2: 4096x116"}},
		{"up to the pole", orb.Polygon{{{-180, 60}, {180, 60}, {180, 90}, {-180, 90}, {-180, 60}}}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 1: 4096x1188"}},
		{"beyond the map", orb.Polygon{square(0, 86, 3)}, Address{Z: 0, X: 0, Y: 0}, nil},
		{"in degrees, a polygon", orb.Polygon{square(0, 0, 45)}, Address{X: 1, Grid: WorldCRS84Quad}, []string{"areas 1: 1024x1024"}},
		{"in degrees, over the date line, the east end", orb.Polygon{{{170, 0}, {-170, 0}, {-170, 10}, {170, 10}, {170, 0}}}, Address{X: 1, Grid: WorldCRS84Quad}, []string{"areas 1: 228x228"}},
		{"in degrees, over the date line, the west end", orb.Polygon{{{170, 0}, {-170, 0}, {-170, 10}, {170, 10}, {170, 0}}}, Address{Grid: WorldCRS84Quad}, []string{"areas 1: 228x228"}},
		{"in degrees, up to the pole", orb.Polygon{{{-180, 60}, {180, 60}, {180, 90}, {-180, 90}, {-180, 60}}}, Address{Grid: WorldCRS84Quad}, []string{"areas 1: 4160x684"}},
		{"in degrees, beyond the end of the other map", orb.Polygon{square(0, 86, 3)}, Address{X: 1, Grid: WorldCRS84Quad}, []string{"areas 1: 68x68"}},
		{"in degrees, a slanting line stays straight", orb.LineString{{0, 0}, {90, 80}}, Address{X: 1, Grid: WorldCRS84Quad}, []string{"lines 1: 2048x1820"}},
		{"a box", orb.Bound{Max: orb.Point{45, 45}}, Address{Z: 0, X: 0, Y: 0}, []string{"areas 1: 512x576"}},
		{"of everything", orb.Collection{orb.Point{1, 1}, orb.LineString{{0, 0}, {90, 0}}, orb.Polygon{square(0, 0, 45)}}, Address{Z: 0, X: 0, Y: 0},
			[]string{"areas 1: 512x576", "lines 1: 1024x0", "point"}},
	} {
		b := layer.NewBuilder(things)
		layertest.Add(t, b, geo.Feature{Key: 7, Geometry: c.g})
		var got []string
		for _, f := range features(t, cut(t, layertest.Finish(t, b), c.a, Query{})) {
			got = append(got, describe(f))
			if f.ID != 7 {
				t.Errorf("%s: id %d", c.desc, f.ID)
			}
		}
		if !slices.Equal(got, c.kinds) {
			t.Errorf("%s: got %q, want %q", c.desc, got, c.kinds)
		}
	}
}

func reversed(r orb.Ring) orb.Ring {
	slices.Reverse(r)
	return r
}

func describe(f feature) string {
	b := f.Geometry.Bound()
	size := fmt.Sprintf("%vx%v", b.Max[0]-b.Min[0], b.Max[1]-b.Min[1])
	switch g := f.Geometry.(type) {
	case orb.MultiPolygon:
		return fmt.Sprintf("areas %d: %s", len(f.Rings), size)
	case orb.MultiLineString:
		return fmt.Sprintf("lines %d: %s", len(g), size)
	}
	return "point"
}

// TestStraightInDegrees draws a slanting edge: what a filter takes for
// straight must be drawn so, bent on the map.
func TestStraightInDegrees(t *testing.T) {
	b := layer.NewBuilder(things)
	layertest.Add(t, b, geo.Feature{Key: 1, Geometry: orb.LineString{{-60, -70}, {60, 70}}})
	l := layertest.Finish(t, b)
	for z := uint32(0); z <= 12; z += 3 {
		a := at(z, orb.Point{42.123, 42.123 * 70 / 60})
		var f frame
		f.set(a, true)
		var p path
		p.set(&f, 1)
		for _, feature := range features(t, cut(t, l, a, Query{})) {
			for _, line := range feature.Geometry.(orb.MultiLineString) {
				for i := 1; i < len(line); i++ {
					x, y := (line[i-1][0]+line[i][0])/2, (line[i-1][1]+line[i][1])/2
					lon := (x+p.west)/p.units*360 - 180
					want := p.project(orb.Point{lon, lon * 70 / 60})
					if math.Abs(want.y-y) > 8 {
						t.Errorf("%v: %v, %v is drawn %v units off", a, x, y, want.y-y)
					}
				}
			}
		}
	}
}
