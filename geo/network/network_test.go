package network_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/network"
)

// metres is the length of the way through the points, which steady goes in a
// tenth of that in seconds.
func metres(points ...orb.Point) float64 { return measure.Length(line(points...)) }

// TestPaths holds what the quickest way is in roads made by hand. A way is
// written as the points that it leads through; nil is no way.
func TestPaths(t *testing.T) {
	a, b, c, d := p(0, 0), p(10, 0), p(10, 10), p(0, 10)
	closed := geo.Values{"status": geo.String("closed")}
	oneWay := geo.Values{"one_way": geo.Bool(true)}
	for _, k := range []struct {
		desc     string
		world    world
		from, to orb.Point
		want     []orb.Point
	}{
		{"one road", world{&roadSchema: {road("", nil, a, b)}}, a, b, line(a, b)},
		{"against its line", world{&roadSchema: {road("", nil, a, b)}}, b, a, line(b, a)},
		{"one way, along", world{&roadSchema: {road("", oneWay, a, b)}}, a, b, line(a, b)},
		{"one way, against", world{&roadSchema: {road("", oneWay, a, b)}}, b, a, nil},
		{"parts of one road", world{&roadSchema: {road("", nil, a, b)}}, p(7, 0), p(2, 0), line(p(7, 0), p(2, 0))},
		{"parts of a one-way road, along", world{&roadSchema: {road("", oneWay, a, b)}}, p(2, 0), p(7, 0), line(p(2, 0), p(7, 0))},
		{"parts of a one-way ring: all round", world{&roadSchema: {road("", oneWay, a, b, c, d, a)}}, p(7, 0), p(2, 0), line(p(7, 0), b, c, d, a, p(2, 0))},
		{"the same place", world{&roadSchema: {road("", nil, a, b)}}, p(3, 0), p(3, 0), line(p(3, 0), p(3, 0))},
		{"the same end", world{&roadSchema: {road("", nil, a, b)}}, a, a, line(a, a)},
		{"round a closed road", world{&roadSchema: {road("", closed, a, b), road("", nil, a, d, c, b)}}, a, b, line(a, d, c, b)},
		{"a shared vertex inside both", world{&roadSchema: {road("", nil, p(-5, 5), p(5, 5), p(15, 5)), road("", nil, p(5, -5), p(5, 5), p(5, 15))}}, p(-5, 5), p(5, 15), line(p(-5, 5), p(5, 5), p(5, 15))},
		{"a crossing without a vertex is a bridge", world{&roadSchema: {road("", nil, p(-5, 5), p(15, 5)), road("", nil, p(5, -5), p(5, 15))}}, p(-5, 5), p(5, 15), nil},
		{"two equal roads", world{&roadSchema: {road("", nil, a, b), road("", nil, b, a)}}, a, b, line(a, b)},
		{"a doubled vertex", world{&roadSchema: {road("", nil, a, a, p(5, 0), p(5, 0), b)}}, a, b, line(a, b)},
		{"over the date line", world{&roadSchema: {road("", nil, orb.Point{179.99, 0}, orb.Point{-179.99, 0})}}, orb.Point{179.995, 0}, orb.Point{-179.995, 0}, line(orb.Point{179.995, 0}, orb.Point{180.005, 0})},
		{"met on the date line", world{&roadSchema: {road("", nil, orb.Point{179.99, 0}, orb.Point{180, 0}), road("", nil, orb.Point{-180, 0}, orb.Point{-179.99, 0})}}, orb.Point{179.99, 0}, orb.Point{-179.99, 0}, line(orb.Point{179.99, 0}, orb.Point{180.01, 0})},
		{"a loop beside the way", world{&roadSchema: {road("", nil, a, b), road("", nil, b, c, p(12, 4), b), road("", nil, b, p(20, 0))}}, a, p(20, 0), line(a, p(20, 0))},
		{"into a loop, the short way round", world{&roadSchema: {road("", nil, a, b), road("", nil, b, c, p(20, 0), b)}}, a, p(19, 0), line(a, p(19, 0))},
		{"two parts of one record", world{&roadSchema: {{shape: orb.MultiLineString{line(a, b), line(b, c)}}}}, a, c, line(a, b, c)},
	} {
		travel := k.world.graph(t).Travel(steady())
		checkPath(t, k.desc, travel, k.from, k.to, k.want)
	}
}

