package filter

import (
	"strings"

	"bivouac/geo"
)

// array compiles a question of two lists.
func (c *compiler) array(e *Expr) (geo.Predicate, error) {
	a, err := c.list(e.args[0])
	if err != nil {
		return nil, err
	}
	b, err := c.list(e.args[1])
	if err != nil {
		return nil, err
	}
	is := listQuestion(e.name)
	says := func(a, b geo.Value) geo.Tri {
		if a.Null() || b.Null() {
			return geo.Maybe
		}
		return is(a.List(), b.List())
	}
	return computed{a, b, strings.ToUpper(e.name) + "(" + a.String() + ", " + b.String() + ")", says}, nil
}

// list compiles an operand that must be a list.
func (c *compiler) list(e *Expr) (scalar, error) {
	if e.form != aList {
		s, err := c.scalar(e)
		if err == nil && s.gives() != geo.KindList {
			return nil, c.wrong(e, "%s is %s and no list; a list is written as in ('a', 'b')", s, words(s.gives()))
		}
		return s, err
	}
	out := items{make([]scalar, len(e.args))}
	for i, a := range e.args {
		item := c.scalar
		if a.form == aList {
			item = c.list
		}
		s, err := item(a)
		if err != nil {
			return nil, err
		}
		out.of[i] = s
	}
	return out, nil
}

// items is the scalar of a list that was written.
type items struct{ of []scalar }

func (s items) gives() geo.Kind { return geo.KindList }
func (s items) String() string  { return "(" + scalarTexts(s.of) + ")" }

func (s items) bind(t geo.Table) (func(uint32) geo.Value, error) {
	of, err := bindScalars(s.of, t)
	if err != nil {
		return nil, err
	}
	return func(n uint32) geo.Value {
		values := make([]geo.Value, len(of))
		for i, f := range of {
			values[i] = f(n)
		}
		return geo.List(values...)
	}, nil
}

func listQuestion(name string) func(a, b []geo.Value) geo.Tri {
	switch name {
	case "a_contains":
		return holdsAll
	case "a_containedBy":
		return func(a, b []geo.Value) geo.Tri { return holdsAll(b, a) }
	case "a_overlaps":
		return overlap
	}
	return sameLists
}

// holdsAll asks whether each item of b is one of a.
func holdsAll(a, b []geo.Value) geo.Tri {
	all := geo.True
	for _, v := range b {
		all = all.And(holdsItem(a, v))
	}
	return all
}

func overlap(a, b []geo.Value) geo.Tri {
	some := geo.False
	for _, v := range b {
		some = some.Or(holdsItem(a, v))
	}
	return some
}

func holdsItem(list []geo.Value, v geo.Value) geo.Tri {
	some := geo.False
	for _, item := range list {
		some = some.Or(sameItem(item, v))
	}
	return some
}

// sameLists asks whether the lists hold the same items in the same order.
func sameLists(a, b []geo.Value) geo.Tri {
	if len(a) != len(b) {
		return geo.False
	}
	all := geo.True
	for i := range a {
		all = all.And(sameItem(a[i], b[i]))
	}
	return all
}

func sameItem(a, b geo.Value) geo.Tri {
	switch {
	case a.Null() || b.Null():
		return geo.Maybe
	case a.Kind() == geo.KindList && b.Kind() == geo.KindList:
		return sameLists(a.List(), b.List())
	}
	return geo.TriOf(a.Equal(b))
}
