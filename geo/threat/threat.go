// Package threat answers which roads incidents concentrate on, and how sure
// that is.
//
// Incidents are put on the nearest road within a tolerance, and counted by
// section: what a road is cut into at its junctions, or the whole of it. A
// count is divided by how long the section is and how long it was watched, and
// where movements are recorded by how far was driven on it. Sections have few
// incidents each, so a rate is drawn towards that of all of them as far as its
// own count does not speak against it, and comes with an interval
// ([stat.FitGamma]): a short section with one incident does not lead.
//
// Beside the rates there is the density of incidents along the roads
// ([Roads.Density]), which knows no sections.
package threat

import (
	"slices"

	"bivouac/geo"
)

// Spot is a place on the roads: so many metres along a segment.
type Spot struct {
	Segment int32
	Metres  float64
}

// Roads are segments between nodes, driven both ways: what a density spreads
// over. It does not change.
type Roads struct {
	metres []float64
	node   []int32 // of the ends: 2s where segment s begins, 2s+1 where it ends
	first  []int32 // of each node, where its ends begin
	ends   []int32 // by node
}

// NewRoads returns the roads whose segments run from a node to a node, numbered
// from 0. A segment without a length, and slices of different lengths, are an
// error.
func NewRoads(from, to []int32, metres []float64) (*Roads, error) {
	if len(from) != len(metres) || len(to) != len(metres) {
		return nil, geo.Errorf(geo.Invalid, "roads", "%d and %d ends are not of %d segments", len(from), len(to), len(metres))
	}
	r := &Roads{metres: metres}
	nodes := int32(0)
	for s := range metres {
		if !(metres[s] > 0) || from[s] < 0 || to[s] < 0 {
			return nil, geo.Errorf(geo.Invalid, "roads", "segment %d, of %v metres, cannot be driven", s, metres[s])
		}
		r.node = append(r.node, from[s], to[s])
		nodes = max(nodes, from[s]+1, to[s]+1)
	}
	r.first = make([]int32, nodes+1)
	for _, n := range r.node {
		r.first[n+1]++
	}
	for n := range nodes {
		r.first[n+1] += r.first[n]
	}
	next := slices.Clone(r.first)
	r.ends = make([]int32, len(r.node))
	for end, n := range r.node {
		r.ends[next[n]] = int32(end)
		next[n]++
	}
	return r, nil
}

// at returns the ends of segments that meet in a node.
func (r *Roads) at(node int32) []int32 { return r.ends[r.first[node]:r.first[node+1]] }

// degree returns how many ends meet in a node; a segment that comes back to it
// has two there.
func (r *Roads) degree(node int32) int { return len(r.at(node)) }