// checkPath holds the way, its time, and that its steps and course are that
// way.
func checkPath(t *testing.T, desc string, travel *network.Travel, from, to orb.Point, want []orb.Point) {
	t.Helper()
	path, ok := travel.Path(snap(t, travel, from), snap(t, travel, to))
	if ok != (want != nil) {
		t.Errorf("%s: a way: %t", desc, ok)
		return
	}
	if !ok {
		return
	}
	long := metres(want...)
	if math.Abs(float64(path.Millis)/1000-long/10) > 0.005 {
		t.Errorf("%s: %d ms, want %.0f", desc, path.Millis, long*100)
	}
	total, millis := 0.0, uint64(0)
	for s := range travel.Steps(path) {
		total, millis = total+s.Metres, millis+uint64(s.Millis+s.Wait)
	}
	if math.Abs(total-long) > 0.05 || max(millis, path.Millis)-min(millis, path.Millis) > 3 {
		t.Errorf("%s: steps of %.3f m and %d ms make a way of %.3f m and %d ms", desc, total, millis, long, path.Millis)
	}
	if course := travel.Course(path); math.Abs(metres(course...)-long) > 0.05 {
		t.Errorf("%s: the course %v is %.3f m long, want %.3f", desc, course, metres(course...), long)
	}
}

// TestJoins holds what is joined though it only almost touches. A thousandth
// of a degree is about 111 m, the tolerance 10 m.
func TestJoins(t *testing.T) {
	osm := geo.Values{"highway": geo.String("track")}
	for _, k := range []struct {
		desc  string
		roads []record
		joins int
		split bool
		way   bool // from the first point of the first road to the last of the last
	}{
		{"end to end", []record{road("", nil, p(0, 0), p(10, 0)), road("", nil, p(10.05, 0), p(20, 0))}, 1, false, true},
		{"too far", []record{road("", nil, p(0, 0), p(10, 0)), road("", nil, p(10.1, 0), p(20, 0))}, 0, false, false},
		{"end to inside", []record{road("", nil, p(0, 0), p(10, 0)), road("", nil, p(5, 0.05), p(5, 10))}, 1, true, true},
		{"end on the inside, without a vertex", []record{road("", nil, p(0, 0), p(10, 0)), road("", nil, p(5, 0), p(5, 10))}, 1, true, true},
		{"end by a vertex", []record{road("", nil, p(0, 0), p(5, 0), p(10, 0)), road("", nil, p(5, 0.05), p(5, 10))}, 1, true, true},
		{"three ends", []record{road("", nil, p(0, 0), p(10, 0)), road("", nil, p(10.05, 0), p(20, 0)), road("", nil, p(10, 0.05), p(10, 10))}, 3, false, true},
		{"passing each other", []record{road("", nil, p(0, 0), p(10, 0)), road("", nil, p(0, 0.05), p(10, 0.05))}, 2, false, true},
		{"of one imported network", []record{road("", osm, p(0, 0), p(10, 0)), road("", osm, p(10.05, 0), p(20, 0))}, 0, false, false},
		{"of an imported network and a route", []record{road("", osm, p(0, 0), p(10, 0)), road("", nil, p(10.05, 0), p(20, 0))}, 1, false, true},
		{"the two ends of one road", []record{road("", nil, p(0, 0), p(10, 0), p(10, 10), p(0, 0.05))}, 1, false, true},
		{"a road shorter than the tolerance", []record{road("", nil, p(0, 0), p(0.05, 0))}, 0, false, true},
		{"over the date line", []record{road("", nil, orb.Point{179.9, 0}, orb.Point{179.99998, 0}), road("", nil, orb.Point{-179.99998, 0}, orb.Point{-179.9, 0})}, 1, false, true},
	} {
		g := world{&roadSchema: k.roads}.graph(t)
		joins := g.Joins()
		if len(joins) != k.joins || len(joins) > 0 && joins[0].Split != k.split {
			t.Errorf("%s: joins %+v, want %d", k.desc, joins, k.joins)
		}
		for _, j := range joins {
			if j.Metres > 10 || math.Abs(j.Metres-measure.Distance(j.From, j.To)) > 1e-6 {
				t.Errorf("%s: %+v", k.desc, j)
			}
		}
		travel := g.Travel(steady())
		first, last := k.roads[0].shape.(orb.LineString), k.roads[len(k.roads)-1].shape.(orb.LineString)
		if got := seconds(t, travel, first[0], last[len(last)-1]) >= 0; got != k.way {
			t.Errorf("%s: a way: %t", k.desc, got)
		}
	}
}

