package pattern

import (
	"bivouac/geo"
	"bivouac/geo/process"
)

// precisionFields are the names under which collections say how well a place
// is known: ours, and that of UCDP's own files.
var precisionFields = []string{"place_precision", "where_prec"}

// coarsest is the first code of a place that stands for more than a district,
// on the scale of UCDP: the centre of a province, a line or region, a country.
const coarsest = 4

// Floor is how well a record's place must be known.
type Floor struct {
	Field    string // that says how well a place is known; "" where there is none
	position int
	code     float64 // the coarsest that is taken, 0 for any
}

// FloorFields are the inputs that [ReadFloor] reads.
func FloorFields() []geo.Field {
	least, most := 1.0, 7.0
	return []geo.Field{
		{Name: PrecisionInput, Title: "Place precision", Kind: geo.KindInt, Least: &least, Greatest: &most,
			Description: "The coarsest place that is taken, on the scale of UCDP: 1 exact, 2 within about 25 km, 3 district, 4 province, 5 line or region, 6 country, 7 water or air. " +
				"From 3 on a point stands for an area: 2 or 3 keeps the centres of provinces and countries from looking like hot spots. Without it all are taken."},
		{Name: PrecisionFieldInput, Title: "Precision field", Kind: geo.KindString,
			Description: "Number field that holds the code of place precision; without it, place_precision or where_prec."},
	}
}

// ReadFloor reads the inputs of [FloorFields] for records of the schema.
func ReadFloor(s *geo.Schema, in geo.Values) (Floor, error) {
	at, err := precisionField(s, in[PrecisionFieldInput].Text())
	if err != nil {
		return Floor{}, err
	}
	f := Floor{position: at}
	if at >= 0 {
		f.Field = s.Fields[at].Name
	}
	if v := in[PrecisionInput]; !v.Null() {
		if f.code = v.Float(); at < 0 {
			return f, geo.Errorf(geo.Invalid, PrecisionInput, "the records of %s have no field that says how well a place is known; name it by %s, or leave %s out", s.Name, PrecisionFieldInput, PrecisionInput)
		}
	}
	return f, nil
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

// Asked reports whether a place must be known at all.
func (f *Floor) Asked() bool { return f.code > 0 }

// Column looks the field up in a part of a layer. Where there is none, no row
// of the column states a number.
func (f *Floor) Column(t geo.Table) geo.Column {
	if f.Field == "" {
		return geo.Column{}
	}
	return t.Column(f.position)
}

// Refuses says why a place of the code, or of none that is stated, is not
// taken; "" where it is.
func (f *Floor) Refuses(code float64, stated bool) string {
	switch {
	case !f.Asked():
		return ""
	case !stated:
		return NoCode
	case code > f.code:
		return TooCoarse
	}
	return ""
}
