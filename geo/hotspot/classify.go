package hotspot

import "bivouac/geo/stat"

// Pattern is what the hot and cold spots of a place do over time.
type Pattern string

// The patterns, as Esri defines them (How Emerging Hot Spot Analysis works,
// ArcGIS Pro). Of each there is a cold twin, with hot and cold exchanged.
//
//	final  steps hot      final run   hot before     ever   trend  pattern
//	hot                   of 2 steps  the final run  cold
//	yes    90 % or more   any         any            any    up     intensifying
//	yes    90 % or more   any         any            any    down   diminishing
//	yes    90 % or more   any         any            any    none   persistent
//	no     90 % or more   -           yes            any    any    historical
//	yes    less           no          no             any    any    new
//	yes    less           yes         no             any    any    consecutive
//	yes    less           any         yes            yes    any    oscillating
//	yes    less           any         yes            no     any    sporadic
//	no     less           -           any            any    any    none, for this side
//
// A step is hot, or cold, where its Gi* is significant. The final run is the
// hot steps at the end without a gap. The trend is Mann-Kendall's of Gi*: up is
// towards hotter for hot spots and towards colder for cold ones. Esri's
// definitions leave open what a new or consecutive hot spot is that was cold
// once: here, as they are written, new and consecutive ask nothing of the
// other side. Where the final step is of one side and nine in ten were of the
// other, the final step decides.
const (
	NoPattern Pattern = "none"

	NewHot          Pattern = "new_hot"
	ConsecutiveHot  Pattern = "consecutive_hot"
	IntensifyingHot Pattern = "intensifying_hot"
	PersistentHot   Pattern = "persistent_hot"
	DiminishingHot  Pattern = "diminishing_hot"
	SporadicHot     Pattern = "sporadic_hot"
	OscillatingHot  Pattern = "oscillating_hot"
	HistoricalHot   Pattern = "historical_hot"

	NewCold          Pattern = "new_cold"
	ConsecutiveCold  Pattern = "consecutive_cold"
	IntensifyingCold Pattern = "intensifying_cold"
	PersistentCold   Pattern = "persistent_cold"
	DiminishingCold  Pattern = "diminishing_cold"
	SporadicCold     Pattern = "sporadic_cold"
	OscillatingCold  Pattern = "oscillating_cold"
	HistoricalCold   Pattern = "historical_cold"
)

// Patterns are all of them, hot ones first, none last.
func Patterns() []Pattern {
	return []Pattern{
		NewHot, ConsecutiveHot, IntensifyingHot, PersistentHot, DiminishingHot, SporadicHot, OscillatingHot, HistoricalHot,
		NewCold, ConsecutiveCold, IntensifyingCold, PersistentCold, DiminishingCold, SporadicCold, OscillatingCold, HistoricalCold,
		NoPattern,
	}
}

// What makes a pattern.
const (
	lasting      = 0.9  // the share of steps of the lasting patterns
	trendLevel   = 0.10 // the probability up to which there is a trend
	significance = Bin(1)
)

// Classify returns the pattern of a place, given the bin of each step, oldest
// first, and the trend of its scores.
func Classify(bins []Bin, trend stat.Trend) Pattern {
	if len(bins) == 0 {
		return NoPattern
	}
	hot, cold := historyOf(bins, 1), historyOf(bins, -1)
	up, down := trend.P <= trendLevel && trend.Z > 0, trend.P <= trendLevel && trend.Z < 0
	switch {
	case hot.final:
		return hot.pattern(cold, up, down).hot
	case cold.final:
		return cold.pattern(hot, down, up).cold
	case hot.lasting():
		return HistoricalHot
	case cold.lasting():
		return HistoricalCold
	}
	return NoPattern
}

// history is what one side did.
type history struct {
	steps, of int
	final     bool // the last step
	run       int  // steps at the end without a gap
}

func historyOf(bins []Bin, side Bin) history {
	h := history{of: len(bins)}
	for _, b := range bins {
		h.final = b*side >= significance
		if !h.final {
			h.run = 0
			continue
		}
		h.steps++
		h.run++
	}
	return h
}

func (h history) lasting() bool { return float64(h.steps) >= lasting*float64(h.of) }

// pair is a pattern and its twin.
type pair struct{ hot, cold Pattern }

// pattern is that of a side which the final step is of. stronger is a trend to
// more of it, weaker one to less.
func (h history) pattern(other history, stronger, weaker bool) pair {
	before := h.steps - h.run
	switch {
	case h.lasting() && stronger:
		return pair{IntensifyingHot, IntensifyingCold}
	case h.lasting() && weaker:
		return pair{DiminishingHot, DiminishingCold}
	case h.lasting():
		return pair{PersistentHot, PersistentCold}
	case before == 0 && h.run == 1:
		return pair{NewHot, NewCold}
	case before == 0:
		return pair{ConsecutiveHot, ConsecutiveCold}
	case other.steps > 0:
		return pair{OscillatingHot, OscillatingCold}
	}
	return pair{SporadicHot, SporadicCold}
}
