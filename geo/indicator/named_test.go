package indicator_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/indicator"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
)

// reports is a collection with all that the built-in indicators ask for.
var reports = geo.Schema{Name: "incidents", Title: "Incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
	{Name: "reported", Kind: geo.KindTime},
	{Name: "mission", Kind: geo.KindString},
	{Name: "category", Kind: geo.KindString},
	{Name: "outcome", Kind: geo.KindString},
	{Name: "target", Kind: geo.KindString},
	{Name: "killed", Kind: geo.KindInt},
	{Name: "injured", Kind: geo.KindInt},
	{Name: "peacekeepers_killed", Kind: geo.KindInt},
	{Name: "peacekeepers_injured", Kind: geo.KindInt},
	{Name: "place_precision", Kind: geo.KindInt},
	{Name: "duplicate_of", Kind: geo.KindString},
}}

// report is an incident on a day, reported some days later, of a line of JSON.
func report(t testing.TB, day string, delay float64, fields string) geo.Feature {
	t.Helper()
	when := at(day)
	f := geo.Feature{Geometry: orb.Point{1, 16}, Valid: geo.Instant(when), Values: make([]geo.Value, len(reports.Fields))}
	f.Values[0], f.Values[1] = geo.TimeValue(when), geo.TimeValue(when+geo.Time(delay*float64(geo.Day)))
	var said map[string]any
	if err := json.Unmarshal([]byte(fields), &said); err != nil {
		t.Fatal(err)
	}
	for name, v := range said {
		switch v := v.(type) {
		case string:
			f.Values[reports.Field(name)] = geo.String(v)
		case float64:
			f.Values[reports.Field(name)] = geo.Int(int64(v))
		case nil:
			if name == "place" {
				f.Geometry = nil
				continue
			}
			f.Values[reports.Field(name)] = geo.Value{}
		}
	}
	return f
}

// halves is four incidents in the first half of 2018 and eight in the second.
func halves(t testing.TB, docs ...geo.Doc) process.World {
	var all []geo.Feature
	for i := range 12 {
		fields := fmt.Sprintf(`{"mission":%q,"category":"ied","outcome":%q,"target":"peacekeepers","killed":%d,"injured":1,"peacekeepers_killed":%d,"peacekeepers_injured":0,"place_precision":%d}`,
			[]string{"A", "B", "B"}[i%3], []string{"detonated", "found"}[i%2], i%3, i%2, 1+i%4)
		day := "2018-02-03"
		if i >= 4 {
			day = fmt.Sprintf("2018-%02d-11", 7+(i-4)/2)
		}
		all = append(all, report(t, day, float64(i), fields))
	}
	all = append(all,
		report(t, "2018-03-01", 1, `{"category":"ied","killed":9,"injured":9,"duplicate_of":"x"}`),
		report(t, "2018-03-02", 2, `{"category":"accident","killed":0,"injured":0,"peacekeepers_killed":5,"peacekeepers_injured":0,"reported":null,"place":null,"place_precision":1}`))
	l := layertest.Build(t, reports, all...)
	return process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{l}, docs, []layer.Moment{{Version: 1, At: 5}, {Version: 4, At: 9}}), Reader: geo.Reader{Ceiling: geo.Confidential}}
}

// pick reads a path of an answer, such as total/figure.
func pick(r process.Result, path string) geo.Value {
	v := geo.Record(r.Output)
	for step := range strings.SplitSeq(path, "/") {
		if i := 0; v.Kind() == geo.KindList {
			fmt.Sscan(step, &i)
			v = v.List()[i]
			continue
		}
		v = v.Record()[step]
	}
	return v
}

