package filter

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// ParseJSON reads a filter on records of the schema, written as CQL2 JSON (OGC
// 21-065r2). It asks what [ParseText] asks, under the same limits, and its
// errors say where in the JSON they stand.
func ParseJSON(s *geo.Schema, text string) (geo.Predicate, error) {
	return ParseJSONIn(s, text, crs.CRS84)
}

// ParseJSONIn is to ParseJSON what [ParseTextIn] is to ParseText.
func ParseJSONIn(s *geo.Schema, text string, in crs.System) (geo.Predicate, error) {
	e, err := ReadJSON(text)
	if err != nil {
		return nil, err
	}
	if err := inCRS84(text, in, e); err != nil {
		return nil, err
	}
	return compile(s, text, e)
}

// ReadJSON reads CQL2 JSON without a schema, for translation: see [Expr].
func ReadJSON(text string) (*Expr, error) {
	if err := readable(text); err != nil {
		return nil, err
	}
	r := &jsonReader{reading: reading{text: text}, tokens: json.NewDecoder(strings.NewReader(text))}
	r.tokens.UseNumber()
	v, err := r.value()
	if err != nil {
		return nil, err
	}
	if _, err := r.tokens.Token(); !errors.Is(err, io.EOF) {
		return nil, r.wrong(int(r.tokens.InputOffset()), "expected the end of the filter")
	}
	return r.expr(v)
}

// jsonReader reads JSON with the places at which its values begin.
type jsonReader struct {
	reading
	tokens *json.Decoder
}

// jsonValue is a string, a json.Number, a bool, nil, a []jsonValue or a
// jsonObject, and the byte at which it begins.
type jsonValue struct {
	at int
	is any
}

type jsonObject map[string]jsonValue

// next returns a token and the byte at which it begins.
func (r *jsonReader) next() (json.Token, int, error) {
	at := int(r.tokens.InputOffset())
	at += len(r.text[at:]) - len(strings.TrimLeft(r.text[at:], " \t\r\n,:"))
	t, err := r.tokens.Token()
	if err != nil {
		return nil, at, r.wrong(at, "this is no JSON")
	}
	return t, at, nil
}

func (r *jsonReader) value() (jsonValue, error) {
	t, at, err := r.next()
	if err != nil {
		return jsonValue{}, err
	}
	d, ok := t.(json.Delim)
	if !ok {
		return jsonValue{at, t}, nil
	}
	// An argument lies two levels within its call, in args and in itself.
	defer func() { r.depth-- }()
	if r.depth++; r.depth > 2*MaxDepth {
		return jsonValue{}, r.wrong(at, "values stand more than %d deep in each other here; write the filter flatter", 2*MaxDepth)
	}
	if d == '[' {
		return r.array(at)
	}
	return r.object(at)
}

func (r *jsonReader) array(at int) (jsonValue, error) {
	list := []jsonValue{}
	for r.tokens.More() {
		v, err := r.value()
		if err != nil {
			return v, err
		}
		list = append(list, v)
	}
	_, _, err := r.next()
	return jsonValue{at, list}, err
}

func (r *jsonReader) object(at int) (jsonValue, error) {
	o := jsonObject{}
	for r.tokens.More() {
		key, keyAt, err := r.next()
		if err != nil {
			return jsonValue{}, err
		}
		name, _ := key.(string)
		if _, twice := o[name]; twice {
			return jsonValue{}, r.wrong(keyAt, "%s is given twice", name)
		}
		if o[name], err = r.value(); err != nil {
			return jsonValue{}, err
		}
	}
	_, _, err := r.next()
	return jsonValue{at, o}, err
}

// expr builds the tree that the text would give.
func (r *jsonReader) expr(v jsonValue) (*Expr, error) {
	switch is := v.is.(type) {
	case string:
		return &Expr{at: v.at, literal: literal{value: geo.String(is)}}, nil
	case bool:
		return &Expr{at: v.at, literal: literal{value: geo.Bool(is)}}, nil
	case json.Number:
		return r.number(v.at, is.String())
	case []jsonValue:
		args, err := r.exprs(is)
		return &Expr{at: v.at, form: aList, args: args}, err
	case jsonObject:
		return r.member(v.at, is)
	}
	return nil, r.wrong(v.at, "nothing equals null; ask with isNull")
}

func (r *jsonReader) exprs(list []jsonValue) ([]*Expr, error) {
	out := make([]*Expr, len(list))
	for i, v := range list {
		e, err := r.expr(v)
		if err != nil {
			return nil, err
		}
		out[i] = e
	}
	return out, nil
}

