package watch

import (
	"slices"
	"sync"
)

// Seen tells which alerts were seen to, as that happens. The zero Seen is ready;
// it is safe for concurrent use.
type Seen struct {
	mu    sync.Mutex
	last  []string // ids, the newest last
	turn  int      // how many there were in all
	moved chan struct{}
}

// mostSeen is how many are told to who looks away for a while.
const mostSeen = 100

// Add tells one.
func (s *Seen) Add(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turn++
	s.last = append(s.last, id)
	if len(s.last) > mostSeen {
		s.last = slices.Delete(s.last, 0, 1)
	}
	if s.moved != nil {
		close(s.moved)
		s.moved = nil
	}
}

// Since returns the ids after a turn, the turn now, and what is closed at the
// next; all is false where some of them are not at hand any more.
func (s *Seen) Since(turn int) (ids []string, now int, moved <-chan struct{}, all bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.moved == nil {
		s.moved = make(chan struct{})
	}
	n := s.turn - turn
	all = n <= len(s.last)
	return slices.Clone(s.last[len(s.last)-min(n, len(s.last)):]), s.turn, s.moved, all
}
