package geojson

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

func smallTable() *table {
	return &table{
		schema: geo.Schema{Name: "things", Fields: []geo.Field{
			{Name: `na"me`, Kind: geo.KindString}, {Name: "count", Kind: geo.KindInt}, {Name: "share", Kind: geo.KindFloat},
			{Name: "open", Kind: geo.KindBool}, {Name: "seen", Kind: geo.KindTime}, {Name: "day", Kind: geo.KindTime, DateOnly: true},
			{Name: "list", Kind: geo.KindList},
		}},
		columns: []geo.Column{
			{Kind: geo.KindString, Codes: []uint32{1, 0}, Dict: []string{"a", "b\n"}},
			{Kind: geo.KindInt, Ints: []int64{-4, 0}, Nulls: []uint64{2}},
			{Kind: geo.KindFloat, Floats: []float64{0.25, 1e-7}},
			{Kind: geo.KindBool, Ints: []int64{1, 0}},
			{Kind: geo.KindTime, Ints: []int64{1_500_000, 0}},
			{Kind: geo.KindTime, Ints: []int64{0, int64(geo.Day)}},
			{Kind: geo.KindList, Others: []geo.Value{geo.List(geo.Int(1), geo.Record(geo.Values{"b": geo.Bool(true), "a": geo.Value{}})), geo.List()}},
		},
		places: []orb.Geometry{orb.Point{1, 2}, nil},
		z:      [][]float64{{30}, nil},
		extra:  [][]byte{[]byte(`{"x":1}`), nil},
	}
}

func TestAppendFeature(t *testing.T) {
	tab := smallTable()
	e := NewEncoder(&tab.schema, Options{})
	for n, want := range []string{
		`{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[1,2,30]},"properties":{"na\"me":"b\n","count":-4,"share":0.25,"open":true,"seen":"1970-01-01T00:00:01.5Z","day":"1970-01-01","list":[1,{"a":null,"b":true}],"distance_m":12.5,"extra":{"x":1}}}`,
		`{"type":"Feature","id":2,"geometry":null,"properties":{"na\"me":"a","count":null,"share":0.0000001,"open":false,"seen":"1970-01-01T00:00:00Z","day":"1970-01-02","list":[],"distance_m":12.5}}`,
	} {
		row := geo.RowOf(tab, uint32(n))
		got := e.AppendFeature(nil, row, Property{"distance_m", geo.Float(12.5)})
		if string(got) != want {
			t.Errorf("row %d:\n got %s\nwant %s", n, got, want)
		}
		if !json.Valid(got) {
			t.Errorf("row %d is no JSON", n)
		}
		f := row.Feature()
		plain := NewEncoder(&tab.schema, Options{}).AppendFeature(nil, row)
		if apart := AppendGeoFeature(nil, &tab.schema, &f); string(apart) != string(plain) {
			t.Errorf("apart from its table row %d is written\n    %s\nnot %s", n, apart, plain)
		}
	}
}

func TestOptions(t *testing.T) {
	tab := smallTable()
	row := geo.RowOf(tab, 0)
	for _, c := range []struct {
		desc string
		o    Options
		want string
	}{
		{"two fields, turned", Options{Fields: []int{3, 1}, NoExtra: true}, `{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[1,2,30]},"properties":{"open":true,"count":-4}}`},
		{"nothing at all", Options{Fields: []int{}, NoExtra: true, NoGeometry: true}, `{"type":"Feature","id":1,"geometry":null,"properties":{}}`},
	} {
		if got := string(NewEncoder(&tab.schema, c.o).AppendFeature(nil, row)); got != c.want {
			t.Errorf("%s: %s", c.desc, got)
		}
	}
}

// yard makes rows like those of the yardstick: points of six decimals with a
// day, three codes and two counts.
func yard(n int) *table {
	r := rand.New(rand.NewPCG(1, 2))
	t := &table{
		schema: geo.Schema{Name: "yard", Fields: []geo.Field{
			{Name: "date", Kind: geo.KindTime, DateOnly: true}, {Name: "type", Kind: geo.KindString}, {Name: "target", Kind: geo.KindString},
			{Name: "outcome", Kind: geo.KindString}, {Name: "killed", Kind: geo.KindInt}, {Name: "injured", Kind: geo.KindInt},
		}},
		columns: []geo.Column{
			{Kind: geo.KindTime}, {Kind: geo.KindString, Dict: []string{"SVIED", "RCIED", "VOIED"}},
			{Kind: geo.KindString, Dict: []string{"Convoy", "Contractor", "Civilian"}},
			{Kind: geo.KindString, Dict: []string{"found", "detonated"}}, {Kind: geo.KindInt}, {Kind: geo.KindInt},
		},
	}
	six := func(f float64) float64 { return math.Round(f*1e6) / 1e6 }
	for range n {
		t.points = append(t.points, orb.Point{six(r.Float64()*16 - 12), six(r.Float64()*15 + 10)})
		t.columns[0].Ints = append(t.columns[0].Ints, int64(geo.Day)*int64(15000+r.IntN(4000)))
		for c := 1; c <= 3; c++ {
			t.columns[c].Codes = append(t.columns[c].Codes, uint32(r.IntN(len(t.columns[c].Dict))))
		}
		t.columns[4].Ints = append(t.columns[4].Ints, int64(r.IntN(12)))
		t.columns[5].Ints = append(t.columns[5].Ints, int64(r.IntN(30)))
	}
	return t
}

func TestAppendFeatureAllocatesNothing(t *testing.T) {
	tab := yard(100)
	e := NewEncoder(&tab.schema, Options{})
	b := make([]byte, 0, 1<<20)
	got := testing.AllocsPerRun(10, func() {
		b = b[:0]
		for n := range 100 {
			b = e.AppendFeature(b, geo.RowOf(tab, uint32(n)), Property{"distance_m", geo.Float(float64(n))}, Property{"bearing_deg", geo.Float(12.25)})
		}
	})
	if got != 0 {
		t.Errorf("100 features cost %v allocations, want none", got)
	}
}

func BenchmarkAppendFeature(b *testing.B) {
	tab := yard(1000)
	out := make([]byte, 0, 1<<20)
	b.ReportAllocs()
	for b.Loop() {
		e := NewEncoder(&tab.schema, Options{})
		out = out[:0]
		for n := range 1000 {
			out = e.AppendFeature(out, geo.RowOf(tab, uint32(n)))
		}
	}
	b.SetBytes(int64(len(out)))
}
