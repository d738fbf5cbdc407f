package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
	"bivouac/geo"
)

// fixed is Grants that do not change.
type fixed []geo.Grant

func (f fixed) Grants() ([]geo.Grant, error) { return f, nil }

// ranks says who may use which route: a new route stands here, too.
var ranks = map[string]geo.Rank{
	"GET /api": geo.Viewer, "GET /api/conformance": geo.Viewer, "GET /api/openapi": geo.Viewer, "GET /api/functions": geo.Viewer,
	"GET /api/collections": geo.Viewer, "GET /api/collections/:collection": geo.Viewer,
	"GET /api/collections/:collection/sortables":  geo.Viewer,
	"GET /api/collections/:collection/queryables": geo.Viewer, "GET /api/collections/:collection/schema": geo.Viewer,
	"GET /api/collections/:collection/items": geo.Viewer, "GET /api/collections/:collection/items/:key": geo.Viewer,
	"GET /api/collections/:collection/export": geo.Viewer,
	"GET /api/collections/:collection/tiles":  geo.Viewer, "GET /api/collections/:collection/tiles/:set": geo.Viewer,
	"GET /api/collections/:collection/tiles/:set/:z/:y/:x": geo.Viewer,
	"GET /api/collections/:collection/xyz/metadata.json":   geo.Viewer, "GET /api/collections/:collection/xyz/:z/:x/:y": geo.Viewer,
	"GET /api/tileMatrixSets": geo.Viewer, "GET /api/tileMatrixSets/:set": geo.Viewer,
	"GET /api/styles": geo.Viewer, "GET /api/styles/:collection": geo.Viewer, "GET /api/styles/:collection/metadata": geo.Viewer, "GET /api/sprites/:file": geo.Viewer,
	"GET /api/collections/:collection/styles": geo.Viewer, "GET /api/collections/:collection/styles/:style": geo.Viewer,
	"GET /api/tiles": geo.Viewer, "GET /api/tiles/:set": geo.Viewer, "GET /api/tiles/:set/:z/:y/:x": geo.Viewer,
	"GET /api/processes": geo.Viewer, "GET /api/processes/:process": geo.Viewer,
	"POST /api/processes/:process/execution": geo.Viewer, "GET /api/jobs/:job": geo.Viewer,
	"GET /api/jobs": geo.Viewer, "DELETE /api/jobs/:job": geo.Viewer, "POST /api/jobs/:job/stop": geo.Viewer, "GET /api/jobs/:job/results": geo.Viewer, "GET /api/jobs/:job/results/:output": geo.Viewer,
	"GET /api/session": anyone, "POST /api/session": anyone, "DELETE /api/session": anyone,
	"GET /api/session/oidc": anyone, "GET /api/session/oidc/callback": anyone,
	"POST /api/collections/:collection/items": geo.Editor, "PUT /api/collections/:collection/items/:key": geo.Editor,
	"PATCH /api/collections/:collection/items/:key": geo.Editor, "DELETE /api/collections/:collection/items/:key": geo.Editor,
	"GET /api/collections/:collection/items/:key/history": geo.Viewer,
	"GET /api/changes": geo.Viewer, "POST /api/changes": geo.Editor, "GET /api/changes/:version": geo.Viewer,
	"POST /api/changes/:version/undo": geo.Editor, "GET /api/events": geo.Viewer,
	"GET /api/documents/:kind": geo.Viewer, "GET /api/documents/:kind/:id": geo.Viewer, "GET /api/documents/:kind/:id/history": geo.Viewer,
	"PUT /api/documents/:kind/:id": geo.Analyst, "DELETE /api/documents/:kind/:id": geo.Analyst,
	"GET /api/alerts": geo.Viewer, "GET /api/alerts/:alert": geo.Viewer, "GET /api/alert-rules": geo.Viewer, "POST /api/alerts/:alert/acknowledge": geo.Analyst,
	"GET /api/imports": geo.Editor, "POST /api/imports": geo.Editor, "GET /api/imports/:import": geo.Editor, "PATCH /api/imports/:import": geo.Editor, "DELETE /api/imports/:import": geo.Editor,
	"GET /api/imports/:import/file": geo.Editor, "PATCH /api/imports/:import/file": geo.Editor, "GET /api/imports/:import/rows": geo.Editor, "POST /api/imports/:import/approval": geo.Editor,
	"GET /api/audit": geo.Administrator, "GET /metrics": geo.Administrator,
	"GET /healthz": anyone, "GET /readyz": anyone, "GET /*": anyone,
}

// blank is a file in which nothing stands.
type blank struct{}

func (blank) Write(geo.Row, []geo.Value) error { return nil }
func (blank) Close() error                     { return nil }
func (blank) Discard()                         {}
func (blank) Lost() []string                   { return nil }

