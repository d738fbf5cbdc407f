package main

import "time"

// The figures that the world reproduces are those of paragraphs 80, 84 and 86
// of the Secretary-General's 2018 report on the recommendations of the Special
// Committee on Peacekeeping Operations. They stand here and in tests, and
// nowhere else: whoever asks the world for them counts records.

// ieds is how paragraph 80 is spread over the years: 636 incidents with
// improvised devices in Mali, 235 of them aimed at peacekeepers, of which the
// part found in time rose from 11 % in 2014 to nearly 30 % in 2017. The spread
// between those two, and the numbers a year, are made up.
var ieds = [years]struct{ all, aimed, found int }{
	{22, 5, 0},
	{84, 36, 4},
	{98, 42, 7},
	{118, 48, 11},
	{176, 61, 18},
	{138, 43, 13},
}

// iedKilled and iedInjured are what those incidents cost.
const iedKilled, iedInjured = 410, 1069

var (
	iedsFrom  = day(2013, time.July, 1)
	iedsUntil = day(2018, time.September, 1)
)

// period is a stretch of days; until is the first day that is no longer in it.
type period struct{ from, until time.Time }

func (p period) holds(t time.Time) bool { return !t.Before(p.from) && t.Before(p.until) }

// fallen are the peacekeepers killed by malicious acts of all kinds in all
// missions (paragraphs 84 and 86): 34 in 2016, 61 in 2017, of which 30 to
// September and 40 from July 2017 make the comparisons, 16 in the first half of
// 2018 and 17 to September. ied is the part that fell to devices in Mali,
// which is made up, and is all there is before 2016.
var fallen = []struct {
	period
	all, ied int
}{
	{period{day(2013, time.July, 1), day(2014, time.January, 1)}, 2, 2},
	{period{day(2014, time.January, 1), day(2014, time.September, 1)}, 9, 9},
	{period{day(2014, time.September, 1), day(2015, time.September, 1)}, 13, 13},
	{period{day(2015, time.September, 1), day(2016, time.January, 1)}, 3, 3},
	{period{day(2016, time.January, 1), day(2017, time.January, 1)}, 34, 12},
	{period{day(2017, time.January, 1), day(2017, time.July, 1)}, 21, 5},
	{period{day(2017, time.July, 1), day(2017, time.October, 1)}, 9, 2},
	{period{day(2017, time.October, 1), day(2018, time.January, 1)}, 31, 4},
	{period{day(2018, time.January, 1), day(2018, time.July, 1)}, 16, 4},
	{period{day(2018, time.July, 1), day(2018, time.October, 1)}, 1, 0},
}

// struck is how many peacekeepers an incident aimed at them killed or injured
// with a device in Mali, year by year from September: halved over the last
// three years, as paragraph 80 says. The rates are made up.
var struck = []struct {
	period
	rate float64
}{
	{period{day(2013, time.July, 1), day(2014, time.September, 1)}, 2.3},
	{period{day(2014, time.September, 1), day(2015, time.September, 1)}, 2.4},
	{period{day(2015, time.September, 1), day(2016, time.September, 1)}, 1.9},
	{period{day(2016, time.September, 1), day(2017, time.September, 1)}, 1.5},
	{period{day(2017, time.September, 1), day(2018, time.September, 1)}, 1.2},
}

// attacksUntil is the end of the other attacks.
var attacksUntil = day(2018, time.October, 1)

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}