// TestControls holds barriers and turn restrictions at a crossing of four arms:
// west, south, east, north, all 10 long. Who may not turn off may go straight
// on to the end, turn round there, and come back.
func TestControls(t *testing.T) {
	arms := []record{road("w", nil, p(-10, 0), p(0, 0)), road("s", nil, p(0, -10), p(0, 0)), road("e", nil, p(10, 0), p(0, 0)), road("n", nil, p(0, 10), p(0, 0))}
	w, s, e, n := p(-10, 0), p(0, -10), p(10, 0), p(0, 10)
	turn := func(kind, from, to string) record {
		return record{shape: p(0, 0), values: geo.Values{"kind": geo.String(kind), "from_road": geo.String(from), "to_road": geo.String(to)}}
	}
	barrier := func(at orb.Point, values geo.Values) record { return record{shape: at, values: values} }
	const round = -1
	for _, k := range []struct {
		desc     string
		world    world
		from, to orb.Point
		open     bool
		wait     float64 // minutes
	}{
		{"free", world{&roadSchema: arms}, w, n, true, 0},
		{"no left turn, left", world{&roadSchema: arms, &restrictionSchema: {turn("no_left_turn", "w", "n")}}, w, n, true, round},
		{"no left turn, the other way", world{&roadSchema: arms, &restrictionSchema: {turn("no_left_turn", "w", "n")}}, n, w, true, 0},
		{"no left turn, straight on", world{&roadSchema: arms, &restrictionSchema: {turn("no_left_turn", "w", "n")}}, w, e, true, 0},
		{"only straight on, right", world{&roadSchema: arms, &restrictionSchema: {turn("only_straight_on", "w", "e")}}, w, s, true, round},
		{"only straight on, straight on", world{&roadSchema: arms, &restrictionSchema: {turn("only_straight_on", "w", "e")}}, w, e, true, 0},
		{"only straight on, of another road", world{&roadSchema: arms, &restrictionSchema: {turn("only_straight_on", "w", "e")}}, n, s, true, 0},
		{"excepted vehicle", world{&roadSchema: arms, &restrictionSchema: {{shape: p(0, 0), values: geo.Values{"kind": geo.String("no_left_turn"), "from_road": geo.String("w"), "to_road": geo.String("n"), "except": geo.String("psv;emergency")}}}}, w, n, true, 0},
		{"a gate with a delay on an arm", world{&roadSchema: arms, &barrierSchema: {barrier(p(-5, 0), geo.Values{"kind": geo.String("checkpoint"), "delay_min": geo.Float(12)})}}, w, e, true, 12},
		{"beside the gate", world{&roadSchema: arms, &barrierSchema: {barrier(p(-5, 0), geo.Values{"kind": geo.String("checkpoint"), "delay_min": geo.Float(12)})}}, n, e, true, 0},
		{"a closed gate", world{&roadSchema: arms, &barrierSchema: {barrier(p(-5, 0.02), geo.Values{"kind": geo.String("gate"), "status": geo.String("closed")})}}, w, e, false, 0},
		{"a gate for others", world{&roadSchema: arms, &barrierSchema: {barrier(p(-5, 0), geo.Values{"kind": geo.String("gate"), "access": geo.String("no")})}}, w, e, false, 0},
		{"a bollard", world{&roadSchema: arms, &barrierSchema: {barrier(p(-5, 0), geo.Values{"kind": geo.String("bollard")})}}, w, e, false, 0},
		{"an open bollard", world{&roadSchema: arms, &barrierSchema: {barrier(p(-5, 0), geo.Values{"kind": geo.String("bollard"), "status": geo.String("open")})}}, w, e, true, 0},
		{"a bridge that is out", world{&roadSchema: arms, &barrierSchema: {barrier(p(-5, 0), geo.Values{"kind": geo.String("bridge_out"), "status": geo.String("open")})}}, w, e, false, 0},
		{"a gate on the crossing", world{&roadSchema: arms, &barrierSchema: {barrier(p(0, 0), geo.Values{"kind": geo.String("gate"), "status": geo.String("closed")})}}, w, e, false, 0},
		{"a gate too far away", world{&roadSchema: arms, &barrierSchema: {barrier(p(-5, 1), geo.Values{"kind": geo.String("gate"), "status": geo.String("closed")})}}, w, e, true, 0},
		{"two gates", world{&roadSchema: arms, &barrierSchema: {barrier(p(-5, 0), geo.Values{"delay_min": geo.Float(3)}), barrier(p(-7, 0), geo.Values{"delay_min": geo.Float(4)})}}, w, e, true, 7},
		{"turning round where that is forbidden", world{&roadSchema: append([]record{road("x", nil, e, p(10, 5))}, arms...), &restrictionSchema: {turn("no_u_turn", "w", "w")}}, w, n, true, 0},
		{"no way on at all", world{&roadSchema: arms, &restrictionSchema: {turn("no_left_turn", "w", "n"), turn("no_straight_on", "w", "e"), turn("no_right_turn", "w", "s")}}, w, n, false, 0},
	} {
		travel := k.world.graph(t).Travel(steady())
		got := seconds(t, travel, k.from, k.to)
		want := (metres(k.from, p(0, 0))+metres(p(0, 0), k.to))/10 + 60*k.wait
		if k.wait == round {
			turn := e
			if k.to == n { // the southern arm is open too, and shorter
				turn = s
			}
			want = metres(k.from, p(0, 0), turn, p(0, 0), k.to) / 10
		}
		if !k.open {
			want = -1
		}
		if math.Abs(got-want) > 0.01 {
			t.Errorf("%s: %.3f s, want %.3f", k.desc, got, want)
		}
	}
}

