package params

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/filter"
)

// FilterLanguages returns the languages of the filter parameter, the default
// first.
func FilterLanguages() []string { return []string{"cql2-text"} }

// parseFilter reads the filter parameter.
func parseFilter(s *geo.Schema, text string) (geo.Predicate, error) {
	p, err := filter.ParseText(s, text)
	if err != nil {
		return nil, geo.Errorf(geo.CodeOf(err), "filter", "%v", err)
	}
	return p, nil
}

func checkLanguage(s string) error {
	if !slices.Contains(FilterLanguages(), s) {
		return OneOf("filter-lang", s, FilterLanguages()...)
	}
	return nil
}
