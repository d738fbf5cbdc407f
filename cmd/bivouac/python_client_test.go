package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// python runs a script of testdata/clients by Debian's Python, which has the
// clients, and returns what it prints.
func python(t *testing.T, module, script string, args ...string) []byte {
	t.Helper()
	const interpreter = "/usr/bin/python3"
	if err := exec.Command(interpreter, "-c", "import "+module).Run(); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatalf("Python has no %s: .ci/install installs it", module)
		}
		t.Skipf("Python has no %s, so this client does not read the server; make test installs it", module)
	}
	cmd := exec.Command(interpreter, append([]string{"testdata/clients/" + script}, args...)...)
	home := t.TempDir()
	cmd.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen", "HOME="+home, "XDG_RUNTIME_DIR="+home)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("%s %v: %v\n%s", script, args, err, exit.Stderr)
		}
		t.Fatal(err)
	}
	return out
}

// qgisLayer is what QGIS says of a layer that it opened.
type qgisLayer struct {
	Collection, CRS, Geometry                  string
	Valid                                      bool
	Count, Received, Different, Placed, Killed int
	Fields                                     map[string]string
	Extent                                     [4]float64
}

func qgis(t *testing.T, api, pageSize, box string, collections ...string) []qgisLayer {
	t.Helper()
	out := strings.TrimSpace(string(python(t, "qgis.core", "open_in_qgis.py", append([]string{api, pageSize, box}, collections...)...)))
	layers := make([]qgisLayer, len(collections))
	for i, line := range strings.Split(out, "\n") {
		if i >= len(layers) {
			t.Fatalf("QGIS says more than was asked:\n%s", out)
		}
		if err := json.Unmarshal([]byte(line), &layers[i]); err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
	}
	return layers
}

// TestQGISReadsAllOfEveryCollection: valid layers, all rows whatever the size of
// the pages, every field, and the extent and count that the server states.
func TestQGISReadsAllOfEveryCollection(t *testing.T) {
	server := startServer(t)
	var all struct{ Collections []collection }
	getJSON(t, server+"/api/collections", &all)
	var ids []string
	for _, c := range all.Collections {
		ids = append(ids, c.ID)
	}
	for _, size := range []string{"100", "1000"} {
		watched, seen := watch(t, server)
		for i, l := range qgis(t, watched+"/api", size, "", ids...) {
			checkQGISLayer(t, server, size, &all.Collections[i], &l)
		}
		if asked := fmt.Sprintf("/api/collections/incidents/items?limit=%s", size); !strings.Contains(seen.String(), asked) {
			t.Errorf("in pages of %s: the server saw\n%s", size, seen)
		}
		if pages := strings.Count(seen.String(), "/incidents/items?limit="+size+"&after="); pages < 2156/atoi(t, size)-1 {
			t.Errorf("in pages of %s: QGIS followed %d next links of the incidents", size, pages)
		}
	}
}

