package siting_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"bivouac/data/sharedtest"
	"bivouac/geo/siting"
)

// pmed reads an instance of OR-Library: of an edge that is given twice the last
// cost holds.
func pmed(t testing.TB, name string) (cost [][]float64, p int) {
	t.Helper()
	file, err := os.Open(sharedtest.Path(t, "orlib_pmed/"+name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	words := bufio.NewScanner(file)
	words.Split(bufio.ScanWords)
	next := func() int {
		words.Scan()
		v, err := strconv.Atoi(words.Text())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	n, edges := next(), 0
	edges, p = next(), next()
	cost = make([][]float64, n)
	for i := range cost {
		cost[i] = make([]float64, n)
		for j := range cost[i] {
			if i != j {
				cost[i][j] = math.Inf(1)
			}
		}
	}
	for range edges {
		u, v, c := next()-1, next()-1, float64(next())
		cost[u][v], cost[v][u] = c, c
	}
	for k := range cost {
		for i := range cost {
			for j := range cost {
				cost[i][j] = min(cost[i][j], cost[i][k]+cost[k][j])
			}
		}
	}
	return cost, p
}

// known are the published optima: of the p-median by OR-Library, of the
// p-center by Pullan (2008).
func known(t testing.TB) (median, center []float64) {
	t.Helper()
	for _, row := range table(t, "orlib_pmed/pmed_optimal.csv") {
		v, err := strconv.ParseFloat(row[4], 64)
		if err != nil {
			t.Fatal(err)
		}
		median = append(median, v)
	}
	return median, []float64{127, 98, 93, 74, 48, 84, 64, 55, 37, 20, 59, 51, 36, 26, 18, 47, 39, 28, 18, 13}
}

func table(t testing.TB, name string) [][]string {
	t.Helper()
	file, err := os.Open(sharedtest.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// instances are how many of OR-Library a test run proves; all where
// BIVOUAC_PROOF is 1.
func instances() int {
	if os.Getenv("BIVOUAC_PROOF") == "1" {
		return 20
	}
	return 5
}

// TestPMedianOfORLibrary proves published optima.
func TestPMedianOfORLibrary(t *testing.T) {
	want, _ := known(t)
	for k := range instances() {
		name := "pmed" + strconv.Itoa(k+1)
		t.Run(name, func(t *testing.T) {
			cost, p := pmed(t, name)
			m := siting.Model{Sites: len(cost), Most: p, Objective: siting.Median(cost, ones(len(cost)), 1e6)}
			a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: 1})
			if err != nil || !a.Proved || a.Value != want[k] || a.Bound != want[k] || len(a.Sites) > p {
				t.Errorf("%v bounded by %v, %v, want %v; %v", a.Value, a.Bound, a.Proved, want[k], err)
			}
			t.Log(a.Nodes, "nodes")
		})
	}
}

// TestPCenterOfORLibrary proves published optima.
func TestPCenterOfORLibrary(t *testing.T) {
	_, want := known(t)
	for k := range instances() {
		name := "pmed" + strconv.Itoa(k+1)
		t.Run(name, func(t *testing.T) {
			cost, p := pmed(t, name)
			m := siting.Model{Sites: len(cost), Most: p}
			a, err := siting.Center(context.Background(), &m, cost, siting.Search{Seed: 1})
			if err != nil || !a.Proved || a.Value != want[k] || a.Bound != want[k] || len(a.Sites) > p {
				t.Errorf("%v bounded by %v, %v, want %v; %v", a.Value, a.Bound, a.Proved, want[k], err)
			}
			t.Log(a.Nodes, "nodes")
		})
	}
}

// stores reads the San Francisco set: metres by tract and store, people by
// tract, and the names of the stores.
func stores(t testing.TB) (cost [][]float64, people []float64, names []string) {
	t.Helper()
	number := func(text string) float64 {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	tracts := map[string]int{}
	for i, row := range table(t, "spopt_sf_stores/SF_demand_205_centroid_uniform_weight.csv") {
		tracts[row[3]] = i
		people, cost = append(people, number(row[6])), append(cost, make([]float64, 16))
	}
	at := map[string]int{}
	for j, row := range table(t, "spopt_sf_stores/SF_store_site_16_longlat.csv") {
		at[row[2]] = j
		names = append(names, row[2])
	}
	for _, row := range table(t, "spopt_sf_stores/SF_network_distance_candidateStore_16_censusTract_205_new.csv") {
		i, ok := tracts[row[2]]
		if !ok {
			t.Fatalf("there is no tract %q", row[2])
		}
		cost[i][at[row[1]]] = number(row[0])
	}
	return cost, people, names
}

func named(names []string, sites []int) []string {
	var out []string
	for _, j := range sites {
		out = append(out, names[j][len("Store_"):])
	}
	return out
}

// TestStoresOfSanFrancisco holds the answers that methods.md gives.
func TestStoresOfSanFrancisco(t *testing.T) {
	cost, people, names := stores(t)
	n := len(names)
	ctx, s := context.Background(), siting.Search{Seed: 1}
	for _, c := range []struct {
		desc  string
		m     siting.Model
		value float64
		sites []string
	}{
		{"p-median", siting.Model{Sites: n, Most: 4, Objective: siting.Median(cost, people, 1e6)}, 2848268129.714512, []string{"2", "11", "12", "15"}},
		{"maximal cover", siting.Model{Sites: n, Most: 4, Objective: siting.Uncovered(cost, people, 5000, 1)}, 955113 - 875247, []string{"2", "11", "12", "15"}},
		{"set cover", siting.Model{Sites: n, Objective: siting.Number(n), Limits: []siting.Limit{{Measure: siting.Uncovered(cost, nil, 5000, 1)}}}, 8, nil},
	} {
		a, err := siting.Solve(ctx, &c.m, s)
		if err != nil || !a.Proved || math.Abs(a.Value-c.value) > 1e-3 || c.sites != nil && !slices.Equal(named(names, a.Sites), c.sites) {
			t.Errorf("%s: %v by %v, %v; want %v by %v; %v", c.desc, a.Value, named(names, a.Sites), a.Proved, c.value, c.sites, err)
		}
	}
	a, err := siting.Center(ctx, &siting.Model{Sites: n, Most: 4}, cost, s)
	if err != nil || !a.Proved || math.Abs(a.Value-7403.063811) > 1e-6 || !slices.Equal(named(names, a.Sites), []string{"7", "11", "13", "15"}) {
		t.Errorf("p-center: %v by %v; %v", a.Value, named(names, a.Sites), err)
	}
	// With the fewest sites, 8, at most 145 of 205 tracts have a second one in
	// range. The 22 that only one store can ever reach are not among them.
	m := siting.Model{Sites: n}
	a, err = siting.Backup(ctx, &m, cost, nil, 5000, s)
	if err != nil || !a.Proved || a.Value != 205-145 || len(a.Sites) != 8 {
		t.Errorf("backup cover: %v by %v; %v", a.Value, a.Sites, err)
	}
	if got := 100 * (205 - a.Value) / 205; math.Abs(got-70.7317) > 1e-4 {
		t.Errorf("backup cover of %v %%", got)
	}
}
