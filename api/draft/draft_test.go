package draft_test

import (
	"errors"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/api/draft"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/crs"
)

var schema = geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "title", Kind: geo.KindString, Required: true},
	{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
	{Name: "killed", Kind: geo.KindInt},
	{Name: "mission", Kind: geo.KindString, Role: geo.MissionRole},
	{Name: "classification", Kind: geo.KindString, Role: geo.ClassRole},
	{Name: "source_id", Kind: geo.KindString, Role: geo.SourceIDRole},
	{Name: "more", Kind: geo.KindRecord},
}}

const (
	noon = geo.Time(12 * 3600 * geo.Second)
	rows = `"title":"IED","time":"1970-01-01T12:00:00Z","killed":2,"mission":"A","classification":"confidential","source_id":"s-1"`
)

// stored is a record whose fields and roles agree, as loaders leave it.
func stored() geo.Feature {
	return geo.Feature{
		Key: 7, Rev: 3, SourceID: "s-1", Geometry: orb.Point{1, 2}, Z: []float64{9}, Mission: "A", Class: geo.Confidential, Valid: geo.Instant(noon),
		Values: []geo.Value{geo.String("IED"), geo.TimeValue(noon), geo.Int(2), geo.String("A"), geo.String("confidential"), geo.String("s-1")},
		Extra:  []byte(`{"a":1,"b":2}`),
	}
}

var (
	everything = geo.Reader{Ceiling: geo.StrictlyConfidential}
	missionA   = geo.Reader{Ceiling: geo.Confidential, Missions: []string{"A"}}
)

func TestOver(t *testing.T) {
	for _, c := range []struct {
		desc, body string
		whole      bool
		reader     geo.Reader
		want       func(f *geo.Feature) // turns the stored record into the wanted one
	}{
		{"an empty patch", `{}`, false, missionA, func(*geo.Feature) {}},
		{"a patch of one property", `{"properties":{"killed":3}}`, false, missionA, func(f *geo.Feature) { f.Values[2] = geo.Int(3) }},
		{"a patch to null", `{"properties":{"killed":null}}`, false, missionA, func(f *geo.Feature) { f.Values[2] = geo.Value{} }},
		{"a patch of the place", `{"geometry":{"type":"Point","coordinates":[3,4]}}`, false, missionA, func(f *geo.Feature) { f.Geometry, f.Z = orb.Point{3, 4}, nil }},
		{"a patch that takes the place away", `{"geometry":null}`, false, missionA, func(f *geo.Feature) { f.Geometry, f.Z = nil, nil }},
		{"another time", `{"properties":{"time":"1970-01-02T00:00:00Z"}}`, false, missionA, func(f *geo.Feature) {
			f.Values[1], f.Valid = geo.TimeValue(geo.Day), geo.Instant(geo.Day)
		}},
		{"no time", `{"properties":{"time":null}}`, false, missionA, func(f *geo.Feature) { f.Values[1], f.Valid = geo.Value{}, geo.UnknownTime }},
		{"a mission for all", `{"properties":{"mission":null}}`, false, missionA, func(f *geo.Feature) { f.Values[3], f.Mission = geo.Value{}, "" }},
		{"another class", `{"properties":{"classification":"unclassified"}}`, false, missionA, func(f *geo.Feature) {
			f.Values[4], f.Class = geo.String("unclassified"), geo.Unclassified
		}},
		{"a whole record that names all", `{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2,9]},"properties":{` + rows + `}}`, true, missionA, func(*geo.Feature) {}},
		{"a whole record that leaves words out keeps who sees it", `{"type":"Feature","geometry":null,"properties":{"title":"IED"}}`, true, missionA, func(f *geo.Feature) {
			f.Geometry, f.Z, f.Values[1], f.Values[2], f.Valid = nil, nil, geo.Value{}, geo.Value{}, geo.UnknownTime
		}},
		{"source fields as they were, otherwise written", `{"properties":{"extra":{"b":2, "a":1}}}`, false, missionA, func(*geo.Feature) {}},
		{"a source id by one who sees all", `{"properties":{"source_id":"s-2"}}`, false, everything, func(f *geo.Feature) { f.Values[5], f.SourceID = geo.String("s-2"), "s-2" }},
		{"no source id by one who sees all", `{"properties":{"source_id":null}}`, false, everything, func(f *geo.Feature) { f.Values[5], f.SourceID = geo.Value{}, "" }},
		{"the same source id by another", `{"properties":{"source_id":"s-1"}}`, false, missionA, func(*geo.Feature) {}},
	} {
		old, want := stored(), stored()
		c.want(&want)
		got, err := draft.Over(&schema, &old, parse(t, c.body, c.whole), c.reader)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		compare(t, c.desc, &got, &want)
		again := stored()
		compare(t, c.desc+": the old record", &old, &again)
	}
}

