package tile

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/randtest"
)

// counts adds up the points of a tile.
func counts(fs []feature) int {
	total := 0
	for _, f := range fs {
		if _, ok := f.Geometry.(orb.Point); ok {
			total += int(f.Properties[Count].(int64))
		}
	}
	return total
}

// things is a schema of a field of each kind that tiles show, and of one that
// they do not.
var things = geo.Schema{
	Name: "things", Geometry: geo.AnyGeometry,
	Fields: []geo.Field{
		{Name: "outcome", Kind: geo.KindString}, {Name: "killed", Kind: geo.KindInt}, {Name: "score", Kind: geo.KindFloat},
		{Name: "found", Kind: geo.KindBool}, {Name: "at", Kind: geo.KindTime, Role: geo.InstantRole}, {Name: "tags", Kind: geo.KindList},
	},
}

func randomPoint(r *rand.Rand) orb.Point {
	switch r.IntN(6) {
	case 0:
		return orb.Point{pick(r, -180., -90, -45, 0, 22.5, 90, 180), pick(r, -90, -crs.WebMercatorLatitude, -66.51326044311186, 0, 40.97989806962013, crs.WebMercatorLatitude, 90)}
	case 1:
		return orb.Point{r.Float64()*360 - 180, 80 + 10*r.Float64()}
	case 2:
		return orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
	}
	return orb.Point{3 + r.Float64()*r.Float64(), 16 - r.Float64()*r.Float64()}
}

func randomThing(r *rand.Rand, k geo.Key) geo.Feature {
	day := geo.Time(16000+r.IntN(500)) * geo.Day
	f := geo.Feature{Key: k, Rev: 1, Valid: geo.Between(day, day+geo.Day), Class: geo.Class(r.IntN(8) / 7), Geometry: randomPoint(r)}
	f.Values = []geo.Value{
		geo.String(pick(r, "found", "detonated", "hoax")), geo.Int(int64(r.IntN(5) - 1)), geo.Float(r.NormFloat64() * 1e3),
		geo.Bool(r.IntN(2) == 0), geo.TimeValue(day), geo.List(geo.Int(1)),
	}
	if r.IntN(4) == 0 {
		f.Values[r.IntN(5)] = geo.Value{}
	}
	switch r.IntN(12) {
	case 0:
		f.Geometry = nil
	case 1:
		f.Geometry = orb.MultiPoint{randomPoint(r), randomPoint(r)}
	case 2:
		f.Geometry = orb.Collection{randomPoint(r), orb.LineString{{1, 1}, {2, 2}}}
	case 3:
		f.Geometry = orb.LineString{{3, 15}, {3 + r.Float64(), 16}}
	}
	return f
}

func randomQuery(r *rand.Rand) Query {
	var q Query
	q.Select.Reader.Ceiling = geo.Class(r.IntN(3))
	if r.IntN(3) == 0 {
		q.Select.During = geo.From(geo.Time(16000+r.IntN(500)) * geo.Day)
	}
	if r.IntN(3) == 0 {
		q.Select.Match = outcomeIs(pick(r, "found", "hoax", "nothing"))
	}
	if r.IntN(3) == 0 {
		p := randomPoint(r)
		q.Select.Box = geo.NewBox(p[0], min(p[1], 15.5), -p[0], 90) // often over the date line
	}
	for i := range 5 {
		if r.IntN(3) == 0 {
			q.GroupBy = append(q.GroupBy, i)
		}
		if r.IntN(2) == 0 {
			q.Properties = append(q.Properties, i)
		}
	}
	q.Sum = [][]int{nil, {1}, {2, 1}}[r.IntN(3)]
	return q
}

// truth is what the tiles of one zoom must add up to, by a look at all records
// and the formula of the projection.
type truth struct {
	count  int
	killed int64
	score  float64
	tiles  map[Address]int
}

func truthOf(l *layer.Layer, g Grid, q Query, z uint32) truth {
	out := truth{tiles: map[Address]int{}}
	rows, _ := l.Select(context.Background(), q.Select)
	for row := range rows {
		p, ok := g.placeOf(row.Geometry())
		if !ok || math.Abs(p[1]) > map[Grid]float64{WebMercatorQuad: crs.WebMercatorLatitude, WorldCRS84Quad: 90}[g] {
			continue
		}
		out.count++
		out.killed += row.Value(1).Int()
		out.score += row.Value(2).Float()
		out.tiles[g.at(z, p)]++
	}
	return out
}

