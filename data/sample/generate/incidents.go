package main

import (
	"fmt"
	"slices"
	"time"
)

func addIncidents(c *collection, t *tables) error {
	for _, i := range t.happened() {
		if err := c.add(i.record()); err != nil {
			return err
		}
	}
	return nil
}

// happened makes all incidents of the world, by time, and numbers them by
// mission and year. Alerts and clearance follow on them, so they are made once.
func (t *tables) happened() []*incident {
	if t.incidents != nil {
		return t.incidents
	}
	all := makeIEDs(t)
	all = append(all, makeAttacks(t, all)...)
	slices.SortStableFunc(all, byTime)
	numbers := map[string]int{}
	for _, i := range all {
		key := fmt.Sprintf("%s/%d", i.mission, i.time.Year())
		numbers[key]++
		i.id = fmt.Sprintf("incident:%s-%03d", key, numbers[key])
	}
	t.incidents = append(all, makeDuplicates(all)...)
	return t.incidents
}

// makeDuplicates reports some incidents a second time, as another source told
// of them: a little later, a little elsewhere, and without the dead, who are
// counted where the record says. The incidents that the report counts have
// none.
func makeDuplicates(all []*incident) []*incident {
	const duplicates = 28
	c := newChance("duplicates")
	others := where(all, func(i *incident) bool {
		return (i.mission != iedMission || i.category != "ied") && i.malicious() && i.place != nil
	})
	var again []*incident
	for _, k := range shuffled(c, len(others))[:duplicates] {
		first := others[k]
		i := *first
		i.id, i.duplicateOf = first.id+"/again", first.id
		i.killed, i.injured = toll{}, toll{}
		i.place, i.placePrecision, i.route, i.end = scatter(c, first.spot.point, 1.8), 2, "", time.Time{}
		i.reported = first.reported.Add(time.Duration(c.between(60, 3000)) * time.Minute)
		i.reliability, i.credibility, i.review = c.choose("C", "D", "F"), c.from(3, 6), "reviewed"
		i.notes = "Synthetic. Second report of the same incident; casualties are counted on the first."
		again = append(again, &i)
	}
	slices.SortStableFunc(again, byTime)
	return again
}
