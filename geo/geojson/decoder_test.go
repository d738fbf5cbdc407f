package geojson

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"bivouac/geo"
)

// tell reads a whole text and prints what comes out of it, one line a feature,
// refusal or end.
func tell(r io.Reader) string {
	var b strings.Builder
	d := NewDecoder(r)
	for {
		f, err := d.Next()
		var bad *Refusal
		switch {
		case errors.Is(err, io.EOF):
			if w := d.Warnings(); w != (Warnings{}) {
				fmt.Fprintf(&b, "%+v\n", w)
			}
			return b.String()
		case errors.As(err, &bad):
			fmt.Fprintf(&b, "refused %v\n", bad)
			continue
		case err != nil:
			fmt.Fprintf(&b, "over: %v\n", err)
			return b.String()
		}
		fmt.Fprintf(&b, "%d@%d id=%q %s", f.Ordinal, f.Offset, f.ID, AppendGeometry(nil, f.Geometry, f.Z))
		for _, m := range f.Properties {
			fmt.Fprintf(&b, " %s=%v(%s)", m.Name, m.Value, m.Raw)
		}
		if f.Flat {
			b.WriteString(" flat")
		}
		b.WriteByte('\n')
	}
}

const (
	pointFeature = `{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[1,2]},"properties":{"a":1}}`
	pointTold    = `{"type":"Point","coordinates":[1,2]} a=1(1)` + "\n"
)

