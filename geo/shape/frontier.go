package shape

import (
	"slices"
	"sort"

	"github.com/paulmach/orb"
)

// frontier holds the spans under a sweep line from south to north, in runs of
// limited length, none of them empty: finding is a binary search, and putting
// in or out moves one run.
type frontier struct {
	runs [][]int32
	// below returns 1 where the span lies below the place, 0 where it goes
	// through it, -1 where it lies above.
	below func(id int32, p orb.Point) int
}

// runLimit is about where moving a run costs as much as searching.
const runLimit = 512

// position is an index into a run of a frontier; past its end, the run after
// the last, index 0.
type position struct{ run, i int }

// find returns the position of the first span that is not below the place.
func (f *frontier) find(p orb.Point) position {
	run := sort.Search(len(f.runs), func(i int) bool {
		return f.below(f.runs[i][len(f.runs[i])-1], p) <= 0
	})
	if run == len(f.runs) {
		return position{run, 0}
	}
	return position{run, sort.Search(len(f.runs[run]), func(i int) bool {
		return f.below(f.runs[run][i], p) <= 0
	})}
}

func (f *frontier) next(at position) position {
	if at.i+1 < len(f.runs[at.run]) {
		return position{at.run, at.i + 1}
	}
	return position{at.run + 1, 0}
}

// at returns the span at a position, -1 past the end.
func (f *frontier) at(pos position) int32 {
	if pos.run == len(f.runs) {
		return -1
	}
	return f.runs[pos.run][pos.i]
}

// before returns the span before a position, -1 before the beginning.
func (f *frontier) before(pos position) int32 {
	switch {
	case pos.i > 0:
		return f.runs[pos.run][pos.i-1]
	case pos.run > 0:
		run := f.runs[pos.run-1]
		return run[len(run)-1]
	}
	return -1
}

// through appends the spans from pos on that go through the place.
func (f *frontier) through(pos position, p orb.Point, out []int32) []int32 {
	for id := f.at(pos); id >= 0 && f.below(id, p) == 0; id = f.at(pos) {
		out = append(out, id)
		pos = f.next(pos)
	}
	return out
}

// replace puts the spans with in the place of n spans from pos on. It returns
// the spans below and above them, -1 for none.
func (f *frontier) replace(pos position, n int, with []int32) (below, above int32) {
	below = f.before(pos)
	end := pos
	for range n {
		end = f.next(end)
	}
	above = f.at(end)
	switch {
	case pos.run == end.run && pos.run < len(f.runs):
		f.runs[pos.run] = slices.Replace(f.runs[pos.run], pos.i, end.i, with...)
	case pos.run < len(f.runs):
		tail := slices.Concat(f.runs[pos.run][:pos.i], with)
		if end.run < len(f.runs) {
			tail = append(tail, f.runs[end.run][end.i:]...)
		}
		f.runs = slices.Replace(f.runs, pos.run, min(end.run+1, len(f.runs)), tail)
	case len(with) > 0 && pos.run > 0:
		pos.run--
		f.runs[pos.run] = append(f.runs[pos.run], with...)
	case len(with) > 0:
		f.runs = append(f.runs, slices.Clone(with))
	}
	f.tidy(pos.run)
	return below, above
}

// tidy drops the run where it is empty and halves it where it is too long.
func (f *frontier) tidy(run int) {
	if run >= len(f.runs) {
		return
	}
	switch r := f.runs[run]; {
	case len(r) == 0:
		f.runs = slices.Delete(f.runs, run, run+1)
	case len(r) > runLimit:
		half := slices.Clone(r[len(r)/2:])
		f.runs[run] = r[:len(r)/2]
		f.runs = slices.Insert(f.runs, run+1, half)
	}
}
