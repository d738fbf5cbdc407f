package kml

import (
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/load/record"
	"bivouac/data/load/record/recordtest"
	"bivouac/geo"
)

// read returns the records with their values by name.
func read(text string) (records []record.Record, values []map[string]string, warnings []string, err error) {
	r := Open(io.NopCloser(strings.NewReader(text)))
	records, err = recordtest.Read(r)
	return records, recordtest.Named(r, records), geo.Texts(r.Warnings()), err
}

func TestShapes(t *testing.T) {
	ring := `<LinearRing><coordinates>0,0 4,0 4,4</coordinates></LinearRing>`
	for _, c := range []struct {
		desc, text string
		want       orb.Geometry
		z          []float64
	}{
		{"a point", `<Point><coordinates>1,2</coordinates></Point>`, orb.Point{1, 2}, nil},
		{"space behind commas", `<Point><coordinates> 1, 2, 3 </coordinates></Point>`, orb.Point{1, 2}, []float64{3}},
		{"a height that says nothing", `<Point><coordinates>1,2,0</coordinates></Point>`, orb.Point{1, 2}, nil},
		{"at sea level", `<Point><altitudeMode>absolute</altitudeMode><coordinates>1,2,0</coordinates></Point>`, orb.Point{1, 2}, []float64{0}},
		{"a line", "<LineString><coordinates>1,2\n3,4\t5,6</coordinates></LineString>", orb.LineString{{1, 2}, {3, 4}, {5, 6}}, nil},
		{"a ring that is open", `<Polygon><outerBoundaryIs>` + ring + `</outerBoundaryIs></Polygon>`, orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}}, nil},
		{"a hole before its shell", `<Polygon><innerBoundaryIs><LinearRing><coordinates>2,1,9 3,1,9 3,2,9 2,1,9</coordinates></LinearRing></innerBoundaryIs><outerBoundaryIs>` + ring + `</outerBoundaryIs></Polygon>`,
			orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}, {{2, 1}, {3, 1}, {3, 2}, {2, 1}}}, nil},
		{"points in one", `<MultiGeometry><Point><coordinates>1,2</coordinates></Point><MultiGeometry><Point><coordinates>3,4</coordinates></Point></MultiGeometry></MultiGeometry>`, orb.MultiPoint{{1, 2}, {3, 4}}, nil},
		{"of several kinds", `<MultiGeometry><Point><coordinates>1,2</coordinates></Point><LineString><coordinates>1,2 3,4</coordinates></LineString></MultiGeometry>`,
			orb.Collection{orb.Point{1, 2}, orb.LineString{{1, 2}, {3, 4}}}, nil},
		{"a track", `<gx:Track><when>2019-01-02T03:04:05Z</when><when>2019-01-02T04:04:05Z</when><gx:coord>1 2 30</gx:coord><gx:coord>3 4 40</gx:coord></gx:Track>`, orb.LineString{{1, 2}, {3, 4}}, []float64{30, 40}},
		{"nothing", ``, nil, nil},
		{"no coordinates", `<Point><coordinates/></Point>`, nil, nil},
	} {
		got, _, _, err := read(`<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Placemark>` + c.text + `</Placemark></kml>`)
		if err != nil || len(got) != 1 || got[0].ID != "" || !reflect.DeepEqual(got[0].Geometry, c.want) {
			t.Errorf("%s: %+v, %v", c.desc, got, err)
			continue
		}
		if c.z != nil && !reflect.DeepEqual(got[0].Z, c.z) || c.z == nil && c.desc != "a hole before its shell" && got[0].Z != nil {
			t.Errorf("%s: heights %v", c.desc, got[0].Z)
		}
	}
}

func TestAttributes(t *testing.T) {
	const text = `<?xml version="1.0"?><kml><Document><name>Map</name><Schema id="s"><SimpleField type="string" name="code"/><SimpleField type="int" name="n"/></Schema>
<Folder><name>Camps</name><Folder><name>Old</name><Placemark id="p1"><name>Gao</name><description><![CDATA[<b>x</b>]]></description><TimeSpan><begin>2013-07-01</begin></TimeSpan>
<ExtendedData><Data name="beds"><value>12</value></Data><Data name="name"><value>other</value></Data><SchemaData><SimpleData name="code">007</SimpleData></SchemaData></ExtendedData></Placemark></Folder>
<NetworkLink><Link><href>http://x/y.kml</href></Link></NetworkLink></Folder>
<Placemark><name>Ber</name><TimeStamp><when>2019-01-02</when></TimeStamp></Placemark><GroundOverlay/></Document></kml>`
	got, values, warnings, err := read(text)
	if err != nil || len(got) != 2 || got[0].ID != "p1" {
		t.Fatal(got, err)
	}
	if want := (map[string]string{"name": "Gao", "description": "<b>x</b>", "folder": "Camps / Old", "begin": "2013-07-01", "beds": "12", "name_2": "other", "code": "007"}); !reflect.DeepEqual(values[0], want) {
		t.Errorf("%v", values[0])
	}
	if want := (map[string]string{"name": "Ber", "timestamp": "2019-01-02"}); !reflect.DeepEqual(values[1], want) {
		t.Errorf("%v", values[1])
	}
	if text := strings.Join(warnings, "; "); text != "pictures are not read; left out: 1 GroundOverlay; links to other files are not followed; left out: 1 NetworkLink" {
		t.Errorf("warnings: %s", text)
	}
}

