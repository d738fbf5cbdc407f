package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/geo"
)

// editedSites is a world of five Versions: loaded, then three edits.
func editedSites(t *testing.T) *fakeStore {
	t.Helper()
	f := newFakeStore(t, sites(t))
	high := serveFake(t, api.Config{Reader: geo.Reader{Ceiling: geo.Confidential}}, f)
	for _, e := range []struct{ method, target, body string }{
		{http.MethodPatch, siteItems + "/1", `{"properties":{"beds":3}}`},  // 3
		{http.MethodPatch, siteItems + "/3", `{"properties":{"beds":30}}`}, // 4, of what is confidential
		{http.MethodDelete, siteItems + "/2", ""},                          // 5
		{http.MethodPatch, siteItems + "/3", `{"properties":{"beds":31}}`}, // 6, of what is confidential
	} {
		if w := send(high, e.method, e.target, e.body); w.Code >= 300 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	return f
}

func TestPast(t *testing.T) {
	f := editedSites(t)
	low := serveFake(t, api.Config{}, f)
	high := serveFake(t, api.Config{Reader: geo.Reader{Ceiling: geo.Confidential}}, f)
	for _, c := range []struct {
		desc, query string
		server      http.Handler
		version     string // that the answer says
		count       int
		beds        any // of record 1
	}{
		{"as it was loaded", "version=2", low, "2", 2, nil},
		{"after the first edit", "version=3", low, "3", 2, 3.0},
		{"at a Commit that he does not see", "version=4", low, "3", 2, 3.0},
		{"at one that he does", "version=4", high, "4", 3, 3.0},
		{"the newest", "version=5", low, "5", 1, 3.0},
		{"the newest for another", "version=6", high, "6", 2, 3.0},
		{"the moment of an edit", "asof=2024-05-02T09:33:00.5Z", low, "3", 2, 3.0},
		{"just before it", "asof=2024-05-02T09:33:00.499999Z", low, "2", 2, nil},
		{"with a zone", "asof=2024-05-02T11:33:01%2B02:00", low, "3", 2, 3.0},
		{"the end of a day", "asof=2024-05-02", low, "5", 1, 3.0},
		{"a day that is to come", "asof=2099-01-01", low, "5", 1, 3.0},
	} {
		w := get(c.server, siteItems+"?"+c.query)
		if w.Code != http.StatusOK || w.Header().Get("Bivouac-Version") != c.version {
			t.Errorf("%s: %d, version %s, %s", c.desc, w.Code, w.Header().Get("Bivouac-Version"), w.Body)
			continue
		}
		if l := list(t, c.server, siteItems+"?"+c.query); l.NumberMatched != c.count {
			t.Errorf("%s: %d records", c.desc, l.NumberMatched)
		}
		if got := ok(t, c.server, siteItems+"/1?"+c.query)["properties"].(document)["beds"]; got != c.beds {
			t.Errorf("%s: %v beds", c.desc, got)
		}
		if d := ok(t, c.server, "/api/collections/sites?"+c.query); d["itemCount"] != float64(c.count) {
			t.Errorf("%s: the collection counts %v", c.desc, d["itemCount"])
		}
		if d := ok(t, c.server, "/api/collections?"+c.query); at(t, d, "collections", 0, "itemCount") != float64(c.count) {
			t.Errorf("%s: the collections count %v", c.desc, at(t, d, "collections", 0, "itemCount"))
		}
		tiles := ok(t, c.server, "/api/collections/sites/tiles/WebMercatorQuad?"+c.query)
		if tiles["numberMatched"] != float64(c.count) || !strings.Contains(at(t, tiles, "tiles", 0).(string), strings.SplitN(c.query, "=", 2)[0]+"=") {
			t.Errorf("%s: tiles %v", c.desc, tiles)
		}
		if w := get(c.server, "/api/collections/sites/tiles/WebMercatorQuad/0/0/0?"+c.query); w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("%s: tile %d", c.desc, w.Code)
		}
		if w := post(c.server, runEcho+"?"+c.query, "{}"); w.Code != http.StatusOK || w.Header().Get("Bivouac-Version") != c.version {
			t.Errorf("%s: run %d %s", c.desc, w.Code, w.Header().Get("Bivouac-Version"))
		}
	}
}

