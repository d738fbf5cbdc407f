package auth

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bivouac/geo"
)

// The moments of the tests.
const (
	start = 1_800_000_000 * geo.Second
	hour  = 3600 * geo.Second
)

// holder makes a grant and its token.
func holder(name string) (token string, g geo.Grant) {
	token, id, hash := Mint()
	return token, geo.Grant{ID: id, Name: name, Hash: hash, Rank: geo.Editor, Reader: geo.Reader{Ceiling: geo.Confidential, Missions: []string{"MINUSMA"}}}
}

func TestToken(t *testing.T) {
	good, desk := holder("desk")
	others, other := holder("other")
	late, expired := holder("expired")
	expired.Expires = start
	gone, revoked := holder("revoked")
	revoked.Revoked = start - hour
	_, byOIDC := holder("by its provider")
	byOIDC.Hash = [32]byte{}
	grants := []geo.Grant{desk, other, expired, revoked, byOIDC}
	id := func(token string) string { return token[4:12] }
	for _, c := range []struct {
		desc, token string
		want        string // name of who is let in, "" for nobody
		says        string // part of the refusal
	}{
		{desc: "right", token: good, want: "desk"},
		{desc: "right, of another", token: others, want: "other"},
		{desc: "none", token: "", says: "whole token"},
		{desc: "forged", token: "bvk_" + id(good) + "_" + strings.Repeat("a", 52), says: "lets nobody in"},
		{desc: "of nobody", token: "bvk_aaaaaaaa_" + good[13:], says: "lets nobody in"},
		{desc: "cut", token: good[:len(good)-1], says: "whole token"},
		{desc: "one letter more", token: good + "a", says: "whole token"},
		{desc: "the last letter another", token: good[:len(good)-1] + map[bool]string{true: "b", false: "a"}[good[len(good)-1] == 'a'], says: "lets nobody in"},
		{desc: "in capitals", token: strings.ToUpper(good), says: "whole token"},
		{desc: "secret in capitals", token: good[:13] + strings.ToUpper(good[13:]), says: "lets nobody in"},
		{desc: "other's id with its own secret", token: "bvk_" + id(others) + "_" + good[13:], says: "lets nobody in"},
		{desc: "without an id", token: "bvk__" + good[13:], says: "whole token"},
		{desc: "the hash of its secret", token: fmt.Sprintf("bvk_%s_%x", id(good), desk.Hash[:26]), says: "lets nobody in"},
		{desc: "of a grant without a token", token: "bvk_" + byOIDC.ID + "_" + good[13:], says: "lets nobody in"},
		{desc: "over, at its last moment", token: late, says: "ended at"},
		{desc: "revoked", token: gone, says: "was revoked at"},
	} {
		var g Gate
		got, err := g.Token(grants, c.token, "10.0.0.1", start)
		switch {
		case c.want != "" && (err != nil || got.Name != c.want):
			t.Errorf("%s: %v, %v", c.desc, got, err)
		case c.want == "" && (geo.CodeOf(err) != geo.Unauthorized || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s: %v, want %q", c.desc, err, c.says)
		}
		if c.token != "" && err != nil && strings.Contains(err.Error(), c.token) {
			t.Errorf("%s: the refusal repeats the token", c.desc)
		}
	}
}

// wrong returns a token of the same form that is not right.
func wrong(id string) string { return "bvk_" + id + "_" + strings.Repeat("a", 52) }

func TestLockOut(t *testing.T) {
	var g Gate
	token, desk := holder("desk")
	grants := []geo.Grant{desk}
	const from = "10.0.0.1"
	for i := range freeTries {
		if _, err := g.Token(grants, wrong(desk.ID), from, start); geo.CodeOf(err) != geo.Unauthorized {
			t.Fatalf("failure %d: %v", i+1, err)
		}
	}
	now, last := geo.Time(start), geo.Time(0)
	for i := range 12 {
		_, err := g.Token(grants, token, from, now)
		var wait Wait
		if geo.CodeOf(err) != geo.Delayed || !errors.As(err, &wait) {
			t.Fatalf("delay %d: the right token is taken: %v", i, err)
		}
		if geo.Time(wait) <= last && geo.Time(wait) != longestDelay || geo.Time(wait) > longestDelay {
			t.Errorf("delay %d is %v after %v", i, wait, Wait(last))
		}
		last = geo.Time(wait)
		if _, err := g.Token(grants, wrong(desk.ID), from, now+last-1); geo.CodeOf(err) != geo.Delayed {
			t.Errorf("a microsecond too early: %v", err)
		}
		now += last
		if _, err := g.Token(grants, wrong(desk.ID), from, now); geo.CodeOf(err) != geo.Unauthorized {
			t.Errorf("after delay %d: %v", i, err)
		}
	}
	now += longestDelay
	if who, err := g.Token(grants, token, from, now); err != nil || who.Name != "desk" {
		t.Errorf("after the last delay: %v", err)
	}
	if _, err := g.Token(grants, wrong(desk.ID), from, now+forgetAfter+longestDelay); geo.CodeOf(err) != geo.Unauthorized {
		t.Errorf("after a quiet time: %v", err)
	}
	if _, err := g.Token(grants, token, from, now+forgetAfter+longestDelay); err != nil {
		t.Errorf("the old failures still count: %v", err)
	}
}

// TestLockOutOfWhom fails in one place and asks in another.
func TestLockOutOfWhom(t *testing.T) {
	token, desk := holder("desk")
	others, other := holder("other")
	grants := []geo.Grant{desk, other}
	for _, c := range []struct {
		desc        string
		fail, ask   string // addresses
		failedToken string
		token       string
		known       bool // the token was right there before
		held        bool
	}{
		{desc: "the same address, another token", fail: "10.0.0.1", ask: "10.0.0.1", failedToken: wrong(desk.ID), token: others, held: true},
		{desc: "the same token, another address", fail: "10.0.0.1", ask: "10.0.0.2", failedToken: wrong(desk.ID), token: token, held: true},
		{desc: "another token and address", fail: "10.0.0.1", ask: "10.0.0.2", failedToken: wrong(desk.ID), token: others},
		{desc: "the same address by another notation", fail: "10.0.0.1", ask: "::ffff:10.0.0.1", failedToken: "x", token: token, held: true},
		{desc: "the same network of IPv6", fail: "2001:db8::1", ask: "2001:db8::ffff:2", failedToken: "x", token: token, held: true},
		{desc: "another network of IPv6", fail: "2001:db8::1", ask: "2001:db8:0:1::1", failedToken: "x", token: token},
		{desc: "who was let in before, others' failures", fail: "10.0.0.1", ask: "10.0.0.2", failedToken: wrong(desk.ID), token: token, known: true},
		{desc: "who was let in before, and failed since", fail: "10.0.0.1", ask: "10.0.0.1", failedToken: wrong(desk.ID), token: token, known: true, held: true},
		{desc: "who was let in before, a neighbour's failures", fail: "10.0.0.1", ask: "10.0.0.1", failedToken: wrong(other.ID), token: token, known: true},
	} {
		var g Gate
		if c.known {
			g.Meet(&desk, c.ask, start-hour)
		}
		for range freeTries {
			if _, err := g.Token(grants, c.failedToken, c.fail, start); geo.CodeOf(err) != geo.Unauthorized {
				t.Fatalf("%s: %v", c.desc, err)
			}
		}
		if _, err := g.Token(grants, c.token, c.ask, start); (geo.CodeOf(err) == geo.Delayed) != c.held {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

// TestOverIsNoGuess shows a right token that is over: nobody is held up for it.
func TestOverIsNoGuess(t *testing.T) {
	var g Gate
	token, desk := holder("desk")
	desk.Expires = start
	news := 0
	for range 20 {
		got, err := g.Token([]geo.Grant{desk}, token, "10.0.0.1", start)
		if geo.CodeOf(err) != geo.Unauthorized || got == nil {
			t.Fatal(err)
		}
		if g.Meet(got, "10.0.0.1", start) {
			news++
		}
	}
	if news != 1 {
		t.Errorf("it is news %d times", news)
	}
}

func TestBoundedMemory(t *testing.T) {
	var g Gate
	for i := range 3 * mostNames {
		from := fmt.Sprintf("2001:db8:%x:%x::1", i>>16, i&0xffff)
		if _, err := g.Token(nil, wrong("aaaaaaaa"), from, start+geo.Time(i)*geo.Second); geo.CodeOf(err) == geo.Internal {
			t.Fatal(err)
		}
		g.Meet(&geo.Grant{ID: fmt.Sprint(i)}, from, start)
	}
	if n, m := len(g.failures.by), len(g.friends.by); n > mostNames || m > mostFriends {
		t.Errorf("%d failures and %d friends are kept", n, m)
	}
	_, desk := holder("desk")
	for range 2 * mostOfGrant {
		g.Begin(&desk, start)
	}
	if n := len(g.sessions.by); n != mostOfGrant {
		t.Errorf("one grant has %d sessions", n)
	}
	for i := range mostSessions + 100 {
		g.Begin(&geo.Grant{ID: fmt.Sprint(i)}, start+geo.Time(i))
	}
	if n := len(g.sessions.by); n != mostSessions {
		t.Errorf("%d sessions", n)
	}
	var p flows
	for i := range mostFlows + 50 {
		p.add(flow{until: start + geo.Time(i+1)}, start)
	}
	if n := len(p.by); n != mostFlows {
		t.Errorf("%d sign-ins under way", n)
	}
}

// TestUnknownTakesAsLong measures, roughly, that an id that nobody has is not
// told by time from one whose secret is wrong.
func TestUnknownTakesAsLong(t *testing.T) {
	var grants []geo.Grant
	for range 50 {
		_, g := holder("x")
		grants = append(grants, g)
	}
	measure := func(token string) time.Duration {
		var all []time.Duration
		for range 400 {
			begin := time.Now()
			for range 20 {
				id, secret, _ := split(token)
				if match(grants, id, secret) != nil {
					t.Fatal("let in")
				}
			}
			all = append(all, time.Since(begin))
		}
		slices.Sort(all)
		return all[len(all)/10]
	}
	known, unknown := measure(wrong(grants[49].ID)), measure(wrong("aaaaaaaa"))
	if known > 2*unknown || unknown > 2*known {
		t.Errorf("%v with an id that somebody has, %v without", known, unknown)
	}
}

// TestTogether uses one gate from many sides; the race detector watches.
func TestTogether(t *testing.T) {
	var g Gate
	token, desk := holder("desk")
	grants := []geo.Grant{desk}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			from := fmt.Sprintf("10.0.0.%d", i)
			for j := range 200 {
				now := start + geo.Time(j)*geo.Second
				if _, err := g.Token(grants, token, from, now); err != nil {
					t.Error(err)
				}
				g.Meet(&desk, from, now)
				cookie := g.Begin(&desk, now)
				if _, _, err := g.Session(grants, cookie, now); err != nil {
					t.Error(err)
				}
				g.End(cookie)
				if _, err := g.Token(grants, wrong("aaaaaaaa"), from+"1", now); err == nil {
					t.Error("let in")
				}
			}
		})
	}
	all.Wait()
}
