package spacetime

import "bivouac/geo/process"

// The step of a run.
const permutingTimes process.Sentence = "step-permuting: permuting times"
