// Package filter turns questions about a record's fields into predicates.
//
// A predicate is bound to one part of a layer before it runs: names and
// dictionary codes are looked up once, and what is left per row is a
// comparison of numbers. Null is unknown: a comparison with it is neither true
// nor false.
package filter

import (
	"slices"
	"strings"

	"bivouac/geo"
)

// And returns the predicate that is as true as the least true of ps; nil for
// none, which is no filter at all.
func And(ps ...geo.Predicate) geo.Predicate {
	ps = slices.DeleteFunc(slices.Clone(ps), func(p geo.Predicate) bool { return p == nil })
	switch len(ps) {
	case 0:
		return nil
	case 1:
		return ps[0]
	}
	return and(ps)
}

type and []geo.Predicate

// Bound is the first bound that there is: every match lies in each of them.
func (a and) Bound() []geo.Box {
	for _, p := range a {
		if b := p.Bound(); b != nil {
			return b
		}
	}
	return nil
}

func (a and) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	bound := make([]func(uint32) geo.Tri, len(a))
	for i, p := range a {
		f, err := p.Bind(t)
		if err != nil {
			return nil, err
		}
		bound[i] = f
	}
	return func(n uint32) geo.Tri {
		least := geo.True
		for _, f := range bound {
			if least = least.And(f(n)); least == geo.False {
				break
			}
		}
		return least
	}, nil
}

func (a and) String() string {
	parts := make([]string, len(a))
	for i, p := range a {
		parts[i] = p.String()
	}
	slices.Sort(parts)
	return "(" + strings.Join(parts, " AND ") + ")"
}

// Equal returns the predicate that the named field holds v, which must be of
// the field's kind; see [Parse].
func Equal(name string, v geo.Value) geo.Predicate { return equal{name, v} }

type equal struct {
	name  string
	value geo.Value
}

func (e equal) Bound() []geo.Box { return nil }
func (e equal) String() string   { return e.name + "=" + e.value.String() }

func (e equal) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	i := t.Schema().Field(e.name)
	if i < 0 {
		return nil, unknownField(t.Schema(), e.name)
	}
	c := t.Column(i)
	same, ok := e.rows(&c)
	if !ok {
		return nil, geo.Errorf(geo.Invalid, e.name, "holds a %v, which cannot be the %v %v", c.Kind, e.value.Kind(), e.value)
	}
	return func(n uint32) geo.Tri {
		if c.Null(n) {
			return geo.Maybe
		}
		return geo.TriOf(same(n))
	}, nil
}

// rows returns the question of rows that are not null.
func (e equal) rows(c *geo.Column) (func(uint32) bool, bool) {
	k := e.value.Kind()
	switch {
	case c.Kind == geo.KindString && k == geo.KindString:
		code, ok := codeOf(c, e.value.Text())
		return func(n uint32) bool { return ok && c.Codes[n] == code }, true
	case c.Kind == geo.KindFloat && (k == geo.KindFloat || k == geo.KindInt):
		want := e.value.Float()
		return func(n uint32) bool { return c.Floats[n] == want }, true
	case c.Kind == geo.KindInt && k == geo.KindInt:
		want := e.value.Int()
		return func(n uint32) bool { return c.Ints[n] == want }, true
	case c.Kind == geo.KindTime && k == geo.KindTime:
		want := int64(e.value.Time())
		return func(n uint32) bool { return c.Ints[n] == want }, true
	case c.Kind == geo.KindBool && k == geo.KindBool:
		want := int64(geo.TriOf(e.value.Bool()) / geo.True)
		return func(n uint32) bool { return c.Ints[n] == want }, true
	case c.Others != nil && c.Kind == k:
		return func(n uint32) bool { return c.Others[n].Equal(e.value) }, true
	}
	return nil, false
}

func codeOf(c *geo.Column, s string) (uint32, bool) {
	if c.Sorted {
		i, ok := slices.BinarySearch(c.Dict, s)
		return uint32(i), ok
	}
	i := slices.Index(c.Dict, s)
	return uint32(i), i >= 0
}

func unknownField(s *geo.Schema, name string) error {
	names := make([]string, len(s.Fields))
	for i := range s.Fields {
		names[i] = s.Fields[i].Name
	}
	return geo.Errorf(geo.Invalid, name, "%s has no such property; it has %s", s.Name, strings.Join(names, ", "))
}
