package siting

import (
	"encoding/binary"
	"math"
	"slices"
)

// reduce leaves out of a form what no answer hangs on: sites that another is as
// good as in everything, and, of terms that the same sites serve at no cost, all
// but one that has the weight of all (Church and ReVelle 1976; row and column
// dominance, Toregas and ReVelle 1972). Each makes more of the other. Of equally
// good sets of sites it may leave but one.
func (f *form) reduce() {
	if f.capacity != nil || len(f.joints) > 0 {
		return
	}
	f.merge()
	for f.needless(f.fixed) {
		f.merge()
	}
	f.covering = !slices.ContainsFunc(f.cost, func(c float64) bool { return c > 0 })
}

// needless marks as out the free sites in whose place another may always stand
// beside those that are in, of equal ones all but the first. It reports whether
// there were any.
func (f *form) needless(fixed []int8) (any bool) {
	if f.least > 1 {
		return false // any may be wanted for its number
	}
	left := f.unserved(fixed)
	for a := f.sites - 1; a >= 0; a-- {
		if fixed[a] != free {
			continue
		}
		for b := range f.sites {
			if b != a && fixed[b] != out && f.replaces(b, a, left[a]) {
				fixed[a], any = out, true
				break
			}
		}
	}
	return any
}

// unserved are what each free site would serve better than those that are in.
func (f *form) unserved(fixed []int8) [][]use {
	served := make([]float64, len(f.terms)) // at what cost
	for i := range served {
		served[i] = math.Inf(1)
	}
	for j, s := range fixed {
		for _, u := range f.uses[j] {
			if s == in && f.terms[u.term].times == 1 {
				served[u.term] = min(served[u.term], u.cost)
			}
		}
	}
	left := make([][]use, f.sites)
	for j, s := range fixed {
		for _, u := range f.uses[j] {
			if s == free && u.cost < served[u.term] {
				left[j] = append(left[j], u)
			}
		}
	}
	return left
}

// replaces reports whether site b is as good as site a in all measures, and a
// adds nothing beside b, where a would serve what is left.
func (f *form) replaces(b, a int, left []use) bool {
	for g := range f.groups {
		if s := f.groups[g].site; s != nil && (s[a] < 0 || s[b] > s[a]) {
			return false
		}
	}
	uses := f.uses[b]
	for _, u := range left {
		for len(uses) > 0 && uses[0].term < u.term {
			uses = uses[1:]
		}
		if len(uses) == 0 || uses[0].term != u.term || uses[0].cost > u.cost || f.terms[u.term].times > 1 {
			return false
		}
	}
	return true
}

// merge lays the terms anew, without the options that are out.
func (f *form) merge() {
	var terms []term
	var site []int32
	var cost []float64
	at := map[string]int{}
	for g := range f.groups {
		x := &f.groups[g]
		from := len(terms)
		for i := x.from; i < x.to; i++ {
			t := f.terms[i]
			first := len(site)
			key := binary.AppendUvarint(nil, uint64(g))
			same := t.times == 1
			for k := t.from; k < t.to; k++ {
				if f.fixed[f.site[k]] != out {
					site, cost = append(site, f.site[k]), append(cost, f.cost[k])
					key = binary.AppendUvarint(key, uint64(f.site[k]))
					same = same && f.cost[k] == 0
				}
			}
			if n, ok := at[string(key)]; ok && same {
				terms[n].other, terms[n].scale = terms[n].other+t.other, terms[n].scale+t.scale
				site, cost = site[:first], cost[:first]
				continue
			}
			if same {
				at[string(key)] = len(terms)
			}
			t.from, t.to = int32(first), int32(len(site))
			terms = append(terms, t)
		}
		x.from, x.to = from, len(terms)
	}
	f.terms, f.site, f.cost = terms, site, cost
	for j := range f.uses {
		f.uses[j] = slices.Clip(f.uses[j][:0])
	}
	for i := range f.terms {
		for k := f.terms[i].from; k < f.terms[i].to; k++ {
			f.uses[f.site[k]] = append(f.uses[f.site[k]], use{int32(i), f.cost[k]})
		}
	}
}
