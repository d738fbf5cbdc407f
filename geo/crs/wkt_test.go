package crs_test

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// testdata/wkt.json holds what PROJ writes of systems in the dialects that
// files bring: code -> texts.
func TestParseWKT(t *testing.T) {
	b, err := os.ReadFile("testdata/wkt.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Code  int
		Texts map[string]string
	}
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, c := range all {
		want, readable := crs.ParseSystem("http://www.opengis.net/def/crs/EPSG/0/" + strconv.Itoa(c.Code))
		if want == crs.LatLon {
			want = crs.CRS84
		}
		for dialect, text := range c.Texts {
			for _, form := range []string{text, withoutCodes(text)} {
				got, err := crs.ParseWKT(form)
				switch {
				case readable && (err != nil || got != want):
					t.Errorf("EPSG:%d as %s: %v, %v\n%s", c.Code, dialect, got, err, form)
				case !readable && (geo.CodeOf(err) != geo.Unsupported || !strings.Contains(err.Error(), "ogr2ogr -t_srs EPSG:4326")):
					t.Errorf("EPSG:%d as %s is read as %v, %v", c.Code, dialect, got, err)
				}
				known++
			}
		}
	}
	if known < 100 {
		t.Errorf("only %d texts were looked at", known)
	}
}

// withoutCodes takes the code behind the last bracket away, so that the
// parameters must tell.
func withoutCodes(text string) string {
	for _, word := range []string{`,AUTHORITY["EPSG","`, `,ID["EPSG",`} {
		if i := strings.LastIndex(text, word); i >= 0 {
			if end := strings.IndexByte(text[i:], ']'); end >= 0 && i+end+2 == len(text) {
				return text[:i] + "]"
			}
		}
	}
	return text
}

func TestBrokenWKT(t *testing.T) {
	whole := `PROJCS["WGS_1984_UTM_Zone_38N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",45.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
	if s, err := crs.ParseWKT(whole); err != nil || s != 32638 {
		t.Fatal(s, err)
	}
	for n := range len(whole) {
		if s, err := crs.ParseWKT(whole[:n]); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("the first %d characters are read as %v, %v", n, s, err)
		}
	}
	for _, c := range []struct{ desc, from, to string }{
		{"another scale", "0.9996", "0.9999"},
		{"another origin", `"Latitude_Of_Origin",0.0`, `"Latitude_Of_Origin",10.0`},
		{"feet", `UNIT["Meter",1.0]`, `UNIT["Foot_US",0.3048006096012192]`},
		{"no zone's meridian", "45.0", "46.0"},
		{"another datum", "D_WGS_1984", "D_European_1950"},
		{"another ellipsoid", "298.257223563", "297.0"},
		{"another meridian", `"Greenwich",0.0`, `"Paris",2.337229167`},
		{"another false easting", "500000.0", "500500.0"},
		{"another false northing", `"False_Northing",0.0`, `"False_Northing",5000.0`},
		{"another projection", "Transverse_Mercator", "Lambert_Conformal_Conic"},
	} {
		if s, err := crs.ParseWKT(strings.Replace(whole, c.from, c.to, 1)); geo.CodeOf(err) != geo.Unsupported || !strings.Contains(err.Error(), "WGS_1984_UTM_Zone_38N") {
			t.Errorf("%s: %v, %v", c.desc, s, err)
		}
	}
	deep := strings.Repeat("PROJCS[", 100_000)
	if _, err := crs.ParseWKT(deep); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("deep in itself: %v", err)
	}
}

func TestParseName(t *testing.T) {
	for name, want := range map[string]crs.System{
		"EPSG:4326": crs.CRS84, "4326": crs.CRS84, "CRS84": crs.CRS84, "OGC:CRS84": crs.CRS84, "urn:ogc:def:crs:OGC:1.3:CRS84": crs.CRS84, " epsg:32638 ": 32638,
		"urn:ogc:def:crs:EPSG::32738": 32738, "urn:ogc:def:crs:EPSG:6.18:3857": crs.WebMercator, "http://www.opengis.net/def/crs/EPSG/0/32601": 32601, "EPSG:32760": 32760,
	} {
		if got, err := crs.ParseName(name); err != nil || got != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for _, name := range []string{"", "EPSG:", "EPSG:2154", "32600", "32661", "ESRI:102100", "UTM", "EPSG:-32638", "ESRI:4326", "my 4326", "NOTCRS84", "EPSG 4326", "urn:ogc:def:crs:OGC:1.3:CRS83"} {
		if got, err := crs.ParseName(name); geo.CodeOf(err) != geo.Unsupported {
			t.Errorf("%q: %v, %v", name, got, err)
		}
	}
}

func FuzzParseWKT(f *testing.F) {
	f.Add(`GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`)
	f.Add(`COMPD_CS["a",PROJCS["b",GEOGCS["c"],PROJECTION["d"],AUTHORITY["EPSG","32638"]],VERT_CS["e"]]`)
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := crs.ParseWKT(text); geo.CodeOf(err) == geo.Internal {
			t.Fatalf("%v is not an error for people", err)
		}
	})
}
