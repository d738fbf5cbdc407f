package job_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bivouac/api/job"
	"bivouac/geo"
)

var (
	ana   = job.Owner{Name: "ana", Grant: "1", Reader: geo.Reader{Ceiling: geo.Confidential, Missions: []string{"MINUSMA"}}}
	clock = func() geo.Time { return geo.TimeOf(time.Date(2018, 8, 31, 0, 0, 0, 0, time.UTC)) }
)

// memory keeps the states of jobs in their order.
type memory struct {
	ids    []string
	states map[string][]byte
	writes int
}

func (m *memory) Jobs(context.Context) ([][]byte, error) {
	var out [][]byte
	for _, id := range m.ids {
		if state := m.states[id]; state != nil {
			out = append(out, state)
		}
	}
	return out, nil
}

func (m *memory) KeepJob(id string, state []byte) error {
	m.writes++
	if m.states[id] == nil {
		m.ids = append(m.ids, id)
	}
	m.states[id] = state
	return nil
}

func (m *memory) DropJob(id string) error {
	delete(m.states, id)
	return nil
}

func queue(t *testing.T, keeper job.Keeper) *job.Queue {
	t.Helper()
	q, err := job.NewQueue(clock, keeper, func(job.Job) {}, func(id string, err error) { t.Error(id, err) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Close)
	return q
}

func TestSees(t *testing.T) {
	as := func(change func(*job.Owner)) job.Owner {
		o := ana
		change(&o)
		return o
	}
	for _, c := range []struct {
		desc  string
		asker job.Owner
		want  bool
	}{
		{"himself", ana, true},
		{"with more missions", as(func(o *job.Owner) { o.Reader.Missions = []string{"UNIFIL", "MINUSMA"} }), true},
		{"with all missions", as(func(o *job.Owner) { o.Reader.Missions = nil }), true},
		{"with another mission", as(func(o *job.Owner) { o.Reader.Missions = []string{"UNIFIL"} }), false},
		{"with a lower ceiling", as(func(o *job.Owner) { o.Reader.Ceiling = geo.Unclassified }), false},
		{"another name", as(func(o *job.Owner) { o.Name = "bea" }), false},
		{"another grant", as(func(o *job.Owner) { o.Grant = "2" }), false},
	} {
		if got := c.asker.Sees(ana); got != c.want {
			t.Errorf("%s: %t", c.desc, got)
		}
	}
	all := as(func(o *job.Owner) { o.Reader.Missions = nil })
	if ana.Sees(all) {
		t.Error("who sees one mission sees what all of them gave")
	}
}

// TestTheOldestGoFirst: of those that are over, and of nobody else's.
func TestTheOldestGoFirst(t *testing.T) {
	q := queue(t, nil)
	bea := job.Owner{Name: "bea"}
	if _, err := q.Keep(job.Job{Owner: bea}, job.Outcome{}); err != nil {
		t.Fatal(err)
	}
	var first job.Job
	for i := range job.MostKept + 3 {
		j, err := q.Keep(job.Job{Owner: ana}, job.Outcome{Answer: []byte("{}")})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = j
		}
	}
	if n := len(q.List(ana)); n != job.MostKept {
		t.Errorf("%d are kept", n)
	}
	if _, err := q.Find(first.ID, ana); geo.CodeOf(err) != geo.NotFound {
		t.Errorf("the oldest is still there: %v", err)
	}
	if len(q.List(bea)) != 1 {
		t.Error("one asker's jobs drive out another's")
	}
	if _, err := q.Keep(job.Job{Owner: ana}, job.Outcome{Answer: make([]byte, job.MostBytes+1)}); geo.CodeOf(err) != geo.TooLarge {
		t.Errorf("a result beyond the limit: %v", err)
	}
}

