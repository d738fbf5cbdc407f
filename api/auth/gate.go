package auth

import (
	"crypto/sha256"
	"crypto/subtle"

	"bivouac/geo"
)

// Gate decides who is let in. The zero Gate is ready, and safe for concurrent
// use.
type Gate struct {
	sessions sessions
	failures failures
	friends  friends
}

// Token returns the grant that a token from an address is of. Its errors are
// geo.Unauthorized, with the grant where that is over, and geo.Delayed with a
// [Wait] as the cause. A token that nobody has and one whose secret is wrong
// are not told apart, in words or in time.
func (g *Gate) Token(grants []geo.Grant, token, from string, now geo.Time) (*geo.Grant, error) {
	id, secret, formed := split(token)
	address, name := addressOf(from), "token "+id
	friend := g.friends.has(id, address, now)
	if wait := max(g.failures.wait(address, now), g.failures.wait(name, now)); wait > 0 && !friend {
		return nil, delayed(wait)
	}
	grant := match(grants, id, secret)
	if grant == nil {
		g.failures.add(address, now)
		if formed {
			g.failures.add(name, now)
		}
		g.friends.drop(id, address)
		return nil, unknownToken(formed)
	}
	if !grant.Live(now) {
		return grant, over(grant)
	}
	g.failures.clear(name)
	return grant, nil
}

// match returns the grant of the ID whose secret it is. Without one of that ID
// the secret is compared with that of nobody.
func match(grants []geo.Grant, id, secret string) *geo.Grant {
	nobody := geo.Grant{}
	found := &nobody
	for i := range grants {
		if grants[i].ID == id && id != "" {
			found = &grants[i]
		}
	}
	sum := sha256.Sum256([]byte(secret))
	right := subtle.ConstantTimeCompare(sum[:], found.Hash[:]) == 1
	if !right || found.Hash == nobody.Hash {
		return nil
	}
	return found
}

// Begin returns the cookie of a new session of the grant.
func (g *Gate) Begin(grant *geo.Grant, now geo.Time) (cookie string) {
	return g.sessions.begin(grant, now)
}

// Session returns the grant of a session, and whether it was renewed: then the
// cookie is to be set anew. A session that is over is a geo.Unauthorized.
func (g *Gate) Session(grants []geo.Grant, cookie string, now geo.Time) (grant *geo.Grant, renewed bool, err error) {
	grant, until := g.sessions.find(grants, cookie, now)
	if grant == nil {
		return nil, false, geo.Errorf(geo.Unauthorized, "Cookie", "the session is over; sign in again")
	}
	if renewed = until-now < Idle/2 && until != grant.Expires; renewed {
		g.sessions.renew(grant, cookie, now)
	}
	return grant, renewed, nil
}

// Alive reports whether a session goes on, without renewing it.
func (g *Gate) Alive(grants []geo.Grant, cookie string, now geo.Time) bool {
	grant, _ := g.sessions.find(grants, cookie, now)
	return grant != nil
}

// End ends a session.
func (g *Gate) End(cookie string) { g.sessions.end(cookie) }

// Meet notes that a grant, be it over, was shown from an address, and reports
// whether that is news: the first time there for a while. Who was let in before
// is not held up by the failures of others.
func (g *Gate) Meet(grant *geo.Grant, from string, now geo.Time) (news bool) {
	id := grant.ID
	if !grant.Live(now) {
		id = "over " + id
	}
	return g.friends.meet(id, addressOf(from), now)
}
