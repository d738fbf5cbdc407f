package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/api/callback"
	"bivouac/geo"
)

// watching is a store whose changes are watched.
type watching struct {
	t      *testing.T
	path   string
	world  *world
	server *api.Server
	end    func()
	hooks  callback.Webhooks
}

// watchStore names the address of each webhook after its name.
func watchStore(t *testing.T, hooks ...string) *watching {
	t.Helper()
	w := &watching{t: t, path: filepath.Join(t.TempDir(), "mission.gpkg")}
	var err error
	of := map[string]string{}
	for i := 0; i < len(hooks); i += 2 {
		of[hooks[i]] = hooks[i+1]
	}
	if w.hooks, err = callback.ParseWebhooks(of); err != nil {
		t.Fatal(err)
	}
	w.open()
	t.Cleanup(func() { w.close() })
	return w
}

func (w *watching) open() {
	w.t.Helper()
	var err error
	if w.world, err = openStore(context.Background(), console{io.Discard, io.Discard}, w.path); err != nil {
		w.t.Fatal(err)
	}
	w.server, err = api.New(api.Config{
		Source: w.world.store, Sink: w.world.store, Past: w.world.store, Follow: w.world.store, Alerts: w.world.file, Webhooks: w.hooks,
		Reader: geo.Reader{Ceiling: geo.Confidential}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.end = w.server.WatchChanges()
}

func (w *watching) close() {
	w.end()
	if err := w.world.close(); err != nil {
		w.t.Error(err)
	}
}

func (w *watching) put(rule, body string) {
	w.t.Helper()
	if code, d := askFor(w.t, w.server, "PUT", "/api/documents/alert-rule/"+rule, body); code >= 300 {
		w.t.Fatalf("%d %v", code, d)
	}
}

func (w *watching) add(killed int, members string) {
	w.t.Helper()
	body := fmt.Sprintf(`{"type":"Feature","geometry":{"type":"Point","coordinates":[2.5,13.25]},"properties":{"time":"2026-11-27T10:00:00Z","killed":%d%s}}`, killed, members)
	if code, d := askFor(w.t, w.server, "POST", "/api/collections/incidents/items", body); code >= 300 {
		w.t.Fatalf("%d %v", code, d)
	}
}

// ids returns those of the alerts, when there are so many.
func (w *watching) ids(query string, n int) []string {
	w.t.Helper()
	var got []string
	for range 2000 {
		_, d := askFor(w.t, w.server, "GET", "/api/alerts"+query, "")
		got = nil
		for _, f := range d["features"].([]any) {
			got = append(got, f.(map[string]any)["id"].(string))
		}
		if len(got) >= n {
			return got
		}
		time.Sleep(5 * time.Millisecond)
	}
	w.t.Fatalf("there are %v, and not %d", got, n)
	return nil
}

// TestAlertsOutliveTheServer: what was committed while nobody watched raises
// its alerts when somebody does again, in order, and none comes twice.
func TestAlertsOutliveTheServer(t *testing.T) {
	w := watchStore(t)
	w.put("grave", `{"title":"Grave","body":{"collection":"incidents","filter":"killed > 1","severity":"high"}}`)
	w.add(5, "")
	first := w.ids("", 1)
	w.end()
	w.add(1, "")
	w.add(7, "")
	// One that came to meet the rule and did not any more, all unseen.
	w.add(9, "")
	gone := geo.Change{Collection: "incidents", Op: geo.Remove, Feature: geo.Feature{Key: 4}}
	if _, err := w.world.store.Apply(context.Background(), geo.Batch{Changes: []geo.Change{gone}}); err != nil {
		t.Fatal(err)
	}
	w.end = func() {}
	w.close()
	w.open()
	want := []string{"grave.6.incidents.4", "grave.5.incidents.3", first[0]}
	if got := w.ids("", 3); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for range 2 {
		w.close()
		w.open()
		w.add(8, "")
	}
	if got := w.ids("?severity=high", 5); len(got) != 5 || !slices.Equal(got[2:], want) {
		t.Errorf("%v", got)
	}
	code, d := askFor(t, w.server, "POST", "/api/alerts/"+want[1]+"/acknowledge", `{"note":"seen"}`)
	if code != http.StatusOK {
		t.Errorf("%d %v", code, d)
	}
	if got := w.ids("?state=acknowledged", 1); !slices.Equal(got, want[1:2]) {
		t.Errorf("acknowledged are %v", got)
	}
	_, d = askFor(t, w.server, "GET", "/api/alerts?limit=2", "")
	links := d["links"].([]any)
	next := links[len(links)-1].(map[string]any)["href"].(string)
	if got := w.ids(next[strings.Index(next, "?"):], 2); !slices.Equal(got, want[:2]) {
		t.Errorf("the next page %s is %v", next, got)
	}
}

// TestBadRuleIsRefused: and one that cannot be read any more is listed as such.
func TestBadRuleIsRefused(t *testing.T) {
	w := watchStore(t)
	for body, parameter := range map[string]string{
		`{"title":"x","body":{"collection":"incidents","filter":"wounded > 1"}}`:                             "body.filter",
		`{"title":"x","body":{"collection":"incidents","webhooks":[{"name":"nobody"}]}}`:                     "body.webhooks[0].name",
		`{"title":"x","body":{"collection":"incidents","near":{"collection":"corridors","radius_m":"far"}}}`: "body.near.radius_m",
	} {
		if code, d := askFor(t, w.server, "PUT", "/api/documents/alert-rule/x", body); code != http.StatusBadRequest || d["parameter"] != parameter {
			t.Errorf("%s: %d %v", body, code, d)
		}
	}
	_, err := w.world.store.Apply(context.Background(), geo.Batch{Docs: []geo.Doc{{Kind: "alert-rule", ID: "old", Title: "Old", Body: []byte(`{"collection":"incidents","filter":"gone > 1"}`)}}})
	if err != nil {
		t.Fatal(err)
	}
	w.put("new", `{"title":"New","body":{"collection":"incidents"}}`)
	w.add(1, "")
	w.ids("?rule=new", 1) // the broken one is in nobody's way
	_, d := askFor(t, w.server, "GET", "/api/alert-rules", "")
	rules := d["rules"].([]any)
	broken := rules[0].(map[string]any)["broken"].(map[string]any)
	if len(rules) != 2 || broken["parameter"] != "body.filter" || rules[1].(map[string]any)["broken"] != nil {
		t.Errorf("%v", rules)
	}
}

// hook is an address that is told, which refuses the first tries.
type hook struct {
	mu     sync.Mutex
	fail   int
	bodies map[string]string // by key
	media  map[string]string
	tries  map[string]int
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	key := r.Header.Get("Idempotency-Key")
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tries[key]++
	if h.tries[key] <= h.fail {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	h.bodies[key], h.media[key] = string(body), r.Header.Get("Content-Type")
}

func (h *hook) told(t *testing.T, n int) {
	t.Helper()
	for range 4000 {
		h.mu.Lock()
		got := len(h.bodies)
		h.mu.Unlock()
		if got >= n {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("it is told of %v, and not of %d", h.bodies, n)
}

func newHook(t *testing.T, fail int) (*hook, string) {
	h := &hook{fail: fail, bodies: map[string]string{}, media: map[string]string{}, tries: map[string]int{}}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return h, strings.TrimPrefix(s.URL, "http://")
}

// TestWebhooks: an address that fails is told later, over a restart too; what
// is classified is told of by its address alone; one that refuses is given up.
func TestWebhooks(t *testing.T) {
	h, host := newHook(t, 1)
	gone := httptest.NewServer(http.NotFoundHandler())
	defer gone.Close()
	goneHost := strings.TrimPrefix(gone.URL, "http://")
	w := watchStore(t, "desk", "http://"+host+"/a", "gone", "http://"+goneHost+"/secret")
	hooks := `"webhooks":[{"name":"desk","format":"cap"}]`
	w.put("open", `{"title":"Open <&>","body":{"collection":"incidents","filter":"killed = 1",`+hooks+`}}`)
	w.put("closed", `{"title":"Closed","classification":"confidential","body":{"collection":"incidents","filter":"killed = 2",`+hooks+`}}`)
	w.put("refused", `{"title":"Refused","body":{"collection":"incidents","filter":"killed = 3","webhooks":[{"name":"gone"}]}}`)
	for killed := 1; killed <= 3; killed++ {
		w.add(killed, "")
	}
	all := w.ids("", 3)
	if got := w.ids("?delivery=failed", 1); got[0] != all[0] {
		t.Errorf("given up is %v of %v", got, all)
	}
	for range 500 {
		h.mu.Lock()
		tried := len(h.tries)
		h.mu.Unlock()
		if tried == 2 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	w.close()
	w.open()
	h.told(t, 2) // after the first of the waits
	open, closed := h.bodies[all[2]], h.bodies[all[1]]
	if h.media[all[2]] != "application/cap+xml" || !strings.Contains(open, "<event>Open &lt;&amp;&gt;</event>") {
		t.Errorf("%s %s", h.media[all[2]], open)
	}
	if want := `{"id":"` + all[1] + `","href":"/api/alerts/` + all[1] + `"}`; strings.TrimSpace(closed) != want || h.media[all[1]] != "application/json" {
		t.Errorf("of what is classified it is told %s", closed)
	}
	_, d := askFor(t, w.server, "GET", "/api/alerts/"+all[0], "")
	if text := fmt.Sprint(d); !strings.Contains(text, "state:failed") || !strings.Contains(text, "answers 404") || strings.Contains(text, "secret") {
		t.Errorf("%s", text)
	}
}

// TestCAP holds messages to the schema of CAP 1.2, its order and its patterns.
func TestCAP(t *testing.T) {
	w := watchStore(t)
	w.put("one", `{"title":"One","body":{"collection":"incidents","filter":"killed = 1","status":"exercise","severity":"critical"}}`)
	w.put("two", `{"title":"Two","classification":"confidential","mission":"MINUSMA","body":{"collection":"incidents","filter":"killed = 2","threshold":{"least":1,"days":1,"within_m":2500}}}`)
	w.put("all", `{"title":"All","body":{"collection":"places"}}`)
	w.add(1, "")
	w.add(2, `,"mission":"MINUSMA"`)
	var many []string
	for i := range 201 {
		many = append(many, fmt.Sprintf(`{"op":"add","collection":"places","feature":{"type":"Feature","geometry":{"type":"Point","coordinates":[%d,%d]},"properties":{}}}`, i%50-20, i%40))
	}
	if code, d := askFor(t, w.server, "POST", "/api/changes", `{"changes":[`+strings.Join(many, ",")+`]}`); code >= 300 {
		t.Fatalf("%d %v", code, d)
	}
	wants := [][]string{
		{"<polygon>0,-20 0,29 39,29 39,-20 0,-20</polygon>", "<valueName>count</valueName><value>201</value>", "<status>Actual</status>"},
		{"<scope>Private</scope><addresses>&#34;Those of the mission MINUSMA who are cleared for confidential&#34;</addresses>", "<circle>13.25,2.5 2.5</circle>", "<severity>Moderate</severity>"},
		{"<scope>Restricted</scope><restriction>", "<circle>13.25,2.5 0</circle>", "<status>Exercise</status>", "<severity>Extreme</severity>", "<onset>2026-11-27T10:00:00+00:00</onset>"},
	}
	for i, id := range w.ids("", 3) {
		r := httptest.NewRequest("GET", "http://127.0.0.1/api/alerts/"+id+"?f=cap", nil)
		answer := httptest.NewRecorder()
		w.server.ServeHTTP(answer, r)
		text := answer.Body.String()
		if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != "application/cap+xml" {
			t.Fatalf("%d %v", answer.Code, answer.Header())
		}
		checkCAP(t, text)
		for _, want := range wants[i] {
			if !strings.Contains(text, want) {
				t.Errorf("%s is not in %s", want, text)
			}
		}
		if class := answer.Header().Get("Bivouac-Classification"); class != []string{"unclassified", "confidential", "unclassified"}[i] {
			t.Errorf("%s is marked as %s", id, class)
		}
	}
}

// checkCAP asks xmllint with the rules of the schema of CAP 1.2, where there is
// one, and decodes the message in any case.
func checkCAP(t *testing.T, text string) {
	t.Helper()
	var m struct {
		XMLName    xml.Name `xml:"urn:oasis:names:tc:emergency:cap:1.2 alert"`
		Identifier string   `xml:"identifier"`
		Sent       string   `xml:"sent"`
		Area       []string `xml:"info>area>areaDesc"`
	}
	if err := xml.Unmarshal([]byte(text), &m); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	if !capTime.MatchString(m.Sent) || strings.ContainsAny(m.Identifier, " ,<&") || m.Identifier == "" || len(m.Area) != 1 || m.Area[0] == "" {
		t.Errorf("%+v", m)
	}
	last := -1
	for _, tag := range regexp.MustCompile(`<(\w+)[ >]`).FindAllStringSubmatch(text, -1) {
		at := slices.Index(capOrder, tag[1])
		if at < 0 || at < last && !slices.Contains([]string{"valueName", "value", "parameter"}, tag[1]) {
			t.Errorf("%s stands where the standard has it not, in %s", tag[1], text)
		}
		last = max(at, last)
	}
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("xmllint is not installed: .ci/install does it")
		}
		t.Log("xmllint is not here, so the patterns of the schema are not asked of the message")
		return
	}
	file := filepath.Join(t.TempDir(), "alert.xml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(lint, "--noout", "--schema", "testdata/cap-1.2.xsd", file).CombinedOutput(); err != nil {
		t.Errorf("%v %s %s", err, out, text)
	}
}

var capTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$`)

// capOrder is the order of the members that may come (CAP 1.2, section 3.4).
var capOrder = []string{
	"alert", "identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "info", "language", "category", "event", "urgency", "severity", "certainty",
	"onset", "senderName", "headline", "description", "web", "parameter", "valueName", "value", "area", "areaDesc", "polygon", "circle",
}
