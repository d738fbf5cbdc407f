package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bivouac/api"
)

// suite asserts what the OGC executable test suite for Features 1.0 asserts,
// and the abstract tests of the parts that have none, in our own words.
type suite struct {
	edited bool
	*testing.T
	server  http.Handler
	openapi document
}

func TestConformance(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t), yard(t, 2500))
	f, _ := serveStore(t, api.Config{}, mixed(t), yard(t, 2500))
	suiteOf(t, &suite{T: t, server: s})
	t.Run("edited", func(t *testing.T) { suiteOf(t, &suite{T: t, server: f, edited: true}) })
}

func suiteOf(t *testing.T, c *suite) {
	t.Run("landing", c.landing)
	t.Run("openapi", c.description)
	t.Run("conformance", c.conformance)
	t.Run("filters", c.filters)
	t.Run("collections", c.collections)
	t.Run("styles", c.styles)
	for _, id := range []string{"mixed", "yard"} {
		t.Run("parameters "+id, func(t *testing.T) { c.parameters(t, id) })
		t.Run("items "+id, func(t *testing.T) { c.items(t, id) })
		t.Run("systems "+id, func(t *testing.T) { c.systems(t, id) })
		t.Run("errors "+id, func(t *testing.T) { c.errors(t, id) })
		t.Run("item "+id, func(t *testing.T) { c.item(t, id) })
		t.Run("queryables "+id, func(t *testing.T) { c.queryables(t, id) })
		t.Run("sortables "+id, func(t *testing.T) { c.sortables(t, id) })
		t.Run("schema "+id, func(t *testing.T) { c.schema(t, id) })
	}
}

// at goes down a document: member names and numbers of items.
func at(t *testing.T, d any, steps ...any) any {
	t.Helper()
	for i, step := range steps {
		switch step := step.(type) {
		case string:
			m, ok := d.(document)
			if !ok || m[step] == nil {
				t.Fatalf("no %v", steps[:i+1])
			}
			d = m[step]
		case int:
			l, ok := d.([]any)
			if !ok || len(l) <= step {
				t.Fatalf("no %v", steps[:i+1])
			}
			d = l[step]
		}
	}
	return d
}

// linksOf returns the links by their relations, each with rel, type and an
// absolute href.
func linksOf(t *testing.T, d document) map[string]document {
	t.Helper()
	out := map[string]document{}
	for _, l := range at(t, d, "links").([]any) {
		l := l.(document)
		rel, _ := l["rel"].(string)
		media, _ := l["type"].(string)
		if href, _ := l["href"].(string); rel == "" || media == "" || !strings.HasPrefix(href, "http://127.0.0.1:8080/") {
			t.Errorf("link %v", l)
		}
		if out[rel] == nil { // the first of several forms is the one for programs
			out[rel] = l
		}
	}
	return out
}

func (c *suite) landing(t *testing.T) {
	w := get(c.server, "/api", "Accept", "application/json")
	links := linksOf(t, decode(t, w))
	for _, rel := range []string{"self", "service-desc", "service-doc", "conformance", "data"} {
		if links[rel] == nil {
			t.Errorf("no link %s", rel)
		}
	}
	if links["service-desc"]["type"] != "application/vnd.oai.openapi+json;version=3.0" || links["data"]["type"] != "application/json" {
		t.Errorf("types: %v", links)
	}
	for rel, l := range links {
		if p := path(t, l["href"].(string)); get(c.server, p).Code != http.StatusOK {
			t.Errorf("%s leads to %s: %d", rel, p, get(c.server, p).Code)
		}
	}
}

