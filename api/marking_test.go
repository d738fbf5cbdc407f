package api_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/footprint"
	"bivouac/geo/indicator"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
)

// vault has ten records in a row from west to east, a degree apart: those of
// the keys 4 to 6 are confidential, and 9 is strictly so.
func vault(tb testing.TB) *layer.Layer {
	tb.Helper()
	b := layer.NewBuilder(geo.Schema{Name: "vault", Title: "Vault", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "n", Kind: geo.KindInt}}})
	for k := range geo.Key(10) {
		f := geo.Feature{Key: k + 1, Rev: 1, Geometry: orb.Point{float64(k) + 0.5, 0.5}, Values: []geo.Value{geo.Int(int64(k + 1))}}
		switch k + 1 {
		case 4, 5, 6:
			f.Class = geo.Confidential
		case 9:
			f.Class = geo.StrictlyConfidential
		}
		layertest.Add(tb, b, f)
	}
	return layertest.Finish(tb, b)
}

// vaulted is a server of the vault with a grant for each ceiling; their tokens
// are by class.
func vaulted(t *testing.T, d *desk) (*api.Server, [3]string) {
	t.Helper()
	var tokens [3]string
	for c := range tokens {
		tokens[c] = d.grant(geo.Class(c).String(), geo.Administrator, geo.Reader{Ceiling: geo.Class(c)})
	}
	config := d.config()
	config.Processes = mustRegistry(t, echoProcess(), indicator.Process(nil), countProcess())
	s, _ := serve(t, config, vault(t))
	for _, token := range tokens {
		get(s, "/api/session", bearer(token)...)
	}
	d.acts()
	return s, tokens
}

// countProcess counts the records of the vault.
func countProcess() process.Process {
	return process.Process{
		ID: "count", Title: "Count", Out: geo.Schema{Name: "count", Fields: []geo.Field{{Name: "n", Kind: geo.KindInt}}},
		Run: func(ctx context.Context, w process.World, _ geo.Values, _ process.Progress) (process.Result, error) {
			n, err := w.Layers()[0].Count(ctx, geo.Selection{Reader: w.Reader})
			return process.Result{Output: geo.Values{"n": geo.Int(int64(n))}}, err
		},
	}
}

const vaultItems = "/api/collections/vault/items"

