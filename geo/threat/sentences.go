package threat

import "bivouac/geo"

// What limits rates of roads.
const (
	offRoads        geo.Sentence = "threat-off-roads: {n} of {of} incidents lie farther than {metres} m from every road and are in no rate."
	outsideArea     geo.Sentence = "threat-outside-area: {n} of {of} incidents are on a road outside the area and are in no rate."
	allAlike        geo.Sentence = "threat-alike: The counts vary no more than chance makes them: all sections have the rate of all, and none can be said to be worse."
	standsAlone     geo.Sentence = "threat-alone: There is nothing to compare a count with; it stands by itself, with the interval of Jeffreys's prior."
	halved          geo.Sentence = "threat-half-life: Incidents and the time that they are divided by count half as much for each {days} days before the end."
	notDriven       geo.Sentence = "threat-not-driven: How far was driven is not known: the risk is relative to that of all roads, and says nothing of how probable an incident is. A road that is driven more has more incidents."
	dividedByDriven geo.Sentence = "threat-driven: Movements are recorded from {from} to {to}: the {n} incidents on roads in that time are divided by them, of {of} on roads in all."
	dividedByAimed  geo.Sentence = "threat-driven-aimed: Movements are recorded from {from} to {to}: the {n} incidents with the asked targets on roads in that time are divided by them, of {of} on roads in all."
	unplaced        geo.Sentence = "threat-unplaced: {km} of {of} km driven could be put on no road; rates by km driven are too high by as much."
	untold          geo.Sentence = "threat-untold: {n} movements say neither where nor how far they went and are not counted."
	allTargets      geo.Sentence = "threat-all-targets: Incidents of all who were hit are divided by the movements that are recorded; filter by target for the risk to those who made them."
	noneOnRoads     geo.Sentence = "threat-none-on-roads: None of {n} movements could be put on a road, so nothing is known of how far was driven."
	idleRisk        geo.Sentence = "threat-idle-risk: On {n} of {of} sections no movement is recorded; their risk is that of their incidents by km and year."
	idleRate        geo.Sentence = "threat-idle-rate: On {n} of {of} sections no movement is recorded: they have no rate by km driven."
)

// Steps of a run.
const (
	readingIncidents   geo.Sentence = "step-reading-incidents: reading incidents"
	placingIncidents   geo.Sentence = "step-placing-incidents: putting incidents on roads"
	placingMovements   geo.Sentence = "step-placing-movements: putting movements on roads"
	spreadingIncidents geo.Sentence = "step-spreading-incidents: spreading incidents along roads"
)
