package density

import "bivouac/geo/process"

// Steps of a run.
const (
	spreading        process.Sentence = "step-spreading: spreading the events"
	tryingBandwidths process.Sentence = "step-bandwidths: trying bandwidths"
)
