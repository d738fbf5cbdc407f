package scenario

import (
	"math"

	"bivouac/geo/network"
)

// The parameters that numbers hang on.
const (
	whichBases  = "mission, bases"
	whichPlaces = "mission, bases, priorities, area"
	roadInputs  = ", profile, season, month, date, avoid, avoid_hazards, snap_m"
	byRoad      = whichPlaces + ", within_min" + roadInputs
	whichHarm   = whichBases + ", incidents, datetime"
	bySupply    = whichBases + ", supply_profile, season, month, date, avoid, avoid_hazards, snap_m"
	ofSurgery   = "season, month, date, avoid, avoid_hazards, snap_m"
)

// numbers makes measures of one factor, layer and parameters.
func numbers(factor Factor, layer, inputs string) func(name, title, unit, better string, scored bool, how How, of, where string, v float64) Measure {
	return func(name, title, unit, better string, scored bool, how How, of, where string, v float64) Measure {
		return Measure{Name: name, Title: title, Unit: unit, Factor: factor, Better: better, Scored: scored, Value: v, Layer: layer, Where: where, How: how, Of: of, Inputs: inputs}
	}
}

func (f *Footprint) priorityMeasures() []Measure {
	road, patrol, air, all := numbers(Priority, "places", byRoad), numbers(Priority, "places", whichPlaces+", patrol_km"), numbers(Priority, "places", whichPlaces+", within_min, light"), numbers(Priority, "places", whichPlaces)
	const person = "{person}"
	weight, access, people := 0.0, 0.0, 0.0
	for i := range f.Places {
		d := &f.Places[i]
		if d.reached() {
			weight += d.Weight
		}
		access, people = access+round3(d.Access)*known(d.People), people+known(d.People)
	}
	return []Measure{
		road("people_in_time", "People in time by road", person, more, true, Sum, "people", "bases > 0", f.peopleOf((*Demand).reached)),
		road("weight_in_time", "Weight of places in time by road", "1", more, true, Sum, "weight", "bases > 0", weight),
		road("people_two_bases", "People in time of two bases or more", person, more, true, Sum, "people", "bases > 1", f.peopleOf(func(d *Demand) bool { return d.Bases > 1 })),
		road("people_one_base", "People in time of one base only", person, "", false, Sum, "people", "bases = 1", f.peopleOf(func(d *Demand) bool { return d.Bases == 1 })),
		patrol("people_in_patrol", "People in the patrol radius of a base", person, more, true, Sum, "people", "patrols > 0", f.peopleOf(func(d *Demand) bool { return d.Patrols > 0 })),
		air("people_by_air", "People in time by air", person, more, true, Sum, "people", "by_air = true", f.peopleOf(func(d *Demand) bool { return d.ByAir })),
		numbers(Priority, "places", byRoad+", strength")("access", "Strength for 1,000 people that comes in time, mean over people", "1", more, false, Mean, "access", "", access/people),
		road("people_no_way", "People on a road, to whom no base has a way", person, less, false, Sum, "people", "road = true AND minutes IS NULL", f.peopleOf(func(d *Demand) bool { return d.OnRoad && d.Millis >= network.Closed })),
		road("people_no_road", "People without a known road", person, "", false, Sum, "people", "road = false", f.peopleOf(func(d *Demand) bool { return !d.OnRoad })),
		all("people", "People in all", person, "", false, Sum, "people", "people > 0", f.peopleOf(func(*Demand) bool { return true })),
	}
}

// rising reports whether incidents near a base rise more than chance makes
// likely.
func rising(b *Station) bool {
	return b.threat.trended && b.threat.trend.S > 0 && b.threat.trend.P < 0.05
}

