package api_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/api/proxy"
	"bivouac/geo"
)

const mixedItems = "/api/collections/mixed/items"

// TestWhoIsLetIn asks with everything by which somebody may want to be known.
func TestWhoIsLetIn(t *testing.T) {
	d := newDesk()
	good := d.grant("desk", geo.Viewer, geo.Reader{})
	late := d.grant("late", geo.Viewer, geo.Reader{})
	d.change("late", func(g *geo.Grant) { g.Expires = geo.TimeOf(d.clock()) })
	gone := d.grant("gone", geo.Viewer, geo.Reader{})
	d.change("gone", func(g *geo.Grant) { g.Revoked = geo.TimeOf(d.clock()) })
	s, _ := serve(t, d.config(), mixed(t))
	session := signIn(t, s, good)
	with := func(headers ...string) []string { return append(headers, session...) }
	for _, c := range []struct {
		desc    string
		headers []string
		status  int
		says    string
	}{
		{"nobody", nil, 401, "nobody is signed in"},
		{"a token", bearer(good), 200, ""},
		{"a token, the word in small letters", []string{"Authorization", "bearer " + good}, 200, ""},
		{"a token of a page of another site", append(bearer(good), "Origin", "https://gis.example", "Sec-Fetch-Site", "cross-site"), 200, ""},
		{"a forged token", bearer(good[:13] + strings.Repeat("a", 52)), 401, "lets nobody in"},
		{"a cut token", bearer(good[:40]), 401, "whole token"},
		{"a token that is over", bearer(late), 401, "ended at"},
		{"a revoked token", bearer(gone), 401, "was revoked"},
		{"a password", []string{"Authorization", "Basic eDp5"}, 401, "must be Bearer"},
		{"a session", with(), 200, ""},
		{"a session of our page", with("Origin", "http://127.0.0.1:8080", "Sec-Fetch-Site", "same-origin"), 200, ""},
		{"a session, typed by hand", with("Sec-Fetch-Site", "none"), 200, ""},
		{"a session, from another site", with("Sec-Fetch-Site", "cross-site"), 403, "another site"},
		{"a session, from another port", with("Sec-Fetch-Site", "same-site"), 403, "another site"},
		{"a session, from another origin in an old browser", with("Origin", "https://evil.example"), 403, "another site"},
		{"a session and a wrong token", with(bearer(good[:13] + strings.Repeat("b", 52))...), 401, "lets nobody in"},
		{"a session that nobody has", []string{"Cookie", "bivouac_session=x"}, 401, "session is over"},
	} {
		w := get(s, mixedItems, c.headers...)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d %s", c.desc, w.Code, w.Body)
		}
		if challenge := w.Header().Get("WWW-Authenticate"); (challenge == "Bearer") != (c.status == 401) {
			t.Errorf("%s: WWW-Authenticate %q", c.desc, challenge)
		}
		if c.status != 200 && (strings.Contains(w.Body.String(), "Timbuktu") || w.Header().Get("Ogc-Numbermatched") != "" || w.Header().Get("Etag") != "") {
			t.Errorf("%s: something is told: %v %s", c.desc, w.Header(), w.Body)
		}
	}
}

// TestOpenLoopback keeps the easy default, for whoever sits at the machine.
func TestOpenLoopback(t *testing.T) {
	for _, grants := range []api.Grants{nil, newDesk()} {
		s, _ := serve(t, api.Config{Grants: grants, Reader: geo.Reader{Ceiling: geo.Confidential}}, mixed(t))
		if n := list(t, s, mixedItems).NumberMatched; n != 7 {
			t.Errorf("whoever sits here sees %d records", n)
		}
		if w := get(s, "/metrics"); w.Code != http.StatusOK {
			t.Errorf("metrics: %d", w.Code)
		}
		// The ceiling was raised for whoever sits here, not for the pages that he
		// looks at.
		for _, from := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}} {
			if n := list(t, s, mixedItems, from...).NumberMatched; n != 6 {
				t.Errorf("a page of another site sees %d records", n)
			}
			if w := get(s, "/metrics", from...); w.Code != http.StatusForbidden {
				t.Errorf("a page of another site reads metrics: %d", w.Code)
			}
		}
		if w := send(s, http.MethodPost, "/api/session", `{"token":"bvk_a_b"}`); w.Code != http.StatusConflict {
			t.Errorf("signing in to an open server: %d", w.Code)
		}
	}
}

