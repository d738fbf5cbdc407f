package filter_test

import (
	"context"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

var schema = geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "category", Kind: geo.KindString},
	{Name: "killed", Kind: geo.KindInt},
	{Name: "share", Kind: geo.KindFloat},
	{Name: "found", Kind: geo.KindBool},
	{Name: "day", Kind: geo.KindTime, DateOnly: true},
	{Name: "time", Kind: geo.KindTime},
	{Name: "tags", Kind: geo.KindList},
}}

func world(t *testing.T) *layer.Layer {
	t.Helper()
	day := geo.Time(100) * geo.Day
	b := layer.NewBuilder(schema)
	for i, values := range [][]geo.Value{
		{geo.String("ied"), geo.Int(2), geo.Float(0.5), geo.Bool(true), geo.TimeValue(day), geo.TimeValue(day + 5)},
		{geo.String("mine"), geo.Int(0), geo.Float(2), geo.Bool(false), geo.TimeValue(day + geo.Day), geo.TimeValue(day + geo.Day)},
		{},
	} {
		f := geo.Feature{Key: geo.Key(i + 1), Values: values, Geometry: orb.Point{float64(i), 0}, Z: []float64{float64(i) * 100}}
		if i == 2 {
			f.Z = nil
		}
		layertest.Add(t, b, f)
	}
	return layertest.Finish(t, b)
}

func keys(t *testing.T, l *layer.Layer, p geo.Predicate) (out []geo.Key) {
	t.Helper()
	rows, failed := l.Select(context.Background(), geo.Selection{Match: p})
	for row := range rows {
		out = append(out, row.Key())
	}
	if err := failed(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestParse(t *testing.T) {
	l := world(t)
	for _, c := range []struct {
		name, text string
		want       geo.Key // 0 for none
	}{
		{"category", "ied", 1}, {"category", "mine", 2}, {"category", "Ied", 0}, {"category", "", 0},
		{"killed", "0", 2}, {"killed", "2", 1}, {"killed", "7", 0},
		{"share", "0.5", 1}, {"share", "2", 2}, {"share", "2.0", 2},
		{"found", "true", 1}, {"found", "false", 2},
		{"day", "1970-04-11", 1}, {"day", "1970-04-12T00:00:00Z", 2},
		{"time", "1970-04-11", 1}, {"time", "1970-04-12", 2}, {"time", "1970-04-11T00:00:00Z", 0},
	} {
		p, err := filter.Parse(&schema, c.name, c.text)
		if err != nil {
			t.Errorf("%s=%s: %v", c.name, c.text, err)
			continue
		}
		got := keys(t, l, p)
		if c.want == 0 && len(got) > 0 || c.want > 0 && (len(got) != 1 || got[0] != c.want) {
			t.Errorf("%s=%s: records %v, want %d", c.name, c.text, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"colour", "red"}, {"killed", "two"}, {"killed", "1.5"}, {"killed", ""}, {"share", "NaN"}, {"share", "1e999"},
		{"found", "yes"}, {"found", "1"}, {"time", "11 April"}, {"day", "1970-02-30"}, {"tags", "a"},
	} {
		_, err := filter.Parse(&schema, c.name, c.text)
		if e, ok := err.(*geo.Error); !ok || e.Code != geo.Invalid || e.Where != c.name {
			t.Errorf("%s=%s: %v", c.name, c.text, err)
		}
	}
}

func TestAnd(t *testing.T) {
	l := world(t)
	mine, fatal := filter.Equal("category", geo.String("mine")), filter.Equal("killed", geo.Int(2))
	if got := keys(t, l, filter.And(mine, fatal)); got != nil {
		t.Errorf("mine and fatal: %v", got)
	}
	if got := keys(t, l, filter.And(nil, mine, nil)); len(got) != 1 || got[0] != 2 {
		t.Errorf("mine alone: %v", got)
	}
	if filter.And(nil, nil) != nil {
		t.Error("no predicate is one")
	}
	if a, b := filter.And(mine, fatal).String(), filter.And(fatal, mine).String(); a != b {
		t.Errorf("the same question prints as %s and as %s", a, b)
	}
}

func TestNullIsUnknown(t *testing.T) {
	l := world(t)
	row, _ := l.Find(3, geo.Reader{})
	for _, p := range []geo.Predicate{
		filter.Equal("category", geo.String("ied")), filter.Equal("killed", geo.Int(0)),
		filter.Equal("found", geo.Bool(false)), filter.Heights(0, 1000),
	} {
		is, err := p.Bind(row.Table())
		if err != nil {
			t.Fatal(err)
		}
		if got := is(row.Number()); got != geo.Maybe {
			t.Errorf("%v of a null: %v", p, got)
		}
	}
}

func TestHeights(t *testing.T) {
	l := world(t)
	if got := keys(t, l, filter.Heights(100, 200)); len(got) != 1 || got[0] != 2 {
		t.Errorf("from 100 to 200 m: %v", got)
	}
}

func TestBindNamesWhatIsWrong(t *testing.T) {
	row, _ := world(t).Find(1, geo.Reader{})
	for _, p := range []geo.Predicate{filter.Equal("colour", geo.Int(1)), filter.Equal("killed", geo.String("x"))} {
		if _, err := p.Bind(row.Table()); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%v: %v", p, err)
		}
	}
}
