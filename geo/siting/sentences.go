package siting

import "bivouac/geo"

// What limits an answer.
const (
	ofSurgery       geo.Sentence = "siting-surgery: Surgery: {warning}"
	noMissionArea   geo.Sentence = "siting-no-mission-area: The mission {mission} has no area of kind mission: places everywhere count."
	nearestServes   geo.Sentence = "siting-nearest-serves: Who is nearest to a site is taken to be served by it: how many patrols, beds or aircraft it has is not reckoned with, but for a capacity that is asked for."
	stopped         geo.Sentence = "siting-stopped: The search was stopped: a better choice may exist. Give it longer, by {input}."
	unpriced        geo.Sentence = "siting-unpriced: {n} of {of} sites state no price and add nothing to it."
	lossesUncapped  geo.Sentence = "siting-losses-uncapped: Losses and gains of single sites are reckoned as if capacities were none."
	fewerDo         geo.Sentence = "siting-fewer-do: {n} sites do as well as {most}: nothing is lost without the others."
	oneAlone        geo.Sentence = "siting-one-alone: Each loss and gain is of one site alone; what two together cost is not the sum of both. Where a base has closed fewer incidents are reported, so that exposure there may be too low."
	sitesOffRoads   geo.Sentence = "siting-sites-off-roads: {n} of {of} sites are too far from every road that can be used: nobody there is served by road, or serves."
	placesOffRoads  geo.Sentence = "siting-places-off-roads: {n} of {of} places are too far from every road that can be used: nobody there is served by road, or serves."
	unreached       geo.Sentence = "siting-unreached: {n} of {of} places, with {weight} of the weight, have no way from any site that may be chosen: they are in no figure."
	besideBases     geo.Sentence = "siting-beside-bases: {n} candidates of {collection} lie within {km} km of a base that stands, and were left out: the base is the site."
	noSiteWithin    geo.Sentence = "siting-no-site-within: {n} of {of} places can have no site within {within} {unit}, whatever is chosen: it is not asked for there."
	noSecondWithin  geo.Sentence = "siting-no-second-within: {n} of {of} places can have no second cover within {within} {unit}, whatever is chosen: it is not asked for there."
	frontShortened  geo.Sentence = "siting-front-shortened: The front has {n} points; {listed} of them, evenly taken in the order of the first aim, are listed."
	frontIncomplete geo.Sentence = "siting-front-incomplete: The front is incomplete: give it more points, a longer search, or fewer bases that may change."
	countAsOne      geo.Sentence = "siting-count-as-one: Two choices that differ by less than a millionth of the range of an aim count as one."
)

// Steps of a run.
const (
	measuringWays geo.Sentence = "step-measuring: measuring ways to sites"
	bestSoFar     geo.Sentence = "step-best-so-far: the best so far is {value}, none is below {bound}; {n} parts looked at"
	pointsFound   geo.Sentence = "step-points: {n} points are found"
)
