package cluster

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// answered is what testdata/dbscan.py says.
type answered struct {
	Labels  []int32
	Core    []int
	Seconds float64
}

// ask has scikit-learn answer questions.
func ask(t testing.TB, questions ...map[string]any) []answered {
	t.Helper()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import importlib.util as u; exit(not u.find_spec('sklearn'))").Run() != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal(python + " has no sklearn: .ci/install does it")
		}
		t.Skip(python + " has no sklearn, so clusters are not compared with it; make test installs it")
	}
	text, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(python, "testdata/dbscan.py")
	run.Stdin, run.Stderr = bytes.NewReader(text), os.Stderr
	out, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []answered
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != len(questions) {
		t.Fatal(len(answers), err)
	}
	return answers
}

// compare holds that core events and noise are the same, and the clusters of
// core events but for their numbers. Which of several clusters a border event
// is of hangs on the order of events there.
func (a *answered) compare(t *testing.T, desc string, l *Labels) {
	t.Helper()
	there, here := map[int32]int32{}, map[int32]int32{}
	core := make([]bool, len(l.Core))
	for _, i := range a.Core {
		core[i] = true
	}
	if !slices.Equal(core, l.Core) {
		t.Errorf("%s: other core events", desc)
	}
	for i, label := range a.Labels {
		if (label == Noise) != (l.Label[i] == Noise) {
			t.Errorf("%s: event %d is of cluster %d, there %d", desc, i, l.Label[i], label)
		}
		if !core[i] {
			continue
		}
		if other, known := there[l.Label[i]]; known && other != label {
			t.Errorf("%s: cluster %d is %d and %d there", desc, l.Label[i], other, label)
		}
		if other, known := here[label]; known && other != l.Label[i] {
			t.Errorf("%s: cluster %d there is %d and %d", desc, label, other, l.Label[i])
		}
		there[l.Label[i]], here[label] = label, l.Label[i]
	}
}

// TestByScikitLearn compares with scikit-learn's DBSCAN of the same distances:
// in space and, by the greater of both distances over their limits, in space
// and time.
func TestByScikitLearn(t *testing.T) {
	r := seeded(t)
	var questions []map[string]any
	var ours []*Labels
	for range 3 {
		q := crowd(r, 300, orb.Point{179.5, -17})
		q.EpsMetres, q.MinPoints, q.EpsTime = 1500+r.Float64()*4000, 3+r.IntN(4), geo.Time(3+r.IntN(10))*geo.Day
		space, both := q.matrices()
		questions = append(questions, map[string]any{"distances": both, "eps": 1, "min": q.MinPoints}, map[string]any{"distances": space, "eps": 1, "min": q.MinPoints})
		ours = append(ours, mustDBSCAN(t, q))
		q.Times = nil
		ours = append(ours, mustDBSCAN(t, q))
	}
	for i, a := range ask(t, questions...) {
		a.compare(t, []string{"in space and time", "in space"}[i%2], ours[i])
	}
}

// matrices are the distances of all events over their limit: in space, and in
// space and time.
func (q *Query) matrices() (space, both [][]float64) {
	for i := range q.Points {
		var s, b []float64
		for j := range q.Points {
			metres, apart, _ := q.apart(i, j)
			s = append(s, metres/q.EpsMetres)
			b = append(b, max(metres/q.EpsMetres, float64(apart)/float64(q.EpsTime)))
		}
		space, both = append(space, s), append(both, b)
	}
	return space, both
}

// BenchmarkAgainstScikitLearn takes turns with scikit-learn on the same
// 100,000 events, and prints how many times as long it takes there.
func BenchmarkAgainstScikitLearn(b *testing.B) {
	q := evenly(100_000, 50, 1000)
	for b.Loop() {
		a := ask(b, map[string]any{"places": q.Points, "eps": q.EpsMetres, "min": q.MinPoints})[0]
		start := time.Now()
		l := mustDBSCAN(b, q)
		took := time.Since(start).Seconds()
		b.ReportMetric(a.Seconds/took, "times")
		b.ReportMetric(a.Seconds, "s-there")
		b.ReportMetric(took, "s-here")
		core := 0
		for _, c := range l.Core {
			if c {
				core++
			}
		}
		// A sphere is up to 0.6 % off, which is half a neighbour of 50, and
		// moves that many of a Poisson count over the limit: some 3 %.
		if d := core - len(a.Core); d*20 > core || -d*20 > core {
			b.Errorf("%d core events, %d there", core, len(a.Core))
		}
	}
}
