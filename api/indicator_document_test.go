package api_test

import (
	"net/http"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/indicator"
	"bivouac/geo/layer"
)

const (
	placesAt     = "/api/documents/indicator/named-places"
	runIndicator = "/api/processes/indicator/execution"
)

func indicatorServer(t *testing.T, ceiling geo.Class) *api.Server {
	s, _ := serveStore(t, api.Config{
		Processes: mustRegistry(t, indicator.Process(nil)), Reader: geo.Reader{Ceiling: ceiling},
		Documents: map[string]func(*layer.Snapshot, *geo.Doc) error{indicator.DocKind: indicator.Check},
	}, sites(t))
	return s
}

// TestIndicatorDocument adds an indicator without code, asks for it by its
// name, and changes it.
func TestIndicatorDocument(t *testing.T) {
	s := indicatorServer(t, geo.StrictlyConfidential)
	const body = `{"title":"Places with a mission","body":{"collection":"sites","measure":"count","filter":"mission IS NOT NULL","period":"none","target":5,"wanted":"rise"},"classification":"confidential"}`
	if status, _, text := putDoc(s, placesAt, body); status != http.StatusCreated {
		t.Fatalf("%d %s", status, text)
	}
	w := post(s, runIndicator, `{"inputs":{"indicator":"named-places"}}`)
	answer := decode(t, w)
	if w.Code != http.StatusOK || at(t, answer, "result", "total", "figure") != 1.0 || at(t, answer, "result", "definition", "title") != "Places with a mission" || at(t, answer, "result", "total", "verdict") != "not decided" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if at(t, answer, "envelope", "version") != 3.0 || at(t, answer, "result", "definition", "version") != 3.0 || at(t, answer, "envelope", "parameters", "collection") != "sites" {
		t.Errorf("the answer does not say which definition it is by: %s", w.Body)
	}
	if got := w.Header().Get("Bivouac-Classification"); got != "confidential" {
		t.Errorf("the answer is marked %s, its definition is confidential", got)
	}
	if status, _, text := putDoc(s, placesAt, strings.Replace(body, "IS NOT NULL", "IS NULL", 1)); status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	if n := at(t, decode(t, post(s, runIndicator, `{"inputs":{"indicator":"named-places"}}`)), "result", "total", "figure"); n != 2.0 {
		t.Errorf("after the change: %v", n)
	}
	if n := at(t, decode(t, post(s, runIndicator+"?version=3", `{"inputs":{"indicator":"named-places"}}`)), "result", "total", "figure"); n != 1.0 {
		t.Errorf("as it was: %v", n)
	}
}

// TestHiddenIndicator wants a definition that the asker may not see to be none.
func TestHiddenIndicator(t *testing.T) {
	s := indicatorServer(t, geo.Unclassified)
	none := post(s, runIndicator, `{"inputs":{"indicator":"named-places"}}`)
	if none.Code != http.StatusBadRequest || !strings.Contains(none.Body.String(), "share-found") || strings.Contains(none.Body.String(), `, named-places`) {
		t.Errorf("%d %s", none.Code, none.Body)
	}
}

// TestBadIndicatorDocuments wants a document that cannot be computed to be
// refused by its place in the body.
func TestBadIndicatorDocuments(t *testing.T) {
	s := indicatorServer(t, geo.StrictlyConfidential)
	for _, c := range []struct{ desc, body, where, says string }{
		{"an unknown word", `{"numerator":"x"}`, "body.numerator", "there is no such input"},
		{"a measure that is none", `{"measure":"mean"}`, "body.measure", "must be one of"},
		{"a share of nothing", `{"measure":"share"}`, "body.hits", "needs a filter"},
		{"a sum of nothing", `{"measure":"sum"}`, "body.sum", "needs a number field"},
		{"a field that is none", `{"collection":"sites","measure":"sum","sum":["killed"]}`, "body.sum", "no field"},
		{"a filter that is none", `{"collection":"sites","filter":"mission ="}`, "body.filter", "at the end"},
		{"a filter of another collection", `{"collection":"sites","filter":"killed > 0"}`, "body.filter", "no property killed"},
		{"a target without a direction", `{"collection":"sites","target":3}`, "body.wanted", "needs a direction"},
		{"a place in it", `{"bbox":[1,2,3,4]}`, "body.bbox", "there is no such input"},
	} {
		status, _, text := putDoc(s, placesAt, `{"title":"x","body":`+c.body+`}`)
		if status != http.StatusBadRequest || !strings.Contains(text, `"`+c.where+`"`) || !strings.Contains(text, c.says) {
			t.Errorf("%s: %d %s", c.desc, status, text)
		}
	}
	// What is for a collection that is not there yet is kept, and says so when it is asked for.
	if status, _, text := putDoc(s, placesAt, `{"title":"x","body":{"collection":"later"}}`); status != http.StatusCreated {
		t.Errorf("for later: %d %s", status, text)
	}
	if w := post(s, runIndicator, `{"inputs":{"indicator":"named-places"}}`); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "later") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
