package api_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bivouac/api"
)

// TestBadRequests asks wrongly and wants a problem that names what is wrong.
func TestBadRequests(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	const items = "/api/collections/mixed/items"
	for _, c := range []struct {
		desc, target string
		status       int
		parameter    string
		headers      []string
	}{
		{desc: "unknown collection", target: "/api/collections/none/items", status: 404, parameter: "collection"},
		{desc: "unknown collection's schema", target: "/api/collections/none/schema", status: 404, parameter: "collection"},
		{desc: "unknown record", target: items + "/99", status: 404, parameter: "key"},
		{desc: "unknown process", target: "/api/processes/none", status: 404, parameter: "process"},
		{desc: "unknown job", target: "/api/jobs/1", status: 404, parameter: "job"},
		{desc: "unknown address", target: "/api/nothing", status: 404, parameter: "path"},
		{desc: "address under a record", target: items + "/1/2", status: 404, parameter: "key"},
		{desc: "limit 0", target: items + "?limit=0", status: 400, parameter: "limit"},
		{desc: "limit -1", target: items + "?limit=-1", status: 400, parameter: "limit"},
		{desc: "limit abc", target: items + "?limit=abc", status: 400, parameter: "limit"},
		{desc: "limit unlimited", target: items + "?limit=unlimited", status: 400, parameter: "limit"},
		{desc: "unknown parameter", target: items + "?unknownQueryParameter99=1", status: 400, parameter: "unknownQueryParameter99"},
		{desc: "unknown parameter of a record", target: items + "/1?x=1", status: 400, parameter: "x"},
		{desc: "unknown parameter of the landing page", target: "/api?x=1", status: 400, parameter: "x"},
		{desc: "unknown parameter of the collections", target: "/api/collections?limit=5", status: 400, parameter: "limit"},
		{desc: "unknown parameter of a process", target: "/api/processes/echo?x=1", status: 400, parameter: "x"},
		{desc: "unknown profile", target: "/api/collections/mixed/schema?profile=x", status: 400, parameter: "profile"},
		{desc: "unknown form", target: "/api?f=xml", status: 400, parameter: "f"},
		{desc: "form of a record", target: items + "/1?f=shp", status: 400, parameter: "f"},
		{desc: "box upside down", target: items + "?bbox=0,5,1,4", status: 400, parameter: "bbox"},
		{desc: "time upside down", target: items + "?datetime=2020-01-02/2020-01-01", status: 400, parameter: "datetime"},
		{desc: "no filter", target: items + "?filter=THIS%20IS%20NOT%20A%20FILTER", status: 400, parameter: "filter"},
		{desc: "filter of an unknown property", target: items + "?filter=colour%3D%27red%27", status: 400, parameter: "filter"},
		{desc: "filter of another kind", target: items + "?filter=killed%3D%27two%27", status: 400, parameter: "filter"},
		{desc: "empty filter", target: items + "?filter=", status: 400, parameter: "filter"},
		{desc: "filter beyond the globe", target: items + "?filter=" + url.QueryEscape("S_INTERSECTS(geometry, POINT(90 180))"), status: 400, parameter: "filter"},
		{desc: "filter with an open ring", target: items + "?filter=" + url.QueryEscape("S_WITHIN(geometry, POLYGON((0 0, 1 0, 1 1, 0 1)))"), status: 400, parameter: "filter"},
		{desc: "filter with an unknown function", target: items + "?filter=" + url.QueryEscape("buffer(killed) = 1"), status: 400, parameter: "filter"},
		{desc: "filter in JSON that is none", target: items + "?filter=killed%3D1&filter-lang=cql2-json", status: 400, parameter: "filter"},
		{desc: "filter language", target: items + "?filter=killed%3D1&filter-lang=sql", status: 400, parameter: "filter-lang"},
		{desc: "filter language without a filter", target: items + "?filter-lang=cql2-text", status: 400, parameter: "filter-lang"},
		{desc: "place of another order", target: items + "?after=d0.1", status: 400, parameter: "after"},
		{desc: "place of another order, near", target: items + "?near=0,0&after=p1.1", status: 400, parameter: "after"},
		{desc: "place of another order, near and k", target: items + "?near=0,0&k=3&after=p1.1", status: 400, parameter: "after"},
		{desc: "sort by an unknown field", target: items + "?sortby=colour", status: 400, parameter: "sortby"},
		{desc: "sort by nothing", target: items + "?sortby=", status: 400, parameter: "sortby"},
		{desc: "sort by a list", target: items + "?sortby=tags", status: 400, parameter: "sortby"},
		{desc: "sort by two signs", target: items + "?sortby=--killed", status: 400, parameter: "sortby"},
		{desc: "sort by one field twice", target: items + "?sortby=killed,-killed", status: 400, parameter: "sortby"},
		{desc: "sort by five fields", target: items + "?sortby=killed,name,time,day,score", status: 400, parameter: "sortby"},
		{desc: "sort what is near", target: items + "?sortby=killed&near=0,0", status: 400, parameter: "sortby"},
		{desc: "sort tiles", target: "/api/collections/mixed/tiles/WebMercatorQuad/0/0/0?sortby=killed", status: 400, parameter: "sortby"},
		{desc: "place in the order of place, sorted", target: items + "?sortby=killed&after=p1.1", status: 400, parameter: "after"},
		{desc: "place of another sort", target: items + "?sortby=killed&after=sabc.1", status: 400, parameter: "after"},
		{desc: "place of a sort without it", target: items + "?after=s2.1", status: 400, parameter: "after"},
		{desc: "place of a sort, near", target: items + "?near=0,0&k=2&after=s2.1", status: 400, parameter: "after"},
		{desc: "unknown parameter of the sortables", target: "/api/collections/mixed/sortables?x=1", status: 400, parameter: "x"},
		{desc: "media type", target: items, status: 406, parameter: "Accept", headers: []string{"Accept", "image/png"}},
		{desc: "media type of a schema", target: "/api/collections/mixed/queryables", status: 406, parameter: "Accept", headers: []string{"Accept", "text/csv"}},
		{desc: "a long address", target: items + "?near=" + strings.Repeat("1", 200_000), status: 414, parameter: "url"},
	} {
		w := get(s, c.target, c.headers...)
		d := decode(t, w)
		if w.Code != c.status || w.Result().Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %v", c.desc, w.Code, w.Result().Header)
		}
		if d["parameter"] != c.parameter || d["status"] != float64(c.status) || d["title"] == "" || len(d["detail"].(string)) < 15 || d["request"] == "" {
			t.Errorf("%s: %v", c.desc, d)
		}
		if w.Result().Header.Get("Etag") != "" || w.Result().Header.Get("Cache-Control") != "no-store" || w.Result().Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: headers %v", c.desc, w.Result().Header)
		}
	}
}

