package cluster

import "bivouac/geo/process"

// The step of a run.
const lookingAround process.Sentence = "step-looking-around: looking at neighbours"