// TestCountsAddUp is the promise of the tiles: at every zoom they hold every
// selected record once, whatever is filtered, grouped and added up.
func TestCountsAddUp(t *testing.T) {
	r := randtest.New(t, 11)
	l := randomLayer(t, r, 1500)
	for range 25 {
		q := randomQuery(r)
		for _, z := range []uint32{0, 1, 2, uint32(3 + r.IntN(12))} {
			want := truthOf(l, pick(r, Grids()...), q, z)
			got := tilesOf(t, l, q, want.tiles)
			if got.count != want.count {
				t.Errorf("zoom %d, %s: %d records in tiles, want %d", z, q.Select.Key(), got.count, want.count)
			}
			if slices.Contains(q.Sum, 1) && got.killed != want.killed {
				t.Errorf("zoom %d, %s: %d killed in tiles, want %d", z, q.Select.Key(), got.killed, want.killed)
			}
			if slices.Contains(q.Sum, 2) && math.Abs(got.score-want.score) > 1e-6 {
				t.Errorf("zoom %d, %s: a score of %v in tiles, want %v", z, q.Select.Key(), got.score, want.score)
			}
		}
	}
}

// tilesOf cuts the tiles and adds them up.
func tilesOf(t *testing.T, l *layer.Layer, q Query, want map[Address]int) truth {
	t.Helper()
	var got truth
	for a := range want {
		fs := features(t, cut(t, l, a, q))
		n := counts(fs)
		// At low zooms some places lie just on an edge, where the rounding of
		// the formula decides; the whole of the tiles is exact.
		if n != want[a] && a.Z > 6 {
			t.Errorf("%v %s: %d records, want %d", a, q.Select.Key(), n, want[a])
		}
		got.count += n
		for _, f := range fs {
			if _, ok := f.Geometry.(orb.Point); ok {
				got.killed += int64(number(f, "killed"))
				got.score += number(f, "score")
			}
		}
	}
	return got
}

func number(f feature, name string) float64 {
	switch n := f.Properties[name].(type) {
	case int64:
		return float64(n)
	case float64:
		return n
	}
	return 0
}

func randomLayer(t *testing.T, r *rand.Rand, n int) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(things)
	for k := 1; k <= n; k++ {
		layertest.Add(t, b, randomThing(r, geo.Key(k)))
	}
	return layertest.Finish(t, b)
}

// TestLowZoomsWhole asks every tile of a zoom, also those where nothing
// should be.
func TestLowZoomsWhole(t *testing.T) {
	r := randtest.New(t, 11)
	l := randomLayer(t, r, 2000)
	for z := uint32(0); z <= 4; z++ {
		for _, g := range Grids() {
			total := 0
			columns, rows := g.Size(z)
			for x := range columns {
				for y := range rows {
					total += counts(features(t, cut(t, l, Address{z, x, y, g}, Query{})))
				}
			}
			if want := truthOf(l, g, Query{}, z); total != want.count {
				t.Errorf("%v, zoom %d: %d records, want %d", g, z, total, want.count)
			}
		}
	}
}

// TestNumbers holds what the description says to what tiles hold.
func TestNumbers(t *testing.T) {
	r := randtest.New(t, 11)
	for range 20 {
		l := randomLayer(t, r, 500)
		q := randomQuery(r)
		grid := pick(r, Grids()...)
		n, err := CountOn(context.Background(), l, grid, q.Select)
		if err != nil {
			t.Fatal(err)
		}
		var want Numbers
		rows, _ := l.Select(context.Background(), q.Select)
		for row := range rows {
			want.Matched++
			switch g := row.Geometry(); {
			case g == nil:
				want.Unplaced++
			case grid.shows(g):
				want.InTiles++
			default:
				want.Outside++
			}
		}
		if n != want {
			t.Errorf("%s: %+v, want %+v", q.Select.Key(), n, want)
		}
	}
}

// TestHistoryDoesNotShow compares the tiles of a layer that was edited with
// those of one built anew of the same records.
func TestHistoryDoesNotShow(t *testing.T) {
	r := randtest.New(t, 11)
	l := randomLayer(t, r, 2000)
	for round := range 10 {
		var changes []geo.Change
		for k := range geo.Key(200) {
			key := 1 + k*10 + geo.Key(r.IntN(10))
			op := geo.Replace
			if _, there := l.Find(key, geo.Reader{Ceiling: geo.StrictlyConfidential}); !there {
				op = geo.Add
			} else if r.IntN(4) == 0 {
				op = geo.Remove
			}
			changes = append(changes, geo.Change{Collection: "things", Op: op, Feature: randomThing(r, key)})
		}
		edited, err := l.With(changes)
		if err != nil {
			t.Fatal(err)
		}
		anew, err := edited.Fold(nil)
		if err != nil {
			t.Fatal(err)
		}
		l = edited
		q := randomQuery(r)
		for _, a := range []Address{{}, {Z: 1, X: 1}, {Grid: WorldCRS84Quad}, WorldCRS84Quad.at(9, orb.Point{3.02, 15.99}), at(5, orb.Point{3.2, 15.8}), at(9, orb.Point{3.02, 15.99}), at(14, orb.Point{3.001, 15.999})} {
			if got, want := cut(t, edited, a, q), cut(t, anew, a, q); string(got) != string(want) {
				t.Fatalf("round %d, %v, %s: %d bytes after edits, %d built anew", round, a, q.Select.Key(), len(got), len(want))
			}
		}
	}
}

