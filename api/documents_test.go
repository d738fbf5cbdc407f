package api_test

import (
	"net/http"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/geo"
)

const docAt = "/api/documents/view/gao"

// putDoc sends a document as JSON.
func putDoc(h http.Handler, target, body string, headers ...string) (status int, tag string, d string) {
	w := send(h, http.MethodPut, target, body, append([]string{"Content-Type", "application/json"}, headers...)...)
	return w.Code, w.Header().Get("Etag"), w.Body.String()
}

func TestDocuments(t *testing.T) {
	s, f := serveStore(t, api.Config{}, sites(t))
	w := send(s, http.MethodPut, docAt, `{"title":"Gao","body":{"zoom":9},"mission":"MINUSMA"}`, "Content-Type", "application/json")
	if w.Code != http.StatusCreated || w.Header().Get("Location") != "http://127.0.0.1:8080"+docAt || w.Header().Get("Bivouac-Version") != "3" {
		t.Fatalf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	sameAsGet(t, "made", s, w, docAt)
	if d := ok(t, s, docAt); d["title"] != "Gao" || at(t, d, "body", "zoom") != 9.0 || d["mission"] != "MINUSMA" || d["classification"] != "unclassified" || d["version"] != 3.0 {
		t.Errorf("%v", d)
	}
	list := ok(t, s, "/api/documents/view")
	if entry := at(t, list, "documents", 0).(document); entry["id"] != "gao" || entry["body"] != nil || len(list["documents"].([]any)) != 1 {
		t.Errorf("%v", list)
	}
	// What the answer said may come back; what the body leaves out stays.
	whole := get(s, docAt).Body.String()
	if status, _, _ := putDoc(s, docAt, whole); status != http.StatusOK {
		t.Errorf("put back: %d", status)
	}
	if status, _, _ := putDoc(s, docAt, `{"title":"Gao","body":{}}`); status != http.StatusOK || ok(t, s, docAt)["mission"] != "MINUSMA" {
		t.Errorf("%d, mission %v", status, ok(t, s, docAt)["mission"])
	}
	if status, _, _ := putDoc(s, docAt, `{"title":"Gao","body":{},"mission":null}`); status != http.StatusOK || ok(t, s, docAt)["mission"] != nil {
		t.Errorf("%d, mission %v", status, ok(t, s, docAt)["mission"])
	}
	if w := send(s, http.MethodDelete, docAt, "", "Bivouac-Reason", "old"); w.Code != http.StatusNoContent || f.commits[7].Reason != "old" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := get(s, docAt); w.Code != http.StatusNotFound {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if h := ok(t, s, docAt+"/history"); len(h["history"].([]any)) != 5 || at(t, h, "history", 0, "op") != "remove" || at(t, h, "history", 4, "after", "body", "zoom") != 9.0 {
		t.Errorf("%v", h)
	}
	if d := ok(t, s, "/api/changes?limit=1"); at(t, d, "changes", 0, "touched", 0, "document") != "view" {
		t.Errorf("%v", d)
	}
}

func TestDocumentConditions(t *testing.T) {
	s, f := serveStore(t, api.Config{RequireIfMatch: true}, sites(t))
	const body = `{"title":"Gao","body":{}}`
	_, first, _ := putDoc(s, docAt, body)
	if status, _, text := putDoc(s, docAt, body); status != http.StatusPreconditionRequired {
		t.Errorf("without a condition: %d %s", status, text)
	}
	status, second, _ := putDoc(s, docAt, body, "If-Match", first)
	if status != http.StatusOK || second == first {
		t.Errorf("with one: %d %s", status, second)
	}
	if status, _, text := putDoc(s, docAt, body, "If-Match", first); status != http.StatusPreconditionFailed {
		t.Errorf("with an old one: %d %s", status, text)
	}
	if w := send(s, http.MethodDelete, docAt, "", "If-Match", first); w.Code != http.StatusPreconditionFailed {
		t.Errorf("removed with an old one: %d", w.Code)
	}
	if status, _, text := putDoc(s, "/api/documents/view/new", body, "If-Match", first); status != http.StatusPreconditionFailed {
		t.Errorf("of what is not there: %d %s", status, text)
	}
	// A race is decided by the store.
	f.before = func() { putDoc(s, docAt, body, "If-Match", second) }
	if status, _, text := putDoc(s, docAt, body, "If-Match", second); status != http.StatusPreconditionFailed {
		t.Errorf("lost a race: %d %s", status, text)
	}
	if w := get(s, docAt, "If-None-Match", get(s, docAt).Header().Get("Etag")); w.Code != http.StatusNotModified {
		t.Errorf("known already: %d", w.Code)
	}
}

func TestHiddenDocuments(t *testing.T) {
	f := newFakeStore(t, sites(t))
	high := serveFake(t, api.Config{Reader: geo.Reader{Ceiling: geo.Confidential}}, f)
	low := serveFake(t, api.Config{Reader: geo.Reader{Missions: []string{}}}, f)
	if status, _, text := putDoc(high, docAt, `{"title":"Gao","body":{},"classification":"confidential"}`); status != http.StatusCreated {
		t.Fatalf("%d %s", status, text)
	}
	for _, target := range []string{docAt, docAt + "/history"} {
		if w := get(low, target); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if w := send(low, http.MethodDelete, docAt, ""); w.Code != http.StatusNotFound {
		t.Errorf("removed unseen: %d %s", w.Code, w.Body)
	}
	if status, _, text := putDoc(low, docAt, `{"title":"Mine","body":{}}`); status != http.StatusForbidden || ok(t, high, docAt)["title"] != "Gao" {
		t.Errorf("written over unseen: %d %s", status, text)
	}
	if d := ok(t, low, "/api/documents/view"); len(d["documents"].([]any)) != 0 {
		t.Errorf("%v", d)
	}
	for parameter, body := range map[string]string{
		"classification": `{"title":"x","body":{},"classification":"confidential"}`, "mission": `{"title":"x","body":{},"mission":"MINUSMA"}`,
	} {
		if status, _, text := putDoc(low, "/api/documents/view/own", body); status != http.StatusForbidden || !strings.Contains(text, `"parameter":"`+parameter+`"`) {
			t.Errorf("%s: %d %s", parameter, status, text)
		}
	}
}

func TestBadDocuments(t *testing.T) {
	s, f := serveStore(t, api.Config{}, sites(t))
	for _, c := range []struct {
		desc, target, body string
		status             int
		parameter          string
		headers            []string
	}{
		{"no kind", "/api/documents/View/a", `{"title":"x","body":{}}`, 400, "kind", nil},
		{"no id", "/api/documents/view/a%20b", `{"title":"x","body":{}}`, 400, "id", nil},
		{"no title", docAt, `{"body":{}}`, 400, "title", nil},
		{"no body", docAt, `{"title":"x"}`, 400, "body", nil},
		{"a body that is a list", docAt, `{"title":"x","body":[]}`, 400, "body", nil},
		{"another member", docAt, `{"title":"x","body":{},"colour":1}`, 400, "body", nil},
		{"no class", docAt, `{"title":"x","body":{},"classification":"secret"}`, 400, "classification", nil},
		{"no mission", docAt, `{"title":"x","body":{},"mission":5}`, 400, "mission", nil},
		{"media type", docAt, `{"title":"x","body":{}}`, 415, "Content-Type", []string{"Content-Type", "text/plain"}},
		{"a condition that is none", docAt, `{"title":"x","body":{}}`, 400, "If-Match", []string{"If-Match", "x"}},
		{"a parameter", docAt + "?x=1", `{"title":"x","body":{}}`, 400, "x", nil},
	} {
		status, _, text := putDoc(s, c.target, c.body, c.headers...)
		if status != c.status || !strings.Contains(text, `"parameter":"`+c.parameter+`"`) {
			t.Errorf("%s: %d %s", c.desc, status, text)
		}
	}
	if w := send(s, http.MethodDelete, docAt, ""); w.Code != http.StatusNotFound {
		t.Errorf("removed what is not there: %d", w.Code)
	}
	if f.Snapshot().Version != 2 {
		t.Error("something was committed")
	}
}
