package route

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/sun"
)

// Span is a part of a journey, in metres from its beginning.
type Span struct{ From, To float64 }

// rest is what the spans, in order, leave of a length.
func rest(spans []Span, metres float64) (out []Span) {
	from := 0.0
	for _, s := range spans {
		if s.From > from {
			out = append(out, Span{from, s.From})
		}
		from = s.To
	}
	if from < metres {
		out = append(out, Span{from, metres})
	}
	return out
}

// passing is when a journey is somewhere. Where it halts there are two.
type passing struct {
	at   float64 // metres
	time geo.Time
}

// passings are those at which legs begin and end, and halts.
func (it *Itinerary) passings(t *Timetable) (out []passing) {
	halts := t.Halts
	for i, l := range it.Legs {
		out = append(out, passing{l.From, t.Begin[i]})
		for ; len(halts) > 0 && halts[0].Leg == i; halts = halts[1:] {
			if h := halts[0]; h.At > l.From {
				out = append(out, passing{h.At, h.From}, passing{h.At, h.To})
			}
		}
		out = append(out, passing{l.To, t.End[i]})
	}
	return out
}

const (
	lookAtSun = 10 * 60 * geo.Second // how often it is asked whether it is night: no night is shorter but near the poles
	sunSteps  = 20                   // bisections of that: to a millisecond
)

// Dark returns on which parts of the way it is night there when one comes by,
// by civil twilight.
func (it *Itinerary) Dark(t *Timetable) (out []Span) {
	passings := it.passings(t)
	for i := range passings[1:] {
		a, b := passings[i], passings[i+1]
		if a.at == b.at {
			continue
		}
		for _, s := range it.darkBetween(a, b) {
			if last := len(out) - 1; last >= 0 && out[last].To == s.From {
				out[last].To = s.To
				continue
			}
			out = append(out, s)
		}
	}
	return slices.Clip(out)
}

// holds reports whether a place on the way, in metres, lies in one of the spans;
// to a millimetre at their ends.
func holds(spans []Span, at float64) bool {
	return slices.ContainsFunc(spans, func(s Span) bool { return s.From <= at && at <= s.To+1e-3 })
}

// darkBetween looks at a stretch that is driven evenly.
func (it *Itinerary) darkBetween(a, b passing) (out []Span) {
	pieces := max(1, int((b.time-a.time)/lookAtSun))
	along := func(share float64) float64 { return a.at + share*(b.at-a.at) }
	night := func(share float64) bool {
		return sun.Night(it.Track.At(along(share)), a.time+geo.Time(share*float64(b.time-a.time)))
	}
	from, dark := 0.0, night(0)
	for i := range pieces {
		low, high := float64(i)/float64(pieces), float64(i+1)/float64(pieces)
		if night(high) == dark {
			continue
		}
		for range sunSteps {
			if middle := (low + high) / 2; night(middle) == dark {
				low = middle
			} else {
				high = middle
			}
		}
		if dark {
			out = append(out, Span{along(from), along(high)})
		}
		from, dark = high, !dark
	}
	if dark {
		out = append(out, Span{along(from), b.at})
	}
	return out
}