func TestDecoder(t *testing.T) {
	for _, c := range []struct{ desc, text, want string }{
		{"empty", "", ""},
		{"white space", " \n\t", ""},
		{"an empty collection", `{"type":"FeatureCollection","features":[]}`, ""},
		{"a collection", `{"type":"FeatureCollection","features":[` + pointFeature + `]}`, `1@40 id="7" ` + pointTold},
		{"features before type, foreign members, an old crs", `{"name":"x","x":{"y":[{}]},"features":[` + pointFeature + "\n,\n" + pointFeature + `],"crs":{"properties":{"name":"EPSG:32630"}},"type":"FeatureCollection"}`,
			`1@39 id="7" ` + pointTold + `2@136 id="7" ` + pointTold + "{LongPositions:0 CRS:{\"properties\":{\"name\":\"EPSG:32630\"}} Untyped:false}\n"},
		{"a collection that does not say so", `{"features":[` + pointFeature + `]}`, `1@13 id="7" ` + pointTold + "{LongPositions:0 CRS: Untyped:true}\n"},
		{"a bare feature", pointFeature, `1@0 id="7" ` + pointTold},
		{"a bare geometry, type last", `{"coordinates":[[1,2],[3,4]],"type":"LineString"}`, `1@0 id="" {"type":"LineString","coordinates":[[1,2],[3,4]]}` + "\n"},
		{"features a line", pointFeature + "\n\n" + pointFeature + "\r\n", `1@0 id="7" ` + pointTold + `2@96 id="7" ` + pointTold},
		{"a text sequence", "\x1e" + pointFeature + "\n\x1e\x1e" + pointFeature + "\n", `1@1 id="7" ` + pointTold + `2@98 id="7" ` + pointTold},
		{"a collection a line", `{"type":"FeatureCollection","features":[` + pointFeature + "]}\n" + pointFeature, `1@40 id="7" ` + pointTold + `2@137 id="7" ` + pointTold},
		{"flat records", `[{"id":1,"lat":2.5,"type":"IED"},{"id":2}]`, `1@1 id="" null id=1(1) lat=2.5(2.5) type="IED"("IED") flat` + "\n" + `2@33 id="" null id=2(2) flat` + "\n"},
		{"flat records a line", "{\"a\":null}\n{\"a\":true}", `1@0 id="" null a=null(null) flat` + "\n" + `2@11 id="" null a=true(true) flat` + "\n"},
		{"an array of features", "[" + pointFeature + "]", `1@1 id="7" ` + pointTold},
		{"null places", `{"type":"Feature","geometry":null,"properties":null}{"type":"Feature","geometry":{"type":"Point","coordinates":[]}}`, `1@0 id="" null` + "\n" + `2@52 id="" null` + "\n"},
		{"heights", `{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2,3],[4,5]]},"properties":{}}`, `1@0 id="" {"type":"LineString","coordinates":[[1,2,3],[4,5]]}` + "\n"},
		{"four numbers a position", `{"type":"Point","coordinates":[1,2,3,4]}`, `1@0 id="" {"type":"Point","coordinates":[1,2,3]}` + "\n{LongPositions:1 CRS: Untyped:false}\n"},
		{"a collection of geometries", `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2,9]},{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}]}`,
			`1@0 id="" {"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2,9]},{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}]}` + "\n"},
		{"nested properties", `{"type":"Feature","id":"é","geometry":null,"properties":{"a":{"b":[1,{"c":null}]},"s":"q\"\u00e9\ud83d\ude00\n"}}`,
			`1@0 id="é" null a=null({"b":[1,{"c":null}]}) s="q\"é😀\n"("q\"\u00e9\ud83d\ude00\n")` + "\n"},
	} {
		if got := tell(strings.NewReader(c.text)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
		if got := tell(iotest.OneByteReader(strings.NewReader(c.text))); got != c.want {
			t.Errorf("%s, byte by byte:\n got %s\nwant %s", c.desc, got, c.want)
		}
	}
}

func TestDecoderGoesOnBehindWhatIsWrong(t *testing.T) {
	in := func(bad string) string {
		return `{"type":"FeatureCollection","features":[` + "\n" + pointFeature + ",\n" + bad + ",\n" + pointFeature + "]}"
	}
	good := func(text, rest string) string {
		return `1@41 id="7" ` + pointTold + "refused line 3, feature 2: " + text + "\n" + fmt.Sprintf("3@%s", rest)
	}
	for _, c := range []struct{ desc, bad, want string }{
		{"NaN", `{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,2]},"properties":{}}`, "NaN is not a JSON number; write null where nothing is known"},
		{"minus infinity", `{"type":"Feature","geometry":null,"properties":{"a":-Infinity}}`, "-Infinity is not a JSON number; write null where nothing is known"},
		{"a number beyond all", `{"type":"Feature","geometry":{"type":"Point","coordinates":[1e999,2]}}`, "1e999 is beyond the numbers that can be kept"},
		{"one number", `{"type":"Point","coordinates":[1]}`, "a position has 1 of the two numbers that it needs"},
		{"null in a position", `{"type":"Point","coordinates":[1,null]}`, "a coordinate is null"},
		{"text in a position", `{"type":"Point","coordinates":["1",2]}`, "a coordinate is written as text; write it as a number, without quotes"},
		{"too deep", `{"type":"Point","coordinates":[[1,2]]}`, "the coordinates lie deeper within one another than this type of geometry has them"},
		{"an unknown geometry", `{"type":"Feature","geometry":{"type":"Circle","coordinates":[1,2]}}`, `"Circle" is not a geometry type of GeoJSON`},
		{"a geometry without coordinates", `{"type":"Feature","geometry":{"type":"Point"}}`, "the Point has no coordinates"},
		{"an empty ring", `{"type":"Polygon","coordinates":[[]]}`, "the Polygon has no coordinates"},
		{"a place that is text", `{"type":"Feature","geometry":"POINT(1 2)"}`, `a geometry is an object or null, not '"'`},
		{"a comma too many", `{"type":"Feature","geometry":null,"properties":{"a":1,}}`, `'}' stands where a name in quotes should`},
		{"no colon", `{"type":"Feature","properties":{"a" 1}}`, `'1' stands where ':' should`},
		{"no feature", `{"type":"Thing","properties":{}}`, `the object is no feature: its type is "Thing"`},
		{"a string in its place", `"x"`, `'"' stands where '{' should`},
		{"a leading zero", `{"type":"Feature","properties":{"a":012}}`, `"012" is not a JSON number`},
		{"deep", `{"type":"Feature","properties":{"a":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}}`, "arrays and objects lie more than 64 deep within one another"},
	} {
		text := in(c.bad)
		want := good(c.want, fmt.Sprintf("%d id=\"7\" %s", strings.LastIndex(text, pointFeature), pointTold))
		if got := tell(strings.NewReader(text)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, want)
		}
	}
}