func TestClamped(t *testing.T) {
	s, _ := serve(t, api.Config{}, yard(t, 10_100))
	if c := list(t, s, "/api/collections/yard/items?limit=1000000000"); len(c.Features) != 10_000 || c.link("next") == "" {
		t.Errorf("%d records, next %q", len(c.Features), c.link("next"))
	}
}

func TestProcessProblemType(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	if d := decode(t, get(s, "/api/processes/none")); !strings.HasSuffix(d["type"].(string), "/no-such-process") {
		t.Errorf("type %v", d["type"])
	}
	if d := decode(t, get(s, "/api/jobs/none")); !strings.HasSuffix(d["type"].(string), "/no-such-job") {
		t.Errorf("type %v", d["type"])
	}
}

// TestNotReady holds answers back until they are right.
func TestNotReady(t *testing.T) {
	s, src := serve(t, api.Config{}, mixed(t))
	err := errors.New("reading /secret/file")
	src.notReady.Store(&err)
	for _, target := range []string{"/readyz", "/api", "/api/collections", "/api/openapi", "/api/collections/mixed/items", "/api/collections/mixed/items/1"} {
		w := get(s, target)
		if w.Code != http.StatusServiceUnavailable || w.Result().Header.Get("Retry-After") == "" || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if w := post(s, "/api/processes/echo/execution", "{}"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("execution: %d", w.Code)
	}
	if w := get(s, "/healthz"); w.Code != http.StatusOK {
		t.Errorf("the program runs, but healthz says %d", w.Code)
	}
	src.notReady.Store(nil)
	if w := get(s, "/readyz"); w.Code != http.StatusOK {
		t.Errorf("ready, but readyz says %d", w.Code)
	}
	src.now.Store(nil)
	if w := get(s, "/readyz"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("without data, readyz says %d", w.Code)
	}
}

func TestBaseURL(t *testing.T) {
	for _, base := range []string{"camp", "ftp://camp", "/x", "http://", "http://[::1"} {
		if _, err := api.New(api.Config{BaseURL: base}); err == nil {
			t.Errorf("%q is taken", base)
		}
	}
	s, _ := serve(t, api.Config{BaseURL: "https://camp.example/gis/"}, mixed(t))
	for _, host := range []string{"127.0.0.1:8080", "camp.example"} {
		d := ok(t, s, "/api", "Host", host)
		for _, l := range d["links"].([]any) {
			if href := l.(document)["href"].(string); !strings.HasPrefix(href, "https://camp.example/gis/") {
				t.Errorf("link %s", href)
			}
		}
	}
}
