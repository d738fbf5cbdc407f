package roads

import "bivouac/geo"

// What answers about roads may warn of.
const (
	noHazard   geo.Sentence = "roads-no-hazard: No hazard in force is known, so that avoiding hazards changes nothing."
	unseasoned geo.Sentence = "roads-unseasoned: For {n} roads no area says when it rains; they count as dry."
	inParts    geo.Sentence = "roads-in-parts: The network falls into {n} parts between which no way leads; joins and closed roads say where that may be an error of the data."
)

// Steps of a run.
const (
	timesOfRoads  geo.Sentence = "step-road-times: times of the roads"
	partsTogether geo.Sentence = "step-road-parts: parts that hang together"
	basesOnRoads  geo.Sentence = "step-road-bases: bases on roads"
)
