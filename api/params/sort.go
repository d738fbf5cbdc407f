package params

import (
	"slices"
	"strings"

	"bivouac/geo"
)

// SortWords returns what one part of the sortby parameter may be for records of
// the schema.
func SortWords(s *geo.Schema) []string {
	words := []string{}
	for _, name := range fieldNames(s, (*geo.Field).Sortable) {
		words = append(words, name, "+"+name, "-"+name)
	}
	return words
}

// parseSort reads the sortby parameter: fields parted by commas, each with +
// or - before it. A + that stands for itself in an address arrives as a space.
func parseSort(s *geo.Schema, value string) ([]geo.SortKey, error) {
	var keys []geo.SortKey
	for part := range strings.SplitSeq(value, ",") {
		name := strings.TrimLeft(part, "+- ")
		sign := part[:len(part)-len(name)]
		i := s.Field(name)
		switch {
		case len(sign) > 1 || i < 0 || !s.Fields[i].Sortable():
			return nil, geo.Errorf(geo.Invalid, "sortby", "%q is no field to sort by, with + or - before it; known are %s", clip(part), strings.Join(fieldNames(s, (*geo.Field).Sortable), ", "))
		case slices.ContainsFunc(keys, func(k geo.SortKey) bool { return k.Field == name }):
			return nil, geo.Errorf(geo.Invalid, "sortby", "the field %q stands twice; name it once", clip(name))
		case len(keys) == geo.MaxSort:
			return nil, geo.Errorf(geo.Invalid, "sortby", "at most %d fields are taken", geo.MaxSort)
		}
		keys = append(keys, geo.SortKey{Field: name, Descending: sign == "-"})
	}
	return keys, nil
}