func atoi(t *testing.T, s string) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(s, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func checkQGISLayer(t *testing.T, server, size string, c *collection, l *qgisLayer) {
	t.Helper()
	var hits struct{ NumberMatched int }
	getJSON(t, server+"/api/collections/"+c.ID+"/items?resultType=hits&bbox=-180,-90,180,90", &hits)
	if !l.Valid || l.Count != c.ItemCount || l.Received != c.ItemCount || l.Different != c.ItemCount || l.Placed != hits.NumberMatched {
		t.Errorf("%s in pages of %s: QGIS says %+v, the server %d rows, %d with a place", c.ID, size, l, c.ItemCount, hits.NumberMatched)
	}
	var schema struct{ Properties map[string]any }
	getJSON(t, server+"/api/collections/"+c.ID+"/queryables", &schema)
	for name := range schema.Properties {
		if name != "geometry" && l.Fields[name] == "" {
			t.Errorf("%s: QGIS sees no field %s", c.ID, name)
		}
	}
	for i, edge := range c.Extent.Spatial.Bbox[0] {
		if math.Abs(l.Extent[i]-edge) > 1e-9 {
			t.Errorf("%s: QGIS has the extent %v, the server %v", c.ID, l.Extent, c.Extent.Spatial.Bbox[0])
		}
	}
	if l.CRS != "EPSG:4326" {
		t.Errorf("%s is in %s", c.ID, l.CRS)
	}
}

// TestQGISAsksForItsView: with "only features of the view" the rectangle reaches
// the server, and the rows are those that meet it.
func TestQGISAsksForItsView(t *testing.T) {
	server := startServer(t)
	const box = "-5,10,5,17"
	watched, seen := watch(t, server)
	l := qgis(t, watched+"/api", "1000", box, "incidents")[0]
	var want struct {
		Features []struct{ Properties struct{ Killed int } }
	}
	getJSON(t, server+"/api/collections/incidents/items?limit=10000&bbox="+box, &want)
	killed := 0
	for _, f := range want.Features {
		killed += f.Properties.Killed
	}
	if len(want.Features) < 100 || l.Received != len(want.Features) || l.Killed != killed {
		t.Errorf("QGIS has %d incidents with %d killed, want %d with %d", l.Received, l.Killed, len(want.Features), killed)
	}
	if !strings.Contains(seen.String(), "bbox="+box) {
		t.Errorf("the rectangle did not reach the server, which saw\n%s", seen)
	}
}

// TestOWSLib asks as a script in Python does.
func TestOWSLib(t *testing.T) {
	server := startServer(t)
	watched, seen := watch(t, server)
	var got struct {
		OpenAPI, Name, Item                             string
		Conformance, Collections, Queryables, Processes []string
		Matched                                         int
		Keys                                            []int
	}
	if err := json.Unmarshal(python(t, "owslib.ogcapi.features", "ask_owslib.py", watched+"/api"), &got); err != nil {
		t.Fatal(err)
	}
	question := url.Values{
		"bbox": {"-5,10,5,17"}, "datetime": {"2016-01-01/2017-12-31"}, "filter": {"killed > 0 AND category = 'ied'"}, "limit": {"100"},
	}
	var want struct {
		NumberMatched int
		Features      []struct{ ID int }
	}
	getJSON(t, server+"/api/collections/incidents/items?"+question.Encode(), &want)
	var keys []int
	for _, f := range want.Features {
		keys = append(keys, f.ID)
	}
	if len(keys) == 0 || got.Matched != want.NumberMatched || !slices.Equal(got.Keys, keys) {
		t.Errorf("OWSLib has %d incidents, %v; want %d, %v", got.Matched, got.Keys, want.NumberMatched, keys)
	}
	for _, part := range []string{"bbox=-5%2C10%2C5%2C17", "filter=killed+%3E+0+AND+category+%3D+%27ied%27"} {
		if !strings.Contains(seen.String(), part) {
			t.Errorf("%s did not reach the server, which saw\n%s", part, seen)
		}
	}
	if got.OpenAPI != "3.0.3" || got.Name == "" || got.Item != "Gao" || !slices.Contains(got.Queryables, "killed") ||
		!slices.Contains(got.Processes, "footprint") || !slices.Contains(got.Collections, "routes") ||
		!slices.Contains(got.Conformance, "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core") {
		t.Errorf("OWSLib was told %+v", got)
	}
}

// TestQGISDrawsByStyle draws tiles by the styles that the server gives. QGIS 3.22
// cannot work out which icon to take, and takes dots.
func TestQGISDrawsByStyle(t *testing.T) {
	server := startServer(t)
	want := map[string][2]string{
		"bases": {"bases-dots", "bases-names"}, "incidents": {"incidents-cells-cells incidents-dots", "incidents-counts"}, "places": {"places-points", "places-points places-counts"},
		"routes": {"routes-case routes-open routes-restricted routes-closed routes-unverified", "routes-names"}, "hazards": {"hazards-fill hazards-outline", ""},
	}
	ids := slices.Sorted(maps.Keys(want))
	out := strings.TrimSpace(string(python(t, "qgis.core", "style_in_qgis.py", append([]string{server + "/api"}, ids...)...)))
	lines := strings.Split(out, "\n")
	if len(lines) != len(ids) {
		t.Fatalf("QGIS says of %v:\n%s", ids, out)
	}
	for i, id := range ids {
		var l struct {
			Valid, Loaded  bool
			Inked          int
			Layers, Labels []string
		}
		if err := json.Unmarshal([]byte(lines[i]), &l); err != nil {
			t.Fatalf("%v in %s", err, lines[i])
		}
		if !l.Valid || !l.Loaded || l.Inked < 50 || strings.Join(l.Layers, " ") != want[id][0] || strings.Join(l.Labels, " ") != want[id][1] {
			t.Errorf("%s: %s", id, lines[i])
		}
	}
}
