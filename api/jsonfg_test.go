package api_test

import (
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bivouac/api"
)

const (
	fgConf   = "http://www.opengis.net/spec/json-fg-1/1.0/conf/"
	fgItems  = "/api/collections/mixed/items"
	inLatLon = "crs=http://www.opengis.net/def/crs/EPSG/0/4326"
	inMetres = "crs=http://www.opengis.net/def/crs/EPSG/0/3857"
)

// checkFG holds a document to the requirements of OGC 21-045r1 that hold for
// what is served here: of the classes core, types-schemas and profiles.
func checkFG(t *testing.T, desc string, d document) {
	t.Helper()
	classes := fmt.Sprint(d["conformsTo"])
	for _, class := range []string{"core", "types-schemas"} { // /req/core/metadata A, B, H
		if !strings.Contains(classes, fgConf+class) {
			t.Errorf("%s: it does not conform to %s: %s", desc, class, classes)
		}
	}
	if d["featureType"] != "mixed" || !strings.HasSuffix(d["featureSchema"].(string), "/api/collections/mixed/schema") {
		t.Errorf("%s: of type %v by %v", desc, d["featureType"], d["featureSchema"])
	}
	features := []any{d}
	if d["type"] == "FeatureCollection" {
		features = d["features"].([]any)
	}
	for _, f := range features {
		f := f.(document)
		if d["type"] == "FeatureCollection" {
			for _, root := range []string{"conformsTo", "coordRefSys", "featureSchema"} { // /req/core/metadata C, /req/core/same-crs
				if _, there := f[root]; there {
					t.Errorf("%s: a feature has %s", desc, root)
				}
			}
		}
		checkFGFeature(t, fmt.Sprint(desc, ", feature ", f["id"]), f, d["coordRefSys"])
	}
}

