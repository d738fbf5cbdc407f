package siting

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// The inputs of the processes.
const (
	objectiveInput    = "objective"
	numberInput       = "number"
	placingInput      = "placing"
	missionInput      = "mission"
	weightInput       = "weight"
	byInput           = "by"
	withinKMInput     = "within_km"
	withinMinInput    = "within_min"
	basesInput        = "bases"
	keepInput         = "keep"
	closeInput        = "close"
	basesFilter       = "bases_filter"
	candidatesInput   = "candidates"
	fromInput         = "candidates_from"
	fromFilter        = "candidates_filter"
	priceInput        = "price"
	newPriceInput     = "candidate_price"
	budgetInput       = "budget"
	capacityInput     = "capacity"
	newRoomInput      = "candidate_capacity"
	leastCoverInput   = "least_cover"
	secondInput       = "second_cover"
	medicalInput      = "medical_min"
	priorityFilter    = "priority_filter"
	leastSurgeryInput = "least_surgery"
	medicalModesInput = "medical_modes"
	medicalLightInput = "medical_light"
	threatInput       = "threat_from"
	threatFilter      = "threat_filter"
	threatTimeInput   = "threat_datetime"
	threatKMInput     = "threat_km"
	mostThreatInput   = "most_threat"
	sumThreatInput    = "most_threat_sum"
	limitInput        = "limit_s"
	seedInput         = "seed"
	snapInput         = "snap_m"
	cruiseInput       = "cruise_kmh"
	noticeInput       = "notice_min"
	measuresInput     = "measures"
	pointsInput       = "points"
)

// What is asked for, by its standard name.
const (
	pMedian      = "p-median"
	maximalCover = "maximal-cover"
	setCover     = "set-cover"
	backupCover  = "backup-cover"
	pCenter      = "p-center"
)

// Light, and by what casualties come to surgery, as casevac has them.
const (
	dayLight, nightLight = "day", "night"
)

var medicalModes = []string{"road", "air", "mixed"}

// How far a place is from a site.
const (
	byDistance = "distance"
	byRoad     = "road"
	byAir      = "air"
)

func inputs() geo.Schema {
	one := 1.0
	return geo.Schema{Name: "siting", Fields: slices.Concat(process.SelectionFields("places"), []geo.Field{
		{Name: objectiveInput, Title: "Best is", Kind: geo.KindString, Enum: []string{pMedian, maximalCover, setCover, backupCover, pCenter}, Default: geo.String(pMedian),
			Description: "p-median: people travel least. maximal-cover: most people are within reach. set-cover: the fewest sites that reach all. backup-cover: of those, the most people with a second one. p-center: the farthest is nearest."},
		{Name: numberInput, Title: "Sites", Kind: geo.KindInt, Least: &one, Description: "How many sites at most, those that are kept among them. Covers may do without it."},
		placingField(),
	}, commonFields(), []geo.Field{
		{Name: capacityInput, Title: "Capacity", Kind: geo.KindString, Description: "Number field of bases that says how much weight each serves, for the p-median; a place may be shared between bases. Without it there is no bound."},
		number(newRoomInput, "Capacity of candidates", "", 0, 0, "That of candidates, which state none.", geo.Value{}),
	}, limitFields(), roads.Fields())}
}

func number(name, title, unit string, least, most float64, text string, otherwise geo.Value) geo.Field {
	f := geo.Field{Name: name, Title: title, Unit: unit, Kind: geo.KindFloat, Least: &least, Description: text, Default: otherwise}
	if most > 0 {
		f.Greatest = &most
	}
	return f
}

func keys(name, title, text string) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindList, Role: geo.CollectionRole, Collection: basesCollection, Items: &geo.Field{Kind: geo.KindInt}, Description: text}
}

