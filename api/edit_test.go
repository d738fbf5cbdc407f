package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

// sitesSchema has a field of every role that an edit is held to.
var sitesSchema = geo.Schema{
	Name: "sites", Title: "Sites", Geometry: geo.PointGeometry,
	Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString, Role: geo.NameRole, Required: true},
		{Name: "opened", Kind: geo.KindTime, Role: geo.StartRole, DateOnly: true},
		{Name: "beds", Kind: geo.KindInt},
		{Name: "hub", Kind: geo.KindBool},
		{Name: "mission", Kind: geo.KindString, Role: geo.MissionRole},
		{Name: "classification", Kind: geo.KindString, Role: geo.ClassRole},
		{Name: "source_id", Kind: geo.KindString, Role: geo.SourceIDRole},
	},
}

// sites holds a record that all see, one of a mission, and one of a class.
func sites(tb testing.TB) *layer.Layer {
	tb.Helper()
	b := layer.NewBuilder(sitesSchema)
	for i, values := range []map[string]string{
		{"name": "Camp Gao", "source_id": "s-1"}, {"name": "Camp Kidal", "mission": "MINUSMA"}, {"name": "Post X", "classification": "confidential"},
	} {
		f := geo.Feature{Key: geo.Key(i + 1), Rev: 2, Geometry: orb.Point{-0.05, 16.27}, Z: []float64{260}, Values: make([]geo.Value, len(sitesSchema.Fields)), Extra: []byte(`{"source":"radio"}`)}
		for name, text := range values {
			f.Values[sitesSchema.Field(name)] = geo.String(text)
		}
		if err := geo.Fill(&sitesSchema, &f); err != nil {
			tb.Fatal(err)
		}
		layertest.Add(tb, b, f)
	}
	return layertest.Finish(tb, b)
}

const (
	siteItems = "/api/collections/sites/items"
	geoJSON   = "application/geo+json"
	patchJSON = "application/merge-patch+json"
)

// site is a whole feature with more properties.
func site(more string) string {
	return `{"type":"Feature","geometry":{"type":"Point","coordinates":[1.5,17.25,301.5]},"properties":{"name":"New"` + more + `}}`
}

