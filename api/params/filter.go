package params

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/filter"
)

// The languages of the filter parameter.
const (
	cql2Text = "cql2-text"
	cql2JSON = "cql2-json"
	cqlText  = "cql-text" // the draft's name of cql2Text, which older clients send
)

// FilterLanguages returns the languages of the filter parameter, the default
// first.
func FilterLanguages() []string { return []string{cql2Text, cql2JSON, cqlText} }

// parseFilter reads the filter parameter in a language; one that is unknown is
// refused where the parameter that names it is read.
func parseFilter(s *geo.Schema, language, text string, in crs.System) (geo.Predicate, error) {
	parse := filter.ParseTextIn
	if language == cql2JSON {
		parse = filter.ParseJSONIn
	}
	p, err := parse(s, text, in)
	if err != nil {
		return nil, geo.Errorf(geo.CodeOf(err), "filter", "%v", err)
	}
	return p, nil
}

// filterLanguage is the language that the request names, the default where it
// names none.
func (it *Items) filterLanguage() string {
	for _, p := range it.pairs {
		if p.name == "filter-lang" {
			return p.value
		}
	}
	return cql2Text
}

func checkLanguage(s string) error {
	if !slices.Contains(FilterLanguages(), s) {
		return OneOf("filter-lang", s, FilterLanguages()...)
	}
	return nil
}
