package report

import "bivouac/geo/process"

const noArea process.Sentence = "report-no-area: Minutes to surgery over the area are left out: name a mission that has an area, or give one."

// Steps of a run.
const (
	askingOf process.Sentence = "step-asking-of: asking {process} of {option}"
	packing  process.Sentence = "step-packing: packing the bundle"
)
