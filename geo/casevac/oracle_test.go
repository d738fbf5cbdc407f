package casevac

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
	"bivouac/geo/measure"
	"bivouac/geo/network"
)

// world is facilities, assets and roads at random, about 10 E on the equator.
type world struct {
	facilities []Facility
	assets     []Asset
	travel     *network.Travel
	params     Params
}

func near(r *rand.Rand, km float64) orb.Point {
	return orb.Point{10 + km/111*(r.Float64()-0.5), km / 111 * (r.Float64() - 0.5)}
}

func randomWorld(t testing.TB, r *rand.Rand) *world {
	w := &world{params: Defaults()}
	km := []float64{20, 150, 800}[r.IntN(3)]
	for i := range 2 + r.IntN(6) {
		w.facilities = append(w.facilities, Facility{
			Name: fmt.Sprint("base ", i), At: near(r, km), Level: []string{"", "L1", "L1+", "L2", "L3"}[r.IntN(5)], Module: r.IntN(6) == 0,
			Surgeries: 3, Beds: math.NaN(), Helipad: r.IntN(2) == 0, RunwayM: 2000 * r.Float64(),
		})
	}
	for range r.IntN(9) {
		a := helicopter("home", near(r, km))
		a.Kind = []Kind{Helicopter, FixedWing, Ambulance, "unmanned"}[r.IntN(4)]
		if r.IntN(2) == 0 {
			a.At = w.facilities[r.IntN(len(w.facilities))].At
		}
		a.Count, a.Night, a.NoticeDayMin, a.CruiseKMH = r.IntN(3), r.IntN(2) == 0, float64(r.IntN(40)), 100+200*r.Float64()
		a.LoadMin, a.OffloadMin = float64(r.IntN(12)), float64(r.IntN(12))
		if r.IntN(2) == 0 {
			a.RangeKM, a.EnduranceH = 2*km*r.Float64(), 4*r.Float64()
		}
		w.assets = append(w.assets, a)
	}
	p := &w.params
	p.LandAnywhere, p.Road, p.Air, p.Mixed = r.IntN(3) > 0, r.IntN(4) > 0, r.IntN(4) > 0, r.IntN(4) > 0
	p.LandingMetres, p.CarryMetres, p.SnapMetres = []float64{0, 2000, 50_000}[r.IntN(3)], []float64{0, 1000, 20_000}[r.IntN(3)], []float64{0, 10_000, 200_000}[r.IntN(3)]
	p.WeatherMin, p.ClearanceMin = float64(r.IntN(20)), float64(r.IntN(20))
	if r.IntN(2) == 0 {
		p.Night = func(at orb.Point) bool { return at[0] > 10 }
	}
	for i := range r.IntN(3) {
		p.Sites = append(p.Sites, Site{fmt.Sprint("site ", i), near(r, km)})
	}
	for range r.IntN(3) * r.IntN(2) {
		p.Aiders = append(p.Aiders, Aider{At: near(r, km), NoticeMin: float64(r.IntN(5))})
	}
	if r.IntN(4) > 0 {
		w.travel = roadsAt(t, r, km)
	}
	return w
}

func roadsAt(t testing.TB, r *rand.Rand, km float64) *network.Travel {
	var towns []orb.Point
	for range 14 {
		towns = append(towns, near(r, km))
	}
	var lines []orb.LineString
	for i := range towns {
		for range 1 + r.IntN(2) {
			if k := r.IntN(len(towns)); k != i {
				lines = append(lines, orb.LineString{towns[i], towns[k]})
			}
		}
	}
	return travelOn(t, lines, func() bool { return r.IntN(4) == 0 }, func() float64 { return 10 + 50*r.Float64() })
}

