package scenario

import (
	"math"
	"slices"

	"bivouac/geo/network"
)

const (
	more = "more"
	less = "less"
)

// Measure is one number of a footprint, and what it is made of.
type Measure struct {
	Name, Title, Unit string
	Factor            Factor
	Better            string  // more or less; "" where neither is better
	Scored            bool    // counts into its factor
	Value             float64 // NaN for not known
	Layer, Where      string  // the rows behind it: of the output Layer, those for which Where is true, in CQL2
}

// measures reckons all numbers of the footprint together.
func (f *Footprint) measures() {
	f.Measures = slices.Concat(f.priorityMeasures(), f.threatMeasures(), f.supportMeasures(), f.medicalMeasures(), f.operationMeasures(), f.furtherMeasures())
}

// peopleOf adds the people of the places that pass.
func (f *Footprint) peopleOf(pass func(*Demand) bool) float64 {
	sum := 0.0
	for i := range f.Places {
		if pass(&f.Places[i]) {
			sum += known(f.Places[i].People)
		}
	}
	return sum
}

// overBases is the mean of a number over the bases, by their people; NaN where
// nobody is at a base that states it.
func (f *Footprint) overBases(number func(*Station) float64) float64 {
	sum, people := 0.0, 0.0
	for i := range f.Bases {
		b := &f.Bases[i]
		if v, n := number(b), known(b.People); !math.IsNaN(v) && v < network.Closed && n > 0 {
			sum, people = sum+v*n, people+n
		}
	}
	return sum / people // NaN where there is nobody
}

// staff is the share of the people at bases who are at one that passes: a share,
// so that a footprint is not better for being smaller. NaN where there is nobody.
func (f *Footprint) staff(pass func(*Station) bool) float64 {
	return f.overBases(func(b *Station) float64 {
		if pass(b) {
			return 1
		}
		return 0
	})
}

func (f *Footprint) total(number func(*Station) float64) float64 {
	sum := 0.0
	for i := range f.Bases {
		sum += known(number(&f.Bases[i]))
	}
	return sum
}

func (f *Footprint) priorityMeasures() []Measure {
	m := func(name, title, better string, scored bool, where string, v float64) Measure {
		return Measure{Name: name, Title: title, Unit: "{person}", Factor: Priority, Better: better, Scored: scored, Value: v, Layer: "places", Where: where}
	}
	weight := 0.0
	for i := range f.Places {
		if f.Places[i].reached() {
			weight += f.Places[i].Weight
		}
	}
	weighted := m("weight_in_time", "Weight of places in time by road", more, true, "bases > 0", weight)
	weighted.Unit = "1"
	return []Measure{
		m("people_in_time", "People in time by road", more, true, "bases > 0", f.peopleOf((*Demand).reached)),
		weighted,
		m("people_two_bases", "People in time of two bases or more", more, true, "bases > 1", f.peopleOf(func(d *Demand) bool { return d.Bases > 1 })),
		m("people_one_base", "People in time of one base only", "", false, "bases = 1", f.peopleOf(func(d *Demand) bool { return d.Bases == 1 })),
		m("people_in_patrol", "People in the patrol radius of a base", more, true, "patrols > 0", f.peopleOf(func(d *Demand) bool { return d.Patrols > 0 })),
		m("people_by_air", "People in time by air", more, true, "by_air = true", f.peopleOf(func(d *Demand) bool { return d.ByAir })),
		m("people_no_way", "People on a road, to whom no base has a way", less, false, "road = true AND minutes IS NULL", f.peopleOf(func(d *Demand) bool { return d.OnRoad && d.Millis >= network.Closed })),
		m("people_no_road", "People without a known road", "", false, "road = false", f.peopleOf(func(d *Demand) bool { return !d.OnRoad })),
		m("people", "People in all", "", false, "people > 0", f.peopleOf(func(*Demand) bool { return true })),
	}
}

func (f *Footprint) threatMeasures() []Measure {
	m := func(name, title, unit, better string, scored bool, v float64) Measure {
		return Measure{Name: name, Title: title, Unit: unit, Factor: Threat, Better: better, Scored: scored, Value: v, Layer: "bases"}
	}
	return []Measure{
		m("incidents_near", "Incidents a year near a base, mean over people", "/a", less, true, f.overBases(func(b *Station) float64 { return b.threat.perYear })),
		m("casualties_near", "Killed and injured a year near a base, mean over people", "/a", less, true, f.overBases(func(b *Station) float64 { return b.threat.casualties })),
		m("incidents_supply", "Incidents a year on the supply road, mean over people", "/a", less, true, f.overBases(func(b *Station) float64 { return b.threat.roadYear })),
		m("bases_rising", "Bases near which incidents rise", "1", less, false, f.total(func(b *Station) float64 {
			if b.threat.trended && b.threat.trend.S > 0 && b.threat.trend.P < 0.05 {
				return 1
			}
			return 0
		})),
	}
}