var (
	fgDate  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	fgStamp = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$`)
)

func checkFGFeature(t *testing.T, desc string, f document, system any) {
	t.Helper()
	for _, member := range []string{"type", "time", "place", "geometry", "properties"} {
		if _, there := f[member]; !there {
			t.Errorf("%s: no member %s", desc, member)
		}
	}
	if when, ok := f["time"].(document); ok {
		checkFGTime(t, desc, when)
	}
	place, placed := f["place"].(document)
	if placed && (system == nil || strings.Contains(system.(string), "CRS84")) { // /req/core/place-geometries
		t.Errorf("%s: a place in %v", desc, system)
	}
	if placed {
		depths := map[int]bool{}
		positions(place, func(p []float64) { depths[len(p)] = true })
		if len(depths) != 1 { // /req/core/coordinate-dimension
			t.Errorf("%s: positions of %v numbers", desc, depths)
		}
	}
	if g, ok := f["geometry"].(document); ok {
		depths := map[int]bool{}
		positions(g, func(p []float64) {
			depths[len(p)] = true
			if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 { // /req/core/geometry-wgs84
				t.Errorf("%s: the geometry has %v", desc, p)
			}
		})
		if len(depths) != 1 {
			t.Errorf("%s: positions of %v numbers", desc, depths)
		}
		if fmt.Sprint(g) == fmt.Sprint(place) { // /req/core/fallback
			t.Errorf("%s: place and geometry are one", desc)
		}
	}
}

// checkFGTime: /req/core/instant, interval and utc.
func checkFGTime(t *testing.T, desc string, when document) {
	t.Helper()
	fits := func(form *regexp.Regexp, v any) bool { text, ok := v.(string); return ok && form.MatchString(text) }
	if v, there := when["date"]; there && !fits(fgDate, v) {
		t.Errorf("%s: the date %v", desc, v)
	}
	if v, there := when["timestamp"]; there && !fits(fgStamp, v) {
		t.Errorf("%s: the timestamp %v", desc, v)
	}
	if v, there := when["interval"]; there {
		ends := v.([]any)
		of := func(form *regexp.Regexp) bool {
			return !slices.ContainsFunc(ends, func(e any) bool { return e != ".." && !fits(form, e) })
		}
		if len(ends) != 2 || !of(fgDate) && !of(fgStamp) || !slices.Contains(ends, any("..")) && ends[0].(string) > ends[1].(string) {
			t.Errorf("%s: the interval %v", desc, ends)
		}
	}
	if len(when) != 1 {
		t.Errorf("%s: the time %v", desc, when)
	}
}

// positions calls do with each position of a geometry.
func positions(g document, do func([]float64)) {
	if parts, ok := g["geometries"].([]any); ok {
		for _, p := range parts {
			positions(p.(document), do)
		}
		return
	}
	var walk func(v any)
	walk = func(v any) {
		list := v.([]any)
		if _, inner := list[0].([]any); inner {
			for _, one := range list {
				walk(one)
			}
			return
		}
		p := make([]float64, len(list))
		for i := range list {
			p[i] = list[i].(float64)
		}
		do(p)
	}
	walk(g["coordinates"])
}

// TestJSONFG asks for it in every way that there is.
func TestJSONFG(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	profile := func(name string) string {
		return "<http://www.opengis.net/def/profile/OGC/0/" + name + `>; rel="profile"`
	}
	for _, c := range []struct {
		desc, query, accept, profile, media string
		placed                              bool // in place
		drawn                               bool // in geometry
	}{
		{"by f", "?f=jsonfg", "", "jsonfg", "application/geo+json", false, true},
		{"by profile", "?profile=jsonfg", "", "jsonfg", "application/geo+json", false, true},
		{"by the profile's address", "?profile=http://www.opengis.net/def/profile/OGC/0/jsonfg&f=geojson", "", "jsonfg", "application/geo+json", false, true},
		{"by its safe CURIE, behind one that nobody knows", "?profile=rel-as-link,[ogc-profile:jsonfg-plus]", "", "jsonfg-plus", "application/geo+json", false, true},
		{"in another system", "?f=jsonfg&" + inLatLon, "", "jsonfg", "application/geo+json", true, false},
		{"in metres", "?profile=jsonfg&" + inMetres, "application/json", "jsonfg", "application/json", true, false},
		{"in another system, for readers of plain GeoJSON", "?f=jsonfg&profile=jsonfg-plus&" + inLatLon, "", "jsonfg-plus", "application/geo+json", true, true},
		{"by the type of the drafts", "", "application/vnd.ogc.fg+json", "jsonfg", "application/vnd.ogc.fg+json", false, true},
		{"by a browser that names the profile", "?profile=jsonfg", "text/html,*/*;q=0.8", "jsonfg", "application/geo+json", false, true},
	} {
		for _, target := range []string{fgItems, fgItems + "/1"} {
			headers := []string{}
			if c.accept != "" {
				headers = []string{"Accept", c.accept}
			}
			w := get(s, target+c.query, headers...)
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != c.media || !slices.Contains(w.Header()["Link"], profile(c.profile)) {
				t.Errorf("%s: %s: %d %v", c.desc, target, w.Code, w.Header())
				continue
			}
			d := decode(t, w)
			checkFG(t, c.desc, d)
			checkFGShape(t, c.desc, d, c.placed, c.drawn)
			if !slices.ContainsFunc(d["links"].([]any), func(l any) bool {
				return l.(document)["rel"] == "profile" && strings.HasSuffix(l.(document)["href"].(string), "/"+c.profile)
			}) {
				t.Errorf("%s: %s has no link to its profile: %v", c.desc, target, d["links"])
			}
		}
	}
	plain := ok(t, s, fgItems+"?profile=rfc7946")
	if _, there := plain["conformsTo"]; there || at(t, plain, "features", 0).(document)["place"] != nil {
		t.Errorf("plain GeoJSON says %v", plain["conformsTo"])
	}
}

// checkFGShape says where the shape of the first feature stands.
func checkFGShape(t *testing.T, desc string, d document, placed, drawn bool) {
	t.Helper()
	first := d
	if d["type"] == "FeatureCollection" {
		first = at(t, d, "features", 0).(document)
	}
	if (first["place"] != nil) != placed || (first["geometry"] != nil) != drawn || (d["coordRefSys"] != nil) != placed {
		t.Errorf("%s: place %v, geometry %v, in %v", desc, first["place"], first["geometry"], d["coordRefSys"])
	}
}

// TestJSONFGPages keeps the profile from page to page.
func TestJSONFGPages(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for _, c := range []struct{ start, accept string }{{fgItems + "?f=jsonfg&limit=2", "*/*"}, {fgItems + "?limit=2", "application/vnd.ogc.fg+json"}} {
		seen, next := 0, c.start
		for next != "" {
			w := get(s, next, "Accept", c.accept)
			d := decode(t, w)
			checkFG(t, next, d)
			seen += len(d["features"].([]any))
			next = ""
			for _, l := range d["links"].([]any) {
				if l := l.(document); l["rel"] == "next" {
					next = path(t, l["href"].(string))
					if l["type"] != w.Header().Get("Content-Type") {
						t.Errorf("%s: the next page is %v", c.start, l["type"])
					}
				}
			}
		}
		if seen != 6 {
			t.Errorf("%s: %d features on all pages, want 6", c.start, seen)
		}
	}
}

func TestBadProfiles(t *testing.T) {
	s, _ := serve(t, api.Config{Formats: []api.Format{plainFormat()}}, mixed(t))
	for target, parameter := range map[string]string{
		fgItems + "?profile=": "profile", fgItems + "?profile=gml": "profile", fgItems + "/1?profile=JSONFG": "profile", fgItems + "?f=html&profile=jsonfg": "profile",
		fgItems + "/1?f=html&profile=rfc7946": "profile", fgItems + "?f=jsonfg&profile=rfc7946": "profile", fgItems + "/1?f=jsonfg&profile=rfc7946": "profile",
		fgItems + "?f=fg": "f", "/api/collections/mixed/tiles/WebMercatorQuad/0/0/0?profile=jsonfg": "profile",
		"/api/collections/mixed/export?profile=jsonfg": "profile", "/api/collections/mixed/export?f=jsonfg": "f",
	} {
		w := get(s, target)
		if p := decode(t, w); w.Code != http.StatusBadRequest || p["parameter"] != parameter {
			t.Errorf("%s: %d %v", target, w.Code, p)
		}
	}
}