func compare(t *testing.T, desc string, got, want *geo.Feature) {
	t.Helper()
	for i := range schema.Fields {
		if !got.Value(i).Equal(want.Value(i)) {
			t.Errorf("%s: %s is %v, want %v", desc, schema.Fields[i].Name, got.Value(i), want.Value(i))
		}
	}
	if got.SourceID != want.SourceID || got.Mission != want.Mission || got.Class != want.Class || got.Valid != want.Valid || got.Key != want.Key ||
		len(got.Z) != len(want.Z) || string(got.Extra) != string(want.Extra) || got.Geometry != want.Geometry {
		t.Errorf("%s: %+v, want %+v", desc, got, want)
	}
}

func parse(t *testing.T, body string, whole bool) *params.Edit {
	t.Helper()
	read := params.ParsePatch
	if whole {
		read = params.ParseFeature
	}
	e, err := read([]byte(body), &schema, crs.CRS84)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return e
}

// TestBeside keeps what was set beside the fields: nothing in the body can say
// it, and a word left out must not open the record.
func TestBeside(t *testing.T) {
	old := stored()
	old.Values[3], old.Values[4], old.Values[5] = geo.Value{}, geo.Value{}, geo.Value{}
	old.Valid = geo.Between(1, 5)
	for _, body := range []string{
		`{"type":"Feature","geometry":null,"properties":{"title":"IED","time":"1970-01-01T12:00:00Z"}}`,
		`{"type":"Feature","geometry":null,"properties":{"title":"IED","time":"1970-01-01T12:00:00Z","mission":null,"classification":null,"source_id":null}}`,
	} {
		got, err := draft.Over(&schema, &old, parse(t, body, true), missionA)
		if err != nil || got.Mission != "A" || got.Class != geo.Confidential || got.SourceID != "s-1" || got.Valid != old.Valid {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		desc, body string
		code       geo.Code
		where      string
	}{
		{"a class above the ceiling", `{"properties":{"classification":"strictly_confidential"}}`, geo.Forbidden, "classification"},
		{"a mission outside the list", `{"properties":{"mission":"B"}}`, geo.Forbidden, "mission"},
		{"another source id", `{"properties":{"source_id":"s-2"}}`, geo.Forbidden, "source_id"},
		{"no source id", `{"properties":{"source_id":null}}`, geo.Forbidden, "source_id"},
		{"no class at all", `{"properties":{"classification":"secret"}}`, geo.Invalid, "classification"},
		{"a field that is required", `{"properties":{"title":null}}`, geo.Invalid, "title"},
		{"other source fields", `{"properties":{"extra":{"a":2}}}`, geo.Invalid, "extra"},
	} {
		old := stored()
		_, err := draft.Over(&schema, &old, parse(t, c.body, false), missionA)
		var e *geo.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Where != c.where {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

func TestNew(t *testing.T) {
	whole := func(properties string) *params.Edit {
		return parse(t, `{"type":"Feature","id":99,"geometry":{"type":"Point","coordinates":[1,2,9]},"properties":{`+properties+`,"extra":{"a":1,"b":2}}}`, true)
	}
	got, err := draft.New(&schema, whole(rows), everything)
	want := stored()
	want.Key, want.Rev = 0, 0
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "a new record", &got, &want)
	for desc, properties := range map[string]string{
		"source_id": `"title":"IED","source_id":"s-1"`, "mission": `"title":"IED","mission":"B"`,
		"classification": `"title":"IED","classification":"strictly_confidential"`, "title": `"killed":1`,
	} {
		_, err := draft.New(&schema, whole(properties), missionA)
		var e *geo.Error
		if !errors.As(err, &e) || e.Where != desc {
			t.Errorf("%s: %v", desc, err)
		}
	}
}

// TestMerge patches a record within a record.
func TestMerge(t *testing.T) {
	old := stored()
	old.Values = append(old.Values, geo.Record(geo.Values{"a": geo.Int(1), "b": geo.Record(geo.Values{"c": geo.Int(2), "d": geo.Int(3)})}))
	got, err := draft.Over(&schema, &old, parse(t, `{"properties":{"more":{"a":null,"b":{"c":5},"e":"x"}}}`, false), missionA)
	want := geo.Record(geo.Values{"b": geo.Record(geo.Values{"c": geo.Int(5), "d": geo.Int(3)}), "e": geo.String("x")})
	if err != nil || !got.Values[6].Equal(want) {
		t.Errorf("%v, %v, want %v", got.Values[6], err, want)
	}
}