// TestMarking asks as a reader of all, and wants each answer marked as high as
// what is in it, and the reading of it in the audit.
func TestMarking(t *testing.T) {
	d := newDesk()
	s, tokens := vaulted(t, d)
	for _, c := range []struct {
		desc, target, body string
		want               geo.Class
		count              int // in the audit
	}{
		{desc: "all", target: vaultItems, want: geo.StrictlyConfidential, count: 4},
		{desc: "a box without", target: vaultItems + "?bbox=0,0,3,1"},
		{desc: "a box with some", target: vaultItems + "?bbox=2,0,5,1", want: geo.Confidential, count: 2},
		{desc: "by a filter", target: vaultItems + "?filter=n%3E8", want: geo.StrictlyConfidential, count: 1},
		{desc: "by a filter, without", target: vaultItems + "?filter=n%3C4"},
		{desc: "a page, and the number of all", target: vaultItems + "?limit=2", want: geo.StrictlyConfidential, count: 4},
		{desc: "the number alone", target: vaultItems + "?resultType=hits&bbox=0,0,5,1", want: geo.Confidential, count: 2},
		{desc: "the nearest two, which are plain", target: vaultItems + "?near=0.5,0.5&k=2"},
		{desc: "the nearest four", target: vaultItems + "?near=0.5,0.5&k=4", want: geo.Confidential, count: 1},
		{desc: "a page of the nearest", target: vaultItems + "?near=0.5,0.5&k=4&limit=3"},
		{desc: "within a radius", target: vaultItems + "?near=0.5,0.5&radius=500000", want: geo.Confidential, count: 2},
		{desc: "within a radius, the number", target: vaultItems + "?near=0.5,0.5&radius=500000&resultType=hits", want: geo.Confidential, count: 2},
		{desc: "none", target: vaultItems + "?n=99"},
		{desc: "one", target: vaultItems + "/9", want: geo.StrictlyConfidential, count: 1},
		{desc: "another", target: vaultItems + "/5", want: geo.Confidential, count: 1},
		{desc: "a plain one", target: vaultItems + "/1"},
		{desc: "the collection", target: "/api/collections/vault", want: geo.StrictlyConfidential, count: 4},
		{desc: "the collection again, from what is kept", target: "/api/collections/vault", want: geo.StrictlyConfidential, count: 4},
		{desc: "all collections", target: "/api/collections", want: geo.StrictlyConfidential, count: 4},
		{desc: "the landing page", target: "/api", want: geo.StrictlyConfidential, count: 4},
		{desc: "the landing page for people", target: "/api?f=html", want: geo.StrictlyConfidential, count: 4},
		{desc: "a tile", target: "/api/collections/vault/tiles/WebMercatorQuad/0/0/0", want: geo.StrictlyConfidential, count: 4},
		{desc: "a tile of plain ones", target: "/api/collections/vault/tiles/WebMercatorQuad/7/63/64"},
		{desc: "a tile of three", target: "/api/collections/vault/tiles/WebMercatorQuad/7/63/65", want: geo.Confidential, count: 3},
		{desc: "the description of tiles", target: "/api/collections/vault/tiles/WebMercatorQuad?n=1", want: geo.StrictlyConfidential, count: 4},
		{desc: "the list of tile sets", target: "/api/collections/vault/tiles"},
		{desc: "the schema", target: "/api/collections/vault/schema"},
		{desc: "the description", target: "/api/openapi"},
		{desc: "who is signed in", target: "/api/session"},
		{desc: "metrics", target: "/metrics"},
		{desc: "health", target: "/healthz"},
		{desc: "the page", target: "/"},
		{desc: "nothing", target: "/api/collections/vault/items/99"},
		{desc: "a bad question", target: vaultItems + "?limit=0"},
		{desc: "an analysis", target: "/api/processes/count/execution", body: "{}", want: geo.StrictlyConfidential, count: 4},
		{desc: "an analysis of some", target: "/api/processes/indicator/execution", body: `{"inputs":{"collection":"vault","period":"none","filter":"n < 5"}}`, want: geo.Confidential, count: 1},
		{desc: "an analysis that reads nothing", target: "/api/processes/echo/execution", body: "{}"},
	} {
		ask := http.MethodGet
		if c.body != "" {
			ask = http.MethodPost
		}
		w := send(s, ask, c.target, c.body, bearer(tokens[2])...)
		if got := w.Header()["Bivouac-Classification"]; len(got) != 1 || got[0] != c.want.String() {
			t.Errorf("%s: %d marked %v, want %s", c.desc, w.Code, got, c.want)
		}
		compareAudit(t, c.desc, d, ask+" "+c.target, c.count, c.want)
		// One who may see nothing of it gets all answers unmarked.
		if w := send(s, ask, c.target, c.body, bearer(tokens[0])...); w.Header().Get("Bivouac-Classification") != "unclassified" {
			t.Errorf("%s: marked %s for one who sees nothing of it", c.desc, w.Header().Get("Bivouac-Classification"))
		}
		if acts := d.acts(); acts != "" {
			t.Errorf("%s, by one who sees nothing of it: audit %s", c.desc, acts)
		}
	}
	w := get(s, vaultItems, bearer(tokens[1])...)
	if got := w.Header().Get("Bivouac-Classification"); got != "confidential" {
		t.Errorf("a lower ceiling: marked %s", got)
	}
}

