package opening

import "bivouac/geo"

// The step of a run.
const openingOf geo.Sentence = "step-opening: opening {name}"
