package styles

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"bivouac/geo"
)

// qml is a style file of QGIS with a rule-based renderer.
type qml struct {
	XMLName  xml.Name `xml:"qgis"`
	Version  string   `xml:"version,attr"`
	Category string   `xml:"styleCategories,attr"`
	Renderer struct {
		Type    string      `xml:"type,attr"`
		Rules   qmlRules    `xml:"rules"`
		Symbols []qmlSymbol `xml:"symbols>symbol"`
	} `xml:"renderer-v2"`
}

type qmlRules struct {
	Key  string    `xml:"key,attr"`
	List []qmlRule `xml:"rule"`
}

type qmlRule struct {
	Key    string `xml:"key,attr"`
	Filter string `xml:"filter,attr,omitempty"`
	Symbol string `xml:"symbol,attr"`
	Label  string `xml:"label,attr"`
}

type qmlSymbol struct {
	Type  string `xml:"type,attr"`
	Name  string `xml:"name,attr"`
	Alpha string `xml:"alpha,attr"`
	Layer struct {
		Class   string    `xml:"class,attr"`
		Enabled string    `xml:"enabled,attr"`
		Options qmlOption `xml:"Option"`
		Defined struct {
			Options qmlOption `xml:"Option"`
		} `xml:"data_defined_properties"`
	} `xml:"layer"`
}

type qmlOption struct {
	Type  string      `xml:"type,attr"`
	Name  string      `xml:"name,attr,omitempty"`
	Value string      `xml:"value,attr,omitempty"`
	List  []qmlOption `xml:"Option"`
}

// QML returns the style of a collection for its records in QGIS, in a theme:
// rules whose filters, colours and widths follow from the circles, lines and
// areas of the style of its tiles. Icons and names are not among them, and
// records are not counted in cells.
func QML(s *geo.Schema, theme string) []byte {
	var out qml
	out.Version, out.Category = "3.22.0", "Symbology"
	out.Renderer.Type, out.Renderer.Rules.Key = "RuleRenderer", "root"
	f := filler{palettes[theme], 1}
	for _, l := range paintedLayers(s) {
		out.add(f.fill(l).(map[string]any))
	}
	text, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		panic("styles: " + err.Error()) // texts always encode
	}
	return append(append([]byte("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"), text...), '\n')
}

// symbolTypes are what QGIS calls what layers of a type draw.
var symbolTypes = map[string]struct{ symbol, class string }{"circle": {"marker", "SimpleMarker"}, "line": {"line", "SimpleLine"}, "fill": {"fill", "SimpleFill"}}

// paintedLayers returns the layers of records that have a colour, those of any
// collection of the geometry where there are icons alone.
func paintedLayers(s *geo.Schema) []map[string]any {
	painted := func(t template) (out []map[string]any) {
		for _, l := range t.Layers {
			if _, known := symbolTypes[l["type"].(string)]; known && l["source"] != "cells" {
				out = append(out, l)
			}
		}
		return out
	}
	if own := painted(templateOf(s)); len(own) > 0 {
		return own
	}
	return painted(plain[string(s.Geometry)])
}

// class is one colour and the records that have it.
type class struct{ filter, label, colour string }

// classesOf parts the colour of a layer, which is one or hangs on a field.
func classesOf(colour any, label string) []class {
	in, ok := colour.([]any)
	if !ok {
		return []class{{"", label, colour.(string)}}
	}
	var out []class
	for i := 2; i+1 < len(in); i += 2 {
		if filter, ok := among(in[1], in[i]); ok {
			out = append(out, class{filter, strings.Trim(strings.ReplaceAll(fmt.Sprint(in[i]), " ", ", "), "[]"), in[i+1].(string)})
		}
	}
	return append(out, class{"ELSE", "other", in[len(in)-1].(string)})
}

// add adds the rules of a layer.
func (q *qml) add(l map[string]any) {
	kind := l["type"].(string)
	paint := l["paint"].(map[string]any)
	filter := ""
	if !aboutGeometry(l["filter"]) {
		filter, _ = expression(l["filter"])
	}
	for _, c := range classesOf(paint[kind+"-color"], l["id"].(string)) {
		name := strconv.Itoa(len(q.Renderer.Symbols))
		rule := qmlRule{Key: "rule-" + name, Filter: filter, Symbol: name, Label: c.label}
		if c.filter != "" {
			rule.Filter = c.filter
		}
		q.Renderer.Rules.List = append(q.Renderer.Rules.List, rule)
		q.Renderer.Symbols = append(q.Renderer.Symbols, newSymbol(name, kind, c.colour, paint))
	}
}

