package api_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/footprint"
	"bivouac/geo/indicator"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

// leakReaders are two who see a part each, and none of what is planted.
var leakReaders = []geo.Reader{
	{Ceiling: geo.Unclassified, Missions: []string{"MINUSMA"}},
	{Ceiling: geo.Confidential, Missions: []string{"MINUSMA", "UNIFIL"}},
}

// leakBases and leakThings are collections of points and of all shapes.
var (
	leakBases = geo.Schema{Name: "bases", Title: "Bases", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "status", Kind: geo.KindString}, {Name: "patrol_radius_km", Kind: geo.KindFloat},
	}}
	leakThings = geo.Schema{Name: "things", Title: "Things", Geometry: geo.AnyGeometry, Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
		{Name: "killed", Kind: geo.KindInt}, {Name: "population", Kind: geo.KindInt}, {Name: "found", Kind: geo.KindBool},
	}}
)

// openRecord is the k-th record of a collection that some of the readers see.
func openRecord(r *rand.Rand, s *geo.Schema, k geo.Key) geo.Feature {
	f := leakRecord(r, s, k, fmt.Sprintf("open %d", k%7))
	f.Mission = []string{"", "MINUSMA", "UNIFIL"}[r.IntN(3)]
	f.Class = geo.Class(r.IntN(2))
	return f
}

// plantedRecord is one that no reader of the test sees: it lies farther out,
// earlier and later, and says more than all others.
func plantedRecord(r *rand.Rand, s *geo.Schema, k geo.Key) geo.Feature {
	f := leakRecord(r, s, k, fmt.Sprintf("PLANTED %d", k))
	hidden := []struct {
		class   geo.Class
		mission string
	}{{geo.Unclassified, "UNMISS"}, {geo.Confidential, "UNMISS"}, {geo.StrictlyConfidential, ""}, {geo.StrictlyConfidential, "MINUSMA"}}[r.IntN(4)]
	f.Class, f.Mission = hidden.class, hidden.mission
	if r.IntN(4) == 0 {
		f.Geometry = orb.Point{-100 + 200*r.Float64(), -60 + 120*r.Float64()}
		f.Valid = geo.Between(geo.Time(r.IntN(9000))*geo.Day, 40_000*geo.Day)
	}
	f.Extra = []byte(`{"PLANTED":true}`)
	return f
}

func leakRecord(r *rand.Rand, s *geo.Schema, k geo.Key, name string) geo.Feature {
	at := orb.Point{5 * r.Float64(), 5 * r.Float64()}
	day := geo.Time(18_000+r.IntN(300)) * geo.Day
	f := geo.Feature{Key: k, Rev: 1, Geometry: at, Valid: geo.Instant(day)}
	if s.Name == "bases" {
		f.Values = []geo.Value{geo.String(name), geo.String("open"), geo.Float(float64(20 + r.IntN(60)))}
		return f
	}
	f.Values = []geo.Value{geo.String(name), geo.TimeValue(day), geo.Int(int64(r.IntN(9))), geo.Int(int64(r.IntN(9000))), geo.Bool(r.IntN(2) == 0)}
	switch r.IntN(6) {
	case 0:
		f.Geometry = orb.LineString{at, {at[0] + 0.5, at[1] + 0.3}}
	case 1:
		f.Geometry = orb.Polygon{{at, {at[0] + 0.2, at[1]}, {at[0] + 0.2, at[1] + 0.2}, at}}
	case 2:
		f.Geometry = nil
	}
	return f
}

// leakLayer holds the open records and, in one of four ways, planted ones.
func leakLayer(t *testing.T, s geo.Schema, way string) *layer.Layer {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 4))
	b := layer.NewBuilder(s)
	for k := range geo.Key(150) {
		layertest.Add(t, b, openRecord(r, &s, k+1))
	}
	var planted []geo.Change
	for k := range geo.Key(80) {
		planted = append(planted, geo.Change{Collection: s.Name, Feature: plantedRecord(r, &s, 1000+k)})
	}
	if way == "from the beginning" {
		for i := range planted {
			layertest.Add(t, b, planted[i].Feature)
		}
	}
	l := layertest.Finish(t, b)
	if way == "none" || way == "from the beginning" {
		return l
	}
	with := func(v geo.Version, changes []geo.Change) {
		t.Helper()
		for i := range changes {
			changes[i].Feature.Rev = v
		}
		next, err := l.With(changes)
		if err != nil {
			t.Fatal(err)
		}
		l = next
	}
	with(2, planted)
	for i := range planted {
		planted[i].Op = geo.Replace
		planted[i].Feature.Values = slices.Clone(planted[i].Feature.Values)
		planted[i].Feature.Values[0] = geo.String("PLANTED anew")
	}
	with(3, planted)
	if way == "gone again" {
		for i := range planted {
			planted[i].Op = geo.Remove
		}
		with(4, planted)
	}
	if way == "folded in" {
		folded, err := l.Fold(nil)
		if err != nil {
			t.Fatal(err)
		}
		return folded
	}
	return l
}