// member builds what an object stands for, by the member that says it.
func (r *jsonReader) member(at int, o jsonObject) (*Expr, error) {
	if op, ok := o["op"]; ok {
		name, err := r.stringOf(op, "the name of an operator")
		if err != nil {
			return nil, err
		}
		args, err := r.list(at, o["args"], "args")
		if err != nil {
			return nil, err
		}
		out, err := r.exprs(args)
		if err != nil {
			return nil, err
		}
		return r.call(at, name, out...)
	}
	if name, ok := o["property"]; ok {
		s, err := r.stringOf(name, "the name of a property")
		return &Expr{at: at, form: aProperty, name: s}, err
	}
	for _, key := range []string{"date", "timestamp"} {
		if moment, ok := o[key]; ok {
			s, err := r.stringOf(moment, momentForm(key == "date"))
			if err != nil {
				return nil, err
			}
			return r.moment(moment.at, key == "date", s)
		}
	}
	if ends, ok := o["interval"]; ok {
		list, err := r.list(at, ends, "interval")
		if err != nil {
			return nil, err
		}
		out, err := r.exprs(list)
		if err != nil {
			return nil, err
		}
		return r.interval(at, out)
	}
	return r.shape(at, o)
}

// stringOf returns a value that must be a string.
func (r *jsonReader) stringOf(v jsonValue, what string) (string, error) {
	s, ok := v.is.(string)
	if !ok {
		return "", r.wrong(v.at, "expected %s in double quotes", what)
	}
	return s, nil
}

// list returns a value that must be an array.
func (r *jsonReader) list(at int, v jsonValue, name string) ([]jsonValue, error) {
	list, ok := v.is.([]jsonValue)
	if !ok {
		return nil, r.wrong(max(at, v.at), "expected an array as %s", name)
	}
	return list, nil
}

// shape builds a bbox or a GeoJSON geometry.
func (r *jsonReader) shape(at int, o jsonObject) (*Expr, error) {
	if edges, ok := o[bbox]; ok {
		c, err := r.coordinates(edges, 0)
		return &Expr{at: at, form: aShape, name: bbox, shape: c}, err
	}
	if _, ok := o["type"]; !ok {
		return nil, r.wrong(at, "expected an object with op, property, date, timestamp, interval, bbox, or type and coordinates")
	}
	c, err := r.geometry(at, o)
	return &Expr{at: at, form: aShape, name: c.name, shape: c}, err
}

func (r *jsonReader) geometry(at int, o jsonObject) (coordinates, error) {
	name, _ := o["type"].is.(string)
	kind := shapeTypes[strings.ToUpper(name)]
	if name == "" || kind.name != name || name == bbox {
		return coordinates{}, r.wrong(max(at, o["type"].at), "%.40q is no type of GeoJSON geometry", name)
	}
	if name != collection {
		c, err := r.coordinates(o["coordinates"], kind.depth)
		c.name = name
		return c, err
	}
	list, err := r.list(at, o["geometries"], "geometries")
	c := coordinates{at: at, name: name}
	for _, v := range list {
		member, _ := v.is.(jsonObject)
		part, err := r.geometry(v.at, member)
		if err != nil {
			return c, err
		}
		c.parts = append(c.parts, part)
	}
	if err == nil && len(c.parts) == 0 {
		err = r.wrong(at, "the collection is empty")
	}
	return c, err
}

// coordinates reads positions that lie in arrays of a depth; 0 is a position.
func (r *jsonReader) coordinates(v jsonValue, depth int) (coordinates, error) {
	c := coordinates{at: v.at}
	list, ok := v.is.([]jsonValue)
	if !ok || len(list) == 0 {
		return c, r.wrong(v.at, "expected coordinates in an array")
	}
	if depth == 0 {
		return r.position(c, list)
	}
	for _, part := range list {
		p, err := r.coordinates(part, depth-1)
		if err != nil {
			return c, err
		}
		c.parts = append(c.parts, p)
	}
	return c, nil
}

func (r *jsonReader) position(c coordinates, list []jsonValue) (coordinates, error) {
	if err := r.vertex(c.at); err != nil {
		return c, err
	}
	if len(list) < 2 {
		return c, r.wrong(c.at, "a position is a longitude and a latitude, and perhaps a height")
	}
	for _, v := range list {
		n, _ := v.is.(json.Number)
		x, err := n.Float64()
		if err != nil {
			return c, r.wrong(v.at, "expected a number of degrees")
		}
		c.numbers = append(c.numbers, x)
	}
	return c, nil
}