func TestBadPast(t *testing.T) {
	f := editedSites(t)
	low := serveFake(t, api.Config{}, f)
	for _, c := range []struct{ desc, query, parameter, text string }{
		{"both", "version=2&asof=2024-05-02", "version", "not both"},
		{"above the newest", "version=99", "version", "newest version is 5"},
		{"above the newest that he sees", "version=6", "version", "newest version is 5"},
		{"before the first that he sees", "version=1", "version", "newest version is 5"},
		{"before the first", "asof=2020-01-01", "asof", "newest version is 5"},
		{"zero", "version=0", "version", "1 or more"},
		{"no number", "version=two", "version", "1 or more"},
		{"no time", "asof=yesterday", "asof", "a day"},
		{"an interval", "asof=2024-05-01/2024-05-02", "asof", "a day"},
		{"twice", "version=2&version=3", "version", "twice"},
		{"written in escapes", "%76ersion=99", "version", "newest version is 5"},
	} {
		for _, target := range []string{siteItems, siteItems + "/1", "/api/collections", "/api/collections/sites", "/api/collections/sites/tiles/WebMercatorQuad", "/api/collections/sites/tiles/WebMercatorQuad/0/0/0"} {
			w := get(low, target+"?"+c.query)
			if d := decode(t, w); w.Code != http.StatusBadRequest || d["parameter"] != c.parameter || !strings.Contains(d["detail"].(string), c.text) {
				t.Errorf("%s, %s: %d %v", c.desc, target, w.Code, d)
			}
		}
		if w := post(low, runEcho+"?"+c.query, "{}"); w.Code != http.StatusBadRequest {
			t.Errorf("%s: run %d", c.desc, w.Code)
		}
	}
	for _, target := range []string{"/api?version=2", "/api/collections/sites/schema?version=2", "/api/changes?version=2"} {
		if w := get(low, target); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

// TestPastPages pages through a past state while the world goes on.
func TestPastPages(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, yard(t, 500))
	const items = "/api/collections/yard/items"
	whole := list(t, s, items+"?limit=500")
	want := whole.ids()
	var got []int64
	for next := items + "?version=2&limit=60"; next != ""; {
		p := list(t, s, next)
		got = append(got, p.ids()...)
		next = ""
		if href := p.link("next"); href != "" {
			next = path(t, href)
			if !strings.Contains(next, "version=2") {
				t.Fatalf("the next link forgets the state: %s", next)
			}
		}
		if w := send(s, http.MethodDelete, fmt.Sprintf("%s/%d", items, want[len(got)-1]), ""); w.Code != http.StatusNoContent {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%d records on pages, %d in one answer", len(got), len(want))
	}
}

// TestPastTags gives a past answer a tag that later edits do not move.
func TestPastTags(t *testing.T) {
	f := editedSites(t)
	s := serveFake(t, api.Config{}, f)
	tags := func(query string) (out [2]string) {
		for i, target := range []string{siteItems, siteItems + "/1"} {
			out[i] = get(s, target+query).Header().Get("Etag")
		}
		return out
	}
	past, now := tags("?version=3"), tags("")
	if past == now {
		t.Error("the past has the tag of now")
	}
	send(s, http.MethodPatch, siteItems+"/1", `{"properties":{"beds":99}}`)
	if tags("?version=3") != past {
		t.Error("an edit moves the tag of the past")
	}
	if tags("") == now {
		t.Error("an edit moves no tag of now")
	}
	w := get(s, siteItems+"?version=3", "If-None-Match", past[0])
	if w.Code != http.StatusNotModified || w.Header().Get("Cache-Control") != "private, no-cache" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if self := at(t, ok(t, s, siteItems+"/1?version=3"), "links", 0, "href"); self != "http://127.0.0.1:8080"+siteItems+"/1?version=3" {
		t.Errorf("self is %v", self)
	}
}

// TestEmptyPast asks a reader's past where nothing was ever seen.
func TestEmptyPast(t *testing.T) {
	s, _ := serveStore(t, api.Config{})
	for _, query := range []string{"version=1", "asof=2024-05-02"} {
		if w := get(s, "/api/collections?"+query); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "nothing so far") {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
}
