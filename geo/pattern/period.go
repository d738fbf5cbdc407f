package pattern

import (
	"slices"

	"bivouac/geo"
)

// year is 365.25 days.
const year = 365.25 * float64(geo.Day)

// Period is the time that events are counted in.
type Period struct {
	From, To geo.Time // half-open
	Observed bool     // an end was not asked for, and is the first or last event's
}

// Period returns the asked time, an open end of it replaced by the beginning
// of the first event's day or the end of the last one's. It is false where the
// records have no time, and where an end is open and there are no events.
func (p *Pattern) Period() (Period, bool) {
	start, end := p.During.Start, p.During.End
	out := Period{Observed: start.Kind != geo.At || end.Kind != geo.At}
	if !p.Layer.Schema().Timed() || out.Observed && len(p.Times) == 0 {
		return Period{}, false
	}
	if len(p.Times) > 0 {
		out.From, out.To = midnight(slices.Min(p.Times)), midnight(slices.Max(p.Times))+geo.Day
	}
	if start.Kind == geo.At {
		out.From = start.Time
	}
	if end.Kind == geo.At {
		out.To = end.Time
	}
	return out, out.To > out.From
}

func midnight(t geo.Time) geo.Time {
	rest := t % geo.Day
	if rest < 0 {
		rest += geo.Day
	}
	return t - rest
}

// Years returns how long the period is.
func (p Period) Years() float64 { return float64(p.To-p.From) / year }
