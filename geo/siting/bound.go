package siting

import (
	"cmp"
	"math"
	"slices"
)

// multipliers are prices: what it costs to leave a term unserved, and to break
// a limit. Any that are not negative give a lower bound.
type multipliers struct {
	lambda []float64 // by term
	nu     []float64 // by group; 1 for the objective
}

func (m multipliers) clone() multipliers {
	return multipliers{slices.Clone(m.lambda), slices.Clone(m.nu)}
}

// bounder finds lower bounds by Lagrangian relaxation: that each term is served,
// and each limit, are relaxed and priced, so that sites are chosen one by one by
// what they save (Cornuéjols, Fisher and Nemhauser 1977). The prices are moved
// along a subgradient, smoothed with the steps before (Camerini, Fratta and
// Maffioli 1975).
type bounder struct {
	*form
	fixed []int8 // by site, of the node that is looked at
	multipliers

	saving []float64 // by site: what opening it adds to the bound, mostly below 0
	chosen []bool
	order  []int32 // free sites by saving
	taken  int     // of them

	mean          []float64 // by site: how often it was chosen of late
	slope, before []float64 // by term
	slopeNu       []float64 // by group
	beforeNu      []float64
	knap          *knapsacks
}

func newBounder(f *form) *bounder {
	n, t, g := f.sites, len(f.terms), len(f.groups)
	b := &bounder{
		form: f, saving: make([]float64, n), chosen: make([]bool, n), mean: make([]float64, n),
		slope: make([]float64, t), before: make([]float64, t), slopeNu: make([]float64, g), beforeNu: make([]float64, g),
	}
	if f.capacity != nil {
		b.knap = newKnapsacks(f)
	}
	return b
}

// value returns the bound of the prices, and leaves savings and choice.
func (b *bounder) value() float64 {
	bound := 0.0
	clear(b.saving)
	for g := range b.groups {
		nu := b.nu[g]
		if g > 0 && !b.groups[g].hard {
			bound -= nu * b.groups[g].most
		}
		for j, v := range b.groups[g].site {
			b.saving[j] += nu * v
		}
	}
	for i := range b.terms {
		t := &b.terms[i]
		bound += b.lambda[i] * t.times
		if b.knap != nil && t.group == 0 {
			if other := t.other; other < b.lambda[i] {
				bound += other - b.lambda[i]
			}
			continue
		}
		bound += b.price(i, t)
	}
	for i := range b.joints {
		if x := &b.joints[i]; b.unserved(x) {
			bound += b.nu[x.group]*x.weight - b.priceOf(x)
		}
	}
	if b.knap != nil {
		b.knap.save(b)
	}
	return bound + b.choose()
}

// price adds to the savings of the sites that serve the term, and returns what
// leaving it unserved adds to the bound.
func (b *bounder) price(i int, t *term) float64 {
	lambda, nu, hard := b.lambda[i], b.nu[t.group], b.groups[t.group].hard
	if hard {
		nu = 0
	}
	for k := t.from; k < t.to; k++ {
		c := nu * b.cost[k]
		if c >= lambda {
			break
		}
		b.saving[b.site[k]] += c - lambda
	}
	if other := nu * t.other; !hard && !t.cover && other < lambda {
		return t.times * (other - lambda)
	}
	return 0
}

// priceOf is what the covers of a joint term cost together.
func (b *bounder) priceOf(x *joint) float64 {
	sum := 0.0
	for _, l := range b.lambda[x.from:x.to] {
		sum += l
	}
	return sum
}

// unserved reports whether it costs less to leave a joint term unserved, once
// for all its covers.
func (b *bounder) unserved(x *joint) bool {
	return !b.groups[x.group].hard && x.to > x.from && b.nu[x.group]*x.weight < b.priceOf(x)
}

// choose takes the sites that save most, as many as may be, and returns the sum
// of their savings.
func (b *bounder) choose() float64 {
	sum, open := 0.0, 0
	b.order = b.order[:0]
	for j, s := range b.fixed {
		b.chosen[j] = s == in
		switch s {
		case in:
			sum += b.saving[j]
			open++
		case free:
			b.order = append(b.order, int32(j))
		}
	}
	slices.SortFunc(b.order, func(x, y int32) int {
		if c := cmp.Compare(b.saving[x], b.saving[y]); c != 0 {
			return c
		}
		return cmp.Compare(x, y)
	})
	b.taken = 0
	for _, j := range b.order {
		if open == b.most || b.saving[j] >= 0 && open >= b.least {
			break
		}
		sum += b.saving[j]
		b.chosen[j] = true
		b.taken++
		open++
	}
	return sum
}

