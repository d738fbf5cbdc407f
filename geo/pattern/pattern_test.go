package pattern_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

var schema = geo.Schema{Name: "incidents", Geometry: geo.AnyGeometry, Fields: []geo.Field{
	{Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
	{Name: "place_precision", Kind: geo.KindInt},
	{Name: "killed", Kind: geo.KindInt},
	{Name: "injured", Kind: geo.KindInt},
	{Name: "name", Kind: geo.KindString},
}}

const day = geo.Day

// record is an event on a day of the epoch; nil leaves a value out.
func record(g orb.Geometry, at int, precision, killed, injured any) geo.Feature {
	value := func(v any) geo.Value {
		if n, ok := v.(int); ok {
			return geo.Int(int64(n))
		}
		return geo.Value{}
	}
	t := geo.Time(at) * day
	return geo.Feature{Geometry: g, Valid: geo.Instant(t), Values: []geo.Value{geo.TimeValue(t), value(precision), value(killed), value(injured), geo.String("x")}}
}

func world(t *testing.T, s geo.Schema, features ...geo.Feature) process.World {
	t.Helper()
	l := layertest.Build(t, s, features...)
	return process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{l}, nil, nil)}
}

func small(t *testing.T) process.World {
	long := record(orb.Point{3, 3}, 15, 2, 4, 4)
	long.Valid = geo.Between(15*day, 45*day)
	unknown := record(orb.Point{4, 4}, 0, 1, 1, 1)
	unknown.Valid, unknown.Values[0] = geo.UnknownTime, geo.Value{}
	return world(t, schema,
		record(orb.Point{1, 1}, 10, 1, 2, 3), record(orb.Point{1, 1}, 11, 1, 0, 0), record(orb.Point{2, 2}, 12, 6, nil, 1),
		record(orb.MultiPoint{{5, 5}}, 13, nil, 7, 0), record(nil, 14, 1, 1, 1), record(orb.LineString{{0, 0}, {1, 1}}, 14, 1, 1, 1),
		long, unknown)
}

func eastern(t *testing.T) process.World {
	return world(t, schema, record(orb.Point{-175, 1}, 10, 1, 2, 3), record(orb.Point{5, 1}, 11, 1, 0, 0))
}

func read(w process.World, body string, timed bool) (*pattern.Pattern, error) {
	s := geo.Schema{Name: "example", Fields: pattern.Fields("incidents", timed)}
	in, err := process.Read(&s, []byte(body))
	if err != nil {
		return nil, err
	}
	if in, err = process.Check(&s, in); err != nil {
		return nil, err
	}
	return pattern.Read(context.Background(), w, in, timed)
}

func TestRead(t *testing.T) {
	w := small(t)
	for _, c := range []struct {
		desc, body string
		timed      bool
		n          int
		total      float64
		dropped    map[string]int
	}{
		{"all", `{}`, false, 6, 6, map[string]int{pattern.NoPlace: 1, pattern.NoPoint: 1}},
		{"a floor", `{"place_precision":3}`, false, 4, 4, map[string]int{pattern.NoPlace: 1, pattern.NoPoint: 1, pattern.TooCoarse: 1, pattern.NoCode: 1}},
		{"a weight", `{"weight":"killed+injured"}`, false, 5, 22, map[string]int{pattern.NoPlace: 1, pattern.NoPoint: 1, pattern.NoWeight: 1}},
		{"in time", `{}`, true, 5, 5, map[string]int{pattern.NoPlace: 1, pattern.NoPoint: 1, pattern.NoTime: 1}},
		{"in time, not longer than a week", `{"longest_days":7}`, true, 4, 4, map[string]int{pattern.NoPlace: 1, pattern.NoPoint: 1, pattern.NoTime: 1, pattern.TooLong: 1}},
		{"what began before", `{"datetime":"1970-01-21/1970-03-01"}`, true, 0, 0, map[string]int{pattern.BeganEarly: 1}},
		{"an area", `{"area":{"type":"Polygon","coordinates":[[[0.5,0.5],[2,0.5],[2,2],[0.5,2],[0.5,0.5]]]}}`, false, 3, 3, map[string]int{pattern.NoPoint: 1}},
		{"an area and a filter", `{"area":{"type":"Polygon","coordinates":[[[0.5,0.5],[2,0.5],[2,2],[0.5,2],[0.5,0.5]]]},"filter":"killed > 0"}`, false, 1, 1, map[string]int{pattern.NoPoint: 1}},
	} {
		p, err := read(w, c.body, c.timed)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		sum := p.Len()
		for reason, n := range p.Dropped {
			if sum += n; c.dropped[reason] != n {
				t.Errorf("%s: %d dropped as %s, want %d", c.desc, n, reason, c.dropped[reason])
			}
		}
		if p.Len() != c.n || p.Total() != c.total || len(p.Dropped) != len(c.dropped) || sum != p.Selected || len(p.Keys) != c.n {
			t.Errorf("%s: %d events of weight %v, %v dropped of %d", c.desc, p.Len(), p.Total(), p.Dropped, p.Selected)
		}
		if c.timed != (len(p.Times) == c.n && c.n > 0) && c.n > 0 {
			t.Errorf("%s: %d times", c.desc, len(p.Times))
		}
	}
}

