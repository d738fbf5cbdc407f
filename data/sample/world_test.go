package sample

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/shape"
)

func (f *feature) polygon(t *testing.T) orb.Polygon {
	t.Helper()
	var p orb.Polygon
	if err := json.Unmarshal(f.Geometry.Coordinates, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func (f *feature) line(t *testing.T) orb.LineString {
	t.Helper()
	var l orb.LineString
	if err := json.Unmarshal(f.Geometry.Coordinates, &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// outlines are the areas of the missions, by code.
func outlines(t *testing.T) map[string]orb.Polygon {
	t.Helper()
	all := map[string]orb.Polygon{}
	for _, a := range features(t, "areas") {
		if a.text("kind") == "mission" {
			all[a.text("mission")] = a.polygon(t)
		}
	}
	return all
}

func TestPolygonsAreValid(t *testing.T) {
	for _, collection := range []string{"areas", "hazards"} {
		for _, f := range features(t, collection) {
			p := f.polygon(t)
			if fault := shape.Validate(p); fault != nil {
				t.Errorf("%s: %v", f.text("source_id"), fault)
			}
			if p[0].Orientation() != orb.CCW {
				t.Errorf("%s runs clockwise", f.text("source_id"))
			}
		}
	}
}

func TestEveryMissionWithBasesHasAnArea(t *testing.T) {
	areas := outlines(t)
	for _, b := range features(t, "bases") {
		if areas[b.text("mission")] == nil {
			t.Errorf("%s: %s has no area", b.text("source_id"), b.text("mission"))
		}
	}
	for _, a := range features(t, "areas") {
		months, _ := a.Properties["wet_months"].([]any)
		if len(months) == 0 {
			t.Errorf("%s has no wet months", a.text("source_id"))
		}
		if _, err := time.LoadLocation(a.text("timezone")); err != nil || a.text("timezone") == "" {
			t.Errorf("%s: time zone %q, %v", a.text("source_id"), a.text("timezone"), err)
		}
	}
}

// What the planner weighs is there for every base, and holds together.
func TestBasesCarryWhatPlansNeed(t *testing.T) {
	bases := byID(t, "bases")
	for id, b := range bases {
		for _, name := range []string{
			"military", "police", "civilians", "capacity", "annual_cost_usd", "closure_cost_usd", "opening_cost_usd", "closure_lead_days", "hub",
			"stock_days", "surgical_module", "surgeries_per_day", "beds", "runway_m", "helipad", "environment_score",
		} {
			if b.Properties[name] == nil {
				t.Errorf("%s: no %s", id, name)
			}
		}
		if people := b.number("military") + b.number("police") + b.number("civilians"); people > b.number("capacity") {
			t.Errorf("%s: %d people in %d beds", id, people, b.number("capacity"))
		}
		if b.number("closure_cost_usd") >= b.number("annual_cost_usd") || b.number("opening_cost_usd") <= b.number("closure_cost_usd") {
			t.Errorf("%s: a year %d, to close %d, to open %d", id, b.number("annual_cost_usd"), b.number("closure_cost_usd"), b.number("opening_cost_usd"))
		}
		surgery, _ := b.Properties["surgical_module"].(bool)
		if level := b.text("medical_level"); surgery != (b.number("surgeries_per_day") > 0) || (level >= "L2") && !surgery || level <= "L1" && surgery {
			t.Errorf("%s: level %q, surgery %v, %d operations", id, level, surgery, b.number("surgeries_per_day"))
		}
		hub, ok := bases[b.text("hub")]
		if !ok || hub.text("mission") != b.text("mission") || hub.text("hub") != b.text("hub") && hub.text("kind") == "mission_hq" {
			t.Errorf("%s: hub %q", id, b.text("hub"))
		}
		if (b.text("hub") == id) != (b.text("kind") == "mission_hq") {
			t.Errorf("%s, a %s, is supplied from %s", id, b.text("kind"), b.text("hub"))
		}
	}
}

func TestAssetsOfEveryTypeCarryEveryField(t *testing.T) {
	types := map[string]int{}
	for _, a := range features(t, "assets") {
		types[a.text("type")]++
		for _, name := range []string{"count", "notice_day_min", "notice_night_min", "cruise_kmh", "range_km", "endurance_h", "night", "patients", "load_min"} {
			if a.Properties[name] == nil {
				t.Errorf("%s: no %s", a.text("source_id"), name)
			}
		}
		if a.number("count") < 1 || a.number("notice_night_min") < a.number("notice_day_min") && a.text("type") != "unmanned" {
			t.Errorf("%s: %v", a.text("source_id"), a.Properties)
		}
	}
	for _, kind := range []string{"helicopter", "fixed_wing", "unmanned", "ambulance", "reaction_force", "surgical_module"} {
		if types[kind] < 5 {
			t.Errorf("%d assets of type %s", types[kind], kind)
		}
	}
}

func TestHazardsAreReleasedWhenCleared(t *testing.T) {
	kinds := map[string]int{}
	for _, h := range features(t, "hazards") {
		kinds[h.text("kind")]++
		over := slices.Contains([]string{"cleared", "cancelled"}, h.text("kind"))
		if over != (h.text("released") != "") || over && h.text("released") <= h.text("reported") {
			t.Errorf("%s is %s: reported %s, released %q", h.text("source_id"), h.text("kind"), h.text("reported"), h.text("released"))
		}
	}
	for _, kind := range []string{"suspected", "confirmed", "cleared", "cancelled"} {
		if kinds[kind] < 10 {
			t.Errorf("%d hazards are %s", kinds[kind], kind)
		}
	}
}

// Clearing the hazards on it is to open each road that is closed.
func TestHazardsLieAcrossClosedRoads(t *testing.T) {
	lines := courses(t)
	for _, r := range features(t, "routes") {
		if r.text("status") != "closed" {
			continue
		}
		across := 0
		for _, h := range features(t, "hazards") {
			meets, err := shape.Intersects(lines[r.text("source_id")], h.polygon(t))
			if err != nil {
				t.Fatal(err)
			}
			if meets && h.text("kind") == "confirmed" {
				across++
			}
		}
		if across < 2 {
			t.Errorf("%d confirmed hazards lie across %s", across, r.text("source_id"))
		}
	}
}

func TestMovementsFollowTheirRoad(t *testing.T) {
	lines := map[string]orb.MultiLineString{}
	all := courses(t)
	for _, r := range features(t, "routes") {
		label := r.text("ref")
		if label == "" {
			label = r.text("name")
		}
		lines[label] = append(lines[label], all[r.text("source_id")])
	}
	kinds := map[string]int{}
	for _, m := range features(t, "movements") {
		kinds[m.text("kind")]++
		line := m.line(t)
		for _, p := range line {
			if metres, err := measure.Between(p, lines[m.text("route")]); err != nil || metres > 2000 {
				t.Errorf("%s is %.0f m from %s, %v", m.text("source_id"), metres, m.text("route"), err)
			}
		}
		km, ways := m.Properties["km"].(float64), 1.0
		if m.text("kind") == "patrol" {
			ways = 2
		}
		if long := ways * measure.Length(line) / 1000; km < long-1 || km > long+1 {
			t.Errorf("%s: %.1f km, its line %.1f", m.text("source_id"), km, long)
		}
		if d := m.text("date"); d < "2016-01-01" || d > "2018-09-30" || m.number("vehicles") < 2 {
			t.Errorf("%s: on %s with %d vehicles", m.text("source_id"), d, m.number("vehicles"))
		}
	}
	for _, kind := range []string{"supply", "patrol", "escort", "medical"} {
		if kinds[kind] < 10 {
			t.Errorf("%d movements of kind %s", kinds[kind], kind)
		}
	}
}

func TestReportsAndCorridorsAreOfEveryKind(t *testing.T) {
	for _, tt := range []struct {
		collection, field string
		want              []string
	}{
		{"reports", "kind", []string{"threat", "attack", "displacement", "device", "movement", "request", "other"}},
		{"reports", "severity", []string{"low", "medium", "high", "critical"}},
		{"corridors", "kind", []string{"livestock", "humanitarian"}},
		{"corridors", "season", []string{"all", "dry", "wet"}},
	} {
		seen := map[string]bool{}
		for _, f := range features(t, tt.collection) {
			seen[f.text(tt.field)] = true
		}
		for _, code := range tt.want {
			if !seen[code] {
				t.Errorf("no record of %s has %s %s", tt.collection, tt.field, code)
			}
		}
	}
}

// The binary carries the world: it is to stay small.
func TestTheWorldIsSmall(t *testing.T) {
	bytes := 0
	for _, c := range Collections() {
		bytes += len(c.Data)
	}
	if bytes > 4_000_000 {
		t.Errorf("the world has %d bytes", bytes)
	}
}
