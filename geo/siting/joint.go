package siting

import (
	"fmt"
	"math"
	"slices"
)

// Unmet measures the weight of the demand that no set of sites serves: each
// needs all sites of one of its sets, such as where an aircraft stands and the
// hospital that it flies to. Demand with the same sets is one term. Weights nil
// count 1.
func Unmet(sets [][][]int32, weight []float64) Measure {
	var m Measure
	at := map[string]int{}
	for i, any := range sets {
		w := 1.0
		if weight != nil {
			w = weight[i]
		}
		any = slices.Clone(any)
		for k, set := range any {
			set = slices.Clone(set)
			slices.Sort(set)
			any[k] = slices.Compact(set)
		}
		slices.SortFunc(any, slices.Compare)
		key := fmt.Sprint(any)
		k, known := at[key]
		if !known {
			k = len(m.Terms)
			at[key] = k
			m.Terms = append(m.Terms, Term{Joint: true, Sets: any})
		}
		m.Terms[k].Else += w
	}
	return m
}

// met reports whether all sites of one of the sets are open.
func met(sets [][]int32, open []bool) bool {
	for _, set := range sets {
		if !slices.ContainsFunc(set, func(j int32) bool { return !open[j] }) {
			return true
		}
	}
	return false
}

// joint is a term of sets in the form. For the bound it stands there as covers,
// that each of its sets has a site of: a term that is served has a site open in
// every cover, whatever serves it (the blocker of its sets; Fulkerson 1970).
// All covers together say the same as the sets; a few are enough for a bound,
// and the set of sites itself is measured by its definition.
type joint struct {
	group    int32
	sets     [][]int32
	weight   float64
	from, to int // its covers in terms
}

// covers are those that are known of each joint term, by group and number.
type covers map[[2]int][][]int32

// join appends a joint term to the form.
func (f *form) join(key [2]int, t *Term, known covers) {
	x := joint{group: int32(key[0]), sets: t.Sets, weight: t.Else, from: len(f.terms)}
	all, ok := known[key]
	if !ok {
		all = firstCovers(t.Sets, f.sites)
		known[key] = all
	}
	share := t.Else / float64(max(1, len(all)))
	for _, cover := range all {
		c := term{group: x.group, times: 1, cover: true, other: share, from: int32(len(f.site))}
		for _, j := range cover {
			f.site, f.cost = append(f.site, j), append(f.cost, 0)
			f.uses[j] = append(f.uses[j], use{int32(len(f.terms)), 0})
		}
		c.to = int32(len(f.site))
		c.scale = f.spread(&c)
		f.terms = append(f.terms, c)
	}
	x.to = len(f.terms)
	f.joints = append(f.joints, x)
	f.keys = append(f.keys, key)
}

// firstCovers are two: what is asked for by the fewest sets, and by the most.
func firstCovers(sets [][]int32, sites int) [][]int32 {
	times := make([]int, sites)
	for _, set := range sets {
		for _, j := range set {
			times[j]++
		}
	}
	var order []int32
	for j, n := range times {
		if n > 0 {
			order = append(order, int32(j))
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int { return times[a] - times[b] })
	closed := make([]bool, sites)
	first := coverOf(sets, closed, order)
	if first == nil {
		return nil // it is served with no site at all
	}
	slices.Reverse(order)
	out := [][]int32{first}
	if second := coverOf(sets, closed, order); !slices.Equal(first, second) {
		out = append(out, second)
	}
	return out
}

// coverOf returns sites that are closed, of which each of the sets has one, and
// none of them spare: those that are left where others are opened in order as
// long as no set is whole. nil where one is already.
func coverOf(sets [][]int32, open []bool, order []int32) []int32 {
	by := map[int32][]int{}
	missing := make([]int, len(sets))
	for k, set := range sets {
		for _, j := range set {
			if !open[j] {
				missing[k]++
				by[j] = append(by[j], k)
			}
		}
		if missing[k] == 0 {
			return nil
		}
	}
	out := []int32{}
	for _, j := range order {
		if open[j] {
			continue
		}
		if slices.ContainsFunc(by[j], func(k int) bool { return missing[k] == 1 }) {
			out = append(out, j)
			continue
		}
		for _, k := range by[j] {
			missing[k]--
		}
	}
	slices.Sort(out)
	return out
}

// learn adds to the covers those that a set of sites breaks unseen: terms that
// it does not serve, with a site open in each of their covers. It reports
// whether there were any.
func (f *form) learn(open []bool, known covers) (any bool) {
	for i := range f.joints {
		x := &f.joints[i]
		if f.covers(x, open) < x.to-x.from || met(x.sets, open) {
			continue
		}
		if cover := coverOf(x.sets, open, f.wanted(x)); !slices.ContainsFunc(known[f.keys[i]], func(c []int32) bool { return slices.Equal(c, cover) }) {
			known[f.keys[i]] = append(known[f.keys[i]], cover)
			any = true
		}
	}
	return any
}

// wanted are the sites of a term's sets, those first that may be open: what is
// left for the cover are those that may not.
func (f *form) wanted(x *joint) (order []int32) {
	for _, set := range x.sets {
		order = append(order, set...)
	}
	slices.Sort(order)
	order = slices.Compact(order)
	slices.SortStableFunc(order, func(a, b int32) int { return int(f.fixed[b]) - int(f.fixed[a]) })
	return order
}

// covers counts those of a term's that have a site open.
func (f *form) covers(x *joint, open []bool) (n int) {
	for i := x.from; i < x.to; i++ {
		t := &f.terms[i]
		if slices.ContainsFunc(f.site[t.from:t.to], func(j int32) bool { return open[j] }) {
			n++
		}
	}
	return n
}

// demands draws what follows from terms that must be served: a site that is in
// all sets that may still be whole stays. False where one has none left.
func (f *form) demands(fixed []int8) bool {
	for i := range f.joints {
		x := &f.joints[i]
		if !f.groups[x.group].hard {
			continue
		}
		var common []int32
		any := false
		for _, set := range x.sets {
			switch {
			case slices.ContainsFunc(set, func(j int32) bool { return fixed[j] == out }):
				continue
			case !any:
				any, common = true, append(common, set...)
			default:
				common = slices.DeleteFunc(common, func(j int32) bool { return !slices.Contains(set, j) })
			}
			if len(common) == 0 {
				break
			}
		}
		if !any {
			return false
		}
		for _, j := range common {
			fixed[j] = in
		}
	}
	return true
}

// hopeful returns what no set of a node is below, as far as joint terms go, and
// false where one of its limits is broken all the same: with all open that may be.
func (x *branching) hopeful(fixed []int8) (float64, bool) {
	if len(x.joints) == 0 {
		return math.Inf(-1), true
	}
	open, stay := make([]bool, x.sites), make([]bool, x.sites)
	for j, s := range fixed {
		open[j], stay[j] = s != out, s == in
	}
	least := func(m *Measure) float64 {
		sum := 0.0
		for j, v := range m.Site {
			if stay[j] || v < 0 && open[j] {
				sum += v
			}
		}
		for i := range m.Terms {
			sum += m.Terms[i].of(open)
		}
		return sum
	}
	for i := range x.m.Limits {
		if l := &x.m.Limits[i]; l.joint() && !holds(least(&l.Measure), l.Most) {
			return math.Inf(1), false
		}
	}
	if x.m.Objective.joint() {
		return least(&x.m.Objective), true
	}
	return math.Inf(-1), true
}

// joint reports whether some term is one of sets.
func (m *Measure) joint() bool {
	return slices.ContainsFunc(m.Terms, func(t Term) bool { return t.Joint })
}
