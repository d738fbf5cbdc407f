package filter_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"bivouac/data/sharedtest"
	"bivouac/geo/filter"
)

// TestExamplePairs translates the standard's own examples both ways. Each text
// must give the JSON beside it, and both must come back from the other
// language as they were.
func TestExamplePairs(t *testing.T) {
	folder := sharedtest.Path(t, "ogc_cql2/examples")
	files, err := filepath.Glob(filepath.Join(folder, "text", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	pairs := map[string]bool{}
	for _, file := range files {
		name, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".txt"), "-alt")
		pairs[name] = true
		written := read(t, file)
		fromText, err := filter.ReadText(written)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		want := read(t, filepath.Join(folder, "json", name+".json"))
		fromJSON, err := filter.ReadJSON(want)
		if err != nil {
			t.Errorf("%s as JSON: %v", name, err)
			continue
		}
		again, err := filter.ReadText(fromJSON.String())
		if err != nil {
			t.Errorf("%s: the JSON prints as %s: %v", name, fromJSON, err)
			continue
		}
		for _, e := range []*filter.Expr{fromText, fromJSON, again} {
			if got := marshal(t, e); !reflect.DeepEqual(plain(t, got), plain(t, want)) {
				t.Errorf("%s: %s\nis %s\nwant %s", file, written, got, want)
			}
		}
	}
	if len(pairs) != 109 {
		t.Errorf("%d pairs were translated, want 109", len(pairs))
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func marshal(t *testing.T, e *filter.Expr) string {
	t.Helper()
	b, err := e.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// plain reads JSON into values that compare: numbers as numbers.
func plain(t *testing.T, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}
