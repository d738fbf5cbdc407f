package shape

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// cutLine cuts an unrolled line where it passes the date line. Pieces without
// a length are left out.
func cutLine(line []turned) orb.MultiLineString {
	var out orb.MultiLineString
	open := orb.LineString{line[0].at}
	end := func() {
		if open = slices.Compact(open); len(open) > 1 {
			out = append(out, open)
		}
	}
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		if a.world != b.world {
			border, lat := passage(a, b)
			open = append(open, orb.Point{border, lat})
			end()
			open = orb.LineString{{-border, lat}}
		}
		open = append(open, b.at)
	}
	end()
	return out
}

// passage returns where an edge from one world to the next leaves the first:
// at 180 eastward, at -180 westward, and at which latitude.
func passage(a, b turned) (border, lat float64) {
	border = math.Copysign(180, float64(b.world-a.world))
	switch to, whole := math.Abs(border-a.at[0]), math.Abs(b.lon()-a.lon()); {
	case to == 0:
		return border, a.at[1]
	case b.at[0] == -border:
		return border, b.at[1]
	default:
		return border, between(a.at[1], b.at[1], to/whole)
	}
}

// chains cuts an unrolled, closed ring at every place that it has on the date
// line, written in -180..180. Edges along the date line are left out. A ring
// that is nowhere on it is one chain, which ends where it starts.
func chains(ring []turned) [][]orb.Point {
	var out [][]orb.Point
	var open []orb.Point
	for i := 1; i < len(ring); i++ {
		for _, p := range pieces(ring[i-1], ring[i]) {
			if len(open) == 0 {
				open = append(open, p[0])
			}
			open = append(open, p[1])
			if onDateLine(p[1]) {
				out, open = append(out, open), nil
			}
		}
	}
	switch {
	case len(open) == 0:
	case len(out) == 0:
		out = append(out, open)
	default: // the ring started between two places on the date line
		out[0] = append(open, out[0][1:]...)
	}
	return out
}

// pieces cuts an edge where it passes the date line and drops what has no
// length or runs along it.
func pieces(a, b turned) [][2]orb.Point {
	whole := [][2]orb.Point{{a.at, b.at}}
	if a.world != b.world {
		border, lat := passage(a, b)
		whole = [][2]orb.Point{{a.at, {border, lat}}, {{-border, lat}, b.at}}
	}
	return slices.DeleteFunc(whole, func(p [2]orb.Point) bool {
		return p[0] == p[1] || p[0][0] == p[1][0] && onDateLine(p[0])
	})
}

func onDateLine(p orb.Point) bool { return math.Abs(p[0]) == 180 }
