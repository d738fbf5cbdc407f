package route_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/randtest"
	"bivouac/geo/route"
)

var roadSchema = geo.Schema{Name: "roads", Title: "Roads", Geometry: geo.LineGeometry, Fields: []geo.Field{
	{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "surface", Kind: geo.KindString}, {Name: "status", Kind: geo.KindString},
	{Name: "season", Kind: geo.KindString}, {Name: "one_way", Kind: geo.KindBool}, {Name: "speed_kmh", Kind: geo.KindFloat},
}}

// road is a record of a road at 36 km/h, 10 m a second.
func road(name string, line ...orb.Point) geo.Feature {
	return geo.Feature{Geometry: orb.LineString(line), Values: []geo.Value{geo.String(name), geo.String("paved"), geo.String("open"), geo.String("all"), geo.Bool(false), geo.Float(36)}}
}

// with changes a value of a record.
func with(f geo.Feature, name string, v geo.Value) geo.Feature {
	f.Values[roadSchema.Field(name)] = v
	return f
}

var plain = network.Profile{ID: "plain", Stated: 1, Status: map[string]float64{"closed": 0, "": 1}}

func roadsOf(t *testing.T, layers ...*layer.Layer) *network.Graph {
	t.Helper()
	var sources []network.Source
	for _, l := range layers {
		sources = append(sources, network.Source{Schema: l.Schema(), Each: l.Each})
	}
	g, err := network.Build(context.Background(), sources, network.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func travelOf(t *testing.T, features ...geo.Feature) *network.Travel {
	t.Helper()
	return roadsOf(t, layertest.Build(t, roadSchema, features...)).Travel(network.Conditions{Profile: plain, Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}})
}

// town is streets between the places of a bent grid, some of them one-way or
// closed.
func town(t *testing.T, r *rand.Rand, n int) *network.Travel {
	at := make([]orb.Point, n*n)
	for i := range at {
		at[i] = orb.Point{float64(i%n)*0.01 + r.Float64()*0.004, float64(i/n)*0.01 + r.Float64()*0.004}
	}
	var streets []geo.Feature
	add := func(a, b int) {
		if r.IntN(8) == 0 {
			return
		}
		f := road("street", at[a], at[b])
		f = with(f, "speed_kmh", geo.Float(10+r.Float64()*50))
		streets = append(streets, with(f, "one_way", geo.Bool(r.IntN(6) == 0)))
	}
	for i := range at {
		if i%n+1 < n {
			add(i, i+1)
		}
		if i+n < len(at) {
			add(i, i+n)
		}
	}
	return travelOf(t, streets...)
}

func somewhere(r *rand.Rand, t *network.Travel) network.Place {
	s := int32(r.IntN(t.Segments()))
	f := r.Float64()
	if r.IntN(4) == 0 {
		f = math.Round(f)
	}
	return network.Place{Segment: s, Fraction: f, Point: t.Graph.At(s, f)}
}

// sums adds up what a path takes, step by step.
func sums(t *network.Travel, risk []float64, p network.Path) (millis uint64, danger float64) {
	for step := range t.Steps(p) {
		millis += uint64(step.Millis) + uint64(step.Wait)
		danger += risk[step.Arc] * math.Abs(step.To-step.From)
	}
	return millis, danger
}

// TestWaysAgreeWithTheRoads compares the ends of the front, between places
// anywhere on roads, with the quickest path that the roads themselves find,
// and every sum with the steps of its path.
func TestWaysAgreeWithTheRoads(t *testing.T) {
	r := randtest.New(t, 3)
	found := 0
	for range 40 {
		travel := town(t, r, 5)
		risk := make([]float64, travel.Arcs())
		for a := range risk {
			if _, _, ok := travel.Segment(int32(a)); ok {
				risk[a] = r.Float64()
			}
		}
		p := route.NewPlanner(travel, risk)
		for range 20 {
			ok, err := agree(p, risk, somewhere(r, travel), somewhere(r, travel))
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				found++
			}
		}
	}
	if found < 300 {
		t.Errorf("%d ways were found", found)
	}
}

// agree compares the ways between two places; ok is false where there is none.
func agree(p *route.Planner, risk []float64, from, to network.Place) (ok bool, err error) {
	path, ok := p.Travel.Path(from, to)
	f, broken, err := p.Tradeoff(context.Background(), []network.Place{from, to}, 1<<30)
	if err != nil || ok != (broken < 0) {
		return ok, fmt.Errorf("a way %v, broken %d, %v", ok, broken, err)
	}
	if !ok {
		return false, nil
	}
	if got := f.Journeys[0].Cost.Time; (got+500)/1000 != (path.Millis+500)/1000 {
		return true, fmt.Errorf("the fastest takes %d ms, the path %d", got, path.Millis)
	}
	for _, j := range f.Journeys {
		if err := adds(p.Travel, risk, j); err != nil {
			return true, err
		}
	}
	return true, endsAt(p, f, from, to)
}

