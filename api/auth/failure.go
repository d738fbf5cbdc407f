package auth

import (
	"net/netip"
	"sync"
	"time"

	"bivouac/geo"
)

// Limits of guessing.
const (
	freeTries    = 5                // failures without a delay
	firstDelay   = geo.Second       // after the fifth; doubled by each that follows
	longestDelay = 300 * geo.Second // so that nobody is locked out for good
	forgetAfter  = 900 * geo.Second // quiet time after which failures are forgotten
	mostNames    = 8192             // addresses and ids that are remembered
)

// Wait is the cause of a geo.Delayed error: how long to wait.
type Wait geo.Time

// Error says how long.
func (w Wait) Error() string { return w.Duration().String() }

// Duration returns the wait, rounded up to a second.
func (w Wait) Duration() time.Duration {
	return time.Duration((geo.Time(w) + geo.Second - 1) / geo.Second * geo.Time(time.Second))
}

// failures counts the failures of names: addresses, and ids of tokens.
type failures struct {
	mu sync.Mutex
	by map[string]*failure
}

type failure struct {
	count int
	last  geo.Time
	until geo.Time // refused before
}

// wait returns how long the name is to wait, 0 for not at all.
func (f *failures) wait(name string, now geo.Time) geo.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	if e := f.by[name]; e != nil {
		return max(0, e.until-now)
	}
	return 0
}

// add counts a failure and returns how many there were.
func (f *failures) add(name string, now geo.Time) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	e := f.by[name]
	if e == nil || now-max(e.last, e.until) > forgetAfter {
		f.room()
		e = &failure{}
		f.by[name] = e
	}
	e.count++
	e.last = now
	if over := e.count - freeTries; over >= 0 {
		e.until = now + min(longestDelay, firstDelay<<min(over, 20))
	}
	return e.count
}

// clear forgets the failures of a name.
func (f *failures) clear(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.by, name)
}

// room makes room for one name more: of some, the one that has been quiet for
// the longest goes.
func (f *failures) room() {
	if f.by == nil {
		f.by = map[string]*failure{}
	}
	if len(f.by) < mostNames {
		return
	}
	oldest, looked := "", 0
	for name, e := range f.by {
		if oldest == "" || e.last < f.by[oldest].last {
			oldest = name
		}
		if looked++; looked == 16 {
			break
		}
	}
	delete(f.by, oldest)
}

// addressOf is the name under which the failures from an address count: all of
// an IPv6 network of 64 bits is one asker, who may take any address of it.
func addressOf(from string) string {
	ip, err := netip.ParseAddr(from)
	if err != nil {
		return "from " + from
	}
	if ip = ip.Unmap(); ip.Is6() {
		if network, err := ip.WithZone("").Prefix(64); err == nil {
			return "from " + network.String()
		}
	}
	return "from " + ip.String()
}
