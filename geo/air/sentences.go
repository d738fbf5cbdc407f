package air

import "bivouac/geo"

// The step of a run.
const overlaying geo.Sentence = "step-overlaying: laying the reach of each over that of the others"