// TestBuiltins computes each by hand. The duplicate is in none.
func TestBuiltins(t *testing.T) {
	w := halves(t)
	for _, c := range []struct {
		id    string
		want  float64
		of    string
		count int64
	}{
		{"incidents", 13, "null", 13},
		{"share-aimed-at-peacekeepers", 1, "12", 12},
		{"killed", 12, "null", 13},
		{"injured", 12, "null", 13},
		{"peacekeepers-killed", 6, "null", 12},
		{"casualties-per-incident", 24.0 / 13, "13", 13},
		{"peacekeeper-casualties-per-incident", 0.5, "12", 12},
		{"share-found", 0.5, "12", 12},
		{"reporting-delay", 5.5, "12", 13},
	} {
		r, err := execute(w, fmt.Sprintf(`{"indicator":%q,"period":"none"}`, c.id))
		if err != nil {
			t.Errorf("%s: %v", c.id, err)
			continue
		}
		lower, upper := pick(r, "total/figure_lower").Float(), pick(r, "total/figure_upper").Float()
		if got := pick(r, "total/figure").Float(); !near(got, c.want) || !(lower <= got && got <= upper && lower < upper) || pick(r, "total/figure_of").String() != c.of || pick(r, "total/count").Int() != c.count {
			t.Errorf("%s: %v, want %v of %s", c.id, r.Output["total"], c.want, c.of)
		}
		if pick(r, "definition/id").Text() != c.id || pick(r, "definition/title").Text() == "" || !pick(r, "definition/version").Null() {
			t.Errorf("%s: %v", c.id, r.Output["definition"])
		}
	}
	if len(indicator.Builtins()) != 9 {
		t.Errorf("%d are built in", len(indicator.Builtins()))
	}
}

// TestDefinitions asks by documents: what the question says goes before what
// the indicator says, but its filter is joined.
func TestDefinitions(t *testing.T) {
	doc := func(id, body string, class geo.Class) geo.Doc {
		return geo.Doc{Kind: indicator.DocKind, ID: id, Title: "T", Body: []byte(body), Rev: 4, Class: class}
	}
	w := halves(t,
		doc("ours", `{"filter":"category = 'ied'","measure":"sum","sum":["killed"],"period":"quarter","wanted":"fall","target":3}`, geo.Confidential),
		doc("incidents", `{"filter":"mission = 'A'","period":"none"}`, geo.Unclassified),
		doc("theirs", `{}`, geo.StrictlyConfidential), doc("broken", `{"sum":"killed"}`, geo.Unclassified), doc("lost", `{"measure":"sum","sum":["wounded"]}`, geo.Unclassified))
	for _, c := range []struct{ desc, inputs, path, want string }{
		{"its measure", `{"indicator":"ours"}`, "total/figure", "21"},
		{"its filter and the question's", `{"indicator":"ours","filter":"mission = 'A'"}`, "total/count", "4"},
		{"its period", `{"indicator":"ours"}`, "periods/0/start", "2018-01-01T00:00:00Z"},
		{"another period", `{"indicator":"ours","period":"year"}`, "periods/0/count", "13"},
		{"another measure", `{"indicator":"ours","measure":"count"}`, "total/figure", "13"},
		{"held to its target in each period", `{"indicator":"ours"}`, "periods/0/verdict", `"not decided"`},
		{"not as a whole", `{"indicator":"ours"}`, "total/verdict", "null"},
		{"with a trend", `{"indicator":"ours"}`, "trend/heading", `"not shown"`},
		{"without one", `{"indicator":"ours","trend":false}`, "trend", "null"},
		{"of the built-in's id", `{"indicator":"incidents"}`, "total/figure", "4"},
		{"which version it is of", `{"indicator":"ours"}`, "definition/version", "4"},
	} {
		r, err := execute(w, c.inputs)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		if got := pick(r, c.path).String(); got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.desc, c.path, got, c.want)
		}
		if r.Version != 4 || r.At != 9 || len(r.Docs) != 1 {
			t.Errorf("%s: of version %d", c.desc, r.Version)
		}
	}
	for _, c := range []struct{ desc, inputs, where, want string }{
		{"none of the name", `{"indicator":"nothing"}`, "indicator", "there are incidents, share-aimed-at-peacekeepers"},
		{"one that the reader may not see", `{"indicator":"theirs"}`, "indicator", `no indicator "theirs"`},
		{"one that does not hold together", `{"indicator":"broken"}`, "indicator", "the indicator broken cannot be computed: sum: must be a list"},
		{"one of a field that is none", `{"indicator":"lost"}`, "indicator", `the indicator lost cannot be computed: sum: incidents has no field "wounded"`},
		{"with a mistake of the question's own", `{"indicator":"ours","sum":["wounded"]}`, "sum", "no field"},
		{"with a bad filter of the question's own", `{"indicator":"ours","filter":"x = 1"}`, "filter", "no property x"},
	} {
		_, err := execute(w, c.inputs)
		e, ok := err.(*geo.Error)
		if !ok || e.Where != c.where || !strings.Contains(e.Text, c.want) || strings.Contains(e.Text, ", theirs") {
			t.Errorf("%s: %v, want %s: %s", c.desc, err, c.where, c.want)
		}
	}
}