// aboutGeometry reports whether a filter asks for the type of the geometry
// alone, which all records of a layer of QGIS share, or for nothing.
func aboutGeometry(filter any) bool {
	f, ok := filter.([]any)
	if !ok {
		return true
	}
	of, _ := f[1].([]any)
	return len(of) == 1 && of[0] == "geometry-type"
}

func newSymbol(name, kind, colour string, paint map[string]any) qmlSymbol {
	s := qmlSymbol{Type: symbolTypes[kind].symbol, Name: name, Alpha: "1"}
	s.Layer.Class, s.Layer.Enabled = symbolTypes[kind].class, "1"
	s.Layer.Options.Type = "Map"
	set := func(name, value string) {
		s.Layer.Options.List = append(s.Layer.Options.List, qmlOption{Type: "QString", Name: name, Value: value})
	}
	switch kind {
	case "circle":
		set("name", "circle")
		set("color", rgba(colour, 1))
		set("outline_style", "no")
		s.size("size", paint["circle-radius"], 2)
		set("size_unit", "Pixel")
	case "line":
		set("line_color", rgba(colour, 1))
		set("line_width_unit", "Pixel")
		width := s.size("line_width", paint["line-width"], 1)
		s.dash(paint["line-dasharray"], width)
	case "fill":
		opacity, given := paint["fill-opacity"].(float64)
		if !given {
			opacity = 1
		}
		set("color", rgba(colour, opacity))
		set("outline_style", "no")
	}
	return s
}

// defined is what the options are called where they hang on fields.
var defined = map[string]string{"size": "size", "line_width": "outlineWidth"}

// size sets a size, times what QGIS counts otherwise. Where it hangs on fields
// it is that of most records, and an expression says it of each.
func (s *qmlSymbol) size(name string, v any, times float64) float64 {
	size, plain := v.(float64)
	if in, ok := v.([]any); ok && !plain {
		size, _ = in[len(in)-1].(float64)
		if in[0] == "step" {
			size, _ = in[2].(float64)
		}
		if e, ok := expression(v); ok {
			s.Layer.Defined.Options = qmlOption{Type: "Map", List: []qmlOption{
				{Type: "QString", Name: "name"},
				{Type: "Map", Name: "properties", List: []qmlOption{{Type: "Map", Name: defined[name], List: []qmlOption{
					{Type: "bool", Name: "active", Value: "true"}, {Type: "QString", Name: "expression", Value: fmt.Sprintf("%v * (%s)", times, e)}, {Type: "int", Name: "type", Value: "3"},
				}}}},
				{Type: "QString", Name: "type", Value: "collection"},
			}}
		}
	}
	s.Layer.Options.List = append(s.Layer.Options.List, qmlOption{Type: "QString", Name: name, Value: strconv.FormatFloat(size*times, 'f', -1, 64)})
	return size * times
}

// dash sets the strokes of a line, which MapLibre counts in widths.
func (s *qmlSymbol) dash(v any, width float64) {
	strokes, ok := v.([]any)
	if !ok {
		return
	}
	parts := make([]string, len(strokes))
	for i := range strokes {
		n, _ := strokes[i].(float64)
		parts[i] = strconv.FormatFloat(n*width, 'f', -1, 64)
	}
	s.Layer.Options.List = append(s.Layer.Options.List,
		qmlOption{Type: "QString", Name: "use_custom_dash", Value: "1"},
		qmlOption{Type: "QString", Name: "customdash", Value: strings.Join(parts, ";")},
		qmlOption{Type: "QString", Name: "customdash_unit", Value: "Pixel"})
}

// rgba writes a colour of the palette, #rrggbb, as QGIS has it.
func rgba(colour string, opacity float64) string {
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		panic("styles: the colour " + colour) // the tests look at all of them
	}
	return fmt.Sprintf("%d,%d,%d,%d", n>>16, n>>8&255, n&255, int(opacity*255+0.5))
}