// TestEdges holds places on the edges of the map and of tiles to one tile.
func TestEdges(t *testing.T) {
	const top = crs.WebMercatorLatitude
	for _, c := range []struct {
		desc string
		p    orb.Point
		z    uint32
		want Address
	}{
		{"the middle is the south-eastern tile's", orb.Point{0, 0}, 1, Address{Z: 1, X: 1, Y: 1}},
		{"the west end", orb.Point{-180, 0}, 3, Address{Z: 3, X: 0, Y: 4}},
		{"the east end, which has no next tile", orb.Point{180, 0}, 3, Address{Z: 3, X: 7, Y: 4}},
		{"the north end", orb.Point{10, top}, 2, Address{Z: 2, X: 2, Y: 0}},
		{"the south end", orb.Point{10, -top}, 2, Address{Z: 2, X: 2, Y: 3}},
		{"both ends at the last zoom", orb.Point{180, -top}, MaxZoom, Address{Z: MaxZoom, X: 1<<MaxZoom - 1, Y: 1<<MaxZoom - 1}},
		{"in degrees, the middle", orb.Point{0, 0}, 1, Address{1, 2, 1, WorldCRS84Quad}},
		{"in degrees, the date line as the east end", orb.Point{180, 0}, 0, Address{0, 1, 0, WorldCRS84Quad}},
		{"in degrees, the date line as the west end", orb.Point{-180, 0}, 3, Address{3, 0, 4, WorldCRS84Quad}},
		{"in degrees, the north pole", orb.Point{10, 90}, 2, Address{2, 4, 0, WorldCRS84Quad}},
		{"in degrees, the south pole", orb.Point{10, -90}, 2, Address{2, 4, 3, WorldCRS84Quad}},
		{"in degrees, beyond the end of the other map", orb.Point{-100, 86}, 2, Address{2, 1, 0, WorldCRS84Quad}},
		{"in degrees, all ends at the last zoom", orb.Point{180, -90}, MaxZoom, Address{MaxZoom, 2<<MaxZoom - 1, 1<<MaxZoom - 1, WorldCRS84Quad}},
		{"an edge between columns", orb.Point{90, 10}, 2, Address{Z: 2, X: 3, Y: 1}},
	} {
		b := layer.NewBuilder(things)
		layertest.Add(t, b, geo.Feature{Key: 7, Geometry: c.p})
		l := layertest.Finish(t, b)
		for _, d := range []struct{ x, y int }{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {-1, -1}, {1, 1}} {
			a := Address{c.z, uint32(int(c.want.X) + d.x), uint32(int(c.want.Y) + d.y), c.want.Grid}
			if a.Check() != nil {
				continue
			}
			if got := counts(features(t, cut(t, l, a, Query{}))); got != map[bool]int{true: 1}[a == c.want] {
				t.Errorf("%s: tile %v holds %d", c.desc, a, got)
			}
		}
	}
}

// TestMergedPoint looks at every property of a few points.
func TestMergedPoint(t *testing.T) {
	b := layer.NewBuilder(things)
	for k, v := range [][]geo.Value{
		{geo.String("found"), geo.Int(2), geo.Float(.1)},
		{geo.String("found"), {}, geo.Float(.2)},
		{{}, geo.Int(5)},
		{geo.String("hoax"), geo.Int(-1), geo.Float(1.5), geo.Bool(true), geo.TimeValue(16000 * geo.Day)},
	} {
		layertest.Add(t, b, geo.Feature{Key: geo.Key(9 - k), Geometry: orb.Point{3 + float64(k)*1e-9, 16}, Values: v})
	}
	l := layertest.Finish(t, b)
	a := at(8, orb.Point{3, 16})
	for _, c := range []struct {
		desc  string
		query Query
		want  []string
	}{
		{"all in one", Query{Properties: []int{0, 1}}, []string{"6: map[count:4]"}},
		{"sums", Query{Sum: []int{1, 2}}, []string{"6: map[count:4 killed:6 score:1.8]"}},
		{"by outcome, null is a group", Query{GroupBy: []int{0}, Sum: []int{1}, Properties: []int{4}}, []string{
			"6: map[at:2013-10-22T00:00:00Z count:1 killed:-1 outcome:hoax]", "7: map[count:1 killed:5]", "8: map[count:2 killed:2 outcome:found]",
		}},
		{"filtered to one", Query{Properties: []int{0, 1, 2, 3, 4}, Select: geo.Selection{Match: outcomeIs("hoax")}}, []string{
			"6: map[at:2013-10-22T00:00:00Z count:1 found:true killed:-1 outcome:hoax score:1.5]",
		}},
		{"a sum of nulls is no number", Query{GroupBy: []int{0}, Sum: []int{2}}, []string{
			"6: map[count:1 outcome:hoax score:1.5]", "7: map[count:1]", "8: map[count:2 outcome:found score:0.30000000000000004]",
		}},
		{"nothing", Query{Select: geo.Selection{Match: outcomeIs("none")}}, nil},
	} {
		var got []string
		for _, f := range features(t, cut(t, l, a, c.query)) {
			got = append(got, fmt.Sprintf("%v: %v", f.ID, f.Properties))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.desc, got, c.want)
		}
	}
}

