package load

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/postgrestest"
	"bivouac/data/schema"
	"bivouac/data/sharedtest"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/randtest"
)

// waysQuestion is what testdata/ways.py is asked, waysAnswer what it says.
type waysQuestion struct {
	File         string             `json:"file"`
	Seed         int                `json:"seed"`
	Restrictions int                `json:"restrictions"`
	Origins      int                `json:"origins"`
	Destinations int                `json:"destinations"`
	Speeds       map[string]float64 `json:"speeds"`
	Table        bool               `json:"table"`
}

type waysAnswer struct {
	Restrictions [][]any
	From, To     []orb.Point
	Seconds      [][]*float64
	States, Arcs int
	Table        [][3]float64
}

func (q *waysQuestion) ask(t *testing.T) *waysAnswer {
	t.Helper()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import networkx, osmium, pyproj").Run() != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("python3-networkx, python3-pyosmium and python3-pyproj are required: .ci/install does it")
		}
		t.Skip("python3-networkx, python3-pyosmium and python3-pyproj are not here, so nothing says how long the ways are")
	}
	body, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(python, "testdata/ways.py")
	command.Stdin, command.Stderr = bytes.NewReader(body), os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	a := &waysAnswer{}
	if err := json.Unmarshal(out, a); err != nil {
		t.Fatal(err)
	}
	return a
}

