package roads

import "bivouac/geo/process"

// What answers about roads may warn of.
const (
	noHazard   process.Sentence = "roads-no-hazard: No hazard in force is known, so that avoiding hazards changes nothing."
	unseasoned process.Sentence = "roads-unseasoned: For {n} roads no area says when it rains; they count as dry."
	inParts    process.Sentence = "roads-in-parts: The network falls into {n} parts between which no way leads; joins and closed roads say where that may be an error of the data."
)

// Steps of a run.
const (
	timesOfRoads  process.Sentence = "step-road-times: times of the roads"
	partsTogether process.Sentence = "step-road-parts: parts that hang together"
	basesOnRoads  process.Sentence = "step-road-bases: bases on roads"
)
