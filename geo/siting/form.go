package siting

import (
	"math"
	"slices"
)

// form is a model laid flat for the searches: all terms of all measures in one
// row, group 0 being the objective.
type form struct {
	sites, least, most int
	fixed              []int8 // by site: in, out or free
	groups             []group
	terms              []term
	site               []int32 // by option
	cost               []float64
	uses               [][]use // by site, in order of terms
	grain              float64 // all values of the objective are multiples of it; 0 for any
	capacity, load     []float64
	total              float64 // of load
	covering           bool    // who serves a term at all does so at no cost
	joints             []joint
	keys               [][2]int // of the joints, in covers
}

type group struct {
	site     []float64
	most     float64
	negative bool    // some site takes away from it
	hard     bool    // all its terms must be nothing
	scale    float64 // makes a usual contribution 1
	from, to int     // its terms
}

type term struct {
	group    int32
	times    float64
	other    float64
	from, to int32 // its options
	cover    bool  // of a joint term, which is served or not once for all its covers
	scale    float64
}

// use is one option, seen from its site.
type use struct {
	term int32
	cost float64
}

// What is decided of a site.
const (
	free int8 = 0
	in   int8 = 1
	out  int8 = -1
)

// newForm lays a model flat, joint terms by the covers that are known of them;
// first ones are added to these.
func newForm(m *Model, known covers) *form {
	f := &form{sites: m.Sites, least: m.Least, most: m.Most, fixed: make([]int8, m.Sites), uses: make([][]use, m.Sites), capacity: m.Capacity, load: m.Load}
	if f.most <= 0 || f.most > m.Sites {
		f.most = m.Sites
	}
	for j := range f.fixed {
		switch {
		case m.Open != nil && m.Open[j]:
			f.fixed[j] = in
		case m.Shut != nil && m.Shut[j]:
			f.fixed[j] = out
		}
	}
	f.add(&m.Objective, math.Inf(1), known)
	for i := range m.Limits {
		if l := &m.Limits[i]; l.counts() {
			// No price is needed for it: the sites are chosen with it in mind.
			f.most = min(f.most, max(-1, int(math.Floor((l.Most+roundOff*max(1, math.Abs(l.Most)))/l.Site[0]))))
			continue
		}
		f.add(&m.Limits[i].Measure, m.Limits[i].Most, known)
	}
	f.grain = grainOf(&m.Objective)
	if m.Capacity != nil {
		f.grain = 0 // a part of a load makes no whole number
		for _, l := range f.load {
			f.total += l
		}
	}
	f.reduce()
	return f
}

// counts reports whether a limit is one on the number of sites alone.
func (l *Limit) counts() bool {
	if len(l.Terms) > 0 || len(l.Site) == 0 || !(l.Site[0] > 0) || math.IsInf(l.Most, 0) {
		return false
	}
	return !slices.ContainsFunc(l.Site, func(v float64) bool { return v != l.Site[0] })
}

// grainOf is 1 where the measure is a whole number for every set of sites.
func grainOf(m *Measure) float64 {
	whole := func(v float64) bool { return v == math.Trunc(v) && math.Abs(v) < 1<<52 }
	for _, v := range m.Site {
		if !whole(v) {
			return 0
		}
	}
	for i := range m.Terms {
		if !whole(m.Terms[i].Else) {
			return 0
		}
		for _, o := range m.Terms[i].Options {
			if !whole(o.Cost) {
				return 0
			}
		}
	}
	return 1
}

func (f *form) add(m *Measure, most float64, known covers) {
	g := group{site: m.Site, most: most, from: len(f.terms), hard: most == 0 && m.Site == nil}
	at := int32(len(f.groups))
	sum, n := 0.0, 0.0
	for _, v := range m.Site {
		g.negative = g.negative || v < 0
		if v != 0 {
			sum, n = sum+math.Abs(v), n+1
		}
	}
	for i := range m.Terms {
		t := &m.Terms[i]
		if t.Joint {
			f.join([2]int{int(at), i}, t, known)
			continue
		}
		x := term{group: at, times: max(1, float64(t.Times)), other: t.Else, from: int32(len(f.site))}
		for _, o := range t.Options {
			if o.Cost >= t.Else && t.Times <= 1 {
				break
			}
			g.hard = g.hard && o.Cost == 0
			f.site, f.cost = append(f.site, o.Site), append(f.cost, o.Cost)
			f.uses[o.Site] = append(f.uses[o.Site], use{int32(len(f.terms)), o.Cost})
		}
		x.to = int32(len(f.site))
		x.scale = f.spread(&x)
		if x.scale > 0 {
			sum, n = sum+x.scale, n+1
		}
		f.terms = append(f.terms, x)
	}
	g.to, g.scale = len(f.terms), 1
	for i := range f.joints {
		if x := &f.joints[i]; x.group == at && x.to > x.from {
			sum, n = sum+x.weight, n+float64(x.to-x.from)
		}
	}
	if n > 0 && sum > 0 {
		g.scale = n / sum
	}
	for i := g.from; i < g.to; i++ {
		f.terms[i].scale = max(f.terms[i].scale*g.scale, 1e-3) / f.unit(&g)
	}
	f.groups = append(f.groups, g)
}

// unit is the scale of the objective, in whose units all multipliers of terms
// are.
func (f *form) unit(g *group) float64 {
	if len(f.groups) == 0 {
		return g.scale
	}
	return f.groups[0].scale
}

// spread is how much hangs on who serves a term: the size of the steps in which
// its multiplier is looked for.
func (f *form) spread(t *term) float64 {
	if t.to == t.from {
		return 0
	}
	sum, least := 0.0, f.cost[t.from]
	for _, c := range f.cost[t.from:t.to] {
		sum += c - least
	}
	mean := sum / float64(t.to-t.from)
	return max(mean, t.other-least)
}

// values measures a set of sites by the form: what the local search goes by.
// What an answer says is measured by [Measure.Of].
func (f *form) values(open []bool) []float64 {
	out := make([]float64, len(f.groups))
	for g := range f.groups {
		for j, v := range f.groups[g].site {
			if open[j] {
				out[g] += v
			}
		}
	}
	for i := range f.terms {
		t := &f.terms[i]
		out[t.group] += f.termValue(t, open)
	}
	return out
}

func (f *form) termValue(t *term, open []bool) float64 {
	missing := t.times
	for k := t.from; k < t.to; k++ {
		if !open[f.site[k]] {
			continue
		}
		if t.times == 1 {
			return f.cost[k]
		}
		if missing--; missing == 0 {
			return 0
		}
	}
	return t.other * missing
}

// over is by how much a set breaks limits, 0 for one that keeps all.
func (f *form) over(values []float64) float64 {
	sum := 0.0
	for g := 1; g < len(values); g++ {
		if most := f.groups[g].most; !holds(values[g], most) {
			sum += (values[g] - most) * f.groups[g].scale
		}
	}
	return sum
}
