package report

import "bivouac/geo"

const noArea geo.Sentence = "report-no-area: Minutes to surgery over the area are left out: name a mission that has an area, or give one."

// Steps of a run.
const (
	askingOf geo.Sentence = "step-asking-of: asking {process} of {option}"
	packing  geo.Sentence = "step-packing: packing the bundle"
)
