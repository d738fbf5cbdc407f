package reach_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/reach"
	"bivouac/geo/shape"
)

// at is a point so many metres east and north of 10 E on the equator.
func at(east, north float64) orb.Point {
	p, _ := measure.Direct(orb.Point{10, 0}, 90, east)
	p, _ = measure.Direct(p, 0, north)
	return p
}

type way struct {
	line   orb.LineString
	kmh    float64
	oneWay bool
}

func graph(t testing.TB, ways ...way) *network.Graph {
	t.Helper()
	s := geo.Schema{Name: "routes", Geometry: geo.LineGeometry, Fields: []geo.Field{
		{Name: "surface", Kind: geo.KindString}, {Name: "speed_kmh", Kind: geo.KindFloat}, {Name: "one_way", Kind: geo.KindBool},
	}}
	b := layer.NewBuilder(s)
	for i, w := range ways {
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: w.line, Values: []geo.Value{geo.String("earth"), geo.Float(w.kmh), geo.Bool(w.oneWay)}}
		layertest.Add(t, b, f)
	}
	l := layertest.Finish(t, b)
	g, err := network.Build(context.Background(), []network.Source{{Schema: l.Schema(), Each: l.Each}}, network.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// plain drives at the stated speed.
func plain() network.Conditions { return network.Conditions{Profile: network.Profile{Stated: 1}} }

func snap(t testing.TB, g *network.Graph, p orb.Point) network.Place {
	t.Helper()
	place, ok := g.Snap(p, 1e6, nil)
	if !ok {
		t.Fatalf("no road near %v", p)
	}
	return place
}

// randomWays are a country of random roads, some one-way.
func randomWays(random *rand.Rand) (ways []way) {
	var towns []orb.Point
	for range 14 {
		towns = append(towns, at(20_000*random.Float64(), 20_000*random.Float64()))
	}
	for i := range towns {
		for range 1 + random.IntN(2) {
			if k := random.IntN(len(towns)); k != i {
				bend := orb.Point{(towns[i][0]+towns[k][0])/2 + 0.01*random.Float64(), (towns[i][1] + towns[k][1]) / 2}
				ways = append(ways, way{orb.LineString{towns[i], bend, towns[k]}, 10 + 50*random.Float64(), random.IntN(4) == 0})
			}
		}
	}
	return ways
}

// TestRoadsAreCutWhereTheTimeIsUp compares with the quickest way to places
// drawn at random: they are in a reached stretch, with its time, or the way is
// longer.
func TestRoadsAreCutWhereTheTimeIsUp(t *testing.T) {
	const seed, limit = 9, 20 * 60_000
	random := rand.New(rand.NewPCG(seed, 0))
	in, out := 0, 0
	for world := range 60 {
		travel := graph(t, randomWays(random)...).Travel(plain())
		places := []network.Place{
			{Segment: random.Int32N(int32(travel.Segments())), Fraction: random.Float64()},
			{Segment: random.Int32N(int32(travel.Segments())), Fraction: float64(random.IntN(3)) / 2},
		}
		for _, towards := range []bool{false, true} {
			s := reach.NewSearch(travel, places, towards)
			parts := s.Roads(limit)
			for range 40 {
				p := network.Place{Segment: random.Int32N(int32(travel.Segments())), Fraction: random.Float64()}
				if checkTime(t, s, parts, p, limit) {
					in++
				} else {
					out++
				}
			}
			if t.Failed() {
				t.Fatalf("seed %d, world %d", seed, world)
			}
		}
	}
	if in < 500 || out < 500 {
		t.Errorf("seed %d: %d places inside and %d outside say little", seed, in, out)
	}
}

// checkTime compares with the quickest of the ways, and returns whether the
// place is in a reached stretch. Ways are rounded to milliseconds.
func checkTime(t *testing.T, s *reach.Search, parts []reach.Part, p network.Place, limit float64) bool {
	t.Helper()
	want := math.Inf(1)
	for _, start := range s.Places {
		a, b := start, p
		if s.Towards {
			a, b = p, start
		}
		if way, ok := s.Path(a, b); ok {
			want = min(want, float64(way.Millis))
		}
	}
	got, ok := timeOf(parts, p)
	if ok != (want <= limit) && math.Abs(want-limit) > 3 || ok && math.Abs(got-want) > 3 {
		t.Errorf("towards %v: %v is at %v, %v; want %v", s.Towards, p, got, ok, want)
	}
	if millis, known := s.At(p); known == math.IsInf(want, 1) || known && math.Abs(millis-want) > 3 {
		t.Errorf("towards %v: At(%v) is %v, want %v", s.Towards, p, millis, want)
	}
	return ok
}

func timeOf(parts []reach.Part, p network.Place) (float64, bool) {
	for _, part := range parts {
		if part.Segment == p.Segment && p.Fraction >= part.From && p.Fraction <= part.To {
			return part.AtFrom + (p.Fraction-part.From)/(part.To-part.From)*(part.AtTo-part.AtFrom), true
		}
	}
	return 0, false
}

func draw(t testing.TB, g *network.Graph, s *reach.Search, o reach.Options, minutes ...uint32) *reach.Outline {
	t.Helper()
	var limits []reach.Limit
	for _, m := range minutes {
		limits = append(limits, reach.Limit{Millis: m * 60_000, Parts: s.Roads(m * 60_000)})
	}
	out, err := reach.Draw(context.Background(), g, limits, o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAreasHoldWhatIsReached draws nested areas of random countries: valid,
// growing with time, each holding all its roads and no place farther from them
// than the width.
func TestAreasHoldWhatIsReached(t *testing.T) {
	const seed = 21
	random := rand.New(rand.NewPCG(seed, 0))
	for world := range 8 {
		g := graph(t, randomWays(random)...)
		s := reach.NewSearch(g.Travel(plain()), []network.Place{{Segment: 0, Fraction: 0.3}}, false)
		for _, o := range []reach.Options{{WidthMetres: 200}, {WidthMetres: 100, WalkKMH: 4, WalkMetres: 1500}} {
			out := draw(t, g, s, o, 5, 12, 25)
			for i, m := range []uint32{5, 12, 25} {
				if bad := shape.Validate(out.Areas[i]); bad != nil {
					t.Errorf("seed %d, world %d, %d min: %v", seed, world, m, bad)
				}
				checkHeld(t, g, s.Roads(m*60_000), out.Areas[i], max(out.WidthMetres, o.WalkMetres)+out.StepMetres, random)
				if i > 0 {
					checkGrown(t, out.Areas[i-1], out.Areas[i], random)
				}
			}
		}
	}
}

func checkHeld(t *testing.T, g *network.Graph, parts []reach.Part, area orb.Geometry, farthest float64, random *rand.Rand) {
	t.Helper()
	for _, p := range parts {
		for range 5 {
			if on := g.At(p.Segment, p.From+(p.To-p.From)*random.Float64()); !measure.Inside(on, area) {
				t.Errorf("the reached place %v is outside", on)
			}
		}
	}
	var near []orb.LineString
	for _, p := range parts {
		line := orb.LineString{}
		for k := range 41 {
			line = append(line, g.At(p.Segment, p.From+(p.To-p.From)*float64(k)/40))
		}
		near = append(near, line)
	}
	target, err := measure.NewTarget(orb.MultiLineString(near))
	if err != nil {
		t.Fatal(err)
	}
	for range 200 {
		p := at(20_000*random.Float64(), 20_000*random.Float64())
		if measure.Inside(p, area) && target.Distance(p) > farthest*1.02+60 { // 60 m: the chords of the 40 pieces
			t.Errorf("%v is inside, %v m from every reached road", p, target.Distance(p))
		}
	}
}

// checkGrown looks at places drawn at random: what was reached stays so.
func checkGrown(t *testing.T, before, after orb.Geometry, random *rand.Rand) {
	t.Helper()
	if measure.Area(after) < measure.Area(before)*(1-1e-9) {
		t.Errorf("with more time %v m2 are reached, after %v", measure.Area(after), measure.Area(before))
	}
	box := before.Bound()
	for range 500 {
		p := orb.Point{box.Min[0] + random.Float64()*(box.Max[0]-box.Min[0]), box.Min[1] + random.Float64()*(box.Max[1]-box.Min[1])}
		if measure.Inside(p, before) && !measure.Inside(p, after) {
			t.Errorf("%v was reached in less time", p)
		}
	}
}

// TestARiverIsNotCrossed has two roads along the banks of a river, 600 m apart,
// and a bridge 30 km off: what lies on the other bank is not reached, neither
// by a hull nor by a walk.
func TestARiverIsNotCrossed(t *testing.T) {
	g := graph(t,
		way{orb.LineString{at(0, 300), at(30_000, 300)}, 60, false}, way{orb.LineString{at(0, -300), at(30_000, -300)}, 60, false},
		way{orb.LineString{at(30_000, 300), at(30_000, -300)}, 60, false})
	river := orb.LineString{at(-20_000, 0), at(29_000, 0)}
	s := reach.NewSearch(g.Travel(plain()), []network.Place{snap(t, g, at(10_000, 300))}, false)
	for _, c := range []struct {
		desc    string
		options reach.Options
		minutes uint32
		other   bool
	}{
		{"by road", reach.Options{WidthMetres: 200}, 10, false},
		{"a strip as wide as the river", reach.Options{WidthMetres: 650, Barriers: river}, 10, false},
		{"on foot, too", reach.Options{WidthMetres: 100, WalkKMH: 5, Barriers: river}, 15, false},
		{"over the bridge", reach.Options{WidthMetres: 200, Barriers: river}, 60, true},
		{"on foot, where nobody says that there is a river", reach.Options{WidthMetres: 100, WalkKMH: 5}, 15, true},
	} {
		area := draw(t, g, s, c.options, c.minutes).Areas[0]
		if !measure.Inside(at(10_000, 350), area) || !measure.Inside(at(15_000, 300), area) {
			t.Errorf("%s: the own bank is not reached", c.desc)
		}
		if got := measure.Inside(at(12_000, -300), area); got != c.other {
			t.Errorf("%s: the other bank is reached: %v", c.desc, got)
		}
	}
}

// TestWalksGoRound walks from the end of a road: as far as the time lets one,
// round a wall, and not into an area.
func TestWalksGoRound(t *testing.T) {
	g := graph(t, way{orb.LineString{at(0, 0), at(1000, 0)}, 60, false})
	s := reach.NewSearch(g.Travel(plain()), []network.Place{{Segment: 0, Fraction: 0}}, false)
	// At the end after 1 minute; 30 minutes at 4 km/h are 2,000 m.
	o := reach.Options{WidthMetres: 100, WalkKMH: 4, Barriers: orb.Collection{
		orb.LineString{at(2000, -400), at(2000, 400)},
		orb.Polygon{{at(900, 500), at(1100, 500), at(1100, 700), at(900, 700), at(900, 500)}},
	}}
	area := draw(t, g, s, o, 31).Areas[0]
	for _, c := range []struct {
		p    orb.Point
		want bool
	}{
		{at(1000, -1900), true}, {at(1000, -2100), false}, {at(1900, 0), true},
		{at(2900, 0), false},   // 1,900 m, but the way round the wall is 2,062 m
		{at(2700, 0), true},    // 1,882 m round the wall
		{at(1000, 600), false}, // in the area
	} {
		if got := measure.Inside(c.p, area); got != c.want {
			t.Errorf("%v is reached: %v", c.p, got)
		}
	}
}

func TestNothingIsReached(t *testing.T) {
	g := graph(t, way{orb.LineString{at(0, 0), at(1000, 0)}, 60, false})
	s := reach.NewSearch(g.Travel(plain()), nil, false)
	if out := draw(t, g, s, reach.Options{WidthMetres: 100}, 10); out.Areas[0] != nil {
		t.Errorf("from nowhere one reaches %v", out.Areas[0])
	}
}

// TestOverTheDateLine drives from one side to the other.
func TestOverTheDateLine(t *testing.T) {
	g := graph(t, way{orb.LineString{{179.95, -17}, {-179.95, -17}}, 60, false})
	s := reach.NewSearch(g.Travel(plain()), []network.Place{snap(t, g, orb.Point{179.96, -17})}, false)
	area := draw(t, g, s, reach.Options{WidthMetres: 300}, 8).Areas[0]
	if !measure.Inside(orb.Point{179.99, -17}, area) || !measure.Inside(orb.Point{-179.99, -17}, area) || measure.Inside(orb.Point{-179.955, -17}, area) {
		t.Errorf("%v", area)
	}
	if bad := shape.Validate(area); bad != nil {
		t.Error(bad)
	}
}
