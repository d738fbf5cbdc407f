package job

import (
	"context"
	"crypto/rand"
	"runtime"
	"slices"
	"strings"
	"sync"

	"bivouac/geo"
	"bivouac/geo/process"
)

// Limits of what is kept and of what waits.
const (
	MostWaiting = 32       // jobs that are not over, of all askers
	MostOfOwner = 8        // of them, of one asker
	MostKept    = 20       // jobs that are over, of one asker; the oldest goes first
	MostOver    = 200      // of all askers
	MostBytes   = 32 << 20 // of one result: a report on four scenarios of fourteen bases has 6 MiB

	MostBytesOfOwner = 64 << 20  // of all results that are kept of one asker; the oldest go first
	MostBytesOver    = 256 << 20 // of all askers
)

// Run does the work of a job.
type Run func(ctx context.Context, progress func(done, total int, step geo.Said)) (Outcome, error)

// Queue runs jobs, as many at once as there are processors, and keeps those
// that are over. It is safe for concurrent use.
type Queue struct {
	now  func() geo.Time
	tell func(Job)
	warn func(id string, err error)

	keeper Keeper // nil keeps nothing over a restart
	saving sync.Mutex

	slots chan struct{}
	all   context.Context
	end   context.CancelFunc
	runs  sync.WaitGroup
	mu    sync.Mutex
	jobs  []*entry // the oldest first
	turn  Turn
	moved chan struct{} // closed with the next turn
}

type entry struct {
	Job
	cancel context.CancelFunc
	enough func() // asks the run for its best so far
	turn   Turn   // when something last happened to it
}

// NewQueue returns an empty queue that goes by the clock. Each run that begins
// and each that ends by itself is told of; tell must return at once. What could
// not be kept of a run that is over, warn is told. A keeper may be nil.
func NewQueue(now func() geo.Time, keeper Keeper, tell func(Job), warn func(id string, err error)) (*Queue, error) {
	q := &Queue{now: now, keeper: keeper, tell: tell, warn: warn, slots: make(chan struct{}, runtime.GOMAXPROCS(0)), moved: make(chan struct{})}
	q.all, q.end = context.WithCancel(context.Background())
	return q, q.load()
}

// Close ends all runs and waits for them.
func (q *Queue) Close() {
	q.end()
	q.runs.Wait()
}

// Start takes a job in and runs it when there is room. A full queue is a
// geo.Delayed.
func (q *Queue) Start(j Job, run Run) (Job, error) {
	ctx, cancel := context.WithCancel(q.all)
	ctx, enough := process.Stoppable(ctx)
	e := &entry{Job: q.begun(j), cancel: func() { cancel(); enough() }, enough: enough}
	j = e.Job
	if err := q.enter(e); err != nil {
		e.cancel()
		return j, err
	}
	if err := q.save(j.ID); err != nil {
		q.leave(e)
		e.cancel()
		q.runs.Done()
		return j, err
	}
	go q.work(ctx, e, run)
	return j, nil
}

func (q *Queue) enter(e *entry) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.room(e.Owner); err != nil {
		return err
	}
	q.jobs = append(q.jobs, e)
	q.touch(e)
	q.runs.Add(1)
	return nil
}

func (q *Queue) leave(e *entry) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.jobs = slices.DeleteFunc(q.jobs, func(o *entry) bool { return o == e })
}

// Keep takes in a job that has been run already.
func (q *Queue) Keep(j Job, o Outcome) (Job, error) {
	if err := o.check(); err != nil {
		return j, err
	}
	e := &entry{Job: q.begun(j), cancel: func() {}}
	e.Started, e.Outcome = e.Created, o
	e.over(Successful, done, q.now())
	j = e.Job
	q.mu.Lock()
	q.jobs = append(q.jobs, e)
	q.touch(e)
	gone := q.sweep(j.Owner)
	q.mu.Unlock()
	if err := q.save(append(gone, j.ID)...); err != nil {
		q.leave(e)
		return j, err
	}
	return j, nil
}