// endsAt checks the end of a front against the least risky way.
func endsAt(p *route.Planner, f route.Tradeoff, from, to network.Place) error {
	safest, _, err := p.Best(context.Background(), []network.Place{from, to}, true)
	if last := f.Journeys[len(f.Journeys)-1]; err != nil || (safest.Cost.Risk+500)/1000 != (last.Cost.Risk+500)/1000 {
		return fmt.Errorf("the least risky has %d, the front ends at %d, %v", safest.Cost.Risk, last.Cost.Risk, err)
	}
	return nil
}

// adds checks what a journey of one path says against its steps.
func adds(travel *network.Travel, risk []float64, j route.Journey) error {
	path := j.Paths[0]
	millis, danger := sums(travel, risk, path)
	if math.Abs(float64(millis)-float64(j.Cost.Time)) > 3 || math.Abs(danger*1e9-float64(j.Cost.Risk)) > 100 {
		return fmt.Errorf("%v is said, %d ms and %v gone", j.Cost, millis, danger)
	}
	if course := travel.Course(path); course[0] != path.From.Point || course[len(course)-1] != path.To.Point {
		return fmt.Errorf("the course does not lead from place to place")
	}
	return nil
}

// TestFrontThroughPlaces compares the front through a place by the way with
// all sums of the two fronts.
func TestFrontThroughPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	compared := 0
	for range 60 {
		travel := town(t, r, 4)
		risk := make([]float64, travel.Arcs())
		for a := range risk {
			risk[a] = r.Float64()
		}
		p := route.NewPlanner(travel, risk)
		places := []network.Place{somewhere(r, travel), somewhere(r, travel), somewhere(r, travel)}
		f, broken, err := p.Tradeoff(context.Background(), places, 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		if broken >= 0 {
			continue
		}
		one, _, _ := p.Best(context.Background(), places[:2], false)
		two, _, _ := p.Best(context.Background(), places[1:], false)
		if sum := one.Cost.Time + two.Cost.Time; f.Journeys[0].Cost.Time != sum || len(f.Journeys[0].Paths) != 2 {
			t.Fatalf("the fastest takes %d ms, its parts %d", f.Journeys[0].Cost.Time, sum)
		}
		for i := range f.Journeys[1:] {
			a, b := f.Journeys[i].Cost, f.Journeys[i+1].Cost
			if a.Time >= b.Time || a.Risk <= b.Risk {
				t.Fatalf("%v and %v are both in the front", a, b)
			}
		}
		compared++
	}
	if compared < 20 {
		t.Errorf("%d fronts were compared", compared)
	}
}

// TestWeakestPlace compares with help looked for at many places of the way.
func TestWeakestPlace(t *testing.T) {
	r := randtest.New(t, 4)
	compared := 0
	for range 60 {
		travel := town(t, r, 4)
		p := route.NewPlanner(travel, nil)
		from, to := somewhere(r, travel), somewhere(r, travel)
		j, broken, err := p.Best(context.Background(), []network.Place{from, to}, false)
		if err != nil || broken >= 0 {
			continue
		}
		it, err := p.Itinerary(j, []route.Stop{{Place: from}, {Place: to}})
		if err != nil {
			continue // no length
		}
		var helpers []route.Helper
		for range 1 + r.IntN(3) {
			start := uint32(r.IntN(3)) * 60_000
			helpers = append(helpers, route.Helper{Start: start, Night: start + uint32(r.IntN(3))*60_000, Place: somewhere(r, travel)})
		}
		for _, toward := range []bool{false, true} {
			if err := darknessHolds(p, it, helpers, toward, r.Float64()*it.Track.Metres()); err != nil {
				t.Fatal(err)
			}
			ok, err := weakestHolds(travel, p, it, helpers, toward)
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				compared++
			}
		}
	}
	if compared < 30 {
		t.Errorf("%d ways were compared", compared)
	}
}

