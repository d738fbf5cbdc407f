package route

import "bivouac/geo/process"

// Steps of a run.
const (
	lookingForWays process.Sentence = "step-looking-for-ways: looking for ways"
	lookingAlong   process.Sentence = "step-incidents-along: looking for incidents along them"
	lookingForHelp process.Sentence = "step-help: looking for help"
	writingLegs    process.Sentence = "step-legs: writing legs"
	lookingInto    process.Sentence = "step-beside-route: looking into {collection}"
)
