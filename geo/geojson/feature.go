package geojson

import (
	"strconv"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Feature is one record as a text writes it. It is the Decoder's own and lasts
// until the next one is read; its Geometry, Z and strings may be kept.
type Feature struct {
	Ordinal    int    // 1 for the first in the text
	Offset     int64  // of its first byte
	ID         string // the id member as text, "" for none
	Geometry   orb.Geometry
	Z          []float64 // nil, or a height a vertex, NaN where one has none
	Properties []Member  // in the order of the text
	Flat       bool      // a flat record: no GeoJSON, no geometry of its own
}

// Member is one property. An object or array is left as Raw JSON, which is
// well formed, with a null Value: ParseValue reads it.
type Member struct {
	Name  string
	Value geo.Value
	Raw   []byte // what the text says, quotes included
}

// Nested reports whether the member is an object or an array.
func (m *Member) Nested() bool {
	return len(m.Raw) > 0 && (m.Raw[0] == '{' || m.Raw[0] == '[')
}

// Warnings counts what was read although it should not be so.
type Warnings struct {
	LongPositions int    // positions of more than three numbers; the rest is dropped
	CRS           string // the last crs member, of the format's first edition (2008): the present one has WGS84 alone
	Untyped       bool   // features without "type":"FeatureCollection"
}

// feature reads a feature or a bare geometry.
func (p *parser) feature(f *Feature) error {
	f.reset()
	start := p.i
	kind, known := "", false
	err := p.object(1, func(name []byte) error {
		switch string(name) {
		case "type":
			k, err := p.textValue()
			kind = string(p.words.of(k))
			return err
		case "id":
			return p.id(f)
		case "geometry":
			known = true
			var err error
			f.Geometry, f.Z, err = p.place()
			return err
		case "properties":
			known = true
			return p.properties(f, 2)
		}
		return p.skip(2)
	})
	switch {
	case err != nil:
		return err
	case kind == "Feature" || kind == "" && known:
		return nil
	case kindNamed([]byte(kind)) != "":
		p.i = start
		f.Geometry, f.Z, err = p.place()
		return err
	}
	p.i = start
	return p.fail(noFeature, strconv.Quote(string(kind)))
}

func (f *Feature) reset() {
	f.ID, f.Geometry, f.Z, f.Flat = "", nil, nil, false
	f.Properties = f.Properties[:0]
}

// textValue reads a value that should be a string; anything else reads as "".
func (p *parser) textValue() ([]byte, error) {
	c, err := p.peek()
	if err != nil {
		return nil, err
	}
	if c != '"' {
		return nil, p.skip(2)
	}
	return p.text()
}

// id reads a string, or a number as it is written.
func (p *parser) id(f *Feature) error {
	c, err := p.peek()
	if err != nil {
		return err
	}
	start := p.i
	if c == '"' {
		s, err := p.text()
		f.ID = string(s)
		return err
	}
	if err := p.skip(2); err != nil {
		return err
	}
	if c == '-' || c >= '0' && c <= '9' {
		f.ID = string(p.b[start:p.i])
	}
	return nil
}

// properties reads an object of properties, or null.
func (p *parser) properties(f *Feature, depth int) error {
	c, err := p.peek()
	switch {
	case err != nil:
		return err
	case c == 'n':
		return p.literal("null")
	case c != '{':
		return p.fail(badProperties)
	}
	old := f.Properties[:cap(f.Properties)]
	f.Properties = f.Properties[:0]
	return p.object(depth, func(name []byte) error {
		m := Member{Name: p.nameLike(old, len(f.Properties), name)}
		c, err := p.peek()
		if err != nil {
			return err
		}
		start := p.i
		if c == '{' || c == '[' {
			err = p.skip(depth + 1)
		} else {
			m.Value, err = p.scalar(c)
		}
		m.Raw = p.b[start:p.i]
		f.Properties = append(f.Properties, m)
		return err
	})
}

// nameLike returns the name as the feature before had it at the same place,
// which it nearly always has, so that names cost nothing.
func (p *parser) nameLike(old []Member, i int, name []byte) string {
	if i < len(old) && old[i].Name == string(name) {
		return old[i].Name
	}
	return p.words.of(name)
}

// flat reads a flat record: every member is a property.
func (p *parser) flat(f *Feature) error {
	f.reset()
	f.Flat = true
	c, err := p.peek()
	if err == nil && c != '{' {
		return p.fail(noRecord, strconv.QuoteRune(rune(c)))
	}
	if err != nil {
		return err
	}
	return p.properties(f, 1)
}
