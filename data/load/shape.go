package load

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
	"github.com/twpayne/go-geom/encoding/wkbcommon"
	"github.com/twpayne/go-geom/encoding/wkt"

	"bivouac/data/wkb"
	"bivouac/geo/geojson"
)

// maxCollectionHex bounds a WKB collection, whose parts may lie within one
// another as deep as it is long.
const maxCollectionHex = 2 << 20

// looksLikeShape knows WKT, WKB in hexadecimal digits and GeoJSON by their
// first characters.
func looksLikeShape(c *cell) bool {
	text := string(c.text)
	if c.kind == typed {
		text = c.value.Text()
	}
	if c.kind == nested {
		return c.raw[0] == '{' && strings.Contains(string(c.raw[:min(len(c.raw), 400)]), `"coordinates"`)
	}
	return isWKT(text) || isHex(text) || strings.HasPrefix(text, `{"type"`)
}

func isWKT(s string) bool {
	s = strings.ToUpper(strings.TrimLeft(s[:min(len(s), 40)], " "))
	if strings.HasPrefix(s, "SRID=") {
		return true
	}
	for _, kind := range []string{"POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"} {
		if strings.HasPrefix(s, kind) {
			return true
		}
	}
	return false
}

func isHex(s string) bool {
	if len(s) < 18 || s[0] != '0' || s[1] != '0' && s[1] != '1' {
		return false
	}
	for i := 0; i < min(len(s), 42); i++ {
		if c := s[i] | 0x20; (s[i] < '0' || s[i] > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// parseShape reads a cell of WKT, EWKT, WKB, EWKB or GeoJSON.
func parseShape(c *cell) (orb.Geometry, []float64, string) {
	text := strings.TrimSpace(string(c.text))
	switch {
	case c.kind == absent || c.kind == untyped && (text == "" || isMissing([]byte(text))):
		return nil, nil, ""
	case c.kind == nested:
		return fromGeoJSON(c.raw)
	case c.kind == typed:
		text = strings.TrimSpace(c.value.Text())
	}
	var g geom.T
	var err error
	switch {
	case strings.HasPrefix(text, "{"):
		return fromGeoJSON([]byte(text))
	case isHex(text):
		g, err = parseHex(text)
	case isWKT(text):
		g, err = parseWKT(text)
	default:
		return nil, nil, fmt.Sprintf("%.60q is no shape; write WKT such as POINT(-3.0026 16.7666), WKB in hexadecimal digits, or GeoJSON", text)
	}
	if err != nil {
		return nil, nil, fmt.Sprintf("%.40q cannot be read as a shape: %.200s", text, err)
	}
	shape, z, err := wkb.From(g)
	if err != nil {
		return nil, nil, err.Error()
	}
	return shape, z, ""
}

func fromGeoJSON(text []byte) (orb.Geometry, []float64, string) {
	g, z, err := geojson.ParseGeometry(text)
	if err != nil {
		return nil, nil, err.Error()
	}
	return g, z, ""
}

func parseHex(text string) (geom.T, error) {
	b, err := hex.DecodeString(text)
	if err != nil {
		return nil, err
	}
	if kind := b[1] | b[4]; kind&0x0f == wkbcommon.GeometryCollectionID && len(text) > maxCollectionHex {
		return nil, fmt.Errorf("load: the collection is too long")
	}
	return ewkb.Unmarshal(b)
}

// parseWKT reads WKT, and EWKT by leaving its SRID aside.
func parseWKT(text string) (geom.T, error) {
	if head, body, ok := strings.Cut(text, ";"); ok && strings.HasPrefix(strings.ToUpper(head), "SRID=") {
		if srid := head[len("SRID="):]; srid != "4326" {
			return nil, fmt.Errorf("load: its system is EPSG:%s; export the data in WGS84 (EPSG:4326)", srid)
		}
		text = body
	}
	return wkt.Unmarshal(text)
}