// leakServer serves the collections, and has a grant for each reader and one
// who sees all.
func leakServer(t *testing.T, d *desk, way string) *api.Server {
	t.Helper()
	config := d.config()
	config.Audit, config.World, config.Build = nil, "A world", "test"
	config.Processes = mustRegistry(t, echoProcess(), footprint.Process(), indicator.Process(nil))
	config.Formats = []api.Format{plainFormat()}
	s, src := serve(t, config)
	moments := []layer.Moment{{Version: 1, At: firstMoment}}
	if way != "none" && way != "from the beginning" {
		moments = append(moments, layer.Moment{Version: 2, At: secondMoment}, layer.Moment{Version: 3, At: secondMoment + 1}, layer.Moment{Version: 4, At: secondMoment + 2})
	}
	src.now.Store(layer.NewSnapshot("store-1", []*layer.Layer{leakLayer(t, leakBases, way), leakLayer(t, leakThings, way)}, nil, moments))
	return s
}

// leakQuestions ask in every way that there is.
var leakQuestions = []struct{ target, body string }{
	{target: "/api/alerts"}, {target: "/api/alerts?f=atom"}, {target: "/api/alerts?severity=high&limit=3"}, {target: "/api/alerts/PLANTED.3.things.1"}, {target: "/api/alert-rules"},
	{target: "/api/documents/view"}, {target: "/api/documents/view/PLANTED"},
	{target: "/api"}, {target: "/api?f=html"}, {target: "/api/collections?f=html"}, {target: "/api/collections/things?f=html"}, {target: "/api/collections/things/items?f=html"},
	{target: "/api/collections/things/items?f=html&near=2,2&k=5"}, {target: "/api/collections/things/items/1?f=html"}, {target: "/api/collections/things/items/1000?f=html"},
	{target: "/api/conformance"}, {target: "/api/openapi"}, {target: "/api/functions"},
	{target: "/api/collections"}, {target: "/api/collections/bases"}, {target: "/api/collections/things"}, {target: "/api/collections/none"},
	{target: "/api/collections/things/sortables"}, {target: "/api/collections/things/items?sortby=-killed,name&limit=9"},
	{target: "/api/collections/things/items?sortby=name"}, {target: "/api/collections/things/items?sortby=-name&limit=3&after=sPLANTED.1"},
	{target: "/api/collections/things/export?sortby=-time,killed"},
	{target: "/api/collections/things/queryables"}, {target: "/api/collections/things/schema"}, {target: "/api/collections/things/schema?profile=feature"},
	{target: "/api/collections/things/items"}, {target: "/api/collections/things/items?limit=7"}, {target: "/api/collections/things/items?resultType=hits"},
	{target: "/api/collections/things/items?bbox=-100,-60,100,60&limit=10000"}, {target: "/api/collections/things/items?bbox=1,1,3,3"},
	{target: "/api/collections/things/items?datetime=../2019-04-01"}, {target: "/api/collections/things/items?datetime=2050-01-01/.."},
	{target: "/api/collections/things/items?name=PLANTED%20anew"}, {target: "/api/collections/things/items?name=PLANTED%201000"},
	{target: "/api/collections/things/items?filter=name%20LIKE%20%27PLANTED%25%27"}, {target: "/api/collections/things/items?filter=name%20LIKE%20%27%25n%25%27&limit=5"},
	{target: "/api/collections/things/items?near=2,2&k=5"}, {target: "/api/collections/things/items?near=2,2&radius=90000"},
	{target: "/api/collections/things/items?near=2,2&radius=90000&resultType=hits"}, {target: "/api/collections/things/items?near=80,50&k=3"},
	{target: "/api/collections/things/items?near=2,2&radius=300000&limit=3&k=9"}, {target: "/api/collections/things/items?after=p0.0"},
	{target: "/api/collections/things/items?colour=red"}, {target: "/api/collections/bases/items"},
	{target: "/api/collections/things/items/1"}, {target: "/api/collections/things/items/2"}, {target: "/api/collections/things/items/3"},
	{target: "/api/collections/things/items/1000"}, {target: "/api/collections/things/items/1001"}, {target: "/api/collections/things/items/1079"}, {target: "/api/collections/things/items/5000"},
	{target: "/api/collections/things/tiles"}, {target: "/api/collections/things/tiles/WebMercatorQuad"}, {target: "/api/collections/things/tiles/WebMercatorQuad?name=open%201"},
	{target: "/api/collections/bases/tiles/WebMercatorQuad/0/0/0"}, {target: "/api/collections/things/tiles/WebMercatorQuad/0/0/0"},
	{target: "/api/collections/things/tiles/WebMercatorQuad/6/31/32"}, {target: "/api/collections/things/tiles/WebMercatorQuad/6/31/32?sum=killed&groupby=name"},
	{target: "/api/collections/things/tiles/WebMercatorQuad/9/254/257"}, {target: "/api/collections/things/tiles/WebMercatorQuad/3/1/1"},
	{target: "/api/collections/things/tiles/WorldCRS84Quad"}, {target: "/api/collections/things/tiles/WorldCRS84Quad/0/0/1"}, {target: "/api/collections/things/tiles/WorldCRS84Quad/5/15/32?sum=killed"},
	{target: "/api/tiles/WorldCRS84Quad/0/0/1"}, {target: "/api/tileMatrixSets"},
	{target: "/api/processes?f=html"}, {target: "/api/processes/footprint?f=html"}, {target: "/api/jobs?f=html"}, {target: "/api/collections/things/queryables?f=html"}, {target: "/api/collections/things/tiles?f=html"}, {target: "/api/tileMatrixSets/WorldCRS84Quad"},
	{target: "/api/collections/things/xyz/metadata.json"}, {target: "/api/collections/things/xyz/6/32/31.pbf"},
	{target: "/api/styles"}, {target: "/api/styles/things"}, {target: "/api/styles/bases?theme=dark&f=mapbox"}, {target: "/api/styles/bases?f=qml"}, {target: "/api/styles/things/metadata"}, {target: "/api/styles/none"},
	{target: "/api/collections/things/styles"}, {target: "/api/collections/things/styles/things"}, {target: "/api/collections/things/styles/bases"}, {target: "/api/sprites/light.json"},
	{target: "/api/tiles"}, {target: "/api/tiles/WebMercatorQuad"}, {target: "/api/tiles/WebMercatorQuad/0/0/0"}, {target: "/api/tiles/WebMercatorQuad/6/31/32?collections=things"},
	{target: "/api/collections/things/items?f=jsonfg"}, {target: "/api/collections/things/items/1?profile=jsonfg"}, {target: "/api/collections/things/export?f=jsonfg"},
	{target: "/api/collections/things/export"}, {target: "/api/collections/things/export?bbox=1,1,3,3"}, {target: "/api/collections/things/export?near=2,2&k=5"},
	{target: "/api/collections/things/export?near=2,2&radius=90000"}, {target: "/api/collections/things/export?f=pmtiles"}, {target: "/api/collections/things/export?f=pmtiles&name=open%201"},
	{target: "/api/processes"}, {target: "/api/processes/footprint"}, {target: "/api/processes/none"}, {target: "/api/jobs"}, {target: "/api/jobs/1"}, {target: "/api/jobs/1/stop", body: "{}"}, {target: "/api/jobs/1/results"}, {target: "/api/jobs/1/results/answer"},
	{target: "/api/audit"}, {target: "/metrics"}, {target: "/healthz"}, {target: "/readyz"}, {target: "/"}, {target: "/api/session/oidc"}, {target: "/api/session/oidc/callback"},
	{target: "/api/session"}, {target: "/api/nothing"},
	{target: "/api/processes/footprint/execution", body: `{"inputs":{}}`},
	{target: "/api/processes/footprint/execution", body: `{"inputs":{"radius_m":70000,"within":{"type":"Polygon","coordinates":[[[0,0],[5,0],[5,5],[0,5],[0,0]]]}}}`},
	{target: "/api/processes/footprint/execution", body: `{"inputs":{"bases":[1000]}}`}, {target: "/api/processes/footprint/execution", body: `{"inputs":{"bases":[5000]}}`},
	{target: "/api/processes/indicator/execution", body: `{"inputs":{"collection":"things","period":"month","sum":["killed"],"hits":"found = TRUE","groupby":"name"}}`},
	{target: "/api/processes/indicator/execution", body: `{"inputs":{"collection":"things","period":"none","filter":"name LIKE 'PLANTED%'"}}`},
	{target: "/api/processes/indicator/execution", body: `{"inputs":{"collection":"bases","period":"year","groupby":"status"}}`},
	{target: "/api/processes/echo/execution", body: `{"inputs":{"count":2}}`},
}

