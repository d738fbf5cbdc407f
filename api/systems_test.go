package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

const epsg = "http://www.opengis.net/def/crs/EPSG/0/"

// systems asserts what the suite does of part 2.
func (c *suite) systems(t *testing.T, id string) {
	items := "/api/collections/" + id + "/items"
	listed := crsOf(t, c.server, id)
	global := at(t, ok(t, c.server, "/api/collections"), "crs").([]any)
	if listed[0] != crs84 || !slices.Contains(listed, epsg+"4326") || !slices.Contains(listed, epsg+"3857") {
		t.Errorf("systems: %v", listed)
	}
	if slices.Contains(listed, epsg+"32630") != (id == "yard") {
		t.Errorf("the zones that hold all of %s: %v", id, listed)
	}
	for _, uri := range global {
		if !slices.Contains(listed, uri.(string)) {
			t.Errorf("%v is a system of all, but not of %s", uri, id)
		}
	}
	for _, uri := range listed {
		w := get(c.server, items+"?limit=10000&crs="+url.QueryEscape(uri))
		if w.Code != http.StatusOK || w.Header().Get("Content-Crs") != "<"+uri+">" {
			t.Errorf("%s: %d %s %.200s", uri, w.Code, w.Header().Get("Content-Crs"), w.Body)
		}
	}
	if got := get(c.server, items).Header().Get("Content-Crs"); got != "<"+crs84+">" {
		t.Errorf("where none is asked, Content-Crs is %q", got)
	}
	for _, name := range []string{"crs", "bbox-crs"} {
		for _, uri := range []string{"", "EPSG:3857", "[EPSG:3857]", epsg + "0", epsg + "32661", epsg + "2154", crs84 + "h", strings.Repeat("x", 500)} {
			w := get(c.server, items+"?bbox=0,0,1,1&"+name+"="+url.QueryEscape(uri))
			if d := decode(t, w); w.Code != http.StatusBadRequest || d["parameter"] != name || !strings.Contains(fmt.Sprint(d["detail"]), epsg+"3857") || w.Header().Get("Content-Crs") != "" {
				t.Errorf("%s=%s: %d %v", name, uri, w.Code, d)
			}
		}
		p := c.parameter(t, id, name)
		if p["style"] != "form" || p["explode"] != false || at(t, p, "schema", "format") != "uri" || at(t, p, "schema", "default") != crs84 {
			t.Errorf("%s is declared as %v", name, p)
		}
	}
}

func (c *suite) parameter(t *testing.T, id, name string) document {
	t.Helper()
	for _, p := range at(t, c.openapi, "paths", "/collections/"+id+"/items", "get", "parameters").([]any) {
		if p := p.(document); p["name"] == name {
			return p
		}
	}
	t.Fatalf("%s is not declared", name)
	return nil
}

func crsOf(t *testing.T, h http.Handler, id string) (uris []string) {
	t.Helper()
	for _, uri := range at(t, ok(t, h, "/api/collections/"+id), "crs").([]any) {
		uris = append(uris, uri.(string))
	}
	return uris
}

// placesOf returns the coordinates of points by key.
func placesOf(t *testing.T, h http.Handler, target string) map[int64][]float64 {
	t.Helper()
	w := get(h, target)
	var list struct {
		Features []struct {
			ID       int64
			Geometry *struct{ Coordinates []float64 }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%s: %d %v %.300s", target, w.Code, err, w.Body)
	}
	out := map[int64][]float64{}
	for _, f := range list.Features {
		if f.Geometry != nil {
			out[f.ID] = f.Geometry.Coordinates
		}
	}
	return out
}

func idsOf(t *testing.T, h http.Handler, target string) []int64 {
	t.Helper()
	page := list(t, h, target)
	return page.ids()
}

// cameras are points whose coordinates GDAL 3.6.2 (PROJ 9.1.1) has projected.
var cameras = []struct {
	lon, lat float64
	zone     string // EPSG code
	x, y     float64
	mx, my   float64
}{
	{-0.05, 16.27, "32630", 815316.051057756, 1801077.29348458, -5565.97453966368, 1836011.53936928},
	{-3.05, 16.77, "32630", 494671.388539395, 1854112.2447793, -339524.446919484, 1894068.03338521},
	{29.3, -1.2, "32735", 755945.81198954, 9867256.12130705, 3261661.08024292, -133593.156061575},
}

func camerasLayer(t *testing.T) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(geo.Schema{Name: "cameras", Title: "Cameras", Geometry: geo.PointGeometry})
	for i, c := range cameras {
		layertest.Add(t, b, geo.Feature{Key: geo.Key(i + 1), Rev: 1, Geometry: orb.Point{c.lon, c.lat}, Z: []float64{100.5}})
	}
	layertest.Add(t, b, geo.Feature{Key: 9, Rev: 1})
	return layertest.Finish(t, b)
}

