package shape

import "bivouac/geo"

// In what way a shape is invalid.
const (
	notFinite      geo.Sentence = "shape-not-finite: a coordinate is not a finite number"
	swappedAxes    geo.Sentence = "shape-swapped: looks like latitude and longitude are swapped"
	latitudeOut    geo.Sentence = "shape-latitude: latitude {lat} is outside -90..90"
	longitudeOut   geo.Sentence = "shape-longitude: longitude {lon} is outside -180..180"
	longitudeRound geo.Sentence = "shape-longitude-round: longitude {lon} is outside -180..180 (write it as {right})"
	noPositions    geo.Sentence = "shape-no-positions: has no positions"
	onePosition    geo.Sentence = "shape-one-position: the line has one position and needs two"
	samePosition   geo.Sentence = "shape-same-position: all positions of the line are the same"
	noArea         geo.Sentence = "shape-no-area: the ring encloses no area"
	fewPositions   geo.Sentence = "shape-few-positions: the ring has {n} positions and needs four, the first repeated as the last"
	notClosed      geo.Sentence = "shape-not-closed: the ring is not closed: repeat its first position {lon} {lat} as its last"
	crossesItself  geo.Sentence = "shape-crosses-itself: the ring crosses or touches itself"
	runsBack       geo.Sentence = "shape-runs-back: the ring runs back over itself"
	crosses        geo.Sentence = "shape-crosses: the ring crosses {other}"
	repeats        geo.Sentence = "shape-repeats: the ring repeats {other}"
	sharesEdge     geo.Sentence = "shape-shares-edge: the ring shares an edge with {other}"
	holeInHole     geo.Sentence = "shape-hole-in-hole: the hole lies in another hole"
	holeOutside    geo.Sentence = "shape-hole-outside: the hole lies outside its outer ring"
	nestedPolygon  geo.Sentence = "shape-nested: the polygon lies in another polygon"
	inPieces       geo.Sentence = "shape-in-pieces: the rings touch so that they cut the interior in pieces"
)

// Which part of it, and where.
const (
	inPart         geo.Sentence = "shape-part: part {n}: {problem}"
	inRing         geo.Sentence = "shape-ring: ring {n}: {problem}"
	onceCut        geo.Sentence = "shape-once-cut: once cut at the date line: {problem}"
	atPlace        geo.Sentence = "shape-at: {problem}, at {lon} {lat}"
	outerRing      geo.Sentence = "shape-outer-ring: the outer ring"
	anotherHole    geo.Sentence = "shape-another-hole: another hole"
	anotherPolygon geo.Sentence = "shape-another-polygon: another polygon"
)