func TestAreaOverTheDateLine(t *testing.T) {
	p, err := read(eastern(t), `{"area":{"type":"Polygon","coordinates":[[[100,-5],[-170,-5],[-170,6],[100,6],[100,-5]]]}}`, false)
	if err != nil || p.Len() != 1 || p.Points[0] != (orb.Point{-175, 1}) {
		t.Errorf("%v, %v", p, err)
	}
	if _, halves := p.Area.(orb.MultiPolygon); !halves {
		t.Errorf("the study area is %v", p.Area)
	}
}

func TestBadInputs(t *testing.T) {
	w := small(t)
	bare := world(t, geo.Schema{Name: "incidents", Fields: []geo.Field{{Name: "name", Kind: geo.KindString}}})
	for _, c := range []struct {
		desc  string
		world process.World
		body  string
		timed bool
		where string
		says  string
	}{
		{"no such weight", w, `{"weight":"cost"}`, true, "weight", "killed"},
		{"a weight of texts", w, `{"weight":"name"}`, true, "weight", "string"},
		{"a code beyond the scale", w, `{"place_precision":8}`, true, "place_precision", "7"},
		{"no field of precision", bare, `{"place_precision":3}`, false, "place_precision", "precision_field"},
		{"a field of texts", w, `{"precision_field":"name"}`, true, "precision_field", "string"},
		{"no time", bare, `{}`, true, "collection", "no time"},
		{"an area that is a line", w, `{"area":{"type":"LineString","coordinates":[[0,0],[1,1]]}}`, true, "area", "Polygon"},
		{"an area that crosses itself", w, `{"area":{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}}`, true, "area", "valid"},
		{"an area beyond the pole", w, `{"area":{"type":"Polygon","coordinates":[[[0,80],[1,80],[1,95],[0,80]]]}}`, true, "area", "swapped"},
	} {
		_, err := read(c.world, c.body, c.timed)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Code != geo.Invalid || !strings.Contains(bad.Text, c.says) || bad.Where != c.where {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

func TestIntoWarns(t *testing.T) {
	p, err := read(small(t), `{"weight":"killed"}`, true)
	if err != nil {
		t.Fatal(err)
	}
	var r process.Result
	p.Into(&r)
	said := strings.Join(geo.Texts(r.Warnings), "\n")
	for _, want := range []string{"2 of 8 records have no single point", "1 of 4 events do not say how well", "4 events stand at 3 distinct places, 2 of them at 1.00000 1.00000",
		"1 records state no killed", "1 of 4 events lasted"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in\n%s", want, said)
		}
	}
	if r.Selected != 8 || r.Used != 4 {
		t.Errorf("%d used of %d", r.Used, r.Selected)
	}
}
