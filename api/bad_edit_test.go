package api_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/geo"
)

// TestBadEdits edits wrongly and wants a problem that names what is wrong, and
// nothing changed.
func TestBadEdits(t *testing.T) {
	s, f := serveStore(t, api.Config{Reader: geo.Reader{Missions: []string{"MINUSMA"}}}, sites(t))
	const post, put, patch = http.MethodPost, http.MethodPut, http.MethodPatch
	for _, c := range []struct {
		desc, method, target, body string
		status                     int
		parameter                  string
		headers                    []string
	}{
		{desc: "no such collection", method: post, target: "/api/collections/none/items", body: site(""), status: 404, parameter: "collection"},
		{desc: "no such record", method: put, target: siteItems + "/9", body: site(""), status: 404, parameter: "key"},
		{desc: "no key", method: patch, target: siteItems + "/abc", body: "{}", status: 404, parameter: "key"},
		{desc: "a parameter", method: post, target: siteItems + "?x=1", body: site(""), status: 400, parameter: "x"},
		{desc: "a past state", method: put, target: siteItems + "/1?version=1", body: site(""), status: 400, parameter: "version"},
		{desc: "media type", method: post, target: siteItems, body: site(""), status: 415, parameter: "Content-Type", headers: []string{"Content-Type", "text/xml"}},
		{desc: "media type of a form", method: post, target: siteItems, body: "a=b", status: 415, parameter: "Content-Type", headers: []string{"Content-Type", "application/x-www-form-urlencoded"}},
		{desc: "media type of a patch", method: patch, target: siteItems + "/1", body: "{}", status: 415, parameter: "Content-Type", headers: []string{"Content-Type", geoJSON}},
		{desc: "packed", method: post, target: siteItems, body: site(""), status: 415, parameter: "Content-Encoding", headers: []string{"Content-Encoding", "gzip"}},
		{desc: "form of the answer", method: post, target: siteItems, body: site(""), status: 406, parameter: "Accept", headers: []string{"Accept", "text/html"}},
		{desc: "reference system", method: post, target: siteItems, body: site(""), status: 400, parameter: "Content-Crs", headers: []string{"Content-Crs", "<http://www.opengis.net/def/crs/EPSG/0/2154>"}},
		{desc: "zone that the collection does not list", method: patch, target: siteItems + "/1", body: "{}", status: 400, parameter: "Content-Crs", headers: []string{"Content-Crs", "http://www.opengis.net/def/crs/EPSG/0/32638"}},
		{desc: "reason that is not escaped", method: post, target: siteItems, body: site(""), status: 400, parameter: "Bivouac-Reason", headers: []string{"Bivouac-Reason", "100%"}},
		{desc: "reason that is too long", method: post, target: siteItems, body: site(""), status: 400, parameter: "Bivouac-Reason", headers: []string{"Bivouac-Reason", strings.Repeat("x", 3000)}},
		{desc: "reason with control characters", method: post, target: siteItems, body: site(""), status: 400, parameter: "Bivouac-Reason", headers: []string{"Bivouac-Reason", "a%00b"}},
		{desc: "no JSON", method: post, target: siteItems, body: "IED", status: 400, parameter: "body"},
		{desc: "cut off", method: post, target: siteItems, body: site("")[:90], status: 400, parameter: "body"},
		{desc: "a collection of features", method: post, target: siteItems, body: `{"type":"FeatureCollection","features":[` + site("") + `]}`, status: 400, parameter: "type"},
		{desc: "a bare geometry", method: post, target: siteItems, body: `{"type":"Point","coordinates":[1,2]}`, status: 400, parameter: "type"},
		{desc: "a whole feature without its place", method: put, target: siteItems + "/1", body: `{"type":"Feature","properties":{"name":"x"}}`, status: 400, parameter: "geometry"},
		{desc: "a whole feature without properties", method: put, target: siteItems + "/1", body: `{"type":"Feature","geometry":null}`, status: 400, parameter: "properties"},
		{desc: "unknown property", method: post, target: siteItems, body: site(`,"colour":"red"`), status: 400, parameter: "colour"},
		{desc: "a property twice", method: patch, target: siteItems + "/1", body: `{"properties":{"beds":1,"beds":2}}`, status: 400, parameter: "beds"},
		{desc: "another kind", method: patch, target: siteItems + "/1", body: `{"properties":{"beds":"many"}}`, status: 400, parameter: "beds"},
		{desc: "a part of a bed", method: patch, target: siteItems + "/1", body: `{"properties":{"beds":1.5}}`, status: 400, parameter: "beds"},
		{desc: "a number for a text", method: patch, target: siteItems + "/1", body: `{"properties":{"name":5}}`, status: 400, parameter: "name"},
		{desc: "an object for a number", method: patch, target: siteItems + "/1", body: `{"properties":{"beds":{"n":1}}}`, status: 400, parameter: "beds"},
		{desc: "no date", method: patch, target: siteItems + "/1", body: `{"properties":{"opened":"soon"}}`, status: 400, parameter: "opened"},
		{desc: "a time of day for a day", method: patch, target: siteItems + "/1", body: `{"properties":{"opened":"2024-05-01T08:00:00Z"}}`, status: 400, parameter: "opened"},
		{desc: "a character of code 0", method: patch, target: siteItems + "/1", body: `{"properties":{"name":"a\u0000b"}}`, status: 400, parameter: "name"},
		{desc: "a required property left out", method: post, target: siteItems, body: `{"type":"Feature","geometry":null,"properties":{}}`, status: 400, parameter: "name"},
		{desc: "a required property taken away", method: patch, target: siteItems + "/1", body: `{"properties":{"name":null}}`, status: 400, parameter: "name"},
		{desc: "properties as null", method: patch, target: siteItems + "/1", body: `{"properties":[]}`, status: 400, parameter: "properties"},
		{desc: "another type of shape", method: patch, target: siteItems + "/1", body: `{"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}`, status: 400, parameter: "geometry"},
		{desc: "a shape beside the earth", method: patch, target: siteItems + "/1", body: `{"geometry":{"type":"Point","coordinates":[1,95]}}`, status: 400, parameter: "geometry"},
		{desc: "a coordinate as text", method: patch, target: siteItems + "/1", body: `{"geometry":{"type":"Point","coordinates":["1",2]}}`, status: 400, parameter: "geometry"},
		{desc: "other source fields", method: patch, target: siteItems + "/1", body: `{"properties":{"extra":{"source":"letter"}}}`, status: 400, parameter: "extra"},
		{desc: "a class above the ceiling", method: post, target: siteItems, body: site(`,"classification":"confidential"`), status: 403, parameter: "classification"},
		{desc: "raised above the ceiling", method: patch, target: siteItems + "/1", body: `{"properties":{"classification":"strictly_confidential"}}`, status: 403, parameter: "classification"},
		{desc: "no class", method: patch, target: siteItems + "/1", body: `{"properties":{"classification":"secret"}}`, status: 400, parameter: "classification"},
		{desc: "another mission", method: post, target: siteItems, body: site(`,"mission":"MONUSCO"`), status: 403, parameter: "mission"},
		{desc: "a source id", method: post, target: siteItems, body: site(`,"source_id":"s-9"`), status: 403, parameter: "source_id"},
		{desc: "another source id", method: put, target: siteItems + "/1", body: site(`,"source_id":"s-9"`), status: 403, parameter: "source_id"},
		{desc: "a hidden record", method: patch, target: siteItems + "/3", body: "{}", status: 404, parameter: "key"},
	} {
		w := send(s, c.method, c.target, c.body, c.headers...)
		d := decode(t, w)
		if w.Code != c.status || d["parameter"] != c.parameter || len(d["detail"].(string)) < 15 || w.Header().Get("Location") != "" || w.Header().Get("Bivouac-Version") != "" {
			t.Errorf("%s: %d %v", c.desc, w.Code, d)
		}
	}
	if v := f.Snapshot().Version; v != 2 {
		t.Errorf("something was committed: version %d", v)
	}
	if text := decode(t, send(s, post, siteItems, site(`,"colour":1`)))["detail"].(string); !strings.Contains(text, "beds") || !strings.Contains(text, "hub") {
		t.Errorf("it does not say which properties there are: %s", text)
	}
}