func TestBroken(t *testing.T) {
	point := func(text string) string {
		return `<kml><Placemark><Point><coordinates>` + text + `</coordinates></Point></Placemark></kml>`
	}
	for _, c := range []struct{ desc, text, want string }{
		{"cut off", `<kml><Placemark><name>a`, "is cut off at line 1"},
		{"cut off between", `<kml><Document>`, "is cut off at line 1"},
		{"no XML", `<kml><a <b></kml>`, "cannot be read at line 1"},
		{"a decimal comma", point("1,5 2,5"), `a point has 2 places`},
		{"decimal commas of a place", point("1,5,2,5"), `"1,5,2,5" is no place`},
		{"words", point("here"), `"here" is no place; write longitude,latitude`},
		{"deep folders", `<kml>` + strings.Repeat("<Folder>", 300), "folders lie more than 256 deep"},
		{"deep in itself", `<kml><Placemark>` + strings.Repeat("<a>", 300), "too large, or too deep in itself"},
		{"an encoding that nobody knows", `<?xml version="1.0" encoding="klingon"?><kml/>`, `names the encoding "klingon", which is not read`},
		{"wrong bytes", "<kml><Placemark><name>M\xe9naka</name></Placemark></kml>", "bytes that are no characters in the encoding"},
		{"a name without end", `<kml><Placemark><name>` + strings.Repeat("x", 70<<20), "is too large, or too deep in itself"},
		{"entities that grow", `<!DOCTYPE a [<!ENTITY b "bbbb">]><kml><Placemark><name>&b;</name></Placemark></kml>`, "cannot be read at line 1"},
	} {
		got, _, _, err := read(c.text)
		if text := recordtest.Said(got, err); !strings.Contains(text, c.want) {
			t.Errorf("%s: %.200s, want %s", c.desc, text, c.want)
		}
	}
}

func TestEncodings(t *testing.T) {
	for desc, text := range map[string]string{
		"named":     "<?xml version=\"1.0\" encoding=\"windows-1256\"?><kml><Placemark><name>\xdf\xed\xcf\xc7\xe1</name></Placemark></kml>",
		"with mark": "\xef\xbb\xbf<kml><Placemark><name>كيدال</name></Placemark></kml>",
	} {
		if _, values, _, err := read(text); err != nil || len(values) != 1 || values[0]["name"] != "كيدال" {
			t.Errorf("%s: %v, %v", desc, values, err)
		}
	}
}

func FuzzKML(f *testing.F) {
	f.Add(`<kml><Document><Folder><name>a</name><Placemark id="1"><name>b</name><TimeSpan><begin>2019</begin></TimeSpan><ExtendedData><Data name="x"><value>1</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0,1 1,0,2 1,1,3</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>`)
	f.Add(`<kml><Placemark><MultiGeometry><Point><coordinates>1,2,3</coordinates></Point><Track><when>1</when><coord>1 2 3</coord></Track></MultiGeometry></Placemark></kml>`)
	f.Add("\xff\xfe<\x00k\x00m\x00l\x00/\x00>\x00")
	f.Fuzz(func(t *testing.T, text string) {
		_, _, _, err := read(text)
		if geo.CodeOf(err) == geo.Internal {
			t.Fatalf("%v is not an error for people", err)
		}
	})
}

// TestSchemaText wants texts that a schema declares to stay what they are: an
// empty one is a value, and the name once more is the name.
func TestSchemaText(t *testing.T) {
	_, got, _, err := read(`<kml><Document><Schema name="s" id="s"><SimpleField type="string" name="name"/><SimpleField type="string" name="note"/>
		<SimpleField type="double" name="n"/></Schema>
		<Placemark><name>Gao</name><ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="name">Gao</SimpleData><SimpleData name="note"></SimpleData><SimpleData name="n"></SimpleData></SchemaData></ExtendedData></Placemark>
		<Placemark><name>Gao</name><ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="name">another</SimpleData></SchemaData></ExtendedData></Placemark>
		</Document></kml>`)
	if err != nil {
		t.Fatal(err)
	}
	want := []map[string]string{{"name": "Gao", "note": ""}, {"name": "Gao", "name_2": "another"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
