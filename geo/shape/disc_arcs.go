package shape

import (
	"cmp"
	"math"
	"slices"

	"bivouac/geo/measure"

	"github.com/paulmach/orb"
)

// arrangement is the rims cut into arcs where they cross.
//
// Crossing c has two cuts, 2c on the first of its rims and 2c+1 on the second.
// A cut also names the arc that starts there, counterclockwise on its rim.
type arrangement struct {
	rims      []rim
	crossings []measure.Crossing
	of        [][2]int32 // the two rims of a crossing
	held      []int32    // by rim: discs that hold all of it
	along     []int      // rims that lie on another, of a disc outside of theirs
	first     []int32    // by rim: one of its cuts, -1 for none
	next      []int32    // by cut: the next on its rim
	last      []int32    // by cut: the one before
	outside   []int32    // by arc: discs over it, its own apart
	shut      []bool     // by arc: so short that its ends are one place
	places    places
}

func newArrangement(rims []rim) arrangement {
	a := arrangement{rims: rims, held: make([]int32, len(rims)), first: make([]int32, len(rims))}
	pairs(rims, a.meet)
	cuts := 2 * len(a.crossings)
	a.next, a.last = make([]int32, cuts), make([]int32, cuts)
	a.outside, a.shut = make([]int32, cuts), make([]bool, cuts)
	a.places = newPlaces(len(a.crossings))
	begun := make([]int32, len(rims))
	for i, list := range a.cutsByRim() {
		a.thread(int32(i), list, begun)
	}
	a.places.gather()
	return a
}

func (a *arrangement) meet(i, k int32) {
	before := len(a.crossings)
	m := a.rims[i].Meet(&a.rims[k].Rim, a.crossings)
	a.crossings = m.Crossings
	for range len(a.crossings) - before {
		a.of = append(a.of, [2]int32{i, k})
	}
	if m.Along {
		a.along = append(a.along, int(i), int(k))
	}
	if m.AInB {
		a.held[i] += a.rims[k].times
	}
	if m.BInA {
		a.held[k] += a.rims[i].times
	}
}

func (a *arrangement) rimOf(cut int32) int32  { return a.of[cut/2][cut&1] }
func (a *arrangement) other(cut int32) int32  { return a.of[cut/2][1-cut&1] }
func (a *arrangement) at(cut int32) orb.Point { return a.crossings[cut/2].At }
func (a *arrangement) enters(cut int32) bool  { return a.crossings[cut/2].AEnters == (cut&1 == 0) }
func (a *arrangement) turn(cut int32) float64 {
	if cut&1 == 0 {
		return a.crossings[cut/2].TurnA
	}
	return a.crossings[cut/2].TurnB
}

// cutsByRim returns the cuts of each rim in the order of their turns.
func (a *arrangement) cutsByRim() [][]int32 {
	starts := make([]int32, len(a.rims)+1)
	for _, two := range a.of {
		starts[two[0]+1]++
		starts[two[1]+1]++
	}
	for i := range a.rims {
		starts[i+1] += starts[i]
	}
	type turned struct {
		turn float64
		cut  int32
	}
	sorted, fill := make([]turned, 2*len(a.of)), slices.Clone(starts)
	for c, two := range a.of {
		for side, r := range two {
			cut := int32(2*c + side)
			sorted[fill[r]] = turned{a.turn(cut), cut}
			fill[r]++
		}
	}
	all, out := make([]int32, len(sorted)), make([][]int32, len(a.rims))
	for i := range out {
		slices.SortFunc(sorted[starts[i]:starts[i+1]], func(x, y turned) int {
			return cmp.Or(cmp.Compare(x.turn, y.turn), cmp.Compare(x.cut, y.cut))
		})
		out[i] = all[starts[i]:starts[i+1]]
	}
	for i, t := range sorted {
		all[i] = t.cut
	}
	return out
}

// thread links the cuts of a rim and counts the discs over each arc: those
// that hold the whole rim, and those that were entered and not left. begun
// keeps, by disc, the last rim on which it was met, counted from 1.
func (a *arrangement) thread(i int32, cuts, begun []int32) {
	a.first[i] = -1
	if len(cuts) == 0 {
		return
	}
	a.first[i] = cuts[0]
	n := a.held[i]
	for _, cut := range cuts { // discs that are left first were there at the start
		if k := a.other(cut); begun[k] != i+1 {
			begun[k] = i + 1
			if !a.enters(cut) {
				n += a.rims[k].times
			}
		}
	}
	wide := a.rims[i].MetresPerRadian() * math.Pi / 180
	for j, cut := range cuts {
		if k := a.other(cut); a.enters(cut) {
			n += a.rims[k].times
		} else {
			n -= a.rims[k].times
		}
		to := cuts[(j+1)%len(cuts)]
		a.next[cut], a.last[to], a.outside[cut] = to, cut, n
		if to != cut && a.width(cut)*wide < nodeMetres {
			a.shut[cut] = true
			a.places.join(cut/2, to/2)
		}
	}
}

// width returns the degrees of turn of the arc that starts at the cut.
func (a *arrangement) width(cut int32) float64 {
	by := a.turn(a.next[cut]) - a.turn(cut)
	if by < 0 || by == 0 && a.next[cut] == cut {
		by += 360
	}
	return by
}

// bounds reports whether the arc is on the edge of what so many discs cover.
func (a *arrangement) bounds(arc int32, depth int) bool {
	n := depth - int(a.outside[arc])
	return n >= 1 && n <= int(a.rims[a.rimOf(arc)].times) && !a.shut[arc]
}

// deepest returns the most discs over one place.
func (a *arrangement) deepest() int {
	most := int32(0)
	for i, cut := range a.first {
		if cut < 0 {
			most = max(most, a.held[i]+a.rims[i].times)
		}
	}
	for arc, n := range a.outside {
		if !a.shut[arc] {
			most = max(most, n+a.rims[a.rimOf(int32(arc))].times)
		}
	}
	return int(most)
}
