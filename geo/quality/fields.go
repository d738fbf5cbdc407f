package quality

import (
	"cmp"
	"slices"

	"bivouac/geo"
)

// FieldMix is what the records say in one field.
type FieldMix struct {
	Field   *geo.Field
	Stated  int
	Missing int
	Strange []Code // values outside the field's codes, the most frequent first
	Others  int    // records that hold one of them
}

// Code is how many records hold a value.
type Code struct {
	Value   string
	Records int
}

// Mix is how many records bear each code of a field of precision. "" is those
// that state none.
type Mix struct {
	Field *geo.Field
	Codes []Code // in the order of the field's codes, and of numbers
}

// mixed are the fields that say how well a place or a time is known, ours and
// those of UCDP's files.
var mixed = []string{"place_precision", "where_prec", "time_precision", "date_prec"}

// fields counts what is stated. A field that is empty throughout is among
// them.
func fields(s *geo.Schema, rows []geo.Row) (out []FieldMix, mixes []Mix) {
	for i := range s.Fields {
		f := &s.Fields[i]
		known := slices.Contains(mixed, f.Name)
		codes, missing := tally(i, rows, known || f.Kind == geo.KindString && len(f.Enum) > 0)
		m := FieldMix{Field: f, Missing: missing, Stated: len(rows) - missing}
		if len(f.Enum) > 0 && f.Kind == geo.KindString {
			for _, c := range codes {
				if !slices.Contains(f.Enum, c.Value) {
					m.Strange, m.Others = append(m.Strange, c), m.Others+c.Records
				}
			}
			slices.SortStableFunc(m.Strange, func(a, b Code) int { return cmp.Compare(b.Records, a.Records) })
		}
		out = append(out, m)
		if known {
			mixes = append(mixes, Mix{f, inOrder(f, codes, missing)})
		}
	}
	return out, mixes
}

// tally counts the records that hold null and, where values says so, those of
// each value, in order of the values.
func tally(field int, rows []geo.Row, values bool) (codes []Code, missing int) {
	held := map[string]int{}
	var t geo.Table
	var c geo.Column
	for _, row := range rows {
		if t != row.Table() {
			t = row.Table()
			c = t.Column(field)
		}
		switch n := row.Number(); {
		case c.Null(n):
			missing++
		case values && c.Kind == geo.KindString:
			held[c.Dict[c.Codes[n]]]++
		case values:
			held[c.Value(n).String()]++
		}
	}
	for v, n := range held {
		codes = append(codes, Code{v, n})
	}
	slices.SortFunc(codes, func(a, b Code) int { return cmp.Compare(a.Value, b.Value) })
	return codes, missing
}

// inOrder puts codes in the order that the field gives them, strange ones
// behind, and those that state none last.
func inOrder(f *geo.Field, codes []Code, missing int) []Code {
	rank := func(c Code) int {
		if i := slices.Index(f.Enum, c.Value); i >= 0 {
			return i
		}
		return len(f.Enum)
	}
	out := slices.Clone(codes)
	slices.SortStableFunc(out, func(a, b Code) int { return cmp.Compare(rank(a), rank(b)) })
	if missing > 0 {
		out = append(out, Code{"", missing})
	}
	return out
}
