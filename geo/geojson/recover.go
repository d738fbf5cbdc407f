package geojson

import (
	"bytes"
	"errors"
)

const rawBytes = 200 // of a refused feature that are kept to show it

// refusal describes the feature at hand.
func (d *Decoder) refusal(f *fault) *Refusal {
	rest := d.w.rest()
	return &Refusal{
		Ordinal: d.ordinal, Line: d.w.line(), Offset: d.w.offset(),
		Said: f.said(), Raw: string(rest[:min(len(rest), rawBytes)]),
	}
}

// wrongItem turns what is wrong with an item of an array into a Refusal, and
// goes behind the item. Where its end cannot be found the reading is over.
func (d *Decoder) wrongItem(err error) error {
	var f *fault
	if !errors.As(err, &f) {
		d.ordinal--
		return err
	}
	r := d.refusal(f)
	if err := d.attempt((*parser).pass); err != nil {
		d.ordinal--
		return err
	}
	d.use()
	return r
}

// wrongText does so for a text that stands alone. The next one starts behind
// a record separator, or on the next line, or behind the braces.
func (d *Decoder) wrongText(err error) error {
	var f *fault
	if !errors.As(err, &f) {
		return err
	}
	d.ordinal++
	r := d.refusal(f)
	err = d.attempt(func(p *parser) error { return d.nextText(p) })
	if errors.Is(err, errShort) {
		d.p.i = len(d.p.b)
		err = nil
		d.state = over
	}
	d.use()
	if err != nil {
		return err
	}
	return r
}

// nextText goes to where the next text probably starts.
func (d *Decoder) nextText(p *parser) error {
	if d.sequence {
		return p.to(recordSeparator)
	}
	if err := p.to('\n'); err != nil {
		return err
	}
	line := p.i
	c, err := p.peek()
	if errors.Is(err, errShort) && !p.final {
		return err
	}
	p.i = line
	if err != nil || c == '{' {
		return nil
	}
	p.i = 0
	err = p.pass()
	if err == nil && p.i == 0 {
		p.i = line
	}
	return err
}

func (p *parser) to(c byte) error {
	n := bytes.IndexByte(p.b[p.i:], c)
	if n < 0 {
		return errShort
	}
	p.i += n
	return nil
}

// pass goes behind the value at hand by counting brackets outside strings,
// without asking whether it is well formed.
func (p *parser) pass() error {
	depth, quoted := 0, false
	for ; p.i < len(p.b); p.i++ {
		switch c := p.b[p.i]; {
		case quoted && c == '\\':
			p.i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth == 0 {
				return nil
			}
			depth--
			if depth == 0 {
				p.i++
				return nil
			}
		case c == ',' && depth == 0:
			return nil
		}
	}
	return errShort
}
