package wkb

import "bivouac/geo"

// Why a shape is not taken.
const (
	otherSystem geo.Sentence = "wkb-system: its system is EPSG:{code}; export the data in WGS84 (EPSG:4326)"
	otherType   geo.Sentence = "wkb-type: shapes of the type {type} are not read"
)
