package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"sync"

	"bivouac/geo"
)

// FlowTime is how long somebody may take at the identity provider.
const FlowTime = 600 * geo.Second

// mostFlows bounds the sign-ins under way; the oldest makes room.
const mostFlows = 1024

// flow is one sign-in under way. It is bound to a cookie: an answer that comes
// in another browser, or a second time, belongs to none.
type flow struct {
	state, nonce, verifier string
	until                  geo.Time
}

// flows are known by the hash of their cookie.
type flows struct {
	mu sync.Mutex
	by map[[32]byte]flow
}

func (f *flows) add(n flow, now geo.Time) (cookie string) {
	cookie = random(secretBytes)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.by == nil {
		f.by = map[[32]byte]flow{}
	}
	f.room(now)
	f.by[sha256.Sum256([]byte(cookie))] = n
	return cookie
}

func (f *flows) room(now geo.Time) {
	var oldest [32]byte
	for key, o := range f.by {
		if o.until <= now {
			delete(f.by, key)
		} else if other, ok := f.by[oldest]; !ok || o.until < other.until {
			oldest = key
		}
	}
	if len(f.by) >= mostFlows {
		delete(f.by, oldest)
	}
}

// take returns the flow of a cookie and state, once.
func (f *flows) take(cookie, state string, now geo.Time) (flow, bool) {
	key := sha256.Sum256([]byte(cookie))
	f.mu.Lock()
	defer f.mu.Unlock()
	n, ok := f.by[key]
	delete(f.by, key)
	return n, ok && now < n.until && subtle.ConstantTimeCompare([]byte(n.state), []byte(state)) == 1
}