func travelOn(t testing.TB, lines []orb.LineString, oneWay func() bool, kmh func() float64) *network.Travel {
	t.Helper()
	s := geo.Schema{Name: "routes", Geometry: geo.LineGeometry, Fields: []geo.Field{
		{Name: "surface", Kind: geo.KindString}, {Name: "speed_kmh", Kind: geo.KindFloat}, {Name: "one_way", Kind: geo.KindBool},
	}}
	b := layer.NewBuilder(s)
	for i, line := range lines {
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: line, Values: []geo.Value{geo.String("earth"), geo.Float(kmh()), geo.Bool(oneWay())}}
		if err := b.Add(&f); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	g, err := network.Build(context.Background(), []network.Source{{Schema: l.Schema(), Each: l.Each}}, network.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g.Travel(network.Conditions{Profile: network.Profile{Stated: 1}})
}

// brute finds the times of a casualty by trying everything, on distances and
// paths alone.
type brute struct {
	*world
	at    orb.Point
	night bool
}

func (b *brute) drive(from, to orb.Point) uint32 {
	if b.travel == nil {
		return Never
	}
	open := b.travel.Open
	p, ok := b.travel.Snap(from, b.params.SnapMetres, open)
	q, on := b.travel.Snap(to, b.params.SnapMetres, open)
	if !ok || !on {
		return Never
	}
	path, ok := b.travel.Path(p, q)
	if !ok {
		return Never
	}
	return plus(pace(p.AccessMetres, b.params.OffRoadKMH), uint32(path.Millis), pace(q.AccessMetres, b.params.OffRoadKMH))
}

func (b *brute) carry(from, to orb.Point) uint32 {
	if m := measure.Distance(from, to); m <= b.params.CarryMetres {
		return pace(m, b.params.CarryKMH)
	}
	return Never
}

// off is when an asset leaves, Never where it does not.
func (b *brute) off(a *Asset) uint32 {
	delay, notice := b.params.NotifyMin, a.NoticeDayMin
	if a.Kind != Ambulance {
		delay += b.params.ClearanceMin + b.params.WeatherMin
	}
	if b.night {
		notice = a.NoticeNightMin
	}
	if a.Count < 1 || b.night && !a.Night {
		return Never
	}
	return plus(minutes(delay), minutes(notice))
}

type stop struct {
	at         orb.Point
	heli, wing bool
	facility   *Facility
}

func (b *brute) stops() (out []stop) {
	for i := range b.facilities {
		f := &b.facilities[i]
		wing := f.RunwayM >= b.params.RunwayMetres
		out = append(out, stop{f.At, f.Helipad || wing, wing, f})
	}
	for _, s := range b.params.Sites {
		out = append(out, stop{s.At, true, false, nil})
	}
	return out
}

func (s *stop) takes(k Kind) bool { return k == Helicopter && s.heli || k == FixedWing && s.wing }

// ends calls take with each facility that an aircraft might bring a casualty to
// from a place, and the time from being there ready to load.
func (b *brute) ends(a *Asset, from orb.Point, take func(f *Facility, took uint32)) {
	stops := b.stops()
	for i := range b.facilities {
		f := &b.facilities[i]
		for k := range stops {
			s := &stops[k]
			apart := measure.Distance(s.at, f.At)
			if !s.takes(a.Kind) || s.facility != f && (b.params.LandingMetres == 0 || apart > b.params.LandingMetres) || s.at == from && s.facility != f {
				continue
			}
			out, on, home := measure.Distance(a.At, from), measure.Distance(from, s.at), measure.Distance(a.At, s.at)
			far := a.RangeKM > 0 && out+on+home > a.RangeKM*1000
			long := a.EnduranceH > 0 && (out+on+home)/1000/a.CruiseKMH+a.LoadMin/60 > a.EnduranceH
			if !far && !long {
				took := plus(minutes(a.LoadMin), pace(on, a.CruiseKMH), minutes(a.OffloadMin))
				if s.facility != f {
					took = plus(took, pace(apart, b.params.OffRoadKMH))
				}
				take(f, took)
			}
		}
	}
}

type times struct{ first, advanced, surgery, together uint32 }

func (x *times) offer(f *Facility, cared, t uint32, limit uint32) {
	if f.advanced() {
		x.advanced = min(x.advanced, t)
	}
	if f.Operates() {
		x.surgery = min(x.surgery, t)
		if min(cared, t) <= limit {
			x.together = min(x.together, t)
		}
	}
}

func (b *brute) times() times {
	x := times{Never, Never, Never, Never}
	limit := minutes(b.params.AdvancedLimitMin)
	b.first(&x)
	for i := range b.assets {
		a := &b.assets[i]
		if a.Kind == Helicopter && b.params.Air && b.params.LandAnywhere {
			start := plus(b.off(a), pace(measure.Distance(a.At, b.at), a.CruiseKMH))
			b.ends(a, b.at, func(f *Facility, took uint32) { x.offer(f, Never, plus(start, took), limit) })
		}
	}
	for _, s := range b.stops() {
		b.by(&x, &s, b.carry(b.at, s.at), false, limit)
		for i := range b.assets {
			if a := &b.assets[i]; a.Kind == Ambulance && (b.params.Road || b.params.Mixed) {
				b.by(&x, &s, plus(b.off(a), b.drive(a.At, b.at), minutes(a.LoadMin), b.drive(b.at, s.at), minutes(a.OffloadMin)), true, limit)
			}
		}
	}
	return x
}

func (b *brute) first(x *times) {
	if b.params.Aiders == nil {
		x.first = minutes(b.params.FirstAidMin)
	}
	for _, a := range b.params.Aiders {
		start := minutes(b.params.NotifyMin + a.NoticeMin)
		x.first = min(x.first, plus(start, b.drive(a.At, b.at)), plus(start, b.carry(a.At, b.at)))
	}
}

// by offers what a casualty gets who is at a stop at a time.
func (b *brute) by(x *times, s *stop, t uint32, road bool, limit uint32) {
	if s.facility != nil && (!road || b.params.Road) {
		x.offer(s.facility, Never, t, limit)
	}
	cared := uint32(Never)
	if s.facility != nil && s.facility.advanced() {
		cared = t
	}
	for i := range b.assets {
		if a := &b.assets[i]; b.params.Mixed && (s.takes(a.Kind) || a.Kind == Helicopter && b.params.LandAnywhere) {
			ready := plus(b.off(a), pace(measure.Distance(a.At, s.at), a.CruiseKMH))
			b.ends(a, s.at, func(f *Facility, took uint32) {
				if f != s.facility {
					x.offer(f, cared, plus(max(t, ready), took), limit)
				}
			})
		}
	}
	switch {
	case !b.params.Road || cared == Never || s.facility.Operates():
	case !road:
		b.met(x, s, t, limit)
	case cared <= limit:
		b.on(x, s, t)
	}
}

// on offers the drive from advanced care to surgery in the same ambulance.
func (b *brute) on(x *times, s *stop, t uint32) {
	for i := range b.facilities {
		if f := &b.facilities[i]; f.Operates() {
			x.together = min(x.together, plus(t, minutes(b.params.ReloadMin), b.drive(s.at, f.At)))
		}
	}
}

// met offers the ambulances that come for a casualty who has advanced care.
func (b *brute) met(x *times, s *stop, t uint32, limit uint32) {
	for i := range b.assets {
		a := &b.assets[i]
		if a.Kind != Ambulance {
			continue
		}
		for k := range b.facilities {
			if f := &b.facilities[k]; f.Operates() {
				end := plus(max(t, plus(b.off(a), b.drive(a.At, s.at))), minutes(a.LoadMin), b.drive(s.at, f.At), minutes(a.OffloadMin))
				x.surgery = min(x.surgery, end)
				if t <= limit {
					x.together = min(x.together, end)
				}
			}
		}
	}
}

// TestOracle compares the times of many places, and the chain of each, with
// what trying everything gives; legs follow one another and add up.
func TestOracle(t *testing.T) {
	const seed = 4
	r := rand.New(rand.NewPCG(seed, 0))
	ctx := context.Background()
	reached := map[Mode]int{}
	for number := range 90 {
		w := randomWorld(t, r)
		c, err := New(ctx, w.facilities, w.assets, w.travel, w.params)
		if err != nil {
			t.Fatal(err)
		}
		var points []orb.Point
		for range 12 {
			points = append(points, near(r, 300))
		}
		points = append(points, w.facilities[0].At, w.facilities[1].At)
		places, err := c.NewPlaces(ctx, points, number%2 == 0)
		if err != nil {
			t.Fatal(err)
		}
		all, err := c.Minutes(ctx, places, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range points {
			b := &brute{w, p, w.params.Night != nil && w.params.Night(p)}
			want, s := b.times(), all[i]
			if got := (times{s.First, s.Advanced.Millis, s.Surgery.Millis, s.Together.Millis}); got != want {
				t.Fatalf("seed %d, world %d, point %d: %v, by trying everything %v\n%+v", seed, number, i, got, want, w)
			}
			chain, err := c.Chain(ctx, p)
			if err != nil {
				t.Fatal(err)
			}
			if chain.Stages != s {
				t.Fatalf("seed %d, world %d, point %d: the chain gives %+v, the map %+v", seed, number, i, chain.Stages, s)
			}
			reached[s.Surgery.Mode]++
			wantLegs(t, fmt.Sprintf("seed %d, world %d, point %d", seed, number, i), chain)
		}
	}
	for _, m := range []Mode{Nohow, ByFoot, ByRoad, ByAir, ByBoth} {
		if reached[m] < 10 {
			t.Errorf("surgery is reached %d times by %s: the worlds prove little", reached[m], m)
		}
	}
}

func wantLegs(t testing.TB, what string, chain *Chain) {
	t.Helper()
	for _, st := range []Stage{Advanced, Surgery, Evacuation} {
		want := chain.Evacuation.Millis
		if st != Evacuation {
			want = chain.Stages.plan(st).Millis
		}
		clock := uint32(0)
		for _, l := range chain.Legs[st] {
			if l.Meanwhile {
				continue
			}
			if l.Start != clock || l.End < l.Start {
				t.Fatalf("%s: %s: a leg from %d to %d after %d", what, st, l.Start, l.End, clock)
			}
			clock = l.End
		}
		if want == Never && len(chain.Legs[st]) == 0 {
			continue
		}
		if clock != want {
			t.Fatalf("%s: %s: legs add up to %d, the plan to %d: %+v", what, st, clock, want, chain)
		}
	}
}

// TestMoreNeverWorsens adds an asset or a facility to random worlds.
func TestMoreNeverWorsens(t *testing.T) {
	const seed = 11
	r := rand.New(rand.NewPCG(seed, 0))
	ctx := context.Background()
	better := 0
	for number := range 150 {
		w, other := randomWorld(t, r), randomWorld(t, r)
		more := *w
		if number%2 == 0 {
			more.facilities = slices.Concat(w.facilities, other.facilities[:1])
		} else if more.assets = slices.Concat(w.assets, other.assets); len(other.assets) == 0 {
			continue
		}
		var points []orb.Point
		for range 30 {
			points = append(points, near(r, 300))
		}
		few, many := minutesOf(ctx, t, w, points), minutesOf(ctx, t, &more, points)
		for i := range points {
			a, b := few[i], many[i]
			if b.Advanced.Millis > a.Advanced.Millis || b.Surgery.Millis > a.Surgery.Millis || b.Together.Millis > a.Together.Millis || b.First > a.First {
				t.Fatalf("seed %d, world %d: %+v, with more %+v", seed, number, a, b)
			}
			if b.Surgery.Millis < a.Surgery.Millis {
				better++
			}
		}
	}
	if better < 100 {
		t.Errorf("only %d times was more better", better)
	}
}

func minutesOf(ctx context.Context, t testing.TB, w *world, points []orb.Point) []Stages {
	t.Helper()
	c, err := New(ctx, w.facilities, w.assets, w.travel, w.params)
	if err != nil {
		t.Fatal(err)
	}
	places, err := c.NewPlaces(ctx, points, false)
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.Minutes(ctx, places, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
