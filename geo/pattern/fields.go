package pattern

import (
	"bivouac/geo"
	"bivouac/geo/process"
)

// The inputs of a pattern beside those that select records.
const (
	PrecisionInput      = "place_precision"
	PrecisionFieldInput = "precision_field"
	WeightInput         = "weight"
	LongestInput        = "longest_days"
)

// Fields are the inputs that ask for a pattern of events: those of
// [process.SelectionFields], how well their places must be known, what each
// counts for and, of an analysis in time, how well their times must be known.
func Fields(collection string, timed bool) []geo.Field {
	nothing := 0.0
	out := append(process.SelectionFields(collection), FloorFields()...)
	out = append(out,
		geo.Field{Name: WeightInput, Title: "Weight", Kind: geo.KindString,
			Description: "Number field that says what each event counts for, such as killed, or several that are added, such as killed+injured; without it each counts 1."},
	)
	if timed {
		out = append(out, geo.Field{Name: LongestInput, Title: "Longest", Unit: "d", Kind: geo.KindFloat, Least: &nothing,
			Description: "Events that lasted, or whose time is known only to, more days than this are left out; without it, or 0, none is. Each counts at its beginning."})
	}
	return out
}
