package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/jsonschema"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
)

// source holds a Snapshot as the store does.
type source struct {
	now      atomic.Pointer[layer.Snapshot]
	notReady atomic.Pointer[error]
}

func (s *source) Snapshot() *layer.Snapshot { return s.now.Load() }

func (s *source) Ready() error {
	if err := s.notReady.Load(); err != nil {
		return *err
	}
	return nil
}

// The moments of the test world.
var (
	firstMoment  = mustTime("2024-05-01T08:00:00Z")
	secondMoment = mustTime("2024-05-02T09:30:00.5Z")
)

// yardSchema is that of the yardstick's points.
var yardSchema = geo.Schema{
	Name: "yard", Title: "Yard", Geometry: geo.PointGeometry,
	Fields: []geo.Field{
		{Name: "date", Kind: geo.KindTime, Role: geo.InstantRole, DateOnly: true},
		{Name: "type", Kind: geo.KindString, Enum: []string{"IED", "Mine"}},
		{Name: "target", Kind: geo.KindString},
		{Name: "outcome", Kind: geo.KindString},
		{Name: "killed", Kind: geo.KindInt},
		{Name: "injured", Kind: geo.KindInt},
	},
}

// yard returns n points in towns, as the yardstick has them.
func yard(tb testing.TB, n int) *layer.Layer {
	tb.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	b := layer.NewBuilder(yardSchema)
	towns := make([]orb.Point, 500)
	for i := range towns {
		towns[i] = orb.Point{-12 + 17*r.Float64(), 10 + 15*r.Float64()}
	}
	kinds := []string{"IED", "VBIED", "RCIED", "PPIED", "Mine", "SVIED"}
	for i := range n {
		t := towns[int(float64(len(towns))*math.Pow(r.Float64(), 3))]
		day := geo.Time(15887+r.IntN(1888)) * geo.Day
		layertest.Add(tb, b, geo.Feature{
			Key: geo.Key(i + 1), Rev: 1,
			Geometry: orb.Point{math.Round((t[0]+r.NormFloat64()*.3)*1e6) / 1e6, math.Round((t[1]+r.NormFloat64()*.3)*1e6) / 1e6},
			Valid:    geo.Between(day, day+geo.Day),
			Values: []geo.Value{geo.TimeValue(day), geo.String(kinds[r.IntN(6)]), geo.String("Convoy"),
				geo.String([]string{"detonated", "found"}[r.IntN(2)]), geo.Int(int64(r.IntN(6))), geo.Int(int64(r.IntN(9)))},
		})
	}
	return layertest.Finish(tb, b)
}

// mixedSchema has a field of every kind that can be asked for, and one that
// cannot.
var mixedSchema = geo.Schema{
	Name: "mixed", Title: "Mixed", Description: "Shapes of every type.", Geometry: geo.AnyGeometry,
	Fields: []geo.Field{
		{Name: "name", Title: "Name", Kind: geo.KindString, Role: geo.NameRole},
		{Name: "time", Title: "Time", Kind: geo.KindTime, Role: geo.InstantRole},
		{Name: "day", Title: "Day", Kind: geo.KindTime, DateOnly: true},
		{Name: "killed", Title: "Killed", Kind: geo.KindInt},
		{Name: "score", Title: "Score", Kind: geo.KindFloat, Unit: "m"},
		{Name: "found", Title: "Found", Kind: geo.KindBool},
		{Name: "tags", Title: "Tags", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}},
	},
}

// mixed returns the few records that the golden answers are made of.
func mixed(tb testing.TB) *layer.Layer {
	tb.Helper()
	noon := mustTime("2016-04-11T12:00:00Z")
	b := layer.NewBuilder(mixedSchema)
	layertest.Add(tb, b, geo.Feature{Key: 1, Rev: 1, SourceID: "a-1", Geometry: orb.Point{-3.05, 16.77}, Z: []float64{261}, Valid: geo.Instant(noon),
		Values: []geo.Value{geo.String("Timbuktu \"gate\""), geo.TimeValue(noon), geo.TimeValue(noon - noon%geo.Day), geo.Int(2), geo.Float(1.5), geo.Bool(true), geo.List(geo.String("a"), geo.String("b"))},
		Extra:  []byte(`{"source":"radio","n":[1,2]}`)})
	layertest.Add(tb, b, geo.Feature{Key: 2, Rev: 2, Geometry: orb.LineString{{-0.05, 16.27}, {0.5, 16.9}}, Valid: geo.Instant(noon + geo.Day),
		Values: []geo.Value{geo.String("Gao road"), geo.TimeValue(noon + geo.Day), {}, geo.Int(0)}})
	layertest.Add(tb, b, geo.Feature{Key: 3, Rev: 1, Geometry: orb.Polygon{{{1, 18}, {2, 18}, {2, 19}, {1, 19}, {1, 18}}},
		Values: []geo.Value{geo.String("Kidal area")}, Valid: geo.UnknownTime})
	layertest.Add(tb, b, geo.Feature{Key: 4, Rev: 1, Geometry: orb.Point{179.5, -16.5}, Valid: geo.From(noon),
		Values: []geo.Value{geo.String("west of the line"), geo.TimeValue(noon)}})
	layertest.Add(tb, b, geo.Feature{Key: 5, Rev: 1, Geometry: orb.Point{-179.5, -16.5}, Valid: geo.Until(noon),
		Values: []geo.Value{geo.String("east of the line")}})
	layertest.Add(tb, b, geo.Feature{Key: 6, Rev: 1, Values: []geo.Value{geo.String("nowhere")}})
	layertest.Add(tb, b, geo.Feature{Key: 7, Rev: 2, Class: geo.Confidential, Geometry: orb.Point{-3, 16}, Values: []geo.Value{geo.String("secret")}})
	return layertest.Finish(tb, b)
}