func (f *Footprint) threatMeasures() []Measure {
	near, road := numbers(Threat, "bases", whichHarm+", near_km"), numbers(Threat, "bases", bySupply+", incidents, datetime, along_m")
	zones := numbers(Threat, "menaces", whichHarm+", zone_m, zone_days, near_km, along_m")
	hazards := numbers(Threat, "menaces", bySupply+", near_km, along_m")
	return []Measure{
		near("incidents_near", "Incidents a year near a base, mean over people", "/a", less, true, Mean, "incidents_year", "", f.overBases(func(b *Station) float64 { return b.threat.perYear })),
		near("casualties_near", "Killed and injured a year near a base, mean over people", "/a", less, true, Mean, "casualties_year", "", f.overBases(func(b *Station) float64 { return b.threat.casualties })),
		road("incidents_supply", "Incidents a year on the supply road, mean over people", "/a", less, true, Mean, "incidents_supply_year", "", f.overBases(func(b *Station) float64 { return b.threat.road.perYear })),
		road("casualties_supply", "Killed and injured a year on the supply road, mean over people", "/a", less, false, Mean, "casualties_supply_year", "", f.overBases(func(b *Station) float64 { return b.threat.road.casualties })),
		road("expected_supply", "Incidents a year to expect on the supply road by the rates of roads, mean over people", "/a", less, false, Mean, "expected_supply_year", "",
			f.overBases(func(b *Station) float64 { return orUnknown(b.threat.expected.Mean, b.threat.rated) })),
		near("bases_rising", "Bases near which incidents rise", "1", less, false, Count, "", "trend_p < 0.05 AND trend_tau > 0", orUnknown(f.bases(rising), f.danger != nil)),
		zones("zones_near", "Zones of raised risk in force near a base", "1", less, false, Count, "", "kind = 'near_repeat' AND bases > 0", f.menacing(true, false)),
		zones("zones_supply", "Zones of raised risk in force on a supply road", "1", less, false, Count, "", "kind = 'near_repeat' AND supply > 0", f.menacing(true, true)),
		hazards("hazards_near", "Hazards in force near a base", "1", less, false, Count, "", "kind <> 'near_repeat' AND bases > 0", f.menacing(false, false)),
		hazards("hazards_supply", "Hazards in force on a supply road", "1", less, false, Count, "", "kind <> 'near_repeat' AND supply > 0", f.menacing(false, true)),
	}
}

// orUnknown is x where it is known.
func orUnknown(x float64, known bool) float64 {
	if !known {
		return math.NaN()
	}
	return x
}

// menacing is how many zones, or hazards, there are near bases, or on supply
// roads; NaN where nobody keeps incidents, or hazards.
func (f *Footprint) menacing(zones, supply bool) float64 {
	if zones && f.danger == nil || !zones && !f.mined {
		return math.NaN()
	}
	n := 0
	for i := range f.menaces {
		m := &f.menaces[i]
		near := m.bases
		if supply {
			near = m.supply
		}
		if (m.kind == zoneKind) == zones && near > 0 {
			n++
		}
	}
	return float64(n)
}

func (f *Footprint) supportMeasures() []Measure {
	supply, all, paid := numbers(Support, "bases", bySupply), numbers(Support, "bases", whichBases), numbers(Support, "changes", "scenario, changes, date")
	noWay := func(b *Station) bool { return !b.support.known || b.support.millis >= network.Closed }
	return []Measure{
		supply("supply_min", "Way of supply, mean over people", "min", less, true, Mean, "supply_min", "supply_min >= 0", f.overBases(func(b *Station) float64 { return b.support.millis })/60_000),
		supply("supply_km", "Way of supply, mean over people", "km", less, false, Mean, "supply_km", "supply_km >= 0", f.overBases(func(b *Station) float64 { return b.support.metres })/1000),
		numbers(Support, "bases", bySupply+", incidents, datetime")("supply_risk", "Incidents to expect on one way from the hub, mean over people", "1", less, true, Mean, "supply_risk", "",
			f.overBases(func(b *Station) float64 { return orUnknown(b.threat.drive.Mean, b.threat.driven) })),
		supply("staff_unsupplied", "Share of people at bases without a way of supply", "1", less, true, Share, "", "supply_min IS NULL", f.staff(noWay)),
		supply("staff_short", "Share of people at bases whose stock is shorter than the closure of their road", "1", less, true, Share, "", "stock_short = true", f.staff((*Station).short)),
		supply("staff_single", "Share of people at bases whose supply has a single point of failure", "1", less, true, Share, "", "single_km > 0", f.staff(func(b *Station) bool { return b.support.single > 0 })),
		all("staff_over", "People beyond the capacity of their base", "{person}", less, true, Sum, "over_capacity", "over_capacity > 0", f.total(func(b *Station) float64 { return b.support.overfull })),
		all("cost_year", "Cost of bases a year", "{USD}/a", less, true, Sum, "cost_year", "", f.yearly()),
		paid("cost_once", "Cost of closing and opening, once", "{USD}", less, false, Sum, "cost", "act IN ('open', 'close', 'merge') AND done = true", f.cost.once.total()),
		paid("cost_closing", "Of it, of closing", "{USD}", less, false, Sum, "closing_cost", "act IN ('close', 'merge') AND done = true", f.cost.closing.total()),
		paid("cost_opening", "Of it, of opening", "{USD}", less, false, Sum, "opening_cost", "act = 'open' AND done = true", f.cost.opening.total()),
		paid("lead_days", "Longest lead time of a closure", "d", less, false, Greatest, "lead_days", "act IN ('close', 'merge') AND done = true", f.cost.lead.greatest()),
		all("staff", "People at bases", "{person}", "", false, Sum, "people", "people > 0", f.total(func(b *Station) float64 { return b.People })),
		numbers(Support, "bases", whichBases+", strength")("strength", "Strength at bases", "{person}", "", false, Sum, "strength", "strength > 0", f.total(func(b *Station) float64 { return b.Strength })),
		all("capacity", "Capacity of bases", "{person}", "", false, Sum, "capacity", "capacity > 0", f.total(func(b *Station) float64 { return b.Capacity })),
		all("bases", "Open bases", "1", "", false, Count, "", "", float64(len(f.Bases))),
	}
}

