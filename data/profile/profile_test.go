package profile_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/load"
	"bivouac/data/load/loadtest"
	"bivouac/data/profile"
	"bivouac/data/sharedtest"
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// readAll reads a file by the built-in profiles, and returns copies of its
// records.
func readAll(t *testing.T, path string, o load.Options) (*load.File, []geo.Feature, load.Report) {
	t.Helper()
	choice := profile.Choice{Known: profile.Builtin()}
	o.Recipe = choice.Recipe
	f, err := loadtest.Open(t, path).File(o)
	if err != nil {
		t.Fatal(err)
	}
	var all []geo.Feature
	report, err := f.Read(context.Background(), func(f *geo.Feature) error {
		c := *f
		c.Values, c.Extra = slices.Clone(f.Values), slices.Clone(f.Extra)
		all = append(all, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return f, all, report
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// textOf is a value as the test writes it, "" for null.
func textOf(v geo.Value) string {
	switch v.Kind() {
	case geo.KindNull:
		return ""
	case geo.KindString:
		return v.Text()
	}
	return v.String()
}

// TestBuiltin reads a few rows of each sender's files, with the columns that
// they have.
func TestBuiltin(t *testing.T) {
	for _, c := range []struct {
		desc, profile, collection, text string
		want                            []string // field=value of the first row
		codes                           string   // that nobody knows, as field=code
		warns                           string
	}{
		{
			desc: "ACLED: a device that was found", profile: "acled", collection: "incidents",
			text: "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,civilian_targeting,country,latitude,longitude,geo_precision,source,notes,fatalities\n" +
				"MLI1234,05 May 2018,2018,1,Strategic developments,Strategic developments,Disrupted weapons use,,Mali,16.27,-0.04,2,UN,a pit,0\n",
			want: []string{"source_id=MLI1234", "time=2018-05-05T00:00:00Z", "time_precision=day", "place_precision=3", "category=ied", "outcome=found", "target=", "killed=0", "source=UN"},
		},
		{
			desc: "ACLED: an attack on civilians", profile: "acled", collection: "incidents",
			text: "event_id_cnty,event_date,time_precision,event_type,sub_event_type,civilian_targeting,latitude,longitude,geo_precision,fatalities\n" +
				"MLI1,2018-05-05,2,Explosions/Remote violence,Remote explosive/landmine/IED,Civilian targeting,16.27,-0.04,1,3\n",
			want: []string{"time_precision=week", "place_precision=1", "category=ied", "outcome=detonated", "target=civilians", "killed=3"},
		},
		{
			desc: "Geo-PKO", profile: "geo-pko", collection: "bases",
			text: "Source,Mission,Year,Month,Location,Country,Latitude,Longitude,No.Troops,HQ\nMap 4506,MINUSMA,2018,5,Gao,Mali,16.27,-0.04,1200,0\n",
			want: []string{"mission=MINUSMA", "name=Gao", "military=1200", "kind=", "source=Map 4506"},
		},
		{
			desc: "accidents with names of victims", profile: "imsma-accident", collection: "incidents",
			text: "accident_localid,date_of_accident,accident_kind,latitude,longitude,killed,injured,victim_name,date_of_birth,victim_address\nA-7,2018-03-01,UXO,16.2,-0.1,0,2,Somebody,2001-02-03,Gao\n",
			want: []string{"source_id=A-7", "category=erw", "outcome=detonated", "injured=2"}, warns: "victim_name",
		},
		{
			desc: "accidents of a kind that nobody knows", profile: "imsma-accident", collection: "incidents",
			text: "accident_id,date,accident_type,latitude,longitude\n9,2018-03-01,booby trap,16.2,-0.1\n",
			want: []string{"source_id=9", "category=booby trap"}, codes: "category=booby trap",
		},
		{
			desc: "HXL under two rows of headers", profile: "hxl-incidents", collection: "incidents",
			text: "Incidents of May,,,,\nDate,Kind,Breite,Laenge,Tote\n#date+occurred,#event +type,#geo+lat,#geo+lon,#affected+killed\n2018-05-05,mine,16.2,-0.1,2\n",
			want: []string{"time=2018-05-05T00:00:00Z", "category=mine", "killed=2"},
		},
		{
			desc: "HXL places, attributes in another order", profile: "hxl-places", collection: "places",
			text: "#loc+name,#geo+lat,#geo+lon,#population+total\nGao,16.27,-0.04,86633\n", want: []string{"name=Gao", "population=86633"},
		},
		{desc: "a plain table", profile: "", collection: "rows", text: "id,name,lon,lat\n1,Gao,-0.04,16.27\n", want: []string{"name=Gao"}},
	} {
		f, all, report := readAll(t, file(t, "rows.csv", c.text), load.Options{})
		s := f.Schema()
		if f.Profile() != c.profile || s.Name != c.collection || report.Refused > 0 || len(all) != 1 {
			t.Errorf("%s: profile %q, collection %s: %v", c.desc, f.Profile(), s.Name, report)
			continue
		}
		if all[0].Geometry == nil {
			t.Errorf("%s: no place", c.desc)
		}
		for _, w := range c.want {
			name, want, _ := strings.Cut(w, "=")
			if got := textOf(all[0].Value(s.Field(name))); got != want {
				t.Errorf("%s: %s is %q, want %q", c.desc, name, got, want)
			}
		}
		if field, code, ok := strings.Cut(c.codes, "="); ok && report.UnknownCodes[field][code] != 1 {
			t.Errorf("%s: unknown codes %v", c.desc, report.UnknownCodes)
		}
		if c.warns != "" && !strings.Contains(strings.Join(geo.Texts(report.Warnings), "; "), c.warns) {
			t.Errorf("%s: warnings %q", c.desc, report.Warnings)
		}
		if text := string(all[0].Extra); strings.Contains(text, "Somebody") || strings.Contains(text, "2001-02-03") {
			t.Errorf("%s: data of persons are kept: %s", c.desc, text)
		}
	}
}

// TestParse refuses bodies that would do other than their writer thinks.
func TestParse(t *testing.T) {
	for _, c := range []struct{ desc, body, where string }{
		{"no JSON", `{`, "profile"},
		{"a misspelt member", `{"collection":"incidents","all":["a"],"feilds":{}}`, "profile"},
		{"no collection", `{"all":["a"],"fields":{}}`, "collection"},
		{"known by nothing", `{"collection":"incidents","fields":{}}`, "all"},
		{"a field that the collection lacks", `{"collection":"incidents","all":["a"],"fields":{"colour":{"from":["a"]}}}`, "fields.colour"},
		{"a field from nowhere", `{"collection":"incidents","all":["a"],"fields":{"killed":{}}}`, "fields.killed"},
		{"half a place", `{"collection":"incidents","all":["a"],"longitude":"x","fields":{}}`, "longitude"},
	} {
		_, err := profile.Parse("x", []byte(c.body))
		if e, ok := err.(*geo.Error); !ok || e.Where != c.where {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

// TestDocumentsGoFirst chooses among built-in and stored profiles.
func TestDocumentsGoFirst(t *testing.T) {
	own := geo.Doc{Kind: profile.Kind, ID: "acled", Body: []byte(`{"collection":"reports","all":["event_id_cnty"],"fields":{"source_id":{"from":["event_id_cnty"]}}}`)}
	known := profile.Known([]geo.Doc{own, {Kind: profile.Kind, ID: "broken", Body: []byte(`{}`)}})
	columns := []string{"event_id_cnty", "event_date", "sub_event_type"}
	choice := profile.Choice{Known: known}
	if r := choice.Recipe(columns); r == nil || r.Collection != "reports" {
		t.Errorf("the stored profile is not chosen: %+v", r)
	}
	if choice.ID = profile.None; choice.Recipe(columns) != nil {
		t.Error("none is a profile")
	}
	if choice.ID = "nobody"; choice.Check() == nil {
		t.Error("an unknown profile is taken")
	}
}

func TestUCDPBecomesIncidents(t *testing.T) {
	_, all, _ := readAll(t, sharedtest.Path(t, "ucdp_ged_sample1000/ucdp_ged_v23_1_sample1000.csv"), load.Options{Collection: "incidents"})
	f, err := loadtest.Open(t, sharedtest.Path(t, "ucdp_ged_sample1000/ucdp_ged_v23_1_sample1000.csv")).File(load.Options{Collection: "incidents"})
	if err != nil {
		t.Fatal(err)
	}
	s := f.Schema()
	get := func(i int, name string) string { return all[i].Value(s.Field(name)).String() }
	for name, want := range map[string]string{
		"source_id": `"300380"`, "time": "2013-01-03T00:00:00Z", "time_end": "2013-01-03T23:59:59Z", "time_precision": `"day"`, "place_precision": "1",
		"category": `"other"`, "target": "null", "killed": "2", "civilians_killed": "0", "source": `"SOHR; VDC"`,
	} {
		if got := get(0, name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if all[0].Valid.String() != "2013-01-03T00:00:00Z/2013-01-03T23:59:59.000001Z" || all[0].SourceID != "300380" {
		t.Errorf("stands %v under %q", all[0].Valid, all[0].SourceID)
	}
	const extra = `{"relid":"SYR-2013-1-11973-99","year":2013,"active_year":1,"code_status":"Clear","type_of_violence":1,`
	if got := string(all[0].Extra); len(got) < len(extra) || got[:len(extra)] != extra {
		t.Errorf("the rest is %s", got)
	}
}

// The same events as GeoJSON, with every column a property, become the same
// incidents.
func TestUCDPAsGeoJSON(t *testing.T) {
	csv := sharedtest.Path(t, "ucdp_ged_sample1000/ucdp_ged_v23_1_sample1000.csv")
	plain, rows, _ := readAll(t, csv, load.Options{Collection: "ged"})
	s := plain.Schema()
	text := []byte(`{"type":"FeatureCollection","features":[`)
	for i := range rows {
		text = append(geojson.AppendGeoFeature(text, &s, &rows[i]), ',')
	}
	text = append(text[:len(text)-1], "]}"...)
	_, want, _ := readAll(t, csv, load.Options{Collection: "incidents"})
	_, got, report := readAll(t, file(t, "ged.json", string(text)), load.Options{Collection: "incidents"})
	if report.Refused != 0 || len(got) != len(want) {
		t.Fatal(report)
	}
	for i := range want {
		if !orb.Equal(got[i].Geometry, want[i].Geometry) || got[i].Valid != want[i].Valid || got[i].SourceID != want[i].SourceID {
			t.Fatalf("event %d is %+v, not %+v", i+1, got[i], want[i])
		}
		for j := range want[i].Values {
			if !got[i].Values[j].Equal(want[i].Values[j]) {
				t.Fatalf("event %d: value %d is %v, not %v", i+1, j, got[i].Values[j], want[i].Values[j])
			}
		}
	}
}
