// Package network answers how long a way by road takes: it makes a graph of
// the lines that stand for roads, and finds the quickest paths in it.
//
// [Build] reads lines (roads), points (barriers, turn restrictions) and areas
// (when it rains) and returns a [Graph] that never changes. Roads are joined
// where they share a vertex and where an end almost touches another road; a
// road that crosses another without a vertex in common passes over or under
// it. A junction with a turn restriction or a barrier is taken apart into a
// node for each way in and each way out, with turn arcs between them, so that
// every search is a plain search on arcs. One may turn round where roads end or
// meet and before a barrier, an open one too, unless a restriction forbids it,
// and only where the reader sees that they do.
//
// How long an arc takes follows from [Conditions]: the vehicle, the month, what
// the reader may see, what is to be avoided. [Graph.Times] puts them into one
// number an arc; [Travel] is the graph under such times.
//
// The graph is made of everything, whoever may see it; the times close what a
// reader may not. Joins and splits are chosen for each pair of roads by
// themselves, so that what a reader cannot see moves nothing that it can.
package network

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// Closed is the time of an arc that is not to be used, and of a node that is
// not reached.
const Closed = math.MaxUint32

// DefaultJoinMetres is how far an end may lie from another road to be joined
// to it.
const DefaultJoinMetres = 10

// Source is the records of one collection.
type Source struct {
	Schema *geo.Schema
	Each   func(func(geo.Row) error) error
}

// Options says how the graph is made.
type Options struct {
	JoinMetres float64 // 0 is [DefaultJoinMetres], below 0 joins nothing
}

// Graph is the roads as nodes and directed arcs. It is immutable and safe for
// any number of readers.
type Graph struct {
	ways     *ways
	controls []control
	counts   map[string]int // records of collections

	points []spot // of nodes
	first  []int32
	tails  []int32
	heads  []int32
	refs   []int32 // of arcs: segment and direction, or ^ a turn
	turns  []turn
	ports  map[int32]int32 // a node of a junction that was taken apart, to its junction
	apart  [][]int32       // the nodes of such junctions

	courses                // of segments
	wayOf   []int32        // of segments
	metres  []float64      // of segments
	arcs    [][2]int32     // of segments: along it and against it
	cuts    map[int32]bool // nodes where a road was cut between two of its vertices
	near    *neighbours    // the pieces of segments by place
	joins   []Join
	defects []Defect
	order   *order
}

// turn is an arc without length: a passage of a junction that was taken
// apart, or a join of two roads.
type turn struct {
	ways     [2]int32 // that must both be seen
	controls []int32  // that it is subject to
	veiled   []reason // of turning round on a road that passes: of these one must be seen; nil where it needs none
}

// Nodes returns how many nodes there are.
func (g *Graph) Nodes() int { return len(g.points) }

// Arcs returns how many directed arcs there are.
func (g *Graph) Arcs() int { return len(g.heads) }

// Segments returns how many stretches of road there are, from node to node.
func (g *Graph) Segments() int { return len(g.wayOf) }

// Ways returns how many roads there are, whoever may see them.
func (g *Graph) Ways() int { return len(g.ways.rows) }

// coordinates returns where all nodes lie.
func (g *Graph) coordinates() []orb.Point {
	out := make([]orb.Point, len(g.points))
	for n, s := range g.points {
		out[n] = s.point()
	}
	return out
}

// Point returns where a node lies.
func (g *Graph) Point(node int32) orb.Point { return g.points[node].point() }

// Tail returns the node at which an arc begins.
func (g *Graph) Tail(arc int32) int32 { return g.tails[arc] }

// Head returns the node at which an arc ends.
func (g *Graph) Head(arc int32) int32 { return g.heads[arc] }

// Leaving returns the arcs that begin at a node: from, up to but without to.
func (g *Graph) Leaving(node int32) (from, to int32) { return g.first[node], g.first[node+1] }

// Segment returns the segment that an arc runs along and whether it does so in
// the direction of its line; false for a turn arc, which has no length.
func (g *Graph) Segment(arc int32) (s int32, forward, ok bool) {
	ref := g.refs[arc]
	return ref >> 1, ref&1 == 0, ref >= 0
}

// Along returns the arcs of a segment: in the direction of its line, and
// against it.
func (g *Graph) Along(s int32) (forward, back int32) { return g.arcs[s][0], g.arcs[s][1] }

// Metres returns the length of a segment.
func (g *Graph) Metres(s int32) float64 { return g.metres[s] }

// Line returns the course of a segment, a new slice. Over the date line its
// longitudes jump from 180 to -180.
func (g *Graph) Line(s int32) orb.LineString { return g.line(s) }

// Way returns the road that a segment is of.
func (g *Graph) Way(s int32) *Way { return g.WayOf(g.wayOf[s]) }

// WayNumber returns the number of the road that a segment is of, below Ways.
func (g *Graph) WayNumber(s int32) int32 { return g.wayOf[s] }

// WayOf returns the road of a number.
func (g *Graph) WayOf(number int32) *Way {
	w := g.ways.way(number)
	return &w
}

// Seen reports whether the road of a segment exists for the reader.
func (g *Graph) Seen(s int32, r geo.Reader) bool { return g.ways.seen(g.wayOf[s], r) }

// Middle returns a point half way along a segment.
func (g *Graph) Middle(s int32) orb.Point { return g.At(s, 0.5) }

// At returns the point at a fraction of a segment's length.
func (g *Graph) At(s int32, fraction float64) orb.Point {
	from, to := g.span(s)
	left := fraction * g.metres[s]
	for v := from; v+1 < to; v++ {
		a, b := g.at[v].point(), g.at[v+1].point()
		metres, bearing, _ := measure.Inverse(a, b)
		if left <= metres || v+2 == to {
			if left >= metres {
				return b
			}
			p, _ := measure.Direct(a, bearing, max(0, left))
			return p
		}
		left -= metres
	}
	return g.at[from].point()
}

// Takes reports whether records of the schema make a difference to the graph:
// roads, barriers, turn restrictions, and areas that say when it rains.
func Takes(s *geo.Schema) bool { return partOf(s) != noPart }

// HoldsRoads reports whether records of a collection are roads.
func HoldsRoads(s *geo.Schema) bool { return partOf(s) == roadPart }

// part is what the records of a collection are to the graph.
type part uint8

const (
	noPart part = iota
	roadPart
	barrierPart
	restrictionPart
	areaPart
)

func partOf(s *geo.Schema) part {
	has := func(names ...string) bool {
		for _, n := range names {
			if s.Field(n) < 0 {
				return false
			}
		}
		return true
	}
	switch {
	case s.Geometry == geo.LineGeometry && has("surface", "one_way"):
		return roadPart
	case s.Geometry == geo.PointGeometry && has("from_road", "to_road"):
		return restrictionPart
	case s.Geometry == geo.PointGeometry && has("delay_min", "access"):
		return barrierPart
	case s.Geometry == geo.AreaGeometry && has("wet_months"):
		return areaPart
	}
	return noPart
}

// Build makes the graph of all the sources; those that [Takes] refuses are
// passed over. No roads at all are a graph without nodes.
func Build(ctx context.Context, sources []Source, o Options) (*Graph, error) {
	if o.JoinMetres == 0 {
		o.JoinMetres = DefaultJoinMetres
	}
	d := newDraft(o)
	if err := d.read(ctx, sources); err != nil {
		return nil, err
	}
	if err := d.weave(ctx); err != nil {
		return nil, err
	}
	return d.graph(ctx)
}