func (c *suite) description(t *testing.T) {
	w := get(c.server, "/api/openapi", "Accept", "application/vnd.oai.openapi+json;version=3.0, application/json")
	if w.Result().Header.Get("Content-Type") != "application/vnd.oai.openapi+json;version=3.0" {
		t.Errorf("type %v", w.Result().Header)
	}
	c.openapi = decode(t, w)
	if !strings.HasPrefix(fmt.Sprint(c.openapi["openapi"]), "3.0.") || at(t, c.openapi, "servers", 0, "url") != "http://127.0.0.1:8080/api" {
		t.Errorf("%v %v", c.openapi["openapi"], c.openapi["servers"])
	}
	ids := map[string]bool{}
	for p, item := range at(t, c.openapi, "paths").(document) {
		for method, o := range item.(document) {
			id := fmt.Sprint(at(t, o, "operationId"))
			if ids[id] {
				t.Errorf("operationId %s stands twice", id)
			}
			ids[id] = true
			c.pathParameters(t, p, method, o.(document))
		}
	}
	c.references(t, c.openapi, "")
}

// pathParameters wants every {name} of a path declared, and no other.
func (c *suite) pathParameters(t *testing.T, p, method string, o document) {
	t.Helper()
	declared := 0
	parameters, _ := o["parameters"].([]any)
	for _, q := range parameters {
		if q := q.(document); q["in"] == "path" {
			declared++
			if q["required"] != true || !strings.Contains(p, "{"+q["name"].(string)+"}") {
				t.Errorf("%s %s: path parameter %v", method, p, q)
			}
		}
	}
	if declared != strings.Count(p, "{") {
		t.Errorf("%s %s: %d path parameters", method, p, declared)
	}
	if len(at(t, o, "responses").(document)) < 2 {
		t.Errorf("%s %s: responses", method, p)
	}
}

// references follows every $ref, none of which may leave the document, and
// wants no word that OpenAPI 3.0 lacks.
func (c *suite) references(t *testing.T, d any, where string) {
	t.Helper()
	switch d := d.(type) {
	case document:
		if ref, ok := d["$ref"].(string); ok {
			steps := []any{}
			for _, s := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
				steps = append(steps, s)
			}
			if !strings.HasPrefix(ref, "#/components/") || len(d) > 1 {
				t.Errorf("%s refers to %s, %v", where, ref, d)
			}
			at(t, c.openapi, steps...)
		}
		for name, v := range d {
			if schema := d["type"] != nil; schema && (name == "examples" || name == "const" || name == "$schema") {
				t.Errorf("%s has %s", where, name)
			}
			c.references(t, v, where+"/"+name)
		}
	case []any:
		for i, v := range d {
			c.references(t, v, fmt.Sprint(where, "/", i))
		}
	}
}

func (c *suite) conformance(t *testing.T) {
	var classes []string
	for _, class := range at(t, ok(t, c.server, "/api/conformance"), "conformsTo").([]any) {
		classes = append(classes, class.(string))
	}
	for _, class := range []string{"features-1/1.0/conf/core", "features-1/1.0/conf/geojson", "features-1/1.0/conf/oas30", "features-1/1.0/conf/html", "features-2/1.0/conf/crs", "features-3/1.0/conf/queryables",
		"features-3/1.0/conf/queryables-query-parameters", "features-3/1.0/conf/filter", "features-3/1.0/conf/features-filter", "tiles-1/1.0/conf/dataset-tilesets", "tms/2.0/conf/tilematrixset", "tms/2.0/conf/json-tilematrixset", "features-5/1.0/conf/schemas", "common-3/1.0/conf/schemas", "common-3/1.0/conf/sortables", "features-8/1.0/conf/sortables", "features-8/1.0/conf/sorting", "features-8/1.0/conf/features-sorting", "styles-1/1.0/conf/core", "styles-1/1.0/conf/collection-styles", "styles-1/1.0/conf/mapbox-styles", "processes-1/1.0/conf/core", "processes-1/1.0/conf/job-list", "processes-1/1.0/conf/dismiss"} {
		if !slices.Contains(classes, "http://www.opengis.net/spec/ogcapi-"+class) && !slices.Contains(classes, "http://www.opengis.net/spec/"+class) {
			t.Errorf("no class %s", class)
		}
	}
	for _, part := range []string{"create-replace-delete", "update", "optimistic-locking-etags", "features"} {
		if slices.Contains(classes, "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/"+part) != c.edited {
			t.Errorf("part 4, %s: edited is %t", part, c.edited)
		}
	}
	for _, class := range classes {
		if strings.Contains(class, "callback") {
			t.Errorf("%s is declared, and no host is named", class)
		}
	}
}

