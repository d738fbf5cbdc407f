package reach

import "bivouac/geo/process"

// Steps of a run.
const (
	findingTimes    process.Sentence = "step-times: finding times"
	sharingCapacity process.Sentence = "step-capacity: sharing capacity"
	measuringWays   process.Sentence = "step-ways: measuring ways"
	findingReached  process.Sentence = "step-reached: finding reached roads"
	drawingAreas    process.Sentence = "step-areas: drawing areas"
	countingReached process.Sentence = "step-who-is-reached: counting who is reached"
)
