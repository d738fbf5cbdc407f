package filter

import (
	"slices"
	"strings"

	"bivouac/geo"
)

// And returns the predicate that is as true as the least true of ps; nil for
// none, which is no filter at all. Nils among them are left out, and so is
// what stands there twice.
func And(ps ...geo.Predicate) geo.Predicate {
	flat := flatten(ps, func(p geo.Predicate) ([]geo.Predicate, bool) { a, ok := p.(and); return a, ok })
	if len(flat) > 1 {
		return and(flat)
	}
	return alone(flat)
}

// Or returns the predicate that is as true as the truest of ps, nil for none.
// Nils among them are left out, and so is what stands there twice.
func Or(ps ...geo.Predicate) geo.Predicate {
	flat := flatten(ps, func(p geo.Predicate) ([]geo.Predicate, bool) { o, ok := p.(or); return o, ok })
	if len(flat) > 1 {
		return or(flat)
	}
	return alone(flat)
}

// flatten takes the parts out of those that are of one kind with what is being
// made, and orders all by their text, so that a question has one tree however
// it was written.
func flatten(ps []geo.Predicate, parts func(geo.Predicate) ([]geo.Predicate, bool)) []geo.Predicate {
	type printed struct {
		text string
		p    geo.Predicate
	}
	var list []printed
	for _, p := range ps {
		if p == nil {
			continue
		}
		inner, ok := parts(p)
		if !ok {
			inner = []geo.Predicate{p}
		}
		for _, q := range inner {
			list = append(list, printed{q.String(), q})
		}
	}
	slices.SortFunc(list, func(a, b printed) int { return strings.Compare(a.text, b.text) })
	list = slices.CompactFunc(list, func(a, b printed) bool { return a.text == b.text })
	out := make([]geo.Predicate, len(list))
	for i := range list {
		out[i] = list[i].p
	}
	return out
}

func alone(ps []geo.Predicate) geo.Predicate {
	if len(ps) == 0 {
		return nil
	}
	return ps[0]
}

// Not returns the predicate that is true where p is false.
func Not(p geo.Predicate) geo.Predicate {
	if n, ok := p.(not); ok {
		return n.p
	}
	return not{p}
}

type and []geo.Predicate

// Bound is the smallest of the bounds: every match meets each of them. Their
// intersection would not do, since a shape may meet two boxes that are apart.
func (a and) Bound() []geo.Box {
	var least []geo.Box
	for _, p := range a {
		if b := p.Bound(); b != nil && (least == nil || area(b) < area(least)) {
			least = b
		}
	}
	return least
}

func area(boxes []geo.Box) (squareDegrees float64) {
	for _, b := range boxes {
		squareDegrees += (b.East - b.West) * (b.North - b.South)
	}
	return squareDegrees
}

func (a and) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	bound, err := bindAll(a, t)
	if err != nil {
		return nil, err
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

func (a and) String() string { return joined(a, " AND ") }

type or []geo.Predicate

// Bound holds the bounds of all, where each has one.
func (o or) Bound() []geo.Box {
	all := []geo.Box{}
	for _, p := range o {
		b := p.Bound()
		if b == nil {
			return nil
		}
		all = append(all, b...)
	}
	return all
}

func (o or) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	bound, err := bindAll(o, t)
	if err != nil {
		return nil, err
	}
	return func(n uint32) geo.Tri {
		greatest := geo.False
		for _, f := range bound {
			if greatest = greatest.Or(f(n)); greatest == geo.True {
				break
			}
		}
		return greatest
	}, nil
}

func (o or) String() string { return joined(o, " OR ") }

func bindAll(ps []geo.Predicate, t geo.Table) ([]func(uint32) geo.Tri, error) {
	bound := make([]func(uint32) geo.Tri, len(ps))
	for i, p := range ps {
		f, err := p.Bind(t)
		if err != nil {
			return nil, err
		}
		bound[i] = f
	}
	return bound, nil
}

func joined(ps []geo.Predicate, word string) string {
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = p.String()
	}
	return "(" + strings.Join(parts, word) + ")"
}

type not struct{ p geo.Predicate }

func (x not) Bound() []geo.Box { return nil }

func (x not) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	f, err := x.p.Bind(t)
	if err != nil {
		return nil, err
	}
	return func(n uint32) geo.Tri { return f(n).Not() }, nil
}

func (x not) String() string {
	s := x.p.String()
	if strings.HasPrefix(s, "(") {
		return "NOT " + s
	}
	return "NOT (" + s + ")"
}

// truth is TRUE or FALSE, of every record.
type truth bool

// Bound says that FALSE is true nowhere.
func (x truth) Bound() []geo.Box {
	if x {
		return nil
	}
	return []geo.Box{}
}

func (x truth) Bind(geo.Table) (func(uint32) geo.Tri, error) {
	return func(uint32) geo.Tri { return geo.TriOf(bool(x)) }, nil
}

func (x truth) String() string {
	if x {
		return "TRUE"
	}
	return "FALSE"
}
