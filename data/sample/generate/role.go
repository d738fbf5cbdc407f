package main

import (
	"regexp"
	"strings"
	"time"

	"bivouac/geo"
)

// roleKinds says which kind of base a role text means. The first pattern that
// is found counts: a text names the highest role first. Roles that are stated
// in other words than ours take the nearest code, which the record says.
var roleKinds = []struct {
	pattern *regexp.Regexp
	kind    string
	nearest bool
}{
	{regexp.MustCompile(`(?i)mission hq`), "mission_hq", false},
	{regexp.MustCompile(`(?i)\bhq\b`), "sector_hq", false},
	{regexp.MustCompile(`(?i)temporary|\btob\b`), "temporary", false},
	{regexp.MustCompile(`(?i)battalion`), "battalion", false},
	{regexp.MustCompile(`(?i)company`), "company", false},
	{regexp.MustCompile(`(?i)\bpolice|\bfpu\b`), "police", false},
	{regexp.MustCompile(`(?i)\blog(istics)?\b`), "logistics", false},
	{regexp.MustCompile(`(?i)team site`), "team_site", false},
	{regexp.MustCompile(`(?i)\bfib\b|\bcamp\b`), "battalion", true},
	{regexp.MustCompile(`(?i)base opened`), "company", true},
	{regexp.MustCompile(`(?i)office`), "team_site", true},
}

// kindOf returns the kind of base that a role text means, and whether that is
// only the nearest of our codes. It returns "" for a text it does not know.
func kindOf(role string) (kind string, nearest bool) {
	for _, k := range roleKinds {
		if k.pattern.MatchString(role) {
			return k.kind, k.nearest
		}
	}
	return "", false
}

// patrolKm is a made-up reach of a day's patrol by road, for demonstration: no
// source states one. Observers and infantry go far; a headquarters, a store or
// a hospital sends out only its own guard.
var patrolKm = map[string]float64{
	"mission_hq": 30, "sector_hq": 60, "battalion": 60, "company": 40, "temporary": 25, "team_site": 50,
	"logistics": 20, "airfield": 20, "hospital": 20, "police": 20,
}

var levelPattern = regexp.MustCompile(`(?:Level |\bL)([1-4]\+?)`)

// levelOf returns the level of care that a medical text states, the first
// where it states several, since that is the one on the spot. A medical unit
// of no stated level counts as the lowest, which is assumed. A dash is
// nothing said, so "".
func levelOf(medical string) (level string, assumed bool) {
	if m := levelPattern.FindStringSubmatch(medical); m != nil {
		return "L" + m[1], false
	}
	if strings.Contains(strings.ToLower(medical), "medical unit") {
		return "L1", true
	}
	return "", false
}

var (
	openedPattern = regexp.MustCompile(`opened (?:([A-Z][a-z]{2}) )?(\d{4})`)
	closedPattern = regexp.MustCompile(`(?:closed|moved to \w+) ([A-Z][a-z]{2}) (\d{4})`)
)

// openedOf returns the first day of the month or year in which the role text
// says that the base was opened, null where it says nothing. "From mid-2018"
// is when a headquarters moved into a base that stood before: no opening.
func openedOf(role string) geo.Value {
	m := openedPattern.FindStringSubmatch(role)
	if m == nil {
		return geo.Value{}
	}
	month := m[1]
	if month == "" {
		month = "Jan"
	}
	t, err := time.Parse("Jan 2006", month+" "+m[2])
	if err != nil {
		return geo.Value{}
	}
	return geo.TimeValue(geo.TimeOf(t))
}

// closedOf returns the last day of the month in which the role text says that
// the base was closed or its unit moved away, null where it says nothing.
func closedOf(role string) geo.Value {
	m := closedPattern.FindStringSubmatch(role)
	if m == nil {
		return geo.Value{}
	}
	t, err := time.Parse("Jan 2006", m[1]+" "+m[2])
	if err != nil {
		return geo.Value{}
	}
	return geo.TimeValue(geo.TimeOf(t.AddDate(0, 1, -1)))
}

var doubt = regexp.MustCompile(`(?i)verify|unverified|from memory`)

// confidenceOf returns "verify" where one of the texts says that it is unsure,
// else "stated".
func confidenceOf(texts ...string) string {
	for _, t := range texts {
		if doubt.MatchString(t) {
			return "verify"
		}
	}
	return "stated"
}
