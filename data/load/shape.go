package load

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
	"github.com/twpayne/go-geom/encoding/wkbcommon"
	"github.com/twpayne/go-geom/encoding/wkt"

	"bivouac/data/wkb"
	"bivouac/geo"
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

// parseShape reads a cell of WKT, EWKT, WKB, EWKB or GeoJSON. The srid is the
// code of the system that the shape names, 0 for none.
func parseShape(c *cell) (g orb.Geometry, z []float64, srid int, problem *geo.Said) {
	text := strings.TrimSpace(string(c.text))
	switch {
	case c.kind == absent || c.kind == untyped && (text == "" || isMissing([]byte(text))):
		return nil, nil, 0, nil
	case c.kind == nested:
		text = string(c.raw)
	case c.kind == typed:
		text = strings.TrimSpace(c.value.Text())
	}
	var shape geom.T
	var err error
	switch {
	case strings.HasPrefix(text, "{"):
		if g, z, err = geojson.ParseGeometry([]byte(text)); err != nil {
			return nil, nil, 0, geo.SaidBy(err)
		}
		return g, z, 0, nil
	case isHex(text):
		shape, err = parseHex(text)
	case isWKT(text):
		shape, err = parseWKT(text)
	default:
		return nil, nil, 0, told(noShape, quoted(text, mostShown))
	}
	if err != nil {
		return nil, nil, 0, told(unreadShape, quoted(text, 40), cause(err))
	}
	srid = shape.SRID()
	if shape, err = geom.SetSRID(shape, 0); err == nil {
		g, z, err = wkb.From(shape)
	}
	if err != nil {
		return nil, nil, 0, geo.SaidBy(err)
	}
	return g, z, srid, nil
}

// cause is what an error says, cut where a library says very much.
func cause(err error) *geo.Said {
	const most = 200
	said := geo.SaidBy(err)
	if said.Code == "" {
		said.Text = fmt.Sprintf("%.*s", most, said.Text)
	}
	return said
}

func parseHex(text string) (geom.T, error) {
	b, err := hex.DecodeString(text)
	if err != nil {
		return nil, err
	}
	if kind := b[1] | b[4]; kind&0x0f == wkbcommon.GeometryCollectionID && len(text) > maxCollectionHex {
		return nil, geo.ErrorOf(geo.TooLarge, "", longCollection)
	}
	return ewkb.Unmarshal(b)
}

// parseWKT reads WKT, and EWKT with its SRID.
func parseWKT(text string) (geom.T, error) {
	head, body, ok := strings.Cut(text, ";")
	if !ok || !strings.HasPrefix(strings.ToUpper(head), "SRID=") {
		return wkt.Unmarshal(text)
	}
	srid, err := strconv.Atoi(strings.TrimSpace(head[len("SRID="):]))
	if err != nil {
		return nil, geo.ErrorOf(geo.Invalid, "", noSystem, quoted(head, 40))
	}
	g, err := wkt.Unmarshal(body)
	if err != nil {
		return nil, err
	}
	return geom.SetSRID(g, srid)
}
