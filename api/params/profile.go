package params

import (
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// JSONFG is the word of f for GeoJSON by the profile of that name.
const JSONFG = "jsonfg"

// Profile is the profile of GeoJSON that is asked for.
type Profile struct {
	geojson.Profile
	Given bool
}

// Key is the profile as a part of a canonical question, "" where none is asked
// for.
func (p Profile) Key() string {
	if !p.Given {
		return ""
	}
	return ";profile=" + p.String()
}

// ParseProfile reads the profile parameter: identifiers, addresses or safe
// CURIEs, of which the first that is known counts.
func ParseProfile(s string) (Profile, error) {
	names := make([]string, 0, 3)
	for _, p := range geojson.Profiles() {
		names = append(names, p.String())
	}
	for one := range strings.SplitSeq(s, ",") {
		name := one
		if curie, ok := strings.CutPrefix(one, "[ogc-profile:"); ok {
			name = strings.TrimSuffix(curie, "]")
		}
		for _, p := range geojson.Profiles() {
			if name == p.String() || one == p.URI() {
				return Profile{p, true}, nil
			}
		}
	}
	return Profile{}, OneOf("profile", s, names...)
}

// settle brings the profile and the form together, and returns the form: the
// word jsonfg is a profile. Other forms than GeoJSON have no profile.
func (p *Profile) settle(format string, other ...string) (string, error) {
	switch {
	case p.Given && slices.Contains(other, format):
		return format, geo.Errorf(geo.Invalid, "profile", "is of GeoJSON and says nothing for f=%s; leave one of them out", format)
	case format != JSONFG:
		return format, nil
	case !p.Given:
		*p = Profile{geojson.JSONFG, true}
	case p.Profile == geojson.RFC7946:
		return format, geo.Errorf(geo.Invalid, "profile", "%v is not f=%s; leave one of them out", p.Profile, JSONFG)
	}
	return "geojson", nil
}

// ParseForm reads in which form one record is asked for.
func ParseForm(q Query) (p Profile, format string, err error) {
	if name, given := q.Take("profile"); given {
		if p, err = ParseProfile(name); err != nil {
			return p, "", err
		}
	}
	name, given := q.Take("f")
	if !given {
		return p, "", nil
	}
	if format, err = ParseFormat(name, "json", "geojson", JSONFG, "html"); err != nil {
		return p, "", err
	}
	format, err = p.settle(format, "html")
	return p, format, err
}
