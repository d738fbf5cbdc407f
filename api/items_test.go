package api_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/randtest"
)

// TestSomeFields asks for some of the fields alone.
func TestSomeFields(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	const items = "/api/collections/mixed/items"
	for _, c := range []struct{ query, want string }{
		{"bbox=-4,16.5,-1,18&properties=name,killed", `"properties":{"name":"Timbuktu \"gate\"","killed":2}}`},
		{"bbox=-4,16.5,-1,18&properties=killed,name&crs=http://www.opengis.net/def/crs/EPSG/0/4326", `"coordinates":[16.77,-3.05,261]},"properties":{"killed":2,"name":"Timbuktu \"gate\""}}`},
		{"bbox=-4,16.5,-1,18&properties=", `"properties":{}}`},
		{"near=-3.05,16.77&k=1&properties=killed", `"properties":{"killed":2,"distance_m":0,"bearing_deg":`},
	} {
		if w := get(s, items+"?"+c.query); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s: %d %s", c.query, w.Code, w.Body)
		}
	}
	if next := list(t, s, items+"?limit=2&properties=tags,name"); !strings.Contains(next.link("next"), "properties=tags,name") {
		t.Errorf("next is %s", next.link("next"))
	}
	whole, some := get(s, items), get(s, items+"?properties=name,time,day,killed,score,found,tags")
	if whole.Header().Get("Etag") == some.Header().Get("Etag") {
		t.Error("the tag is that of whole records")
	}
	for _, query := range []string{"properties=colour", "properties=name,name", "properties=name,", "properties=geometry"} {
		w := get(s, items+"?"+query)
		if d := decode(t, w); w.Code != http.StatusBadRequest || d["parameter"] != "properties" || !strings.Contains(fmt.Sprint(d["detail"]), "name") {
			t.Errorf("%s: %d %v", query, w.Code, d)
		}
	}
}

func TestItems(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for _, c := range []struct {
		desc, query string
		want        []int64 // in any order, but for near
	}{
		{"everything this reader sees", "", []int64{1, 2, 3, 4, 5, 6}},
		{"a box", "bbox=-5,15,0,18", []int64{1, 2}},
		{"over the date line", "bbox=179,-17,-179,-16", []int64{4, 5}},
		{"west of it", "bbox=179,-17,180,-16", []int64{4}},
		{"the world leaves out what has no place", "bbox=-180,-90,180,90", []int64{1, 2, 3, 4, 5}},
		{"between heights", "bbox=-180,-90,200,180,90,300", []int64{1}},
		{"above all heights", "bbox=-180,-90,262,180,90,300", nil},
		{"a day", "datetime=2016-04-11", []int64{1, 4, 5, 6}},
		{"an instant", "datetime=2016-04-11T12:00:00Z", []int64{1, 4, 6}},
		{"before", "datetime=../2016-04-10", []int64{5, 6}},
		{"a/b holds b", "datetime=2016-04-12T00:00:00Z/2016-04-12T12:00:00Z", []int64{2, 4, 6}},
		{"a name", "name=" + url.QueryEscape(`Timbuktu "gate"`), []int64{1}},
		{"a number", "killed=0", []int64{2}},
		{"a bool", "found=true", []int64{1}},
		{"a float", "score=1.50", []int64{1}},
		{"a day of a time", "time=2016-04-11", []int64{1, 4}},
		{"two filters", "killed=2&found=true", []int64{1}},
		{"nothing", "killed=7", nil},
		{"a filter", "filter=" + url.QueryEscape("killed >= 0 AND time < DATE('2016-04-12')"), []int64{1}},
		{"a filter, its language named", "filter-lang=cql2-text&filter=" + url.QueryEscape("name LIKE '%line'"), []int64{4, 5}},
		{"a filter, by the language's older name", "filter=" + url.QueryEscape("name ILIKE '%LINE'") + "&filter-lang=cql-text", []int64{4, 5}},
		{"a filter in JSON", "filter-lang=cql2-json&filter=" + url.QueryEscape(`{"op":"=","args":[{"property":"killed"},2]}`), []int64{1}},
		{"a filter by place", "filter=" + url.QueryEscape("S_INTERSECTS(geometry, POLYGON((-4 16, 2 16, 2 17, -4 17, -4 16)))"), []int64{1, 2}},
		{"a filter by AND with name=value and a box", "killed=2&bbox=-5,15,0,18&filter=" + url.QueryEscape("found = FALSE OR killed IN (0, 1)"), nil},
		{"not is no cure for null", "filter=" + url.QueryEscape("NOT (killed > 0)"), []int64{2}},
		{"near and a filter", "near=0,0&filter=" + url.QueryEscape("killed > 0"), []int64{1}},
		{"nearest", "near=-3,16.7&k=2", []int64{1, 2}},
		{"within a radius", "near=0,16.5&radius=60000", []int64{2}},
		{"touching", "near=1.5,18.5&radius=0", []int64{3}},
		{"a corridor", "near=LINESTRING(-3%2016,-3%2017)&radius=10000", []int64{1}},
		{"near and filtered", "near=0,0&killed=2", []int64{1}},
		{"outward, all that have a place", "near=179.9,-16.5", []int64{4, 5, 3, 2, 1}},
	} {
		got := list(t, s, "/api/collections/mixed/items?"+c.query)
		ids := got.ids()
		if !strings.Contains(c.query, "near") {
			slices.Sort(ids)
		}
		if strings.HasPrefix(c.desc, "outward") {
			ids, c.want = ids[:3], c.want[:3]
		} else if got.NumberMatched != len(c.want) {
			t.Errorf("%s: numberMatched %d, want %d", c.desc, got.NumberMatched, len(c.want))
		}
		if !slices.Equal(ids, c.want) && len(ids)+len(c.want) > 0 {
			t.Errorf("%s: %v, want %v", c.desc, ids, c.want)
		}
		sep := "?"
		if c.query != "" {
			sep = "?" + c.query + "&"
		}
		hits := list(t, s, "/api/collections/mixed/items"+sep+"resultType=hits")
		if hits.NumberMatched != got.NumberMatched || len(hits.Features) != 0 || hits.Features == nil {
			t.Errorf("%s: hits says %d and %v", c.desc, hits.NumberMatched, hits.Features)
		}
	}
}