// filters are the tests of part 3 that need no data of their own.
func (c *suite) filters(t *testing.T) {
	list := at(t, ok(t, c.server, "/api/collections"), "collections").([]any)
	id := at(t, list[0], "id").(string)
	items := "/api/collections/" + id + "/items"
	for query, want := range map[string]int{
		"?filter=THIS%20IS%20NOT%20A%20FILTER": 400, "?filter=no_such_property%3D1": 400, "?filter=TRUE": 200, "?filter=TRUE&filter-lang=cql-text": 200,
		"?filter=true&filter-lang=cql2-json": 200, "?filter=TRUE&filter-lang=xpath": 400,
		"?filter=S_INTERSECTS(geometry,POINT(1%201))&filter-crs=" + crs84:                                      200,
		"?filter=S_INTERSECTS(geometry,POINT(1%201))&filter-crs=http://www.opengis.net/def/crs/EPSG/0/4326":    200,
		"?filter=S_INTERSECTS(geometry,POINT(1%201))&filter-crs=http://www.opengis.net/def/crs/EPSG/0/3857":    200,
		"?filter=S_INTERSECTS(geometry,POINT(1%201))&filter-crs=http://www.opengis.net/def/crs/EPSG/0/9999999": 400,
		"?filter=S_INTERSECTS(geometry,POINT(90%20180))":                                                       400,
	} {
		if w := get(c.server, items+query); w.Code != want {
			t.Errorf("%s: %d, want %d: %s", query, w.Code, want, w.Body)
		}
	}
	for _, f := range at(t, ok(t, c.server, "/api/functions"), "functions").([]any) {
		if at(t, f, "name") == "" || len(at(t, f, "returns").([]any)) == 0 {
			t.Errorf("a function without name or result: %v", f)
		}
	}
}

const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

func (c *suite) collections(t *testing.T) {
	d := ok(t, c.server, "/api/collections")
	if linksOf(t, d)["self"]["type"] != "application/json" {
		t.Error("self")
	}
	for _, one := range at(t, d, "collections").([]any) {
		one := one.(document)
		links := linksOf(t, one)
		if links["items"]["type"] != "application/geo+json" {
			t.Errorf("items: %v", links["items"])
		}
		for _, rel := range []string{"queryables", "describedBy", "describedby", "http://www.opengis.net/def/rel/ogc/1.0/queryables", "http://www.opengis.net/def/rel/ogc/1.0/schema"} {
			if links[rel] == nil {
				t.Errorf("no link %s", rel)
			}
		}
		if at(t, one, "crs", 0) != crs84 || one["storageCrs"] != crs84 || one["itemType"] != "feature" {
			t.Errorf("%v %v", one["crs"], one["storageCrs"])
		}
		self := ok(t, c.server, path(t, links["self"]["href"].(string)))
		if fmt.Sprint(self) != fmt.Sprint(one) {
			t.Errorf("the collection says %v, the list %v", self, one)
		}
		if !slices.Contains(at(t, c.openapi, "paths", "/collections/{collectionId}", "get", "parameters", 0, "schema", "enum").([]any), one["id"]) {
			t.Errorf("%v is not in the API description", one["id"])
		}
	}
}

