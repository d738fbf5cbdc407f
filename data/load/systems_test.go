package load

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"testing"
)

// inUTM is a place at 3 west on the equator: the middle of zone 30, where the
// easting is 500 km and the northing 0 by definition.
const inUTM = `{"type":"Feature","geometry":{"type":"Point","coordinates":[500000,0]},"properties":{"n":1}}`

// TestSystemOfGeoJSON heeds the crs member of the format's first edition,
// wherever it stands, and refuses what it does not know.
func TestSystemOfGeoJSON(t *testing.T) {
	const degrees = `{"type":"Feature","geometry":{"type":"Point","coordinates":[2.5,16]},"properties":{"n":1}}`
	const there, zone, mercator = `[2.5,16]`, `[-3,0]`, `"coordinates":[0,0]`
	for _, c := range []struct{ desc, crs, feature, want string }{
		{"CRS84", `{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}`, degrees, there},
		{"EPSG:4326", `{"type":"name","properties":{"name":"EPSG:4326"}}`, degrees, there},
		{"the URN of 4326", `{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4326"}}`, degrees, there},
		{"null", `null`, degrees, there},
		{"a name alone", `"EPSG:32630"`, inUTM, zone},
		{"a zone", `{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32630"}}`, inUTM, zone},
		{"a code of the drafts", `{"type":"EPSG","properties":{"code":32630}}`, inUTM, zone},
		{"Web Mercator", `{"type":"name","properties":{"name":"EPSG:3857"}}`, strings.Replace(inUTM, "500000", "0", 1), mercator},
		{"a code that holds another", `{"type":"name","properties":{"name":"EPSG:43260"}}`, degrees, `"EPSG:43260", which is not read`},
		{"a register of somebody else", `{"type":"name","properties":{"name":"ESRI:4326"}}`, degrees, `"ESRI:4326", which is not read`},
		{"a name like it", `{"type":"name","properties":{"name":"my 4326"}}`, degrees, `"my 4326", which is not read`},
		{"a name that ends like it", `{"type":"name","properties":{"name":"NOTCRS84"}}`, degrees, `"NOTCRS84", which is not read`},
		{"a link", `{"type":"link","properties":{"href":"http://example.org/4326"}}`, degrees, "which is not read"},
		{"nothing in it", `{}`, degrees, "which is not read"},
		{"Lambert", `{"type":"name","properties":{"name":"EPSG:2154"}}`, degrees, `"EPSG:2154", which is not read`},
	} {
		for where, text := range map[string]string{
			"before": `{"type":"FeatureCollection","crs":` + c.crs + `,"features":[` + c.feature + `]}`,
			"behind": `{"type":"FeatureCollection","features":[` + c.feature + `],"crs":` + c.crs + `}`,
		} {
			got := tell(file(t, "f.geojson", text), Options{})
			if !strings.Contains(got, c.want) || !strings.Contains(c.want, "not read") && strings.Contains(got, "not opened") {
				t.Errorf("%s, %s the features: %s", c.desc, where, got)
			}
		}
	}
	two := `{"type":"FeatureCollection","crs":"EPSG:32630","features":[` + inUTM + `]}` + "\n" + `{"type":"FeatureCollection","crs":"EPSG:3857","features":[` + inUTM + `]}`
	if got := tell(file(t, "f.geojson", two), Options{}); !strings.Contains(got, "two coordinate systems") {
		t.Errorf("two systems: %s", got)
	}
	lambert := `{"type":"FeatureCollection","features":[` + degrees + `],"crs":"EPSG:2154"}`
	if got := tell(file(t, "f.geojson", lambert), Options{CRS: "EPSG:4326"}); !strings.Contains(got, there) {
		t.Errorf("the option goes before the file: %s", got)
	}
}

// pointEWKB is a point as PostGIS writes it.
func pointEWKB(srid uint32, x, y float64) string {
	b := []byte{1}
	b = binary.LittleEndian.AppendUint32(b, 1|0x20000000)
	b = binary.LittleEndian.AppendUint32(b, srid)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(y))
	return hex.EncodeToString(b)
}

// TestSystemOfShapes reprojects shapes that name their own system.
func TestSystemOfShapes(t *testing.T) {
	for _, c := range []struct{ desc, shape, want string }{
		{"degrees", "SRID=4326;POINT(2.5 16)", "[2.5,16]"},
		{"none", "SRID=0;POINT(2.5 16)", "[2.5,16]"},
		{"a zone", "SRID=32630;POINT(500000 0)", "[-3,0]"},
		{"in small letters", "srid=32630;POINT(500000 0)", "[-3,0]"},
		{"Web Mercator", "SRID=3857;POINT(0 0)", `"coordinates":[0,0]`},
		{"a height stays", "SRID=32630;POINT Z(500000 0 7)", "[-3,0,7]"},
		{"another", "SRID=2154;POINT(5 6)", `"EPSG:2154", which is not read`},
		{"no number", "SRID=x;POINT(5 6)", "names no system"},
		{"EWKB of a zone", pointEWKB(32630, 500000, 0), "[-3,0]"},
		{"EWKB of degrees", pointEWKB(4326, 2.5, 16), "[2.5,16]"},
		{"EWKB of another", pointEWKB(2154, 5, 6), `"EPSG:2154", which is not read`},
	} {
		if got := tell(file(t, "f.csv", fmt.Sprintf("wkt,n\nPOINT(1 2),0\n%s,1\n", c.shape)), Options{}); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.desc, got)
		}
	}
	if got := tell(file(t, "f.csv", "wkt,n\nSRID=2154;POINT(500000 0),1\n"), Options{CRS: "EPSG:32630"}); !strings.Contains(got, "[-3,0]") {
		t.Errorf("the option goes before the shape: %s", got)
	}
}

// TestEncodings reads names of places in the alphabets of missions, and does not
// guess where a guess would be wrong.
func TestEncodings(t *testing.T) {
	const (
		arabic   = "name,lon,lat\n\xc8\xdb\xcf\xc7\xcf,44.4,33.3\n" // بغداد
		cyrillic = "name,lon,lat\n\xcf\xf0\xe8\xf8\xf2\xe8\xed\xe0,21.2,42.7\n"
		western  = "name,lon,lat\nM\xe9naka,2.4,15.9\nTombouctou,-3,16.8\nAnsongo,0.5,15.7\n"
	)
	for _, c := range []struct{ desc, text, encoding, want string }{
		{"Arabic", arabic, "windows-1256", "بغداد"},
		{"Arabic by its number", arabic, "1256", "بغداد"},
		{"Cyrillic", cyrillic, "cp1251", "Приштина"},
		{"Western", western, "latin-1", "Ménaka"},
		{"Western, found out", western, "", "Ménaka"},
		{"Western, as it is not", western, "utf-8", "line 2 has bytes that are no characters of UTF-8"},
		{"Arabic is not guessed", arabic, "", "say its encoding"},
		{"Cyrillic is not guessed", cyrillic, "", "say its encoding"},
		{"bytes of no Western character", "name\n\x81\n", "", "say its encoding"},
		{"bytes of no Greek character", "name\nM\xd2\n", "windows-1253", "line 2 has bytes that are no characters of Windows-1253"},
		{"UTF-8 as it is not", "name\nMénaka\n", "shift_jis", ""},
		{"upper-case accents in a row are Western", "name\nFAC\xc7\xc3O\n\xc9cole\n", "", "FACÇÃO"},
	} {
		code, err := ParseEncoding(c.encoding)
		if err != nil {
			t.Fatal(err)
		}
		if got := tell(file(t, "f.csv", c.text), Options{Encoding: code}); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.desc, got)
		}
	}
}
