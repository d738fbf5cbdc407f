package scenario

import "bivouac/geo/process"

// What limits answers about a footprint.
const (
	noPlaces       process.Sentence = "plan-no-places: There is no collection of places here: priority locations are none."
	placesUnstated process.Sentence = "plan-places-unstated: {n} of {of} places state no population: they count as places, and as nobody."
	placesUnplaced process.Sentence = "plan-places-unplaced: {n} places have no position and are left out."
	noMissionArea  process.Sentence = "plan-no-mission-area: The mission {mission} has no area of kind mission: places everywhere count."
	noAssets       process.Sentence = "plan-no-assets: There is no collection of assets here: no reaction force and no aircraft is known."
	noAircraft     process.Sentence = "plan-no-aircraft: No aircraft is known: {why}"
	noMedical      process.Sentence = "plan-no-medical: The medical factor is not reckoned: {why}"
	ofMedical      process.Sentence = "plan-of-medical: Medical: {warning}"
	noIncidents    process.Sentence = "plan-no-incidents: There is no collection of incidents here: nothing is known of threats."
	noSupplyRates  process.Sentence = "plan-no-supply-rates: What is to be expected on supply roads is not reckoned: {why}"
	ofSupplyRoads  process.Sentence = "plan-of-supply-roads: Supply roads: {warning}"
	allGap         process.Sentence = "plan-all-gap: No aircraft comes anywhere in time: all is a gap."
	noRoads        process.Sentence = "plan-no-roads: There are no roads here: nothing is known of ways by road."
	noBase         process.Sentence = "plan-no-base: No base is open here that was asked about: nobody is reached by anybody."
	offRoads       process.Sentence = "plan-off-roads: {n} of {of} bases are on no road, and reach nobody by road."
	noSupply       process.Sentence = "plan-no-supply: {n} of {of} bases have no known way of supply: their rows say why."
	peopleUnstated process.Sentence = "plan-people-unstated: {n} of {of} bases state no people: they weigh nothing in means over people."
	onlyReported   process.Sentence = "plan-only-reported: Incidents are those that were reported. Where a base closed, fewer are: a lower number there need not be less danger."
	basesNotOpen   process.Sentence = "plan-bases-not-open: {n} of the bases that were asked about are not open: what is reported about their surroundings counts at none, and may be less than what happens there."
	costUnstated   process.Sentence = "plan-cost-unstated: Of {n} bases that close or open it is not stated what that costs: the cost is more than is said."
	yearUnstated   process.Sentence = "plan-year-unstated: Of {n} of {of} bases it is not stated what they cost a year: the cost a year is more than is said."
	noneOnRoads    process.Sentence = "plan-none-on-roads: No base that was asked about is on a road: none reaches anything."
	drawnWide      process.Sentence = "plan-drawn-wide: Areas are drawn {metres} m to both sides of roads, since they are too large for less."
	roadsListed    process.Sentence = "plan-roads-listed: {n} roads are out of reach; the {listed} longest are listed."
	forcesOffRoads process.Sentence = "plan-forces-off-roads: {n} reaction forces are on no road, and help nobody by road."
	allClosed      process.Sentence = "plan-all-closed: No base is open any more: the scenario closes every one that you see."
	ofOption       process.Sentence = "plan-of-option: {option}: {warning}"
	mayNotDiffer   process.Sentence = "plan-may-not-differ: These may not differ from the base line, since their 95 % intervals overlap: {measures}. They count into the scores all the same."
)

// What is wrong with a change, or to be thought of.
const (
	calledOtherwise  process.Sentence = "change-called-otherwise: The scenario calls it {said}, and it is called {name}: is it the record that was meant?"
	addedNothing     process.Sentence = "change-added-nothing: Change {n} added nothing, so that this one changes nothing."
	noRecord         process.Sentence = "change-no-record: There is no record {key} in {collection} for you: it may have been deleted since. This change changes nothing."
	closedAlready    process.Sentence = "change-closed-already: {name} is not open, so that closing it changes nothing."
	wasHub           process.Sentence = "change-was-hub: {base} was supplied from {name}: give it another hub by a change."
	nothingToMerge   process.Sentence = "change-nothing-to-merge: {name} is not open, so that there is nothing to merge."
	mergesIntoClosed process.Sentence = "change-merges-into-closed: {name} is not open: nothing can be merged into it."
	tooMany          process.Sentence = "change-too-many: {name} houses {capacity} people, and {people} would be there: {over} too many."
	farFromRoads     process.Sentence = "change-far-from-roads: {lon} {lat} is {distance} from the nearest road: in the sea, or beyond all supply by road?"
	openAlready      process.Sentence = "change-open-already: {name} is open already."
	standsNowhere    process.Sentence = "change-stands-nowhere: {name} is not open: nothing can stand there."
)

// What a change did.
const (
	routeOpens       process.Sentence = "change-route-opens: {name} is open all year round."
	isClosed         process.Sentence = "change-is-closed: {name} is closed."
	isCleared        process.Sentence = "change-is-cleared: {name} is cleared."
	baseCloses       process.Sentence = "change-closes: {name} is closed; {people} people and {assets} records of assets leave."
	baseMerges       process.Sentence = "change-merges: {name} is closed; {people} people and {assets} records of assets go to {into}."
	baseMoves        process.Sentence = "change-moves: {name} moves, with {assets} records of assets."
	assetChanges     process.Sentence = "change-asset-changes: The {type} of {name} is changed."
	isChanged        process.Sentence = "change-changes: {name} is changed."
	baseOpens        process.Sentence = "change-opens: {name} opens, with {people} people."
	assetGoes        process.Sentence = "change-asset-goes: The {type} of {name} goes to {base}."
	assetLeavesBases process.Sentence = "change-asset-leaves-bases: The {type} of {name} goes to a place without a base."
	assetIsAdded     process.Sentence = "change-asset-is-added: A {type} is added."
)

// Steps of a run.
const (
	askingAbout     process.Sentence = "step-asking-about: asking about {name}"
	findingReach    process.Sentence = "step-responsible: finding what each base reaches"
	makingWorld     process.Sentence = "step-world: making the world of the scenario"
	askingFootprint process.Sentence = "step-footprint: asking about the footprint"
)
