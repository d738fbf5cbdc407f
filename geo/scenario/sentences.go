package scenario

import "bivouac/geo"

// What limits answers about a footprint.
const (
	noPlaces       geo.Sentence = "plan-no-places: There is no collection of places here: priority locations are none."
	placesUnstated geo.Sentence = "plan-places-unstated: {n} of {of} places state no population: they count as places, and as nobody."
	placesUnplaced geo.Sentence = "plan-places-unplaced: {n} places have no position and are left out."
	noMissionArea  geo.Sentence = "plan-no-mission-area: The mission {mission} has no area of kind mission: places everywhere count."
	noAssets       geo.Sentence = "plan-no-assets: There is no collection of assets here: no reaction force and no aircraft is known."
	noAircraft     geo.Sentence = "plan-no-aircraft: No aircraft is known: {why}"
	noMedical      geo.Sentence = "plan-no-medical: The medical factor is not reckoned: {why}"
	ofMedical      geo.Sentence = "plan-of-medical: Medical: {warning}"
	noIncidents    geo.Sentence = "plan-no-incidents: There is no collection of incidents here: nothing is known of threats."
	noSupplyRates  geo.Sentence = "plan-no-supply-rates: What is to be expected on supply roads is not reckoned: {why}"
	ofSupplyRoads  geo.Sentence = "plan-of-supply-roads: Supply roads: {warning}"
	allGap         geo.Sentence = "plan-all-gap: No aircraft comes anywhere in time: all is a gap."
	noRoads        geo.Sentence = "plan-no-roads: There are no roads here: nothing is known of ways by road."
	noBase         geo.Sentence = "plan-no-base: No base is open here that was asked about: nobody is reached by anybody."
	offRoads       geo.Sentence = "plan-off-roads: {n} of {of} bases are on no road, and reach nobody by road."
	noSupply       geo.Sentence = "plan-no-supply: {n} of {of} bases have no known way of supply: their rows say why."
	peopleUnstated geo.Sentence = "plan-people-unstated: {n} of {of} bases state no people: they weigh nothing in means over people."
	onlyReported   geo.Sentence = "plan-only-reported: Incidents are those that were reported. Where a base closed, fewer are: a lower number there need not be less danger."
	basesNotOpen   geo.Sentence = "plan-bases-not-open: {n} of the bases that were asked about are not open: what is reported about their surroundings counts at none, and may be less than what happens there."
	costUnstated   geo.Sentence = "plan-cost-unstated: Of {n} bases that close or open it is not stated what that costs: the cost is more than is said."
	yearUnstated   geo.Sentence = "plan-year-unstated: Of {n} of {of} bases it is not stated what they cost a year: the cost a year is more than is said."
	noneOnRoads    geo.Sentence = "plan-none-on-roads: No base that was asked about is on a road: none reaches anything."
	drawnWide      geo.Sentence = "plan-drawn-wide: Areas are drawn {metres} m to both sides of roads, since they are too large for less."
	roadsListed    geo.Sentence = "plan-roads-listed: {n} roads are out of reach; the {listed} longest are listed."
	forcesOffRoads geo.Sentence = "plan-forces-off-roads: {n} reaction forces are on no road, and help nobody by road."
	allClosed      geo.Sentence = "plan-all-closed: No base is open any more: the scenario closes every one that you see."
	ofOption       geo.Sentence = "plan-of-option: {option}: {warning}"
	mayNotDiffer   geo.Sentence = "plan-may-not-differ: These may not differ from the base line, since their 95 % intervals overlap: {measures}. They count into the scores all the same."
)

// What is wrong with a change, or to be thought of.
const (
	calledOtherwise  geo.Sentence = "change-called-otherwise: The scenario calls it {said}, and it is called {name}: is it the record that was meant?"
	addedNothing     geo.Sentence = "change-added-nothing: Change {n} added nothing, so that this one changes nothing."
	noRecord         geo.Sentence = "change-no-record: There is no record {key} in {collection} for you: it may have been deleted since. This change changes nothing."
	closedAlready    geo.Sentence = "change-closed-already: {name} is not open, so that closing it changes nothing."
	wasHub           geo.Sentence = "change-was-hub: {base} was supplied from {name}: give it another hub by a change."
	nothingToMerge   geo.Sentence = "change-nothing-to-merge: {name} is not open, so that there is nothing to merge."
	mergesIntoClosed geo.Sentence = "change-merges-into-closed: {name} is not open: nothing can be merged into it."
	tooMany          geo.Sentence = "change-too-many: {name} houses {capacity} people, and {people} would be there: {over} too many."
	farFromRoads     geo.Sentence = "change-far-from-roads: {lon} {lat} is {distance} from the nearest road: in the sea, or beyond all supply by road?"
	openAlready      geo.Sentence = "change-open-already: {name} is open already."
	standsNowhere    geo.Sentence = "change-stands-nowhere: {name} is not open: nothing can stand there."
)

// What a change did.
const (
	routeOpens       geo.Sentence = "change-route-opens: {name} is open all year round."
	isClosed         geo.Sentence = "change-is-closed: {name} is closed."
	isCleared        geo.Sentence = "change-is-cleared: {name} is cleared."
	baseCloses       geo.Sentence = "change-closes: {name} is closed; {people} people and {assets} records of assets leave."
	baseMerges       geo.Sentence = "change-merges: {name} is closed; {people} people and {assets} records of assets go to {into}."
	baseMoves        geo.Sentence = "change-moves: {name} moves, with {assets} records of assets."
	assetChanges     geo.Sentence = "change-asset-changes: The {type} of {name} is changed."
	isChanged        geo.Sentence = "change-changes: {name} is changed."
	baseOpens        geo.Sentence = "change-opens: {name} opens, with {people} people."
	assetGoes        geo.Sentence = "change-asset-goes: The {type} of {name} goes to {base}."
	assetLeavesBases geo.Sentence = "change-asset-leaves-bases: The {type} of {name} goes to a place without a base."
	assetIsAdded     geo.Sentence = "change-asset-is-added: A {type} is added."
)

// Steps of a run.
const (
	askingAbout     geo.Sentence = "step-asking-about: asking about {name}"
	findingReach    geo.Sentence = "step-responsible: finding what each base reaches"
	makingWorld     geo.Sentence = "step-world: making the world of the scenario"
	askingFootprint geo.Sentence = "step-footprint: asking about the footprint"
)