// TestPointsStandWhereTheyAre compares drawn places with the projection.
func TestPointsStandWhereTheyAre(t *testing.T) {
	r := randtest.New(t, 11)
	for range 500 {
		p := orb.Point{r.Float64()*360 - 180, r.Float64()*170 - 85}
		z := uint32(r.IntN(MaxZoom + 1))
		b := layer.NewBuilder(yardSchema)
		layertest.Add(t, b, geo.Feature{Key: 1, Geometry: p})
		g := pick(r, Grids()...)
		a := g.at(z, p)
		fs := features(t, cut(t, layertest.Finish(t, b), a, Query{}))
		if len(fs) != 1 {
			t.Fatalf("%v in %v: %d features", p, a, len(fs))
		}
		got := fs[0].Geometry.(orb.Point)
		x, y := g.lies(z, p)
		x, y = (x-float64(a.X))*Extent, (y-float64(a.Y))*Extent
		if dx, dy := x-got[0], y-got[1]; dx < -.01 || dx > 1.01 || dy < -.3 || dy > 1.3 {
			t.Errorf("%v in %v: drawn at %v, lies at %.3f %.3f", p, a, got, x, y)
		}
	}
}

func TestBadAddress(t *testing.T) {
	l := layer.New(things)
	for _, a := range []Address{
		{Z: 30}, {Z: 23}, {Z: 3, X: 8}, {Z: 3, Y: 8}, {X: 1}, {X: 2, Grid: WorldCRS84Quad}, {Y: 1, Grid: WorldCRS84Quad}, {Z: 3, X: 16, Grid: WorldCRS84Quad},
	} {
		b, err := (&Maker{}).Append(context.Background(), []byte("x"), l, a, Query{})
		if geo.CodeOf(err) != geo.NotFound || string(b) != "x" {
			t.Errorf("%v: %v, %q", a, err, b)
		}
	}
	if b := cut(t, l, Address{Z: 22, X: 1 << 21, Y: 1 << 20}, Query{}); len(b) != 0 {
		t.Errorf("an empty tile has %d bytes", len(b))
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b, err := (&Maker{}).Append(ctx, []byte("x"), yard(t, 5000), Address{}, Query{})
	if err == nil || string(b) != "x" {
		t.Errorf("%v, %q", err, b)
	}
	if _, err := CountOn(ctx, yard(t, 5000), WebMercatorQuad, geo.Selection{}); err == nil {
		t.Error("a count for nobody was finished")
	}
}

// FuzzAddress cuts tiles anywhere: each is made, or refused with a reason.
func FuzzAddress(f *testing.F) {
	f.Add(uint32(0), uint32(0), uint32(0), false)
	f.Add(uint32(22), uint32(1<<22-1), uint32(1<<22-1), false)
	f.Add(uint32(22), uint32(2<<22-1), uint32(1<<22-1), true)
	f.Add(uint32(30), uint32(1), uint32(1<<31), true)
	b := layer.NewBuilder(things)
	r := rand.New(rand.NewPCG(1, 2))
	for k := 1; k < 500; k++ {
		layertest.Add(f, b, randomThing(r, geo.Key(k)))
	}
	layertest.Add(f, b, geo.Feature{Key: 1000, Geometry: box(-179, -80, 100)})
	l := layertest.Finish(f, b)
	f.Fuzz(func(t *testing.T, z, x, y uint32, degrees bool) {
		a, wide := Address{Z: z, X: x, Y: y}, uint32(1)
		if degrees {
			a.Grid, wide = WorldCRS84Quad, 2
		}
		tile, err := maker.Append(context.Background(), nil, l, a, Query{Sum: []int{1}, GroupBy: []int{0}})
		if (err == nil) != (z <= MaxZoom && x < wide<<z && y < 1<<z) {
			t.Fatalf("%v: %v", a, err)
		}
		features(t, tile)
	})
}
