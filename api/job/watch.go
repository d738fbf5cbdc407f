package job

import "slices"

// Turn counts what happened to the jobs of a Queue.
type Turn uint64

// Since returns the jobs that the asker sees and to which something happened
// after the turn, in the order in which it last did; the turn up to which that
// is true; and what is closed when anything happens to any job.
func (q *Queue) Since(t Turn, asker Owner) ([]Job, Turn, <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var moved []*entry
	for _, e := range q.jobs {
		if e.turn > t && asker.Sees(e.Owner) {
			moved = append(moved, e)
		}
	}
	slices.SortFunc(moved, func(a, b *entry) int { return int(a.turn) - int(b.turn) })
	out := make([]Job, len(moved))
	for i, e := range moved {
		out[i] = e.Job
	}
	return out, q.turn, q.moved
}

// touch notes that something happened to a job. q.mu is held.
func (q *Queue) touch(e *entry) {
	q.turn++
	e.turn = q.turn
	close(q.moved)
	q.moved = make(chan struct{})
}
