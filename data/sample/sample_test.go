package sample

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// feature is a record of the world, read with the standard library so that
// the test does not lean on the decoder of the house.
type feature struct {
	Geometry struct {
		Type        string
		Coordinates json.RawMessage
	}
	Properties map[string]any
}

func (f *feature) text(name string) string {
	s, _ := f.Properties[name].(string)
	return s
}

func (f *feature) point(t *testing.T) orb.Point {
	t.Helper()
	var p orb.Point
	if err := json.Unmarshal(f.Geometry.Coordinates, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func features(t *testing.T, id string) []feature {
	t.Helper()
	for _, c := range Collections() {
		if c.ID != id {
			continue
		}
		var doc struct{ Features []feature }
		if err := json.Unmarshal(c.Data, &doc); err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		return doc.Features
	}
	t.Fatalf("no collection %q", id)
	return nil
}

func byID(t *testing.T, collection string) map[string]feature {
	t.Helper()
	all := map[string]feature{}
	for _, f := range features(t, collection) {
		all[f.text("source_id")] = f
	}
	return all
}

func TestEveryFileIsACollection(t *testing.T) {
	files, err := fs.Glob(World(), "*")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, c := range Collections() {
		want = append(want, c.ID+".geojson")
	}
	slices.Sort(want)
	if !slices.Equal(files, want) {
		t.Errorf("files %v, collections %v", files, want)
	}
}

func TestEveryRecordCanBeTraced(t *testing.T) {
	for _, c := range Collections() {
		seen := map[string]bool{}
		for i, f := range features(t, c.ID) {
			id := f.text("source_id")
			if id == "" || seen[id] {
				t.Errorf("%s record %d: source_id %q is empty or there twice", c.ID, i, id)
			}
			seen[id] = true
			for _, name := range []string{"source", "confidence"} {
				if f.text(name) == "" {
					t.Errorf("%s %s: no %s", c.ID, id, name)
				}
			}
			if got := f.text("classification"); got != "unclassified" {
				t.Errorf("%s %s: classification %q", c.ID, id, got)
			}
		}
		if len(seen) == 0 {
			t.Errorf("%s is empty", c.ID)
		}
	}
}

func TestMissions(t *testing.T) {
	status := map[string]string{
		"MINUSMA": "active", "MINUSCA": "active", "MONUSCO": "active", "UNMISS": "active", "UNAMID": "closing", "UNISFA": "active",
		"UNIFIL": "active", "UNDOF": "active", "UNFICYP": "active", "UNMIK": "active", "MINURSO": "active", "MINUJUSTH": "active",
		"UNOCI": "closed", "UNMIL": "closed", "MINUSTAH": "closed",
		"AMISOM": "supported", "UNSOS": "active", "FC-G5S": "supported",
	}
	missions := byID(t, "missions")
	for code, want := range status {
		m, ok := missions[code]
		if !ok {
			t.Errorf("no mission %s", code)
			continue
		}
		if m.text("status") != want || m.text("headquarters") == "" || m.Geometry.Type != "Point" {
			t.Errorf("%s: status %q, headquarters %q, place %q", code, m.text("status"), m.text("headquarters"), m.Geometry.Type)
		}
		if (m.text("closed") != "") != (want == "closed") {
			t.Errorf("%s: status %s and closed %q", code, want, m.text("closed"))
		}
	}
	if len(missions) != len(status) {
		t.Errorf("%d missions, want %d", len(missions), len(status))
	}
}

func TestBases(t *testing.T) {
	bases := features(t, "bases")
	if len(bases) != 98 {
		t.Errorf("%d bases, want the 98 of the input", len(bases))
	}
	missions := byID(t, "missions")
	kinds := map[string]int{}
	for _, b := range bases {
		if _, ok := missions[b.text("mission")]; !ok {
			t.Errorf("%s: no mission %q", b.text("source_id"), b.text("mission"))
		}
		if b.text("mission") == "MINUSMA" {
			kinds[b.text("kind")]++
		}
	}
	for kind, want := range map[string]int{"mission_hq": 1, "sector_hq": 4, "battalion": 6, "company": 3} {
		if kinds[kind] != want {
			t.Errorf("MINUSMA has %d bases of kind %s, want %d", kinds[kind], kind, want)
		}
	}
}

func TestBasesSayWhatTheirTextsSay(t *testing.T) {
	bases := byID(t, "bases")
	for _, tt := range []struct{ id, kind, level, status, opened, closed, confidence string }{
		{"MINUSMA/Bamako", "mission_hq", "L2", "open", "", "", "verify"},
		{"MINUSMA/Gao", "sector_hq", "L2", "open", "", "", "stated"},
		{"MINUSMA/Diabaly", "battalion", "L1", "open", "", "", "stated"},
		{"MINUSCA/Bouar", "sector_hq", "L1+", "open", "", "", "stated"},
		{"MINUSCA/Ndele", "police", "", "open", "", "", "stated"},
		{"MONUSCO/Goma", "sector_hq", "L3", "open", "", "", "verify"},
		{"UNMISS/Yei", "company", "L1", "open", "2018-01-01", "", "stated"},
		{"UNMISS/Leer", "temporary", "L1", "open", "", "", "stated"},
		{"UNAMID/Graida", "team_site", "L1", "closed", "", "2018-12-31", "stated"},
		{"UNDOF/Camp Ziouani", "logistics", "L1", "open", "", "", "stated"},
		{"MINUJUSTH/Jeremie", "police", "", "closed", "", "2018-12-31", "stated"},
	} {
		b := bases[tt.id]
		got := []string{b.text("kind"), b.text("medical_level"), b.text("status"), b.text("opened"), b.text("closed"), b.text("confidence")}
		want := []string{tt.kind, tt.level, tt.status, tt.opened, tt.closed, tt.confidence}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tt.id, got, want)
		}
	}
}