// slopes finds the subgradient of the bound at the prices: how far each
// term is from being served once, and by how much each limit is broken.
func (b *bounder) slopes() {
	if b.knap != nil {
		b.knap.sum(b)
	}
	for g := range b.groups {
		b.slopeNu[g] = -b.groups[g].most
		for j, v := range b.groups[g].site {
			if b.chosen[j] {
				b.slopeNu[g] += v
			}
		}
	}
	for i := range b.terms {
		t := &b.terms[i]
		if b.knap != nil && t.group == 0 {
			b.slope[i] = b.knap.slope(b, i, t)
			continue
		}
		b.slope[i] = b.slopeOf(i, t)
	}
	for i := range b.joints {
		x := &b.joints[i]
		if !b.unserved(x) {
			continue
		}
		for k := x.from; k < x.to; k++ {
			b.slope[k]--
		}
		b.slopeNu[x.group] += x.weight
	}
}

func (b *bounder) slopeOf(i int, t *term) float64 {
	lambda, nu, hard := b.lambda[i], b.nu[t.group], b.groups[t.group].hard
	if hard {
		nu = 0
	}
	slope := t.times
	for k := t.from; k < t.to && nu*b.cost[k] < lambda; k++ {
		if b.chosen[b.site[k]] {
			slope--
			b.slopeNu[t.group] += b.cost[k]
		}
	}
	if !hard && !t.cover && nu*t.other < lambda {
		slope -= t.times
		b.slopeNu[t.group] += t.other * t.times
	}
	return slope
}

// step moves the prices towards a value that the bound may reach, by a share
// of the way; false where they are the best that there are.
func (b *bounder) step(share, bound, target float64) bool {
	const smooth = 0.3
	norm := 0.0
	for i := range b.terms {
		s := b.slope[i]
		if s < 0 && b.lambda[i] <= 0 {
			s = 0
		}
		d := s + smooth*b.before[i]
		b.before[i] = d
		norm += d * d * b.terms[i].scale
	}
	for g := 1; g < len(b.groups); g++ {
		if b.groups[g].hard {
			continue
		}
		s := b.slopeNu[g]
		if s < 0 && b.nu[g] <= 0 {
			s = 0
		}
		d := s + smooth*b.beforeNu[g]
		b.beforeNu[g] = d
		norm += d * d * b.nuScale(g)
	}
	if norm == 0 {
		return false
	}
	by := share * (target - bound) / norm
	for i := range b.terms {
		b.lambda[i] = max(0, b.lambda[i]+by*b.terms[i].scale*b.before[i])
	}
	for g := 1; g < len(b.groups); g++ {
		if !b.groups[g].hard {
			b.nu[g] = max(0, b.nu[g]+by*b.nuScale(g)*b.beforeNu[g])
		}
	}
	return true
}

// nuScale makes steps of a limit's price comparable to those of terms.
func (b *bounder) nuScale(g int) float64 {
	x := &b.groups[g]
	return x.scale * x.scale / b.groups[0].scale / math.Sqrt(1+float64(x.to-x.from))
}

// start sets prices from a set of sites: each term's lies between what its best
// and its second open option cost.
func (b *bounder) start(open []bool) {
	b.lambda, b.nu = make([]float64, len(b.terms)), make([]float64, len(b.groups))
	b.nu[0] = 1
	for i := range b.terms {
		t := &b.terms[i]
		if t.group > 0 {
			continue
		}
		first, second := t.other, t.other
		seen := 0
		for k := t.from; k < t.to && seen < 2; k++ {
			if open[b.site[k]] {
				if seen++; seen == 1 {
					first = b.cost[k]
				} else {
					second = b.cost[k]
				}
			}
		}
		b.lambda[i] = (first + second) / 2
	}
}

// decide fixes free sites that no set below the cutoff can have, or do without,
// by their savings at a bound. It reports whether any was, and false for good
// where a node has none left.
func (b *bounder) decide(bound, cutoff float64) (any bool) {
	open := 0
	for _, c := range b.chosen {
		if c {
			open++
		}
	}
	worst, next := math.Inf(-1), math.Inf(1)
	if b.taken > 0 {
		worst = b.saving[b.order[b.taken-1]]
	}
	if b.taken < len(b.order) {
		next = b.saving[b.order[b.taken]]
	}
	for at, j := range b.order {
		s := b.saving[j]
		change := math.Inf(1)
		if at < b.taken { // left out: alone, or for the next
			if open > b.least {
				change = -s
			}
			change = min(change, next-s)
		} else { // taken in: beside the others, or for the worst
			if open < b.most {
				change = s
			}
			change = min(change, s-worst)
		}
		if bound+change <= cutoff {
			continue
		}
		any = true
		b.fixed[j] = out
		if at < b.taken {
			b.fixed[j] = in
		}
	}
	return any
}