func near(got []float64, tolerance float64, want ...float64) bool {
	for i := range want {
		if len(got) <= i || !(math.Abs(got[i]-want[i]) <= tolerance) {
			return false
		}
	}
	return len(got) == len(want)
}

func TestCoordinatesByGDAL(t *testing.T) {
	s, _ := serve(t, api.Config{}, camerasLayer(t))
	const items = "/api/collections/cameras/items"
	latLon, mercator := placesOf(t, s, items+"?crs="+epsg+"4326"), placesOf(t, s, items+"?crs="+epsg+"3857")
	for i, c := range cameras {
		key := int64(i + 1)
		utm := placesOf(t, s, fmt.Sprintf("%s?crs=%s%s&bbox=%v,%v,%v,%v", items, epsg, c.zone, c.lon, c.lat, c.lon, c.lat))
		if !near(latLon[key], 0, c.lat, c.lon, 100.5) || !near(mercator[key], 1e-5, c.mx, c.my, 100.5) || !near(utm[key], 1e-5, c.x, c.y, 100.5) {
			t.Errorf("%v: %v %v %v", c, latLon[key], mercator[key], utm[key])
		}
		one := ok(t, s, fmt.Sprintf("%s/%d?crs=%s%s", items, key, epsg, c.zone))
		if got := at(t, one, "geometry", "coordinates").([]any); !near([]float64{got[0].(float64), got[1].(float64), got[2].(float64)}, 1e-5, c.x, c.y, 100.5) {
			t.Errorf("one of %v: %v", c, got)
		}
		if self := at(t, one, "links", 0, "href").(string); get(s, path(t, self)).Body.String() != get(s, fmt.Sprintf("%s/%d?crs=%s%s", items, key, epsg, c.zone)).Body.String() {
			t.Errorf("self is %s", self)
		}
	}
}

// TestSameSetInEverySystem wants a box to hold the same records in each of the
// systems, and its pages to keep to it.
func TestSameSetInEverySystem(t *testing.T) {
	s, _ := serve(t, api.Config{}, yard(t, 2500))
	const items = "/api/collections/yard/items"
	for _, uri := range crsOf(t, s, "yard") {
		in, _ := crs.ParseSystem(uri)
		all := placesOf(t, s, items+"?limit=10000&crs="+uri)
		box := [4]float64{}
		box[0], box[1], _ = in.Project(-4, 14)
		box[2], box[3], _ = in.Project(-2, 17)
		query := fmt.Sprintf("bbox=%.6f,%.6f,%.6f,%.6f&bbox-crs=%s&crs=%s", box[0], box[1], box[2], box[3], uri, uri)
		found := placesOf(t, s, items+"?limit=10000&"+query)
		want := map[int64][]float64{}
		for key, p := range all {
			if box[0] <= p[0] && p[0] <= box[2] && box[1] <= p[1] && p[1] <= box[3] {
				want[key] = p
			}
		}
		if len(all) != 2500 || len(want) == 0 || fmt.Sprint(found) != fmt.Sprint(want) {
			t.Errorf("%s: %d of %d records lie in the box, %d are found", uri, len(want), len(all), len(found))
		}
		if paged := pagesOf(t, s, items+"?limit=40&"+query); fmt.Sprint(paged) != fmt.Sprint(found) {
			t.Errorf("%s: pages hold %d, one answer %d", uri, len(paged), len(found))
		}
	}
	plain := list(t, s, items+"?bbox=-4,14,-2,17")
	for _, query := range []string{"bbox=14,-4,17,-2&bbox-crs=" + epsg + "4326", "bbox-crs=urn:ogc:def:crs:EPSG::3857&bbox=-445277.963173094,1574216.54827908,-222638.981586547,1920825.04037679"} {
		if got := list(t, s, items+"?"+query); got.NumberMatched != plain.NumberMatched || got.NumberMatched == 0 {
			t.Errorf("%s: %d, in CRS84 %d", query, got.NumberMatched, plain.NumberMatched)
		}
	}
}

