package main

import "math"

// setSeverity draws how much of a total falls to an incident: nothing for what
// was found or did not go off, nothing for many that went off beside their
// target, and a lot for a few.
func (i *incident) setSeverity(c *chance) {
	hurts := 0.62
	switch {
	case i.outcome == "premature":
		hurts = 0.25
	case i.outcome != "detonated":
		hurts = 0
	}
	size := c.lognormal(0.85)
	switch i.device {
	case "vehicle_borne":
		hurts, size = max(hurts, 0.9)*min(1, hurts*10), 9*size
	case "person_borne":
		size *= 3
	}
	if c.hit(hurts) {
		i.severity = size
	}
}

// spread shares n out over the incidents in proportion to their severity, one
// by one, none getting more than its most. It returns how much each got; what
// found no taker is lost, which a test of the totals would show.
func spread(c *chance, all []*incident, n int, most func(*incident) int) []int {
	got := make([]int, len(all))
	weights := make([]float64, len(all))
	for k, i := range all {
		weights[k] = i.severity
		if most(i) == 0 {
			weights[k] = 0
		}
	}
	for range n {
		k := c.pick(weights)
		if weights[k] == 0 {
			break
		}
		if got[k]++; got[k] >= most(all[k]) {
			weights[k] = 0
		}
	}
	return got
}

// vehicleful is the most of a crew that a device in the road kills.
func vehicleful(i *incident) int {
	if i.device == "vehicle_borne" || i.category == "complex_attack" {
		return 11
	}
	return 4
}

func threeCrews(i *incident) int { return 3 * vehicleful(i) }

// crowd is the most that one device kills or injures among others.
func crowd(i *incident) int {
	if i.device == "vehicle_borne" {
		return 38
	}
	return 14
}

// spendIEDs shares out the casualties of the devices in Mali: peacekeepers by
// period, then a few bystanders, and the rest over all that was aimed at
// others.
func spendIEDs(c *chance, all []*incident) {
	aimed := where(all, (*incident).atPeacekeepers)
	spendStruck(c, aimed)
	bystanders := func(*incident) int { return 2 }
	for k, n := range spread(c, aimed, 12, bystanders) {
		aimed[k].killed.add("civilians", n)
	}
	for k, n := range spread(c, aimed, 26, bystanders) {
		aimed[k].injured.add("civilians", n)
	}
	killed, injured := iedKilled, iedInjured
	for _, i := range aimed {
		killed -= i.killed.all
		injured -= i.injured.all
	}
	others := where(all, func(i *incident) bool { return !i.atPeacekeepers() })
	for k, n := range spread(c, others, killed, crowd) {
		others[k].killed.fall(c, others[k].target, n)
	}
	for k, n := range spread(c, others, injured, func(i *incident) int { return 2 * crowd(i) }) {
		others[k].injured.fall(c, others[k].target, n)
	}
}

// spendStruck shares out the peacekeepers: the killed by the periods of the
// report, and as many injured as make up the rate of the year.
func spendStruck(c *chance, aimed []*incident) {
	for _, f := range fallen {
		hit := where(aimed, func(i *incident) bool { return f.holds(i.time) })
		for k, n := range spread(c, hit, f.ied, vehicleful) {
			hit[k].killed.add("peacekeepers", n)
		}
	}
	for _, s := range struck {
		hit := where(aimed, func(i *incident) bool { return s.holds(i.time) })
		left := int(math.Round(s.rate * float64(len(hit))))
		for _, i := range hit {
			left -= i.killed.all
		}
		for k, n := range spread(c, hit, left, threeCrews) {
			hit[k].injured.add("peacekeepers", n)
		}
	}
}

// add counts n more of a group; others are neither peacekeepers nor civilians.
func (t *toll) add(group string, n int) {
	t.all += n
	switch group {
	case "peacekeepers":
		t.peacekeepers += n
	case "civilians":
		t.civilians += n
	}
}

// fall counts n casualties of an incident with that target, of whom none are
// peacekeepers: some who stand by are civilians, and all are where civilians
// were meant.
func (t *toll) fall(c *chance, target string, n int) {
	civilian := 0.1
	switch target {
	case "civilians", "humanitarian":
		civilian = 1
	case "unknown", "infrastructure":
		civilian = 0.75
	}
	for range n {
		group := "others"
		if c.hit(civilian) {
			group = "civilians"
		}
		t.add(group, 1)
	}
}
