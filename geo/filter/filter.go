// Package filter turns questions about a record's fields into predicates:
// name=value, and the core of CQL2 text (OGC 21-065r2).
//
// Both are built as one tree of expressions. Its leaves ask one property; the
// branches are AND, OR and NOT of Kleene's three-valued logic. Null is
// unknown: a comparison with it is neither true nor false, and so is its
// negation.
//
// A predicate is bound to one part of a layer before it runs. Names are looked
// up and text is compared then, once for each entry of a dictionary; what is
// left per row is a comparison of numbers. The tree never changes and may be
// bound by many readers at once. It prints as CQL2 text, and two questions
// that differ only in the order of their parts print alike.
package filter

import (
	"strings"

	"bivouac/geo"
)

func unknownField(s *geo.Schema, name string) error {
	return geo.Errorf(geo.Invalid, name, "%s has no such property; it has %s", s.Name, known(s))
}

func known(s *geo.Schema) string {
	names := make([]string, len(s.Fields))
	for i := range s.Fields {
		names[i] = s.Fields[i].Name
	}
	return strings.Join(names, ", ")
}