// styles holds the abstract tests of OGC API Styles (draft 20-009), of the
// landing page and of each collection.
func (c *suite) styles(t *testing.T) {
	const rel = "http://www.opengis.net/def/rel/ogc/1.0/styles"
	for _, of := range []string{"/api", "/api/collections/mixed", "/api/collections/yard"} {
		list := path(t, linksOf(t, ok(t, c.server, of))[rel]["href"].(string))
		if list != of+"/styles" {
			t.Errorf("the styles of %s are at %s", of, list)
		}
		seen := map[string]bool{}
		for _, one := range at(t, ok(t, c.server, list), "styles").([]any) {
			one := one.(document)
			id := at(t, one, "id").(string)
			links := linksOf(t, one)
			sheet := get(c.server, path(t, links["stylesheet"]["href"].(string)))
			if seen[id] || sheet.Code != http.StatusOK || sheet.Header().Get("Content-Type") != links["stylesheet"]["type"] || at(t, decode(t, sheet), "version") != 8.0 {
				t.Errorf("%s: %v, %d %v", id, links["stylesheet"], sheet.Code, sheet.Header())
			}
			if under := get(c.server, list+"/"+id); under.Body.String() != sheet.Body.String() {
				t.Errorf("%s/%s: %d", list, id, under.Code)
			}
			if d := ok(t, c.server, path(t, links["describedby"]["href"].(string))); d["id"] != id || d["scope"] != "style" {
				t.Errorf("%s: metadata %v", id, d)
			}
			seen[id] = true
		}
		if want := map[string]int{"/api": 2}[of]; len(seen) != max(want, 1) {
			t.Errorf("%s: styles %v", of, seen)
		}
	}
}

// parameters looks for the definitions where clients do: under the path of the
// collection itself.
func (c *suite) parameters(t *testing.T, id string) {
	byName := map[string]document{}
	for _, p := range at(t, c.openapi, "paths", "/collections/"+id+"/items", "get", "parameters").([]any) {
		p := p.(document)
		if ref, ok := p["$ref"]; ok {
			if ref != "#/components/parameters/limit" {
				t.Errorf("GDAL follows the reference of limit alone, not %v", ref)
			}
			p = at(t, c.openapi, "components", "parameters", "limit").(document)
		}
		byName[p["name"].(string)] = p
		if p["in"] != "query" || p["required"] != false || p["style"] != "form" || p["explode"] != false || at(t, p, "schema") == nil {
			t.Errorf("parameter %v", p)
		}
	}
	limit := at(t, byName["limit"], "schema").(document)
	if limit["type"] != "integer" || limit["minimum"] != 1.0 || limit["maximum"] != 10000.0 || limit["default"] != 1000.0 {
		t.Errorf("limit %v", limit)
	}
	bbox := at(t, byName["bbox"], "schema").(document)
	if bbox["type"] != "array" || bbox["minItems"] != 4.0 || bbox["maxItems"] != 6.0 || at(t, bbox, "items", "type") != "number" {
		t.Errorf("bbox %v", bbox)
	}
	if at(t, byName["datetime"], "schema", "type") != "string" || !slices.Contains(at(t, byName["resultType"], "schema", "enum").([]any), "hits") {
		t.Errorf("datetime %v, resultType %v", byName["datetime"], byName["resultType"])
	}
	for name := range at(t, ok(t, c.server, "/api/collections/"+id+"/queryables"), "properties").(document) {
		if scalar := name != "geometry" && name != "tags"; scalar && byName[name] == nil {
			t.Errorf("the queryable %s is no parameter", name)
		}
	}
}

// endText is an end of an extent as the datetime parameter takes it.
func endText(end any) string {
	if text, ok := end.(string); ok {
		return text
	}
	return ".."
}

