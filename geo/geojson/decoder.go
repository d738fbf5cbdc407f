package geojson

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"bivouac/geo"
)

// state says where in the text the Decoder stands.
type state uint8

const (
	outside      state = iota // between texts
	inCollection              // before a member of a FeatureCollection, or its end
	inFeatures                // before a feature of its array, or the array's end
	inArray                   // before an item of an array of records
	over                      // nothing more can be read
)

// Decoder reads the features of a text one after another. Memory stays flat:
// it holds the longest feature, and a window of 256 KiB.
type Decoder struct {
	w        window
	p        parser
	f        Feature
	state    state
	first    bool // no item of the array was read yet
	shaped   bool // it is known whether an array's items are flat
	flat     bool
	ordinal  int
	typed    bool // the collection said that it is one
	sequence bool // a record separator was met
	warned   Warnings
}

// NewDecoder returns a Decoder of the UTF-8 text that r reads. A byte order
// mark is the caller's to take off.
func NewDecoder(r io.Reader) *Decoder {
	d := &Decoder{w: window{r: r}}
	d.p.words = newWords()
	d.p.warned = &d.warned
	return d
}

// Refusal is a feature that is wrong. The reading goes on behind it.
type Refusal struct {
	Ordinal int      // of the feature, 1 for the first
	Line    int      // on which it starts
	Offset  int64    // of its first byte
	Said    geo.Said // what is wrong
	Raw     string   // how it starts
}

// Error prints the line, then what is wrong.
func (r *Refusal) Error() string {
	return fmt.Sprintf("line %d, feature %d: %s", r.Line, r.Ordinal, r.Said.Text)
}

// Warnings returns what was read although it should not be so, up to now.
func (d *Decoder) Warnings() Warnings { return d.warned }

// Line returns the line on which the last feature starts. It is true until
// the next one is read.
func (d *Decoder) Line() int { return d.w.line() }

// Raw returns how the text of the last feature starts. It is true until the
// next one is read.
func (d *Decoder) Raw() string {
	rest := d.w.rest()[:d.p.i]
	return string(rest[:min(len(rest), rawBytes)])
}

// Next returns the next feature. An error that is a *Refusal leaves that
// feature out and lets the reading go on; io.EOF is the end of a whole text;
// any other error ends the reading, and says so where the text was cut off.
func (d *Decoder) Next() (*Feature, error) {
	d.w.start += d.p.i
	d.p.i = 0
	for {
		var got bool
		var err error
		switch d.state {
		case outside:
			got, err = d.text()
		case inCollection:
			err = d.member()
		case inFeatures, inArray:
			got, err = d.item()
		case over:
			return nil, io.EOF
		}
		if err != nil {
			return nil, d.settle(err)
		}
		if got {
			return &d.f, nil
		}
	}
}

// settle decides whether the reading can go on after an error.
func (d *Decoder) settle(err error) error {
	var r *Refusal
	if errors.As(err, &r) {
		return err
	}
	d.state = over
	switch {
	case errors.Is(err, errShort):
		return d.cut()
	case errors.Is(err, io.EOF):
		return io.EOF
	}
	var f *fault
	if errors.As(err, &f) {
		d.w.start += min(f.at, len(d.w.rest()))
		return geo.ErrorOf(geo.Invalid, "", wrongFrom, d.w.line(), f.said())
	}
	return err
}

func (d *Decoder) cut() error {
	if d.ordinal == 0 {
		return geo.ErrorOf(geo.Invalid, "", cutAtStart)
	}
	return geo.ErrorOf(geo.Invalid, "", cutBehind, d.ordinal, d.w.line())
}

// attempt runs read on the rest of the window, with more and more of it until
// read has what it needs. What it took stands in p.i.
func (d *Decoder) attempt(read func(*parser) error) error {
	for {
		d.p.b, d.p.i, d.p.final = d.w.rest(), 0, d.w.eof
		err := read(&d.p)
		if err == nil || d.w.eof || !errors.Is(err, errShort) {
			return err
		}
		if err := d.w.more(); err != nil {
			return err
		}
	}
}

// use drops what the last attempt took.
func (d *Decoder) use() {
	d.w.start += d.p.i
	d.p.i = 0
}

// peek returns the next byte that is not white space, io.EOF at the end.
func (d *Decoder) peek() (byte, error) {
	var c byte
	err := d.attempt(func(p *parser) (err error) {
		c, err = p.peek()
		return err
	})
	d.use()
	if errors.Is(err, errShort) {
		err = io.EOF
	}
	return c, err
}

