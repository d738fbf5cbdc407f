package quality

import "bivouac/geo/process"

// Steps of a run.
const (
	countingStated       process.Sentence = "step-stated: counting what is stated"
	lookingForWrong      process.Sentence = "step-wrong: looking for what cannot be right"
	lookingForDuplicates process.Sentence = "step-duplicates: looking for duplicates"
	measuringDelays      process.Sentence = "step-delays: measuring delays"
	lookingForGaps       process.Sentence = "step-gaps: looking for gaps"
	comparingClosed      process.Sentence = "step-closed: comparing with bases that closed"
)