func TestNearProperties(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	got := list(t, s, "/api/collections/mixed/items?near=-3.05,16.77&k=3")
	first, second := got.Features[0].Properties, got.Features[1].Properties
	if first["distance_m"] != 0.0 || first["bearing_deg"] != nil {
		t.Errorf("at no distance there is no direction: %v", first)
	}
	metres, ok := second["distance_m"].(float64)
	if degrees, ok2 := second["bearing_deg"].(float64); !ok || !ok2 || metres < 1 || degrees < 0 || degrees >= 360 {
		t.Errorf("second: %v", second)
	}
	if text := strconv.FormatFloat(metres, 'f', -1, 64); len(text)-strings.IndexByte(text, '.') > 4 {
		t.Errorf("%s m pretends to more than millimetres", text)
	}
}

// TestPaging pages through random selections with changing limits, and wants
// what one answer gives: every record once, in one order, with the same count.
func TestPaging(t *testing.T) {
	s, _ := serve(t, api.Config{}, yard(t, 3000))
	r := randtest.New(t, 1)
	for range 40 {
		query := randomQuery(r)
		whole := list(t, s, "/api/collections/yard/items?limit=10000"+query)
		if whole.link("next") != "" || whole.NumberMatched != len(whole.Features) {
			t.Fatalf("%s: matched %d, returned %d, next %q", query, whole.NumberMatched, len(whole.Features), whole.link("next"))
		}
		var got []int64
		next := fmt.Sprintf("/api/collections/yard/items?limit=%d%s", 1+r.IntN(700), query)
		for pages := 0; next != ""; pages++ {
			if pages > 5000 {
				t.Fatalf("%s: no end", query)
			}
			p := list(t, s, next)
			if p.NumberMatched != whole.NumberMatched || p.TimeStamp != whole.TimeStamp {
				t.Fatalf("%s: page says %d matched, the whole %d", next, p.NumberMatched, whole.NumberMatched)
			}
			got = append(got, p.ids()...)
			next = ""
			if href := p.link("next"); href != "" {
				next = changeLimit(t, path(t, href), 1+r.IntN(700))
			}
		}
		if !slices.Equal(got, whole.ids()) {
			t.Fatalf("%s: %d records on pages, %d in one answer", query, len(got), len(whole.Features))
		}
	}
}

func randomQuery(r *rand.Rand) string {
	var b strings.Builder
	if r.IntN(2) == 0 {
		fmt.Fprintf(&b, "&bbox=%v,%v,%v,%v", -12+8*r.Float64(), 10+5*r.Float64(), -2+8*r.Float64(), 16+9*r.Float64())
	}
	if r.IntN(3) == 0 {
		b.WriteString("&type=Mine")
	}
	if r.IntN(3) == 0 {
		b.WriteString("&filter=" + url.QueryEscape("(killed > 2 OR injured BETWEEN 3 AND 5) AND outcome <> 'found'"))
	}
	if r.IntN(3) == 0 {
		b.WriteString("&datetime=2014-01-01/2016-06-30")
	}
	if r.IntN(3) == 0 {
		return b.String() + "&sortby=" + []string{"-killed,type", "%2Bdate,-injured", "outcome", "-type,-outcome,killed,date"}[r.IntN(4)]
	}
	if r.IntN(2) == 0 {
		fmt.Fprintf(&b, "&near=%v,%v", -12+17*r.Float64(), 10+15*r.Float64())
		if r.IntN(2) == 0 {
			fmt.Fprintf(&b, "&radius=%v", 1e6*r.Float64())
		}
		if r.IntN(2) == 0 {
			fmt.Fprintf(&b, "&k=%d", 1+r.IntN(2000))
		}
	}
	return b.String()
}

