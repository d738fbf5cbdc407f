package filter

import (
	"slices"
	"strings"

	"bivouac/geo"
)

// op is a comparison operator.
type op string

const (
	equal          op = "="
	notEqual       op = "<>"
	less           op = "<"
	lessOrEqual    op = "<="
	greater        op = ">"
	greaterOrEqual op = ">="
)

// mirrored is the operator with its sides exchanged.
func (o op) mirrored() op {
	switch o {
	case less:
		return greater
	case lessOrEqual:
		return greaterOrEqual
	case greater:
		return less
	case greaterOrEqual:
		return lessOrEqual
	}
	return o
}

// leaf asks one property whether it lies in certain stretches of values.
// Every comparison with literals is one.
type leaf struct {
	property property
	within   []stretch
	outside  bool // it must not lie in the one stretch that there is
	text     string
}

func (l leaf) Bound() []geo.Box { return nil }
func (l leaf) String() string   { return l.text }

func (l leaf) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	c, err := l.property.column(t)
	if err != nil {
		return nil, err
	}
	return rows(c, l.within, l.outside), nil
}

func compare(p property, o op, v literal) geo.Predicate {
	return leaf{p, []stretch{stretchOf(o, v)}, o == notEqual, p.String() + " " + string(o) + " " + v.String()}
}

func between(p property, least, most literal) geo.Predicate {
	return leaf{p, []stretch{{least: &least, most: &most}}, false,
		p.String() + " BETWEEN " + least.String() + " AND " + most.String()}
}

func in(p property, list []literal) geo.Predicate {
	within := make([]stretch, len(list))
	for i, v := range list {
		within[i] = stretchOf(equal, v)
	}
	return leaf{p, within, false, p.String() + " IN (" + sorted(list) + ")"}
}

// sorted prints a list in order, each value once.
func sorted(list []literal) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = v.String()
	}
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), ", ")
}

// Equal returns the predicate that the named field holds v, which must be of
// the field's kind; see [Parse].
func Equal(name string, v geo.Value) geo.Predicate {
	kind := v.Kind()
	return compare(property{name: name, kind: kind}, equal, literal{value: v})
}

// isNull asks whether there is no value. Its answer is never unknown.
type isNull struct{ property property }

func (x isNull) Bound() []geo.Box { return nil }
func (x isNull) String() string   { return x.property.String() + " IS NULL" }

func (x isNull) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	c, err := x.property.column(t)
	if err != nil {
		return nil, err
	}
	return func(n uint32) geo.Tri { return geo.TriOf(c.Null(n)) }, nil
}
