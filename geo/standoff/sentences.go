package standoff

import "bivouac/geo/process"

// The step of a run.
const lookingInto process.Sentence = "step-people-of: looking into {collection}"
