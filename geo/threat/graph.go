package threat

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/disjoint"
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/pattern"
)

// Seen is the roads of a graph that a reader may see, from one junction of such
// roads to the next. What it may not see leaves no mark on them: no junction,
// no vertex, no length.
type Seen struct {
	*Segments
	graph *network.Graph
	lines []orb.LineString
	on    []Part // by segment of the graph: where it lies here; Segment -1 where it is not seen
}

// See returns the roads that a reader may see. course is how a road was drawn.
// It returns ctx's error where that ends first.
func See(ctx context.Context, g *network.Graph, r geo.Reader, course func(*network.Way) orb.Geometry) (*Seen, error) {
	v := &Seen{Segments: &Segments{}, graph: g, on: make([]Part, g.Segments())}
	raw := make([]int32, 0, g.Segments()) // segments of the graph
	for s := range v.on {
		if v.on[s].Segment = -1; g.Seen(int32(s), r) && g.Metres(int32(s)) > 0 {
			raw = append(raw, int32(s))
		}
	}
	from, to := junctions(g, raw)
	degree := make([]int32, g.Nodes())
	for i := range raw {
		degree[from[i]]++
		degree[to[i]]++
	}
	v.Way, v.lines = make([]int32, 0, len(raw)), make([]orb.LineString, 0, len(raw))
	begin, end := make([]int32, 0, len(raw)), make([]int32, 0, len(raw))
	var drawn map[[2]int32]bool
	of := int32(-1) // the road that drawn is of: read when two of its segments are joined, which few are
	for i, s := range raw {
		way, last := g.WayNumber(s), len(v.Way)-1
		if i > 0 && raw[i-1]+1 == s && v.Way[last] == way && to[i-1] == from[i] && degree[from[i]] == 2 && begin[last] != from[i] {
			if of != way {
				drawn, of = vertices(course(g.WayOf(way))), way
			}
			v.lines[last] = goOn(v.lines[last], g.Line(s), drawn)
			end[last] = to[i]
		} else {
			v.Way, v.lines = append(v.Way, way), append(v.lines, g.Line(s))
			begin, end = append(begin, from[i]), append(end, to[i])
		}
		v.on[s].Segment = int32(len(v.Way) - 1)
	}
	metres := make([]float64, len(v.lines))
	err := pattern.Each(ctx, len(metres), 4096, func(_, from, to int) {
		for i := from; i < to; i++ {
			metres[i] = measure.Length(v.lines[i])
		}
	})
	if err != nil {
		return nil, err
	}
	v.place(raw, metres)
	v.Roads, err = NewRoads(begin, end, metres)
	return v, err
}

// place notes where the segments of the graph lie.
func (v *Seen) place(raw []int32, metres []float64) {
	gone := make([]float64, len(metres))
	for _, s := range raw {
		on := &v.on[s]
		on.From = min(gone[on.Segment], metres[on.Segment])
		on.To = min(on.From+v.graph.Metres(s), metres[on.Segment])
		gone[on.Segment] = on.To
	}
}

// goOn appends a line that begins where another ends. The vertex between them
// goes where nobody drew it.
func goOn(line, next orb.LineString, drawn map[[2]int32]bool) orb.LineString {
	if drawn != nil && !drawn[spotOf(line[len(line)-1])] {
		line = line[:len(line)-1]
	}
	return append(line, next[1:]...)
}

// spotOf is a point to 1e-7 degrees, as the graph has it.
func spotOf(p orb.Point) [2]int32 {
	return [2]int32{int32(math.Round(p[0] * 1e7)), int32(math.Round(p[1] * 1e7))}
}

// vertices are those of a road as it was drawn; nil where that is not known.
func vertices(g orb.Geometry) map[[2]int32]bool {
	lines := linesOf(g)
	if lines == nil {
		return nil
	}
	out := map[[2]int32]bool{}
	for _, l := range lines {
		for _, p := range l {
			out[spotOf(p)] = true
		}
	}
	return out
}

// junctions returns the ends of segments, what a join connects being one.
func junctions(g *network.Graph, raw []int32) (from, to []int32) {
	joined := disjoint.New(g.Nodes())
	touched := make([]bool, g.Nodes())
	for _, s := range raw {
		forward, _ := g.Along(s)
		a, b := g.Junction(g.Tail(forward)), g.Junction(g.Head(forward))
		from, to = append(from, a), append(to, b)
		touched[a], touched[b] = true, true
	}
	for arc := range int32(g.Arcs()) {
		if _, _, road := g.Segment(arc); !road {
			if a, b := g.Junction(g.Tail(arc)), g.Junction(g.Head(arc)); touched[a] && touched[b] {
				joined.Join(a, b)
			}
		}
	}
	for i := range raw {
		from[i], to[i] = joined.Root(from[i]), joined.Root(to[i])
	}
	return from, to
}

// Snap returns the spot on the roads that is nearest to a point, false where
// none is within the metres.
func (v *Seen) Snap(p orb.Point, within float64) (Spot, bool) {
	place, ok := v.graph.Snap(p, within, func(s int32) bool { return v.on[s].Segment >= 0 })
	if !ok {
		return Spot{}, false
	}
	segment := v.on[place.Segment].Segment
	line, gone := v.lines[segment], 0.0
	at, nearest := 0.0, math.Inf(1)
	for i := 1; i < len(line); i++ {
		if foot, metres, ok := measure.FootWithin(p, line[i-1], line[i], nearest); ok && metres < nearest {
			at, nearest = gone+measure.Distance(line[i-1], foot), metres
		}
		gone += measure.Distance(line[i-1], line[i])
	}
	return Spot{segment, min(at, v.Roads.metres[segment])}, true
}

// road returns the record that a section is of.
func (v *Seen) road(way int32) *network.Way { return v.graph.WayOf(way) }

// Line returns the course of a section: one line where its parts hang
// together.
func (v *Seen) Line(s *Section) orb.Geometry {
	var out orb.MultiLineString
	for _, p := range s.Parts {
		line := v.part(p)
		if last := len(out) - 1; last >= 0 && out[last][len(out[last])-1] == line[0] {
			out[last] = append(out[last], line[1:]...)
			continue
		}
		out = append(out, line)
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

// part returns the course of a part.
func (v *Seen) part(p Part) (out orb.LineString) {
	line, gone := v.lines[p.Segment], 0.0
	for i := 1; i < len(line) && gone < p.To; i++ {
		metres, bearing, _ := measure.Inverse(line[i-1], line[i])
		next := gone + metres
		if i == len(line)-1 {
			next = max(next, p.To)
		}
		if next <= p.From {
			gone = next
			continue
		}
		along := func(at float64) orb.Point {
			if at >= next {
				return line[i]
			}
			there, _ := measure.Direct(line[i-1], bearing, at-gone)
			return there
		}
		if out == nil && p.From > gone {
			out = append(out, along(p.From))
		} else if out == nil {
			out = append(out, line[i-1])
		}
		out = append(out, along(min(next, p.To)))
		gone = next
	}
	return out
}