// TestFirstGrantCloses makes the first grant while the server runs, and cannot
// look grants up later.
func TestFirstGrantCloses(t *testing.T) {
	d := newDesk()
	s, _ := serve(t, d.config(), mixed(t))
	if w := get(s, mixedItems); w.Code != http.StatusOK {
		t.Fatalf("open: %d", w.Code)
	}
	token := d.grant("desk", geo.Viewer, geo.Reader{})
	if w := get(s, mixedItems); w.Code != http.StatusUnauthorized {
		t.Errorf("with a grant: %d", w.Code)
	}
	d.change("desk", func(g *geo.Grant) { g.Revoked = 1 })
	if w := get(s, mixedItems); w.Code != http.StatusUnauthorized {
		t.Errorf("the last grant was revoked, and the server is open: %d", w.Code)
	}
	d.broken = errors.New("disk /secret")
	for _, headers := range [][]string{nil, bearer(token)} {
		if w := get(s, mixedItems, headers...); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "disk") {
			t.Errorf("grants cannot be looked up: %d %s", w.Code, w.Body)
		}
	}
}

// TestTokenInAddress wants it refused, and kept from the log and the answer.
func TestTokenInAddress(t *testing.T) {
	d := newDesk()
	token := d.grant("desk", geo.Administrator, cleared)
	var log logged
	config := d.config()
	config.Log = log.logger()
	guarded, _ := serve(t, config, mixed(t))
	open, _ := serve(t, api.Config{Log: log.logger()}, mixed(t))
	escaped := strings.Replace(token, "bvk", "%62v%6B", 1)
	for _, target := range []string{
		"/api?token=" + token, "/api?access_token=x", "/api?Access%5FToken=1", "/api?name=" + token, "/api?" + token, "/api?" + token + "=1",
		"/api?name=" + escaped, "/api?" + escaped, "/api/collections/" + token, "/api/collections/" + escaped + "/items", "/" + token, "/index.html?token",
		mixedItems + "/" + token[:20], "/metrics?x=" + strings.ToUpper(token), "/healthz?token=1", "/api/session?token=" + token,
	} {
		for _, s := range []*api.Server{guarded, open} {
			for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodDelete} {
				w := send(s, method, target, "", bearer(token)...)
				if w.Code != http.StatusBadRequest || method == http.MethodGet && !strings.Contains(w.Body.String(), "revoked") {
					t.Errorf("%s %s: %d %s", method, target, w.Code, w.Body)
				}
				if strings.Contains(strings.ToLower(w.Body.String()), token[:20]) {
					t.Errorf("%s: the answer repeats the token", target)
				}
			}
		}
	}
	get(guarded, "/api", "Host", "evil.example", "Authorization", "Bearer "+token)
	get(guarded, "/"+token, "Host", "evil.example")
	send(guarded, http.MethodPost, "/api/processes/echo/execution", `{"inputs":{"`+token+`":1}}`, bearer(token)...)
	if text := strings.ToLower(log.String()); strings.Contains(text, token[13:33]) || strings.Contains(text, token[:20]) || !strings.Contains(text, "bvk_...") {
		t.Errorf("the log holds the token: %s", text)
	}
}

