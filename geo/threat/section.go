package threat

import (
	"math"
	"slices"
)

// Segments are roads from junction to junction. Those of one road follow each
// other.
type Segments struct {
	Roads *Roads
	Way   []int32 // the road that each is of
}

// Section is what incidents are counted by: segments of one road, or parts of
// them.
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
// that is above 0. By ways, nothing is cut. inside returns the parts of a
// segment that are looked at, in order; nil looks at all.
func (g *Segments) Sections(by By, longest float64, inside func(s int32) []Part) []Section {
	var out []Section
	for s := range g.Way {
		parts := []Part{{int32(s), 0, g.Roads.metres[s]}}
		if inside != nil {
			parts = inside(int32(s))
		}
		for _, p := range parts {
			last := len(out) - 1
			if by == ByWay && last >= 0 && out[last].Way == g.Way[s] {
				out[last].Parts = append(out[last].Parts, p)
				out[last].Metres += p.To - p.From
				continue
			}
			one := Section{g.Way[s], []Part{p}, p.To - p.From}
			if by == ByWay || !(longest > 0) {
				out = append(out, one)
				continue
			}
			out = append(out, one.cut(int(math.Ceil(one.Metres/longest*(1-1e-12))))...)
		}
	}
	return out
}

// cut returns n pieces of equal length of a section of one part.
func (s *Section) cut(n int) []Section {
	if n < 2 {
		return []Section{*s}
	}
	out := make([]Section, n)
	p := s.Parts[0]
	at := func(i int) float64 {
		if i == n {
			return p.To
		}
		return p.From + (p.To-p.From)*float64(i)/float64(n)
	}
	for i := range out {
		from, to := at(i), at(i+1)
		out[i] = Section{s.Way, []Part{{p.Segment, from, to}}, to - from}
	}
	return out
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

// find returns the section that a spot is in, on a cut the one before it; -1
// for a spot in none.
func (f *finder) find(s Spot) int32 {
	const slack = 1e-6 // metres, for what was added up in another order
	for i := f.first[s.Segment]; i < f.first[s.Segment+1]; i++ {
		if s.Metres >= f.parts[i].From-slack && s.Metres <= f.parts[i].To+slack {
			return f.of[i]
		}
	}
	return -1
}
