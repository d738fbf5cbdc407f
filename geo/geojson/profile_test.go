package geojson

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

// TestWhen turns what is known of a record's time into what JSON-FG can say.
func TestWhen(t *testing.T) {
	const noon, day = geo.Time(17000)*geo.Day + 12*3600*geo.Second, geo.Time(17000) * geo.Day // 2016-07-18
	unknown := geo.End{Kind: geo.Unknown}
	at := func(t geo.Time) geo.End { return geo.End{Kind: geo.At, Time: t} }
	for _, c := range []struct {
		desc string
		i    geo.Interval
		want string
	}{
		{"nothing is said", geo.Interval{}, `null`},
		{"nobody knows", geo.UnknownTime, `null`},
		{"an end that nobody knows is not open", geo.Interval{Start: at(day), End: unknown}, `null`},
		{"a start that nobody knows is not open", geo.Interval{Start: unknown, End: at(day)}, `null`},
		{"open on both sides", geo.Interval{Start: geo.End{Kind: geo.Open}, End: geo.End{Kind: geo.Open}}, `null`},
		{"an instant", geo.Instant(noon), `{"timestamp":"2016-07-18T12:00:00Z"}`},
		{"an instant with its fraction", geo.Instant(noon + 1500), `{"timestamp":"2016-07-18T12:00:00.0015Z"}`},
		{"an instant at midnight is no day", geo.Instant(day), `{"timestamp":"2016-07-18T00:00:00Z"}`},
		{"a day", geo.Between(day, day+geo.Day), `{"date":"2016-07-18"}`},
		{"days, the last one included", geo.Between(day, day+3*geo.Day), `{"interval":["2016-07-18","2016-07-20"]}`},
		{"an hour, its last moment included", geo.Between(noon, noon+3600*geo.Second), `{"interval":["2016-07-18T12:00:00Z","2016-07-18T12:59:59.999999Z"]}`},
		{"from a midnight to a noon are timestamps", geo.Between(day, noon+1), `{"interval":["2016-07-18T00:00:00Z","2016-07-18T12:00:00Z"]}`},
		{"since a day", geo.From(day), `{"interval":["2016-07-18",".."]}`},
		{"since a moment", geo.From(noon), `{"interval":["2016-07-18T12:00:00Z",".."]}`},
		{"until a day", geo.Until(day), `{"interval":["..","2016-07-17"]}`},
		{"until a moment", geo.Until(noon + 1), `{"interval":["..","2016-07-18T12:00:00Z"]}`},
		{"nothing said of the start", geo.Interval{End: at(day)}, `{"interval":["..","2016-07-17"]}`},
		{"before 1970", geo.Between(-geo.Day, 0), `{"date":"1969-12-31"}`},
		{"ends where it starts", geo.Between(noon, noon), `{"timestamp":"2016-07-18T12:00:00Z"}`},
	} {
		if got := string(appendWhen(nil, c.i)); got != c.want {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
	}
}

// TestProfiles writes one record in each profile, in degrees and not.
func TestProfiles(t *testing.T) {
	s := geo.Schema{Name: "things", Geometry: geo.AnyGeometry, Fields: []geo.Field{{Name: "n", Kind: geo.KindInt}}}
	b := layer.NewBuilder(s)
	for k, f := range []geo.Feature{
		{Geometry: orb.Point{1, 2}}, {Geometry: orb.LineString{{1, 2}, {3, 4}}, Z: []float64{5, math.NaN()}},
		{Geometry: orb.LineString{{1, 2}, {3, 4}}, Z: []float64{5, 6}}, {},
	} {
		f.Key, f.Rev, f.Valid = geo.Key(k+1), 1, geo.Between(0, geo.Day)
		layertest.Add(t, b, f)
	}
	l := layertest.Finish(t, b)
	swap := func(p orb.Point) orb.Point { return orb.Point{p[1], p[0]} }
	const day = `"time":{"date":"1970-01-01"},`
	for _, c := range []struct {
		desc string
		o    Options
		key  geo.Key
		want string // of what stands between the id and the properties
	}{
		{"plain", Options{}, 1, `"geometry":{"type":"Point","coordinates":[1,2]}`},
		{"plain, another system", Options{Project: swap}, 1, `"geometry":{"type":"Point","coordinates":[2,1]}`},
		{"jsonfg", Options{Profile: JSONFG}, 1, day + `"geometry":{"type":"Point","coordinates":[1,2]},"place":null`},
		{"jsonfg, another system", Options{Profile: JSONFG, Project: swap}, 1, day + `"geometry":null,"place":{"type":"Point","coordinates":[2,1]}`},
		{"jsonfg-plus", Options{Profile: JSONFGPlus}, 1, day + `"geometry":{"type":"Point","coordinates":[1,2]},"place":null`},
		{"jsonfg-plus, another system", Options{Profile: JSONFGPlus, Project: swap}, 1, day + `"geometry":{"type":"Point","coordinates":[1,2]},"place":{"type":"Point","coordinates":[2,1]}`},
		{"plain, a height that is not known", Options{}, 2, `"geometry":{"type":"LineString","coordinates":[[1,2,5],[3,4]]}`},
		{"jsonfg, a height that is not known", Options{Profile: JSONFG}, 2, day + `"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"place":null`},
		{"jsonfg, all heights", Options{Profile: JSONFG}, 3, day + `"geometry":{"type":"LineString","coordinates":[[1,2,5],[3,4,6]]},"place":null`},
		{"jsonfg, nowhere", Options{Profile: JSONFG}, 4, day + `"geometry":null,"place":null`},
		{"jsonfg-plus, nowhere", Options{Profile: JSONFGPlus, Project: swap}, 4, day + `"geometry":null,"place":null`},
	} {
		rows, _ := l.Select(context.Background(), geo.Selection{})
		for row := range rows {
			if row.Key() != c.key {
				continue
			}
			got := string(NewEncoder(&s, c.o).AppendFeature(nil, row))
			if !json.Valid([]byte(got)) || !strings.Contains(got, ","+c.want+`,"properties":{"n":null}`) {
				t.Errorf("%s: %s, want %s", c.desc, got, c.want)
			}
		}
	}
}

func TestRoot(t *testing.T) {
	for _, c := range []struct {
		kind geo.GeometryType
		in   string
		want string
	}{
		{geo.PointGeometry, "", `"featureType":"a \"b\"","geometryDimension":0`},
		{geo.LineGeometry, "", `"featureType":"a \"b\"","geometryDimension":1`},
		{geo.AreaGeometry, "x:y", `"featureType":"a \"b\"","coordRefSys":"x:y","geometryDimension":2`},
		{geo.AnyGeometry, "", `"featureType":"a \"b\""`},
		{geo.NoGeometry, "", `"featureType":"a \"b\""`},
	} {
		s := geo.Schema{Name: `a "b"`, Geometry: c.kind}
		got := string(AppendDimension(AppendRoot(nil, &s, c.in), &s))
		want := `"conformsTo":["http://www.opengis.net/spec/json-fg-1/1.0/conf/core","http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas"],` + c.want
		if got != want {
			t.Errorf("%s: %s, want %s", c.kind, got, want)
		}
	}
}