func TestDecoderGoesOnInSequences(t *testing.T) {
	for _, c := range []struct{ desc, text, want string }{
		{"a line cut off", pointFeature + "\n" + pointFeature[:65] + "\n" + pointFeature, `1@0 id="7" ` + pointTold + "refused line 2, feature 2: '{' stands where ':' should\n" + `3@161 id="7" ` + pointTold},
		{"a record cut off", "\x1e" + pointFeature[:30] + "\n\x1e\n" + pointFeature, "refused line 1, feature 1: a string holds the control character 0x0a; is its closing quote missing?\n" + `2@34 id="7" ` + pointTold},
		{"no GeoJSON at all", "hello\n" + pointFeature, "refused line 1, feature 1: 'h' stands where an object or an array should; this is no GeoJSON\n" + `2@6 id="7" ` + pointTold},
		{"nothing but text", "hello", "refused line 1, feature 1: 'h' stands where an object or an array should; this is no GeoJSON\n"},
	} {
		if got := tell(strings.NewReader(c.text)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
	}
}

func TestDecoderSaysWhereATextIsCut(t *testing.T) {
	whole := `{"type":"FeatureCollection","features":[` + pointFeature + ",\n" + pointFeature + "]}"
	for n := 1; n < len(whole); n++ {
		got := tell(strings.NewReader(whole[:n]))
		if !strings.Contains(got, "over: the file is cut off") {
			t.Fatalf("cut after %d bytes: %s", n, got)
		}
	}
	if got := tell(strings.NewReader(whole[:len(whole)-2])); got != `1@40 id="7" `+pointTold+`2@136 id="7" `+pointTold+"over: the file is cut off after feature 2 (line 2); ask for it again\n" {
		t.Error(got)
	}
	if got := tell(strings.NewReader(`{"type":"FeatureCollection","features":[` + pointFeature + "}")); !strings.HasSuffix(got, "over: line 1: '}' stands where a comma or ']' should; what comes behind it cannot be read\n") {
		t.Error(got)
	}
}

func TestDecoderRefusesWhatIsTooLong(t *testing.T) {
	text := io.MultiReader(strings.NewReader(`{"type":"Feature","properties":{"a":"`), &endless{}, strings.NewReader(`"}}`))
	if got := tell(text); !strings.Contains(got, "one feature holds more than 64 MiB") {
		t.Error(got)
	}
}

// endless gives 100 MiB of the letter x.
type endless struct{ n int }

func (e *endless) Read(b []byte) (int, error) {
	if e.n > 100<<20 {
		return 0, io.EOF
	}
	for i := range b {
		b[i] = 'x'
	}
	e.n += len(b)
	return len(b), nil
}

func TestDecoderGivesTheReadersError(t *testing.T) {
	broken := errors.New("the disk is gone")
	d := NewDecoder(io.MultiReader(strings.NewReader(pointFeature+"\n"), iotest.ErrReader(broken)))
	if _, err := d.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Next(); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if _, err := d.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("behind an error comes %v", err)
	}
}

func TestParseValue(t *testing.T) {
	v, err := ParseValue([]byte(` {"a":[1,2.0,-0,1e2,12345678901234567890,"x",true,false,null,{}]} `))
	want := geo.Record(geo.Values{"a": geo.List(geo.Int(1), geo.Float(2), geo.Float(math.Copysign(0, -1)), geo.Float(100), geo.Float(12345678901234567890),
		geo.String("x"), geo.Bool(true), geo.Bool(false), geo.Value{}, geo.Record(geo.Values{}))})
	if err != nil || !v.Equal(want) {
		t.Errorf("got %v, %v, want %v", v, err, want)
	}
	for _, text := range []string{"", "{", "nul", "1 2", `{"a":1`, "tru", "--1", "1.", ".5", "1e", "01", "\"\t\"", `"\x"`, `"\u12g4"`} {
		if v, err := ParseValue([]byte(text)); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%q reads as %v, %v", text, v, err)
		}
	}
}
