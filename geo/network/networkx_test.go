package network_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/randtest"
)

const westAfrica = "../../../shared/data/roads_west_africa/trans_african_roads_west.geojson"

// missing skips a test that needs what is not there, unless all must be.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("BIVOUAC_REQUIRE_SHARED") == "1" {
		t.Fatalf("%s is missing", what)
	}
	t.Skipf("%s is missing", what)
}

// networkX answers shortest ways by another program.
func networkX(t *testing.T, question any) []*float64 {
	t.Helper()
	body, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(python, "-c", "import networkx").Run() != nil {
			continue
		}
		command := exec.Command(python, "testdata/dijkstra.py")
		command.Stdin = bytes.NewReader(body)
		out, err := command.Output()
		if err != nil {
			t.Fatal(err)
		}
		var answers []*float64
		if err := json.Unmarshal(out, &answers); err != nil {
			t.Fatal(err)
		}
		return answers
	}
	missing(t, "Python's networkx (python3-networkx; see .ci/install)")
	return nil
}

// africa is the roads of West Africa with the durations that they state.
type africa struct {
	graph  *network.Graph
	travel *network.Travel
	ends   map[int]orb.Point // of nodes, as the file numbers them
	arcs   [][3]int          // from, to, milliseconds
}

func readAfrica(t *testing.T) *africa {
	t.Helper()
	text, err := os.ReadFile(westAfrica)
	if err != nil {
		missing(t, westAfrica)
	}
	var c struct {
		Features []struct {
			Geometry   struct{ Coordinates orb.LineString }
			Properties struct {
				From, To int
				Duration float64
				Add      bool
			}
		}
	}
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	a := &africa{ends: map[int]orb.Point{}}
	w, millis := world{}, map[geo.Key]uint32{}
	for _, f := range c.Features {
		about := &f.Properties
		if about.Add { // proposed, without a duration
			continue
		}
		l := f.Geometry.Coordinates
		a.ends[about.From], a.ends[about.To] = l[0], l[len(l)-1]
		// Drawn roads share vertices on their way, where the file's do not meet:
		// each is its two ends here.
		w[&roadSchema] = append(w[&roadSchema], record{shape: line(l[0], l[len(l)-1])})
		ms := int(math.Round(about.Duration * 60_000))
		millis[geo.Key(len(w[&roadSchema]))] = uint32(ms)
		a.arcs = append(a.arcs, [3]int{about.From, about.To, ms}, [3]int{about.To, about.From, ms})
	}
	if a.graph, err = network.Build(t.Context(), w.sources(t), network.Options{JoinMetres: -1}); err != nil {
		t.Fatal(err)
	}
	a.travel = a.graph.Travel(steady())
	times := append([]uint32(nil), a.travel.Times...)
	for s := range int32(a.graph.Segments()) {
		forward, back := a.graph.Along(s)
		times[forward] = millis[a.graph.Way(s).Key]
		times[back] = times[forward]
	}
	a.travel = a.travel.WithTimes(times)
	return a
}

// TestNetworkX holds the ways between 4,000 pairs of towns against networkx,
// without a hierarchy and with one.
func TestNetworkX(t *testing.T) {
	r := randtest.New(t, 11)
	a := readAfrica(t)
	var nodes []int
	for n := range a.ends {
		nodes = append(nodes, n)
	}
	if len(a.arcs) != 2*587 || a.graph.Segments() != 587 {
		t.Errorf("%d arcs and %d segments of 587 roads", len(a.arcs), a.graph.Segments())
	}
	var pairs [][2]int
	for range 4000 {
		pairs = append(pairs, [2]int{nodes[r.IntN(len(nodes))], nodes[r.IntN(len(nodes))]})
	}
	want := networkX(t, map[string]any{"arcs": a.arcs, "pairs": pairs})
	for _, ordered := range []bool{false, true} {
		if ordered {
			if err := a.graph.Order(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		began := time.Now()
		for i, pair := range pairs {
			path, ok := a.travel.Path(snap(t, a.travel, a.ends[pair[0]]), snap(t, a.travel, a.ends[pair[1]]))
			if ok != (want[i] != nil) || ok && float64(path.Millis) != *want[i] {
				t.Fatalf("from %d to %d: %d ms, %t; networkx says %v", pair[0], pair[1], path.Millis, ok, want[i])
			}
		}
		t.Logf("with a hierarchy: %t, %d ways with their snaps in %v", ordered, len(pairs), time.Since(began))
	}
}
