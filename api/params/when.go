package params

import (
	"strings"

	"bivouac/geo"
)

// When is the state that a request asks for. The zero When is the newest.
type When struct {
	Parameter string      // the one that was given, "" for none
	Version   geo.Version // by version
	AsOf      geo.Time    // by asof
}

// whenNames are the parameters that ask for a past state.
var whenNames = []string{"asof", "version"}

// ParseWhen reads asof and version alone, whatever else stands in the query:
// which other parameters there may be hangs on the state that they name.
func ParseWhen(raw string) (When, error) {
	if !strings.Contains(raw, whenNames[0]) && !strings.Contains(raw, whenNames[1]) && !strings.Contains(raw, "%") {
		return When{}, nil
	}
	q, err := ParseQuery(raw)
	if err != nil {
		return When{}, err
	}
	asof, byTime := q.Take("asof")
	version, byVersion := q.Take("version")
	switch {
	case byTime && byVersion:
		return When{}, geo.Errorf(geo.Invalid, "version", "give asof or version, not both")
	case byTime:
		return parseAsOf(asof)
	case byVersion:
		return parseVersion(version)
	}
	return When{}, nil
}

// parseAsOf reads a time, or a day, which means its last moment.
func parseAsOf(s string) (When, error) {
	i, err := geo.ParseInterval(s)
	if err != nil || strings.Contains(s, "/") {
		return When{}, geo.Errorf(geo.Invalid, "asof", "must be a time such as 2018-08-31T12:00:00Z, or a day, whose end is meant; not %q", clip(s))
	}
	return When{Parameter: "asof", AsOf: i.End.Time - geo.Microsecond}, nil
}

func parseVersion(s string) (When, error) {
	n, ok := whole(s)
	if !ok || n < 1 {
		return When{}, geo.Errorf(geo.Invalid, "version", "must be a whole number, 1 or more, not %q", clip(s))
	}
	return When{Parameter: "version", Version: geo.Version(n)}, nil
}

// IsWhen reports whether a parameter asks for a past state.
func IsWhen(name string) bool { return name == whenNames[0] || name == whenNames[1] }
