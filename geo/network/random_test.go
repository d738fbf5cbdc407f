package network_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/randtest"
)

// randomWorld is roads on a small lattice, so that many vertices are shared,
// some of them a few metres off, with barriers, restrictions, one-way roads,
// closed ones, and records of all classes and two missions.
func randomWorld(r *rand.Rand) world {
	at := func() orb.Point {
		x, y := float64(r.IntN(6)), float64(r.IntN(6))
		if r.IntN(4) == 0 {
			x += 0.05 * r.Float64()
		}
		return p(x, y)
	}
	owned := func(rec record) record {
		rec.class = geo.Class(max(0, r.IntN(5)-2))
		rec.mission = []string{"", "", "A", "B"}[r.IntN(4)]
		return rec
	}
	pick := func(codes ...string) geo.Value { return geo.String(codes[r.IntN(len(codes))]) }
	w := world{}
	for i := range 8 + r.IntN(20) {
		var l orb.LineString
		for range 2 + r.IntN(3) {
			l = append(l, at())
		}
		w[&roadSchema] = append(w[&roadSchema], owned(record{shape: l, id: string(rune('a' + i)), values: geo.Values{
			"one_way": geo.Bool(r.IntN(5) == 0), "status": pick("open", "open", "open", "closed"), "season": pick("all", "all", "dry"),
			"surface": pick("paved", "earth"), "highway": pick("", "", "", "track"),
		}}))
	}
	for range r.IntN(4) {
		w[&barrierSchema] = append(w[&barrierSchema], owned(record{shape: at(), values: geo.Values{"status": pick("open", "closed"), "delay_min": geo.Float(float64(r.IntN(3)))}}))
	}
	for range r.IntN(6) {
		from, to := string(rune('a'+r.IntN(8))), string(rune('a'+r.IntN(8)))
		w[&restrictionSchema] = append(w[&restrictionSchema], owned(record{shape: at(), values: geo.Values{"kind": pick("no_left_turn", "only_straight_on"), "from_road": geo.String(from), "to_road": geo.String(to)}}))
	}
	for range 2 {
		a, b := at(), at()
		w[&areaSchema] = append(w[&areaSchema], owned(record{shape: orb.Bound{Min: orb.Point{min(a[0], b[0]), min(a[1], b[1])}, Max: orb.Point{max(a[0], b[0]) + 1e-4, max(a[1], b[1]) + 1e-4}}.ToPolygon(), values: geo.Values{"wet_months": geo.List(geo.Int(int64(1 + r.IntN(2))))}}))
	}
	return w
}

func randomConditions(r *rand.Rand) network.Conditions {
	c := steady()
	c.Month = r.IntN(3)
	c.Profile.Wet = map[string]float64{"earth": 0.5}
	return c
}

// seenBy is the world as a reader sees it.
func (w world) seenBy(reader geo.Reader) world {
	out := world{}
	for schema, list := range w {
		for _, rec := range list {
			if reader.Sees(rec.class, rec.mission) {
				out[schema] = append(out[schema], rec)
			}
		}
	}
	return out
}

// TestReaders holds that what a reader may not see changes nothing for it: every
// way is as long as in a graph that was made without.
func TestReaders(t *testing.T) {
	r := randtest.New(t, 11)
	readers := []geo.Reader{{}, {Ceiling: geo.Confidential}, {Missions: []string{"A"}}, {Ceiling: geo.StrictlyConfidential, Missions: []string{"B"}}, {Missions: []string{}}, everyone}
	ways := 0
	for range 60 {
		w, c := randomWorld(r), randomConditions(r)
		g := w.graph(t)
		for _, c.Reader = range readers {
			all, own := g.Travel(c), w.seenBy(c.Reader).graph(t).Travel(c)
			for range 4 {
				ways += sameWay(t, all, own, p(6*r.Float64(), 6*r.Float64()), p(6*r.Float64(), 6*r.Float64()))
			}
		}
	}
	if ways < 300 {
		t.Errorf("only %d ways were compared", ways)
	}
}