func askLeak(s *api.Server, target, body string, headers ...string) *httptest.ResponseRecorder {
	if body != "" {
		return post(s, target, body, headers...)
	}
	return get(s, target, headers...)
}

// TestNothingLeaks asks two worlds, one of which holds more that the reader may
// not see. Their answers are the same, byte for byte and header for header,
// whoever asked before.
func TestNothingLeaks(t *testing.T) {
	d := newDesk()
	all := d.grant("all", geo.Administrator, cleared)
	var tokens []string
	for i, r := range leakReaders {
		tokens = append(tokens, d.grant(fmt.Sprint("reader ", i), geo.Viewer, r))
	}
	without := leakServer(t, d, "none")
	for _, way := range []string{"from the beginning", "as edits", "folded in", "gone again"} {
		with := leakServer(t, d, way)
		planted := 0
		for _, q := range leakQuestions {
			// Who sees all asks first, and leaves what he may in every cache.
			planted += strings.Count(askLeak(with, q.target, q.body, bearer(all)...).Body.String(), "PLANTED")
		}
		if way != "gone again" && planted < 300 {
			t.Fatalf("%s: only %d planted words are there to be found", way, planted)
		}
		for _, q := range leakQuestions {
			for i, token := range tokens {
				for _, coding := range []string{"identity", "gzip", "zstd"} {
					if coding != "identity" && q.body != "" {
						continue // analyses take their time, and are packed as all else
					}
					headers := append(bearer(token), "Accept-Encoding", coding)
					compareLeak(t, fmt.Sprintf("%s, reader %d, %s", way, i, coding), without, with, q.target, q.body, headers)
				}
			}
		}
	}
}