// TestMarkingByKey runs an analysis that finds a record by its key alone.
func TestMarkingByKey(t *testing.T) {
	d := newDesk()
	token := d.grant("desk", geo.Viewer, cleared)
	bases := layer.NewBuilder(geo.Schema{Name: "bases", Title: "Bases", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString}}})
	layertest.Add(t, bases, geo.Feature{Key: 1, Geometry: orb.Point{50, 50}, Class: geo.Confidential})
	layertest.Add(t, bases, geo.Feature{Key: 2, Geometry: orb.Point{50, 50}})
	config := d.config()
	config.Processes = mustRegistry(t, footprint.Process())
	s, _ := serve(t, config, layertest.Finish(t, bases), layer.New(geo.Schema{Name: "empty", Title: "Empty", Geometry: geo.PointGeometry}))
	for key, want := range map[string]string{"1": "confidential", "2": "unclassified"} {
		w := post(s, "/api/processes/footprint/execution", `{"inputs":{"bases":[`+key+`],"radius_m":1000,"collections":["empty"]}}`, bearer(token)...)
		if got := w.Header().Get("Bivouac-Classification"); w.Code != http.StatusOK || got != want {
			t.Errorf("the base %s: %d, marked %s, want %s: %.300s", key, w.Code, got, want, w.Body)
		}
	}
}

func compareAudit(t *testing.T, desc string, d *desk, question string, count int, highest geo.Class) {
	t.Helper()
	if count == 0 {
		if len(d.lines) > 0 {
			t.Errorf("%s: audit %+v", desc, d.lines)
		}
		return
	}
	if len(d.lines) != 1 {
		t.Errorf("%s: %d lines of audit", desc, len(d.lines))
		return
	}
	e := d.lines[0].Entry
	if e.Act != geo.ActRead || e.Who != "strictly_confidential" || e.From != "192.0.2.1" || !strings.HasPrefix(e.Question, question) ||
		e.Count != count || e.Highest != highest || e.At != geo.TimeOf(d.clock()) {
		t.Errorf("%s: audit %+v, want %d, %s", desc, e, count, highest)
	}
	d.acts()
}

// TestAuditHoldsTheQuestion wants the values, those of a body, too, and no
// token.
func TestAuditHoldsTheQuestion(t *testing.T) {
	d := newDesk()
	s, tokens := vaulted(t, d)
	send(s, http.MethodPost, "/api/processes/indicator/execution", `{"inputs": {"collection": "vault", "period": "none",  "filter": "n = 9"}}`, bearer(tokens[2])...)
	const want = `POST /api/processes/indicator/execution {"inputs":{"collection":"vault","period":"none","filter":"n = 9"}}`
	if got := d.lines[0].Question; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	get(s, vaultItems+"?filter="+strings.Repeat("n%3D9%20OR%20", 900)+"n%3D9", bearer(tokens[2])...)
	if got := d.lines[1].Question; len(got) > 4100 || !strings.HasSuffix(got, "...") {
		t.Errorf("a long question has %d bytes", len(got))
	}
}

// TestFullAudit refuses what cannot be written down, and nothing else.
func TestFullAudit(t *testing.T) {
	d := newDesk()
	s, tokens := vaulted(t, d)
	d.full.Store(true)
	for _, c := range []struct {
		desc, target, body string
		reader             int
		status             int
	}{
		{"classified records", vaultItems, "", 2, 503},
		{"one of them", vaultItems + "/9", "", 2, 503},
		{"their tile", "/api/collections/vault/tiles/WebMercatorQuad/0/0/0", "", 2, 503},
		{"an analysis of them", "/api/processes/count/execution", "{}", 2, 503},
		{"plain records", vaultItems + "?bbox=0,0,3,1", "", 2, 200},
		{"by one who sees only those", vaultItems, "", 0, 200},
		{"a description", "/api/openapi", "", 2, 200},
	} {
		for _, coding := range []string{"identity", "gzip", "zstd"} {
			headers := append(bearer(tokens[c.reader]), "Accept-Encoding", coding)
			w := get(s, c.target, headers...)
			if c.body != "" {
				w = post(s, c.target, c.body, headers...)
			}
			h := w.Header()
			if w.Code != c.status {
				t.Errorf("%s, %s: %d %s", c.desc, coding, w.Code, w.Body)
			}
			if c.status == 503 && (decode(t, w)["parameter"] != "audit" || h.Get("Retry-After") == "" || h.Get("Bivouac-Classification") != "unclassified" ||
				h.Get("Etag") != "" || h.Get("Ogc-Numbermatched") != "" || h.Get("Content-Encoding") != "" || strings.Contains(w.Body.String(), "queue")) {
				t.Errorf("%s, %s: %v %s", c.desc, coding, h, w.Body)
			}
		}
	}
}