// pagesOf follows the next links.
func pagesOf(t *testing.T, h http.Handler, target string) map[int64][]float64 {
	t.Helper()
	out := map[int64][]float64{}
	for target != "" {
		maps.Copy(out, placesOf(t, h, target))
		page := list(t, h, target)
		next := page.link("next")
		if target = ""; next != "" {
			target = path(t, next)
		}
	}
	return out
}

func TestBoxOverTheDateLineInOtherSystems(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for _, query := range []string{
		"bbox=179,-17,-179,-16", "bbox=-17,179,-16,-179&bbox-crs=" + epsg + "4326", "bbox=19926188.85,-1920825.04,20148827.83,-1804722.76&bbox-crs=" + epsg + "3857",
		"bbox=0,8000000,900000,9000000&bbox-crs=" + epsg + "32760", "bbox=100000,8000000,900000,9000000&bbox-crs=" + epsg + "32701",
	} {
		if got := idsOf(t, s, "/api/collections/mixed/items?"+query); !slices.Equal(got, []int64{5, 4}) && !slices.Equal(got, []int64{4, 5}) {
			t.Errorf("%s: %v", query, got)
		}
	}
	corner := "/api/collections/mixed/items?bbox=815400,1865000,820000,1871000&bbox-crs=" + epsg + "32630"
	if got := idsOf(t, s, corner); len(got) != 0 {
		t.Errorf("beside a line, within its box: %v", got)
	}
	heights := "/api/collections/mixed/items?bbox=16,-4,200,17,-3,300&bbox-crs=" + epsg + "4326"
	if got := idsOf(t, s, heights); !slices.Equal(got, []int64{1}) {
		t.Errorf("with heights: %v", got)
	}
}

func TestTagsDifferBySystem(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for _, target := range []string{"/api/collections/mixed/items?bbox=-4,15,-1,18", "/api/collections/mixed/items/1?version="} {
		target = strings.TrimSuffix(target, "?version=")
		mark := "?"
		if strings.Contains(target, "?") {
			mark = "&"
		}
		seen := map[string]string{}
		for _, uri := range []string{"", crs84, epsg + "4326", epsg + "3857", epsg + "32630"} {
			asked := target
			if uri != "" {
				asked += mark + "crs=" + uri
			}
			tag := get(s, asked).Header().Get("Etag")
			if tag == "" || seen[tag] != "" {
				t.Errorf("%s has the tag %s, as %s", asked, tag, seen[tag])
			}
			seen[tag] = asked
		}
	}
}