// text starts the next text: a collection, an array, or a single feature,
// geometry or record.
func (d *Decoder) text() (bool, error) {
	c, err := d.peek()
	for err == nil && c == recordSeparator {
		d.sequence = true
		d.w.start++
		c, err = d.peek()
	}
	switch {
	case err != nil:
		return false, err
	case c == '[':
		d.w.start++
		d.state, d.first, d.shaped, d.flat = inArray, true, false, false
		return false, nil
	case c == ',' && d.ordinal > 0:
		return false, d.wrongText(&fault{sentence: looseComma})
	}
	return d.single()
}

const recordSeparator = 0x1e // RFC 8142

// single reads the text that stands alone, or enters the collection.
func (d *Decoder) single() (bool, error) {
	var s shape
	err := d.attempt(func(p *parser) (err error) {
		s, err = p.shape()
		return err
	})
	if err != nil {
		return false, d.wrongText(err)
	}
	if s == collection {
		d.use()
		d.state, d.first, d.typed = inCollection, true, false
		return false, nil
	}
	d.ordinal++
	err = d.read(s == record)
	if err != nil {
		d.ordinal--
		return false, d.wrongText(err)
	}
	return true, nil
}

// read reads the feature or record at hand.
func (d *Decoder) read(flat bool) error {
	err := d.attempt(func(p *parser) error {
		if flat {
			return p.flat(&d.f)
		}
		return p.feature(&d.f)
	})
	d.f.Ordinal, d.f.Offset = d.ordinal, d.w.offset()
	return err
}

// member reads the next member of a collection, or its end.
func (d *Decoder) member() error {
	var name string
	end := false
	err := d.attempt(func(p *parser) error {
		c, err := p.peek()
		switch {
		case err != nil:
			return err
		case c == '}':
			p.i++
			end = true
			return nil
		case !d.first:
			if err := p.take(','); err != nil {
				return err
			}
			if _, err := p.peek(); err != nil {
				return err
			}
		}
		n, err := p.name()
		name = string(n)
		return err
	})
	if err != nil {
		return err
	}
	d.use()
	d.first = false
	if end {
		d.state = outside
		d.warned.Untyped = d.warned.Untyped || !d.typed
		return nil
	}
	return d.memberValue(name)
}

func (d *Decoder) memberValue(name string) error {
	c, err := d.peek()
	if err != nil {
		return errShort
	}
	if name == "features" {
		if c != '[' {
			return &fault{sentence: badFeatures}
		}
		d.w.start++
		d.state, d.first, d.shaped, d.flat = inFeatures, true, true, false
		return nil
	}
	err = d.attempt(func(p *parser) error { return p.skip(2) })
	if err != nil {
		return err
	}
	value := d.p.b[:min(d.p.i, 4000)]
	switch name {
	case "type":
		d.typed = d.typed || string(value) == `"FeatureCollection"`
	case "crs":
		if text := string(value); text != "null" {
			d.warned.CRS = text
		}
	}
	d.use()
	return nil
}

// item reads the next item of an array, or its end.
func (d *Decoder) item() (bool, error) {
	c, err := d.peek()
	if err != nil {
		return false, errShort
	}
	if c == ']' {
		d.w.start++
		d.state = d.behindArray()
		return false, nil
	}
	if !d.first {
		if c != ',' {
			return false, &fault{sentence: commaWanted, values: []any{strconv.QuoteRune(rune(c)), `']'`}}
		}
		d.w.start++
		if c, err = d.peek(); err != nil {
			return false, errShort
		}
	}
	d.first = false
	d.ordinal++
	if !d.shaped && c == '{' {
		if err := d.lookAtFirst(); err != nil {
			return false, d.wrongItem(err)
		}
	}
	if err := d.read(d.flat); err != nil {
		return false, d.wrongItem(err)
	}
	return true, nil
}

func (d *Decoder) behindArray() state {
	if d.state == inFeatures {
		return inCollection
	}
	return outside
}

// lookAtFirst decides by the first item whether an array holds flat records.
func (d *Decoder) lookAtFirst() error {
	var s shape
	err := d.attempt(func(p *parser) (err error) {
		s, err = p.shape()
		return err
	})
	if err == nil {
		d.shaped, d.flat = true, s == record
	}
	return err
}
