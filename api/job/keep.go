package job

import (
	"context"
	"encoding/json"
	"errors"

	"bivouac/geo"
)

// Keeper keeps jobs over a restart. Their states are JSON.
type Keeper interface {
	// Jobs returns the states of all jobs, the oldest first.
	Jobs(ctx context.Context) ([][]byte, error)
	// KeepJob keeps the state of a job, in place of the one before.
	KeepJob(id string, state []byte) error
	// DropJob lets a job go, if it is there.
	DropJob(id string) error
}

// kept is a Job as it is kept. Its Problem is what people were told.
type kept struct {
	Job
	Problem *failure
}

type failure struct {
	Code        geo.Code
	Where, Text string
}

func encode(j *Job) ([]byte, error) {
	k := kept{Job: *j}
	k.Job.Problem = nil
	var e *geo.Error
	if errors.As(j.Problem, &e) {
		k.Problem = &failure{e.Code, e.Where, e.Text}
	}
	return json.Marshal(k)
}

func decode(state []byte) (Job, error) {
	var k kept
	if err := json.Unmarshal(state, &k); err != nil {
		return Job{}, geo.Errorf(geo.Invalid, "job", "a job that is kept cannot be read: %v", err)
	}
	if k.Problem != nil {
		k.Job.Problem = geo.Errorf(k.Problem.Code, k.Problem.Where, "%s", k.Problem.Text)
	}
	return k.Job, nil
}

// Stopped is why a run failed that was not over when the server stopped.
func Stopped() error {
	return geo.Errorf(geo.Unavailable, "job", "the server stopped while it ran; run it again")
}

// load takes up the jobs that are kept. It is called before all else.
func (q *Queue) load() error {
	if q.keeper == nil {
		return nil
	}
	states, err := q.keeper.Jobs(q.all)
	if err != nil {
		return err
	}
	var changed []string
	for _, state := range states {
		j, err := decode(state)
		if err != nil {
			return err
		}
		e := &entry{Job: j, cancel: func() {}}
		if !e.Status.Over() {
			e.Problem = Stopped()
			e.over(Failed, stopped, q.now())
			changed = append(changed, j.ID)
		}
		q.jobs = append(q.jobs, e)
	}
	return q.save(changed...)
}

// save keeps a job as it is now, or lets it go where it went. One is saved at a
// time, so that the last one saved is what holds.
func (q *Queue) save(ids ...string) error {
	if q.keeper == nil {
		return nil
	}
	q.saving.Lock()
	defer q.saving.Unlock()
	for _, id := range ids {
		j, there := q.copyOf(id)
		if !there {
			if err := q.keeper.DropJob(id); err != nil {
				return err
			}
			continue
		}
		state, err := encode(&j)
		if err == nil {
			err = q.keeper.KeepJob(id, state)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (q *Queue) copyOf(id string) (Job, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, e := range q.jobs {
		if e.ID == id {
			return e.Job, true
		}
	}
	return Job{}, false
}