// items walks the pages of every selection that the suite makes.
func (c *suite) items(t *testing.T, id string) {
	extent := at(t, ok(t, c.server, "/api/collections/"+id), "extent").(document)
	box := at(t, extent, "spatial", "bbox", 0).([]any)
	rounded := make([]string, 4)
	exact := make([]string, 4)
	for i, v := range box {
		exact[i] = fmt.Sprint(v)
		rounded[i] = fmt.Sprintf("%.7f", v)
	}
	interval := at(t, extent, "temporal", "interval", 0).([]any)
	from, to := endText(interval[0]), endText(interval[1])
	queries := []string{
		"", "limit=1", "limit=50", "bbox=" + strings.Join(exact, ","), "bbox=" + strings.Join(rounded, ","), "bbox=-1.5,50,1.5,53",
		"bbox=-80,-5,-70,5", "bbox=177,65,-177,70", "bbox=-180,85,180,90", "bbox=-180,-90,180,-85", "bbox=-5,10,5,25",
		"datetime=2016-04-11", "datetime=" + from + "/" + to, "datetime=../" + to, "datetime=" + from + "/..", "datetime=/" + to, "datetime=" + from + "/",
	}
	if from != ".." {
		queries = append(queries, "datetime="+from)
	}
	for _, query := range queries {
		c.walk(t, "/api/collections/"+id+"/items", query)
	}
	all := list(t, c.server, "/api/collections/"+id+"/items?limit=1")
	inBox := list(t, c.server, "/api/collections/"+id+"/items?limit=1&bbox="+strings.Join(exact, ","))
	if id == "yard" && all.NumberMatched != inBox.NumberMatched {
		t.Errorf("%d in all, %d in the extent", all.NumberMatched, inBox.NumberMatched)
	}
	during := list(t, c.server, "/api/collections/"+id+"/items?limit=1&datetime="+from+"/"+to)
	if id == "yard" && all.NumberMatched != during.NumberMatched {
		t.Errorf("%d in all, %d in the time of the extent", all.NumberMatched, during.NumberMatched)
	}
}

// walk follows the pages as the suite does: the limit of every next link is
// replaced by the maximum, and at most four links are followed.
func (c *suite) walk(t *testing.T, items, query string) {
	t.Helper()
	target := items
	if query != "" {
		target += "?" + query
	}
	w := get(c.server, target, "Accept", "application/geo+json")
	if w.Result().Header.Get("Content-Type") != "application/geo+json" {
		t.Errorf("%s: %v", target, w.Result().Header)
	}
	links := linksOf(t, decode(t, w))
	if links["self"]["type"] != "application/geo+json" {
		t.Errorf("%s: self %v", target, links["self"])
	}
	sum, matched := 0, 0
	for nexts := 0; ; nexts++ {
		p := list(t, c.server, target)
		if p.Type != "FeatureCollection" || p.Features == nil {
			t.Fatalf("%s: %+v", target, p)
		}
		if _, err := time.Parse(time.RFC3339, p.TimeStamp); err != nil {
			t.Errorf("%s: %v", target, err)
		}
		sum += len(p.Features)
		matched = p.NumberMatched
		next := p.link("next")
		if next == "" || nexts == 4 {
			break
		}
		_, behind, _ := strings.Cut(next, "?")
		if behind == "" {
			t.Fatalf("%s: next is %s, without a query", target, next)
		}
		target = changeLimit(t, path(t, next), 10000)
	}
	if sum != matched {
		t.Errorf("%s: the pages hold %d, numberMatched is %d", items+"?"+query, sum, matched)
	}
}

func (c *suite) errors(t *testing.T, id string) {
	for _, query := range []string{"limit=unlimited", "unknownQueryParameter12345=1", "bbox=1,2,3", "bbox=x,2,3,4", "datetime=unknown", "killed=many"} {
		if w := get(c.server, "/api/collections/"+id+"/items?"+query); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", query, w.Code)
		}
	}
}