// send makes a request, with a body where there is one, of the type that the
// address takes unless a header says another.
func send(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := request(method, target, headers...)
	if body != "" {
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	if r.Header.Get("Content-Type") == "" && (body != "" || method == http.MethodPost) {
		r.Header.Set("Content-Type", mediaOf(method, target))
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func mediaOf(method, target string) string {
	switch {
	case method == http.MethodPatch:
		return patchJSON
	case strings.Contains(target, "/items"):
		return geoJSON
	}
	return "application/json"
}

// sameAsGet wants the answer to a write to be that of a GET, tag and all.
func sameAsGet(t *testing.T, desc string, h http.Handler, w *httptest.ResponseRecorder, target string) {
	t.Helper()
	read := get(h, target)
	if w.Body.String() != read.Body.String() || w.Header().Get("Etag") != read.Header().Get("Etag") || w.Header().Get("Content-Type") != read.Header().Get("Content-Type") {
		t.Errorf("%s: the answer is %s %s, a GET gives %s %s", desc, w.Header().Get("Etag"), w.Body, read.Header().Get("Etag"), read.Body)
	}
}

func TestCreate(t *testing.T) {
	s, f := serveStore(t, api.Config{}, sites(t))
	w := send(s, http.MethodPost, siteItems, `{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[1.5,17.25,301.5]},"bbox":[1,2,3,4],"properties":{"name":"New","opened":"2024-05-01","beds":3,"hub":null}}`, "Bivouac-Reason", "Neues%20Lager%20%E2%9C%93")
	if w.Code != http.StatusCreated || w.Header().Get("Location") != "http://127.0.0.1:8080"+siteItems+"/4" || w.Header().Get("Bivouac-Version") != "3" {
		t.Fatalf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	sameAsGet(t, "created", s, w, siteItems+"/4")
	d := decode(t, w)
	if d["id"] != 4.0 || fmt.Sprint(at(t, d, "geometry", "coordinates")) != "[1.5 17.25 301.5]" || at(t, d, "properties", "beds") != 3.0 || at(t, d, "properties", "opened") != "2024-05-01" {
		t.Errorf("%v", d)
	}
	if c := f.commits[3]; c.Author != "local" || c.Reason != "Neues Lager ✓" {
		t.Errorf("kept as %+v", c.Commit)
	}
	if valid := f.commits[3].records[0].After.Valid; valid != geo.From(mustTime("2024-05-01T00:00:00Z")) {
		t.Errorf("it stands %v", valid)
	}
}

func TestReplaceAndUpdate(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	w := send(s, http.MethodPatch, siteItems+"/1", `{"properties":{"beds":7}}`)
	if d := decode(t, w); w.Code != http.StatusOK || at(t, d, "properties", "beds") != 7.0 || at(t, d, "properties", "name") != "Camp Gao" || len(at(t, d, "geometry", "coordinates").([]any)) != 3 {
		t.Errorf("patched: %d %s", w.Code, w.Body)
	}
	sameAsGet(t, "patched", s, w, siteItems+"/1")
	w = send(s, http.MethodPut, siteItems+"/1", site(`,"hub":true`))
	if d := decode(t, w); w.Code != http.StatusOK || d["properties"].(document)["beds"] != nil || at(t, d, "properties", "hub") != true || at(t, d, "properties", "source_id") != "s-1" ||
		at(t, d, "properties", "extra", "source") != "radio" || w.Header().Get("Bivouac-Version") != "4" {
		t.Errorf("replaced: %d %s", w.Code, w.Body)
	}
	sameAsGet(t, "replaced", s, w, siteItems+"/1")
	w = send(s, http.MethodPatch, siteItems+"/1", `{"geometry":null}`)
	if d := decode(t, w); w.Code != http.StatusOK || d["geometry"] != nil {
		t.Errorf("without a place: %d %s", w.Code, w.Body)
	}
}

// TestPutBack reads a record and puts it back as it was read, links and all.
func TestPutBack(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	before := get(s, siteItems+"/1").Body.String()
	if w := send(s, http.MethodPut, siteItems+"/1", before); w.Code != http.StatusOK || w.Body.String() != before {
		t.Errorf("%d %s, was %s", w.Code, w.Body, before)
	}
}

func TestRemove(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	w := send(s, http.MethodDelete, siteItems+"/1", "")
	if w.Code != http.StatusNoContent || w.Body.Len() > 0 || w.Header().Get("Bivouac-Version") != "3" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for method, body := range map[string]string{http.MethodGet: "", http.MethodPut: site(""), http.MethodPatch: "{}", http.MethodDelete: ""} {
		w := send(s, method, siteItems+"/1", body)
		text := decode(t, w)["detail"].(string)
		if w.Code != http.StatusNotFound || !strings.Contains(text, "removed by version 3") || !strings.Contains(text, "/history") || !strings.Contains(text, "/api/changes/3/undo") {
			t.Errorf("%s of a removed record: %d %s", method, w.Code, text)
		}
	}
	if text := decode(t, get(s, siteItems+"/99"))["detail"].(string); strings.Contains(text, "removed") {
		t.Errorf("a record that never was: %s", text)
	}
}

// TestHidden changes what one reader may not see: for him it is not there.
func TestHidden(t *testing.T) {
	f := newFakeStore(t, sites(t))
	low := serveFake(t, api.Config{Reader: geo.Reader{Missions: []string{}}}, f)
	high := serveFake(t, api.Config{Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}}, f)
	for _, key := range []string{"/2", "/3"} {
		for method, body := range map[string]string{http.MethodGet: "", http.MethodPut: site(""), http.MethodPatch: "{}", http.MethodDelete: ""} {
			if w := send(low, method, siteItems+key, body); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "removed") {
				t.Errorf("%s %s: %d %s", method, key, w.Code, w.Body)
			}
		}
	}
	// What moves out of his sight is removed, and nothing says otherwise.
	if w := send(high, http.MethodPatch, siteItems+"/1", `{"properties":{"classification":"confidential"}}`); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := get(low, siteItems+"/1"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "removed by version 3") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if d := ok(t, low, siteItems+"/1/history"); at(t, d, "history", 0, "op") != "remove" || at(t, d, "history", 0).(document)["after"] != nil {
		t.Errorf("%v", d)
	}
	for _, key := range []string{"/2", "/3"} {
		if w := get(low, siteItems+key+"/history"); w.Code != http.StatusNotFound {
			t.Errorf("history of %s: %d %s", key, w.Code, w.Body)
		}
	}
}

func TestOptions(t *testing.T) {
	edited, _ := serveStore(t, api.Config{}, sites(t))
	readOnly, _ := serve(t, api.Config{}, sites(t))
	wantAllow(t, edited, siteItems, "GET", "HEAD", "OPTIONS", "POST")
	wantAllow(t, edited, siteItems+"/1", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
	wantAllow(t, edited, "/api/changes", "GET", "HEAD", "OPTIONS", "POST")
	wantAllow(t, edited, "/api/changes/3/undo", "OPTIONS", "POST")
	wantAllow(t, edited, "/api/documents/view/a", "GET", "HEAD", "OPTIONS", "PUT", "DELETE")
	wantAllow(t, edited, "/api/collections", "GET", "HEAD", "OPTIONS")
	wantAllow(t, readOnly, siteItems, "GET", "HEAD", "OPTIONS")
	wantAllow(t, readOnly, siteItems+"/1", "GET", "HEAD", "OPTIONS")
	if got := send(edited, http.MethodOptions, siteItems+"/1", "").Header().Get("Accept-Patch"); got != patchJSON {
		t.Errorf("Accept-Patch is %q", got)
	}
}

// TestReadOnly wants each method of editing refused, with what to do.
func TestReadOnly(t *testing.T) {
	s, _ := serve(t, api.Config{}, sites(t))
	for _, c := range []struct{ method, target string }{
		{http.MethodPost, siteItems}, {http.MethodPut, siteItems + "/1"}, {http.MethodPatch, siteItems + "/1"}, {http.MethodDelete, siteItems + "/1"},
		{http.MethodPost, "/api/changes"}, {http.MethodPost, "/api/changes/2/undo"}, {http.MethodPut, "/api/documents/view/a"}, {http.MethodDelete, "/api/documents/view/a"},
	} {
		w := send(s, c.method, c.target, "{}", "Content-Type", geoJSON)
		if w.Code != http.StatusMethodNotAllowed || !strings.Contains(w.Body.String(), "--store") || strings.Contains(w.Header().Get("Allow"), c.method) || w.Header().Get("Allow") == "" {
			t.Errorf("%s %s: %d, Allow %q, %s", c.method, c.target, w.Code, w.Header().Get("Allow"), w.Body)
		}
	}
	if w := send(s, http.MethodDelete, "/api/collections", ""); strings.Contains(w.Body.String(), "--store") {
		t.Errorf("no store lets a collection be removed: %s", w.Body)
	}
	for _, target := range []string{"/api/changes", "/api/events", siteItems + "/1?version=1", siteItems + "?asof=2024-05-01"} {
		if w := get(s, target); w.Code != http.StatusNotFound && w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}
