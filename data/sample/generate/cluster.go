package main

import (
	"math"
	"time"
)

// calendar weighs the months of a stretch of years.
type calendar struct {
	months  []time.Time
	weights []float64
}

// newCalendar gives each month from the first to the last its weight, times a
// factor of its own, so that no two years are alike.
func newCalendar(c *chance, p period, weight func(time.Time) float64) calendar {
	var k calendar
	for m := p.from; m.Before(p.until); m = m.AddDate(0, 1, 0) {
		k.months = append(k.months, m)
		k.weights = append(k.weights, weight(m)*c.lognormal(0.4))
	}
	return k
}

// moment draws a month, and a day and an hour in it.
func (k calendar) moment(c *chance) time.Time {
	m := k.months[c.pick(k.weights)]
	days := m.AddDate(0, 1, 0).Sub(m).Hours() / 24
	return m.AddDate(0, 0, c.below(int(days))).Add(daytime(c))
}

// daytime draws an hour: most things happen by day, most of those before noon.
func daytime(c *chance) time.Duration {
	hour := 9.5 + 3*c.normal()
	if c.hit(0.2) {
		hour = c.between(0, 24)
	}
	hour = math.Mod(hour+24, 24)
	return time.Duration(hour*3600) * time.Second
}

// event is a place and a time, before anything is said of what happened.
type event struct {
	spot
	at    time.Time
	focus *focus
	side  float64 // how the cluster leans in its choice of targets
}

// offspring is how many further attacks follow on one, on average: with 0.42,
// clusters have 1.7 members and one in five has three or more.
const offspring = 0.42

// follow adds to events what follows on the last of them within days to weeks
// and some kilometres, and what follows on that: a branching process in space
// and time, as near-repeat patterns suggest (Mohler and others, 2011).
func follow(c *chance, events []event) []event {
	parent := events[len(events)-1]
	for range c.poisson(offspring) {
		next := parent
		next.spot = parent.near(c)
		lag := time.Duration(c.exponential(13)*24) * time.Hour
		next.at = parent.at.Add(lag).Truncate(24 * time.Hour).Add(daytime(c))
		if !next.at.After(parent.at) {
			next.at = parent.at.Add(time.Duration(c.between(1, 5) * float64(time.Hour)))
		}
		events = follow(c, append(events, next))
	}
	return events
}
