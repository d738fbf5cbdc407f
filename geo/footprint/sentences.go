package footprint

import "bivouac/geo"

// The step of a run.
const lookingInto geo.Sentence = "step-footprint-of: looking into {collection}"

// What limits an answer.
const (
	noReach        geo.Sentence = "footprint-no-reach: No base has a place and a radius: nothing is reached."
	radiusUnstated geo.Sentence = "footprint-radius-unstated: {n} bases state no patrol radius and were left out; give radius_m to take them in."
	peopleUnstated geo.Sentence = "footprint-people-unstated: {n} places state no population and count as 0 in its sums."
)