// TestResultsAreBounded: the results that are kept of one asker, and of all, are
// never longer together than they may be; jobs without a result stay.
func TestResultsAreBounded(t *testing.T) {
	kept := &memory{states: map[string][]byte{}}
	q := queue(t, kept)
	keep := func(o job.Owner, size int) job.Job {
		t.Helper()
		j, err := q.Keep(job.Job{Owner: o}, job.Outcome{Answer: append([]byte{'"'}, make([]byte, size-1)...)})
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	sum := func(o job.Owner) (n, bytes int) {
		for _, j := range q.List(o) {
			n, bytes = n+1, bytes+len(j.Answer)
		}
		return n, bytes
	}
	small, err := q.Keep(job.Job{Owner: ana}, job.Outcome{})
	if err != nil {
		t.Fatal(err)
	}
	first := keep(ana, job.MostBytes)
	for range job.MostBytesOfOwner/job.MostBytes - 1 {
		keep(ana, job.MostBytes)
	}
	if n, bytes := sum(ana); n != 1+job.MostBytesOfOwner/job.MostBytes || bytes != job.MostBytesOfOwner {
		t.Fatalf("%d jobs of %d bytes", n, bytes)
	}
	keep(ana, 1)
	if n, bytes := sum(ana); n != 1+job.MostBytesOfOwner/job.MostBytes || bytes != job.MostBytesOfOwner-job.MostBytes+1 {
		t.Errorf("one byte more: %d jobs of %d bytes", n, bytes)
	}
	if _, err := q.Find(first.ID, ana); geo.CodeOf(err) != geo.NotFound || kept.states[first.ID] != nil {
		t.Errorf("the oldest result is still there: %v", err)
	}
	if _, err := q.Find(small.ID, ana); err != nil {
		t.Errorf("a job without a result went: %v", err)
	}
	total := 0
	for i := range 2 * job.MostBytesOver / job.MostBytesOfOwner {
		o := job.Owner{Name: string(rune('b' + i))}
		for range 4 {
			keep(o, job.MostBytes)
		}
	}
	for i := range 2 * job.MostBytesOver / job.MostBytesOfOwner {
		_, bytes := sum(job.Owner{Name: string(rune('b' + i))})
		total += bytes
	}
	if _, bytes := sum(ana); total+bytes > job.MostBytesOver || total < job.MostBytesOver-job.MostBytes {
		t.Errorf("%d bytes are kept of all, at most %d may be", total+bytes, job.MostBytesOver)
	}
}

// TestKept: what a queue kept another takes up as it was, and writes only what
// changed by that.
func TestKept(t *testing.T) {
	kept := &memory{states: map[string][]byte{}}
	q := queue(t, kept)
	good, err := q.Keep(job.Job{Process: "p", Owner: ana, Question: []byte(`{}`)}, job.Outcome{Answer: []byte(`{"result":1}`), Version: 7, Classified: 2, Highest: geo.Confidential})
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	bad, err := q.Start(job.Job{Owner: ana}, func(context.Context, func(int, int, geo.Said)) (job.Outcome, error) {
		defer close(over)
		return job.Outcome{}, geo.Errorf(geo.Invalid, "radius_m", "must be larger")
	})
	if err != nil {
		t.Fatal(err)
	}
	<-over
	q.Close()
	writes := kept.writes
	next := queue(t, kept)
	if kept.writes != writes {
		t.Errorf("%d jobs are written again though nothing changed", kept.writes-writes)
	}
	j, err := next.Find(good.ID, ana)
	if err != nil || string(j.Answer) != `{"result":1}` || j.Version != 7 || j.Highest != geo.Confidential || j.Owner.Name != "ana" || j.Status != job.Successful {
		t.Errorf("%+v %v", j, err)
	}
	j, err = next.Find(bad.ID, ana)
	if _, failed := j.Result(); err != nil || j.Status != job.Failed || !told(failed, geo.Invalid, "radius_m") {
		t.Errorf("%+v %v", j, err)
	}
}

func told(err error, code geo.Code, where string) bool {
	var e *geo.Error
	return errors.As(err, &e) && e.Code == code && e.Where == where
}
