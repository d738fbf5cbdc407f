package geojson

import "bivouac/geo"

// Told is a sentence as JSON holds it: its code with its values, both null
// where it is in English alone, and its text.
type Told struct{ geo.Said }

// MarshalJSON writes the sentence.
func (t Told) MarshalJSON() ([]byte, error) { return AppendValue(nil, t.Record()), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Told) UnmarshalJSON(b []byte) error {
	v, err := ParseValue(b)
	t.Said = geo.SaidOf(v)
	return err
}

// Tell returns sentences as JSON holds them.
func Tell(list []geo.Said) []Told {
	var out []Told
	for _, s := range list {
		out = append(out, Told{s})
	}
	return out
}

// TellError is what an error says, nil where that is in English alone.
func TellError(e *geo.Error) *Told {
	if said := e.Said(); said.Code != "" {
		return &Told{said}
	}
	return nil
}
