package hotspot

import "bivouac/geo/process"

// Steps of a run.
const (
	comparingCells    process.Sentence = "step-comparing-cells: comparing cells"
	drawingNeighbours process.Sentence = "step-neighbours: drawing neighbours"
)
