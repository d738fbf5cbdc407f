package hotspot

import "bivouac/geo"

// Steps of a run.
const (
	comparingCells    geo.Sentence = "step-comparing-cells: comparing cells"
	drawingNeighbours geo.Sentence = "step-neighbours: drawing neighbours"
)
