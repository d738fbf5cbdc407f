package styles

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"bivouac/geo"
)

func TestExpression(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`"it's"`, `'it''s'`},
		{`2.5`, `2.5`},
		{`["get", "a\"b"]`, `"a""b"`},
		{`["get", "count"]`, `1`},
		{`["==", ["get", "status"], "open"]`, `("status" = 'open')`},
		{`["all", ["!=", ["get", "a"], 1], ["any", [">", ["get", "b"], 2], true]]`, `(("a" <> 1) AND (("b" > 2) OR TRUE))`},
		{`["coalesce", ["get", "n"], 1]`, `coalesce("n", 1)`},
		{`["match", ["get", "role"], "main", 2, ["a", "b"], 1.6, 1]`, `CASE WHEN "role" = 'main' THEN 2 WHEN "role" IN ('a', 'b') THEN 1.6 ELSE 1 END`},
		{`["match", ["get", "status"], ["open"], false, true]`, `CASE WHEN "status" IN ('open') THEN FALSE ELSE TRUE END`},
		{`["step", ["get", "n"], 3.4, 2, 4.2, 10, 5]`, `CASE WHEN "n" < 2 THEN 3.4 WHEN "n" < 10 THEN 4.2 ELSE 5 END`},
		{`["zoom"]`, ``},
		{`["concat", "a", "b"]`, ``},
		{`["match", ["zoom"], 1, 2, 3]`, ``},
		{`["step", ["get", "n"], ["zoom"], 2, 4]`, ``},
		{`{"a": 1}`, ``},
	} {
		var in any
		if err := json.Unmarshal([]byte(c.in), &in); err != nil {
			t.Fatal(err)
		}
		got, ok := expression(in)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%s: %s, %t, want %s", c.in, got, ok, c.want)
		}
	}
}

// TestQML writes the style of every file in each theme: whatever hangs on a
// field is said in words that QGIS knows, and no rule has lost its filter.
func TestQML(t *testing.T) {
	for name, file := range templates() {
		s := geo.Schema{Name: strings.TrimPrefix(name, "plain/"), Geometry: file.Geometry}
		if strings.HasPrefix(name, "plain/") {
			s.Name, s.Geometry = "somebody's", geo.GeometryType(s.Name)
		}
		for _, theme := range Themes() {
			var out qml
			if err := xml.Unmarshal(QML(&s, theme), &out); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(out.Renderer.Symbols) == 0 || len(out.Renderer.Symbols) != len(out.Renderer.Rules.List) {
				t.Errorf("%s: %d rules with %d symbols", name, len(out.Renderer.Rules.List), len(out.Renderer.Symbols))
			}
		}
		for _, l := range paintedLayers(&s) {
			checkSaid(t, name, filler{palettes["light"], 1}.fill(l).(map[string]any))
		}
	}
}

func checkSaid(t *testing.T, name string, filled map[string]any) {
	t.Helper()
	if _, ok := expression(filled["filter"]); !ok && !aboutGeometry(filled["filter"]) {
		t.Errorf("%s: %v is not said to QGIS", name, filled["filter"])
	}
	for _, size := range []string{"circle-radius", "line-width"} {
		if v, there := filled["paint"].(map[string]any)[size]; there {
			if _, ok := expression(v); !ok {
				t.Errorf("%s: %v is not said to QGIS", name, v)
			}
		}
	}
	if in, several := filled["paint"].(map[string]any)[filled["type"].(string)+"-color"].([]any); several && (in[0] != "match" || !aboutGeometry(filled["filter"])) {
		t.Errorf("%s: the colours %v are more than classes of all", name, in)
	}
}