func TestAssetsStandAtTheirBase(t *testing.T) {
	bases := byID(t, "bases")
	for _, a := range features(t, "assets") {
		b, ok := bases[a.text("base")]
		if !ok {
			t.Errorf("%s: no base %q", a.text("source_id"), a.text("base"))
			continue
		}
		if a.point(t) != b.point(t) {
			t.Errorf("%s does not stand at its base", a.text("source_id"))
		}
		if !strings.Contains(a.text("source"), "synthetic") {
			t.Errorf("%s: source %q does not say what is synthetic", a.text("source_id"), a.text("source"))
		}
	}
}

func TestPlaces(t *testing.T) {
	places := features(t, "places")
	if n := len(places); n < 1200 || n > 2000 {
		t.Errorf("%d places", n)
	}
	known := 0
	for _, p := range places {
		people, ok := p.Properties["population"].(float64)
		if ok && people <= 0 {
			t.Errorf("%s: population %v, want null where it is unknown", p.text("source_id"), people)
		}
		if ok {
			known++
		}
		if p.Properties["weight"] != nil {
			t.Errorf("%s has a weight", p.text("source_id"))
		}
	}
	if known < 800 {
		t.Errorf("only %d of %d places have a population", known, len(places))
	}
	bamako := byID(t, "places")["geonames:2460596"]
	if bamako.text("name") != "Bamako" || bamako.Properties["population"] != 1297281.0 || bamako.point(t) != (orb.Point{-8, 12.65}) {
		t.Errorf("Bamako: %v at %v", bamako.Properties, bamako.point(t))
	}
}

func TestTheWorldSaysWhatItIs(t *testing.T) {
	for _, word := range []string{"Public facts", "approximate", "demonstration", "illustrative", "Synthetic", "every incident", "strengths, costs"} {
		if !strings.Contains(Description, word) {
			t.Errorf("the description does not say %q", word)
		}
	}
	if !strings.Contains(strings.Join(Attribution, "\n"), "GeoNames, www.geonames.org, CC BY 4.0") {
		t.Error("GeoNames is not attributed")
	}
}
