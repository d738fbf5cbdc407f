package hierarchy

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"bivouac/data/postgrestest"
	"bivouac/geo/network/country"
	"bivouac/geo/randtest"
)

// TestAgainstPGRouting compares with pgRouting's Dijkstra, on a country of
// 20,000 nodes, and says how much longer that takes in the same run. With
// BIVOUAC_PROOF=1 the country has a million nodes.
func TestAgainstPGRouting(t *testing.T) {
	db := postgrestest.Start(t, "pgrouting")
	nodes, pairs := 20_000, 5
	if os.Getenv("BIVOUAC_PROOF") == "1" {
		nodes, pairs = 1_000_000, 6
	}
	k := country.Make(nodes, 1)
	g := &roads{k.Points, k.Tail, k.Head, k.Millis}
	m := g.metric(t)
	insert(t, db, g)
	r := randtest.New(t, 1)
	var ours, theirs time.Duration
	for range pairs {
		from, to := []Seed{{Node: int32(r.IntN(nodes))}}, []Seed{{Node: int32(r.IntN(nodes))}}
		begin := time.Now()
		cost, _, _, arcs, _ := m.Path(from, to)
		ours += time.Since(begin)
		rows, took := timed(t, db, fmt.Sprintf(
			"select edge, agg_cost from pgr_dijkstra('select id, source, target, cost from arcs', %d, %d, true) order by seq", from[0].Node, to[0].Node))
		theirs += took
		if from[0] == to[0] {
			continue
		}
		if len(rows) == 0 {
			t.Fatalf("pgRouting finds no way from %d to %d", from[0].Node, to[0].Node)
		}
		_, total, _ := strings.Cut(rows[len(rows)-1], "|")
		want, err := strconv.ParseUint(total, 10, 32)
		if err != nil || uint32(want) != cost {
			t.Errorf("from %d to %d costs %s to pgRouting, and %d to us by %d arcs", from[0].Node, to[0].Node, total, cost, len(arcs))
		}
	}
	t.Logf("%d nodes, %d arcs: a path takes pgRouting %v, us %v: %.0f times as long",
		nodes, len(k.Tail), theirs/time.Duration(pairs), ours/time.Duration(pairs), float64(theirs)/float64(ours))
	g.compareMatrix(t, db, m)
}

// compareMatrix compares 2,000 pairs.
func (g *roads) compareMatrix(t *testing.T, db *postgrestest.Server, m *Metric) {
	t.Helper()
	r := randtest.New(t, 1)
	from, to := make([][]Seed, 40), make([][]Seed, 50)
	var a, b []string
	for i := range from {
		from[i] = []Seed{{Node: int32(r.IntN(len(g.points)))}}
		a = append(a, fmt.Sprint(from[i][0].Node))
	}
	for j := range to {
		to[j] = []Seed{{Node: int32(r.IntN(len(g.points)))}}
		b = append(b, fmt.Sprint(to[j][0].Node))
	}
	begin := time.Now()
	got, err := m.Matrix(t.Context(), from, to)
	ours := time.Since(begin)
	if err != nil {
		t.Fatal(err)
	}
	rows, theirs := timed(t, db, fmt.Sprintf("select start_vid, end_vid, agg_cost from pgr_dijkstraCost('select id, source, target, cost from arcs', array[%s]::bigint[], array[%s]::bigint[], true)",
		strings.Join(a, ","), strings.Join(b, ",")))
	want := map[string]string{}
	for _, row := range rows {
		at := strings.LastIndex(row, "|")
		want[row[:at]] = row[at+1:]
	}
	for i := range from {
		for j := range to {
			if a[i] == b[j] {
				continue // pgRouting leaves these out
			}
			if w := want[a[i]+"|"+b[j]]; w != fmt.Sprint(got[i*len(to)+j]) {
				t.Errorf("from %s to %s costs %s to pgRouting, and %d to us", a[i], b[j], w, got[i*len(to)+j])
			}
		}
	}
	t.Logf("a matrix of %d by %d takes pgRouting %v, us %v: %.0f times as long", len(from), len(to), theirs, ours, float64(theirs)/float64(ours))
}

// timed asks, and returns the rows and how long the server took for them.
func timed(t *testing.T, db *postgrestest.Server, question string) ([]string, time.Duration) {
	t.Helper()
	const now = "select extract(epoch from clock_timestamp());\n"
	rows := strings.Fields(db.Run(t, now+question+";\n"+now))
	begin, err := strconv.ParseFloat(rows[0], 64)
	if err != nil {
		t.Fatal(err)
	}
	end, err := strconv.ParseFloat(rows[len(rows)-1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return rows[1 : len(rows)-1], time.Duration((end - begin) * float64(time.Second))
}

func insert(t *testing.T, db *postgrestest.Server, g *roads) {
	t.Helper()
	var b strings.Builder
	b.WriteString("create extension pgrouting cascade;\ncreate table arcs(id bigint primary key, source bigint, target bigint, cost float8);\ncopy arcs from stdin;\n")
	for i, w := range g.weights {
		fmt.Fprintf(&b, "%d\t%d\t%d\t%d\n", i, g.tail[i], g.head[i], w)
	}
	b.WriteString("\\.\nanalyze arcs;\n")
	db.Run(t, b.String())
}
