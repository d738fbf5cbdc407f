package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/geo"
)

// TestImportAnswers asks of imports rightly and wrongly.
func TestImportAnswers(t *testing.T) {
	const one = "/api/imports/import-1"
	piece := []string{"Content-Type", "application/offset+octet-stream"}
	patch := []string{"Content-Type", "application/merge-patch+json"}
	for _, c := range []struct {
		desc, method, target, body string
		headers                    []string
		status                     int
		want                       string // in the body or, with a colon, a header
	}{
		{desc: "the list", target: "/api/imports", status: 200, want: `"state":"staged"`},
		{desc: "one", target: one, status: 200, want: `"against":2`},
		{desc: "none", target: "/api/imports/x", status: 404, want: `"parameter":"import"`},
		{desc: "how much has come", method: "HEAD", target: one + "/file", status: 204, want: "Upload-Offset: 212"},
		{desc: "a piece", method: "PATCH", target: one + "/file", body: "abc", headers: append(piece, "Upload-Offset", "212"), status: 413, want: `"parameter":"body"`},
		{desc: "a piece without its place", method: "PATCH", target: one + "/file", body: "abc", headers: piece, status: 400, want: `"parameter":"Upload-Offset"`},
		{desc: "a piece from elsewhere", method: "PATCH", target: one + "/file", body: "abc", headers: append(piece, "Upload-Offset", "9"), status: 409, want: "212 bytes"},
		{desc: "a piece as a form", method: "PATCH", target: one + "/file", body: "abc", headers: []string{"Content-Type", "multipart/form-data", "Upload-Offset", "0"}, status: 415, want: "Content-Type"},
		{desc: "begun without a name", method: "POST", target: "/api/imports", body: `{"size":3}`, status: 400, want: `"parameter":"name"`},
		{desc: "begun without a size", method: "POST", target: "/api/imports", body: `{"name":"a.csv"}`, status: 400, want: `"parameter":"size"`},
		{desc: "begun with an option that nobody knows", method: "POST", target: "/api/imports", body: `{"name":"a.csv","size":3,"options":{"colour":1}}`, status: 400, want: "colour"},
		{desc: "other options", method: "PATCH", target: one, body: `{"mapping":{"name":"town"},"whole":null}`, headers: patch, status: 200, want: `"options":{"collection":"places","mapping":{"name":"town"}}`},
		{desc: "other options that nobody knows", method: "PATCH", target: one, body: `{"colour":1}`, headers: patch, status: 400, want: "colour"},
		{desc: "no kind", target: one + "/rows", status: 400, want: `"parameter":"kind"`},
		{desc: "another kind", target: one + "/rows?kind=new", status: 400, want: `"parameter":"kind"`},
		{desc: "a limit of nothing", target: one + "/rows?kind=added&limit=0", status: 400, want: `"parameter":"limit"`},
		{desc: "added rows as a table", target: one + "/rows?kind=added&f=csv", status: 400, want: `"parameter":"f"`},
		{desc: "more rows", target: one + "/rows?kind=added&limit=1", status: 200, want: `after=212`},
		{desc: "to be mended", target: one + "/rows?kind=refused&f=csv", status: 200, want: "e,\"Ménaka, \"\"old\"\"\",x,2.4,15.9,\"places.csv, row 4"},
		{desc: "a file to be mended", target: one + "/rows?kind=refused&f=csv", status: 200, want: `Content-Disposition: attachment; filename="refused.csv"`},
		{desc: "approved", method: "POST", target: one + "/approval", status: 200, want: `"version":3`},
		{desc: "approved says its version", method: "POST", target: one + "/approval", status: 200, want: "Bivouac-Version: 3"},
		{desc: "taken away", method: "DELETE", target: one, status: 204},
	} {
		s, _ := serveStore(t, api.Config{Imports: newFakeImports()}, mixed(t))
		if c.method == "" {
			c.method = http.MethodGet
		}
		r := httptest.NewRequest(c.method, "http://localhost"+c.target, strings.NewReader(c.body))
		if c.body != "" && c.headers == nil {
			r.Header.Set("Content-Type", "application/json")
		}
		for i := 0; i < len(c.headers); i += 2 {
			r.Header.Set(c.headers[i], c.headers[i+1])
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		name, value, isHeader := strings.Cut(c.want, ": ")
		switch {
		case w.Code != c.status:
			t.Errorf("%s: %d %s", c.desc, w.Code, w.Body)
		case isHeader && w.Header().Get(name) != value:
			t.Errorf("%s: %v", c.desc, w.Header())
		case !isHeader && !strings.Contains(w.Body.String(), c.want):
			t.Errorf("%s: %s", c.desc, w.Body)
		}
	}
}

// TestImportsAreMarked marks what was found in a file by its rows.
func TestImportsAreMarked(t *testing.T) {
	imports := newFakeImports()
	imports.state.Highest = geo.Confidential
	s, _ := serveStore(t, api.Config{Imports: imports, Reader: cleared}, mixed(t))
	for _, target := range []string{"/api/imports", "/api/imports/import-1", "/api/imports/import-1/rows?kind=added", "/api/imports/import-1/rows?kind=refused&f=csv"} {
		if got := get(s, target).Header().Get("Bivouac-Classification"); got != "confidential" {
			t.Errorf("%s is marked %q", target, got)
		}
	}
}

// TestReadOnlyTakesNoFiles says what to do where nothing can be kept.
func TestReadOnlyTakesNoFiles(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	if w := post(s, "/api/imports", `{"name":"a.csv","size":3}`); w.Code != http.StatusMethodNotAllowed || !strings.Contains(w.Body.String(), "--store") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
