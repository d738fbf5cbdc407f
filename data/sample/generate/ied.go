package main

import (
	"cmp"
	"slices"
	"time"
)

const iedMission = "MINUSMA"

// makeIEDs returns the incidents with improvised devices in Mali, by time.
func makeIEDs(t *tables) []*incident {
	c := newChance("ied")
	all := iedEvents(c, t)
	slices.SortStableFunc(all, byTime)
	for year := range years {
		setTargets(c, inYear(all, firstYear+year), ieds[year].aimed)
		setOutcomes(c, inYear(all, firstYear+year), ieds[year].found)
	}
	for _, i := range all {
		i.setDevice(c)
		i.setSeverity(c)
	}
	spendIEDs(c, all)
	for _, i := range all {
		i.knownTime(c)
		i.knownPlace(c, t)
		i.reviewed(c)
		i.describe(c)
	}
	losePlaces(c, all)
	return all
}

func byTime(a, b *incident) int { return a.time.Compare(b.time) }

func inYear(all []*incident, year int) []*incident {
	return where(all, func(i *incident) bool { return i.time.Year() == year })
}

func where(all []*incident, keep func(*incident) bool) []*incident {
	var kept []*incident
	for _, i := range all {
		if keep(i) {
			kept = append(kept, i)
		}
	}
	return kept
}

// iedEvents draws clusters until every year has its number.
func iedEvents(c *chance, t *tables) []*incident {
	calendars := make([]calendar, len(t.hotspots))
	weights := make([]float64, len(t.hotspots))
	for k := range t.hotspots {
		f := &t.hotspots[k]
		calendars[k] = newCalendar(c, period{iedsFrom, iedsUntil}, func(m time.Time) float64 {
			return f.weights[m.Year()-firstYear] * season(f, m)
		})
		for _, w := range calendars[k].weights {
			weights[k] += w
		}
	}
	var all []*incident
	left := ieds
	for missing(left) {
		k := c.pick(weights)
		f := &t.hotspots[k]
		first := event{spot: f.spot(c), at: calendars[k].moment(c), focus: f, side: c.normal()}
		for _, e := range follow(c, []event{first}) {
			year := e.at.Year() - firstYear
			if !e.at.Before(iedsUntil) || left[year].all == 0 || !t.ground.holds(iedMission, e.point) {
				continue
			}
			left[year].all--
			all = append(all, e.incident(iedMission, "ied", t.ground))
		}
	}
	return all
}

func missing(left [years]struct{ all, aimed, found int }) bool {
	for _, year := range left {
		if year.all > 0 {
			return true
		}
	}
	return false
}

// rains are the months in which the tracks of the Sahel are worst.
func rains(m time.Time) bool { return m.Month() >= time.July && m.Month() <= time.September }

// season is lower in the rains where the road is one for the dry months.
func season(f *focus, m time.Time) float64 {
	switch {
	case rains(m) && f.road != nil && f.road.season == "dry":
		return 0.5
	case rains(m):
		return 0.75
	case m.Month() >= time.March && m.Month() <= time.June:
		return 1.2
	}
	return 1
}

func (e *event) incident(mission, category string, ground *land) *incident {
	return &incident{
		mission: mission, category: category, time: e.at, spot: e.spot,
		sector: ground.sector(mission, e.point), aimed: e.focus.aimed + 0.18*e.side,
	}
}

// setTargets aims the given number of incidents at peacekeepers, those first
// whose place and cluster lean that way.
func setTargets(c *chance, all []*incident, aimed int) {
	lean := make(map[*incident]float64, len(all))
	for _, i := range all {
		lean[i] = i.aimed + 0.14*c.normal()
	}
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b *incident) int { return cmp.Compare(lean[b], lean[a]) })
	for n, i := range order {
		i.target = "peacekeepers"
		if n >= aimed {
			i.target = c.word(iedTargets)
		}
	}
}

var iedTargets = odds{
	{"national_forces", 47}, {"civilians", 27}, {"international_forces", 14}, {"unknown", 7}, {"humanitarian", 3}, {"infrastructure", 2},
}

// setOutcomes lets the given number of what was aimed at peacekeepers be found
// in time; of the rest, others find what they find.
func setOutcomes(c *chance, all []*incident, found int) {
	aimed := where(all, (*incident).atPeacekeepers)
	for n, k := range shuffled(c, len(aimed)) {
		i := aimed[k]
		i.outcome = c.word(odds{{"detonated", 93}, {"premature", 4}, {"unknown", 3}})
		if n < found {
			i.outcome = c.word(odds{{"found", 45}, {"disarmed", 55}})
		}
	}
	for _, i := range all {
		if !i.atPeacekeepers() {
			i.outcome = c.word(odds{{"detonated", 82}, {"found", 8}, {"disarmed", 4}, {"premature", 3}, {"hoax", 1}, {"unknown", 2}})
		}
	}
}

// shuffled returns the numbers below n in any order (Fisher and Yates, 1938).
func shuffled(c *chance, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	for i := n - 1; i > 0; i-- {
		k := c.below(i + 1)
		order[i], order[k] = order[k], order[i]
	}
	return order
}

// setDevice follows the place, the target and what became of it: nobody drives
// a vehicle bomb down an empty road, and none is dug up.
func (i *incident) setDevice(c *chance) {
	inTown := i.spot.road == nil
	switch {
	case i.outcome == "hoax":
		i.device = "unknown"
	case inTown && !i.foundInTime():
		i.device = c.word(odds{{"victim_operated", 44}, {"vehicle_borne", 15}, {"remote_controlled", 18}, {"person_borne", 9}, {"command_wire", 6}, {"timed", 3}, {"unknown", 5}})
	case inTown || i.target == "infrastructure":
		i.device = c.word(odds{{"victim_operated", 50}, {"remote_controlled", 28}, {"command_wire", 10}, {"timed", 8}, {"unknown", 4}})
	default:
		i.device = c.word(odds{{"victim_operated", 70}, {"remote_controlled", 13}, {"command_wire", 10}, {"vehicle_borne", 1.2}, {"unknown", 6}})
	}
}

// losePlaces takes the place from a few records on purpose: they are to be
// counted in every total and drawn nowhere.
func losePlaces(c *chance, all []*incident) {
	const lost = 9
	for _, k := range shuffled(c, len(all))[:lost] {
		i := all[k]
		i.place, i.placePrecision, i.route, i.sector = nil, 0, "", ""
		i.notes = "Synthetic. The report names no place."
	}
}