// waysOf is the graph of the extract as an import makes it, with the
// restrictions that were made up.
func waysOf(t *testing.T, path string, a *waysAnswer) *network.Graph {
	t.Helper()
	var sources []network.Source
	for _, name := range MapCollections {
		s, ok := schema.Named(name)
		if !ok {
			t.Fatalf("there is no collection %s", name)
		}
		b := layer.NewBuilder(s)
		key := geo.Key(0)
		add := func(x *geo.Feature) error {
			key++
			x.Key, x.Rev = key, 1
			return b.Add(x)
		}
		if name == "turn_restrictions" {
			for _, r := range a.Restrictions {
				x := geo.Feature{Geometry: orb.Point{r[4].(float64), r[5].(float64)}, Values: make([]geo.Value, len(s.Fields))}
				x.Values[s.Field("kind")] = geo.String(r[1].(string))
				x.Values[s.Field("from_road")] = geo.String(fmt.Sprintf("way/%.0f", r[2]))
				x.Values[s.Field("to_road")] = geo.String(fmt.Sprintf("way/%.0f", r[3]))
				if err := add(&x); err != nil {
					t.Fatal(err)
				}
			}
		} else {
			f, err := open(t, path, Options{Collection: name})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Read(context.Background(), add); err != nil {
				t.Fatal(err)
			}
		}
		l, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, network.Source{Schema: l.Schema(), Each: l.Each})
	}
	g, err := network.Build(t.Context(), sources, network.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// slowness is by how much slower one goes where lengths are compared, so that
// times in milliseconds tell a tenth of a millimetre.
const slowness = 30

// traveller goes at the speeds, or where there are none at a metre in
// slowness seconds.
func traveller(speeds map[string]float64) network.Profile {
	p := network.Profile{Speeds: map[string]float64{"": 3.6 / slowness}, Status: map[string]float64{"": 1}, Refused: []string{"no", "private"}, Vehicle: []string{"motorcar"}}
	if speeds != nil {
		p.Speeds[""], p.Highways = 1000, map[string]float64{"": 25}
		maps.Copy(p.Highways, speeds)
	}
	return p
}

// carSpeeds are those of a car, by class.
var carSpeeds = map[string]float64{
	"primary": 65, "primary_link": 40, "secondary": 55, "secondary_link": 35, "tertiary": 40, "residential": 25, "service": 15, "track": 15,
	"pedestrian": 0, "bridleway": 0, "footway": 0, "path": 0, "steps": 0,
}

// TestAndorraAgainstNetworkX compares the lengths of 3,000 ways between random
// places of a real extract, and the times of as many for a car, with what
// networkx finds, over an extract that another library read: one-way roads,
// closed barriers, access, and turn restrictions that are made up, since the
// extract has none. With a hierarchy, the answers are the same.
func TestAndorraAgainstNetworkX(t *testing.T) {
	path := sharedtest.Path(t, "osm_andorra/andorra.osm.pbf")
	for _, c := range []struct {
		desc   string
		seed   int
		speeds map[string]float64
	}{
		{"lengths", int(randtest.Seed(t) % 1e6), nil},
		{"lengths, with a turn before an open gate", 796_773, nil}, // where a restriction leaves no other way on
		{"times of a car", int(randtest.Seed(t) % 1e6), carSpeeds},
	} {
		desc, speeds := c.desc, c.speeds
		q := waysQuestion{File: path, Seed: c.seed, Restrictions: 120, Origins: 60, Destinations: 50, Speeds: speeds}
		a := q.ask(t)
		g := waysOf(t, path, a)
		for _, ordered := range []bool{false, true} {
			if ordered {
				if err := g.Order(t.Context(), nil); err != nil {
					t.Fatal(err)
				}
			}
			unit := 1.0
			if speeds == nil {
				unit = slowness
			}
			none := a.compare(t, desc, unit, g.Travel(network.Conditions{Profile: traveller(speeds)}))
			t.Logf("%s: %d of %d places have a way between them; %d states and %d arcs, of which %d nodes and %d arcs are made; hierarchy: %t",
				desc, q.Origins*q.Destinations-none, q.Origins*q.Destinations, a.States, a.Arcs, g.Nodes(), g.Arcs(), ordered)
			if none > q.Origins*q.Destinations*9/10 {
				t.Errorf("%s: too few ways to say anything", desc)
			}
		}
	}
}

// compare holds a matrix against the answer, and returns for how many pairs
// both find no way.
func (a *waysAnswer) compare(t *testing.T, desc string, unit float64, travel *network.Travel) (none int) {
	t.Helper()
	places := func(points []orb.Point) []network.Place {
		out := make([]network.Place, len(points))
		for i, p := range points {
			var ok bool
			if out[i], ok = travel.Snap(p, 0.01, travel.Open); !ok {
				t.Fatalf("%s: no road at %v", desc, p)
			}
		}
		return out
	}
	rows, err := travel.Matrix(t.Context(), places(a.From), places(a.To))
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for i, row := range rows {
		for k, millis := range row {
			want := a.Seconds[i][k]
			if want == nil && millis == network.Closed {
				none++
				continue
			}
			// Each of some hundred stretches is rounded to a millisecond.
			if got := float64(millis) / 1000 / unit; want == nil || millis == network.Closed || math.Abs(got-*want) > 0.1/unit {
				if wrong++; wrong <= 5 {
					t.Errorf("%s: from %v to %v it is %v s, networkx says %v", desc, a.From[i], a.To[k], got, secondsText(want))
				}
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%s: %d of %d differ", desc, wrong, len(a.From)*len(a.To))
	}
	return none
}

func secondsText(seconds *float64) string {
	if seconds == nil {
		return "there is no way"
	}
	return fmt.Sprintf("%v s", *seconds)
}

// TestAndorraAgainstPGRouting compares as many lengths with pgRouting's
// Dijkstra over the same states as networkx is given.
func TestAndorraAgainstPGRouting(t *testing.T) {
	path := sharedtest.Path(t, "osm_andorra/andorra.osm.pbf")
	db := postgrestest.Start(t, "pgrouting")
	q := waysQuestion{File: path, Seed: int(randtest.Seed(t) % 1e6), Restrictions: 120, Origins: 60, Destinations: 50, Table: true}
	a := q.ask(t)
	var b strings.Builder
	b.WriteString("set client_min_messages = warning;\ncreate extension pgrouting cascade;\ncreate table arcs(id bigserial primary key, source bigint, target bigint, cost float8);\ncopy arcs(source, target, cost) from stdin;\n")
	for _, arc := range a.Table {
		fmt.Fprintf(&b, "%.0f\t%.0f\t%v\n", arc[0], arc[1], arc[2])
	}
	fmt.Fprintf(&b, `\.
select start_vid, end_vid, agg_cost from pgr_dijkstraCost('select id, source, target, cost from arcs',
  (select array_agg(v) from generate_series(%d, %d) v), (select array_agg(v) from generate_series(%d, %d) v), true);
`, a.States, a.States+q.Origins-1, a.States+q.Origins, a.States+q.Origins+q.Destinations-1)
	found := make([][]*float64, q.Origins)
	for i := range found {
		found[i] = make([]*float64, q.Destinations)
		for k := range found[i] {
			if a.From[i] == a.To[k] {
				found[i][k] = new(float64) // a place and itself
			}
		}
	}
	for _, row := range strings.Fields(db.Run(t, b.String())) {
		var i, k int
		var metres float64
		if _, err := fmt.Sscanf(strings.ReplaceAll(row, "|", " "), "%d %d %g", &i, &k, &metres); err != nil {
			t.Fatalf("%s: %v", row, err)
		}
		if at := &found[i-a.States][k-a.States-q.Origins]; *at == nil {
			*at = &metres
		}
	}
	a.Seconds = found
	none := a.compare(t, "lengths by pgRouting", slowness, waysOf(t, path, a).Travel(network.Conditions{Profile: traveller(nil)}))
	t.Logf("%d of %d places have a way between them", q.Origins*q.Destinations-none, q.Origins*q.Destinations)
}
