package auth

import (
	"crypto/sha256"
	"slices"
	"sync"

	"bivouac/geo"
)

// Limits of sessions.
const (
	Idle         = 12 * 3600 * geo.Second // without a request; renewed when half of it is over
	mostSessions = 4096                   // of all
	mostOfGrant  = 64                     // of one grant
)

// sessions are known by the hash of their cookie, so that nothing in memory
// lets anybody in.
type sessions struct {
	mu sync.Mutex
	by map[[32]byte]*session
}

type session struct {
	grant geo.Grant // as it was at the beginning
	until geo.Time
}

// begin returns the cookie of a new session.
func (s *sessions) begin(g *geo.Grant, now geo.Time) string {
	cookie := random(secretBytes)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by == nil {
		s.by = map[[32]byte]*session{}
	}
	s.room(g.ID, now)
	kept := *g
	kept.Reader.Missions = slices.Clone(g.Reader.Missions)
	s.by[sha256.Sum256([]byte(cookie))] = &session{kept, idleEnd(g, now)}
	return cookie
}

func idleEnd(g *geo.Grant, now geo.Time) geo.Time {
	if g.Expires != 0 {
		return min(now+Idle, g.Expires)
	}
	return now + Idle
}

// room ends the sessions that are over, and where there are too many those
// that would end first.
func (s *sessions) room(grant string, now geo.Time) {
	var first, firstOfGrant [32]byte
	ofGrant := 0
	for key, e := range s.by {
		if e.until <= now {
			delete(s.by, key)
			continue
		}
		if o := s.by[first]; o == nil || e.until < o.until {
			first = key
		}
		if e.grant.ID == grant {
			ofGrant++
			if o := s.by[firstOfGrant]; o == nil || e.until < o.until {
				firstOfGrant = key
			}
		}
	}
	switch {
	case ofGrant >= mostOfGrant:
		delete(s.by, firstOfGrant)
	case len(s.by) >= mostSessions:
		delete(s.by, first)
	}
}

// find returns the grant of a session; nil for one that is over, or whose
// grant is over or has changed, which ends it.
func (s *sessions) find(grants []geo.Grant, cookie string, now geo.Time) (g *geo.Grant, until geo.Time) {
	key := sha256.Sum256([]byte(cookie))
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.by[key]
	if e == nil {
		return nil, 0
	}
	at := slices.IndexFunc(grants, func(g geo.Grant) bool { return g.ID == e.grant.ID })
	if at < 0 || now >= e.until || !grants[at].Live(now) || !same(&grants[at], &e.grant) {
		delete(s.by, key)
		return nil, 0
	}
	return &grants[at], e.until
}

// renew lets a session live on.
func (s *sessions) renew(g *geo.Grant, cookie string, now geo.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.by[sha256.Sum256([]byte(cookie))]; e != nil {
		e.until = idleEnd(g, now)
	}
}

// end ends a session.
func (s *sessions) end(cookie string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.by, sha256.Sum256([]byte(cookie)))
}

func same(a, b *geo.Grant) bool {
	return a.Name == b.Name && a.Hash == b.Hash && a.Subject == b.Subject && a.Rank == b.Rank && a.Expires == b.Expires &&
		sameReader(a.Reader, b.Reader)
}
