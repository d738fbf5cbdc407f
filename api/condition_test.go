package api_test

import (
	"net/http"
	"strings"
	"testing"

	"bivouac/api"
)

func TestIfMatch(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	tag := get(s, siteItems+"/1").Header().Get("Etag")
	packed := get(s, siteItems+"/1", "Accept-Encoding", "gzip", "Accept", "application/json").Header().Get("Etag")
	if packed == tag {
		t.Fatal("two forms share a tag")
	}
	for _, c := range []struct {
		desc, header string
		strict       bool
		status       int
	}{
		{"as it stands", tag, false, 200},
		{"another form of the same revision", packed, false, 200},
		{"one of several", `"1-0", ` + tag, false, 200},
		{"whatever stands", "*", false, 200},
		{"an older revision", strings.Replace(tag, `"2-`, `"1-`, 1), false, 412},
		{"a revision that begins alike", strings.Replace(tag, `"2-`, `"22-`, 1), false, 412},
		{"a revision otherwise written", strings.Replace(tag, `"2-`, `"02-`, 1), false, 412},
		{"a weak tag", "W/" + tag, false, 412},
		{"a tag of somebody else's", `"abc"`, false, 412},
		{"no tag at all", "2", false, 400},
		{"a tag without its end", `"2-abc`, false, 400},
		{"none, where it is wanted", "", true, 428},
		{"given, where it is wanted", tag, true, 200},
	} {
		for method, body := range map[string]string{http.MethodPatch: `{}`, http.MethodPut: site("")} {
			fresh, _ := serveStore(t, api.Config{RequireIfMatch: c.strict}, sites(t))
			w := send(fresh, method, siteItems+"/1", body, "If-Match", c.header)
			if w.Code != c.status {
				t.Errorf("%s, %s: %d %s", c.desc, method, w.Code, w.Body)
			}
			if c.status >= 400 && decode(t, w)["parameter"] != "If-Match" {
				t.Errorf("%s, %s: %s", c.desc, method, w.Body)
			}
		}
	}
}

// TestTwoEditors lets two change one record as they both read it: the second
// is told, and nothing of the first is lost.
func TestTwoEditors(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	tag := get(s, siteItems+"/1").Header().Get("Etag")
	first := send(s, http.MethodPatch, siteItems+"/1", `{"properties":{"beds":1}}`, "If-Match", tag)
	second := send(s, http.MethodPatch, siteItems+"/1", `{"properties":{"beds":2}}`, "If-Match", tag)
	if first.Code != http.StatusOK || second.Code != http.StatusPreconditionFailed || decode(t, second)["code"] != "precondition" {
		t.Errorf("%d, %d %s", first.Code, second.Code, second.Body)
	}
	if w := send(s, http.MethodDelete, siteItems+"/1", "", "If-Match", tag); w.Code != http.StatusPreconditionFailed {
		t.Errorf("removed by who had not seen the change: %d", w.Code)
	}
	if w := send(s, http.MethodDelete, siteItems+"/1", "", "If-Match", first.Header().Get("Etag")); w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestRace changes a record between the reading and the commit of another
// change. Without a condition both changes hold; with one the second is told.
func TestRace(t *testing.T) {
	for _, conditional := range []bool{false, true} {
		s, f := serveStore(t, api.Config{}, sites(t))
		var headers []string
		if conditional {
			headers = []string{"If-Match", get(s, siteItems+"/1").Header().Get("Etag")}
		}
		f.before = func() {
			if w := send(s, http.MethodPatch, siteItems+"/1", `{"properties":{"hub":true}}`); w.Code != http.StatusOK {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		}
		w := send(s, http.MethodPatch, siteItems+"/1", `{"properties":{"beds":9}}`, headers...)
		d := ok(t, s, siteItems+"/1")
		properties := d["properties"].(document)
		beds, hub := properties["beds"], properties["hub"]
		if conditional && (w.Code != http.StatusPreconditionFailed || beds != nil || hub != true) {
			t.Errorf("with a condition: %d, beds %v, hub %v", w.Code, beds, hub)
		}
		if !conditional && (w.Code != http.StatusOK || beds != 9.0 || hub != true) {
			t.Errorf("without one: %d %s, beds %v, hub %v", w.Code, w.Body, beds, hub)
		}
	}
}

// TestRaceRemoved removes the record in between.
func TestRaceRemoved(t *testing.T) {
	s, f := serveStore(t, api.Config{}, sites(t))
	f.before = func() { send(s, http.MethodDelete, siteItems+"/1", "") }
	if w := send(s, http.MethodPatch, siteItems+"/1", `{"properties":{"beds":9}}`); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "removed by version 3") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
