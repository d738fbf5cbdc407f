package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/api/callback"
	"bivouac/geo"
)

// told is what a subscriber was told, by path.
type told struct {
	path string
	document
}

// subscribed serves the processes to callbacks of a subscriber of this test.
func subscribed(t *testing.T, c api.Config) (s *api.Server, body func(word string) string, next func() told) {
	t.Helper()
	heard := make(chan told, 8)
	to := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var d document
		if err := json.NewDecoder(r.Body).Decode(&d); err != nil {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		heard <- told{r.URL.Path, d}
	}))
	t.Cleanup(to.Close)
	hosts, err := callback.ParseHosts([]string{strings.TrimPrefix(to.URL, "http://")})
	if err != nil {
		t.Fatal(err)
	}
	c.Callbacks = hosts
	s, _ = serve(t, c, mixed(t))
	body = func(word string) string {
		return `{"inputs":{"word":"` + word + `"},"subscriber":{"successUri":"` + to.URL + `/done","inProgressUri":"` + to.URL + `/begun","failedUri":"` + to.URL + `/failed"}}`
	}
	return s, body, func() told {
		select {
		case d := <-heard:
			return d
		case <-time.After(2 * time.Minute):
			t.Fatal("nobody calls")
		}
		return told{}
	}
}

func TestCallback(t *testing.T) {
	release := make(chan struct{})
	s, body, next := subscribed(t, api.Config{Processes: mustRegistry(t, slowProcess(release))})
	job := askAsync(t, s, body("one"))
	if d := next(); d.path != "/begun" || d.document["status"] != "running" || !strings.HasSuffix(job, d.document["jobID"].(string)) {
		t.Errorf("begun: %v", d)
	}
	close(release)
	if d := next(); d.path != "/done" || at(t, d.document, "answer", "value", "result", "count") != 3.0 {
		t.Errorf("done: %v", d)
	}
	askAsync(t, s, body("two"))
	next()
	if d := next(); d.path != "/failed" || d.document["status"] != "failed" {
		t.Errorf("failed: %v", d)
	}
	if !slices.Contains(at(t, ok(t, s, "/api/conformance"), "conformsTo").([]any), any("http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/callback")) {
		t.Error("the class is not declared")
	}
}

// TestClassifiedCallback keeps a result above unclassified on the machine.
func TestClassifiedCallback(t *testing.T) {
	release := make(chan struct{})
	close(release)
	s, body, next := subscribed(t, api.Config{Processes: mustRegistry(t, readingProcess(release)), Reader: geo.Reader{Ceiling: geo.Confidential}})
	askAsync(t, s, body("one"))
	next()
	if d := next(); d.path != "/done" || d.document["status"] != "successful" || d.document["answer"] != nil {
		t.Errorf("done: %v", d)
	}
}

func TestBadCallback(t *testing.T) {
	s, body, _ := subscribed(t, api.Config{Processes: mustRegistry(t, slowProcess(nil))})
	none, _ := serve(t, api.Config{Processes: mustRegistry(t, slowProcess(nil))}, mixed(t))
	good := body("one")
	here := good[strings.Index(good, "http://"):strings.Index(good, "/done")]
	for _, c := range []struct {
		desc, body, where string
		server            *api.Server
	}{
		{"none are allowed", good, "subscriber.successUri", none},
		{"another host", strings.Replace(good, here, "http://example.org", 1), "subscriber.successUri", s},
		{"another port", strings.Replace(good, here+"/begun", "http://127.0.0.1:1/begun", 1), "subscriber.inProgressUri", s},
		{"no address", strings.Replace(good, here+"/failed", "failed", 1), "subscriber.failedUri", s},
	} {
		if w := post(c.server, runEcho, c.body, "Prefer", "respond-async"); w.Code != http.StatusBadRequest || decode(t, w)["parameter"] != c.where {
			t.Errorf("%s: %d %s", c.desc, w.Code, w.Body)
		}
	}
	if w := post(s, runEcho, good); w.Code != http.StatusBadRequest || decode(t, w)["parameter"] != "subscriber" {
		t.Errorf("a subscriber to one who waits: %d %s", w.Code, w.Body)
	}
}
