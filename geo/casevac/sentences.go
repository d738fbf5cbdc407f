package casevac

import "bivouac/geo"

// What was assumed, and what limits an answer.
const (
	noAmbulance      geo.Sentence = "care-no-ambulance: There are no roads here: nobody is brought by ambulance."
	assumed          geo.Sentence = "care-assumed: Assumed where records are silent: {what} ({n} records)."
	aidAssumed       geo.Sentence = "care-aid-assumed: First aid is assumed to be with every casualty after {min} minutes: somebody trained and equipped for it goes with each patrol."
	landsBeside      geo.Sentence = "care-lands-beside: Helicopters are assumed to find a place to land beside the casualty; with landing=sites they land at bases and landing sites alone."
	notHere          geo.Sentence = "care-not-here: There is no collection {collection} here."
	unlimitedFlights geo.Sentence = "care-unlimited: {n} aircraft state neither range nor endurance, and are not limited by them."
	nothingSelected  geo.Sentence = "care-nothing-selected: No base and no asset is selected: look at the mission, the filters and the date."
	noAdvanced       geo.Sentence = "care-no-advanced: No open base gives advanced care: nobody is brought anywhere."
	noSurgery        geo.Sentence = "care-no-surgery: No open base does surgery."
	noCarriers       geo.Sentence = "care-no-carriers: There is no asset that carries casualties: they come only as far as they are carried."
	straightFlights  geo.Sentence = "care-straight-flights: Flights are straight; terrain, closed airspace and crew hours are not reckoned with, nor the range of ambulances. An aircraft goes out, on to the facility and home on one filling."
	byItself         geo.Sentence = "care-by-itself: Each place is asked about by itself, with all assets at home and all facilities empty: a second casualty may wait longer, see casevac-chain."
	twoJourneys      geo.Sentence = "care-two-journeys: For {n} casualties advanced care and surgery are each in time, but by two journeys of which each can make one: the evacuation says what he gets."
	firstMended      geo.Sentence = "care-first-mended: What would mend it is tried for the first {n} different casualties."
	inTurn           geo.Sentence = "care-in-turn: Each casualty takes what is best for him of what is left when he is called in: another order may serve all of them better. A notice begins anew after an asset's return; beds and surgeries are those of a day."
	usualNoticeDay   geo.Sentence = "care-usual-notice-day: {type}: notice by day of {min} min"
	usualNoticeNight geo.Sentence = "care-usual-notice-night: {type}: notice by night of {min} min"
	usualCruise      geo.Sentence = "care-usual-cruise: {type}: cruising speed of {kmh} km/h"
	usualLoading     geo.Sentence = "care-usual-loading: {type}: loading time of {min} min"
	usualRoom        geo.Sentence = "care-usual-room: {type}: room for {n} patient"
	usualSurgeries   geo.Sentence = "care-usual-surgeries: {medical_level}: {n} surgeries a day"
	drivesByNight    geo.Sentence = "care-drives-by-night: that an ambulance drives by night"
	noFlightByNight  geo.Sentence = "care-no-flight-by-night: that an aircraft does not fly by night"
)

// Steps of a run.
const (
	bringing   geo.Sentence = "step-bringing: bringing casualties to care"
	mending    geo.Sentence = "step-mending: trying what would mend it"
	drivingOut geo.Sentence = "step-driving-out: driving to the casualties"
	drivingIn  geo.Sentence = "step-driving-in: driving to care"
	carrying   geo.Sentence = "step-carrying: carrying"
	flying     geo.Sentence = "step-flying: flying"
	firstAid   geo.Sentence = "step-first-aid: first aid"
)
