package api_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/api/ogc"
	"bivouac/geo"
)

// plainFormat writes the keys and what stands beside, behind the marking.
func plainFormat() api.Format {
	return api.Format{
		Format: ogc.Format{ID: "plain", Title: "Plain", Media: "text/plain", Extension: ".txt"},
		New: func(w io.Writer, h api.FileHead) (api.RowWriter, error) {
			fmt.Fprint(w, h.Highest)
			return plainWriter{w}, nil
		},
	}
}

type plainWriter struct{ w io.Writer }

func (p plainWriter) Write(r geo.Row, beside []geo.Value) error {
	_, err := fmt.Fprint(p.w, " ", r.Key())
	if len(beside) > 0 {
		_, err = fmt.Fprintf(p.w, "@%.0f", beside[0].Float())
	}
	return err
}

func (plainWriter) Discard() {}

func (plainWriter) Lost() []string { return nil }

func (p plainWriter) Close() error {
	_, err := io.WriteString(p.w, ".")
	return err
}

const vaultExport = "/api/collections/vault/export"

// TestExport wants every record that matches, the marking inside and outside,
// and one line in the audit for each file, classified or not.
func TestExport(t *testing.T) {
	d := newDesk()
	token := d.grant("desk", geo.Viewer, geo.Reader{Ceiling: geo.StrictlyConfidential})
	config := d.config()
	config.Formats = []api.Format{plainFormat()}
	s, _ := serve(t, config, vault(t))
	get(s, "/api/session", bearer(token)...)
	d.acts()
	for _, c := range []struct {
		query, want string
		class       geo.Class
		count       int
	}{
		{"", "strictly_confidential 1 2 3 4 5 6 7 8 9 10.", geo.StrictlyConfidential, 10},
		{"?f=plain&bbox=0,0,3,1", "unclassified 1 2 3.", geo.Unclassified, 3},
		{"?filter=n%3E3+AND+n%3C6", "confidential 4 5.", geo.Confidential, 2},
		{"?bbox=0,0,333958.5,111325.1&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857", "unclassified 1 2 3.", geo.Unclassified, 3},
		{"?n=99", "unclassified.", geo.Unclassified, 0},
		{"?near=2.5,0.5&radius=120000", "confidential 3@0 2@111315 4@111315.", geo.Confidential, 3},
		{"?near=2.5,0.5&k=4", "confidential 3@0 2@111315 4@111315 1@222631.", geo.Confidential, 4},
	} {
		w := get(s, vaultExport+c.query, bearer(token)...)
		if !sameWords(strings.Fields(w.Body.String()), strings.Fields(c.want)) || w.Header().Get("Bivouac-Classification") != c.class.String() ||
			w.Header().Get("OGC-NumberMatched") != fmt.Sprint(c.count) {
			t.Errorf("%q: %d %s, %v; want %s", c.query, w.Code, w.Body, w.Header(), c.want)
		}
		if len(d.lines) != 1 || d.lines[0].Act != geo.ActExport || d.lines[0].Count != c.count || d.lines[0].Highest != c.class {
			t.Errorf("%q: the audit holds %+v", c.query, d.lines)
		}
		d.acts()
	}
	w := get(s, vaultExport, bearer(token)...)
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="vault-strictly_confidential.txt"` {
		t.Errorf("the file is named %s", got)
	}
	if got := get(s, vaultExport, append(bearer(token), "Range", "bytes=0-3")...); got.Code != http.StatusOK || got.Header().Get("Accept-Ranges") != "none" || got.Body.Len() != w.Body.Len() {
		t.Errorf("a part of a streamed file: %d %v", got.Code, got.Header())
	}
	d.acts()
	tag := w.Header().Get("ETag")
	if w := get(s, vaultExport, append(bearer(token), "If-None-Match", tag)...); w.Code != http.StatusNotModified || d.acts() != "" {
		t.Errorf("what the reader has is answered by a %d", w.Code)
	}
	if w := send(s, http.MethodHead, vaultExport, "", bearer(token)...); w.Code != http.StatusOK || w.Body.Len() > 0 {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
}

// sameWords compares without the order in which the map is walked, but for the
// first word.
func sameWords(got, want []string) bool {
	count := map[string]int{}
	for _, w := range got {
		count[strings.TrimRight(w, ".")]++
	}
	for _, w := range want {
		count[strings.TrimRight(w, ".")]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return len(got) == len(want) && strings.HasSuffix(got[len(got)-1], ".")
}

// TestItemsAsFile wants a page of records in a kind of file, and where the next
// one is.
func TestItemsAsFile(t *testing.T) {
	s, _ := serve(t, api.Config{Formats: []api.Format{plainFormat()}, Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}}, vault(t))
	const items = "/api/collections/vault/items"
	w := get(s, items+"?f=plain&limit=3&sortby=n")
	if w.Code != http.StatusOK || !strings.HasSuffix(w.Body.String(), " 1 2 3.") || w.Header().Get("OGC-NumberMatched") != "10" ||
		w.Header().Get("OGC-NumberReturned") != "3" || w.Header().Get("Content-Type") != "text/plain" {
		t.Errorf("%d %s %v", w.Code, w.Body, w.Header())
	}
	next := ""
	for _, link := range w.Header()["Link"] {
		if strings.Contains(link, `rel="next"; type="text/plain"`) {
			next, _, _ = strings.Cut(strings.TrimPrefix(link, "<http://127.0.0.1:8080"), ">")
		}
	}
	if w := get(s, next); !strings.HasSuffix(w.Body.String(), " 4 5 6.") {
		t.Errorf("%q in %v: %d %s", next, w.Header()["Link"], w.Code, w.Body)
	}
	if w := get(s, items+"?f=plain&near=2.5,0.5&k=2"); !strings.HasSuffix(w.Body.String(), " 3@0 2@111315.") && !strings.HasSuffix(w.Body.String(), " 3@0 4@111315.") {
		t.Errorf("near: %d %s", w.Code, w.Body)
	}
	for _, query := range []string{"?f=plain&resultType=hits", "?f=plain&max-allowable-offset=5", "?f=plain&profile=jsonfg", "?f=shp"} {
		if w := get(s, items+query); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
}

func TestExportRefuses(t *testing.T) {
	s, _ := serve(t, api.Config{Formats: []api.Format{plainFormat()}}, vault(t))
	for query, parameter := range map[string]string{
		"?limit=3": "limit", "?after=x": "after", "?resultType=hits": "resultType", "?f=shp": "f", "?nothing=1": "nothing", "?radius=3": "radius",
		"?filter-lang=cql2-text": "filter-lang", "?bbox=1": "bbox", "?properties=none": "properties", "?crs=http://www.opengis.net/def/crs/EPSG/0/3857": "crs",
	} {
		w := get(s, vaultExport+query)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `"parameter":"`+parameter+`"`) {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
	none, _ := serve(t, api.Config{}, vault(t))
	if w := get(none, vaultExport); w.Code != http.StatusNotFound {
		t.Errorf("a server without formats answers %d", w.Code)
	}
}

// TestSortedExport wants the records in order, whatever the size of the pages.
func TestSortedExport(t *testing.T) {
	s, _ := serve(t, api.Config{Formats: []api.Format{plainFormat()}, Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}}, vault(t))
	for query, want := range map[string]string{
		"?sortby=-n":             " 10 9 8 7 6 5 4 3 2 1.",
		"?sortby=n&bbox=0,0,3,1": " 1 2 3.",
	} {
		if w := get(s, vaultExport+query); w.Code != http.StatusOK || !strings.HasSuffix(w.Body.String(), want) {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
	if w := get(s, vaultExport+"?sortby=n&near=0,0"); w.Code != http.StatusBadRequest {
		t.Errorf("near and sorted: %d", w.Code)
	}
}

// TestExportIsLinked wants a link to every format.
func TestExportIsLinked(t *testing.T) {
	s, _ := serve(t, api.Config{Formats: []api.Format{plainFormat()}}, vault(t))
	w := get(s, "/api/collections/vault")
	if !strings.Contains(w.Body.String(), vaultExport+`?f=plain","rel":"enclosure","type":"text/plain"`) {
		t.Errorf("no link to the file: %s", w.Body)
	}
}
