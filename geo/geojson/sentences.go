package geojson

import "bivouac/geo"

// What is wrong with a text.
const (
	noFeature        geo.Sentence = "json-no-feature: the object is no feature: its type is {type}"
	badProperties    geo.Sentence = "json-properties: the properties are not an object"
	noRecord         geo.Sentence = "json-no-record: {found} stands where a record in braces should"
	geometryTwice    geo.Sentence = "json-geometry-twice: the geometry stands twice"
	propertiesTwice  geo.Sentence = "json-properties-twice: the properties stand twice"
	noGeometry       geo.Sentence = "json-no-geometry: a geometry is an object or null, not {found}"
	untyped          geo.Sentence = "json-untyped: the geometry does not say its type"
	noCoordinates    geo.Sentence = "json-no-coordinates: the {type} has no coordinates"
	unknownType      geo.Sentence = "json-unknown-type: {type} is not a geometry type of GeoJSON"
	typeNoText       geo.Sentence = "json-type-no-text: the type of a geometry is not a string"
	badCoordinates   geo.Sentence = "json-coordinates: the coordinates are not an array"
	shortPosition    geo.Sentence = "json-position: a position has {n} of the two numbers that it needs"
	nullCoordinate   geo.Sentence = "json-null-coordinate: a coordinate is null"
	textCoordinate   geo.Sentence = "json-text-coordinate: a coordinate is written as text; write it as a number, without quotes"
	deepCoordinates  geo.Sentence = "json-deep-coordinates: the coordinates lie deeper within one another than this type of geometry has them"
	wordNoNumber     geo.Sentence = "json-word-no-number: {found} is not a JSON number; write null where nothing is known"
	noNumber         geo.Sentence = "json-no-number: {found} is not a JSON number"
	largeNumber      geo.Sentence = "json-large-number: {found} is beyond the numbers that can be kept"
	controlCharacter geo.Sentence = "json-control: a string holds the control character {found}; is its closing quote missing?"
	unknownEscape    geo.Sentence = "json-escape: a string holds the unknown escape {found}"
	noHexadecimals   geo.Sentence = "json-hexadecimals: a string holds {found}, which is not four hexadecimal digits"
	behindEnd        geo.Sentence = "json-behind: {found} follows the end of the value"
	otherWanted      geo.Sentence = "json-instead: {found} stands where {wanted} should"
	commaWanted      geo.Sentence = "json-comma: {found} stands where a comma or {wanted} should"
	tooDeep          geo.Sentence = "json-deep: arrays and objects lie more than {n} deep within one another"
	noName           geo.Sentence = "json-no-name: {found} stands where a name in quotes should"
	noValue          geo.Sentence = "json-no-value: {found} is not a value"
	looseComma       geo.Sentence = "json-loose-comma: a comma stands between features that no collection holds"
	badFeatures      geo.Sentence = "json-features: the features are not an array"
	noGeoJSON        geo.Sentence = "json-no-geojson: {found} stands where an object or an array should; this is no GeoJSON"
)

// Why the reading ends.
const (
	wrongFrom    geo.Sentence = "json-line: line {line}: {problem}; what comes behind it cannot be read"
	cutAtStart   geo.Sentence = "json-cut-at-start: the file is cut off before its first whole feature; ask for it again"
	cutBehind    geo.Sentence = "json-cut: the file is cut off after feature {n} (line {line}); ask for it again"
	largeFeature geo.Sentence = "json-large: line {line}: one feature holds more than {most} MiB; simplify it or split it"
	wrongAt      geo.Sentence = "json-at: the JSON is wrong at byte {at}: {problem}"
	endsEarly    geo.Sentence = "json-ends: the JSON ends in the middle"
	notUTF8      geo.Sentence = "json-not-utf8: the text is not UTF-8; send it in that encoding"
)
