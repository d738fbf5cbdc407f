package indicator

import (
	"strings"

	"bivouac/geo"
)

// clocks are what a group may be made of from a time, in UTC, by the names
// that the functions of filters have.
var clocks = map[string]func(geo.Time) int64{
	"hour":    func(t geo.Time) int64 { return int64(t.Std().Hour()) },
	"weekday": func(t geo.Time) int64 { return int64(t.Std().Weekday()+6)%7 + 1 },
}

// clockOf splits a group such as hour(time) into the field and what is taken
// of it. Without such a function, and where a field has this name itself, it
// returns the text and nil.
func clockOf(s *geo.Schema, text string) (field string, clock func(geo.Time) int64) {
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
