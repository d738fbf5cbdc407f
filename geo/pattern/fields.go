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

// precisionFields are the names under which collections say how well a place
// is known: ours, and that of UCDP's own files.
var precisionFields = []string{"place_precision", "where_prec"}

// Fields are the inputs that ask for a pattern of events: those of
// [process.SelectionFields], how well their places must be known, what each
// counts for and, of an analysis in time, how well their times must be known.
func Fields(collection string, timed bool) []geo.Field {
	least, most, nothing := 1.0, 7.0, 0.0
	out := append(process.SelectionFields(collection),
		geo.Field{Name: PrecisionInput, Title: "Place precision", Kind: geo.KindInt, Least: &least, Greatest: &most,
			Description: "The coarsest place that is taken, on the scale of UCDP: 1 exact, 2 within about 25 km, 3 district, 4 province, 5 line or region, 6 country, 7 water or air. " +
				"From 3 on a point stands for an area: 2 or 3 keeps the centres of provinces and countries from looking like hot spots. Without it all are taken."},
		geo.Field{Name: PrecisionFieldInput, Title: "Precision field", Kind: geo.KindString,
			Description: "Number field that holds the code of place precision; without it, place_precision or where_prec."},
		geo.Field{Name: WeightInput, Title: "Weight", Kind: geo.KindString,
			Description: "Number field that says what each event counts for, such as killed, or several that are added, such as killed+injured; without it each counts 1."},
	)
	if timed {
		out = append(out, geo.Field{Name: LongestInput, Title: "Longest", Unit: "d", Kind: geo.KindFloat, Least: &nothing,
			Description: "Events that lasted, or whose time is known only to, more days than this are left out; without it, or 0, none is. Each counts at its beginning."})
	}
	return out
}

func precisionField(s *geo.Schema, name string) (int, error) {
	if name != "" {
		err := process.CheckField(s, PrecisionFieldInput, name, "numbers", func(k geo.Kind) bool { return k == geo.KindInt || k == geo.KindFloat })
		return s.Field(name), err
	}
	for _, known := range precisionFields {
		if i := s.Field(known); i >= 0 {
			return i, nil
		}
	}
	return -1, nil
}
