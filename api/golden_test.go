package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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

var update = flag.Bool("update", false, "write the golden files anew")

// golden is a question and its answer. The tests of the page read the same
// files.
type golden struct {
	Request  goldenRequest  `json:"request"`
	Response goldenResponse `json:"response"`
}

type goldenRequest struct {
	Method  string            `json:"method"`
	Target  string            `json:"target"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    json.RawMessage   `json:"body,omitempty"`
}

type goldenResponse struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
}

// goldenHeaders are those that a client acts on. Entity tags are left out,
// since they change with every build.
var goldenHeaders = []string{"Allow", "Content-Type", "Link", "Content-Crs", "Ogc-Numbermatched", "Ogc-Numberreturned", "Cache-Control", "Bivouac-Classification", "Bivouac-Version"}

// goldenServer has the built-in collections, some of them with a few records,
// and one of shapes of all types.
func goldenServer(t *testing.T) *api.Server {
	t.Helper()
	layers := append(builtin(t), mixed(t))
	for i, l := range layers {
		switch l.Schema().Name {
		case "bases":
			layers[i] = filled(t, l, orb.Point{-0.05, 16.27}, []string{"Camp Gao", "Camp Kidal"}, map[string]geo.Value{
				"mission": geo.String("MINUSMA"), "kind": geo.String("battalion"), "status": geo.String("open"), "patrol_radius_km": geo.Float(60),
			})
		case "places":
			layers[i] = filled(t, l, orb.Point{-0.1, 16.3}, []string{"Gao", "Bourem", "Kidal"}, map[string]geo.Value{
				"kind": geo.String("town"), "population": geo.Int(86633),
			})
		}
	}
	s, _ := serveStore(t, api.Config{
		Processes: mustRegistry(t, echoProcess(), footprint.Process(), indicator.Process(nil)), Title: "Bivouac", Description: "Bases, incidents and routes of a field mission.",
		Attribution: []string{"Towns: GeoNames, CC BY 4.0"}, World: "A test world", Build: "test", Imports: newFakeImports(),
	}, layers...)
	return s
}

// editedServer has a past: records and a document were made, changed, removed
// and put back.
func editedServer(t *testing.T) *api.Server {
	t.Helper()
	s, _ := serveStore(t, api.Config{Title: "Bivouac", Build: "test"}, mixed(t))
	const items = "/api/collections/mixed/items"
	for _, e := range []struct{ method, target, media, body string }{
		{http.MethodPatch, items + "/1", patchJSON, `{"properties":{"killed":3}}`},
		{http.MethodPost, items, geoJSON, `{"type":"Feature","geometry":{"type":"Point","coordinates":[0.5,17,300]},"properties":{"name":"Bourem","day":"2016-05-01"}}`},
		{http.MethodDelete, items + "/6", "", ""},
		{http.MethodPut, "/api/documents/view/gao", "application/json", `{"title":"Gao","body":{"zoom":9}}`},
		{http.MethodPut, "/api/documents/view/gao", "application/json", `{"title":"Gao and Bourem","body":{"zoom":8}}`},
		{http.MethodPost, "/api/changes/4/undo", "application/json", `{"reason":"entered twice"}`},
		{http.MethodPatch, items + "/1", patchJSON, `{"geometry":null}`},
	} {
		w := send(s, e.method, e.target, e.body, "Content-Type", e.media, "Bivouac-Reason", "checked%20by%20radio")
		if w.Code >= 300 {
			t.Fatalf("%s %s: %d %s", e.method, e.target, w.Code, w.Body)
		}
	}
	return s
}

// filled returns a layer of the same schema with records 100 km apart.
func filled(t *testing.T, l *layer.Layer, at orb.Point, names []string, values map[string]geo.Value) *layer.Layer {
	t.Helper()
	s := l.Schema()
	b := layer.NewBuilder(*s)
	for i, name := range names {
		f := geo.Feature{Key: geo.Key(i + 1), Rev: 1, Geometry: orb.Point{at[0], at[1] + float64(i)}, Values: make([]geo.Value, len(s.Fields)), Mission: values["mission"].Text()}
		for field, v := range values {
			if j := s.Field(field); j >= 0 && (v.Kind() == s.Fields[j].Kind || s.Fields[j].Kind == geo.KindFloat) {
				f.Values[j] = v
			}
		}
		f.Values[s.Field("name")] = geo.String(name)
		layertest.Add(t, b, f)
	}
	return layertest.Finish(t, b)
}

var goldens = []struct {
	name string
	goldenRequest
}{
	{"landing", goldenRequest{Target: "/api"}},
	{"conformance", goldenRequest{Target: "/api/conformance"}},
	{"collections", goldenRequest{Target: "/api/collections"}},
	{"collection", goldenRequest{Target: "/api/collections/mixed"}},
	{"sortables", goldenRequest{Target: "/api/collections/mixed/sortables"}},
	{"items-sortby", goldenRequest{Target: "/api/collections/mixed/items?sortby=-killed,%2Bname&limit=2"}},
	{"queryables", goldenRequest{Target: "/api/collections/mixed/queryables"}},
	{"schema", goldenRequest{Target: "/api/collections/bases/schema"}},
	{"schema-feature", goldenRequest{Target: "/api/collections/mixed/schema?profile=feature"}},
	{"items", goldenRequest{Target: "/api/collections/mixed/items"}},
	{"items-page", goldenRequest{Target: "/api/collections/mixed/items?bbox=-180,-90,180,90&limit=2"}},
	// As GDAL 3.7 and later sends it for a layer opened with -oo CRS=EPSG:32630.
	{"items-utm", goldenRequest{Target: "/api/collections/mixed/items?limit=1000&bbox=494671.388539395,1801077.29348458,815316.051057756,1854112.2447793&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/32630&crs=http://www.opengis.net/def/crs/EPSG/0/32630"}},
	// As QGIS 3.32 and later sends it for a layer in EPSG:4326: latitude first.
	{"items-latlon", goldenRequest{Target: "/api/collections/mixed/items?limit=2&bbox=15.9,-3.5,19.1,2.5&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326&crs=http://www.opengis.net/def/crs/EPSG/0/4326"}},
	{"item-mercator", goldenRequest{Target: "/api/collections/mixed/items/1?crs=http%3A%2F%2Fwww.opengis.net%2Fdef%2Fcrs%2FEPSG%2F0%2F3857"}},
	{"problem-crs", goldenRequest{Target: "/api/collections/bases/items?crs=http://www.opengis.net/def/crs/EPSG/0/32638"}},
	{"problem-held", goldenRequest{Target: "/api/collections/mixed/items?crs=http://www.opengis.net/def/crs/EPSG/0/32630"}},
	{"items-near", goldenRequest{Target: "/api/collections/mixed/items?near=-3,16.7&k=3"}},
	{"items-corridor", goldenRequest{Target: "/api/collections/mixed/items?near=LINESTRING(-4%2016.7,-2%2016.7)&radius=10000"}},
	{"items-hits", goldenRequest{Target: "/api/collections/mixed/items?datetime=2016-04-11&resultType=hits"}},
	{"items-none", goldenRequest{Target: "/api/collections/mixed/items?killed=99"}},
	{"item", goldenRequest{Target: "/api/collections/mixed/items/1"}},
	{"items-jsonfg", goldenRequest{Target: "/api/collections/mixed/items?f=jsonfg&crs=http://www.opengis.net/def/crs/EPSG/0/4326"}},
	{"item-jsonfg", goldenRequest{Target: "/api/collections/mixed/items/1?profile=jsonfg"}},
	{"problem-profile", goldenRequest{Target: "/api/collections/mixed/items?profile=gml"}},
	{"tilesets", goldenRequest{Target: "/api/collections/mixed/tiles"}},
	{"tile-metadata", goldenRequest{Target: "/api/collections/mixed/xyz/metadata.json?properties=name&groupby=found"}},
	{"tilejson", goldenRequest{Target: "/api/collections/mixed/tiles/WebMercatorQuad?properties=name&groupby=found&datetime=2016-04-11/.."}},
	{"tilejson-degrees", goldenRequest{Target: "/api/collections/mixed/tiles/WorldCRS84Quad?properties=name"}},
	{"tile-matrix-sets", goldenRequest{Target: "/api/tileMatrixSets"}},
	{"tile-matrix-set", goldenRequest{Target: "/api/tileMatrixSets/WorldCRS84Quad"}},
	{"styles", goldenRequest{Target: "/api/styles"}},
	{"style-bases", goldenRequest{Target: "/api/styles/bases?f=mapbox"}},
	{"style-incidents", goldenRequest{Target: "/api/styles/incidents?f=mapbox&theme=dark"}},
	{"style-mixed", goldenRequest{Target: "/api/styles/mixed"}},
	{"style-metadata", goldenRequest{Target: "/api/styles/bases/metadata"}},
	{"collection-styles", goldenRequest{Target: "/api/collections/routes/styles"}},
	{"problem-style-qml", goldenRequest{Target: "/api/styles/mixed?f=qml"}},
	{"problem-style", goldenRequest{Target: "/api/styles/bases?f=sld"}},
	{"problem-tile", goldenRequest{Target: "/api/collections/mixed/tiles/WebMercatorQuad/30/0/0"}},
	{"problem-limit", goldenRequest{Target: "/api/collections/mixed/items?limit=0"}},
	{"problem-unknown-parameter", goldenRequest{Target: "/api/collections/mixed/items?colour=red"}},
	{"problem-collection", goldenRequest{Target: "/api/collections/none/items"}},
	{"problem-method", goldenRequest{Method: http.MethodDelete, Target: "/api/collections"}},
	{"processes", goldenRequest{Target: "/api/processes"}},
	{"process-footprint", goldenRequest{Target: "/api/processes/footprint"}},
	{"execution-echo", goldenRequest{Method: http.MethodPost, Target: "/api/processes/echo/execution", Body: json.RawMessage(`{"inputs":{"count":5,"place":{"type":"Point","coordinates":[1,2]}}}`)}},
	{"execution-footprint", goldenRequest{Method: http.MethodPost, Target: "/api/processes/footprint/execution", Body: json.RawMessage(`{"inputs":{"bases":[1],"radius_m":50000,"collections":["places"]}}`)}},
	{"process-indicator", goldenRequest{Target: "/api/processes/indicator"}},
	{"execution-indicator", goldenRequest{Method: http.MethodPost, Target: "/api/processes/indicator/execution", Body: json.RawMessage(`{"inputs":{"collection":"mixed","period":"day","filter":"name IS NOT NULL","hits":"found = TRUE","sum":["killed","score"],"groupby":"killed"}}`)}},
	{"problem-execution", goldenRequest{Method: http.MethodPost, Target: "/api/processes/footprint/execution", Body: json.RawMessage(`{"inputs":{"radius_m":"far"}}`)}},
	{"imports", goldenRequest{Target: "/api/imports"}},
	{"import", goldenRequest{Target: "/api/imports/import-1"}},
	{"import-begun", goldenRequest{Method: http.MethodPost, Target: "/api/imports", Body: json.RawMessage(`{"name":"towns.geojson","size":81234,"options":{"collection":"places","id_from":["name"]}}`)}},
	{"import-added", goldenRequest{Target: "/api/imports/import-1/rows?kind=added&limit=1"}},
	{"import-changed", goldenRequest{Target: "/api/imports/import-1/rows?kind=changed"}},
	{"import-deleted", goldenRequest{Target: "/api/imports/import-1/rows?kind=deleted"}},
	{"import-refused", goldenRequest{Target: "/api/imports/import-1/rows?kind=refused"}},
	{"import-drawn", goldenRequest{Target: "/api/imports/import-1/rows?kind=changed&f=geojson"}},
	{"import-mend", goldenRequest{Target: "/api/imports/import-1/rows?kind=refused&f=geojson"}},
	{"import-approved", goldenRequest{Method: http.MethodPost, Target: "/api/imports/import-1/approval", Body: json.RawMessage(`{"reason":"the towns of May"}`)}},
	{"problem-import", goldenRequest{Target: "/api/imports/none"}},
	{"session", goldenRequest{Target: "/api/session"}},
	{"openapi", goldenRequest{Target: "/api/openapi"}},
}

// editedGoldens are asked of a world with a past.
var editedGoldens = []struct {
	name string
	goldenRequest
}{
	{"changes", goldenRequest{Target: "/api/changes"}},
	{"changes-page", goldenRequest{Target: "/api/changes?limit=2&before=8"}},
	{"change", goldenRequest{Target: "/api/changes/8"}},
	{"item-history", goldenRequest{Target: "/api/collections/mixed/items/1/history"}},
	{"item-past", goldenRequest{Target: "/api/collections/mixed/items/1?version=3"}},
	{"items-past", goldenRequest{Target: "/api/collections/mixed/items?asof=2024-05-02T09:34:00Z&limit=2"}},
	{"problem-removed", goldenRequest{Target: "/api/collections/mixed/items/6"}},
	{"problem-version", goldenRequest{Target: "/api/collections/mixed/items?version=99"}},
	{"documents", goldenRequest{Target: "/api/documents/view"}},
	{"document", goldenRequest{Target: "/api/documents/view/gao"}},
	{"document-history", goldenRequest{Target: "/api/documents/view/gao/history"}},
	{"problem-undo", goldenRequest{Method: http.MethodPost, Target: "/api/changes/3/undo", Body: json.RawMessage(`{"reason":"a slip"}`)}},
	{"problem-batch", goldenRequest{Method: http.MethodPost, Target: "/api/changes", Body: json.RawMessage(`{"changes":[{"op":"remove","collection":"mixed","key":2},{"op":"update","collection":"mixed","key":3,"feature":{"properties":{"killed":"two"}}}]}`)}},
	{"changes-made", goldenRequest{Method: http.MethodPost, Target: "/api/changes", Body: json.RawMessage(`{"reason":"moved","changes":[{"op":"add","collection":"mixed","feature":{"type":"Feature","geometry":null,"properties":{"name":"Ansongo"}}},{"op":"update","collection":"mixed","key":3,"feature":{"properties":{"killed":2}}},{"op":"remove","collection":"mixed","key":2}]}`)}},
}

// TestGolden holds the answers to the committed ones; run with -update to
// write them anew, and read the difference.
func TestGolden(t *testing.T) {
	plain, edited := goldenServer(t), editedServer(t)
	var files []string
	for i, g := range slices.Concat(goldens, editedGoldens) {
		s := plain
		if i >= len(goldens) {
			s = edited
		}
		got := ask(t, s, g.goldenRequest)
		if g.name == "openapi" {
			// The description stands alone, since generators read it.
			got = indent(t, json.RawMessage(openapiOf(t, got)))
		}
		file := filepath.Join("testdata", g.name+".json")
		files = append(files, file)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: the answer differs from %s (go test ./api -run Golden -update writes it anew):\n%s", g.name, file, firstDifference(string(got), string(want)))
		}
	}
	there, err := filepath.Glob("testdata/*.json")
	if err != nil || len(there) != len(files) {
		slices.Sort(files)
		t.Errorf("files without a question, or questions without a file: %v and %v, %v", there, files, err)
	}
}

func ask(t *testing.T, s *api.Server, q goldenRequest) []byte {
	t.Helper()
	if q.Method == "" {
		q.Method = http.MethodGet
	}
	w := httptest.NewRecorder()
	if q.Method == http.MethodPost {
		q.Headers = map[string]string{"Content-Type": "application/json"}
		w = post(s, q.Target, string(q.Body))
	} else {
		s.ServeHTTP(w, request(q.Method, q.Target))
	}
	g := golden{q, goldenResponse{w.Code, map[string]string{}, maskRequest(w.Body.Bytes())}}
	for _, name := range goldenHeaders {
		if v := w.Result().Header[name]; v != nil {
			g.Response.Headers[name] = strings.Join(v, ", ")
		}
	}
	return indent(t, g)
}

// maskRequest hides the number of the request, which is another one each time.
func maskRequest(body []byte) []byte {
	const member = `"request":"`
	if i := bytes.Index(body, []byte(member)); i >= 0 {
		end := i + len(member) + bytes.IndexByte(body[i+len(member):], '"')
		return slices.Concat(body[:i+len(member)], []byte("1"), body[end:])
	}
	return body
}

func openapiOf(t *testing.T, text []byte) []byte {
	t.Helper()
	var g golden
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	return g.Response.Body
}

func indent(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			old := "(nothing)"
			if i < len(w) {
				old = w[i]
			}
			return "got  " + g[i] + "\nwant " + old
		}
	}
	return "the answer is shorter"
}
