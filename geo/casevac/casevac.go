// Package casevac answers how long a casualty is without care: first aid within
// ten minutes, advanced care within an hour, damage-control surgery within two
// (the 10-1-2 timelines), by road, by air and by both.
//
// A [Cover] is bases, assets and roads under [Params]. [Cover.Minutes] gives
// the times of many places, as a map wants them; [Cover.Chain] the legs of one
// casualty; [Cover.Allocate] those of several, who share what there is. All
// three decide alike: times are whole milliseconds, each leg rounded by itself,
// so that legs add up to what the map shows.
//
// Flights are straight, along geodesics on WGS84, out, on and home within range
// and endurance; drives are the quickest ways of [bivouac/geo/network]. What a
// record does not state is filled in by [Asset.Assume] and
// [Facility.Assume], which say so.
package casevac

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
)

// Never is the time of what does not come.
const Never = network.Closed

// Stage is what a casualty waits for.
type Stage string

// The stages. An evacuation is one journey that brings advanced care in time
// and then surgery; the two before may be different journeys.
const (
	FirstAid   Stage = "first_aid"
	Advanced   Stage = "advanced_care"
	Surgery    Stage = "surgery"
	Evacuation Stage = "evacuation"
)

// Facility is a base: where care is given, or where aircraft land.
type Facility struct {
	Key       geo.Key
	Name      string
	At        orb.Point
	Level     string  // of care: "" or "none", L1, L1+, L2 and above
	Module    bool    // a surgical module stands there
	Surgeries float64 // a day; NaN is not known
	Beds      float64 // NaN is not known
	Helipad   bool
	RunwayM   float64
}

// Kind is how an asset moves.
type Kind string

// The kinds.
const (
	Helicopter Kind = "helicopter"
	FixedWing  Kind = "fixed_wing"
	Ambulance  Kind = "ambulance"
)

// Asset is a means of evacuation at its home. NaN is what its record does not
// state.
type Asset struct {
	Key            geo.Key
	Home           geo.Key // the base that it stands at; 0 for none
	Base           string  // what its home is called
	Kind           Kind
	At             orb.Point
	Count          int
	NoticeDayMin   float64
	NoticeNightMin float64
	CruiseKMH      float64 // of aircraft
	RangeKM        float64 // NaN or 0 does not limit it, as with endurance
	EnduranceH     float64
	LoadMin        float64
	OffloadMin     float64
	Patients       float64
	Night          bool // whether it works by night
}

// Site is a place where helicopters land, beside the bases.
type Site struct {
	Name string
	At   orb.Point
}

// Aider is who gives first aid and comes by road or on foot.
type Aider struct {
	Name      string
	At        orb.Point
	NoticeMin float64
}

// Params say how evacuation goes.
type Params struct {
	FirstAidLimitMin, AdvancedLimitMin, SurgeryLimitMin float64

	NotifyMin    float64 // from the wound to whoever sends help
	ClearanceMin float64 // before an aircraft may start: the host's leave
	WeatherMin   float64 // and waiting for weather
	TurnroundMin float64 // from its return until an asset may be sent anew
	ReloadMin    float64 // to get a casualty off and on again where an ambulance drives on from advanced care

	Road, Air, Mixed bool // by ambulance, by aircraft, by one to the other

	Night func(orb.Point) bool // whether it is night where the casualty lies; nil is day

	LandAnywhere  bool    // helicopters land beside the casualty, wherever that is
	Sites         []Site  // where they land beside the bases
	LandingMetres float64 // how far a facility may lie from where an aircraft lands
	RunwayMetres  float64 // that aircraft with wings need
	CarryMetres   float64 // how far a casualty is carried
	CarryKMH      float64
	OffRoadKMH    float64 // between a place and its road
	SnapMetres    float64 // how far from a road a place may lie

	FirstAidMin float64 // where first aid comes with the casualty
	Aiders      []Aider // who give first aid; nil is that it comes with the casualty

	Share bool // a lift takes as many casualties of one place as it has room for
}

// Defaults are the parameters of the report's timelines; all else are
// assumptions of ours.
func Defaults() Params {
	return Params{
		FirstAidLimitMin: 10, AdvancedLimitMin: 60, SurgeryLimitMin: 120,
		NotifyMin: 5, TurnroundMin: 30, ReloadMin: 10,
		Road: true, Air: true, Mixed: true, LandAnywhere: true,
		LandingMetres: 2000, RunwayMetres: 1000, CarryMetres: 1000, CarryKMH: 4, OffRoadKMH: 10, SnapMetres: 20_000,
		FirstAidMin: 5, Share: true,
	}
}

// check says which parameter gives no answer.
func (p *Params) check() error {
	for _, f := range []struct {
		input string
		value float64
		above bool // must be more than 0
	}{
		{firstAidLimitInput, p.FirstAidLimitMin, true}, {advancedLimitInput, p.AdvancedLimitMin, true}, {surgeryLimitInput, p.SurgeryLimitMin, true},
		{notifyInput, p.NotifyMin, false}, {clearanceInput, p.ClearanceMin, false}, {weatherInput, p.WeatherMin, false}, {turnroundInput, p.TurnroundMin, false},
		{reloadInput, p.ReloadMin, false}, {landingInput, p.LandingMetres, false}, {runwayInput, p.RunwayMetres, false}, {carryInput, p.CarryMetres, false},
		{carrySpeedInput, p.CarryKMH, true}, {offRoadInput, p.OffRoadKMH, true}, {snapInput, p.SnapMetres, false}, {firstAidMinInput, p.FirstAidMin, false},
	} {
		if f.above && !(f.value > 0) {
			return geo.Errorf(geo.Invalid, f.input, "must be more than 0")
		}
		if !(f.value >= 0 && f.value <= most) {
			return geo.Errorf(geo.Invalid, f.input, "must be from 0 to %v", most)
		}
	}
	return nil
}

// most is more than any minutes, metres or speeds that make sense.
const most = 1_000_000.0
