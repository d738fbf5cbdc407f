package route

import "bivouac/geo"

// Steps of a run.
const (
	lookingForWays geo.Sentence = "step-looking-for-ways: looking for ways"
	lookingAlong   geo.Sentence = "step-incidents-along: looking for incidents along them"
	lookingForHelp geo.Sentence = "step-help: looking for help"
	writingLegs    geo.Sentence = "step-legs: writing legs"
	lookingInto    geo.Sentence = "step-beside-route: looking into {collection}"
)