// sameWay compares a way in the graph of everything with that in the graph of
// what its reader sees, and returns how many there were: 1 or 0.
func sameWay(t *testing.T, all, own *network.Travel, a, b orb.Point) int {
	t.Helper()
	reader := all.Conditions.Reader
	from, ok := all.Snap(a, 1e6, all.Open)
	ownFrom, ownOK := own.Snap(a, 1e6, own.Open)
	if ok != ownOK || math.Abs(from.AccessMetres-ownFrom.AccessMetres) > 0.02 {
		t.Fatalf("%+v, %v: a road at %v m, %t; among what it sees at %v m, %t", reader, a, from.AccessMetres, ok, ownFrom.AccessMetres, ownOK)
	}
	if !ok {
		return 0
	}
	to, ownTo := snap(t, all, b), snap(t, own, b)
	if measure.Distance(from.Point, ownFrom.Point) > 0.03 || measure.Distance(to.Point, ownTo.Point) > 0.03 || !alone(all, from) || !alone(all, to) {
		return 0 // two roads are as near
	}
	path, ok := all.Path(from, to)
	ownPath, ownOK := own.Path(ownFrom, ownTo)
	if ok != ownOK || math.Abs(float64(path.Millis)-float64(ownPath.Millis)) > 20 {
		t.Fatalf("%+v, %v to %v: %d ms, %t; among what it sees %d ms, %t", reader, a, b, path.Millis, ok, ownPath.Millis, ownOK)
	}
	if !ok {
		return 0
	}
	return 1
}

// alone reports whether no other road lies where the place is, nor the same
// one once more.
func alone(travel *network.Travel, place network.Place) bool {
	alone := true
	course, behind, first := travel.Line(place.Segment), 0.0, -1.0
	for i := range len(course) - 1 {
		foot, off := measure.Foot(place.Point, course[i], course[i+1])
		if at := behind + measure.Distance(course[i], foot); off < 0.05 && first < 0 {
			first = at
		} else if off < 0.05 && at > first+0.2 {
			alone = false
		}
		behind += measure.Distance(course[i], course[i+1])
	}
	travel.Within(place.Point, 0.05, func(o network.Place) {
		alone = alone && (o.Segment == place.Segment || !travel.Open(o.Segment))
	})
	return alone
}

// TestSearches holds From, To, Matrix and Path against each other and against
// Floyd and Warshall's algorithm, which shares nothing with them.
func TestSearches(t *testing.T) {
	r := randtest.New(t, 11)
	for range 100 {
		g := randomWorld(r).graph(t)
		travel := g.Travel(randomConditions(r))
		dist := floyd(travel)
		var places []network.Place
		for range 5 {
			if place, ok := travel.Snap(p(6*r.Float64(), 6*r.Float64()), 1e6, travel.Open); ok {
				places = append(places, place)
			}
		}
		matrix, err := travel.Matrix(t.Context(), places, places)
		if err != nil {
			t.Fatal(err)
		}
		for i, from := range places {
			out, back := travel.From(places[i:i+1]), travel.To(places[i:i+1])
			checkFloyd(t, travel, dist, from, out, back)
			for j, to := range places {
				path, ok := travel.Path(from, to)
				if got := uint64(matrix[i][j]); ok != (got != network.Closed) || ok && got != path.Millis {
					t.Fatalf("%d ms by the matrix, %d by the path, %t", got, path.Millis, ok)
				}
				if ok {
					checkContinuous(t, travel, path)
				}
			}
		}
	}
}

func floyd(travel *network.Travel) [][]float64 {
	n := travel.Nodes()
	dist := make([][]float64, n)
	for i := range dist {
		dist[i] = make([]float64, n)
		for j := range dist[i] {
			if i != j {
				dist[i][j] = math.Inf(1)
			}
		}
	}
	for arc := range int32(travel.Arcs()) {
		if ms := travel.Times[arc]; ms != network.Closed {
			a, b := travel.Tail(arc), travel.Head(arc)
			dist[a][b] = min(dist[a][b], float64(ms))
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				dist[i][j] = min(dist[i][j], dist[i][k]+dist[k][j])
			}
		}
	}
	return dist
}

// checkFloyd compares one-to-all and all-to-one from a place that lies inside a
// segment with what the distances between its ends and every node say.
func checkFloyd(t *testing.T, travel *network.Travel, dist [][]float64, place network.Place, out, back []uint32) {
	t.Helper()
	if place.Fraction == 0 || place.Fraction == 1 {
		return
	}
	forward, against := travel.Along(place.Segment)
	part := func(arc int32, share float64) float64 {
		if travel.Times[arc] == network.Closed {
			return math.Inf(1)
		}
		return math.Round(float64(travel.Times[arc]) * share)
	}
	f := place.Fraction
	for n := range travel.Nodes() {
		from := min(part(forward, 1-f)+dist[travel.Head(forward)][n], part(against, f)+dist[travel.Head(against)][n])
		to := min(part(forward, f)+dist[n][travel.Tail(forward)], part(against, 1-f)+dist[n][travel.Tail(against)])
		for _, c := range [][2]float64{{from, number64(out[n])}, {to, number64(back[n])}} {
			if c[0] != c[1] {
				t.Fatalf("node %d: %v ms, want %v", n, c[1], c[0])
			}
		}
	}
}

