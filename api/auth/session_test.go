package auth

import (
	"testing"

	"bivouac/geo"
)

// TestSession begins a session and asks with it later.
func TestSession(t *testing.T) {
	_, desk := holder("desk")
	change := func(f func(*geo.Grant)) []geo.Grant {
		g := desk
		f(&g)
		return []geo.Grant{g}
	}
	same := []geo.Grant{desk}
	for _, c := range []struct {
		desc    string
		grants  []geo.Grant
		cookie  string // "" for the right one
		at      geo.Time
		lives   bool
		renewed bool
	}{
		{desc: "at once", grants: same, at: start, lives: true},
		{desc: "before half its time", grants: same, at: start + Idle/2, lives: true},
		{desc: "after half its time", grants: same, at: start + Idle/2 + 1, lives: true, renewed: true},
		{desc: "at its end", grants: same, at: start + Idle},
		{desc: "a cookie of nobody", grants: same, cookie: "x", at: start},
		{desc: "the grant is gone", at: start},
		{desc: "the grant was revoked", grants: change(func(g *geo.Grant) { g.Revoked = start }), at: start + 1},
		{desc: "the grant has expired since", grants: change(func(g *geo.Grant) { g.Expires = start + 1 }), at: start + 1},
		{desc: "the grant ends earlier than it did", grants: change(func(g *geo.Grant) { g.Expires = start + 5*hour }), at: start + 1},
		{desc: "another rank", grants: change(func(g *geo.Grant) { g.Rank = geo.Viewer }), at: start},
		{desc: "another ceiling", grants: change(func(g *geo.Grant) { g.Reader.Ceiling = 0 }), at: start},
		{desc: "a mission less", grants: change(func(g *geo.Grant) { g.Reader.Missions = []string{} }), at: start},
		{desc: "all missions", grants: change(func(g *geo.Grant) { g.Reader.Missions = nil }), at: start},
		{desc: "another token", grants: change(func(g *geo.Grant) { g.Hash[0]++ }), at: start},
	} {
		var g Gate
		cookie := g.Begin(&desk, start)
		if c.cookie != "" {
			cookie = c.cookie
		}
		who, renewed, err := g.Session(c.grants, cookie, c.at)
		if (err == nil) != c.lives || renewed != c.renewed || c.lives && who.Name != "desk" {
			t.Errorf("%s: %v, renewed %v, %v", c.desc, who, renewed, err)
		}
		// One that has ended does not come back.
		if again := g.Alive(same, cookie, start); again != c.lives {
			t.Errorf("%s: afterwards it lives: %v", c.desc, again)
		}
	}
}

// TestSessionLivesOn uses a session for days, and then not.
func TestSessionLivesOn(t *testing.T) {
	var g Gate
	_, desk := holder("desk")
	desk.Expires = start + 100*hour
	grants := []geo.Grant{desk}
	cookie := g.Begin(&desk, start)
	now := geo.Time(start)
	for ; now < desk.Expires; now += 7 * hour {
		_, renewed, err := g.Session(grants, cookie, now)
		// At last it already lasts as long as its grant.
		if err != nil || renewed != (now > start && now < start+98*hour) {
			t.Fatalf("after %d h: %v, renewed %v", (now-start)/hour, err, renewed)
		}
	}
	if _, _, err := g.Session(grants, cookie, desk.Expires); geo.CodeOf(err) != geo.Unauthorized {
		t.Errorf("it outlives its grant: %v", err)
	}
	second := g.Begin(&desk, start)
	if !g.Alive(grants, second, start+Idle-1) || g.Alive(grants, second, start+Idle) {
		t.Error("it does not end after its rest")
	}
}

func TestSignOut(t *testing.T) {
	var g Gate
	_, desk := holder("desk")
	grants := []geo.Grant{desk}
	one, two := g.Begin(&desk, start), g.Begin(&desk, start)
	g.End(one)
	if one == two || g.Alive(grants, one, start) || !g.Alive(grants, two, start) {
		t.Error("signing out ends another session, or none")
	}
}

func TestHolds(t *testing.T) {
	_, desk := holder("desk")
	who := IdentityOf(&desk)
	for _, c := range []struct {
		desc   string
		change func(*geo.Grant)
		want   bool
	}{
		{"as it was", func(*geo.Grant) {}, true},
		{"revoked", func(g *geo.Grant) { g.Revoked = 1 }, false},
		{"another rank", func(g *geo.Grant) { g.Rank = geo.Viewer }, false},
		{"other missions", func(g *geo.Grant) { g.Reader.Missions = []string{"UNMISS"} }, false},
		{"another id", func(g *geo.Grant) { g.ID = "x" }, false},
	} {
		g := desk
		c.change(&g)
		if got := Holds([]geo.Grant{g}, who, start); got != c.want {
			t.Errorf("%s: %v", c.desc, got)
		}
	}
}