func (q *Queue) begun(j Job) Job {
	j.ID, j.Status, j.Said.Said = strings.ToLower(rand.Text()), Accepted, waits.With()
	j.Created = q.now()
	j.Updated = j.Created
	return j
}

func (q *Queue) room(o Owner) error {
	waiting, his := 0, 0
	for _, e := range q.jobs {
		if e.Status.Over() {
			continue
		}
		waiting++
		if e.Owner.Name == o.Name && e.Owner.Grant == o.Grant {
			his++
		}
	}
	if q.all.Err() != nil {
		return geo.Errorf(geo.Unavailable, "", "the server stops and takes no run any more")
	}
	if waiting >= MostWaiting || his >= MostOfOwner {
		return geo.Errorf(geo.Delayed, "Prefer", "too many runs wait already (%d may of one asker, %d of all); wait for one to end, or dismiss one with DELETE /api/jobs/{id}", MostOfOwner, MostWaiting)
	}
	return nil
}

func (q *Queue) work(ctx context.Context, e *entry, run Run) {
	defer q.runs.Done()
	defer e.cancel()
	select {
	case q.slots <- struct{}{}:
		defer func() { <-q.slots }()
	case <-ctx.Done():
		q.finish(e, Outcome{}, ctx.Err())
		return
	}
	q.change(e, func() { e.Status, e.Said.Said, e.Started = Running, runs.With(), q.now() })
	q.tellOf(e)
	o, err := run(ctx, func(done, total int, step geo.Said) {
		q.change(e, func() {
			e.Said.Said = step
			if total > 0 {
				e.Progress = max(0, min(99, done*100/total))
			}
		})
	})
	if err == nil {
		err = o.check()
	}
	q.finish(e, o, err)
}

// check refuses a result that is too long to be kept.
func (o Outcome) check() error {
	if len(o.Answer) > MostBytes {
		return geo.Errorf(geo.TooLarge, "inputs", "the result has %d MiB, and at most %d are kept; ask a smaller question, or run it without Prefer: respond-async and outputs by reference", len(o.Answer)>>20, MostBytes>>20)
	}
	return nil
}

// change changes a job that is not over.
func (q *Queue) change(e *entry, do func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !e.Status.Over() {
		do()
		e.Updated = q.now()
		q.touch(e)
	}
}

func (q *Queue) finish(e *entry, o Outcome, err error) {
	q.change(e, func() {
		if err == nil {
			e.Outcome = o
			e.over(Successful, done, q.now())
			return
		}
		message := failed
		if q.all.Err() != nil {
			err, message = Stopped(), stopped
		}
		e.Problem = err
		e.over(Failed, message, q.now())
	})
	q.mu.Lock()
	gone := q.sweep(e.Owner)
	q.mu.Unlock()
	if err := q.save(append(gone, e.ID)...); err != nil {
		q.warn(e.ID, err)
	}
	q.tellOf(e)
}

// tellOf tells of a job as it is. Of one that was dismissed nobody is told.
func (q *Queue) tellOf(e *entry) {
	q.mu.Lock()
	j := e.Job
	q.mu.Unlock()
	if j.Status != Dismissed {
		q.tell(j)
	}
}

func (e *entry) over(s Status, message geo.Sentence, at geo.Time) {
	e.Status, e.Said.Said, e.Finished, e.Updated = s, message.With(), at, at
	if s == Successful {
		e.Progress = 100
	}
}

// excess is by how much the jobs that are over are more than may be kept.
type excess struct{ jobs, bytes int }

func (x *excess) add(e *entry, sign int) {
	x.jobs += sign
	x.bytes += sign * len(e.Answer)
}

// wants reports whether it becomes less when the job goes.
func (x *excess) wants(e *entry) bool { return x.jobs > 0 || x.bytes > 0 && len(e.Answer) > 0 }

