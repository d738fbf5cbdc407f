package quality

import "bivouac/geo"

// Steps of a run.
const (
	countingStated       geo.Sentence = "step-stated: counting what is stated"
	lookingForWrong      geo.Sentence = "step-wrong: looking for what cannot be right"
	lookingForDuplicates geo.Sentence = "step-duplicates: looking for duplicates"
	measuringDelays      geo.Sentence = "step-delays: measuring delays"
	lookingForGaps       geo.Sentence = "step-gaps: looking for gaps"
	comparingClosed      geo.Sentence = "step-closed: comparing with bases that closed"
)
