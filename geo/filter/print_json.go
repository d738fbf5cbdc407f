package filter

import (
	"encoding/json"
	"strconv"

	"bivouac/geo"
)

// MarshalJSON prints the filter as CQL2 JSON.
func (e *Expr) MarshalJSON() ([]byte, error) { return e.json(nil), nil }

func (e *Expr) json(b []byte) []byte {
	switch e.form {
	case aProperty:
		return append(appendString(append(b, `{"property":`...), e.name), '}')
	case aCall:
		b = appendString(append(b, `{"op":`...), e.name)
		return append(jsonList(append(b, `,"args":`...), e.args), '}')
	case aList:
		return jsonList(b, e.args)
	case anInterval:
		return e.intervalJSON(b)
	case aShape:
		return e.shape.json(b, e.name)
	}
	return e.literal.json(b)
}

func jsonList(b []byte, args []*Expr) []byte {
	return jsonItems(b, len(args), func(b []byte, i int) []byte { return args[i].json(b) })
}

// jsonItems prints an array of n items.
func jsonItems(b []byte, n int, item func([]byte, int) []byte) []byte {
	b = append(b, '[')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = item(b, i)
	}
	return append(b, ']')
}

func (e *Expr) intervalJSON(b []byte) []byte {
	b = jsonItems(append(b, `{"interval":`...), len(e.args), func(b []byte, i int) []byte {
		if end := e.args[i]; end.form != aLiteral {
			return end.json(b)
		}
		return appendString(b, e.args[i].endOf())
	})
	return append(b, '}')
}

func (l literal) json(b []byte) []byte {
	switch {
	case l.day:
		return append(appendString(append(b, `{"date":`...), l.moment()), '}')
	case l.value.Kind() == geo.KindTime:
		return append(appendString(append(b, `{"timestamp":`...), l.moment()), '}')
	case l.value.Kind() == geo.KindString:
		return appendString(b, l.value.Text())
	}
	return l.value.Append(b) // numbers and bools print as in JSON
}

func appendString(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // a string never fails
	return append(b, quoted...)
}

// json prints the shape as GeoJSON, or as a box.
func (c coordinates) json(b []byte, name string) []byte {
	if name == bbox {
		return append(c.array(append(b, `{"bbox":`...)), '}')
	}
	b = append(appendString(append(b, `{"type":`...), name), ',')
	if name == collection {
		b = append(b, `"geometries":`...)
		b = jsonItems(b, len(c.parts), func(b []byte, i int) []byte { return c.parts[i].json(b, c.parts[i].name) })
	} else {
		b = c.array(append(b, `"coordinates":`...))
	}
	return append(b, '}')
}

func (c coordinates) array(b []byte) []byte {
	if c.numbers != nil {
		return jsonItems(b, len(c.numbers), func(b []byte, i int) []byte { return strconv.AppendFloat(b, c.numbers[i], 'g', -1, 64) })
	}
	return jsonItems(b, len(c.parts), func(b []byte, i int) []byte { return c.parts[i].array(b) })
}
