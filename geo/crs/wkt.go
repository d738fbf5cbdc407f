package crs

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"bivouac/geo"
)

// OfEPSG returns the system of a code of the EPSG register for coordinates
// that stand as maps draw them, x before y: code 4326 is [CRS84] there. Any
// but WGS84, Web Mercator and the zones of UTM is an error that says how to
// come by one that is read.
func OfEPSG(code int) (System, error) {
	if s, ok := ofEPSG(strconv.Itoa(code)); ok {
		return drawn(s), nil
	}
	return 0, unread("EPSG:" + strconv.Itoa(code))
}

// drawn is the system with x before y, as every file of shapes holds them.
func drawn(s System) System {
	if s == LatLon {
		return CRS84
	}
	return s
}

// ParseName reads how people and files name a system: EPSG:32638, 32638,
// CRS84, OGC:CRS84, or what [ParseSystem] reads with any version of the
// register. Coordinates stand as [OfEPSG] says.
func ParseName(name string) (System, error) {
	part := strings.FieldsFunc(strings.ToUpper(strings.TrimSpace(name)), func(r rune) bool { return r == ':' || r == '/' })
	if len(part) == 0 {
		return 0, unread(name)
	}
	authority, code := part[:len(part)-1], part[len(part)-1]
	switch n := len(authority); {
	case code == "CRS84" && (n == 0 || slices.Contains(authority, "OGC")), code == "84" && n == 1 && authority[0] == "CRS":
		return CRS84, nil
	case n == 0 || slices.Contains(authority, "EPSG"):
		if n, err := strconv.Atoi(code); err == nil {
			return OfEPSG(n)
		}
	}
	return 0, unread(name)
}

// unread says that a system is none of those that are known here, and what to
// do.
func unread(name string) error {
	const longest = 120
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest], "") + "..."
	}
	return geo.ErrorOf(geo.Unsupported, "crs", unknownSystem, strconv.Quote(name))
}

// ParseWKT knows a system by its well-known text: that of the OGC (version 1
// and, as far as needed, 2) and that of ESRI, which files of shapes bring
// beside them (.prj). Known are WGS84, Web Mercator and UTM on WGS84, by their
// code or by their parameters; heights are left aside. Coordinates stand as
// [OfEPSG] says.
func ParseWKT(text string) (System, error) {
	root, ok := parseWKT(text)
	if !ok {
		return 0, geo.ErrorOf(geo.Invalid, "crs", unreadText, fmt.Sprintf("%.60q", text))
	}
	return root.system()
}

// wktNode is KEYWORD["name",number,OTHER[...]].
type wktNode struct {
	word  string // in capitals
	texts []string
	nodes []*wktNode
}

const (
	wktDeepest = 16
	wktLongest = 16 << 10
)

func parseWKT(text string) (*wktNode, bool) {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if len(text) > wktLongest {
		return nil, false
	}
	p := &wktParser{rest: text}
	n := p.node(0)
	return n, n != nil
}

type wktParser struct{ rest string }

func (p *wktParser) space() { p.rest = strings.TrimLeft(p.rest, " \t\r\n") }

