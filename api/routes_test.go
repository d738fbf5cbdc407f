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
	"bivouac/geo/staging"
)

// still is a Source of one empty collection.
type still struct{}

func (still) Ready() error { return nil }

func (still) Snapshot() *layer.Snapshot {
	return layer.NewSnapshot("s", []*layer.Layer{layer.New(geo.Schema{Name: "things"})}, nil, nil)
}

// edited is a Sink and a Past that are there.
type edited struct {
	Sink
	Past
}

// awaited is Imports of which there is none.
type awaited struct{ Imports }

func (awaited) List(geo.Asker) []staging.Import { return nil }

func (awaited) Since(uint64, geo.Asker) ([]staging.Import, uint64, <-chan struct{}) {
	return nil, 0, nil
}

func (awaited) Find(id string, _ geo.Asker) (staging.Import, error) {
	return staging.Import{}, geo.Errorf(geo.NotFound, "import", "there is no import %q of yours", id)
}

// TestRoutesAreDescribed holds the API description to the table of routes, both
// ways, for a world that can be edited and one that cannot.
func TestRoutesAreDescribed(t *testing.T) {
	for desc, c := range map[string]Config{
		"read only": {Source: still{}}, "edited": {Source: still{}, Sink: edited{}, Past: edited{}, Imports: awaited{}}, "kept": {Source: still{}, Past: edited{}},
	} {
		s, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		described, served := describedBy(t, s), servedBy(s)
		for route := range served {
			if !described[route] {
				t.Errorf("%s: %s is served, but not described", desc, route)
			}
		}
		for route := range described {
			if !served[route] {
				t.Errorf("%s: %s is described, but not served", desc, route)
			}
		}
		if served["POST /changes"] != (c.Sink != nil) || served["GET /events"] != (c.Past != nil) || len(served) < 18 {
			t.Errorf("%s: %d routes found", desc, len(served))
		}
		for _, r := range s.echo.Routes() {
			if s.series[r.Path] == nil {
				t.Errorf("%s: %s is not counted", desc, r.Path)
			}
		}
	}
}

// describedBy returns the methods and paths of the description. Those by the
// name of a collection are the same routes again.
func describedBy(t *testing.T, s *Server) map[string]bool {
	t.Helper()
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
			path := strings.Replace(path, "/collections/things/", "/collections/{}/", 1)
			described[strings.ToUpper(method)+" "+strings.TrimSuffix(names.ReplaceAllString(path, "{}"), "/")] = true
		}
	}
	return described
}

// servedBy returns the methods and paths of the table. HEAD and OPTIONS, and
// what refuses to read where only POST is, need no description.
func servedBy(s *Server) map[string]bool {
	params := regexp.MustCompile(`:[a-z]+`)
	served := map[string]bool{}
	for _, r := range s.routes() {
		if path, isAPI := strings.CutPrefix(r.path, "/api"); isAPI && r.there {
			served[r.method+" "+params.ReplaceAllString(path, "{}")] = true
		}
	}
	return served
}

// TestStatuses gives every code a status of its own.
func TestStatuses(t *testing.T) {
	seen := map[int]geo.Code{}
	for _, code := range []geo.Code{geo.Invalid, geo.NotFound, geo.Gone, geo.Conflict, geo.Precondition, geo.Forbidden, geo.Unauthorized, geo.Unacceptable,
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
