package scenario

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/reach"
)

// mostPieces is how many stretches of roads are looked at, of all bases.
const mostPieces = 8_000_000

// piece is a stretch that a base reaches.
type piece struct {
	reach.Part
	base int
}

// Responsibility is which roads each base comes to first, within a time.
type Responsibility struct {
	First  [][]reach.Part // by base: where it is the first
	All    []reach.Part   // where some base is
	Two    []reach.Part   // where two or more are
	Only   []float64      // by base: metres that no other reaches
	Metres []float64      // by base: metres that it reaches
}

// Responsible finds who comes first on each road in time.
func Responsible(ctx context.Context, t *network.Travel, from []network.Place, limit uint32, told process.Progress) (*Responsibility, error) {
	bySegment, n := map[int32][]piece{}, 0
	for i, p := range from {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		told(i, len(from), findingReach.With())
		for _, part := range reach.NewSearch(t, []network.Place{p}, false).Roads(limit) {
			bySegment[part.Segment] = append(bySegment[part.Segment], piece{part, i})
			n++
		}
		if n > mostPieces {
			return nil, geo.Errorf(geo.TooLarge, withinInput, "the bases reach more than %d stretches of road; take less time, or fewer bases", mostPieces)
		}
	}
	r := &Responsibility{First: make([][]reach.Part, len(from)), Only: make([]float64, len(from)), Metres: make([]float64, len(from))}
	for _, s := range slices.Sorted(maps.Keys(bySegment)) {
		r.segment(t, s, bySegment[s])
	}
	return r, nil
}

// segment cuts one segment where something changes.
func (r *Responsibility) segment(t *network.Travel, s int32, pieces []piece) {
	var cuts []float64
	for _, p := range pieces {
		cuts = append(cuts, p.From, p.To)
		r.Metres[p.base] += (p.To - p.From) * t.Metres(s)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := range len(cuts) - 1 {
		r.between(t, s, cuts[i], cuts[i+1], pieces)
	}
}

// between is the stretch between two cuts, which a piece covers or not. Pieces
// rise along the segment as fast as each other, or fall so: of each kind only
// the lowest can be first, and the two cross once at most.
func (r *Responsibility) between(t *network.Travel, s int32, from, to float64, pieces []piece) {
	var rising, falling *piece
	n, last := 0, 0
	for i := range pieces {
		p := &pieces[i]
		if p.From > from || p.To < to {
			continue
		}
		n, last = n+1, p.base
		switch {
		case p.AtTo >= p.AtFrom && (rising == nil || p.at(from) < rising.at(from)):
			rising = p
		case p.AtTo < p.AtFrom && (falling == nil || p.at(to) < falling.at(to)):
			falling = p
		}
	}
	if n == 0 {
		return
	}
	all := reach.Part{Segment: s, From: from, To: to}
	r.All = append(r.All, all)
	if n == 1 {
		r.Only[last] += (to - from) * t.Metres(s)
	} else {
		r.Two = append(r.Two, all)
	}
	r.first(rising, falling, from, to)
}

func (p *piece) at(fraction float64) float64 {
	return p.AtFrom + (p.AtTo-p.AtFrom)*(fraction-p.From)/(p.To-p.From)
}

// first gives the stretch to the lower of two pieces, and cuts it where they
// cross.
func (r *Responsibility) first(rising, falling *piece, from, to float64) {
	give := func(p *piece, from, to float64) {
		if to > from {
			r.First[p.base] = append(r.First[p.base], reach.Part{Segment: p.Segment, From: from, To: to, AtFrom: p.at(from), AtTo: p.at(to)})
		}
	}
	switch {
	case falling == nil:
		give(rising, from, to)
	case rising == nil:
		give(falling, from, to)
	default:
		a, b := falling.at(from)-rising.at(from), falling.at(to)-rising.at(to)
		meet := to
		switch {
		case a <= 0:
			meet = from
		case b < 0:
			meet = from + (to-from)*a/(a-b)
		}
		give(rising, from, meet)
		give(falling, meet, to)
	}
}

// metresOf adds up stretches.
func metresOf(t *network.Travel, parts []reach.Part) float64 {
	sum := 0.0
	for _, p := range parts {
		sum += (p.To - p.From) * t.Metres(p.Segment)
	}
	return sum
}

// missed returns the stretches of open roads that are not among the parts,
// which are in order.
func missed(t *network.Travel, parts []reach.Part) []reach.Part {
	var out []reach.Part
	next := 0
	for s := range int32(t.Segments()) {
		at := 0.0
		for ; next < len(parts) && parts[next].Segment == s; next++ {
			if parts[next].From > at {
				out = append(out, reach.Part{Segment: s, From: at, To: parts[next].From})
			}
			at = parts[next].To
		}
		if at < 1 && t.Open(s) {
			out = append(out, reach.Part{Segment: s, From: at, To: 1})
		}
	}
	return out
}

// byWay puts stretches of a road together, the longest in all first.
func byWay(t *network.Travel, parts []reach.Part) [][]reach.Part {
	of := map[int32][]reach.Part{}
	for _, p := range parts {
		of[t.WayNumber(p.Segment)] = append(of[t.WayNumber(p.Segment)], p)
	}
	out := make([][]reach.Part, 0, len(of))
	for _, way := range slices.Sorted(maps.Keys(of)) {
		out = append(out, of[way])
	}
	slices.SortStableFunc(out, func(a, b []reach.Part) int { return cmp.Compare(metresOf(t, b), metresOf(t, a)) })
	return out
}
