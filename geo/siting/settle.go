package siting

// impossible reports what no price is needed to see: too many sites that must
// stay, too few that may, or a term that must be served and cannot.
func (x *branching) impossible() bool {
	kept, left := 0, 0
	for _, s := range x.fixed {
		if s == in {
			kept++
		}
		if s != out {
			left++
		}
	}
	if kept > x.most || left < x.least {
		return true
	}
	for i := range x.terms {
		t := &x.terms[i]
		if !x.groups[t.group].hard || t.other == 0 {
			continue
		}
		able := 0.0
		for k := t.from; k < t.to; k++ {
			if x.fixed[x.site[k]] != out {
				able++
			}
		}
		if able < t.times {
			return true
		}
	}
	return false
}

// settle draws what follows from the number of sites, from sums that sites
// alone would break, and from joint terms that must be served; false for a node
// without a set.
func (f *form) settle(fixed []int8) bool {
	if !f.demands(fixed) || !f.afford(fixed) {
		return false
	}
	kept, loose := 0, 0
	for _, s := range fixed {
		switch s {
		case in:
			kept++
		case free:
			loose++
		}
	}
	if kept > f.most || kept+loose < f.least {
		return false
	}
	to := free
	switch {
	case kept == f.most:
		to = out
	case kept+loose == f.least:
		to = in
	}
	if to != free {
		for j, s := range fixed {
			if s == free {
				fixed[j] = to
			}
		}
	}
	return true
}

// afford leaves out the sites that would break a sum beside those that are in.
func (f *form) afford(fixed []int8) bool {
	for g := 1; g < len(f.groups); g++ {
		x := &f.groups[g]
		if x.site == nil || x.negative {
			continue
		}
		sum := 0.0
		for j, s := range fixed {
			if s == in {
				sum += x.site[j]
			}
		}
		if !holds(sum, x.most) {
			return false
		}
		for j, s := range fixed {
			if s == free && !holds(sum+x.site[j], x.most) {
				fixed[j] = out
			}
		}
	}
	return true
}