func (f *Footprint) supportMeasures() []Measure {
	m := func(name, title, unit, better string, scored bool, where string, v float64) Measure {
		return Measure{Name: name, Title: title, Unit: unit, Factor: Support, Better: better, Scored: scored, Value: v, Layer: "bases", Where: where}
	}
	noWay := func(b *Station) bool { return !b.support.known || b.support.millis >= network.Closed }
	return []Measure{
		m("supply_min", "Way of supply, mean over people", "min", less, true, "supply_min >= 0", f.overBases(func(b *Station) float64 { return b.support.millis })/60_000),
		m("supply_km", "Way of supply, mean over people", "km", less, false, "supply_km >= 0", f.overBases(func(b *Station) float64 { return b.support.metres })/1000),
		m("staff_unsupplied", "Share of people at bases without a way of supply", "1", less, true, "supply_min IS NULL", f.staff(noWay)),
		m("staff_short", "Share of people at bases whose stock is shorter than the closure of their road", "1", less, true, "stock_short = true", f.staff((*Station).short)),
		m("staff_single", "Share of people at bases whose supply has a single point of failure", "1", less, true, "single_km > 0", f.staff(func(b *Station) bool { return b.support.single > 0 })),
		m("staff_over", "People beyond the capacity of their base", "{person}", less, true, "over_capacity > 0", f.total(func(b *Station) float64 { return b.support.overfull })),
		m("cost_year", "Cost of bases a year", "{USD}/a", less, true, "cost_year > 0", f.total(func(b *Station) float64 { return b.YearlyCost })),
		m("cost_once", "Cost of closing and opening, once", "{USD}", less, false, "", f.cost.once),
		m("lead_days", "Longest lead time of a closure", "d", less, false, "", f.cost.lead),
		m("staff", "People at bases", "{person}", "", false, "people > 0", f.total(func(b *Station) float64 { return b.People })),
		m("bases", "Open bases", "1", "", false, "", float64(len(f.Bases))),
	}
}

func (f *Footprint) medicalMeasures() []Measure {
	if !f.treated {
		return nil
	}
	return []Measure{
		{Name: "staff_surgery", Title: "Share of people at bases within two hours of surgery", Unit: "1", Factor: Medical, Better: more, Scored: true, Layer: "bases", Where: "surgery_min <= 120",
			Value: f.staff(func(b *Station) bool { return b.surgery <= surgeryLimit })},
		{Name: "surgery_min", Title: "To surgery, mean over people who come to it", Unit: "min", Factor: Medical, Better: less, Scored: true, Layer: "bases", Where: "surgery_min >= 0",
			Value: f.overBases(func(b *Station) float64 { return b.surgery })},
	}
}

// surgeryLimit is the last of 10-1-2: minutes to surgery.
const surgeryLimit = 120

func (f *Footprint) operationMeasures() []Measure {
	m := func(name, title, unit, better string, scored bool, layer, where string, v float64) Measure {
		return Measure{Name: name, Title: title, Unit: unit, Factor: Operational, Better: better, Scored: scored, Value: v, Layer: layer, Where: where}
	}
	return []Measure{
		m("staff_helped", "Share of people at bases to which a reaction force of another comes in time", "1", more, true, "bases", "helpers > 0", f.staff(func(b *Station) bool { return b.operation.helpers > 0 })),
		m("staff_aircraft", "Share of people at bases to which an aircraft of another comes in time", "1", more, true, "bases", "aircraft > 0", f.staff(func(b *Station) bool { return b.operation.aircraft > 0 })),
		m("people_between", "People between the patrol areas", "{person}", less, true, "places", "patrols = 0", f.peopleOf(func(d *Demand) bool { return d.Patrols == 0 })),
		m("helps", "Pairs of a reaction force and another base that it comes to in time", "1", more, false, "helps", "", float64(len(f.helps))),
	}
}

func (f *Footprint) furtherMeasures() []Measure {
	if f.further == "" {
		return nil
	}
	return []Measure{{Name: "further", Title: f.further + ", mean over people", Factor: Further, Better: f.better, Scored: true, Layer: "bases", Value: f.overBases(func(b *Station) float64 { return b.FurtherValue })}}
}
