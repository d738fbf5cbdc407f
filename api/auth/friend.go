package auth

import (
	"sync"

	"bivouac/geo"
)

// friends are the pairs of a token and an address from which it was right.
type friends struct {
	mu sync.Mutex
	by map[[2]string]geo.Time // the last time
}

// mostFriends bounds the pairs; when there are more, all start anew.
const mostFriends = 8192

func (f *friends) has(id, address string, now geo.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	last, ok := f.by[[2]string{id, address}]
	return ok && now-last < Idle
}

func (f *friends) meet(id, address string, now geo.Time) (news bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.by == nil || len(f.by) >= mostFriends {
		f.by = map[[2]string]geo.Time{}
	}
	last, ok := f.by[[2]string{id, address}]
	f.by[[2]string{id, address}] = now
	return !ok || now-last >= Idle
}

func (f *friends) drop(id, address string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.by, [2]string{id, address})
}