// TestHelpBeyondAllTime has help that would come after more than 49 days, which
// is as good as none, and no small time by going round.
func TestHelpBeyondAllTime(t *testing.T) {
	travel := travelOf(t, with(road("mire", orb.Point{0, 0}, orb.Point{0.54, 0}), "speed_kmh", geo.Float(0.1)), road("street", orb.Point{0.54, 0}, orb.Point{0.55, 0}))
	p := route.NewPlanner(travel, nil)
	at := func(lon float64) network.Place {
		place, ok := travel.Snap(orb.Point{lon, 0}, 10, travel.Open)
		if !ok {
			t.Fatal("no road")
		}
		return place
	}
	from, to := at(0.542), at(0.548)
	j, _, err := p.Best(context.Background(), []network.Place{from, to}, false)
	if err != nil {
		t.Fatal(err)
	}
	it, err := p.Itinerary(j, []route.Stop{{Place: from}, {Place: to}})
	if err != nil {
		t.Fatal(err)
	}
	for _, toward := range []bool{false, true} {
		if got := p.Weakest(it, []route.Helper{{Start: network.Closed / 2, Place: at(0)}}, toward, nil); got.Millis != network.Closed || got.Helper >= 0 {
			t.Errorf("toward %t: %+v", toward, got)
		}
	}
}

// darknessHolds compares a way that is dark from some metres on with one that
// is light, and one that is dark, all the way.
func darknessHolds(p *route.Planner, it *route.Itinerary, helpers []route.Helper, toward bool, from float64) error {
	byNight := slices.Clone(helpers)
	for i := range byNight {
		byNight[i].Start = byNight[i].Night
	}
	light, dark := p.Weakest(it, helpers, toward, nil), p.Weakest(it, byNight, toward, nil)
	all := p.Weakest(it, helpers, toward, []route.Span{{From: 0, To: it.At[1]}})
	if all.Millis != dark.Millis || all.Helper != dark.Helper {
		return fmt.Errorf("all dark: %+v, want %+v", all, dark)
	}
	mixed := p.Weakest(it, helpers, toward, []route.Span{{From: from, To: it.At[1]}})
	switch {
	case mixed.Millis > dark.Millis || mixed.Night != (mixed.At >= from):
		return fmt.Errorf("dark from %v m on: %+v, all dark: %+v", from, mixed, dark)
	case light.At < from && mixed.Millis < light.Millis || dark.At >= from && mixed.Millis < dark.Millis:
		return fmt.Errorf("dark from %v m on: %+v, light: %+v, dark: %+v", from, mixed, light, dark)
	}
	return nil
}

// weakestHolds compares one answer; ok is false where there is nothing to
// compare.
func weakestHolds(travel *network.Travel, p *route.Planner, it *route.Itinerary, helpers []route.Helper, toward bool) (ok bool, err error) {
	got := p.Weakest(it, helpers, toward, nil)
	want, reached := sampled(travel, it.Paths[0], helpers, toward)
	if !reached && got.Millis != network.Closed {
		return false, fmt.Errorf("%d ms where a place is not reached", got.Millis)
	}
	if got.Millis == network.Closed { // samples may miss the one place that nobody reaches
		return false, nil
	}
	// Samples stand some metres apart, at 2.7 m a second at the slowest.
	if float64(got.Millis) < want-50 || float64(got.Millis) > want+25_000 {
		return false, fmt.Errorf("help takes %d ms at %v m, %v by samples", got.Millis, got.At, want)
	}
	if there := nearest(travel, helpers, got.Place, toward); math.Abs(there-float64(got.Millis)) > 5 || got.Helper < 0 {
		return false, fmt.Errorf("help takes %v ms to the weakest place, not %d", there, got.Millis)
	}
	if metres := measure.Distance(it.Track.At(got.At), got.Place.Point); metres > 1 {
		return false, fmt.Errorf("the place is %v m from where it is said to be", metres)
	}
	return true, nil
}

func sampled(t *network.Travel, p network.Path, helpers []route.Helper, toward bool) (worst float64, reached bool) {
	for step := range t.Steps(p) {
		for i := range 41 {
			f := step.From*float64(40-i)/40 + step.To*float64(i)/40
			millis := nearest(t, helpers, network.Place{Segment: step.Segment, Fraction: f, Point: t.Graph.At(step.Segment, f)}, toward)
			if math.IsInf(millis, 1) {
				return 0, false
			}
			worst = max(worst, millis)
		}
	}
	return worst, true
}

func nearest(t *network.Travel, helpers []route.Helper, at network.Place, toward bool) float64 {
	best := math.Inf(1)
	for _, h := range helpers {
		from, to := h.Place, at
		if toward {
			from, to = at, h.Place
		}
		if path, ok := t.Path(from, to); ok {
			best = min(best, float64(path.Millis)+float64(h.Start))
		}
	}
	return best
}
