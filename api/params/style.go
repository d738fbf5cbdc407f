package params

import "slices"

// Style is in which form and colours a style is asked for.
type Style struct {
	Format string // mapbox or qml
	Theme  string
}

// ParseStyle reads the query of a request for a style: the form of MapLibre and
// the first theme unless others are named.
func ParseStyle(raw string, themes []string) (Style, error) {
	style := Style{"mapbox", themes[0]}
	q, err := ParseQuery(raw)
	if err != nil {
		return style, err
	}
	if f, given := q.Take("f"); given {
		if style.Format, err = ParseFormat(f, "mapbox", "qml"); err != nil {
			return style, err
		}
	}
	if t, given := q.Take("theme"); given {
		if !slices.Contains(themes, t) {
			return style, OneOf("theme", t, themes...)
		}
		style.Theme = t
	}
	return style, q.Done("f", "theme")
}
