package siting

import (
	"context"
	"math"
	"math/rand/v2"
)

// local improves a set of sites by opening, closing and exchanging one at a
// time (Teitz and Bart 1968), each exchange reckoned in one pass over who is
// served by whom (Whitaker 1983). Sets that break limits less come first.
type local struct {
	*form
	random *rand.Rand
	fixed  []int8
	open   []bool
	values []float64 // by group
	seen   map[string]bool

	first  []int32     // by term: the cheapest open site, -1 for none
	a, b   []float64   // by term: what the cheapest and the second cost
	number []float64   // by term: its open options
	gain   []float64   // by group: of opening the site that is looked at
	loss   [][]float64 // by group, by site: of closing it
	extra  [][]float64 // by group, by site: what is saved of that loss
}

func newLocal(f *form, seed uint64) *local {
	t, g := len(f.terms), len(f.groups)
	l := &local{
		form: f, random: rand.New(rand.NewPCG(seed, 8)), fixed: f.fixed, open: make([]bool, f.sites), seen: map[string]bool{},
		first: make([]int32, t), a: make([]float64, t), b: make([]float64, t), number: make([]float64, t),
		gain: make([]float64, g), loss: make([][]float64, g), extra: make([][]float64, g),
	}
	for i := range g {
		l.loss[i], l.extra[i] = make([]float64, f.sites), make([]float64, f.sites)
	}
	return l
}

// refresh finds who is served by whom.
func (l *local) refresh() {
	for g := range l.groups {
		clear(l.loss[g])
	}
	for i := range l.terms {
		l.serve(i, &l.terms[i])
	}
	l.values = l.form.values(l.open)
}

func (l *local) serve(i int, t *term) {
	l.first[i], l.a[i], l.b[i], l.number[i] = -1, t.other, t.other, 0
	if t.times > 1 {
		for k := t.from; k < t.to; k++ {
			if l.open[l.site[k]] {
				l.number[i]++
			}
		}
		if l.number[i] <= t.times {
			for k := t.from; k < t.to; k++ {
				if l.open[l.site[k]] {
					l.loss[t.group][l.site[k]] += t.other
				}
			}
		}
		return
	}
	for k := t.from; k < t.to; k++ {
		if !l.open[l.site[k]] {
			continue
		}
		if l.first[i] >= 0 {
			l.b[i] = l.cost[k]
			break
		}
		l.first[i], l.a[i] = l.site[k], l.cost[k]
	}
	if l.first[i] >= 0 {
		l.loss[t.group][l.first[i]] += l.b[i] - l.a[i]
	}
}

// look reckons what opening a site gains, and what of the loss of closing each
// other it would save.
func (l *local) look(site int) {
	for g := range l.groups {
		l.gain[g] = 0
		if s := l.groups[g].site; s != nil {
			l.gain[g] = -s[site]
		}
		clear(l.extra[g])
	}
	for _, u := range l.uses[site] {
		t := &l.terms[u.term]
		if t.times > 1 {
			l.lookTimes(int(u.term), t)
			continue
		}
		a, b := l.a[u.term], l.b[u.term]
		if u.cost >= b {
			continue
		}
		first := l.first[u.term]
		if u.cost < a {
			l.gain[t.group] += a - u.cost
			if first >= 0 {
				l.extra[t.group][first] += b - a
			}
		} else if first >= 0 {
			l.extra[t.group][first] += b - u.cost
		}
	}
}

func (l *local) lookTimes(i int, t *term) {
	if l.number[i] < t.times {
		l.gain[t.group] += t.other
	} else if l.number[i] == t.times {
		for k := t.from; k < t.to; k++ {
			if l.open[l.site[k]] {
				l.extra[t.group][l.site[k]] += t.other
			}
		}
	}
}

// rank is a set in the order of the search: how much it breaks limits, then
// its value.
type rank struct{ over, value float64 }

func (r rank) better(o rank) bool {
	if d := r.over - o.over; math.Abs(d) > 1e-9*max(1, o.over) {
		return d < 0
	}
	return r.value < o.value-1e-10*math.Abs(o.value)
}