// TestRanks asks every route as nobody and as each rank.
func TestRanks(t *testing.T) {
	var grants fixed
	tokens := []string{""}
	for rank := geo.Viewer; rank <= geo.Administrator; rank++ {
		token, id, hash := auth.Mint()
		tokens = append(tokens, token)
		grants = append(grants, geo.Grant{ID: id, Name: rank.String(), Hash: hash, Rank: rank})
	}
	s, err := New(Config{Source: still{}, Formats: []Format{{New: func(io.Writer, FileHead) (RowWriter, error) { return blank{}, nil }}}, Sink: edited{}, Past: edited{}, Imports: awaited{}, Grants: grants})
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, r := range s.routes() {
		name := r.method + " " + r.path
		least, ok := ranks[name]
		if asked[name] = true; !ok {
			t.Errorf("who may use %s? It does not stand in this test", name)
			continue
		}
		for i, token := range tokens {
			got := statusOf(s, r.method, r.path, token)
			if want := refusal(least, i-1); want != 0 && got != want || want == 0 && (got == 401 && name != "POST /api/session" && name != "GET /api/session/oidc/callback" || got == 403) {
				t.Errorf("%s by %q: %d, want %d (0: let in)", name, append([]string{"nobody"}, geo.Ranks()...)[i], got, want)
			}
			if head := statusOf(s, http.MethodHead, r.path, token); r.method == http.MethodGet && head != got {
				t.Errorf("HEAD %s: %d, and GET %d", r.path, head, got)
			}
		}
	}
	for name := range ranks {
		if !asked[name] {
			t.Errorf("there is no route %s", name)
		}
	}
	for _, path := range []string{"/api/nothing", "/api/", "/api/sessions", "/api/session2", "/api/processes/x/execution", "/api/collections/none"} {
		if got := statusOf(s, http.MethodGet, path, ""); got != http.StatusUnauthorized {
			t.Errorf("%s by nobody: %d", path, got)
		}
	}
}

// refusal is the status for a rank, of which -1 is nobody; 0 for none.
func refusal(least geo.Rank, rank int) int {
	switch {
	case least == anyone:
		return 0
	case rank < 0:
		return http.StatusUnauthorized
	case rank < int(least):
		return http.StatusForbidden
	}
	return 0
}

func statusOf(s *Server, method, path, token string) (status int) {
	path = strings.NewReplacer(":collection", "things", ":key", "1", ":set", "WebMercatorQuad", ":z", "0", ":y", "0", ":x", "0", ":process", "x", ":job", "x", ":import", "x", ":kind", "view", ":style", "things", ":file", "light.json", ":id", "x", ":version", "1", "*", "").Replace(path)
	r := httptest.NewRequest(method, "http://localhost"+path, nil)
	if method == http.MethodPost {
		r.Body = io.NopCloser(strings.NewReader("{}"))
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	defer func() {
		// A stream of events that has begun is cut.
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			panic(p)
		}
		status = w.Code
	}()
	s.ServeHTTP(w, r)
	return w.Code
}

// TestPreflight lets a browser ask what a page of another site may send, and
// nothing else without a token.
func TestPreflight(t *testing.T) {
	s, err := New(Config{Source: still{}, Grants: fixed{{ID: "a", Name: "a"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		desc    string
		headers []string
		status  int
	}{
		{"a preflight", []string{"Origin", "https://gis.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "authorization"}, 204},
		{"OPTIONS of nobody", nil, 401},
	} {
		r := httptest.NewRequest(http.MethodOptions, "http://localhost/api/collections/things/items", nil)
		for i := 0; i < len(c.headers); i += 2 {
			r.Header.Set(c.headers[i], c.headers[i+1])
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		h := w.Header()
		if w.Code != c.status || !strings.Contains(h.Get("Access-Control-Allow-Headers"), "Authorization") ||
			h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %d %v", c.desc, w.Code, h)
		}
	}
}

// TestGoesOn asks in the middle of an answer whether its asker is still let in.
func TestGoesOn(t *testing.T) {
	token, id, hash := auth.Mint()
	grant := geo.Grant{ID: id, Name: "desk", Hash: hash, Rank: geo.Viewer}
	revoked, other := grant, grant
	revoked.Revoked, other.Reader.Ceiling = 1, geo.Confidential
	for _, c := range []struct {
		desc          string
		before, after []geo.Grant
		session       bool
		signOut       bool
		want          bool
	}{
		{desc: "an open server", want: true},
		{desc: "an open server gets its first grant", after: []geo.Grant{grant}},
		{desc: "a token", before: []geo.Grant{grant}, after: []geo.Grant{grant}, want: true},
		{desc: "a token that is revoked", before: []geo.Grant{grant}, after: []geo.Grant{revoked}},
		{desc: "a token whose grant changes", before: []geo.Grant{grant}, after: []geo.Grant{other}},
		{desc: "a session", before: []geo.Grant{grant}, after: []geo.Grant{grant}, session: true, want: true},
		{desc: "a session that ends", before: []geo.Grant{grant}, after: []geo.Grant{grant}, session: true, signOut: true},
		{desc: "a session whose grant is revoked", before: []geo.Grant{grant}, after: []geo.Grant{revoked}, session: true},
	} {
		var grants changing
		grants.list = c.before
		s, err := New(Config{Source: still{}, Grants: &grants})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodGet, "http://localhost/api/lasting", nil)
		cookie := s.gate.Begin(&grant, s.now())
		switch {
		case c.session:
			r.Header.Set("Cookie", cookieName+"="+cookie)
		case c.before != nil:
			r.Header.Set("Authorization", "Bearer "+token)
		}
		asked := false
		s.echo.GET("/api/lasting", func(e echo.Context) error {
			asked = true
			if !s.goesOn(e) {
				t.Errorf("%s: it ends at once", c.desc)
			}
			grants.list = c.after
			if c.signOut {
				s.gate.End(cookie)
			}
			if got := s.goesOn(e); got != c.want {
				t.Errorf("%s: it goes on: %v", c.desc, got)
			}
			return nil
		})
		s.ServeHTTP(httptest.NewRecorder(), r)
		if !asked {
			t.Errorf("%s: nobody is let in", c.desc)
		}
	}
}

// changing is Grants that change.
type changing struct{ list []geo.Grant }

func (c *changing) Grants() ([]geo.Grant, error) { return c.list, nil }
