package data

import (
	"context"
	"sync"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// mostTrail is how many states are kept for who follows behind, and how many it
// is led through one by one after a restart.
const mostTrail = 32

// trail is the states of single Versions that a follower has not come to yet.
// Each shares all but its changes with its neighbours.
type trail struct {
	mu       sync.Mutex
	followed bool
	states   []*layer.Snapshot // the oldest first
}

// add keeps a state, where somebody follows. The oldest goes where there are
// too many.
func (t *trail) add(snap *layer.Snapshot) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.followed {
		return
	}
	if len(t.states) == mostTrail {
		t.states = append([]*layer.Snapshot(nil), t.states[1:]...)
	}
	t.states = append(t.states, snap)
}

// after returns the first state after v that is kept, and forgets those up to
// v.
func (t *trail) after(v geo.Version) *layer.Snapshot {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.followed = true
	for len(t.states) > 0 && t.states[0].Version <= v {
		t.states[0], t.states = nil, t.states[1:]
	}
	if len(t.states) == 0 {
		return nil
	}
	return t.states[0]
}

// Next waits for a state after v and returns it: that of the next Version,
// unless the follower is so far behind that those between are not at hand any
// more. One follower at a time may ask.
func (s *Store) Next(ctx context.Context, v geo.Version) (*layer.Snapshot, error) {
	first := s.trail.after(v)
	if err := s.Wait(ctx, v); err != nil {
		return nil, err
	}
	if first == nil {
		first = s.trail.after(v)
	}
	if first != nil && first.Version == v+1 {
		return first, nil
	}
	if now := s.Snapshot(); now.Version-v <= mostTrail {
		return s.AsOf(ctx, v+1)
	} else if first == nil {
		return now, nil
	}
	return first, nil
}
