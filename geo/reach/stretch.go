package reach

import (
	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/network"
)

// Stretch returns the course of a segment from one fraction of it to another.
func Stretch(g *network.Graph, segment int32, from, to float64) orb.LineString {
	line := g.Line(segment)
	if from == 0 && to == 1 {
		return line
	}
	out := orb.LineString{g.At(segment, from)}
	start, end, gone := from*g.Metres(segment), to*g.Metres(segment), 0.0
	for i := 1; i < len(line)-1; i++ {
		if gone += measure.Distance(line[i-1], line[i]); gone > start && gone < end {
			out = append(out, line[i])
		}
	}
	return append(out, g.At(segment, to))
}
