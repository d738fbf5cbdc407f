package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// itinerary is a row of itineraries.csv: a way that convoys or patrols take
// again and again. A leg is a day's drive over sections of one road.
type itinerary struct {
	kind     string
	legs     [][]*road
	weight   float64
	vehicles int
}

func (t *tables) readItineraries(inputs fs.FS) (err error) {
	t.itineraries, err = readAs(inputs, "itineraries.csv", func(l *line) itinerary {
		i := itinerary{kind: l.text("kind"), weight: l.float("weight"), vehicles: int(l.number64("vehicles"))}
		for _, leg := range strings.Split(l.text("legs"), " / ") {
			var sections []*road
			for _, id := range strings.Fields(leg) {
				r := t.roads[id]
				if r == nil {
					l.fail("legs: no road %q", id)
					return i
				}
				sections = append(sections, r)
				if r.label() != sections[0].label() {
					l.fail("legs: %s is not a section of %s; write a leg for each road", id, sections[0].label())
				}
			}
			i.legs = append(i.legs, sections)
		}
		return i
	})
	return err
}

// movement is one leg as it was driven.
type movement struct {
	date     time.Time
	kind     string
	road     *road // gives the name
	line     orb.LineString
	km       float64
	vehicles int
}

var movementsFrom = day(2016, time.January, 1)

func addMovements(c *collection, t *tables) error {
	const drives = 620
	chance := newChance("movements")
	var all []movement
	for range drives {
		all = append(all, t.drive(chance)...)
	}
	slices.SortStableFunc(all, func(a, b movement) int { return a.date.Compare(b.date) })
	for n, m := range all {
		if err := c.add(m.record(n + 1)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) drive(c *chance) (all []movement) {
	weights := make([]float64, len(t.itineraries))
	for k := range t.itineraries {
		weights[k] = t.itineraries[k].weight
	}
	i := &t.itineraries[c.pick(weights)]
	date := drivingDay(c, i.legs[0][0].season)
	vehicles := max(2, int(math.Round(float64(i.vehicles)*c.between(0.6, 1.5))))
	for k, leg := range i.legs {
		m := movement{date: date.AddDate(0, 0, k), kind: i.kind, road: leg[0], vehicles: vehicles}
		if i.kind == "patrol" {
			m.line, m.km = t.patrol(c, leg[0])
		} else {
			m.line = joined(leg)
			m.km = measure.Length(m.line) / 1000
			if c.hit(0.4) {
				m.line = slices.Clone(m.line)
				m.line.Reverse()
			}
		}
		all = append(all, m)
	}
	return all
}

// drivingDay draws a day, a third as often in the rains where the road is one
// for the dry months.
func drivingDay(c *chance, season string) time.Time {
	days := int(attacksUntil.Sub(movementsFrom).Hours()/24) - 1 // a second leg has the day after
	for {
		d := movementsFrom.AddDate(0, 0, c.below(days))
		if !rains(d) || season != "dry" || c.hit(0.35) {
			return d
		}
	}
}

// patrol drives out from the end that lies nearer to a base, and back the same
// way: the line is the way out, the distance both.
func (t *tables) patrol(c *chance, r *road) (orb.LineString, float64) {
	reach := min(r.km(), c.between(15, 62))
	line := r.until(reach)
	if t.awayFromBase(r.line[len(r.line)-1]) < t.awayFromBase(r.line[0]) {
		line = r.after(r.km() - reach)
		line.Reverse()
	}
	return line, 2 * reach
}

func (t *tables) awayFromBase(p orb.Point) float64 {
	least := math.Inf(1)
	for i := range t.bases {
		if t.bases[i].mission == routeMission {
			least = min(least, measure.Distance(p, t.bases[i].point))
		}
	}
	return least
}

// until returns the first km of the road as a line of its own.
func (r *road) until(km float64) orb.LineString {
	line := orb.LineString{r.line[0]}
	for i := 1; i < len(r.line) && r.along[i] < km; i++ {
		line = append(line, r.line[i])
	}
	end, _ := r.at(km)
	return append(line, rounded(end))
}

// after returns what of the road lies behind km.
func (r *road) after(km float64) orb.LineString {
	start, _ := r.at(km)
	line := orb.LineString{rounded(start)}
	first, _ := slices.BinarySearchFunc(r.along, km, func(a, b float64) int { return cmp.Compare(a, b+1e-6) })
	return append(line, r.line[first:]...)
}

// joined lays sections end to end. They meet in the same vertex, bit for bit.
func joined(sections []*road) orb.LineString {
	line := slices.Clone(sections[0].line)
	for k, r := range sections[1:] {
		next := slices.Clone(r.line)
		if k == 0 && (line[0] == next[0] || line[0] == next[len(next)-1]) {
			line.Reverse()
		}
		if line[len(line)-1] != next[0] {
			next.Reverse()
		}
		line = append(line, next[1:]...)
	}
	return line
}

func (m *movement) record(number int) record {
	return record{
		id: fmt.Sprintf("movement:%s/%04d", routeMission, number), mission: routeMission, place: m.line,
		fields: geo.Values{
			"date": geo.TimeValue(geo.TimeOf(m.date)), "route": geo.String(m.road.label()), "kind": geo.String(m.kind),
			"vehicles": geo.Int(int64(m.vehicles)), "km": geo.Float(math.Round(m.km*10) / 10),
			"source": geo.String(syntheticSource), "confidence": geo.String(syntheticConfidence),
		},
	}
}