func changeLimit(t *testing.T, target string, limit int) string {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("limit", strconv.Itoa(limit))
	u.RawQuery = q.Encode()
	return u.String()
}

func TestNextHeader(t *testing.T) {
	s, _ := serve(t, api.Config{}, yard(t, 50))
	w := get(s, "/api/collections/yard/items?limit=20")
	var c collection
	for _, l := range w.Result().Header["Link"] {
		if strings.Contains(l, `rel="next"`) {
			c.TimeStamp = l
		}
	}
	body := list(t, s, "/api/collections/yard/items?limit=20")
	if next := body.link("next"); next == "" || !strings.Contains(c.TimeStamp, "<"+next+">") {
		t.Errorf("the body links %q, the header %q", next, c.TimeStamp)
	}
	if w.Result().Header.Get("OGC-NumberMatched") != "50" || w.Result().Header.Get("OGC-NumberReturned") != "20" {
		t.Errorf("headers: %v", w.Result().Header)
	}
}

func TestItem(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	d := ok(t, s, "/api/collections/mixed/items/1")
	if d["id"] != 1.0 || d["type"] != "Feature" {
		t.Errorf("item: %v", d)
	}
	rels := map[string]bool{}
	for _, l := range d["links"].([]any) {
		rels[l.(document)["rel"].(string)] = true
	}
	if !rels["self"] || !rels["collection"] {
		t.Errorf("links: %v", slices.Sorted(maps.Keys(rels)))
	}
	for desc, p := range map[string]string{"none such": "/99", "no number": "/abc", "what the reader may not see": "/7", "zero": "/0"} {
		if w := get(s, "/api/collections/mixed/items"+p); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", desc, w.Code)
		}
	}
}

// TestReader proves that what a reader may not see is in no count, list,
// extent or tag.
func TestReader(t *testing.T) {
	low, _ := serve(t, api.Config{}, mixed(t))
	high, _ := serve(t, api.Config{Reader: geo.Reader{Ceiling: geo.Confidential}}, mixed(t))
	const items = "/api/collections/mixed/items"
	if l, h := list(t, low, items), list(t, high, items); l.NumberMatched != 6 || h.NumberMatched != 7 {
		t.Errorf("matched %d and %d", l.NumberMatched, h.NumberMatched)
	}
	if l, h := ok(t, low, "/api/collections/mixed"), ok(t, high, "/api/collections/mixed"); l["itemCount"] != 6.0 || h["itemCount"] != 7.0 || h["classification"] != "confidential" {
		t.Errorf("counts %v and %v", l["itemCount"], h["itemCount"])
	}
	if l, h := ok(t, low, "/api"), ok(t, high, "/api"); l["classification"] != "unclassified" || h["classification"] != "confidential" {
		t.Errorf("classes %v and %v", l["classification"], h["classification"])
	}
	if get(low, items).Header().Get("Etag") == get(high, items).Header().Get("Etag") {
		t.Error("two readers share a tag")
	}
}

// leaver is a reader whose connection ends after some bytes.
type leaver struct {
	*httptest.ResponseRecorder
	leave context.CancelFunc
	after int
}

func (l *leaver) Write(p []byte) (int, error) {
	n, err := l.ResponseRecorder.Write(p)
	if l.Body.Len() >= l.after {
		l.leave()
	}
	return n, err
}

// TestLeavingReader cuts the answer when its reader goes: the connection is
// aborted, so that the part never passes for the whole.
func TestLeavingReader(t *testing.T) {
	s, _ := serve(t, api.Config{}, yard(t, 20_000))
	ctx, leave := context.WithCancel(t.Context())
	w := &leaver{httptest.NewRecorder(), leave, 60_000}
	if p := panics(func() {
		s.ServeHTTP(w, request(http.MethodGet, "/api/collections/yard/items?limit=10000").WithContext(ctx))
	}); p != http.ErrAbortHandler {
		t.Errorf("the connection is not aborted: %v", p)
	}
	if strings.HasSuffix(strings.TrimSpace(w.Body.String()), "]}") || w.Body.Len() > 1_000_000 {
		t.Errorf("%d bytes went to a reader that had left", w.Body.Len())
	}
}

func panics(f func()) (p any) {
	defer func() { p = recover() }()
	f()
	return nil
}

