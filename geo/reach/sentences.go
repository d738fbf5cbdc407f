package reach

import "bivouac/geo"

// Steps of a run.
const (
	findingTimes    geo.Sentence = "step-times: finding times"
	sharingCapacity geo.Sentence = "step-capacity: sharing capacity"
	measuringWays   geo.Sentence = "step-ways: measuring ways"
	findingReached  geo.Sentence = "step-reached: finding reached roads"
	drawingAreas    geo.Sentence = "step-areas: drawing areas"
	countingReached geo.Sentence = "step-who-is-reached: counting who is reached"
)
