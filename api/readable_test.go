package api_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

var hrefs = regexp.MustCompile(`href="([^"]*)"`)

// TestPagesForPeople: a browser gets a page wherever a document says that there
// is one, its links lead somewhere, and a program that takes anything gets JSON.
func TestPagesForPeople(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t), yard(t, 250))
	for _, c := range []struct{ desc, target, want string }{
		{"landing", "/api", "OGC API - Features"},
		{"standards", "/api/conformance", "features-1/1.0/conf/html"},
		{"functions", "/api/functions", "Functions that filters may call"},
		{"collections", "/api/collections", ">250</td>"},
		{"a collection", "/api/collections/yard", `OAPIF:http://127.0.0.1:8080/api`},
		{"records", "/api/collections/yard/items", "100 of 250 records that match"},
		{"some records", "/api/collections/yard/items?limit=7", "7 of 250 records that match"},
		{"none", "/api/collections/yard/items?bbox=-170,-80,-169,-79", "0 of 0 records that match"},
		{"analyses", "/api/processes", "1 analyses"},
		{"an analysis", "/api/processes/echo", "<td>count</td>"},
		{"runs", "/api/jobs", "0 runs"},
		{"what records can be filtered by", "/api/collections/yard/queryables", "<td>killed</td>"},
		{"what records can be sorted by", "/api/collections/yard/sortables", "<td>killed</td>"},
		{"what records hold", "/api/collections/yard/schema", "<td>killed</td>"},
		{"how the GeoJSON of records looks", "/api/collections/yard/schema?profile=feature", "<td>properties.killed</td>"},
		{"tiles of a collection", "/api/collections/yard/tiles", "/tiles/WorldCRS84Quad/{tileMatrix}/{tileRow}/{tileCol}"},
		{"tiles of all", "/api/tiles", "/api/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"},
		{"tile matrix sets", "/api/tileMatrixSets", "CRS84 for the World"},
		{"a tile matrix set", "/api/tileMatrixSets/WorldCRS84Quad", "<td>279541132.014358</td>"},
		{"one record", "/api/collections/yard/items/5", "<svg"},
	} {
		w := get(s, c.target, "Accept", browser)
		body := html.UnescapeString(w.Body.String())
		if w.Code != http.StatusOK || w.Result().Header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %v, no %q in\n%s", c.desc, w.Code, w.Result().Header, c.want, body)
		}
		if strings.Contains(w.Result().Header.Get("Content-Security-Policy"), "unsafe-eval") || w.Result().Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: no policy", c.desc)
		}
		for _, m := range hrefs.FindAllStringSubmatch(w.Body.String(), -1) {
			checkLeads(t, s, c.desc, html.UnescapeString(m[1]))
		}
		if plain := get(s, c.target, "Accept", "*/*"); !strings.Contains(plain.Result().Header.Get("Content-Type"), "json") {
			t.Errorf("%s: a program gets %v", c.desc, plain.Result().Header)
		}
		if again := get(s, c.target, "Accept", browser, "If-None-Match", w.Result().Header.Get("Etag")); again.Code != http.StatusNotModified {
			t.Errorf("%s: the same page again gives %d", c.desc, again.Code)
		}
	}
}

// checkLeads follows a link of this server.
func checkLeads(t *testing.T, s http.Handler, desc, href string) {
	t.Helper()
	u, err := url.Parse(href)
	if err != nil || u.Host == "" {
		t.Errorf("%s: the link %q", desc, href)
		return
	}
	if u.Host != "127.0.0.1:8080" || strings.HasPrefix(u.Path, "/api/styles") {
		return // another site, or a part that these tests do not serve
	}
	if w := get(s, u.RequestURI()); w.Code != http.StatusOK {
		t.Errorf("%s: %s leads to %d", desc, href, w.Code)
	}
}

