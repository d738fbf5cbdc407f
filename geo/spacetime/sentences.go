package spacetime

import "bivouac/geo"

// The step of a run.
const permutingTimes geo.Sentence = "step-permuting: permuting times"
