package air

import "bivouac/geo/process"

// The step of a run.
const overlaying process.Sentence = "step-overlaying: laying the reach of each over that of the others"