// take takes one of the characters.
func (p *wktParser) take(any string) bool {
	p.space()
	if p.rest == "" || strings.IndexByte(any, p.rest[0]) < 0 {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// word takes what is no mark.
func (p *wktParser) word() string {
	p.space()
	end := strings.IndexAny(p.rest, "[](),\"")
	if end < 0 {
		end = len(p.rest)
	}
	word := strings.TrimSpace(p.rest[:end])
	p.rest = p.rest[end:]
	return word
}

func (p *wktParser) node(deep int) *wktNode {
	n := &wktNode{word: strings.ToUpper(p.word())}
	if n.word == "" || deep > wktDeepest || !p.take("[(") {
		return nil
	}
	for {
		if !p.member(n, deep) {
			return nil
		}
		switch {
		case p.take("])"):
			return n
		case !p.take(","):
			return nil
		}
	}
}

func (p *wktParser) member(n *wktNode, deep int) bool {
	if p.take(`"`) {
		text, rest, ok := strings.Cut(p.rest, `"`)
		n.texts, p.rest = append(n.texts, text), rest
		return ok
	}
	before := p.rest
	word := p.word()
	if p.space(); p.rest != "" && (p.rest[0] == '[' || p.rest[0] == '(') {
		p.rest = before
		child := p.node(deep + 1)
		n.nodes = append(n.nodes, child)
		return child != nil
	}
	n.texts = append(n.texts, word)
	return word != ""
}

func (n *wktNode) name() string { return n.text(0) }

func (n *wktNode) text(i int) string {
	if i < len(n.texts) {
		return n.texts[i]
	}
	return ""
}

// child returns the first node of one of the words, an empty one for none.
func (n *wktNode) child(words ...string) *wktNode {
	for _, c := range n.nodes {
		if slices.Contains(words, c.word) {
			return c
		}
	}
	return &wktNode{}
}

func (n *wktNode) number(i int) float64 {
	v, err := strconv.ParseFloat(n.text(i), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

func (n *wktNode) system() (System, error) {
	switch n.word {
	case "COMPD_CS", "COMPOUNDCRS":
		if inner := n.child("PROJCS", "PROJCRS", "PROJECTEDCRS", "GEOGCS", "GEOGCRS", "GEODCRS", "BOUNDCRS"); inner.word != "" {
			return inner.system()
		}
	case "BOUNDCRS":
		if inner := n.child("SOURCECRS"); len(inner.nodes) > 0 {
			return inner.nodes[0].system()
		}
	case "GEOGCS", "GEOGCRS", "GEODCRS", "GEOGRAPHICCRS", "GEODETICCRS":
		if n.wgs84() && near(n.degrees(), degree) {
			return CRS84, nil
		}
	case "PROJCS", "PROJCRS", "PROJECTEDCRS":
		if s, ok := n.projected(); ok {
			return s, nil
		}
	}
	if code := n.code(); code != "" {
		if s, ok := ofEPSG(code); ok {
			return drawn(s), nil
		}
		return 0, unread("EPSG:" + code + ", " + n.name())
	}
	return 0, unread(n.name())
}

// code is the system's number in the register of EPSG, "" for none.
func (n *wktNode) code() string {
	id := n.child("AUTHORITY", "ID")
	if strings.EqualFold(id.name(), "EPSG") {
		return id.text(1)
	}
	return ""
}

// wgs84 reports whether a geographic system is that of WGS84: by its datum and
// its ellipsoid, on the meridian of Greenwich.
func (n *wktNode) wgs84() bool {
	datum := n.child("DATUM", "ENSEMBLE", "GEODETICDATUM", "TRF")
	plain := strings.NewReplacer("_", "", " ", "", "-", "").Replace(strings.ToUpper(datum.name()))
	plain = strings.TrimPrefix(plain, "D")
	known := plain == "WGS1984" || plain == "WGS84" || strings.HasPrefix(plain, "WORLDGEODETICSYSTEM1984")
	e := datum.child("SPHEROID", "ELLIPSOID")
	meridian := n.child("PRIMEM", "PRIMEMERIDIAN")
	return known && near(e.number(1), equatorialRadius) && math.Abs(e.number(2)-1/flattening) < 1e-6 &&
		(meridian.word == "" || meridian.number(1) == 0)
}

// degrees is the unit of a geographic system in radians.
func (n *wktNode) degrees() float64 {
	unit := n.child("UNIT", "ANGLEUNIT")
	for _, axis := range n.nodes {
		if unit.word == "" && axis.word == "AXIS" {
			unit = axis.child("UNIT", "ANGLEUNIT")
		}
	}
	if unit.word == "" {
		return degree
	}
	return unit.number(1)
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Abs(b) }

// projected knows UTM and Web Mercator by their parameters.
func (n *wktNode) projected() (System, bool) {
	base := n.child("GEOGCS", "BASEGEOGCRS", "BASEGEODCRS")
	if !base.wgs84() || !n.metres() {
		return 0, false
	}
	method, values := n.projection()
	given := func(name string, otherwise float64) float64 {
		if v, ok := values[name]; ok {
			return v
		}
		return otherwise
	}
	middle := given("centralmeridian", given("longitudeofnaturalorigin", given("longitudeoforigin", math.NaN())))
	east, north := given("falseeasting", math.NaN()), given("falsenorthing", math.NaN())
	switch method {
	case "transversemercator", "gausskruger":
		scale := given("scalefactor", given("scalefactoratnaturalorigin", math.NaN()))
		from := given("latitudeoforigin", given("latitudeofnaturalorigin", math.NaN()))
		zone := (middle + 183) / 6
		if !near(scale, utmScale) || from != 0 || east != falseEasting || zone != math.Trunc(zone) || zone < 1 || zone > 60 {
			return 0, false
		}
		switch north {
		case 0:
			return utmNorthern + System(zone), true
		case falseNorthing:
			return utmSouthern + System(zone), true
		}
	case "mercatorauxiliarysphere", "popularvisualisationpseudomercator":
		return WebMercator, middle == 0 && east == 0 && north == 0 && given("auxiliaryspheretype", 0) == 0 && given("standardparallel1", 0) == 0
	case "mercator1sp":
		// The OGC has no word for it: GDAL writes the method of the ellipsoid
		// and says beside it that the sphere is meant.
		return WebMercator, strings.Contains(n.child("EXTENSION").text(1), "+nadgrids=@null") && middle == 0 && east == 0 && north == 0
	}
	return 0, false
}

// metres reports whether the lengths of a projected system are metres.
func (n *wktNode) metres() bool {
	unit := n.child("UNIT", "LENGTHUNIT")
	for _, axis := range n.nodes {
		if unit.word == "" && axis.word == "AXIS" {
			unit = axis.child("UNIT", "LENGTHUNIT")
		}
	}
	return unit.word == "" || unit.number(1) == 1
}

// projection returns the method and its parameters by their plain names.
func (n *wktNode) projection() (method string, values map[string]float64) {
	plain := strings.NewReplacer("_", "", " ", "", "(", "", ")", "", "-", "")
	at := n.child("CONVERSION")
	if at.word == "" {
		at = n
	}
	values = map[string]float64{}
	for _, p := range at.nodes {
		if p.word == "PARAMETER" {
			values[plain.Replace(strings.ToLower(p.name()))] = p.number(1)
		}
	}
	return plain.Replace(strings.ToLower(at.child("PROJECTION", "METHOD").name())), values
}
