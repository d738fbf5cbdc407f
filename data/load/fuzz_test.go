package load

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/shape"
)

func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		"id,lon,lat,time\n1,2,3,2019-01-02\n1,x,,\n", "a;b\n\"x\ny\";2\n", "lon|lat\n0|0\n", "n,wkt\n1,POINT Z (1 2 3)\n", "g\n0101000000000000000000F03F0000000000000040\n",
		`{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"geometry":{"type":"Polygon","coordinates":[[[170,0],[-170,0],[-170,5],[170,0]]]},"properties":{"a":{"b":1}}}]}`,
		`[{"lat":1,"lon":2,"geometry":null},{"lat":"x"}]`, "\xff\xfea\x00\n\x00\x31\x00", "\xe9,b\n1,2\n", "id,type_of_violence,best,conflict_id,date_start,date_end,latitude,longitude\n1,3,2,4,2019-01-02,2019-01-03,5,6\n",
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, text []byte, builtin bool) {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		o := Options{}
		if builtin {
			o.Collection = "incidents"
		}
		file, err := open(t, path, o)
		if err != nil {
			if geo.CodeOf(err) == geo.Internal {
				t.Fatalf("%q: %v is not an error for people", text, err)
			}
			return
		}
		s := file.Schema()
		report, err := file.Read(context.Background(), func(f *geo.Feature) error {
			sound(t, &s, f)
			return nil
		})
		if report.Loaded+report.Refused != report.Rows {
			t.Fatalf("%q: %+v does not add up, %v", text, report, err)
		}
		if report.String() == "" {
			t.Fatal("the report says nothing")
		}
	})
}

// sound holds a record to its schema, to valid geometry and to valid JSON.
func sound(t *testing.T, s *geo.Schema, f *geo.Feature) {
	t.Helper()
	if bad := shape.Validate(f.Geometry); bad != nil {
		t.Fatalf("%v loads: %v", f.Geometry, bad)
	}
	if line := geojson.AppendGeoFeature(nil, s, f); !json.Valid(bytes.ToValidUTF8(line, nil)) {
		t.Fatalf("a record is written as %s", line)
	}
	for i, v := range f.Values {
		if !v.Null() && v.Kind() != s.Fields[i].Kind {
			t.Fatalf("%s holds the %v %v", s.Fields[i].Name, v.Kind(), v)
		}
	}
}

func FuzzShape(f *testing.F) {
	for _, seed := range []string{"POINT(1 2)", "POLYGON ((0 0,1 0,1 1,0 0))", "GEOMETRYCOLLECTION(POINT EMPTY)", "SRID=4326;POINT M (1 2 3)", "0101000020E6100000000000000000F03F0000000000000040",
		"0107000000010000000101000000000000000000F03F0000000000000040", `{"type":"Point","coordinates":[1,2]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		g, z, _, problem := parseShape(&cell{kind: untyped, text: text})
		if problem != nil && g != nil {
			t.Fatalf("%q is both %v and wrong: %s", text, g, problem)
		}
		if g != nil && z != nil {
			n := len(geojson.AppendGeometry(nil, g, z))
			if n < len(geojson.AppendGeometry(nil, g, nil)) {
				t.Fatalf("%q: heights make %v shorter", text, g)
			}
		}
	})
}
