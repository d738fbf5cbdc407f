package schema

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
)

func TestFilesAreWrittenAsTheHouseWritesThem(t *testing.T) {
	names, err := fs.Glob(files, "*.json")
	if err != nil || len(names) != len(Builtin()) {
		t.Fatalf("%d files for %d collections, %v", len(names), len(Builtin()), err)
	}
	for _, s := range Builtin() {
		file, err := files.ReadFile(s.Name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := json.Indent(&want, jsonschema.Append(nil, &s, jsonschema.Stored, ""), "", "  "); err != nil {
			t.Fatal(err)
		}
		want.WriteByte('\n')
		if !bytes.Equal(file, want.Bytes()) {
			t.Errorf("%s.json is not what its schema is written as", s.Name)
		}
	}
}

func TestEveryCollectionSaysWhatItIs(t *testing.T) {
	for _, s := range Builtin() {
		for _, role := range []geo.Role{geo.MissionRole, geo.ClassRole, geo.SourceIDRole} {
			if s.WithRole(role) < 0 {
				t.Errorf("%s has no field of the role %s", s.Name, role)
			}
		}
		if s.Title == "" || s.Description == "" || s.Geometry == geo.NoGeometry {
			t.Errorf("%s has no title, description or geometry", s.Name)
		}
		for _, f := range s.Fields {
			if f.Title == "" || !strings.HasSuffix(f.Description, ".") {
				t.Errorf("%s.%s has no title, or no sentence that describes it", s.Name, f.Name)
			}
		}
	}
}

func TestBuiltinHoldsTheFieldsOfTheDesign(t *testing.T) {
	for id, want := range map[string]string{
		"areas":     "kind code name wet_months timezone",
		"places":    "name kind population weight",
		"reports":   "time kind severity text",
		"corridors": "kind season",
		"hazards":   "kind reported released",
		"bases": "mission name kind status opened closed military police civilians capacity annual_cost_usd closure_cost_usd opening_cost_usd closure_lead_days hub stock_days " +
			"medical_level surgical_module surgeries_per_day beds runway_m helipad patrol_radius_km environment_score source confidence",
		"assets":            "base type count notice_day_min notice_night_min cruise_kmh range_km endurance_h night patients load_min",
		"incidents":         "mission sector time time_end time_precision reported place_precision category device outcome target killed injured route source reliability credibility review_status duplicate_of notes",
		"routes":            "name ref role surface status verified cleared clearance_method season speed_kmh one_way",
		"movements":         "vehicles km kind",
		"roads":             "name ref highway surface status season speed_kmh one_way access junction bridge tunnel ford max_weight_t",
		"barriers":          "kind status access delay_min",
		"turn_restrictions": "kind from_road to_road except",
	} {
		s, ok := Named(id)
		if !ok {
			t.Errorf("there is no %s", id)
			continue
		}
		for _, name := range strings.Fields(want) {
			if s.Field(name) < 0 {
				t.Errorf("%s has no field %s", id, name)
			}
		}
	}
	if _, ok := Named("../schema"); ok {
		t.Error("a name that is no collection is found")
	}
}

func TestFill(t *testing.T) {
	const day = 100 * geo.Day
	incidents, _ := Named("incidents")
	bases, _ := Named("bases")
	movements, _ := Named("movements")
	at := func(t geo.Time) geo.Value { return geo.TimeValue(t) }
	for _, c := range []struct {
		desc   string
		schema geo.Schema
		values geo.Values
		want   geo.Interval
	}{
		{"a moment", incidents, geo.Values{"time": at(day + 5)}, geo.Instant(day + 5)},
		{"nobody knows when", incidents, geo.Values{}, geo.UnknownTime},
		{"known to the day", incidents, geo.Values{"time": at(day + 5), "time_precision": geo.String("day")}, geo.Between(day+5, day+geo.Day)},
		{"known to the hour", incidents, geo.Values{"time": at(day), "time_precision": geo.String("hour")}, geo.Instant(day)},
		{"over two days", incidents, geo.Values{"time": at(day), "time_end": at(day + 2*geo.Day - geo.Second)}, geo.Between(day, day+2*geo.Day-geo.Second+1)},
		{"a day", movements, geo.Values{"date": at(day)}, geo.Between(day, day+geo.Day)},
		{"a day before 1970", movements, geo.Values{"date": at(-day)}, geo.Between(-day, -day+geo.Day)},
		{"a base of which nothing is said", bases, geo.Values{}, geo.Interval{}},
		{"a base that stands", bases, geo.Values{"opened": at(day)}, geo.From(day)},
		{"a base that closed at the end of a day", bases, geo.Values{"opened": at(day), "closed": at(day + geo.Day)}, geo.Between(day, day+2*geo.Day)},
		{"a base that closed, nobody knows when it opened", bases, geo.Values{"closed": at(day)}, geo.Interval{End: geo.End{Kind: geo.At, Time: day + geo.Day}}},
	} {
		f := feature(&c.schema, c.values)
		if err := geo.Fill(&c.schema, &f); err != nil || f.Valid != c.want {
			t.Errorf("%s: %v, %v, want %v", c.desc, f.Valid, err, c.want)
		}
	}
}

func feature(s *geo.Schema, values geo.Values) geo.Feature {
	f := geo.Feature{Values: make([]geo.Value, len(s.Fields))}
	for name, v := range values {
		f.Values[s.Field(name)] = v
	}
	return f
}

func TestFillTakesRoles(t *testing.T) {
	s, _ := Named("bases")
	f := feature(&s, geo.Values{"mission": geo.String("MINUSMA"), "classification": geo.String("confidential"), "source_id": geo.String("7")})
	if err := geo.Fill(&s, &f); err != nil || f.Mission != "MINUSMA" || f.Class != geo.Confidential || f.SourceID != "7" {
		t.Errorf("%+v, %v", f, err)
	}
	f = feature(&s, geo.Values{"classification": geo.String("secret")})
	if err := geo.Fill(&s, &f); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("an unknown class gives %v", err)
	}
	f = feature(&s, geo.Values{"opened": geo.TimeValue(5 * geo.Day), "closed": geo.TimeValue(geo.Day)})
	if err := geo.Fill(&s, &f); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("closed before opened gives %v", err)
	}
	f = geo.Feature{SourceID: "kept", Mission: "kept"}
	if err := geo.Fill(&s, &f); err != nil || f.SourceID != "kept" || f.Mission != "kept" {
		t.Errorf("what no field says is lost: %+v, %v", f, err)
	}
}