// commonFields say what demand weighs, how far it is, and what sites there are.
func commonFields() []geo.Field {
	return []geo.Field{
		{Name: missionInput, Title: "Mission", Kind: geo.KindString, Description: "Code of the mission whose bases and threat count, and in whose area places lie where no area is given; without it, all."},
		{Name: weightInput, Title: "Weight", Kind: geo.KindString, Default: geo.String("population"),
			Description: "Number field of the places that says what each counts for; records that state none are left out. \"none\": each counts 1."},
		{Name: byInput, Title: "Measured", Kind: geo.KindString, Enum: []string{byDistance, byRoad, byAir}, Default: geo.String(byDistance),
			Description: "distance: kilometres on the ellipsoid. road: minutes by road from the site, under the conditions below. air: minutes of a straight flight after the notice."},
		number(withinKMInput, "Within", "km", 0, 20_100, "Reach, where measured by distance: what counts as covered.", geo.Float(50)),
		number(withinMinInput, "Within", "min", 0, 100_000, "Reach, where measured in minutes: what counts as covered.", geo.Float(120)),
		number(cruiseInput, "Cruising speed", "km/h", 1, 3000, "Of the aircraft, for minutes by air.", geo.Float(220)),
		number(noticeInput, "Notice", "min", 0, 10_000, "From the call to departure, for minutes by air.", geo.Float(20)),
		number(snapInput, "Farthest from a road", "m", 0, 500_000, "What lies farther than this from every road that can be used is on none. The way to the road is in no time.", geo.Float(20_000)),
		keys(basesInput, "Bases", "Keys of the bases that may be sites; without any, all that are open or planned."),
		{Name: basesFilter, Title: "Filter of bases", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only bases for which this is true, in CQL2, such as mission = 'MINUSMA'."},
		keys(keepInput, "Keep", "Keys of bases that stay open."),
		keys(closeInput, "Not these", "Keys of bases that must not be among the sites."),
		{Name: candidatesInput, Title: "Candidates", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindGeometry}, Description: "Further places for sites, as GeoJSON Points."},
		{Name: fromInput, Title: "Candidates from", Kind: geo.KindString, Role: geo.CollectionRole, Description: "Collection of points that are candidates, too."},
		{Name: fromFilter, Title: "Filter of candidates", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only those of its records for which this is true, in CQL2."},
		{Name: priceInput, Title: "Price", Kind: geo.KindString, Default: geo.String("annual_cost_usd"), Description: "Number field of bases that says what each costs."},
		number(newPriceInput, "Price of candidates", "", 0, 0, "What a candidate costs, which states nothing.", geo.Value{}),
		number(medicalInput, "Surgery within", "min", 0, 100_000, "A casualty at each place must be in surgery within so many minutes of the wound, by the chain of casevac-surface: notice, launch, travel, loading, travel, unloading, from where assets stand to where surgery is; both must be among the sites.", geo.Value{}),
		number(leastSurgeryInput, "Least surgery in time", "1", 0, 1, "Share of the weight of these places that must have surgery within that time, 0 to 1.", geo.Float(1)),
		{Name: medicalModesInput, Title: "To surgery by", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString, Enum: medicalModes}, Default: geo.List(geo.String("road"), geo.String("air"), geo.String("mixed")),
			Description: "road: by ambulance. air: an aircraft fetches the casualty. mixed: by ambulance, or carried, to where an aircraft lands."},
		{Name: medicalLightInput, Title: "To surgery in", Kind: geo.KindString, Enum: []string{dayLight, nightLight}, Default: geo.String(dayLight), Description: "By day, or by night, when not every asset works and notices are longer."},
		{Name: priorityFilter, Title: "For which places", Kind: geo.KindString, Role: geo.FilterRole, Description: "Of the places, those that must have surgery in time, in CQL2; without it all."},
		{Name: threatInput, Title: "Threat from", Kind: geo.KindString, Role: geo.CollectionRole, Default: geo.String("incidents"), Description: "Collection whose records near a site are its exposure."},
		{Name: threatFilter, Title: "Filter of threat", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only those of its records for which this is true, in CQL2."},
		{Name: threatTimeInput, Title: "Time of threat", Kind: geo.KindInterval, Description: "Only those of this day, time or start/end."},
		number(threatKMInput, "Threat within", "km", 0, 1000, "How near a record is exposure.", geo.Float(30)),
		{Name: seedInput, Title: "Seed", Kind: geo.KindInt, Default: geo.Int(1), Description: "Of the restarts of the local search."},
	}
}

// limitFields are what an answer must keep.
func limitFields() []geo.Field {
	return []geo.Field{
		number(budgetInput, "Budget", "", 0, 0, "The prices of all sites add up to no more.", geo.Value{}),
		number(leastCoverInput, "Least cover", "1", 0, 1, "Share of the weight that must be within reach, 0 to 1.", geo.Value{}),
		{Name: secondInput, Title: "A second cover", Kind: geo.KindBool, Default: geo.Bool(false), Description: "All places that two sites can reach must have two within reach."},
		number(mostThreatInput, "Greatest exposure", "1", 0, 0, "No site has more records near it; one that is kept may.", geo.Value{}),
		number(sumThreatInput, "Greatest exposure in all", "1", 0, 0, "The exposures of all sites add up to no more.", geo.Value{}),
		number(limitInput, "Longest search", "s", 0, 3600, "After so many seconds the best so far is given, and how much better another may be.", geo.Float(20)),
	}
}
