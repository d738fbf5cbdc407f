// Package params answers what a request asks: it turns the text of a query or
// a body into a typed question, or into an error that names the parameter.
//
// It reads strictly. A parameter that nobody knows, that comes twice or that
// cannot be read is refused with what would be right: a filter that is dropped
// in silence gives an answer to another question.
package params

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"bivouac/geo"
)

// Query is the parameters of one request, each at most once.
type Query struct{ pairs []pair }

type pair struct {
	name, value string
	taken       bool
}

// ParseQuery reads the part of an address behind its question mark. A
// parameter that comes twice, a broken escape and text that is not UTF-8 are
// errors.
func ParseQuery(raw string) (Query, error) {
	q := Query{}
	if raw != "" {
		q.pairs = make([]pair, 0, strings.Count(raw, "&")+1)
	}
	for raw != "" {
		var part string
		part, raw, _ = strings.Cut(raw, "&")
		if part == "" {
			continue
		}
		p, err := parsePair(part)
		if err != nil {
			return q, err
		}
		if q.find(p.name) != nil {
			return q, geo.Errorf(geo.Invalid, p.name, "this parameter stands twice; give it once")
		}
		q.pairs = append(q.pairs, p)
	}
	return q, nil
}

func parsePair(part string) (pair, error) {
	rawName, rawValue, _ := strings.Cut(part, "=")
	name, err := unescape(rawName)
	if err != nil || name == "" {
		return pair{}, geo.Errorf(geo.Invalid, "query", "the part %q of the address has no name that can be read; write name=value", clip(part))
	}
	value, err := unescape(rawValue)
	if err != nil {
		return pair{}, geo.Errorf(geo.Invalid, name, "the value is not well escaped; write %% as %%25 and use UTF-8")
	}
	return pair{name: name, value: value}, nil
}

func unescape(s string) (string, error) {
	s, err := url.QueryUnescape(s)
	if err != nil {
		return "", err
	}
	if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
		return "", geo.Errorf(geo.Invalid, "query", "not UTF-8")
	}
	return s, nil
}

func (q *Query) find(name string) *pair {
	for i := range q.pairs {
		if q.pairs[i].name == name {
			return &q.pairs[i]
		}
	}
	return nil
}

// Take returns the value of a parameter, false where it is not given, and
// notes that somebody knows it.
func (q *Query) Take(name string) (string, bool) {
	p := q.find(name)
	if p == nil {
		return "", false
	}
	p.taken = true
	return p.value, true
}

// Done refuses what nobody took, listing the parameters that are known.
func (q *Query) Done(known ...string) error {
	for i := range q.pairs {
		if !q.pairs[i].taken {
			return unknown(q.pairs[i].name, known)
		}
	}
	return nil
}

func unknown(name string, known []string) error {
	if len(known) == 0 {
		return geo.Errorf(geo.Invalid, clip(name), "there is no such parameter; none is taken here")
	}
	return geo.Errorf(geo.Invalid, clip(name), "there is no such parameter; known are %s", strings.Join(known, ", "))
}

// Names returns the names of the parameters as they came: the shape of a
// query, which may be logged where its values may not.
func Names(raw string) string {
	var b []byte
	for raw != "" {
		var part string
		part, raw, _ = strings.Cut(raw, "&")
		name, _, _ := strings.Cut(part, "=")
		if len(b)+len(name) > 200 {
			return string(append(b, "..."...))
		}
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, name...)
	}
	return string(b)
}

// clip shortens text from outside for a message.
func clip(s string) string {
	if len(s) <= 80 {
		return s
	}
	cut := 77
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}
