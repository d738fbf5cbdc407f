package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/geo"
)

func TestSessionCookie(t *testing.T) {
	d := newDesk()
	token := d.grant("desk", geo.Editor, geo.Reader{Ceiling: geo.Confidential, Missions: []string{"MINUSMA"}})
	d.change("desk", func(g *geo.Grant) { g.Expires = geo.TimeOf(d.clock().Add(20 * time.Hour)) })
	s, _ := serve(t, d.config(), mixed(t))
	w := send(s, http.MethodPost, "/api/session", `{"token":"`+token+`"}`)
	c := cookieOf(t, w, "bivouac_session")
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Secure || c.MaxAge != 12*3600 || len(c.Value) < 50 || strings.Contains(c.Value, token[13:]) {
		t.Errorf("the cookie: %+v", c)
	}
	if w.Header().Get("Cache-Control") != "no-store" || strings.Contains(w.Body.String(), c.Value) || strings.Contains(w.Body.String(), token) {
		t.Errorf("the answer: %v %s", w.Header(), w.Body)
	}
	session := []string{"Cookie", "bivouac_session=" + c.Value}
	state := ok(t, s, "/api/session", session...)
	for name, want := range map[string]any{"name": "desk", "role": "editor", "ceiling": "confidential", "signedIn": true, "required": true, "token": true,
		"oidc": false, "editable": false, "expires": "2026-11-27T04:00:00Z"} {
		if state[name] != want {
			t.Errorf("%s is %v, want %v", name, state[name], want)
		}
	}
	if missions := state["missions"].([]any); len(missions) != 1 || missions[0] != "MINUSMA" {
		t.Errorf("missions %v", missions)
	}
	d.pass(5 * time.Hour)
	if w := get(s, mixedItems, session...); w.Code != http.StatusOK || len(w.Result().Cookies()) != 0 {
		t.Errorf("before half its time: %d %v", w.Code, w.Header())
	}
	d.pass(2 * time.Hour)
	if w := get(s, mixedItems, session...); w.Code != http.StatusOK || cookieOf(t, w, "bivouac_session").Value != c.Value {
		t.Errorf("after half its time: %d %v", w.Code, w.Header())
	}
	d.pass(11 * time.Hour)
	if w := get(s, mixedItems, session...); w.Code != http.StatusOK {
		t.Errorf("renewed, after 18 h: %d", w.Code)
	}
	d.pass(2 * time.Hour)
	if w := get(s, mixedItems, session...); w.Code != http.StatusUnauthorized {
		t.Errorf("its grant is over: %d", w.Code)
	}
}

// TestSessionEnds ends sessions in every way; each asks right before and after.
func TestSessionEnds(t *testing.T) {
	for _, c := range []struct {
		desc string
		end  func(t *testing.T, d *desk, s *api.Server, session []string)
	}{
		{"signed out", func(t *testing.T, _ *desk, s *api.Server, session []string) {
			w := send(s, http.MethodDelete, "/api/session", "", session...)
			if w.Code != http.StatusNoContent || cookieOf(t, w, "bivouac_session").MaxAge >= 0 || w.Header().Get("Clear-Site-Data") != `"cache"` {
				t.Errorf("%d %v", w.Code, w.Header())
			}
		}},
		{"revoked", func(_ *testing.T, d *desk, _ *api.Server, _ []string) {
			d.change("desk", func(g *geo.Grant) { g.Revoked = geo.TimeOf(d.clock()) })
		}},
		{"demoted", func(_ *testing.T, d *desk, _ *api.Server, _ []string) {
			d.change("desk", func(g *geo.Grant) { g.Rank = geo.Viewer })
		}},
		{"left alone", func(_ *testing.T, d *desk, _ *api.Server, _ []string) { d.pass(12 * time.Hour) }},
		{"signed in anew", func(t *testing.T, d *desk, s *api.Server, session []string) {
			token := d.grant("second", geo.Viewer, geo.Reader{})
			if w := send(s, http.MethodPost, "/api/session", `{"token":"`+token+`"}`, session...); w.Code != http.StatusOK {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		}},
	} {
		d := newDesk()
		token := d.grant("desk", geo.Editor, cleared)
		s, _ := serve(t, d.config(), mixed(t))
		session := signIn(t, s, token)
		if w := get(s, mixedItems, session...); w.Code != http.StatusOK {
			t.Fatalf("%s: before it %d", c.desc, w.Code)
		}
		c.end(t, d, s, session)
		if w := get(s, mixedItems, session...); w.Code != http.StatusUnauthorized {
			t.Errorf("%s: %d", c.desc, w.Code)
		}
		state := ok(t, s, "/api/session", session...)
		if state["name"] != nil || state["role"] != nil || state["signedIn"] != false || state["required"] != true {
			t.Errorf("%s: the page is told %v", c.desc, state)
		}
	}
}

func TestBadSignIn(t *testing.T) {
	d := newDesk()
	token := d.grant("desk", geo.Editor, cleared)
	s, _ := serve(t, d.config(), mixed(t))
	right := `{"token":"` + token + `"}`
	for _, c := range []struct {
		desc, body string
		headers    []string
		status     int
	}{
		{"no JSON", "token=" + token, nil, 400},
		{"no token", `{}`, nil, 401},
		{"a forged one", `{"token":"bvk_aaaaaaaa_` + strings.Repeat("a", 52) + `"}`, nil, 401},
		{"a form of another site", right, []string{"Content-Type", "text/plain"}, 415},
		{"another site", right, []string{"Origin", "https://evil.example"}, 403},
		{"our page", right, []string{"Origin", "http://127.0.0.1:8080", "Sec-Fetch-Site", "same-origin"}, 200},
	} {
		w := send(s, http.MethodPost, "/api/session", c.body, c.headers...)
		if w.Code != c.status || c.status != 200 && len(w.Result().Cookies()) > 0 {
			t.Errorf("%s: %d %v %s", c.desc, w.Code, w.Header(), w.Body)
		}
	}
	d.full.Store(true)
	if w := send(s, http.MethodPost, "/api/session", right); w.Code != http.StatusServiceUnavailable || len(w.Result().Cookies()) > 0 {
		t.Errorf("a sign-in that cannot be written down: %d %v", w.Code, w.Header())
	}
	d.full.Store(false)
	if acts := d.acts(); acts != "sign-in-refused, sign-in-refused, sign-in desk" {
		t.Errorf("audit: %s", acts)
	}
	session := signIn(t, s, token)
	if w := send(s, http.MethodDelete, "/api/session", "", append(session, "Sec-Fetch-Site", "cross-site")...); w.Code != http.StatusForbidden {
		t.Errorf("signed out by another site: %d", w.Code)
	}
	if w := send(s, http.MethodDelete, "/api/session", ""); w.Code != http.StatusNoContent {
		t.Errorf("signing out without a session: %d", w.Code)
	}
	send(s, http.MethodDelete, "/api/session", "", session...)
	if acts := d.acts(); acts != "sign-in desk, sign-out desk" {
		t.Errorf("audit: %s", acts)
	}
}