// builtin returns empty layers of the built-in collections, in the order of
// their files.
func builtin(tb testing.TB) []*layer.Layer {
	tb.Helper()
	files, err := filepath.Glob("../data/schema/*.json")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no built-in schemas found: %v", err)
	}
	slices.Sort(files)
	var out []*layer.Layer
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		s, err := jsonschema.Decode(text)
		if err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		out = append(out, layer.New(s))
	}
	return out
}

// serve returns a server of the layers.
func serve(tb testing.TB, c api.Config, layers ...*layer.Layer) (*api.Server, *source) {
	tb.Helper()
	src := &source{}
	src.now.Store(layer.NewSnapshot("store-1", layers, nil, []layer.Moment{{Version: 1, At: firstMoment}, {Version: 2, At: secondMoment}}))
	c.Source = src
	if c.Processes == nil {
		c.Processes = registry(tb)
	}
	s, err := api.New(c)
	if err != nil {
		tb.Fatal(err)
	}
	return s, src
}

// registry has a process that gives back what it got.
func registry(tb testing.TB) *process.Registry {
	tb.Helper()
	return mustRegistry(tb, echoProcess())
}

func mustRegistry(tb testing.TB, list ...process.Process) *process.Registry {
	tb.Helper()
	r, err := process.NewRegistry(list...)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// request asks the server as if it stood at 127.0.0.1:8080.
func request(method, target string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+target, nil)
	r.RequestURI = target
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func get(h http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, request(http.MethodGet, target, headers...))
	return w
}

func post(h http.Handler, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := request(http.MethodPost, target, append([]string{"Content-Type", "application/json"}, headers...)...)
	r.Body = io.NopCloser(strings.NewReader(body))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// document is any JSON object.
type document = map[string]any

func decode(tb testing.TB, w *httptest.ResponseRecorder) document {
	tb.Helper()
	var d document
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		tb.Fatalf("status %d, no JSON object: %v\n%.300s", w.Code, err, w.Body)
	}
	return d
}

// ok asks and wants a 200.
func ok(tb testing.TB, h http.Handler, target string, headers ...string) document {
	tb.Helper()
	w := get(h, target, headers...)
	if w.Code != http.StatusOK {
		tb.Fatalf("GET %s: %d %s", target, w.Code, w.Body)
	}
	return decode(tb, w)
}

// collection is a page of records as a client reads it.
type collection struct {
	Type           string
	NumberMatched  int
	NumberReturned int
	TimeStamp      string
	Links          []struct{ Rel, Href, Type string }
	Features       []struct {
		ID         int64
		Geometry   *struct{ Type string }
		Properties map[string]any
	}
}

func (c *collection) link(rel string) string {
	for _, l := range c.Links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

func (c *collection) ids() []int64 {
	out := make([]int64, len(c.Features))
	for i := range c.Features {
		out[i] = c.Features[i].ID
	}
	return out
}

func list(tb testing.TB, h http.Handler, target string, headers ...string) collection {
	tb.Helper()
	w := get(h, target, headers...)
	if w.Code != http.StatusOK {
		tb.Fatalf("GET %.200s: %d %s", target, w.Code, w.Body)
	}
	var c collection
	if err := json.Unmarshal(w.Body.Bytes(), &c); err != nil {
		tb.Fatalf("GET %.200s: %v\n%.300s", target, err, w.Body)
	}
	if c.NumberReturned != len(c.Features) {
		tb.Errorf("GET %.200s: numberReturned %d, features %d", target, c.NumberReturned, len(c.Features))
	}
	if got := w.Result().Header.Get("OGC-NumberReturned"); got != fmt.Sprint(len(c.Features)) {
		tb.Errorf("GET %.200s: OGC-NumberReturned %s, features %d", target, got, len(c.Features))
	}
	return c
}

// path cuts the server off an absolute link.
func path(tb testing.TB, href string) string {
	tb.Helper()
	p, ok := strings.CutPrefix(href, "http://127.0.0.1:8080")
	if !ok {
		tb.Fatalf("the link %q is not absolute", href)
	}
	return p
}

func mustTime(s string) geo.Time {
	i, ok := jsonschema.Coerce(&geo.Field{Kind: geo.KindTime}, geo.String(s))
	if !ok {
		panic(s)
	}
	return i.Time()
}
