package footprint

import "bivouac/geo/process"

// The step of a run.
const lookingInto process.Sentence = "step-footprint-of: looking into {collection}"
