package data

import (
	"context"
	"sync"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// request is a change that waits for its commit. What waits together is
// committed together, since one sync of the disk serves all of it.
type request struct {
	ctx  context.Context
	plan func(*act) error // makes the change, or says why it cannot be made
	turn chan turn        // what the asker is told

	// The answer, once settled.
	receipt geo.Receipt
	err     error
}

// turn is what becomes of a request.
type turn bool

const (
	settled turn = false // the answer is there
	lead    turn = true  // settle all that wait, yourself among them
)

// queue is the requests that wait. While there are any, one of them leads.
type queue struct {
	mu      sync.Mutex
	waiting []*request
	led     bool
}

// enter adds a request, which leads where no other does.
func (q *queue) enter(r *request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, r)
	if !q.led {
		q.led = true
		r.turn <- lead
	}
}

func (q *queue) take() []*request {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := q.waiting
	q.waiting = nil
	return all
}

// hand lets the first that came meanwhile lead next.
func (q *queue) hand() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.led = len(q.waiting) > 0
	if q.led {
		q.waiting[0].turn <- lead
	}
}

// commit settles the request: itself, with all that wait beside it, or by
// whoever leads.
func (s *Store) commit(ctx context.Context, plan func(*act) error) (geo.Receipt, error) {
	r := &request{ctx: ctx, plan: plan, turn: make(chan turn, 2)}
	s.queue.enter(r)
	if <-r.turn == lead {
		s.lead()
		<-r.turn
	}
	return r.receipt, r.err
}

func (s *Store) lead() {
	s.writing.Lock()
	group := s.queue.take()
	s.settle(group)
	s.writing.Unlock()
	s.queue.hand()
	for _, r := range group {
		r.turn <- settled
	}
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
	for i, a := range acts {
		s.noteForFolds(a)
		s.trail.add(layer.NewSnapshot(s.id, a.layers, a.docs, times[:len(times)-len(acts)+i+1]))
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
