package footprint

import "bivouac/geo"

// The step of a run.
const lookingInto geo.Sentence = "step-footprint-of: looking into {collection}"
