package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// still is a Source of one empty collection.
type still struct{}

func (still) Ready() error { return nil }

func (still) Snapshot() *layer.Snapshot {
	return layer.NewSnapshot("s", []*layer.Layer{layer.New(geo.Schema{Name: "things"})}, nil, nil)
}

// TestRoutesAreDescribed holds the API description to the table of routes, both
// ways.
func TestRoutesAreDescribed(t *testing.T) {
	s, err := New(Config{Source: still{}})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/api/openapi", nil))
	var doc struct {
		Paths map[string]map[string]any
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`\{[^}]*\}`)
	described := map[string]bool{}
	for path, methods := range doc.Paths {
		for method := range methods {
			described[strings.ToUpper(method)+" "+strings.TrimSuffix(names.ReplaceAllString(path, "{}"), "/")] = true
		}
	}
	delete(described, "GET /collections/things/items") // the same route by the name of a collection
	served := map[string]bool{}
	params := regexp.MustCompile(`:[a-z]+`)
	for _, r := range s.echo.Routes() {
		path, isAPI := strings.CutPrefix(r.Path, "/api")
		onlyPost := strings.HasSuffix(path, "/execution") && r.Method != http.MethodPost
		if isAPI && !onlyPost && r.Method != http.MethodHead && r.Method != http.MethodOptions {
			served[r.Method+" "+params.ReplaceAllString(path, "{}")] = true
		}
	}
	for route := range served {
		if !described[route] {
			t.Errorf("%s is served, but not described", route)
		}
	}
	for route := range described {
		if !served[route] {
			t.Errorf("%s is described, but not served", route)
		}
	}
	if len(served) < 12 {
		t.Errorf("only %d routes found", len(served))
	}
}

// TestStatuses gives every code a status of its own.
func TestStatuses(t *testing.T) {
	seen := map[int]geo.Code{}
	for _, code := range []geo.Code{geo.Invalid, geo.NotFound, geo.Conflict, geo.Precondition, geo.Forbidden, geo.Unauthorized, geo.Unacceptable,
		geo.Unsupported, geo.NotAllowed, geo.TooLarge, geo.Unavailable, geo.Unconditional, geo.Delayed, geo.Cancelled, geo.Internal} {
		status := statuses[code]
		if status < 400 || seen[status] != "" {
			t.Errorf("%s is %d, as is %q", code, status, seen[status])
		}
		seen[status] = code
	}
	if len(statuses) != len(seen) {
		t.Errorf("%d statuses for %d codes", len(statuses), len(seen))
	}
}