// TestConditions holds what closes a road and what slows it.
func TestConditions(t *testing.T) {
	square := orb.Polygon{{p(-50, -50), p(50, -50), p(50, 50), p(-50, 50), p(-50, -50)}}
	months := func(list ...geo.Value) geo.Values { return geo.Values{"wet_months": geo.List(list...)} }
	rains := world{&areaSchema: {
		{shape: square, values: months(geo.Int(7), geo.Int(8))},
		{shape: orb.Polygon{{p(20, -50), p(50, -50), p(50, 50), p(20, 50), p(20, -50)}}, values: months(geo.Int(1))},
	}}
	in := func(month int, wet bool, change func(*network.Profile)) network.Conditions {
		c := steady()
		c.Month, c.Wet = month, wet
		c.Profile.Wet = map[string]float64{"earth": 0.5}
		c.Profile.Stated = 1
		c.Profile.Highways = map[string]float64{"track": 18}
		if change != nil {
			change(&c.Profile)
		}
		return c
	}
	east := line(p(30, 0), p(40, 0))
	for _, k := range []struct {
		desc   string
		values geo.Values
		at     orb.LineString // nil is within the first area alone
		cond   network.Conditions
		speed  float64
		why    network.Hindrance
	}{
		{"plain", nil, nil, in(0, false, nil), 36, ""},
		{"closed", geo.Values{"status": geo.String("closed")}, nil, in(0, false, nil), 0, network.Shut},
		{"dry season road in a dry month", geo.Values{"season": geo.String("dry")}, nil, in(6, false, nil), 36, ""},
		{"dry season road in a wet month", geo.Values{"season": geo.String("dry")}, nil, in(7, false, nil), 0, network.Season},
		{"dry season road in the wet season", geo.Values{"season": geo.String("dry")}, nil, in(0, true, nil), 0, network.Season},
		{"the smaller area says when", geo.Values{"season": geo.String("dry")}, east, in(7, false, nil), 36, ""},
		{"the smaller area's month", geo.Values{"season": geo.String("dry")}, east, in(1, false, nil), 0, network.Season},
		{"where no area says", geo.Values{"season": geo.String("dry")}, line(p(500, 0), p(510, 0)), in(7, false, nil), 36, ""},
		{"wet earth", geo.Values{"surface": geo.String("earth")}, nil, in(8, false, nil), 18, ""},
		{"wet gravel", geo.Values{"surface": geo.String("gravel")}, nil, in(8, false, nil), 36, ""},
		{"stated speed", geo.Values{"speed_kmh": geo.Float(50)}, nil, in(0, false, nil), 50, ""},
		{"stated speed of nothing", geo.Values{"speed_kmh": geo.Float(0)}, nil, in(0, false, nil), 36, ""},
		{"stated speed below nothing", geo.Values{"speed_kmh": geo.Float(-3)}, nil, in(0, false, nil), 36, ""},
		{"a limit is no usual speed", geo.Values{"speed_kmh": geo.Float(50), "highway": geo.String("primary")}, nil, in(0, false, nil), 36, ""},
		{"a class is a limit", geo.Values{"highway": geo.String("track")}, nil, in(0, false, nil), 18, ""},
		{"the vehicle's own", nil, nil, in(0, false, func(p *network.Profile) { p.MaxKMH = 20 }), 20, ""},
		{"refused", geo.Values{"access": geo.String("no")}, nil, in(0, false, nil), 0, network.Refused},
		{"too heavy", geo.Values{"max_weight_t": geo.Float(10)}, nil, in(0, false, func(p *network.Profile) { p.LoadT = 20 }), 0, network.TooHeavy},
		{"light enough", geo.Values{"max_weight_t": geo.Float(20)}, nil, in(0, false, func(p *network.Profile) { p.LoadT = 20 }), 36, ""},
		{"no speed", geo.Values{"surface": geo.String("sand")}, nil, in(0, false, func(p *network.Profile) { p.Speeds = map[string]float64{"sand": 0, "": 36} }), 0, network.NoSpeed},
	} {
		if k.at == nil {
			k.at = line(p(0, 0), p(10, 0))
		}
		w := world{&roadSchema: {{shape: k.at, values: k.values}}, &areaSchema: rains[&areaSchema]}
		g := w.graph(t)
		speed, why := k.cond.SpeedKMH(g.Way(0))
		if speed != k.speed || why != k.why {
			t.Errorf("%s: %v km/h, %q, want %v, %q", k.desc, speed, why, k.speed, k.why)
		}
		forward, _ := g.Along(0)
		want := uint32(network.Closed)
		if k.speed > 0 {
			want = uint32(math.Round(g.Metres(0) * 3600 / k.speed))
		}
		if got := g.Times(k.cond)[forward]; got != want {
			t.Errorf("%s: %d ms, want %d", k.desc, got, want)
		}
	}
}

