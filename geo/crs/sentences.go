package crs

import "bivouac/geo"

// Why coordinates of a file are no places.
const (
	unknownSystem geo.Sentence = "crs-unknown: the coordinates are in the system {system}, which is not read; turn the file into WGS84 first, for instance with ogr2ogr -t_srs EPSG:4326 OUT IN"
	unreadText    geo.Sentence = "crs-unread: the description of the coordinate system cannot be read ({text}); name the system yourself, such as EPSG:32638"
	eastingOut    geo.Sentence = "crs-easting: the easting is {easting}; in a zone it runs from about 166000 to 834000 metres"
	northingOut   geo.Sentence = "crs-northing: the northing is {northing}; it runs from 0 to 10000000 metres"
)