// sweep lets the oldest go that are over, where they are too many or their
// results too long together, and returns their ids.
func (q *Queue) sweep(o Owner) (ids []string) {
	his, all := excess{-MostKept, -MostBytesOfOwner}, excess{-MostOver, -MostBytesOver}
	mine := func(e *entry) bool { return e.Owner.Name == o.Name && e.Owner.Grant == o.Grant }
	for _, e := range q.jobs {
		if e.Status.Over() {
			all.add(e, 1)
			if mine(e) {
				his.add(e, 1)
			}
		}
	}
	q.jobs = slices.DeleteFunc(q.jobs, func(e *entry) bool {
		gone := e.Status.Over() && (mine(e) && his.wants(e) || all.wants(e))
		if gone {
			ids = append(ids, e.ID)
			all.add(e, -1)
			if mine(e) {
				his.add(e, -1)
			}
		}
		return gone
	})
	return ids
}

// List returns the jobs that the asker sees, the newest first.
func (q *Queue) List(asker Owner) []Job {
	q.mu.Lock()
	defer q.mu.Unlock()
	var out []Job
	for _, e := range slices.Backward(q.jobs) {
		if asker.Sees(e.Owner) {
			out = append(out, e.Job)
		}
	}
	return out
}

// Find returns a job that the asker sees.
func (q *Queue) Find(id string, asker Owner) (Job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	e, err := q.find(id, asker)
	if err != nil {
		return Job{}, err
	}
	return e.Job, nil
}

func (q *Queue) find(id string, asker Owner) (*entry, error) {
	for _, e := range q.jobs {
		if e.ID == id && asker.Sees(e.Owner) {
			return e, nil
		}
	}
	return nil, geo.Errorf(geo.NotFound, "job", "there is no job %q of yours; /api/jobs lists them", id)
}

// Stop asks a job for the best that it has so far: it ends soon, with that as
// its result. One that is over, or that has nothing before its end, is a
// geo.Conflict.
func (q *Queue) Stop(id string, asker Owner) (Job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	e, err := q.find(id, asker)
	switch {
	case err != nil:
		return Job{}, err
	case e.Status == Dismissed:
		return e.Job, e.gone()
	case e.Status.Over():
		return e.Job, geo.Errorf(geo.Conflict, "job", "the job %q is over already; see /api/jobs/%s", id, id)
	case !e.Anytime:
		return e.Job, geo.Errorf(geo.Conflict, "job", "a run of %s has no answer before its end; wait for it, or dismiss it with DELETE /api/jobs/%s", e.Process, id)
	}
	e.enough()
	e.Said.Said, e.Updated = stopping.With(), q.now()
	q.touch(e)
	return e.Job, nil
}

// Dismiss ends a job, or takes its result away. Dismissed twice is a geo.Gone.
func (q *Queue) Dismiss(id string, asker Owner) (Job, error) {
	j, err := q.dismiss(id, asker)
	if err == nil {
		err = q.save(id)
	}
	return j, err
}

func (q *Queue) dismiss(id string, asker Owner) (Job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	e, err := q.find(id, asker)
	if err != nil {
		return Job{}, err
	}
	if e.Status == Dismissed {
		return e.Job, e.gone()
	}
	e.cancel()
	e.Outcome, e.Problem = Outcome{}, nil
	e.over(Dismissed, dismissed, q.now())
	q.touch(e)
	return e.Job, nil
}

func (j *Job) gone() error {
	return geo.Errorf(geo.Gone, "job", "the job %q was dismissed and has no result any more; run it again", j.ID)
}

// Result refuses to give what a job does not have.
func (j *Job) Result() (Outcome, error) {
	switch j.Status {
	case Successful:
		return j.Outcome, nil
	case Failed:
		return Outcome{}, j.Problem
	case Dismissed:
		return Outcome{}, j.gone()
	}
	return Outcome{}, geo.Errorf(geo.NotFound, "results", "the job %q is %s; ask /api/jobs/%s until it is successful", j.ID, j.Status, j.ID)
}