func number64(ms uint32) float64 {
	if ms == network.Closed {
		return math.Inf(1)
	}
	return float64(ms)
}

// checkContinuous holds that arcs follow each other and that no vertex of the
// course jumps farther than a join.
func checkContinuous(t *testing.T, travel *network.Travel, path network.Path) {
	t.Helper()
	for i := 1; i < len(path.Arcs); i++ {
		if travel.Head(path.Arcs[i-1]) != travel.Tail(path.Arcs[i]) {
			t.Fatalf("arc %d of %v does not begin where the one before it ends", i, path.Arcs)
		}
	}
	total, millis := 0.0, uint64(0)
	for s := range travel.Steps(path) {
		total += s.Metres
		millis += uint64(s.Millis) + uint64(s.Wait)
		if s.Metres < 0 {
			t.Fatalf("a step backwards: %+v", s)
		}
	}
	if apart := float64(millis) - float64(path.Millis); math.Abs(apart) > 2 {
		t.Fatalf("steps of %d ms, the path has %d", millis, path.Millis)
	}
	joined, from := 0.0, int32(-1) // what joins bridge, those in a row as one
	for i, arc := range path.Arcs {
		if _, _, ok := travel.Segment(arc); ok {
			from = -1
			continue
		}
		if from < 0 {
			from = travel.Tail(arc)
		}
		if i+1 == len(path.Arcs) || isSegment(travel, path.Arcs[i+1]) {
			joined += measure.Distance(travel.Point(from), travel.Point(travel.Head(arc)))
		}
	}
	if long := measure.Length(travel.Course(path)); math.Abs(long-total-joined) > 0.1+0.05*float64(len(path.Arcs)) {
		t.Fatalf("the course is %v m long, its steps %v, joins %v", long, total, joined)
	}
}

// TestSnap holds that the nearest road is the nearest of all, by asking each.
func TestSnap(t *testing.T) {
	r := randtest.New(t, 11)
	for i := range 60 {
		middle := []orb.Point{{0, 0}, {179.99, 40}, {20, 89}, {-60, -70}}[i%4]
		wide := []float64{0.01, 1, 8}[i%3]
		near := func() orb.Point {
			return orb.Point{middle[0] + wide*(r.Float64()-0.5), max(-90, min(90, middle[1]+wide*(r.Float64()-0.5)))}
		}
		w := world{}
		for range 40 {
			a, b, c := near(), near(), near()
			for _, q := range []*orb.Point{&a, &b, &c} {
				q[0] = math.Remainder(q[0], 360)
			}
			w[&roadSchema] = append(w[&roadSchema], road("", nil, a, b, c))
		}
		g := w.graph(t)
		for range 20 {
			at := near()
			place, ok := g.Snap(at, 1e9, nil)
			best := math.Inf(1)
			for s := range int32(g.Segments()) {
				target, err := measure.NewTarget(g.Line(s))
				if err != nil {
					t.Fatal(err)
				}
				best = min(best, target.Distance(at))
			}
			if !ok || math.Abs(place.AccessMetres-best) > 1e-3 || measure.Distance(place.Point, at) != place.AccessMetres {
				t.Fatalf("%v: %+v, %t, the nearest road is %v m away", at, place, ok, best)
			}
			if measure.Distance(g.At(place.Segment, place.Fraction), place.Point) > 0.5 {
				t.Fatalf("%v: the fraction %v of the segment is %v", place, place.Fraction, g.At(place.Segment, place.Fraction))
			}
		}
	}
}

// TestComponents holds the parts of the graph against what searches reach.
func TestComponents(t *testing.T) {
	r := randtest.New(t, 11)
	for range 100 {
		travel := randomWorld(r).graph(t).Travel(randomConditions(r))
		dist, weak, strong := floyd(travel), travel.Weak(), travel.Strong()
		for a := range dist {
			for b := range dist {
				together := !math.IsInf(dist[a][b], 1) && !math.IsInf(dist[b][a], 1)
				if (strong.Label[a] == strong.Label[b]) != together {
					t.Fatalf("nodes %d and %d reach each other: %t", a, b, together)
				}
				if !math.IsInf(dist[a][b], 1) && weak.Label[a] != weak.Label[b] {
					t.Fatalf("node %d reaches %d of another component", a, b)
				}
			}
		}
		total := int32(0)
		for _, n := range weak.Nodes {
			total += n
		}
		if int(total) != travel.Nodes() {
			t.Fatalf("%d nodes in components, of %d", total, travel.Nodes())
		}
	}
}

func isSegment(travel *network.Travel, arc int32) bool {
	_, _, ok := travel.Segment(arc)
	return ok
}