// TestBadFigures wants errors of the inputs beside counts by their names.
func TestBadFigures(t *testing.T) {
	w := halves(t)
	for _, c := range []struct{ inputs, where, want string }{
		{`{"measure":"mean"}`, "measure", "must be one of"},
		{`{"measure":"sum"}`, "sum", "the measure sum needs a number field"},
		{`{"measure":"share"}`, "hits", "needs a filter"},
		{`{"measure":"ratio","sum":["killed"]}`, "per", "needs a number field to divide by"},
		{`{"measure":"ratio","sum":["killed"],"per":"mission"}`, "per", "mission is a string"},
		{`{"measure":"delay","to":"reported"}`, "from", "needs the time field"},
		{`{"measure":"delay","from":"time","to":"killed"}`, "to", "killed is a"},
		{`{"target":3}`, "wanted", "needs a direction"},
		{`{"target":3,"wanted":"up"}`, "wanted", "must be one of"},
		{`{"trend":true,"period":"none"}`, "trend", "needs periods"},
		{`{"compare":"before"}`, "datetime", "needs a time with both ends"},
		{`{"compare":"before","datetime":"2018-01-01/.."}`, "datetime", "both ends"},
		{`{"compare":"last week","datetime":"2018-01-01/2018-02-01"}`, "compare", "is not a day"},
		{`{"compare":"../2017-02-01","datetime":"2018-01-01/2018-02-01"}`, "compare", "both ends"},
		{`{"compare":"2018-02-01/2018-03-01","datetime":"2018-01-01/2018-02-01"}`, "compare", "lie apart"},
		{`{"place_precision":0}`, "place_precision", "least"},
		{`{"precision_field":"category"}`, "precision_field", "category is a string"},
		{`{"place_precision":2,"collection":"nowhere"}`, "collection", "no collection"},
	} {
		_, err := execute(w, c.inputs)
		e, ok := err.(*geo.Error)
		if !ok || e.Where != c.where || !strings.Contains(e.Text, c.want) || e.Code == geo.Internal {
			t.Errorf("%s: %v, want %s: %s", c.inputs, err, c.where, c.want)
		}
	}
}

// TestPlaces counts what has no place, and leaves out what is not known well
// enough.
func TestPlaces(t *testing.T) {
	w := halves(t)
	r, err := execute(w, `{"period":"none","groupby":"category"}`)
	if err != nil || pick(r, "total/without_place").Int() != 1 || pick(r, "groups/0/without_place").Int() != 0 || pick(r, "groups/1/without_place").Int() != 1 {
		t.Errorf("%v, %v", r.Output, err)
	}
	r, err = execute(w, `{"period":"year","place_precision":2}`)
	if err != nil || fmt.Sprint(r.Dropped) != "map[does not say how well its place is known:1 place known less well than asked:6 without a place:1]" || r.Used != 6 || r.Selected != 14 {
		t.Errorf("%d of %d, %v, %v", r.Used, r.Selected, r.Dropped, err)
	}
}