// TestGoneReader asks a long question for a reader that is gone: hardly a row
// is looked at.
func TestGoneReader(t *testing.T) {
	var log logged
	s, _ := serve(t, api.Config{Log: log.logger()}, yard(t, 50_000))
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if p := panics(func() {
		s.ServeHTTP(httptest.NewRecorder(), request(http.MethodGet, "/api/collections/yard/items?type=Mine&resultType=hits").WithContext(ctx))
	}); p != http.ErrAbortHandler {
		t.Errorf("not aborted: %v", p)
	}
	line := log.last(t)
	if line["status"] != 499.0 || line["rows"].(float64) > 1000 {
		t.Errorf("log: %v", line)
	}
}

// TestBoundedSearch proves by the log that a box and a radius bound the rows
// that are looked at.
func TestBoundedSearch(t *testing.T) {
	var log logged
	s, _ := serve(t, api.Config{Log: log.logger()}, yard(t, 50_000))
	for query, most := range map[string]float64{
		"bbox=-5,15,-4.9,15.1&type=Mine":                      5000,
		"near=-5,15&k=10":                                     5000,
		"near=-5,15&radius=5000&resultType=hits":              5000,
		"bbox=-180,-90,180,90&resultType=hits":                0,
		"near=POINT(-5%2015)&radius=19000000&resultType=hits": 2000,
	} {
		list(t, s, "/api/collections/yard/items?"+query)
		if line := log.last(t); line["rows"].(float64) > most || line["nodes"].(float64) == 0 {
			t.Errorf("%s: %v rows and %v nodes visited", query, line["rows"], line["nodes"])
		}
	}
}

func TestOneVersion(t *testing.T) {
	s, src := serve(t, api.Config{}, mixed(t))
	before := list(t, s, "/api/collections/mixed/items")
	l, err := src.Snapshot().Layers()[0].With([]geo.Change{{Collection: "mixed", Op: geo.Remove, Feature: geo.Feature{Key: 1, Rev: 3}}})
	if err != nil {
		t.Fatal(err)
	}
	third := geo.TimeOf(time.Date(2024, 5, 3, 0, 0, 0, 0, time.UTC))
	src.now.Store(layer.NewSnapshot("store-1", []*layer.Layer{l}, nil,
		[]layer.Moment{{Version: 1, At: firstMoment}, {Version: 2, At: secondMoment}, {Version: 3, At: third}}))
	after := list(t, s, "/api/collections/mixed/items")
	if before.TimeStamp != "2024-05-02T09:30:00.5Z" || after.TimeStamp != "2024-05-03T00:00:00Z" || after.NumberMatched != before.NumberMatched-1 {
		t.Errorf("before %s %d, after %s %d", before.TimeStamp, before.NumberMatched, after.TimeStamp, after.NumberMatched)
	}
	if d := ok(t, s, "/api/collections/mixed"); d["itemCount"] != 5.0 {
		t.Errorf("the extent is of an older state: %v", d["itemCount"])
	}
}

// TestSimplified: fewer vertices of the same records, under another tag; points
// and what needs no simplifying stay as they are.
func TestSimplified(t *testing.T) {
	b := layer.NewBuilder(geo.Schema{Name: "ways", Geometry: geo.AnyGeometry})
	layertest.Add(t, b, geo.Feature{Key: 1, Geometry: orb.LineString{{0, 0}, {1, 0.0005}, {2, 0}, {2, 1}}})
	layertest.Add(t, b, geo.Feature{Key: 2, Geometry: orb.Point{5, 5}})
	s, _ := serve(t, api.Config{}, layertest.Finish(t, b))
	const items = "/api/collections/ways/items"
	vertices := func(target string) string {
		return fmt.Sprint(at(t, ok(t, s, target), "features", 0, "geometry", "coordinates"))
	}
	for query, want := range map[string]string{
		"":                            "[[0 0] [1 0.0005] [2 0] [2 1]]",
		"?max-allowable-offset=0":     "[[0 0] [1 0.0005] [2 0] [2 1]]",
		"?max-allowable-offset=10":    "[[0 0] [1 0.0005] [2 0] [2 1]]",
		"?max-allowable-offset=100.5": "[[0 0] [2 0] [2 1]]",
		"?max-allowable-offset=1e7":   "[[0 0] [2 1]]",
	} {
		if got := vertices(items + query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	if a, b := get(s, items).Header().Get("Etag"), get(s, items+"?max-allowable-offset=100").Header().Get("Etag"); a == b {
		t.Error("the simplified answer has the tag of the whole one")
	}
	for _, bad := range []string{items + "?max-allowable-offset=-1", items + "?max-allowable-offset=NaN", items + "?max-allowable-offset=much"} {
		if w := get(s, bad); w.Code != http.StatusBadRequest || decode(t, w)["parameter"] != "max-allowable-offset" {
			t.Errorf("%s: %d %s", bad, w.Code, w.Body)
		}
	}
}