// after is the rank after closing and opening a site; -1 for neither.
func (l *local) after(closed, opened int) rank {
	var r rank
	for g := range l.groups {
		v := l.values[g]
		if opened >= 0 {
			v -= l.gain[g]
		}
		if closed >= 0 {
			v += l.loss[g][closed]
			if s := l.groups[g].site; s != nil {
				v -= s[closed]
			}
			if opened >= 0 {
				v -= l.extra[g][closed]
			}
		}
		if g == 0 {
			r.value = v
		} else if most := l.groups[g].most; !holds(v, most) {
			r.over += (v - most) * l.groups[g].scale
		}
	}
	return r
}

func (l *local) rank() rank { return rank{l.over(l.values), l.values[0]} }

func (l *local) count() int {
	n := 0
	for _, is := range l.open {
		if is {
			n++
		}
	}
	return n
}

// greedy opens what must be, and then what helps most, one by one.
func (l *local) greedy(fixed []int8) {
	for j, s := range fixed {
		l.open[j] = s == in
	}
	for n := l.count(); n < l.most; n++ {
		l.refresh()
		best, at := l.rank(), -1
		for j := range l.open {
			if l.open[j] || l.fixed[j] == out {
				continue
			}
			l.look(j)
			if r := l.after(-1, j); r.better(best) || n < l.least && at < 0 {
				best, at = r, j
			}
		}
		if at < 0 {
			return
		}
		l.open[at] = true
	}
}

// improve makes the best move until none is better.
func (l *local) improve(ctx context.Context) {
	for range 10 * (l.sites + 10) {
		if ctx.Err() != nil {
			return
		}
		l.refresh()
		closed, opened := l.move()
		if closed < 0 && opened < 0 {
			return
		}
		l.make(closed, opened)
	}
}

func (l *local) make(closed, opened int) {
	if closed >= 0 {
		l.open[closed] = false
	}
	if opened >= 0 {
		l.open[opened] = true
	}
}

// move is the best one that there is, -1 and -1 for none that is better.
func (l *local) move() (closed, opened int) {
	closed, opened = -1, -1
	n, best := l.count(), l.rank()
	var closable []int
	for j, is := range l.open {
		if is && l.fixed[j] != in {
			closable = append(closable, j)
		}
	}
	try := func(c, o int) {
		if r := l.after(c, o); r.better(best) {
			best, closed, opened = r, c, o
		}
	}
	if n > l.least {
		for _, j := range closable {
			try(j, -1)
		}
	}
	for o := range l.open {
		if l.open[o] || l.fixed[o] == out {
			continue
		}
		l.look(o)
		if n < l.most {
			try(-1, o)
		}
		for _, c := range closable {
			try(c, o)
		}
	}
	return closed, opened
}

// restart improves the best set again from where some of its sites are drawn
// anew, and offers what comes out.
func (l *local) restart(ctx context.Context, times int, offer func([]bool)) {
	best, rankOf := append([]bool(nil), l.open...), l.ranked()
	for range times {
		if ctx.Err() != nil {
			return
		}
		copy(l.open, best)
		for range 2 + l.count()/8 {
			l.kick()
		}
		l.improve(ctx)
		offer(l.open)
		if r := l.ranked(); r.better(rankOf) {
			copy(best, l.open)
			rankOf = r
		}
	}
	copy(l.open, best)
}

func (l *local) ranked() rank {
	l.values = l.form.values(l.open)
	return l.rank()
}

// kick exchanges two sites by chance.
func (l *local) kick() {
	c, o := l.random.IntN(l.sites), l.random.IntN(l.sites)
	if l.open[c] && l.fixed[c] == free && !l.open[o] && l.fixed[o] == free {
		l.make(c, o)
	}
}

// promising takes a set over; false for one that is not worth improving.
func (l *local) promising(open []bool, value float64) bool {
	key := string(packed(open))
	if l.seen[key] {
		return false
	}
	l.seen[key] = true
	copy(l.open, open)
	r := l.ranked()
	return r.over > 0 || r.value < value*1.1+1e-9 || math.IsInf(value, 1)
}