// TestDefects holds what is said of records that are no use.
func TestDefects(t *testing.T) {
	turn := func(at orb.Point, kind, from, to string) record {
		return record{shape: at, values: geo.Values{"kind": geo.String(kind), "from_road": geo.String(from), "to_road": geo.String(to)}}
	}
	g := world{
		&roadSchema: {
			road("a", nil, p(0, 0), p(10, 0)), road("b", nil, p(10, 0), p(20, 0)),
			road("", nil, p(5, 5), p(5, 5)), {shape: nil}, road("", geo.Values{"speed_kmh": geo.Float(-1)}, p(0, 0), p(0, 9)),
			road("", geo.Values{"speed_kmh": geo.Float(0)}, p(0, 9), p(0, 20)),
		},
		&barrierSchema:     {{shape: p(5, 5), values: geo.Values{"kind": geo.String("gate")}}},
		&restrictionSchema: {turn(p(10, 0), "no_left_turn", "a", "c"), turn(p(10, 0), "give_way", "a", "b"), turn(p(10, 0), "no_left_turn", "a", "b")},
	}.graph(t)
	got := map[string]int{}
	for _, d := range g.Defects() {
		got[fmt.Sprintf("%s %d: %s", d.Collection, d.Key, d.Fault)]++
	}
	want := []string{"roads 3: no length", "roads 4: no length", "roads 5: no speed", "roads 6: no speed", "barriers 1: no road near", "turn_restrictions 1: no such turn", "turn_restrictions 2: kind not known"}
	for _, w := range want {
		if got[w] != 1 {
			t.Errorf("%q is said %d times in %v", w, got[w], got)
		}
	}
	if len(g.Defects()) != len(want) {
		t.Errorf("%v, want %v", got, want)
	}
	// A speed that cannot be is passed over, and the road is driven at that of its surface.
	if got := seconds(t, g.Travel(steady()), p(0, 0), p(0, 20)); math.Abs(got-metres(p(0, 0), p(0, 20))/10) > 0.01 {
		t.Errorf("over roads of no speed it takes %v s", got)
	}
}

// TestTinySegments holds that a road of very many segments takes as long as it
// would in one piece: two roads share all of 100,000 vertices, 20 cm apart.
func TestTinySegments(t *testing.T) {
	const n, step = 100_000, 0.0018 // thousandths of a degree
	course := make(orb.LineString, n)
	for i := range course {
		course[i] = p(step*float64(i), 0)
	}
	other := slices.Clone(course)
	other.Reverse()
	g := world{&roadSchema: {road("", nil, course...), road("", nil, other...), road("", nil, course[n-1], p(step*n, 5))}}.graph(t)
	if g.Segments() != 2*(n-1)+1 || len(g.Defects()) != 0 {
		t.Errorf("%d segments of %d pieces, %v", g.Segments(), 2*(n-1)+1, g.Defects())
	}
	want := metres(course[0], course[n-1]) / 10
	if got := seconds(t, g.Travel(steady()), course[0], course[n-1]); math.Abs(got-want) > want*0.005 {
		t.Errorf("%v s, want %v", got, want)
	}
}

// TestEmpty holds that no roads are no trouble.
func TestEmpty(t *testing.T) {
	g := world{&barrierSchema: {{shape: p(0, 0)}}}.graph(t)
	travel := g.Travel(steady())
	if _, ok := g.Snap(p(0, 0), 1e9, nil); ok || g.Nodes()+g.Arcs()+g.Segments() != 0 || travel.Weak().Largest() != -1 {
		t.Errorf("%d nodes, %d arcs, %d segments of nothing", g.Nodes(), g.Arcs(), g.Segments())
	}
}