func compareLeak(t *testing.T, desc string, without, with *api.Server, target, body string, headers []string) {
	t.Helper()
	want, got := askLeak(without, target, body, headers...), askLeak(with, target, body, headers...)
	if got.Code >= http.StatusBadRequest {
		// The number of the request, which is another each time, is in the body.
		got.Header().Del("Content-Length")
		want.Header().Del("Content-Length")
	}
	if got.Code != want.Code || !maps.EqualFunc(got.Header(), want.Header(), slices.Equal[[]string]) {
		t.Errorf("%s: %s %s: %d %v, want %d %v", desc, target, body, got.Code, got.Header(), want.Code, want.Header())
	}
	a, b := string(maskRequest(got.Body.Bytes())), string(maskRequest(want.Body.Bytes()))
	if a != b {
		t.Errorf("%s: %s %s: %s", desc, target, body, firstDifference(strings.ReplaceAll(a, ",", ",\n"), strings.ReplaceAll(b, ",", ",\n")))
	}
	// The words of the question may come back, but nothing else.
	if strings.Contains(a, "PLANTED") && !strings.Contains(target+body, "PLANTED") {
		t.Errorf("%s: %s %s tells of what is planted: %.300s", desc, target, body, a)
	}
	if tag := want.Header().Get("Etag"); tag != "" {
		if w := get(with, target, append(headers, "If-None-Match", tag)...); w.Code != http.StatusNotModified {
			t.Errorf("%s: %s: the tag of the other world gives %d", desc, target, w.Code)
		}
	}
}

// TestLeakQuestionsAreComplete holds the questions to the description, so that
// a new route is asked, too.
func TestLeakQuestionsAreComplete(t *testing.T) {
	s := leakServer(t, newDesk(), "none")
	for pattern, methods := range ok(t, s, "/api/openapi")["paths"].(document) {
		form := regexp.MustCompile("^/api" + strings.TrimSuffix(regexp.MustCompile(`\\\{[^}]*\\\}`).ReplaceAllString(regexp.QuoteMeta(pattern), `[^/?]+`), "/") + `(\?.*)?$`)
		for method := range methods.(document) {
			asked := slices.ContainsFunc(leakQuestions, func(q struct{ target, body string }) bool {
				return form.MatchString(q.target) && (method == "get" && q.body == "" || method == "post" && q.body != "")
			})
			if !asked && method != "delete" && pattern != "/session" {
				t.Errorf("%s %s is asked by no question", method, pattern)
			}
		}
	}
}
