package opening

import "bivouac/geo/process"

// The step of a run.
const openingOf process.Sentence = "step-opening: opening {name}"
