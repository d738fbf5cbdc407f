package scenario

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// The inputs of an evaluation.
const (
	scenarioInput      = "scenario"
	changesInput       = "changes"
	dateInput          = roads.DateInput
	missionInput       = "mission"
	basesFilterInput   = "bases"
	placesFilterInput  = "priorities"
	areaInput          = "area"
	withinInput        = "within_min"
	supplyProfileInput = "supply_profile"
	patrolInput        = "patrol_km"
	lightInput         = "light"
	strengthInput      = "strength"
	nearInput          = "near_km"
	alongInput         = "along_m"
	incidentsFilter    = "incidents"
	furtherInput       = "further"
	betterInput        = "further_better"
	snapInput          = "snap_m"
	zoneInput          = "zone_m"
	zoneDaysInput      = "zone_days"

	weightPrefix = "weight_"
)

// Factor is one of the five of the report, or a further one.
type Factor string

// The factors.
const (
	Priority    Factor = "priority"
	Threat      Factor = "threat"
	Support     Factor = "support"
	Medical     Factor = "medical"
	Operational Factor = "operational"
	Further     Factor = "further"
)

// Factors are all of them, in the order of the report.
var Factors = []Factor{Priority, Threat, Support, Medical, Operational, Further}

var factorTitles = map[Factor]string{
	Priority: "Priority locations", Threat: "Threat", Support: "Mission support", Medical: "Medical", Operational: "Operational capability", Further: "Further factor",
}

func factorCodes() []string {
	out := make([]string, len(Factors))
	for i, f := range Factors {
		out[i] = string(f)
	}
	return out
}

// questionFields are the inputs that say how footprints are looked at, the same
// for one and for several.
func questionFields() []geo.Field {
	one, day, nothing, most, far := 1.0, 2880.0, 0.0, 1000.0, 500_000.0
	fields := roads.Fields()
	for i := range fields {
		switch fields[i].Name {
		case roads.ProfileInput:
			fields[i].Default = geo.String("patrol")
		case dateInput:
			fields[i].Description = "The day that is looked at. Changes of a scenario are made up to it, where no day stands behind its name; without it up to the day of the scenario, else all. " + fields[i].Description
		}
	}
	return slices.Concat([]geo.Field{
		{Name: missionInput, Title: "Mission", Kind: geo.KindString, Description: "Code of the mission whose bases and assets count, and in whose area places lie where no area is given; without it, all."},
		{Name: basesFilterInput, Title: "Bases", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only bases for which this is true, in CQL2, such as kind = 'battalion'."},
		{Name: placesFilterInput, Title: "Priority locations", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only places for which this is true, in CQL2."},
		{Name: areaInput, Title: "Area", Kind: geo.KindGeometry, Description: "Only places in this GeoJSON polygon."},
		{Name: withinInput, Title: "Reaction time", Unit: "min", Kind: geo.KindFloat, Least: &one, Greatest: &day, Default: geo.Float(120),
			Description: "Within which a place, or another base, is to be reached; notice of reaction forces and aircraft counts."},
		{Name: patrolInput, Title: "Patrol radius", Unit: "km", Kind: geo.KindFloat, Least: &nothing, Greatest: &most, Default: geo.Float(0),
			Description: "Of bases that state none; 0 leaves them without."},
		{Name: supplyProfileInput, Title: "Supply vehicle", Kind: geo.KindString, Default: geo.String("convoy"), Description: "Vehicle profile of supply; the other vehicle is that of patrols."},
		{Name: lightInput, Title: "Light", Kind: geo.KindString, Enum: []string{"day", "night"}, Default: geo.String("day"), Description: "Which notice of reaction forces and aircraft holds."},
		{Name: strengthInput, Title: "Strength", Kind: geo.KindString, Default: geo.String("military+police"), Description: "Number field of bases, or several that are added: what each has for the people about it."},
		{Name: incidentsFilter, Title: "Incidents", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only incidents for which this is true, in CQL2."},
		{Name: process.TimeInput, Title: "Time of incidents", Kind: geo.KindInterval, Description: "Only incidents of this time; without it, all."},
		{Name: nearInput, Title: "Near a base", Unit: "km", Kind: geo.KindFloat, Least: &nothing, Greatest: &most, Default: geo.Float(25), Description: "How far from a base an incident is near it."},
		{Name: alongInput, Title: "Beside a supply road", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &far, Default: geo.Float(2000), Description: "How far from the supply road an incident is on it."},
		{Name: zoneInput, Title: "Zone about an incident", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &far, Default: geo.Float(1000),
			Description: "How far from a late incident another is likelier (see near-repeat); 0 asks for no zones."},
		{Name: zoneDaysInput, Title: "Zone lasts", Unit: "d", Kind: geo.KindFloat, Least: &nothing, Greatest: &most, Default: geo.Float(2),
			Description: "For how long: zones are those in force at the end of the time of incidents, where it has none when the latest of them was."},
		{Name: snapInput, Title: "Farthest from a road", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &far, Default: geo.Float(10_000),
			Description: "A base or a place farther than this from every road is on none: it has no time by road, not a long one."},
		{Name: furtherInput, Title: "Further factor", Kind: geo.KindString, Description: "A number field of bases, such as environment_score, that is weighed too."},
		{Name: betterInput, Title: "Of it, better is", Kind: geo.KindString, Enum: []string{more, less}, Default: geo.String(more)},
	}, fields, weightFields())
}

func weightFields() []geo.Field {
	nothing, hundred := 0.0, 100.0
	var out []geo.Field
	for _, f := range Factors {
		out = append(out, geo.Field{Name: weightPrefix + string(f), Title: "Weight: " + factorTitles[f], Kind: geo.KindFloat, Least: &nothing, Greatest: &hundred, Default: geo.Float(1),
			Description: "Of the factor in the sum; 0 leaves it out. No part changes with it."})
	}
	return out
}

func scenarioFields() []geo.Field {
	return []geo.Field{
		{Name: scenarioInput, Title: "Scenario", Kind: geo.KindString, Description: "Id of a document of the kind scenario, or one that is not kept, as the JSON of its title, mission and body; without it, what is. A day may stand behind it: drawdown@2023-08-31."},
		{Name: changesInput, Title: "Changes", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord},
			Description: `Further changes, each as in a scenario: {"act":"close","target":11}, {"act":"merge","target":3,"into":2}, {"act":"move","target":3,"to":Point}.`},
	}
}