// TestLockOutAnswer fails too often.
func TestLockOutAnswer(t *testing.T) {
	d := newDesk()
	token := d.grant("desk", geo.Viewer, geo.Reader{})
	s, _ := serve(t, d.config(), mixed(t))
	bad := token[:13] + strings.Repeat("a", 52)
	for i := range 5 {
		ask := func() *httptest.ResponseRecorder { return get(s, mixedItems, bearer(bad)...) }
		if i%2 == 0 {
			ask = func() *httptest.ResponseRecorder {
				return send(s, http.MethodPost, "/api/session", `{"token":"`+bad+`"}`)
			}
		}
		if w := ask(); w.Code != http.StatusUnauthorized {
			t.Fatalf("failure %d: %d", i, w.Code)
		}
	}
	if acts := d.acts(); strings.Count(acts, "sign-in-refused") != 5 {
		t.Errorf("audit: %s", acts)
	}
	for range 3 {
		w := get(s, mixedItems, bearer(token)...)
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" || decode(t, w)["code"] != "delayed" {
			t.Errorf("locked out: %d %v %s", w.Code, w.Header(), w.Body)
		}
	}
	if acts := d.acts(); acts != "" {
		t.Errorf("who is held up fills the audit: %s", acts)
	}
	d.pass(time.Second)
	if w := get(s, mixedItems, bearer(token)...); w.Code != http.StatusOK {
		t.Errorf("afterwards: %d %s", w.Code, w.Body)
	}
}

// TestBehindProxy believes a proxy, and only one that it was told of.
func TestBehindProxy(t *testing.T) {
	d := newDesk()
	token := d.grant("desk", geo.Viewer, geo.Reader{})
	config := d.config()
	alone, _ := serve(t, config, mixed(t))
	config.Proxies = proxy.Trusted{netip.MustParsePrefix("192.0.2.1/32")}
	behind, _ := serve(t, config, mixed(t))
	config.Proxies = proxy.Loopback
	stranger, _ := serve(t, config, mixed(t))
	headers := []string{"X-Forwarded-For", "6.6.6.6, 10.1.1.1", "X-Forwarded-Proto", "https"}
	for _, c := range []struct {
		desc   string
		server *api.Server
		from   string
		secure bool
	}{{"alone", alone, "192.0.2.1", false}, {"asked past the proxy", stranger, "192.0.2.1", false}, {"behind a proxy", behind, "10.1.1.1", true}} {
		w := send(c.server, http.MethodPost, "/api/session", `{"token":"`+token+`"}`, headers...)
		if got := cookieOf(t, w, "bivouac_session").Secure; got != c.secure {
			t.Errorf("%s: a secure cookie: %v", c.desc, got)
		}
		if got := d.lines[len(d.lines)-1].From; got != c.from {
			t.Errorf("%s: the audit says from %s", c.desc, got)
		}
		landing := get(c.server, "/api", append(headers, bearer(token)...)...)
		if links := strings.Contains(landing.Body.String(), `"href":"https://127.0.0.1:8080/api"`); links != c.secure {
			t.Errorf("%s: links by https: %v", c.desc, links)
		}
	}
	own := append([]string{"Origin", "https://127.0.0.1:8080"}, headers...)
	if w := send(behind, http.MethodPost, "/api/session", `{"token":"`+token+`"}`, own...); w.Code != http.StatusOK {
		t.Errorf("our own page behind a proxy: %d %s", w.Code, w.Body)
	}
}

// TestSignInIsNewsOnce uses a token often: the audit tells of it once for each
// address.
func TestSignInIsNewsOnce(t *testing.T) {
	d := newDesk()
	token := d.grant("desk", geo.Viewer, geo.Reader{})
	s, _ := serve(t, d.config(), mixed(t))
	for i := range 6 {
		r := request(http.MethodGet, mixedItems, bearer(token)...)
		r.RemoteAddr = "10.0.0." + strconv.Itoa(i%2+1) + ":999"
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	if acts := d.acts(); acts != "sign-in desk, sign-in desk" {
		t.Errorf("audit: %s", acts)
	}
	d.full.Store(true)
	d.pass(13 * time.Hour)
	if w := get(s, mixedItems, bearer(token)...); w.Code != http.StatusServiceUnavailable {
		t.Errorf("a sign-in that cannot be written down: %d", w.Code)
	}
}
