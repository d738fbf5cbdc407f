package network

import (
	"iter"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/index"
)

// InBox calls take with every segment whose box meets the box, which may not
// cross the date line, once or more often, in no order.
func (g *Graph) InBox(box geo.Box, take func(s int32)) {
	g.near.tree.Visit(0, func(n index.Node) index.Verdict {
		if n.Box.Meets(box) {
			return index.Enter
		}
		return index.Skip
	}, func(from, to uint32, _ bool) bool {
		for _, piece := range g.near.pieces[from:to] {
			if g.near.box(piece).Meets(box) {
				take(g.lineAt(piece &^ farSide))
			}
		}
		return true
	})
}

// Section is a stretch of one road between the junctions that a reader knows
// of: segments From up to but without To, one after the other.
type Section struct{ From, To int32 }

// Sections yields the roads that the reader sees, from one junction of such
// roads to the next. Where a road is cut only for one that is hidden, no
// section ends: what is told of sections tells nothing of that one.
func (g *Graph) Sections(r geo.Reader) iter.Seq[Section] {
	return func(yield func(Section) bool) {
		meets := g.meeting(r)
		for from := int32(0); from < int32(g.Segments()); {
			to := from + 1
			for to < int32(g.Segments()) && g.follows(to) && meets[g.junctionAt(to, false)] == 2 {
				to++
			}
			if g.Seen(from, r) && !yield(Section{from, to}) {
				return
			}
			from = to
		}
	}
}

// meeting counts by junction the ends of roads and joins that the reader sees.
func (g *Graph) meeting(r geo.Reader) []int32 {
	out := make([]int32, g.Nodes())
	for s := range int32(g.Segments()) {
		if g.Seen(s, r) {
			out[g.junctionAt(s, false)]++
			out[g.junctionAt(s, true)]++
		}
	}
	for arc, ref := range g.refs {
		if ref >= 0 {
			continue
		}
		if t := &g.turns[^ref]; t.ways[0] >= 0 && g.ways.seen(t.ways[0], r) && g.ways.seen(t.ways[1], r) {
			out[g.Junction(g.tails[arc])]++ // a join has two arcs, one each way
		}
	}
	return out
}

// Junction returns the node that stands for all of a junction that was taken
// apart, the node itself elsewhere.
func (g *Graph) Junction(node int32) int32 {
	if j, ok := g.ports[node]; ok {
		return g.apart[j][0]
	}
	return node
}

func (g *Graph) junctionAt(s int32, last bool) int32 { return g.Junction(g.nodeAt(s, last)) }

// follows reports whether a segment goes on where the one before it ends, on
// the same line.
func (g *Graph) follows(s int32) bool {
	return s > 0 && g.wayOf[s] == g.wayOf[s-1] && g.junctionAt(s, false) == g.junctionAt(s-1, true)
}

// SectionLine returns the course of a section, without the vertices at which
// it was only cut.
func (g *Graph) SectionLine(c Section) orb.LineString {
	out := g.line(c.From)
	for s := c.From + 1; s < c.To; s++ {
		line := g.line(s)
		if g.cuts[g.junctionAt(s, false)] {
			out = out[:len(out)-1]
		}
		out = append(out, line[1:]...)
	}
	return out
}

// SectionMetres returns the length of a section.
func (g *Graph) SectionMetres(c Section) float64 {
	total := 0.0
	for s := c.From; s < c.To; s++ {
		total += g.metres[s]
	}
	return total
}
