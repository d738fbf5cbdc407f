package route_test

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
)

func square(lon, lat float64) orb.Polygon {
	return orb.Polygon{{{lon, lat}, {lon + 0.01, lat}, {lon + 0.01, lat + 0.01}, {lon, lat + 0.01}, {lon, lat}}}
}

// convoyWorld is the country with named places and hazards.
func convoyWorld(t *testing.T, reader geo.Reader) process.World {
	t.Helper()
	w := countryWorld(t, reader, island(t))
	places := geo.Schema{Name: "places", Title: "Places", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString, Role: geo.NameRole}}}
	hazards := geo.Schema{Name: "hazards", Title: "Hazards", Geometry: geo.AreaGeometry, Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "kind", Kind: geo.KindString}}}
	area := func(name, kind string, lon, lat float64, class geo.Class) geo.Feature {
		return geo.Feature{Geometry: square(lon, lat), Class: class, Values: []geo.Value{geo.String(name), geo.String(kind)}}
	}
	layers := append(w.Layers(),
		layertest.Build(t, places, geo.Feature{Geometry: orb.Point{0.1, 0.001}, Values: []geo.Value{geo.String("Fork")}},
			geo.Feature{Geometry: orb.Point{0.9, 0}, Class: geo.Confidential, Values: []geo.Value{geo.String("Hidden")}}),
		layertest.Build(t, hazards, area("on", "confirmed", 0.05, -0.005, geo.Unclassified), area("near", "suspected", 0.93, 0.005, geo.Unclassified),
			area("gone", "cleared", 0.06, -0.005, geo.Unclassified), area("far", "confirmed", 0.06, 0.5, geo.Unclassified), area("secret", "confirmed", 0.07, -0.005, geo.Confidential)))
	return process.World{Snapshot: layer.NewSnapshot("test", layers, nil, nil).WithNetwork(roadsOf(t, layers...)), Reader: reader}
}

func TestConvoySheet(t *testing.T) {
	for _, c := range []struct {
		desc    string
		reader  geo.Reader
		hazards []string
		end     string // of the leg on South
	}{
		{"who may see all", all, []string{"on", "secret", "near"}, "Hidden"},
		{"who may see what is unclassified", geo.Reader{}, []string{"on", "near"}, ""},
	} {
		r, err := processtest.Run(routeProcess(), convoyWorld(t, c.reader), `{`+across+`,"alternatives":2}`)
		if err != nil {
			t.Fatalf("%s: %v", c.desc, err)
		}
		var first []string
		for _, p := range properties(r, "hazards") {
			if p["way"].Int() == 1 {
				first = append(first, p["name"].Text())
			}
		}
		if strings.Join(first, " ") != strings.Join(c.hazards, " ") {
			t.Errorf("%s: the hazards are %v", c.desc, first)
		}
		sheet := r.Output["sheet"].List()
		if place := sheet[1].Record()["place"].Text(); place != "Fork" || sheet[1].Record()["place_m"].Float() != 111 {
			t.Errorf("%s: the first turn is at %v", c.desc, sheet[1])
		}
		if place := sheet[2].Record()["place"].Text(); place != c.end {
			t.Errorf("%s: the second turn is at %q", c.desc, place)
		}
	}
}

func TestHazardsAlong(t *testing.T) {
	r, err := processtest.Run(routeProcess(), convoyWorld(t, geo.Reader{}), `{`+across+`}`)
	if err != nil {
		t.Fatal(err)
	}
	found := properties(r, "hazards")
	// From 0.01 to 0.05 degrees east on the equator, and 553 m north of it from 0.93 on.
	if km := found[0]["at_km"].Float(); math.Abs(km-0.04*111.3195) > 0.1 || found[0]["distance_m"].Float() != 0 {
		t.Errorf("the first hazard is %v", found[0])
	}
	if m := found[1]["distance_m"].Float(); math.Abs(m-553) > 1 {
		t.Errorf("the second hazard is %v", found[1])
	}
	if gpx := r.Output["gpx"].Text(); !strings.Contains(gpx, "<name>confirmed hazard on</name><cmt>way 1</cmt>") || strings.Contains(gpx, "gone") {
		t.Errorf("the file tells of other hazards: %s", gpx)
	}
}

// Each leg counts what is nearest to it, so that legs add up to their way.
func TestLegIncidents(t *testing.T) {
	r, err := processtest.Run(routeProcess(), convoyWorld(t, all), `{`+across+`,"alternatives":2,"radius_m":20000}`)
	if err != nil {
		t.Fatal(err)
	}
	legs, listed := map[int64]int64{}, map[int64]int64{}
	for _, l := range r.Output["legs"].List() {
		legs[l.Record()["way"].Int()] += l.Record()["incidents"].Int()
	}
	for _, p := range properties(r, "incidents") {
		listed[p["way"].Int()]++
	}
	if len(listed) != 2 || listed[1] == 0 || legs[1] != listed[1] || legs[2] != listed[2] {
		t.Errorf("legs count %v, listed are %v", legs, listed)
	}
}

// Who comes first anywhere takes no longer than where help is weakest.
func TestSupport(t *testing.T) {
	r, err := processtest.Run(routeProcess(), convoyWorld(t, all), `{`+across+`,"alternatives":2}`)
	if err != nil {
		t.Fatal(err)
	}
	longest := map[[2]any]float64{}
	for _, p := range properties(r, "weakest") {
		longest[[2]any{p["way"].Int(), p["help"].Text()}] = p["minutes"].Float()
	}
	rows := r.Output["support"].List()
	if len(rows) < 20 {
		t.Fatalf("%d places are asked about", len(rows))
	}
	nearest := math.Inf(1)
	for _, row := range rows {
		v := row.Record()
		for _, kind := range []string{"reaction_force", "surgery"} {
			minutes, most := v[kind+"_min"].Float(), longest[[2]any{v["way"].Int(), kind}]
			if v[kind].Null() || !(minutes <= most+0.1) {
				t.Errorf("%s at km %v takes %v of at most %v", kind, v["at_km"], v[kind+"_min"], most)
			}
		}
		nearest = min(nearest, v["reaction_force_min"].Float())
	}
	// The force waits half an hour before it moves, and stands 0.05 degrees beyond the end.
	if want := 30 + 0.05*111_319.5/10/60; math.Abs(nearest-want) > 0.2 {
		t.Errorf("the force comes after %v minutes at best, not %v", nearest, want)
	}
}

// TestSupportByNight: a force that needs an hour and a half more by night comes
// so much later to each place that is passed in the dark.
func TestSupportByNight(t *testing.T) {
	times := func(body string) []geo.Value {
		r, err := processtest.Run(routeProcess(), convoyWorld(t, all), `{`+across+body)
		if err != nil {
			t.Fatal(err)
		}
		return r.Output["support"].List()
	}
	day, night, unsaid := times(`,"depart":"2018-03-01T10:00:00Z"}`), times(`,"depart":"2018-03-01T00:00:00Z"}`), times(`}`)
	for i, row := range night {
		v, d := row.Record(), day[i].Record()
		if v["light"].Text() != "night" || d["light"].Text() != "day" || !unsaid[i].Record()["light"].Null() {
			t.Errorf("km %v is passed by %s and %s", v["at_km"], v["light"], d["light"])
		}
		if later := v["reaction_force_min"].Float() - d["reaction_force_min"].Float(); math.Abs(later-90) > 0.11 {
			t.Errorf("km %v: the force comes %v minutes later by night", v["at_km"], later)
		}
	}
}