func (c *suite) item(t *testing.T, id string) {
	p := list(t, c.server, "/api/collections/"+id+"/items?limit=3")
	for _, key := range p.ids() {
		w := get(c.server, fmt.Sprintf("/api/collections/%s/items/%d", id, key))
		if w.Code != http.StatusOK || w.Result().Header.Get("Content-Type") != "application/geo+json" {
			t.Errorf("%d: %d", key, w.Code)
		}
		links := linksOf(t, decode(t, w))
		if links["self"]["type"] != "application/geo+json" || links["collection"] == nil {
			t.Errorf("links %v", links)
		}
		if want := fmt.Sprintf("/api/collections/%s/items/%d", id, key); path(t, links["self"]["href"].(string)) != want {
			t.Errorf("self %v", links["self"])
		}
	}
}

// queryables holds the abstract tests of part 3, and what GDAL 3.6 wants.
func (c *suite) queryables(t *testing.T, id string) {
	target := "/api/collections/" + id + "/queryables"
	header := get(c.server, "/api/collections/"+id+"/items").Result().Header
	if !strings.Contains(strings.Join(header["Link"], ","), `rel="http://www.opengis.net/def/rel/ogc/1.0/queryables"`) {
		t.Errorf("the items do not link the queryables: %v", header["Link"])
	}
	for accept, media := range map[string]string{"": "application/schema+json", "*/*": "application/schema+json", "application/schema+json": "application/schema+json",
		"application/geo+json, application/json": "application/json", "application/json": "application/json"} {
		got := get(c.server, target, "Accept", accept).Result().Header.Get("Content-Type")
		if got != media {
			t.Errorf("Accept %q: %s, want %s", accept, got, media)
		}
	}
	d := ok(t, c.server, target)
	if d["$schema"] != "https://json-schema.org/draft/2020-12/schema" || path(t, d["$id"].(string)) != target || d["type"] != "object" || d["additionalProperties"] != false {
		t.Errorf("%v %v %v", d["$schema"], d["$id"], d["type"])
	}
	for name, p := range at(t, d, "properties").(document) {
		p := p.(document)
		if format, _ := p["format"].(string); p["type"] == nil && !strings.HasPrefix(format, "geometry-") {
			t.Errorf("%s: %v", name, p)
		}
	}
	if len(at(t, d, "queryables").([]any)) == 0 {
		t.Error("GDAL 3.6 finds no queryables")
	}
}

// sortables holds the abstract tests of part 8 that need no data of their own.
func (c *suite) sortables(t *testing.T, id string) {
	link := linksOf(t, ok(t, c.server, "/api/collections/"+id))["http://www.opengis.net/def/rel/ogc/1.0/sortables"]
	target := path(t, link["href"].(string))
	d := ok(t, c.server, target)
	if link["type"] != "application/schema+json" || d["$schema"] != "https://json-schema.org/draft/2020-12/schema" || path(t, d["$id"].(string)) != target || d["type"] != "object" {
		t.Errorf("%v, %v %v %v", link, d["$schema"], d["$id"], d["type"])
	}
	for name := range at(t, d, "properties").(document) {
		for _, sign := range []string{"", "-", "+", "%2B"} {
			ok(t, c.server, "/api/collections/"+id+"/items?limit=2&sortby="+sign+url.QueryEscape(name))
		}
	}
	if got := get(c.server, "/api/collections/"+id+"/items?sortby=notASortable").Code; got != http.StatusBadRequest {
		t.Errorf("an unknown sortable is a %d", got)
	}
}

func (c *suite) schema(t *testing.T, id string) {
	flat := ok(t, c.server, "/api/collections/"+id+"/schema")
	if at(t, flat, "properties", "geometry", "x-ogc-role") != "primary-geometry" {
		t.Errorf("flat: %v", flat["properties"])
	}
	links := linksOf(t, ok(t, c.server, "/api/collections/"+id))
	shaped := ok(t, c.server, path(t, links["describedBy"]["href"].(string)))
	if len(at(t, shaped, "properties", "properties", "properties").(document)) != len(at(t, flat, "properties").(document))-1 {
		t.Errorf("shaped: %v", shaped)
	}
}
