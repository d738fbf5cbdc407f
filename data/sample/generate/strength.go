package main

import (
	"io/fs"
	"math"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// strength is a row of strengths.csv: how large a mission is in the sample and
// how dear its people are to keep.
type strength struct {
	mission                     string
	military, police, civilians float64
	costUSD                     float64 // a person and year
	remoteness                  float64
}

func (t *tables) readStrengths(inputs fs.FS) (err error) {
	t.strengths, err = readAs(inputs, "strengths.csv", func(l *line) strength {
		return strength{
			l.text("mission"), l.float("military"), l.float("police"), l.float("civilians"), l.float("cost_per_person_usd"), l.float("remoteness"),
		}
	})
	return err
}

// plan is what is made up of a kind of base. The first three are its parts of
// the mission's people, beside those of the other bases.
type plan struct {
	military, police, civilians float64
	leadDays, stockDays         int
	runwayMetres                int     // where there is one
	runway, helipad             float64 // how likely there is one
}

var plans = map[string]plan{
	"mission_hq": {1.5, 3, 6, 360, 60, 2700, 1, 1},
	"sector_hq":  {2.2, 2, 1.6, 240, 45, 2100, 0.9, 1},
	"battalion":  {1.6, 0.5, 0.3, 150, 30, 1300, 0.55, 1},
	"company":    {0.5, 0.15, 0.1, 90, 21, 900, 0.3, 1},
	"temporary":  {0.25, 0, 0, 30, 10, 0, 0, 0.9},
	"team_site":  {0.15, 0.15, 0.15, 60, 25, 800, 0.25, 0.85},
	"logistics":  {0.6, 0, 0.9, 210, 75, 1900, 0.6, 1},
	"airfield":   {0.3, 0, 0.3, 120, 45, 2400, 1, 1},
	"hospital":   {0.3, 0, 0.3, 120, 45, 0, 0, 1},
	"police":     {0.1, 1.3, 0.3, 75, 20, 0, 0, 0.5},
}

// care is what a level of care holds: beds and operations are those of the
// United Nations' Medical Support Manual (2015).
var care = map[string]struct {
	beds, operations int
	surgery          bool
}{
	"L1": {beds: 5}, "L1+": {beds: 10, operations: 2}, "L2": {20, 4, true}, "L3": {50, 10, true},
}

// madeUp says of a base what no source does, so that footprints can be planned.
func (b *base) madeUp(t *tables) geo.Values {
	c := newChance("base " + b.id())
	kind, _ := kindOf(b.role)
	p, s := plans[kind], t.strength(b.mission)
	v := geo.Values{"hub": geo.String(t.hub(b))}
	people := max(10, t.addPeople(c, b.mission, p, v))
	capacity := 10 * math.Ceil(people*c.between(1.05, 1.45)/10)
	annual := people * s.costUSD * s.remoteness * c.lognormal(0.15)
	v["capacity"] = geo.Int(int64(capacity))
	v["annual_cost_usd"] = thousands(annual)
	v["closure_cost_usd"] = thousands(annual * c.between(0.18, 0.4))
	v["opening_cost_usd"] = thousands(capacity * c.between(9000, 15000) * s.remoteness)
	v["closure_lead_days"] = geo.Int(int64(15 * math.Round(float64(p.leadDays)*c.between(0.8, 1.3)/15)))
	v["stock_days"] = geo.Float(math.Round(float64(p.stockDays) * c.between(0.75, 1.3)))
	v["environment_score"] = geo.Float(math.Round(c.between(42, 93)))
	b.addCare(c, v)
	p.addLanding(c, v, s.remoteness >= 1)
	return v
}

// addPeople gives a base of that plan its part of the mission's people, and
// returns how many they are.
func (t *tables) addPeople(c *chance, mission string, p plan, v geo.Values) (people float64) {
	s := t.strength(mission)
	for _, part := range []struct {
		field string
		all   float64
		of    func(plan) float64
	}{
		{"military", s.military, func(p plan) float64 { return p.military }},
		{"police", s.police, func(p plan) float64 { return p.police }},
		{"civilians", s.civilians, func(p plan) float64 { return p.civilians }},
	} {
		n := math.Round(part.all * part.of(p) / t.parts(mission, part.of) * c.lognormal(0.12))
		v[part.field] = geo.Int(int64(n))
		people += n
	}
	return people
}

func (b *base) addCare(c *chance, v geo.Values) {
	level, _ := levelOf(b.medical)
	has := care[level]
	if level == "L1+" {
		has.surgery = c.hit(0.5)
	}
	if !has.surgery {
		has.operations = 0
	}
	v["beds"] = geo.Int(int64(has.beds))
	v["surgeries_per_day"] = geo.Float(float64(has.operations))
	v["surgical_module"] = geo.Bool(has.surgery)
}

// addLanding writes a runway of 0 metres where there is none. Missions near
// the airports of their host have none of their own.
func (p plan) addLanding(c *chance, v geo.Values, remote bool) {
	runway := 0.0
	if remote && c.hit(p.runway) {
		runway = 50 * math.Round(float64(p.runwayMetres)*c.between(0.85, 1.15)/50)
	}
	v["runway_m"] = geo.Float(runway)
	v["helipad"] = geo.Bool(c.hit(p.helipad))
}

func thousands(usd float64) geo.Value { return geo.Float(1000 * math.Round(usd/1000)) }

func (t *tables) strength(mission string) strength {
	for _, s := range t.strengths {
		if s.mission == mission {
			return s
		}
	}
	return strength{mission: mission, remoteness: 1}
}

// parts adds up the parts of all bases of a mission.
func (t *tables) parts(mission string, of func(plan) float64) (sum float64) {
	for i := range t.bases {
		if b := &t.bases[i]; b.mission == mission {
			kind, _ := kindOf(b.role)
			sum += of(plans[kind])
		}
	}
	return sum
}

// ranks orders the kinds of bases that supply others.
var ranks = map[string]int{"mission_hq": 3, "logistics": 2, "sector_hq": 2}

// hub is the nearest base of the mission of a higher rank. What has none above
// it is supplied from outside the mission and is its own hub.
func (t *tables) hub(b *base) string {
	kind, _ := kindOf(b.role)
	hub, least := b.id(), math.Inf(1)
	for i := range t.bases {
		o := &t.bases[i]
		other, _ := kindOf(o.role)
		if o.mission != b.mission || ranks[other] <= ranks[kind] {
			continue
		}
		if d := measure.Distance(b.point, o.point); d < least {
			hub, least = o.id(), d
		}
	}
	return hub
}