// TestPagesFollowToTheEnd: the next links of the pages show every record once.
func TestPagesFollowToTheEnd(t *testing.T) {
	s, _ := serve(t, api.Config{}, yard(t, 250))
	keys := regexp.MustCompile(`/items/(\d+)\?f=html`)
	next := regexp.MustCompile(`<p><a href="([^"]*)" rel="next"`)
	seen := map[string]bool{}
	target := "/api/collections/yard/items?f=html"
	for range 5 {
		body := get(s, target).Body.String()
		for _, m := range keys.FindAllStringSubmatch(body, -1) {
			if seen[m[1]] {
				t.Errorf("record %s stands on two pages", m[1])
			}
			seen[m[1]] = true
		}
		m := next.FindStringSubmatch(body)
		if m == nil {
			break
		}
		target = path(t, html.UnescapeString(m[1]))
	}
	if len(seen) != 250 {
		t.Errorf("%d records on all pages", len(seen))
	}
}

// TestPagesEscape: what records and addresses hold is text and nothing else.
func TestPagesEscape(t *testing.T) {
	b := layer.NewBuilder(geo.Schema{Name: "notes", Title: "<b>Notes", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "text", Kind: geo.KindString}, {Name: "more", Kind: geo.KindRecord},
	}})
	layertest.Add(t, b, geo.Feature{Key: 1, Geometry: orb.Point{1, 2}, Values: []geo.Value{
		geo.String(`<script>alert(1)</script>`), geo.Record(geo.Values{"links": geo.List(geo.Record(geo.Values{"href": geo.String("javascript:alert(1)"), "title": geo.String("<i>")}))}),
	}})
	s, _ := serve(t, api.Config{}, layertest.Finish(t, b))
	for _, target := range []string{"/api/collections/notes/items?f=html", "/api/collections/notes/items/1?f=html", "/api/collections/notes?f=html", "/api/collections?f=html",
		"/api/collections/notes/items?f=html&filter=text%20LIKE%20'%3Cscript%3E%25'"} {
		body := get(s, target).Body.String()
		if strings.Contains(body, "<script") || strings.Contains(body, "<b>") || strings.Contains(body, "<i>") || strings.Contains(body, `="javascript:`) {
			t.Errorf("%s:\n%s", target, body)
		}
	}
}

// TestSmallMap: all records are on it, those of one pixel once, on the land and
// borders of the page's base map.
func TestSmallMap(t *testing.T) {
	square := `{"type":"MultiPolygon","coordinates":[[[[0,0],[10,0],[10,10],[0,10],[0,0]]]]}`
	line := `{"type":"MultiLineString","coordinates":[[[5,0],[5,10]]]}`
	base := fstest.MapFS{
		"basemap/countries.json": {Data: []byte(`{"features":[{"properties":{},"geometry":` + square + `}]}`)},
		"basemap/borders.json":   {Data: []byte(`{"features":[{"properties":{"settled":0},"geometry":` + line + `}]}`)},
	}
	b := layer.NewBuilder(geo.Schema{Name: "spots", Geometry: geo.AnyGeometry})
	layertest.Add(t, b, geo.Feature{Key: 1, Geometry: orb.Point{1, 1}})
	layertest.Add(t, b, geo.Feature{Key: 2, Geometry: orb.Point{1, 1.0001}})
	layertest.Add(t, b, geo.Feature{Key: 3, Geometry: orb.Point{9, 9}})
	layertest.Add(t, b, geo.Feature{Key: 4, Geometry: orb.LineString{{2, 2}, {8, 3}}})
	layertest.Add(t, b, geo.Feature{Key: 5, Geometry: orb.Polygon{{{4, 4}, {6, 4}, {6, 6}, {4, 4}}}})
	layertest.Add(t, b, geo.Feature{Key: 6})
	s, _ := serve(t, api.Config{Page: base}, layertest.Finish(t, b))
	body := get(s, "/api/collections/spots?f=html").Body.String()
	for part, want := range map[string]int{`class="dot"`: 2, `class="line"`: 1, `class="area"`: 1, `class="land" d="M`: 1, `class="disputed" d="M`: 1, `class="border" d=""`: 1} {
		if n := strings.Count(body, part); n != want {
			t.Errorf("%d of %s, want %d in\n%s", n, part, want, body)
		}
	}
	if one := get(s, "/api/collections/spots/items/6?f=html").Body.String(); strings.Contains(one, "<svg") {
		t.Error("a record without a place has a map")
	}
	for _, key := range []int{1, 4, 5} {
		if one := get(s, "/api/collections/spots/items/"+strconv.Itoa(key)+"?f=html").Body.String(); !strings.Contains(one, "<svg") {
			t.Errorf("record %d has no map", key)
		}
	}
}