func (f *Footprint) medicalMeasures() []Measure {
	if !f.treated {
		return nil
	}
	bases, places, lit := numbers(Medical, "bases", whichBases+", light, "+ofSurgery), numbers(Medical, "places", whichPlaces+", "+ofSurgery), numbers(Medical, "places", whichPlaces+", light, "+ofSurgery)
	people := func(minutes func(*surgeryOf) float64) float64 {
		return f.peopleOf(func(d *Demand) bool { return soon(minutes(&d.surgery)) })
	}
	number := func(minutes func(*surgeryOf) float64) float64 {
		return float64(f.count(func(d *Demand) bool { return soon(minutes(&d.surgery)) }))
	}
	day, night := func(s *surgeryOf) float64 { return s.day }, func(s *surgeryOf) float64 { return s.night }
	return []Measure{
		bases("staff_surgery", "Share of people at bases within two hours of surgery", "1", more, true, Share, "", "surgery_min <= 120", f.staff(func(b *Station) bool { return soon(b.surgery.asked) })),
		bases("staff_surgery_night", "Share of people at bases within two hours of surgery by night", "1", more, false, Share, "", "surgery_night_min <= 120", f.staff(func(b *Station) bool { return soon(b.surgery.night) })),
		bases("surgery_min", "To surgery, mean over people who come to it", "min", less, true, Mean, "surgery_min", "surgery_min >= 0", f.overBases(func(b *Station) float64 { return b.surgery.asked })),
		places("people_surgery_day", "People within two hours of surgery by day", "{person}", more, true, Sum, "people", "surgery_day_min <= 120", people(day)),
		places("people_surgery_night", "People within two hours of surgery by night", "{person}", more, true, Sum, "people", "surgery_night_min <= 120", people(night)),
		lit("people_surgery_road", "People within two hours of surgery by road alone", "{person}", more, false, Sum, "people", "surgery_road_min <= 120", people(func(s *surgeryOf) float64 { return s.road })),
		lit("people_surgery_air", "People within two hours of surgery by air alone", "{person}", more, false, Sum, "people", "surgery_air_min <= 120", people(func(s *surgeryOf) float64 { return s.air })),
		places("places_surgery_day", "Places within two hours of surgery by day", "1", more, false, Count, "", "surgery_day_min <= 120", number(day)),
		places("places_surgery_night", "Places within two hours of surgery by night", "1", more, false, Count, "", "surgery_night_min <= 120", number(night)),
	}
}

func (f *Footprint) operationMeasures() []Measure {
	road, air := numbers(Operational, "bases", whichBases+", within_min, light"+roadInputs), numbers(Operational, "bases", whichBases+", within_min, light")
	return []Measure{
		road("staff_helped", "Share of people at bases to which a reaction force of another comes in time", "1", more, true, Share, "", "helpers > 0", f.staff(func(b *Station) bool { return b.operation.helpers > 0 })),
		air("staff_aircraft", "Share of people at bases to which an aircraft of another comes in time", "1", more, true, Share, "", "aircraft > 0", f.staff(func(b *Station) bool { return b.operation.aircraft > 0 })),
		numbers(Operational, "places", whichPlaces+", patrol_km")("people_between", "People between the patrol areas", "{person}", less, true, Sum, "people", "patrols = 0", f.peopleOf(func(d *Demand) bool { return d.Patrols == 0 })),
		numbers(Operational, "helps", whichBases+", within_min, light"+roadInputs)("helps", "Pairs of a reaction force and another base that it comes to in time", "1", more, false, Count, "", "", float64(len(f.helps))),
		numbers(Operational, "bases", whichBases+roadInputs)("forces", "Reaction forces", "1", more, false, Sum, "forces", "forces > 0", f.total(func(b *Station) float64 { return float64(b.operation.forces) })),
		numbers(Operational, "aircraft", whichBases+", within_min, light")("aircraft", "Aircraft that come to another base in time", "1", more, false, Sum, "count", "bases > 0", f.flying()),
	}
}

func (f *Footprint) furtherMeasures() []Measure {
	if f.further == "" {
		return nil
	}
	return []Measure{numbers(Further, "bases", whichBases+", further")("further", f.further+", mean over people", "", f.better, true, Mean, "further", "", f.overBases(func(b *Station) float64 { return b.FurtherValue }))}
}
