package geojson

import (
	"math"
	"strconv"
)

// number is a JSON number: an integer where it is written as one and fits.
type number struct {
	whole bool
	n     int64
	f     float64
}

// number reads a number by the grammar of JSON.
func (p *parser) number() (number, error) {
	b, start := p.b, p.i
	i := start
	negative := i < len(b) && b[i] == '-'
	if negative {
		i++
	}
	var m uint64
	digits, lead := 0, i
	for i < len(b) && b[i]-'0' <= 9 {
		m = m*10 + uint64(b[i]-'0')
		i++
	}
	digits = i - lead
	scale := 0
	whole := true
	if i < len(b) && b[i] == '.' {
		whole = false
		i++
		from := i
		for i < len(b) && b[i]-'0' <= 9 {
			m = m*10 + uint64(b[i]-'0')
			i++
		}
		scale = i - from
		if scale == 0 {
			return p.badNumber(i)
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		return p.slowNumber(start)
	}
	if i == len(b) && !p.final {
		return number{}, errShort
	}
	switch {
	case digits == 0 || digits > 1 && b[lead] == '0':
		return p.badNumber(i)
	case digits+scale > 18:
		return p.slowNumber(start)
	}
	p.i = i
	if whole {
		return wholeNumber(m, negative), nil
	}
	if m >= 1<<53 || scale >= len(tens) {
		return p.slowNumberTo(start, i)
	}
	f := float64(m) / tens[scale]
	if negative {
		f = -f
	}
	return number{f: f}, nil
}

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

func wholeNumber(m uint64, negative bool) number {
	if !negative {
		return number{true, int64(m), float64(m)}
	}
	if m == 0 {
		return number{false, 0, math.Copysign(0, -1)}
	}
	return number{true, -int64(m), -float64(m)}
}

func (p *parser) badNumber(i int) (number, error) {
	if i >= len(p.b) && !p.final {
		return number{}, errShort
	}
	end := min(max(i, p.i+1), len(p.b))
	if w := firstWord(p.b[p.i:]); len(w) > 1 {
		return number{}, p.fail(wordNoNumber, string(w))
	}
	return number{}, p.fail(noNumber, strconv.Quote(string(p.b[p.i:end])))
}

// slowNumber reads a number with an exponent or with many digits.
func (p *parser) slowNumber(start int) (number, error) {
	i := start
	for i < len(p.b) && numeric[p.b[i]] {
		i++
	}
	if i == len(p.b) && !p.final {
		return number{}, errShort
	}
	return p.slowNumberTo(start, i)
}

var numeric = func() (t [256]bool) {
	for _, c := range "+-.eE0123456789" {
		t[c] = true
	}
	return t
}()

func (p *parser) slowNumberTo(start, end int) (number, error) {
	s := string(p.b[start:end])
	if !validNumber(s) {
		return number{}, p.fail(noNumber, strconv.Quote(s))
	}
	p.i = end
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return number{true, n, float64(n)}, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		p.i = start
		return number{}, p.fail(largeNumber, s)
	}
	return number{f: f}, nil
}

// validNumber holds what strconv takes to the narrower grammar of JSON.
func validNumber(s string) bool {
	i := 0
	digits := func() bool {
		from := i
		for i < len(s) && s[i]-'0' <= 9 {
			i++
		}
		return i > from
	}
	if i < len(s) && s[i] == '-' {
		i++
	}
	lead := i
	if !digits() || i-lead > 1 && s[lead] == '0' {
		return false
	}
	if i < len(s) && s[i] == '.' {
		i++
		if !digits() {
			return false
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if !digits() {
			return false
		}
	}
	return i == len(s)
}
