package export_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/load/record/recordtest"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// scripts are texts that files have broken before, in six scripts and more.
var scripts = []string{
	"Gao", "مقر القطاع", "加奥", "Гао", "Ségou – « Nord »", "Puesto del río Níger", "ቤት", "a \"quoted\", <b>&amp;</b>\nbroken;line\ttab", "", " ", "𝄞 emoji 🏕️",
	"'single'", strings.Repeat("é", 200), strings.Repeat("long ", 120),
}

// anyWorld is a layer of one geometry type with fields of all kinds, made up
// from the seed.
func anyWorld(t *testing.T, seed uint64, shape geo.GeometryType, n int) *layer.Layer {
	t.Helper()
	return anyWorldOf(t, seed, shape, n, 64)
}

// anyWorldOf is the same with whole numbers of so many bits.
func anyWorldOf(t *testing.T, seed uint64, shape geo.GeometryType, n, bits int) *layer.Layer {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	b := layer.NewBuilder(geo.Schema{Name: "any_world", Title: "Anything", Geometry: shape, Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "killed", Kind: geo.KindInt}, {Name: "score", Kind: geo.KindFloat}, {Name: "open", Kind: geo.KindBool},
		{Name: "at", Kind: geo.KindTime, Role: geo.InstantRole}, {Name: "day", Kind: geo.KindTime, DateOnly: true}, {Name: "tags", Kind: geo.KindList},
		{Name: "record", Kind: geo.KindRecord}, {Name: "during", Kind: geo.KindInterval}, {Name: "a rather long name of a field", Kind: geo.KindString},
		{Name: "a rather long name of another", Kind: geo.KindString}, {Name: "id", Kind: geo.KindString}, {Name: "مقر", Kind: geo.KindString}, {Name: "geom", Kind: geo.KindInt},
	}})
	for key := range n {
		f := geo.Feature{Key: geo.Key(3*key + 5), Geometry: anyShape(r, shape), Values: anyValues(r, bits)}
		if f.Geometry != nil && r.IntN(4) == 0 {
			f.Z = make([]float64, recordtest.Vertices(f.Geometry))
			for i := range f.Z {
				f.Z[i] = float64(r.IntN(9000)) / 8
			}
		}
		if err := b.Add(&f); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	return l
}

func anyValues(r *rand.Rand, bits int) []geo.Value {
	text := func() geo.Value { return geo.String(scripts[r.IntN(len(scripts))]) }
	values := []geo.Value{
		text(), geo.Int(int64(r.Uint64()) >> (64 - bits + r.IntN(bits))), geo.Float(math.Float64frombits(r.Uint64())), geo.Bool(r.IntN(2) == 0),
		geo.TimeValue(geo.Time(r.Int64N(4e15) - 1e15)), geo.TimeValue(geo.Day * geo.Time(r.IntN(40000)-10000)),
		geo.List(geo.Int(1), text()), geo.Record(geo.Values{"a": text(), "b": geo.Float(1.5)}), geo.IntervalValue(geo.From(geo.Time(r.Int64N(2e15)))),
		text(), text(), text(), text(), geo.Int(int64(r.IntN(100))),
	}
	for i := range values {
		if r.IntN(6) == 0 {
			values[i] = geo.Value{}
		}
	}
	return values
}

func anyShape(r *rand.Rand, of geo.GeometryType) orb.Geometry {
	place := func() orb.Point { return orb.Point{r.Float64()*20 - 10, r.Float64()*20 + 5} }
	line := func() (l orb.LineString) {
		for range 2 + r.IntN(5) {
			l = append(l, place())
		}
		return l
	}
	polygon := func() orb.Polygon {
		p := place()
		square := func(d float64) orb.Ring {
			return orb.Ring{{p[0] - d, p[1] - d}, {p[0] + d, p[1] - d}, {p[0] + d, p[1] + d}, {p[0] - d, p[1] + d}, {p[0] - d, p[1] - d}}
		}
		if r.IntN(2) == 0 {
			return orb.Polygon{square(1)}
		}
		hole := square(0.5)
		slices.Reverse(hole)
		return orb.Polygon{square(1), hole}
	}
	if of == geo.AnyGeometry {
		of = []geo.GeometryType{geo.PointGeometry, geo.LineGeometry, geo.AreaGeometry}[r.IntN(3)]
	}
	many := r.IntN(4) == 0
	switch {
	case r.IntN(10) == 0 || of == geo.NoGeometry:
		return nil
	case of == geo.PointGeometry && many:
		return orb.MultiPoint{place(), place()}
	case of == geo.PointGeometry:
		return place()
	case of == geo.LineGeometry && many:
		return orb.MultiLineString{line(), line()}
	case of == geo.LineGeometry:
		return line()
	case many:
		first := polygon()
		return orb.MultiPolygon{first, {orb.Ring{{40, 40}, {41, 40}, {41, 41}, {40, 40}}}}
	}
	return polygon()
}
