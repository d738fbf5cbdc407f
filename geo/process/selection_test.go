package process_test

import (
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
)

func selecting(t *testing.T, collection, body string) (string, geo.Selection, error) {
	t.Helper()
	b := layer.NewBuilder(geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "status", Kind: geo.KindString}}})
	layertest.Add(t, b, geo.Feature{Key: 1, Geometry: orb.Point{1, 2}})
	l := layertest.Finish(t, b)
	w := process.World{
		Snapshot: layer.NewSnapshot("test", []*layer.Layer{l, layer.New(geo.Schema{Name: "towns"})}, nil, nil),
		Reader:   geo.Reader{Ceiling: geo.Confidential},
	}
	schema := geo.Schema{Name: "example", Fields: process.SelectionFields(collection)}
	in, err := process.Read(&schema, []byte(body))
	if err != nil {
		return "", geo.Selection{}, err
	}
	if in, err = process.Check(&schema, in); err != nil {
		return "", geo.Selection{}, err
	}
	found, s, err := w.Selection(in)
	if err != nil {
		return "", s, err
	}
	return found.Schema().Name, s, nil
}

func TestSelection(t *testing.T) {
	for _, c := range []struct{ desc, collection, body, layer, want string }{
		{"all of the default", "bases", `{}`, "bases", "box=0,0,0,0;during=-/-;ceiling=confidential;after=;limit=0"},
		{"another collection", "bases", `{"collection":"towns"}`, "towns", "box=0,0,0,0;during=-/-;ceiling=confidential;after=;limit=0"},
		{"everything said", "", `{"collection":"bases","bbox":[170,-1,-170,1.5],"datetime":"2018-08-31","filter":"status = 'open'"}`, "bases",
			"box=170,-1,-170,1.5;during=2018-08-31T00:00:00Z/2018-09-01T00:00:00Z;match=status = 'open';ceiling=confidential;after=;limit=0"},
	} {
		l, s, err := selecting(t, c.collection, c.body)
		if err != nil || l != c.layer || s.Key() != c.want {
			t.Errorf("%s: %s of %s, %v\nwant %s", c.desc, s.Key(), l, err, c.want)
		}
	}
	if _, s, err := selecting(t, "bases", `{"bbox":[0,0,0,0]}`); err != nil || s.Box.Everything() {
		t.Errorf("the place 0 0 reads as everything, %v", err)
	}
}

func TestBadSelections(t *testing.T) {
	for _, c := range []struct{ body, where, want string }{
		{`{}`, "collection", "required"},
		{`{"collection":"nowhere"}`, "collection", `no collection "nowhere"`},
		{`{"collection":"bases","bbox":[1,2,3,4,5,6]}`, "bbox", "four numbers, west, south, east, north, not 6"},
		{`{"collection":"bases","bbox":[1,2,"x",4]}`, "bbox", "number"},
		{`{"collection":"bases","bbox":[1,2,3,1]}`, "bbox", "south edge 2 is above the north edge 1"},
		{`{"collection":"bases","datetime":"2018-02-01/2018-01-01"}`, "datetime", "ends before it starts"},
		{`{"collection":"bases","filter":"status = open"}`, "filter", "at character 10"},
		{`{"collection":"bases","filter":7}`, "filter", "string"},
	} {
		_, _, err := selecting(t, "", c.body)
		e, ok := err.(*geo.Error)
		if !ok || e.Where != c.where || e.Code != geo.Invalid || !strings.Contains(e.Text, c.want) {
			t.Errorf("%s: %v, want %s: %s", c.body, err, c.where, c.want)
		}
	}
}

// TestFilterInput takes a filter as text and as JSON, with the same answer.
func TestFilterInput(t *testing.T) {
	in := geo.Schema{Name: "x", Fields: process.SelectionFields("incidents")}
	for _, c := range []struct{ desc, body, want string }{
		{"text", `{"filter":"killed > 0"}`, "killed > 0"},
		{"JSON", `{"filter":{"op":">","args":[{"property":"killed"},0]}}`, `{"args":[{"property":"killed"},0],"op":">"}`},
		{"JSON as text", `{"filter":"{\"op\":\">\"}"}`, `{"op":">"}`},
	} {
		got, err := process.Read(&in, []byte(c.body))
		if err != nil || got["filter"].Text() != c.want {
			t.Errorf("%s: %v, %v", c.desc, got, err)
		}
	}
	if _, err := process.Read(&in, []byte(`{"filter":7}`)); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("a number: %v", err)
	}
}
