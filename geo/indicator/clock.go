package indicator

import (
	"strings"
	"time"

	"bivouac/geo"
)

// Zones finds the rules of a time zone by its name in the IANA database. They
// come in from where the parts are joined: what a clock said is no fact of the
// machine that is asked.
type Zones func(name string) (*time.Location, error)

// universal is the zone that needs no rules.
const universal = "UTC"

// zone reads the name of the time zone by which hours and weekdays are told;
// nil where none is named.
func (z Zones) zone(named geo.Value) (*time.Location, error) {
	name := named.Text()
	if named.Null() {
		return nil, nil
	}
	if name == universal {
		return time.UTC, nil
	}
	wrong := geo.Errorf(geo.Invalid, zoneInput, "there is no time zone %q; name one of the IANA database, such as Africa/Bamako, or %s", name, universal)
	if z == nil || name == "" || name == "Local" {
		return nil, wrong
	}
	zone, err := z(name)
	if err != nil {
		return nil, wrong
	}
	return zone, nil
}

// clocks are what a group may be made of from a time, by the names that the
// functions of filters have.
var clocks = map[string]func(time.Time) int64{
	"hour":    func(t time.Time) int64 { return int64(t.Hour()) },
	"weekday": func(t time.Time) int64 { return int64(t.Weekday()+6)%7 + 1 },
}

// clockOf splits a group such as hour(time) into the field and what is taken
// of it. Without such a function, and where a field has this name itself, it
// returns the text and nil.
func clockOf(s *geo.Schema, text string) (field string, clock func(time.Time) int64) {
	name, rest, opened := strings.Cut(text, "(")
	inner, closed := strings.CutSuffix(rest, ")")
	clock = clocks[strings.ToLower(name)]
	if !opened || !closed || clock == nil || s.Field(text) >= 0 {
		return text, nil
	}
	if quoted, ok := strings.CutPrefix(inner, `"`); ok {
		if plain, ok := strings.CutSuffix(quoted, `"`); ok {
			inner = strings.ReplaceAll(plain, `""`, `"`)
		}
	}
	return inner, clock
}
