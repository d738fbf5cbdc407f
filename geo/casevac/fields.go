package casevac

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/roads"
)

// The inputs of both analyses.
const (
	missionInput       = "mission"
	filterInput        = "bases_filter"
	assetsInput        = "assets_filter"
	atInput            = "at"
	lightInput         = "light"
	modesInput         = "modes"
	notifyInput        = "notify_min"
	clearanceInput     = "clearance_min"
	weatherInput       = "weather_min"
	noticeInput        = "notice_min"
	loadInput          = "load_min"
	offloadInput       = "offload_min"
	turnroundInput     = "turnround_min"
	reloadInput        = "reload_min"
	whereInput         = "landing"
	sitesInput         = "landing_sites"
	landingInput       = "landing_m"
	runwayInput        = "runway_m"
	carryInput         = "carry_m"
	carrySpeedInput    = "carry_kmh"
	offRoadInput       = "off_road_kmh"
	snapInput          = "snap_m"
	firstAidInput      = "first_aid"
	firstAidMinInput   = "first_aid_min"
	firstAidLimitInput = "first_aid_limit_min"
	advancedLimitInput = "advanced_limit_min"
	surgeryLimitInput  = "surgery_limit_min"
	shareInput         = "share_lifts"
)

// The codes of inputs.
const (
	dayLight, nightLight = "day", "night"

	atPlace, atSites = "at_place", "sites"

	withCasualty, fromBases = "with_casualty", "bases"
)

var allModes = []string{"road", "air", "mixed"}

// fields are the inputs that say what there is and how evacuation goes.
func fields() []geo.Field {
	d := Defaults()
	nothing, day := 0.0, 1440.0
	number := func(name, title, unit string, standard float64, text string) geo.Field {
		f := geo.Field{Name: name, Title: title, Unit: unit, Kind: geo.KindFloat, Least: &nothing, Description: text}
		if unit == "min" {
			f.Greatest = &day
		}
		if standard >= 0 {
			f.Default = geo.Float(standard)
		}
		return f
	}
	codes := make([]geo.Value, len(allModes))
	for i, m := range allModes {
		codes[i] = geo.String(m)
	}
	const stated = -1
	return slices.Concat([]geo.Field{
		{Name: missionInput, Title: "Mission", Kind: geo.KindString, Description: "Code of the mission whose bases and assets count; without it, all."},
		{Name: filterInput, Title: "Filter of bases", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only bases for which this is true, in CQL2."},
		{Name: assetsInput, Title: "Filter of assets", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only assets for which this is true, in CQL2, such as type = 'helicopter'."},
		{Name: atInput, Title: "When", Kind: geo.KindTime, Description: "Date and time of the wound: the bases and assets of that day, day or night by the sun where the casualty lies, roads of its month, hazards in force then. Without it, bases that are open, by the light that is asked for."},
		{Name: lightInput, Title: "Light", Kind: geo.KindString, Enum: []string{dayLight, nightLight}, Default: geo.String(dayLight), Description: "Where no time is given."},
		{Name: modesInput, Title: "By", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString, Enum: allModes}, Default: geo.List(codes...),
			Description: "road: by ambulance. air: an aircraft fetches the casualty. mixed: by ambulance, or carried, to where an aircraft lands."},
		number(firstAidLimitInput, "First aid within", "min", d.FirstAidLimitMin, "The 10 of 10-1-2."),
		number(advancedLimitInput, "Advanced care within", "min", d.AdvancedLimitMin, "The 1: a facility of level L1 or above."),
		number(surgeryLimitInput, "Surgery within", "min", d.SurgeryLimitMin, "The 2: damage-control surgery, at level L2 or above, or at a surgical module."),
		{Name: firstAidInput, Title: "First aid", Kind: geo.KindString, Enum: []string{withCasualty, fromBases}, Default: geo.String(withCasualty),
			Description: "with_casualty: somebody trained and equipped for it is with every patrol, an assumption. bases: it comes from the nearest base, by road or on foot."},
		number(firstAidMinInput, "First aid takes", "min", d.FirstAidMin, "Until it is given by who is there, or until who gives it leaves the base."),
		number(notifyInput, "Notification", "min", d.NotifyMin, "From the wound until help is ordered out."),
		number(clearanceInput, "Flight clearance", "min", 0, "Until the host lets an aircraft start."),
		number(weatherInput, "Weather", "min", 0, "Added to what an aircraft takes to start."),
		number(noticeInput, "Notice of aircraft", "min", stated, "From the order to the start, in place of what their records state for day and night."),
		number(loadInput, "Loading of aircraft", "min", stated, "In place of what their records state."),
		number(offloadInput, "Unloading of aircraft", "min", stated, "In place of what their records state as loading time."),
		{Name: whereInput, Title: "Helicopters land", Kind: geo.KindString, Enum: []string{atPlace, atSites}, Default: geo.String(atPlace),
			Description: "at_place: beside the casualty, wherever that is, an assumption. sites: only at bases with a helipad or runway and at the landing sites; casualties come there by road or are carried."},
		{Name: sitesInput, Title: "Landing sites", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindGeometry}, Description: "GeoJSON Points where helicopters land beside the bases."},
		number(landingInput, "Facility from where aircraft land", "m", d.LandingMetres, "A base without a helipad or runway takes casualties by air from one so near."),
		number(runwayInput, "Runway", "m", d.RunwayMetres, "That aircraft with wings need."),
		number(carryInput, "Carried at most", "m", d.CarryMetres, "A casualty is carried to a facility or an aircraft so near."),
		number(carrySpeedInput, "Carried at", "km/h", d.CarryKMH, "Straight, on foot."),
		number(offRoadInput, "Off the roads", "km/h", d.OffRoadKMH, "Of an ambulance between a place and its road, straight; an assumption about the ground."),
		number(snapInput, "Farthest from a road", "m", d.SnapMetres, "A place farther than this from every open road is not reached by road."),
		number(reloadInput, "Off and on again", "min", d.ReloadMin, "Where an ambulance drives on from advanced care to surgery."),
	}, roadFields())
}

// roadFields are those of roads, for an ambulance.
func roadFields() []geo.Field {
	out := slices.DeleteFunc(roads.Fields(), func(f geo.Field) bool { return f.Name == roads.DateInput }) // it is when
	for i := range out {
		if out[i].Name == roads.ProfileInput {
			out[i].Default = geo.String("ambulance")
		}
	}
	return out
}
