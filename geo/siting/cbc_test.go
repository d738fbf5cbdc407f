package siting_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"bivouac/geo/siting"
)

// program writes a model in the LP format: y by site, x by option, z for what
// no option serves.
type program struct{ objective, rows, whole bytes.Buffer }

func (p *program) add(out *bytes.Buffer, k int, m *siting.Measure, load, capacity []float64) {
	for j, v := range m.Site {
		fmt.Fprintf(out, " %+.12g y%d", v, j)
	}
	serves := map[int32]*bytes.Buffer{}
	for i, t := range m.Terms {
		times := max(1, t.Times)
		fmt.Fprintf(out, " %+.12g z%d_%d", t.Else, k, i)
		fmt.Fprintf(&p.rows, " z%d_%d", k, i)
		if t.Joint {
			p.join(k, i, t.Sets)
			continue
		}
		for _, o := range t.Options {
			if times > 1 {
				fmt.Fprintf(&p.rows, " + y%d", o.Site)
				continue
			}
			fmt.Fprintf(out, " %+.12g x%d_%d_%d", o.Cost, k, i, o.Site)
			fmt.Fprintf(&p.rows, " + x%d_%d_%d", k, i, o.Site)
		}
		fmt.Fprintf(&p.rows, " >= %d\n", times)
		for _, o := range t.Options {
			if times > 1 {
				continue
			}
			fmt.Fprintf(&p.rows, " x%d_%d_%d - y%d <= 0\n", k, i, o.Site, o.Site)
			if load != nil {
				if serves[o.Site] == nil {
					serves[o.Site] = &bytes.Buffer{}
				}
				fmt.Fprintf(serves[o.Site], " %+.12g x%d_%d_%d", load[i], k, i, o.Site)
			}
		}
	}
	for j := range capacity {
		if s := serves[int32(j)]; s != nil {
			fmt.Fprintf(&p.rows, "%s %+.12g y%d <= 0\n", s, -capacity[j], j)
		}
	}
}

// join ends the row of a joint term: x by set is no more than y of its sites.
func (p *program) join(k, i int, sets [][]int32) {
	for n := range sets {
		fmt.Fprintf(&p.rows, " + x%d_%d_set%d", k, i, n)
	}
	fmt.Fprint(&p.rows, " >= 1\n")
	for n, set := range sets {
		fmt.Fprintf(&p.rows, " x%d_%d_set%d <= 1\n", k, i, n)
		for _, j := range set {
			fmt.Fprintf(&p.rows, " x%d_%d_set%d - y%d <= 0\n", k, i, n, j)
		}
	}
}

func newProgram(m *siting.Model) *program {
	p := &program{}
	p.add(&p.objective, 0, &m.Objective, m.Load, m.Capacity)
	for k := range m.Limits {
		var row bytes.Buffer
		p.add(&row, k+1, &m.Limits[k].Measure, nil, nil)
		fmt.Fprintf(&p.rows, "%s <= %.12g\n", &row, m.Limits[k].Most)
	}
	for j := range m.Sites {
		fmt.Fprintf(&p.whole, " y%d", j)
		switch {
		case m.Open != nil && m.Open[j]:
			fmt.Fprintf(&p.rows, " y%d >= 1\n", j)
		case m.Shut != nil && m.Shut[j]:
			fmt.Fprintf(&p.rows, " y%d <= 0\n", j)
		}
	}
	for _, c := range []struct {
		sign string
		n    int
	}{{"<=", m.Most}, {">=", m.Least}} {
		if c.n == 0 {
			continue
		}
		for j := range m.Sites {
			fmt.Fprintf(&p.rows, " + y%d", j)
		}
		fmt.Fprintf(&p.rows, " %s %d\n", c.sign, c.n)
	}
	return p
}

var value = regexp.MustCompile(`Objective value:\s+(\S+)`)

// solve asks Debian's cbc; endless for a model without an answer.
func (p *program) solve(t *testing.T) float64 {
	t.Helper()
	path := filepath.Join(t.TempDir(), "model.lp")
	text := fmt.Sprintf("Minimize\nobj:%s\nSubject To\n%sBinary\n%s\nEnd\n", &p.objective, &p.rows, &p.whole)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("cbc", path, "-ratioGap", "0", "-allowableGap", "0", "-solve", "-quit").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if bytes.Contains(out, []byte("Problem is infeasible")) || bytes.Contains(out, []byte("Problem proven infeasible")) {
		return math.Inf(1)
	}
	found := value.FindSubmatch(out)
	if found == nil {
		t.Fatalf("cbc says no value:\n%s", out)
	}
	v, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func needCBC(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("cbc"); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_SHARED") == "1" {
			t.Fatal("cbc is required and missing: apt-get install coinor-cbc")
		}
		t.Skip("cbc is not here: apt-get install coinor-cbc")
	}
}

// TestAgainstCBC proves random questions anew by a general solver, larger than
// those that can be looked through.
func TestAgainstCBC(t *testing.T) {
	needCBC(t)
	for seed := range uint64(24) {
		r := rand.New(rand.NewPCG(seed, 4))
		w := newWorld(r, 12+r.IntN(8), 10+r.IntN(4), seed%2 == 0)
		m := w.model(r)
		if seed%3 > 0 {
			w.joined(r, &m)
		}
		if len(m.Objective.Site) == 0 && len(m.Objective.Terms) == 0 {
			continue
		}
		want := newProgram(&m).solve(t)
		a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: seed})
		if err != nil || math.IsInf(want, 1) != a.Infeasible || !a.Infeasible && (!a.Proved || math.Abs(a.Value-want) > 1e-6*max(1, want)) {
			t.Errorf("seed %d: %+v, cbc says %v; %v", seed, a, want, err)
		}
	}
}

// TestCapacitiesAgainstCBC does so where what a site serves is bounded.
func TestCapacitiesAgainstCBC(t *testing.T) {
	needCBC(t)
	for seed := range uint64(16) {
		r := rand.New(rand.NewPCG(seed, 5))
		w := newWorld(r, 12+r.IntN(12), 6+r.IntN(6), seed%2 == 0)
		m := siting.Model{Sites: w.sites, Most: 2 + r.IntN(3), Objective: siting.Median(w.cost, w.weight, 300), Load: w.weight}
		total := 0.0
		for _, v := range w.weight {
			total += v
		}
		for range w.sites {
			m.Capacity = append(m.Capacity, total*(0.15+0.3*r.Float64()))
		}
		if seed%3 == 0 {
			m.Limits = []siting.Limit{{Name: "budget", Measure: siting.Measure{Site: w.price}, Most: 15}}
		}
		want := newProgram(&m).solve(t)
		a, err := siting.Solve(context.Background(), &m, siting.Search{Seed: seed})
		if err != nil || !a.Proved || math.Abs(a.Value-want) > 1e-6*max(1, want) {
			t.Errorf("seed %d: %+v, cbc says %v; %v", seed, a, want, err)
		}
		served := 0.0
		for i, shares := range siting.Allocation(&m, a.Sites) {
			part := 1.0
			for _, s := range shares {
				served += s.Cost
				part -= s.Part
			}
			served += part * m.Objective.Terms[i].Else
		}
		if math.Abs(served-a.Value) > 1e-6*max(1, want) {
			t.Errorf("seed %d: the parts cost %v of %v", seed, served, a.Value)
		}
	}
}