// endless is a body that counts what is read of it.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// TestHugeBodies sends more than is taken: it is refused without being read,
// or a little behind the limit where nothing says how long it is.
func TestHugeBodies(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	const mib = 1 << 20
	for _, c := range []struct {
		desc, method, target, media string
		length, most                int64
	}{
		{"100 MB for one record", http.MethodPost, siteItems, geoJSON, 100 * mib, 0},
		{"100 MB for a patch", http.MethodPatch, siteItems + "/1", patchJSON, 100 * mib, 0},
		{"100 MB for many changes", http.MethodPost, "/api/changes", "application/json", 100 * mib, 0},
		{"no length for one record", http.MethodPost, siteItems, geoJSON, -1, 12 * mib},
		{"no length for many changes", http.MethodPost, "/api/changes", "application/json", -1, 80 * mib},
		{"no length for a reason", http.MethodPost, "/api/changes/2/undo", "application/json", -1, 2 * mib},
	} {
		body := &endless{}
		r := request(c.method, c.target, "Content-Type", c.media)
		r.Body, r.ContentLength = io.NopCloser(body), c.length
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusRequestEntityTooLarge || body.read > c.most || !strings.Contains(w.Body.String(), "MiB") {
			t.Errorf("%s: %d after %d bytes: %s", c.desc, w.Code, body.read, w.Body)
		}
	}
}

// TestContentCRS takes every way to write the one system.
func TestContentCRS(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	for _, crs := range []string{
		"<http://www.opengis.net/def/crs/OGC/1.3/CRS84>", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/OGC/0/CRS84",
		" <http://www.opengis.net/def/crs/OGC/1.3/CRS84> ", "",
	} {
		if w := send(s, http.MethodPatch, siteItems+"/1", "{}", "Content-Crs", crs); w.Code != http.StatusOK {
			t.Errorf("%q: %d %s", crs, w.Code, w.Body)
		}
	}
}
