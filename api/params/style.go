package params

import "slices"

// ParseStyle reads the query of a request for a style, and returns the theme
// of its colours: the first one unless another is named.
func ParseStyle(raw string, themes []string) (string, error) {
	q, err := ParseQuery(raw)
	if err != nil {
		return "", err
	}
	if f, given := q.Take("f"); given {
		if _, err := ParseFormat(f, "mapbox"); err != nil {
			return "", err
		}
	}
	theme := themes[0]
	if t, given := q.Take("theme"); given {
		if !slices.Contains(themes, t) {
			return "", OneOf("theme", t, themes...)
		}
		theme = t
	}
	return theme, q.Done("f", "theme")
}
