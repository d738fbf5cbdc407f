package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// qgisStyle is what QGIS makes of a style.
type qgisStyle struct {
	Collection, Renderer, Message string
	Loaded                        bool
	Count                         int
	Rules                         []struct {
		Label, Colour, Width, Wrong string
		Drawn                       int
	}
}

func (s *qgisStyle) told() (out []string) {
	for _, r := range s.Rules {
		out = append(out, r.Label+" "+r.Colour)
	}
	return out
}

// TestQGISLoadsStyles loads the style of every collection: its classes and
// colours are those of the style of the tiles, and every record is in one.
func TestQGISLoadsStyles(t *testing.T) {
	server, dir := startServer(t), t.TempDir()
	collections := []string{"incidents", "routes", "bases", "hazards", "areas", "corridors", "missions", "places", "assets", "movements", "reports"}
	for _, id := range collections {
		keepTile(t, server+"/api/styles/"+id+"?f=qml", filepath.Join(dir, id+".qml"))
	}
	out := strings.TrimSpace(string(python(t, "qgis.core", "qml_in_qgis.py", append([]string{server + "/api", dir}, collections...)...)))
	styles := map[string]qgisStyle{}
	for line := range strings.SplitSeq(out, "\n") {
		var s qgisStyle
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		styles[s.Collection] = s
		drawn := 0
		for _, r := range s.Rules {
			drawn += r.Drawn
			if r.Wrong != "" {
				t.Errorf("%s: the rule %s: %s", s.Collection, r.Label, r.Wrong)
			}
		}
		if !s.Loaded || s.Renderer != "RuleRenderer" || len(s.Rules) == 0 || drawn < s.Count || s.Count == 0 {
			t.Errorf("%s: QGIS draws %d of %d records: %+v", s.Collection, drawn, s.Count, s)
		}
	}
	if len(styles) != len(collections) {
		t.Errorf("QGIS tells of %d collections", len(styles))
	}
	checkIncidentStyle(t, server, styles["incidents"])
	routes := styles["routes"]
	if told := routes.told(); len(told) != 5 || told[1] != "open #7a7163" || told[3] != "closed #c2370b" || !strings.Contains(routes.Rules[1].Width, "WHEN \"role\" = 'main_supply' THEN 2") {
		t.Errorf("QGIS draws routes as %+v", routes)
	}
}

// checkIncidentStyle holds what QGIS draws to the style of the tiles, and to what
// the server finds.
func checkIncidentStyle(t *testing.T, server string, incidents qgisStyle) {
	t.Helper()
	var tiles struct {
		Layers []struct {
			ID    string
			Paint map[string]any
		}
	}
	getJSON(t, server+"/api/styles/incidents?f=mapbox", &tiles)
	for _, l := range tiles.Layers {
		if l.ID == "incidents-dots" {
			match := l.Paint["circle-color"].([]any)
			want := []string{"detonated " + match[3].(string), "found, disarmed " + match[5].(string), "other " + match[6].(string)}
			if !slices.Equal(incidents.told(), want) {
				t.Errorf("QGIS draws incidents as %q, the tiles as %q", incidents.told(), want)
			}
		}
	}
	for i, outcome := range []string{"outcome='detonated'", "outcome IN ('found','disarmed')", "NOT (outcome IN ('detonated','found','disarmed'))"} {
		var hits struct{ NumberMatched int }
		getJSON(t, server+"/api/collections/incidents/items?resultType=hits&filter="+strings.ReplaceAll(outcome, " ", "%20"), &hits)
		if got := incidents.Rules[i].Drawn; i < 2 && got != hits.NumberMatched || got < hits.NumberMatched {
			t.Errorf("QGIS draws %d incidents where %s, the server has %d", got, outcome, hits.NumberMatched)
		}
	}
}
