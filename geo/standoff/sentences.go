package standoff

import "bivouac/geo"

// The step of a run.
const lookingInto geo.Sentence = "step-people-of: looking into {collection}"
