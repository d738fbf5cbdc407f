package sample

import (
	"encoding/json"
	"testing"

	"github.com/paulmach/orb"
)

// graph holds, for each vertex of a road, the vertices next to it. Vertices
// are joined by their coordinates bit for bit, as the road network will be.
type graph map[orb.Point]map[orb.Point]int

func (g graph) join(a, b orb.Point) {
	for _, p := range []orb.Point{a, b} {
		if g[p] == nil {
			g[p] = map[orb.Point]int{}
		}
	}
	g[a][b]++
	g[b][a]++
}

func courses(t *testing.T) map[string]orb.LineString {
	t.Helper()
	all := map[string]orb.LineString{}
	for _, r := range features(t, "routes") {
		var line orb.LineString
		if err := json.Unmarshal(r.Geometry.Coordinates, &line); err != nil {
			t.Fatal(err)
		}
		all[r.text("source_id")] = line
	}
	return all
}

func roads(t *testing.T, keep func(feature) bool) graph {
	t.Helper()
	lines, g := courses(t), graph{}
	for _, r := range features(t, "routes") {
		if !keep(r) {
			continue
		}
		line := lines[r.text("source_id")]
		for i := 1; i < len(line); i++ {
			g.join(line[i-1], line[i])
		}
	}
	return g
}

// reach returns how each vertex is come to from a, over what is left of g.
func (g graph) reach(a orb.Point) map[orb.Point]orb.Point {
	from := map[orb.Point]orb.Point{a: a}
	for queue := []orb.Point{a}; len(queue) > 0; queue = queue[1:] {
		for next, left := range g[queue[0]] {
			if _, seen := from[next]; !seen && left > 0 {
				from[next] = queue[0]
				queue = append(queue, next)
			}
		}
	}
	return from
}

// disjointWays counts the ways from a to b of which no two share a stretch of
// road: the greatest flow where each stretch carries one, by augmenting paths
// (Ford and Fulkerson, 1956). It uses g up.
func (g graph) disjointWays(a, b orb.Point) int {
	for ways := 0; ; ways++ {
		from := g.reach(a)
		if _, ok := from[b]; !ok {
			return ways
		}
		for p := b; p != a; p = from[p] {
			g[from[p]][p]--
			g[p][from[p]]++
		}
	}
}

func everyRoad(feature) bool { return true }

func TestRoadsAreOneNetwork(t *testing.T) {
	g := roads(t, everyRoad)
	bamako := town(t, "Bamako")
	if reached := g.reach(bamako); len(reached) != len(g) {
		t.Errorf("%d of %d vertices are reached from Bamako", len(reached), len(g))
	}
}

func town(t *testing.T, name string) orb.Point {
	t.Helper()
	for _, p := range features(t, "places") {
		if country, _ := p.Properties["extra"].(map[string]any); p.text("name") == name && country["country"] == "ML" {
			return p.point(t)
		}
	}
	t.Fatalf("no place %q in Mali", name)
	return orb.Point{}
}

func TestTwoWaysShareNoRoad(t *testing.T) {
	notClosed := func(r feature) bool { return r.text("status") != "closed" }
	for _, tt := range []struct{ from, to string }{
		{"Bamako", "Gao"}, {"Gao", "Kidal"}, {"Gao", "Timbuktu"},
	} {
		a, b := town(t, tt.from), town(t, tt.to)
		if n := roads(t, everyRoad).disjointWays(a, b); n < 2 {
			t.Errorf("%s - %s: %d disjoint ways, want 2 or more", tt.from, tt.to, n)
		}
		if n := roads(t, notClosed).disjointWays(a, b); n < 2 {
			t.Errorf("%s - %s without closed roads: %d disjoint ways, want 2 or more", tt.from, tt.to, n)
		}
	}
}

func TestDisjointWaysCounts(t *testing.T) {
	a, b, c, d := orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{2, 0}, orb.Point{1, 1}
	g := graph{}
	g.join(a, b)
	g.join(b, c)
	if n := g.disjointWays(a, c); n != 1 {
		t.Errorf("a single road: %d ways", n)
	}
	g = graph{}
	g.join(a, b)
	g.join(b, c)
	g.join(a, d)
	g.join(d, c)
	g.join(b, d)
	if n := g.disjointWays(a, c); n != 2 {
		t.Errorf("a ring with a link across: %d ways", n)
	}
}

// A road that passes within metres of another's vertex was meant to meet it.
func TestJunctionsAreBitEqual(t *testing.T) {
	g := roads(t, everyRoad)
	vertices := make([]orb.Point, 0, len(g))
	for p := range g {
		vertices = append(vertices, p)
	}
	const near = 0.02 // degrees, about 2 km
	for i, p := range vertices {
		for _, q := range vertices[:i] {
			if dx, dy := p[0]-q[0], p[1]-q[1]; dx*dx+dy*dy < near*near {
				t.Errorf("vertices %v and %v are nearly one", p, q)
			}
		}
	}
}

func TestRoadsEndInPlaces(t *testing.T) {
	places := map[orb.Point]bool{}
	for _, p := range features(t, "places") {
		places[p.point(t)] = true
	}
	g := roads(t, everyRoad)
	for id, line := range courses(t) {
		for _, end := range []orb.Point{line[0], line[len(line)-1]} {
			if !places[end] && len(g[end]) < 3 {
				t.Errorf("%s ends at %v, which is neither a place nor a junction", id, end)
			}
		}
		for i := 1; i < len(line); i++ {
			if line[i] == line[i-1] {
				t.Errorf("%s stands still at %v", id, line[i])
			}
		}
	}
}

func TestRoadsCarryWhatRoutingNeeds(t *testing.T) {
	statuses := map[string]int{}
	for _, r := range features(t, "routes") {
		statuses[r.text("status")]++
		if speed, _ := r.Properties["speed_kmh"].(float64); speed < 10 || speed > 90 {
			t.Errorf("%s: %v km/h", r.text("source_id"), r.Properties["speed_kmh"])
		}
		for _, name := range []string{"name", "role", "surface", "season"} {
			if r.text(name) == "" {
				t.Errorf("%s: no %s", r.text("source_id"), name)
			}
		}
	}
	for _, status := range []string{"open", "restricted", "closed", "unverified"} {
		if statuses[status] == 0 {
			t.Errorf("no road is %s", status)
		}
	}
}