// TestNotModifiedIsNoReading sends nothing, so nothing is written down.
func TestNotModifiedIsNoReading(t *testing.T) {
	d := newDesk()
	s, tokens := vaulted(t, d)
	tag := get(s, vaultItems, bearer(tokens[2])...).Header().Get("Etag")
	d.acts()
	w := get(s, vaultItems, append(bearer(tokens[2]), "If-None-Match", tag)...)
	if w.Code != http.StatusNotModified || d.acts() != "" || w.Header().Get("Bivouac-Classification") != "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := get(s, vaultItems, append(bearer(tokens[1]), "If-None-Match", tag)...); w.Code != http.StatusOK {
		t.Errorf("another reader's tag: %d", w.Code)
	}
}

func TestAuditLog(t *testing.T) {
	d := newDesk()
	s, tokens := vaulted(t, d)
	for i := range 7 {
		get(s, vaultItems+fmt.Sprintf("?bbox=0,0,%d,1", i+3), bearer(tokens[2])...) // from 4 on with confidential ones, at 9 with the highest
	}
	d.full.Store(true) // reading the log writes nothing
	page := func(target string, class int) (seqs []float64, next string, w *httptest.ResponseRecorder) {
		t.Helper()
		w = get(s, target, bearer(tokens[class])...)
		doc := decode(t, w)
		for _, e := range doc["entries"].([]any) {
			seqs = append(seqs, e.(document)["seq"].(float64))
		}
		for _, l := range doc["links"].([]any) {
			if l.(document)["rel"] == "next" {
				next = path(t, l.(document)["href"].(string))
			}
		}
		return seqs, next, w
	}
	seqs, next, w := page("/api/audit?limit=2", 2)
	if fmt.Sprint(seqs) != "[6 5]" || next != "/api/audit?limit=2&before=5" || w.Header().Get("Bivouac-Classification") != "strictly_confidential" {
		t.Errorf("%v, then %s, %v", seqs, next, w.Header())
	}
	first := decode(t, w)["entries"].([]any)[0].(document)
	for name, want := range map[string]any{"act": "read", "who": "strictly_confidential", "question": "GET " + vaultItems + "?bbox=0,0,9,1", "count": 4.0,
		"highest": "strictly_confidential", "at": "2026-11-26T08:00:00Z", "hash": "01" + strings.Repeat("00", 31)} {
		if first[name] != want {
			t.Errorf("%s is %v, want %v", name, first[name], want)
		}
	}
	if seqs, next, _ = page(next, 2); fmt.Sprint(seqs) != "[4 3]" {
		t.Errorf("behind it: %v", seqs)
	}
	if seqs, next, _ = page(next, 2); fmt.Sprint(seqs) != "[2 1]" || next != "" {
		t.Errorf("at the end: %v, then %q", seqs, next)
	}
	if seqs, _, w := page("/api/audit", 1); fmt.Sprint(seqs) != "[5 4 3 2 1]" || w.Header().Get("Bivouac-Classification") != "confidential" {
		t.Errorf("below the highest: %v", seqs)
	}
	if seqs, _, _ := page("/api/audit", 0); len(seqs) != 0 {
		t.Errorf("one who may see none of it: %v", seqs)
	}
	for _, bad := range []string{"limit=0", "before=0", "before=x", "colour=red"} {
		if w := get(s, "/api/audit?"+bad, bearer(tokens[2])...); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	none, _ := serve(t, api.Config{}, vault(t))
	if w := get(none, "/api/audit"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "--store") {
		t.Errorf("without a log: %d %s", w.Code, w.Body)
	}
}
