package threat

import (
	"math"
	"slices"
)

// Segments are the roads that a reader may see, as the graph has them. The
// segments of one road follow each other in the order of its line.
type Segments struct {
	Roads *Roads
	Way   []int32 // the road that each is of
}

// Section is what incidents are counted by: one or more segments of one road,
// or parts of them.
type Section struct {
	Way    int32
	Parts  []Part
	Metres float64
}

// Part is a stretch of a segment, from and to in metres along it.
type Part struct {
	Segment  int32
	From, To float64
}

// By is what a section is.
type By string

// What sections are.
const (
	// BySection cuts roads at their junctions, and what is longer than asked
	// into equal pieces.
	BySection By = "section"
	// ByWay takes each road as a whole.
	ByWay By = "way"
)

// Sections cuts the roads into sections, none longer than longest metres where
// that is above 0. By ways, nothing is cut. Segments that meet where no other
// road does are one section: a road that somebody else may not see leaves no
// mark.
func (g *Segments) Sections(by By, longest float64) []Section {
	var out []Section
	for s := range g.Way {
		last := len(out) - 1
		part := Part{int32(s), 0, g.Roads.metres[s]}
		if last >= 0 && out[last].Way == g.Way[s] && (by == ByWay || g.goesOn(int32(s)-1, int32(s))) {
			out[last].Parts = append(out[last].Parts, part)
			out[last].Metres += part.To
			continue
		}
		out = append(out, Section{g.Way[s], []Part{part}, part.To})
	}
	if by == ByWay || !(longest > 0) {
		return out
	}
	var cut []Section
	for i := range out {
		cut = append(cut, out[i].cut(int(math.Ceil(out[i].Metres/longest*(1-1e-12))))...)
	}
	return cut
}

// goesOn reports whether a segment begins where the one before it ends, and no
// other road meets them there.
func (g *Segments) goesOn(before, s int32) bool {
	node := g.Roads.node[2*s]
	return g.Roads.node[2*before+1] == node && g.Roads.degree(node) == 2
}

// cut returns n pieces of equal length.
func (s *Section) cut(n int) []Section {
	if n < 2 {
		return []Section{*s}
	}
	out := make([]Section, n)
	size, piece, gone := s.Metres/float64(n), 0, 0.0
	for _, p := range s.Parts {
		for from := p.From; from < p.To; {
			left := p.To - from
			to, room := p.To, float64(piece+1)*size-gone
			if left > room && piece < n-1 {
				to = from + room
			}
			if to > from {
				out[piece].Parts = append(out[piece].Parts, Part{p.Segment, from, to})
				out[piece].Metres += to - from
				gone += to - from
				from = to
			}
			if to < p.To {
				piece++
			}
		}
	}
	for i := range out {
		out[i].Way = s.Way
	}
	return slices.DeleteFunc(out, func(s Section) bool { return len(s.Parts) == 0 })
}

// finder finds sections by the spots in them.
type finder struct {
	first []int32 // of each segment, where its parts begin
	parts []Part
	of    []int32 // sections
}

func newFinder(segments int, sections []Section) *finder {
	f := &finder{first: make([]int32, segments+1)}
	for i := range sections {
		for _, p := range sections[i].Parts {
			f.first[p.Segment+1]++
		}
	}
	for s := range segments {
		f.first[s+1] += f.first[s]
	}
	next := slices.Clone(f.first)
	f.parts, f.of = make([]Part, f.first[segments]), make([]int32, f.first[segments])
	for i := range sections {
		for _, p := range sections[i].Parts {
			at := next[p.Segment]
			f.parts[at], f.of[at] = p, int32(i)
			next[p.Segment]++
		}
	}
	return f
}

// find returns the section that a spot is in; on a cut, the one before it.
func (f *finder) find(s Spot) int32 {
	from, to := f.first[s.Segment], f.first[s.Segment+1]
	for i := from; i < to; i++ {
		if s.Metres <= f.parts[i].To || i == to-1 {
			return f.of[i]
		}
	}
	return -1
}
