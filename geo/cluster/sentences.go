package cluster

import "bivouac/geo"

// The step of a run.
const lookingAround geo.Sentence = "step-looking-around: looking at neighbours"
