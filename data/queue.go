package data

import (
	"context"
	"sync"

	"bivouac/geo"
)

// request is a change that waits for its commit. What waits together is
// committed together, since one sync of the disk serves all of it.
type request struct {
	ctx  context.Context
	plan func(*act) error // makes the change, or says why it cannot be made

	// The answer, once settled.
	settled bool
	receipt geo.Receipt
	err     error
}

// queue is the requests that wait.
type queue struct {
	mu      sync.Mutex
	waiting []*request
}

func (q *queue) add(r *request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, r)
}

func (q *queue) take() []*request {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := q.waiting
	q.waiting = nil
	return all
}

// commit settles the request: itself, with all that wait beside it, or by
// whoever holds the writer's lock before.
func (s *Store) commit(r *request) (geo.Receipt, error) {
	s.queue.add(r)
	s.writing.Lock()
	defer s.writing.Unlock()
	if !r.settled {
		s.settle(s.queue.take())
	}
	return r.receipt, r.err
}

// settle makes each request a Version of its own on top of those before it,
// leaves out those that cannot be made, writes the rest in one transaction and
// publishes the last state.
func (s *Store) settle(group []*request) {
	now := s.Snapshot()
	layers, docs, times := now.Layers(), s.docs, s.times
	last := s.last()
	var acts []*act
	for _, r := range group {
		r.settled = true
		a := &act{store: s, layers: layers, docs: docs, request: r, deed: &Deed{}}
		if r.err = a.run(last); r.err != nil {
			a.undo()
			continue
		}
		layers, docs, last = a.layers, a.docs, a.moment
		times = append(times, last)
		acts = append(acts, a)
	}
	if len(acts) == 0 {
		return
	}
	if err := s.keep(acts); err != nil {
		for i := len(acts) - 1; i >= 0; i-- {
			acts[i].undo()
			acts[i].request.receipt, acts[i].request.err = geo.Receipt{}, err
		}
		return
	}
	s.docs, s.times = docs, times
	for _, a := range acts {
		s.noteForFolds(a)
	}
	s.publish(layers)
	s.fold()
}

// keep makes the acts durable.
func (s *Store) keep(acts []*act) error {
	if s.vault == nil {
		return nil
	}
	deeds := make([]*Deed, len(acts))
	for i, a := range acts {
		deeds[i] = a.deed
	}
	return s.vault.Commit(deeds)
}
