package density

import "bivouac/geo"

// Steps of a run.
const (
	spreading        geo.Sentence = "step-spreading: spreading the events"
	tryingBandwidths geo.Sentence = "step-bandwidths: trying bandwidths"
)
