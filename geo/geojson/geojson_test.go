package geojson

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

func TestAppendNumberReadsBackBitForBit(t *testing.T) {
	const seed = 20
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	check := func(f float64) {
		t.Helper()
		text := AppendNumber(nil, f)
		p := parser{b: text, final: true}
		n, err := p.number()
		if err != nil || math.Float64bits(n.f) != math.Float64bits(f) || p.i != len(text) {
			t.Fatalf("%v (%b) is written %s and read back as %v, %v", f, f, text, n.f, err)
		}
		if back, err := strconv.ParseFloat(string(text), 64); err != nil || math.Float64bits(back) != math.Float64bits(f) {
			t.Fatalf("%v is written %s, which strconv reads as %v, %v", f, text, back, err)
		}
	}
	for _, f := range []float64{0, math.Copysign(0, -1), 1, -1, 10, 100, 0.1, -0.1, 0.05, 180, -180, 1e-7, 1e-12, 1e-13, 999.999999999999,
		1000.000000000001, 99999999.9999999, 1e8, 1e15, 1 << 53, 1e20, 1e21, 1e22, 1e300, 5e-324, math.MaxFloat64, 0.30000000000000004, 12.5, 120.05, 1.1e-9} {
		check(f)
		check(-f)
	}
	for i := 0; i < 200_000; i++ {
		decimals := math.Pow(10, float64(r.IntN(14)))
		f := r.Float64()*360 - 180
		check(f)
		check(math.Round(f*decimals) / decimals)
		check(math.Float64frombits(r.Uint64() &^ (1 << 62)))
	}
}

func TestAppendNumber(t *testing.T) {
	for _, c := range []struct {
		f    float64
		want string
	}{
		{0, "0"}, {5, "5"}, {50, "50"}, {-11.474306, "-11.474306"}, {0.5, "0.5"}, {0.05, "0.05"}, {-0.000001, "-0.000001"},
		{120, "120"}, {105.25, "105.25"}, {12.3456789012, "12.3456789012"}, {1e21, "1e+21"}, {123456789, "123456789"},
		{math.NaN(), "null"}, {math.Inf(-1), "null"},
	} {
		if got := string(AppendNumber(nil, c.f)); got != c.want {
			t.Errorf("%v is written %s, want %s", c.f, got, c.want)
		}
	}
}

func TestAppendString(t *testing.T) {
	for _, c := range []struct{ desc, in, want string }{
		{"empty", "", `""`},
		{"plain", "Gao", `"Gao"`},
		{"quotes and breaks", "a\"b\\c\nd\te\rf\x00", `"a\"b\\c\nd\te\rf\u0000"`},
		{"French and Chinese", "Ménaka 基地", `"Ménaka 基地"`},
		{"not UTF-8", "M\xe9naka", `"M` + "\ufffd" + `naka"`},
		{"cut in a character", "M\xc3", `"M` + "\ufffd" + `"`},
	} {
		if got := string(AppendString(nil, c.in)); got != c.want {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
	}
}

func TestAppendTime(t *testing.T) {
	for _, t0 := range []geo.Time{0, -1, 1, geo.Day - 1, -geo.Day, 951782400 * geo.Second, 1e15, 1_700_000_000_123_400, -62135596800 * geo.Second} {
		want := strconv.Quote(t0.String())
		if got := string(AppendTime(nil, t0, false)); got != want {
			t.Errorf("%d is written %s, want %s", t0, got, want)
		}
		want = strconv.Quote(t0.Std().Format("2006-01-02"))
		if got := string(AppendTime(nil, t0, true)); got != want {
			t.Errorf("the day of %d is written %s, want %s", t0, got, want)
		}
	}
}

func TestAppendGeometry(t *testing.T) {
	square := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}
	for _, c := range []struct {
		desc string
		g    orb.Geometry
		z    []float64
		want string
	}{
		{"nothing", nil, nil, `null`},
		{"point with a height", orb.Point{1, 2}, []float64{3.5}, `{"type":"Point","coordinates":[1,2,3.5]}`},
		{"line with one height missing", orb.LineString{{1, 2}, {3, 4}}, []float64{math.NaN(), 9}, `{"type":"LineString","coordinates":[[1,2],[3,4,9]]}`},
		{"polygon", orb.Polygon{square}, nil, `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`},
		{"ring", square, nil, `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`},
		{"many of each in one", orb.Collection{orb.MultiPoint{{1, 2}}, orb.MultiLineString{{{1, 2}, {3, 4}}}, orb.MultiPolygon{{square}}}, []float64{7},
			`{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[1,2,7]]},{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]},{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}]}`},
	} {
		got := string(AppendGeometry(nil, c.g, c.z))
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
		if c.g == nil || c.desc == "ring" {
			continue
		}
		g, _, err := ParseGeometry([]byte(got))
		if err != nil || !orb.Equal(g, c.g) {
			t.Errorf("%s reads back as %v, %v", c.desc, g, err)
		}
	}
}
