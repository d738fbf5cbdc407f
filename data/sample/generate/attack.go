package main

import (
	"io/fs"
	"math"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// profile is a row of attacks.csv: how many attacks of a kind a mission met.
type profile struct {
	mission, category string
	count             int
	aimed             float64 // the part aimed at peacekeepers
	lethal            float64 // how much of the dead, beside other kinds
	period
}

func (t *tables) readAttacks(inputs fs.FS) (err error) {
	t.profiles, err = readAs(inputs, "attacks.csv", func(l *line) profile {
		return profile{
			mission: l.text("mission"), category: l.text("category"), count: int(l.number64("count")),
			aimed: l.float("aimed"), lethal: l.float("lethal"),
			period: period{l.date("from"), l.date("to").AddDate(0, 0, 1)},
		}
	})
	return err
}

func (l *line) date(column string) time.Time {
	d, err := time.Parse(time.DateOnly, l.text(column))
	if err != nil {
		l.fail("%s: %q is not a day like 2018-09-30", column, l.text(column))
	}
	return d
}

// makeAttacks returns all other attacks, in the order of the profiles. ieds
// say how many peacekeepers fell already.
func makeAttacks(t *tables, ieds []*incident) []*incident {
	c := newChance("attacks")
	var all []*incident
	for k := range t.profiles {
		all = append(all, t.profiles[k].attacks(c, t)...)
	}
	spendFallen(c, all, ieds)
	for _, i := range all {
		i.spendOthers(c)
		i.knownTime(c)
		i.lasted(c)
		i.knownPlace(c, t)
		i.reviewed(c)
		i.describe(c)
	}
	return all
}

func (p *profile) attacks(c *chance, t *tables) []*incident {
	foci := t.foci(p)
	weights := make([]float64, len(foci))
	for k := range foci {
		weights[k] = foci[k].weights[years-1] * c.lognormal(0.7)
	}
	months := newCalendar(c, p.period, func(time.Time) float64 { return 1 })
	var all []*incident
	for len(all) < p.count {
		f := &foci[c.pick(weights)]
		first := event{spot: f.spot(c), at: months.moment(c), focus: f, side: c.normal()}
		for _, e := range follow(c, []event{first}) {
			if len(all) < p.count && p.holds(e.at) && t.ground.holds(p.mission, e.point) {
				i := e.incident(p.mission, p.category, t.ground)
				p.fill(c, i)
				all = append(all, i)
			}
		}
	}
	return all
}

// foci are where attacks of a kind happen: on the roads, around bases for fire
// from afar, else around bases and the towns within reach of one.
func (t *tables) foci(p *profile) []focus {
	if p.mission == iedMission && p.category != "indirect_fire" && p.category != "other" {
		return t.hotspots
	}
	var foci []focus
	spread, weight := 9.0, 3.0
	if p.category == "indirect_fire" {
		spread = 1.1
	}
	for i := range t.bases {
		if b := &t.bases[i]; b.mission == p.mission && t.attacked(b) {
			foci = append(foci, around(b.point, spread, weight))
		}
	}
	if p.category == "indirect_fire" {
		return foci
	}
	for i := range t.towns {
		if town := &t.towns[i]; t.ground.holds(p.mission, town.point) && t.withinReach(p.mission, town.point) {
			foci = append(foci, around(town.point, spread*0.8, 1))
		}
	}
	return foci
}

func around(p orb.Point, spread, weight float64) focus {
	f := focus{centre: p, spread: spread}
	for i := range f.weights {
		f.weights[i] = weight
	}
	return f
}

// attacked says whether a base is in the troubled part of its mission's area:
// the south of Mali and the capital of the Congo saw next to nothing.
func (t *tables) attacked(b *base) bool {
	quiet := b.id() == "MINUSMA/Bamako" || b.id() == "MONUSCO/Kinshasa" || b.id() == "MONUSCO/Lubumbashi"
	return !quiet && t.ground.holds(b.mission, b.point)
}

func (t *tables) withinReach(mission string, p orb.Point) bool {
	const reachKm = 120
	for i := range t.bases {
		if b := &t.bases[i]; b.mission == mission && t.attacked(b) && measure.Distance(p, b.point) < reachKm*1000 {
			return true
		}
	}
	return false
}

var others = map[string]odds{
	"MINUSMA": {{"national_forces", 48}, {"civilians", 32}, {"international_forces", 10}, {"humanitarian", 7}, {"unknown", 3}},
	"UNIFIL":  {{"civilians", 40}, {"unknown", 40}, {"infrastructure", 20}},
	"UNDOF":   {{"national_forces", 60}, {"unknown", 30}, {"civilians", 10}},
	"MINURSO": {{"civilians", 80}, {"unknown", 20}},
	"":        {{"civilians", 58}, {"national_forces", 24}, {"humanitarian", 13}, {"unknown", 5}},
}

// fill says what was used against whom, and how grave it was.
func (p *profile) fill(c *chance, i *incident) {
	i.target = "peacekeepers"
	if !c.hit(p.aimed) {
		o, ok := others[p.mission]
		if !ok {
			o = others[""]
		}
		i.target = c.word(o)
	}
	i.severity = p.lethal * c.lognormal(0.9)
	hurts := 0.5
	switch p.category {
	case "mine", "erw":
		i.device = "victim_operated"
		i.outcome = c.word(odds{{"detonated", 80}, {"found", 15}, {"disarmed", 5}})
	case "ied":
		i.device = c.word(odds{{"victim_operated", 50}, {"remote_controlled", 20}, {"unknown", 30}})
		i.outcome = c.word(odds{{"detonated", 70}, {"found", 30}})
	case "indirect_fire":
		i.outcome, hurts = "detonated", 0.25
	case "complex_attack":
		hurts = 0.9
	}
	if i.foundInTime() || !c.hit(hurts) {
		i.severity = 0
	}
}

// spendFallen shares out, period by period, the peacekeepers killed that the
// devices in Mali leave.
func spendFallen(c *chance, all, ieds []*incident) {
	for _, f := range fallen {
		left := f.all
		for _, i := range ieds {
			if f.holds(i.time) {
				left -= i.killed.peacekeepers
			}
		}
		hit := where(all, func(i *incident) bool { return f.holds(i.time) && i.atPeacekeepers() && i.malicious() })
		for k, n := range spread(c, hit, left, vehicleful) {
			hit[k].killed.add("peacekeepers", n)
		}
	}
}

// spendOthers draws the rest of the casualties, for which there is no figure.
func (i *incident) spendOthers(c *chance) {
	hurt := min(40, int(1.6*i.severity))
	switch {
	case i.atPeacekeepers() && i.malicious():
		i.injured.add("peacekeepers", i.killed.peacekeepers+min(18, hurt))
	case i.atPeacekeepers():
		dead := min(2, int(i.severity))
		i.killed.add("peacekeepers", dead)
		i.injured.add("peacekeepers", c.poisson(1.2)+min(6, hurt))
	default:
		i.killed.fall(c, i.target, min(26, int(i.severity)))
		i.injured.fall(c, i.target, hurt)
	}
}

// lasted gives fighting an end, on the same day.
func (i *incident) lasted(c *chance) {
	fighting := i.category == "direct_fire" || i.category == "complex_attack"
	if !fighting || i.timePrecision != "exact" {
		return
	}
	minutes := math.Ceil(35 * c.lognormal(0.8))
	midnight := i.time.Truncate(24*time.Hour).AddDate(0, 0, 1)
	if end := i.time.Add(time.Duration(minutes) * time.Minute); end.Before(midnight) {
		i.end = end
		if !i.reported.After(end) {
			i.reported = end.Add(30 * time.Minute)
		}
	}
}

var kinds = map[string]string{
	"ied": "improvised device", "mine": "mine", "erw": "explosive remnant", "indirect_fire": "mortar or rocket fire", "direct_fire": "small-arms fire",
	"complex_attack": "attack with several weapons", "accident": "road accident", "other": "robbery or abduction",
}

var victims = map[string]string{
	"peacekeepers": "the mission", "national_forces": "national forces", "international_forces": "international forces", "civilians": "civilians",
	"humanitarian": "a humanitarian convoy", "infrastructure": "a bridge or mast", "unknown": "persons unknown",
}

// describe writes a sentence that nobody takes for a real report.
func (i *incident) describe(c *chance) {
	told := c.choose("told by a patrol", "told by local authorities", "told by several sources", "told by telephone")
	subject := kinds[i.category]
	if i.foundInTime() {
		subject += " met before it went off"
	}
	i.notes = "Synthetic. " + string(subject[0]-'a'+'A') + subject[1:] + " against " + victims[i.target] + ", " + told + "."
	if i.category == "accident" {
		i.notes = "Synthetic. " + c.choose("Vehicle left the road", "Collision of two vehicles", "Accident while loading", "Vehicle overturned on sand") + "."
	}
}
