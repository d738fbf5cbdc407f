package geojson

import (
	"errors"
	"strconv"

	"bivouac/geo"
)

// ParseValue reads a JSON text as a Value: objects become records, arrays
// lists, numbers int64 where they are written without a point and fit. It is
// an error if anything but white space follows.
func ParseValue(text []byte) (geo.Value, error) {
	p := parser{b: text, final: true}
	v, err := p.value(1)
	if err == nil {
		err = p.end()
	}
	return v, public(err)
}

// end refuses anything but white space.
func (p *parser) end() error {
	if c, err := p.peek(); err == nil {
		return p.fail(behindEnd, strconv.QuoteRune(rune(c)))
	}
	return nil
}

// public turns what the parser says into an error for people.
func public(err error) error {
	var f *fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return geo.ErrorOf(geo.Invalid, "", wrongAt, f.at, f.said())
	}
	return geo.ErrorOf(geo.Invalid, "", endsEarly)
}

// value reads any value.
func (p *parser) value(depth int) (geo.Value, error) {
	c, err := p.peek()
	if err != nil {
		return geo.Value{}, err
	}
	switch c {
	case '{':
		return p.record(depth)
	case '[':
		return p.list(depth)
	}
	return p.scalar(c)
}

func (p *parser) record(depth int) (geo.Value, error) {
	r := geo.Values{}
	err := p.object(depth, func(name []byte) error {
		key := p.words.of(name)
		v, err := p.value(depth + 1)
		r[key] = v
		return err
	})
	return geo.Record(r), err
}

func (p *parser) list(depth int) (geo.Value, error) {
	items := []geo.Value{}
	err := p.array(depth, func() error {
		v, err := p.value(depth + 1)
		items = append(items, v)
		return err
	})
	return geo.List(items...), err
}

// scalar reads a string, number, bool or null that starts with c.
func (p *parser) scalar(c byte) (geo.Value, error) {
	switch c {
	case '"':
		s, err := p.text()
		return geo.String(p.words.of(s)), err
	case 't':
		return geo.Bool(true), p.literal("true")
	case 'f':
		return geo.Bool(false), p.literal("false")
	case 'n':
		return geo.Value{}, p.literal("null")
	case 'N', 'I':
		return geo.Value{}, p.fail(wordNoNumber, string(firstWord(p.b[p.i:])))
	}
	n, err := p.number()
	if err == nil && n.whole {
		return geo.Int(n.n), nil
	}
	return geo.Float(n.f), err
}

// skip reads any value and keeps nothing of it.
func (p *parser) skip(depth int) error {
	c, err := p.peek()
	if err != nil {
		return err
	}
	switch c {
	case '{':
		return p.object(depth, func([]byte) error { return p.skip(depth + 1) })
	case '[':
		return p.array(depth, func() error { return p.skip(depth + 1) })
	}
	if c == '"' {
		_, err = p.text()
		return err
	}
	_, err = p.scalar(c)
	return err
}