// TestNotHeld asks for records that a system has no coordinates for.
func TestNotHeld(t *testing.T) {
	b := layer.NewBuilder(mixedSchema)
	layertest.Add(t, b, geo.Feature{Key: 1, Rev: 1, Geometry: orb.Point{0, 90}})
	layertest.Add(t, b, geo.Feature{Key: 2, Rev: 1, Geometry: orb.LineString{{3, 10}, {60, 10}}})
	layertest.Add(t, b, geo.Feature{Key: 3, Rev: 1, Geometry: orb.Point{3, 10}})
	s, _ := serve(t, api.Config{}, layertest.Finish(t, b))
	for query, says := range map[string]string{
		"?crs=" + epsg + "3857": "record 1 of mixed", "?bbox=0,0,70,20&crs=" + epsg + "32631": "record 2 of mixed", "/2?crs=" + epsg + "32631": "record 2 of mixed",
		"?near=0,89&k=1&crs=" + epsg + "3857": "record 1 of mixed",
	} {
		w := get(s, "/api/collections/mixed/items"+query)
		if d := decode(t, w); w.Code != http.StatusBadRequest || d["parameter"] != "crs" || !strings.Contains(fmt.Sprint(d["detail"]), says) {
			t.Errorf("%s: %d %v", query, w.Code, d)
		}
	}
	if got := list(t, s, "/api/collections/mixed/items?resultType=hits&crs="+epsg+"3857"); got.NumberMatched != 3 {
		t.Errorf("counted alone: %+v", got)
	}
	// A line that reaches into a box of a zone is found, though one end lies too
	// far away to have coordinates there.
	if got := idsOf(t, s, "/api/collections/mixed/items?bbox=400000,1000000,600000,1200000&bbox-crs="+epsg+"32631"); len(got) != 2 {
		t.Errorf("in the box: %v", got)
	}
}

// TestSystemsThereAndBack reads a record in each system and writes it back so.
func TestSystemsThereAndBack(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	for _, uri := range crsOf(t, s, "sites") {
		thereAndBack(t, s, http.MethodPut, siteItems+"/1", uri, "<"+uri+">")
		thereAndBack(t, s, http.MethodPatch, siteItems+"/1", uri, uri)
		thereAndBack(t, s, http.MethodPost, siteItems, uri, uri)
	}
	batch := `{"changes":[{"op":"add","collection":"sites","feature":{"type":"Feature","geometry":{"type":"Point","coordinates":[16.5,-1.25]},"properties":{"name":"B"}}}]}`
	if w := send(s, http.MethodPost, "/api/changes", batch, "Content-Crs", epsg+"4326"); w.Code/100 != 2 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if got := list(t, s, siteItems+"?bbox=-1.25,16.5,-1.25,16.5"); got.NumberMatched != 1 {
		t.Errorf("of the batch: %+v", got)
	}
}

func thereAndBack(t *testing.T, h http.Handler, method, target, uri, header string) {
	t.Helper()
	before := placesOf(t, h, siteItems)[1]
	body, err := json.Marshal(document{"type": "Feature", "geometry": ok(t, h, siteItems+"/1?crs="+uri)["geometry"], "properties": document{"name": "Camp Gao"}})
	if err != nil {
		t.Fatal(err)
	}
	w := send(h, method, target, string(body), "Content-Crs", header)
	if w.Code/100 != 2 || w.Header().Get("Content-Crs") != "<"+crs84+">" {
		t.Fatalf("%s in %s: %d %v %s", method, header, w.Code, w.Header(), w.Body)
	}
	var after struct {
		Geometry struct{ Coordinates []float64 }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &after); err != nil || !near(after.Geometry.Coordinates, 1e-7, before...) {
		t.Errorf("%s in %s: %v, before %v (%v)", method, header, after.Geometry.Coordinates, before, err)
	}
}

// TestBadContentCRS sends shapes that their system cannot hold.
func TestBadContentCRS(t *testing.T) {
	s, f := serveStore(t, api.Config{}, sites(t))
	for _, c := range []struct{ uri, coordinates, parameter string }{
		{epsg + "32630", "[9000000,0]", "geometry"}, {epsg + "32630", "[500000,1e9]", "geometry"}, {epsg + "3857", "[1e9,0]", "geometry"},
		{epsg + "4326", "[100,0]", "geometry"}, {epsg + "32638", "[500000,0]", "Content-Crs"}, {"EPSG:3857", "[0,0]", "Content-Crs"},
	} {
		body := `{"type":"Feature","geometry":{"type":"Point","coordinates":` + c.coordinates + `},"properties":{"name":"New"}}`
		w := send(s, http.MethodPost, siteItems, body, "Content-Crs", c.uri)
		if d := decode(t, w); w.Code != http.StatusBadRequest || d["parameter"] != c.parameter {
			t.Errorf("%v: %d %v", c, w.Code, d)
		}
	}
	if f.Snapshot().Version != 2 {
		t.Errorf("something was committed: version %d", f.Snapshot().Version)
	}
}
