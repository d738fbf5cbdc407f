package kml

import "bivouac/geo"

// What is wrong with a file or one of its shapes.
const (
	manyPlaces  geo.Sentence = "kml-many-places: a point has {n} places"
	deepShapes  geo.Sentence = "kml-deep-shapes: its shapes lie too deep within one another"
	noPlace     geo.Sentence = "kml-no-place: {value} is no place; write longitude,latitude with a point for decimals, and a space between places"
	noElement   geo.Sentence = "kml-no-element: is an XML text without an element; ask for it again"
	deepFolders geo.Sentence = "kml-deep-folders: folders lie more than {most} deep within one another"
)

// What is left out.
const (
	noLinks    geo.Sentence = "kml-no-links: links to other files are not followed; left out: {n} {element}"
	noPictures geo.Sentence = "kml-no-pictures: pictures are not read; left out: {n} {element}"
	noUpdates  geo.Sentence = "kml-no-updates: changes to other files are not made; left out: {n} {element}"
	noBodies   geo.Sentence = "kml-no-bodies: bodies in space are not read; left out: {n} {element}"
)
