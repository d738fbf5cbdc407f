// Package filter turns questions about a record into predicates: name=value,
// and CQL2 (OGC 21-065r2) as text and as JSON.
//
// Text and JSON are read into one tree, [Expr], which knows no schema and
// prints as either. It is compiled into a predicate for the records of a
// schema. Whatever is asked, the logic is Kleene's with three values. Null is
// unknown: a comparison with it is neither true nor false, and so is its
// negation.
//
// A predicate is bound to one part of a layer before it runs. Names are looked
// up and text is compared then, once for each entry of a dictionary; of a
// property beside literals a comparison of numbers is left per row. Anything
// else is calculated row by row. What is asked of the record's shape bounds
// the search by the boxes of the shape beside it, also under AND and OR.
//
// A predicate never changes and may be bound by many readers at once. It
// prints as CQL2 text, and two questions that differ only in the order of
// their parts print alike.
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
