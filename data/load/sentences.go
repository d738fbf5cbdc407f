package load

import (
	"fmt"

	"bivouac/geo"
)

// What is wrong with a value.
const (
	notBool       geo.Sentence = "row-not-bool: \"{value}\" is not true or false; write true or false"
	notWhole      geo.Sentence = "row-not-whole: \"{value}\" is not a whole number; write digits alone"
	notNumber     geo.Sentence = "row-not-number: \"{value}\" is not a number; write digits, with a point for decimals"
	notTime       geo.Sentence = "row-not-time: \"{value}\" is not a time; write it as 2006-01-02 or 2006-01-02T15:04:05Z"
	notList       geo.Sentence = "row-not-list: \"{value}\" is not a list"
	notKind       geo.Sentence = "row-not-kind: \"{value}\" is not a {kind}"
	noNumber      geo.Sentence = "row-no-number: \"{value}\" is not a number"
	decimalComma  geo.Sentence = "row-decimal-comma: \"{value}\" is not a number; write a point for decimals, and no separators of thousands"
	emptyRequired geo.Sentence = "row-empty: is empty, and every record of the collection needs it"
	unknownCode   geo.Sentence = "row-unknown-code: \"{value}\" is not a known code; write one of {codes}"
)

// What is wrong with a place.
const (
	noLongitude    geo.Sentence = "row-no-longitude: is empty beside a latitude; fill in both, or neither"
	noLatitude     geo.Sentence = "row-no-latitude: is empty beside a longitude; fill in both, or neither"
	nestedDegrees  geo.Sentence = "row-nested-degrees: is a list or an object; a number of degrees is needed"
	notDegrees     geo.Sentence = "row-not-degrees: {value} is not a number of degrees"
	unreadDegrees  geo.Sentence = "row-unread-degrees: {problem}; write degrees with decimals, such as -3.0026"
	latitudeOut    geo.Sentence = "row-latitude: {value} is no latitude; latitudes lie between -90 and 90"
	longitudeOut   geo.Sentence = "row-longitude: {value} is no longitude; longitudes lie between -180 and 180"
	swappedAxes    geo.Sentence = "row-swapped: {problem}; longitude and latitude look swapped"
	likeMetres     geo.Sentence = "row-metres: {problem}; these look like metres of a projected system: export the data in WGS84 degrees"
	otherShape     geo.Sentence = "row-other-shape: is a {shape}; {collection} holds the geometry type {type}"
	noShape        geo.Sentence = "row-no-shape: \"{value}\" is no shape; write WKT such as POINT(-3.0026 16.7666), WKB in hexadecimal digits, or GeoJSON"
	unreadShape    geo.Sentence = "row-unread-shape: \"{value}\" cannot be read as a shape: {cause}"
	longCollection geo.Sentence = "row-long-collection: the collection is too long"
	noSystem       geo.Sentence = "row-no-system: \"{value}\" names no system; write the code of one, such as SRID=4326"
)

// What is wrong with a row as a whole.
const (
	sameID          geo.Sentence = "row-same-id: \"{id}\" is the id of row {row} already"
	sameIDElsewhere geo.Sentence = "row-same-id-elsewhere: \"{id}\" is the id of row {row} already of {file}"
	badKey          geo.Sentence = "row-bad-key: \"{value}\" is no number of a record; write a whole number above 0, or empty it for a new record"
	emptyID         geo.Sentence = "row-empty-id: is empty, and the id of the record is to be derived from it; fill it in"
	unwritten       geo.Sentence = "row-unwritten: this row could not be read; write it out in the columns and empty this one, or take the row out"
	manyCells       geo.Sentence = "row-cells: has {n} cells, the header {names} names; put a text that holds the separator in quotes"
	fewNodes        geo.Sentence = "row-few-nodes: {id} has fewer than two of its nodes in the file"
)

// What is to be known of how a file was read.
const (
	readAsWestern      geo.Sentence = "file-western: the file is not UTF-8; it was read as Windows-1252. If letters with accents look wrong, name its encoding"
	longPositions      geo.Sentence = "file-long-positions: positions with more than three numbers, of which the rest was dropped: {n}"
	noCollection       geo.Sentence = "file-no-collection: the file does not say that its type is FeatureCollection; it was read as one"
	longRows           geo.Sentence = "file-long-rows: rows refused since they have more cells than the header has names: {n}"
	renamedColumn      geo.Sentence = "file-renamed-column: there are several columns \"{name}\"; column {n} became \"{became}\""
	swappedPlaces      geo.Sentence = "file-swapped: longitude and latitude look swapped: {n} of {of} places would lie in a mission's area the other way round, and lie in none as they are"
	placesAtZero       geo.Sentence = "file-at-zero: places at longitude 0, latitude 0, in the sea: {n}; often a place that nobody filled in"
	shapesSplit        geo.Sentence = "file-split: shapes cut at the date line: {n}"
	timesZoneless      geo.Sentence = "file-zoneless: times without a time zone, read as UTC: {n}"
	unknownCodes       geo.Sentence = "file-unknown-codes: codes of {field} that the schema does not know: {codes}"
	moreCodes          geo.Sentence = "file-more-codes: codes of {field} that the schema does not know: {codes} and {n} more"
	leftOut            geo.Sentence = "file-left-out: values left out, {n} of the column {column}: {why}"
	marksRefusal       geo.Sentence = "column-marks-refusal: it says why the row was refused before"
	ownKey             geo.Sentence = "column-own-key: it numbers the records of the store that the file was written from"
	repeated           geo.Sentence = "column-repeats: it repeats what a field of the file says"
	knownByKey         geo.Sentence = "file-known-by-key: rows are known by {column}, the number of their record here; those without one by their id, or as new"
	namesCut           geo.Sentence = "file-names-cut: names of columns that a shapefile has no room for were written out: {list}"
	ownKeyLeft         geo.Sentence = "file-own-key: the column {column} was left out: {why}"
	notNumbers         geo.Sentence = "file-not-numbers: {column} is kept as text, since some of its values are no numbers: {n} of {of}, the first in row {row} of {file}: \"{value}\"; mend the file if that is a slip"
	notTimes           geo.Sentence = "file-not-times: {column} is kept as text, since some of its values are no times: {n} of {of}, the first in row {row} of {file}: \"{value}\"; mend the file if that is a slip"
	notBools           geo.Sentence = "file-not-bools: {column} is kept as text, since some of its values are neither true nor false: {n} of {of}, the first in row {row} of {file}: \"{value}\"; mend the file if that is a slip"
	tableAlone         geo.Sentence = "file-table-alone: the file is the .dbf of a shapefile without its .shp: its records have the attributes alone, and a place only where columns say one. Ask for the .shp if there should be shapes"
	ofPersons          geo.Sentence = "column-of-persons: it holds data of persons, which have no place here"
	profileDrops       geo.Sentence = "column-profile-drops: the profile {profile} leaves it out"
	shapesUnplaced     geo.Sentence = "file-no-prj: nothing beside the .shp says its coordinate system (.prj); its coordinates were read as longitude and latitude. Name the system if that is wrong"
	fileUnplaced       geo.Sentence = "file-no-system: the file does not say its coordinate system; its coordinates were read as longitude and latitude. Name the system if that is wrong"
	gridUnplaced       geo.Sentence = "grid-no-system: the grid does not say its coordinate system; its coordinates were read as longitude and latitude. Name the system if that is wrong"
	layerUnplaced      geo.Sentence = "layer-no-system: the file says that nobody knows the coordinate system of {layer}; its coordinates were read as longitude and latitude. Name the system if that is wrong"
	negativePixels     geo.Sentence = "grid-negative: pixels below 0, left out: {n}; does the grid count people?"
	peopleCounted      geo.Sentence = "grid-counted: {n} pixels with people in {cells} cells of {km} km: {people} people in the grid, {counted} in the cells"
	mapRead            geo.Sentence = "map-read: read of the map: roads {roads}, barriers {barriers}, turn restrictions {restrictions}; elements by tag that was read: {tags}"
	noRoads            geo.Sentence = "map-no-roads: ways that are no road, left out: {list}"
	cutRoads           geo.Sentence = "map-cut-roads: roads cut at the edge of the file, so that what lies beyond is not connected: {n}; nodes that the file lacks: {missing}"
	unusedRestrictions geo.Sentence = "map-unused: turn restrictions that are not used: {list}"
)

// Why a file cannot be read, or not so.
const (
	givenUp          geo.Sentence = "file-given-up: the reading was given up: {cause}"
	unread           geo.Sentence = "file-unread: cannot be read: {cause}"
	unopened         geo.Sentence = "file-unopened: cannot be opened: {cause}"
	packedDamaged    geo.Sentence = "file-packed-damaged: the compressed file is cut off or damaged; ask for it again ({cause})"
	zipDamaged       geo.Sentence = "zip-damaged: the zip archive is cut off or damaged; ask for it again ({cause})"
	zipNoRows        geo.Sentence = "zip-empty: the zip archive holds no file with rows"
	notUnpacked      geo.Sentence = "file-not-unpacked: cannot be unpacked: {cause}; free some space for temporary files, or unpack it yourself"
	notRemoved       geo.Sentence = "file-not-removed: what was unpacked of it cannot be removed, and you may do so: {cause}"
	unpackedLarge    geo.Sentence = "file-unpacked-large: unpacks to more than {most} GB; unpack it yourself"
	unpacksToMuch    geo.Sentence = "file-unpacks-much: unpacks to more than {times} times its size, as no data do; unpack it yourself if you trust it"
	tooManyColumnsIn geo.Sentence = "file-columns: has {n} columns or more; up to {most} are read"
	largeRow         geo.Sentence = "file-large-row: line {line}: one row holds more than {most} MiB; is a closing quote missing?"
	cutInRow         geo.Sentence = "file-cut-in-row: the file is cut off, or a quote is never closed, in the row of line {line}"
	twoSystems       geo.Sentence = "file-two-systems: the file names two coordinate systems, {one} and {other}; write its parts to files of their own"
	otherFormat      geo.Sentence = "file-other-format: is of another format than {file}; load the files of the archive one by one"
	unknownFormat    geo.Sentence = "file-unknown-format: is of no format that is read; GeoJSON, CSV, Shapefile, GeoPackage, KML, GPX, FlatGeobuf, GeoTIFF and OpenStreetMap are"
	emptyFile        geo.Sentence = "file-empty: is empty"
	isBzip2          geo.Sentence = "file-bzip2: is packed by bzip2; unpack it first"
	isParquet        geo.Sentence = "file-parquet: is a Parquet file; turn it into GeoJSON or CSV first"
	isArchive        geo.Sentence = "file-archive: is an archive within an archive; unpack it first"
	isPDF            geo.Sentence = "file-pdf: is a PDF; ask for the data behind it"
	isWorkbook       geo.Sentence = "file-workbook: is a workbook of an old Excel; save it as CSV first"
	isWebPage        geo.Sentence = "file-web-page: is a web page, or XML that is neither KML nor GPX; ask for the data as GeoJSON or CSV"
	unknownEncoding  geo.Sentence = "file-unknown-encoding: \"{encoding}\" is not read; write UTF-8, UTF-16LE, UTF-16BE, or another name of the web such as Windows-1252 (Western), Windows-1256 (Arabic), Windows-1251 (Cyrillic) or ISO-8859-2"
	foreignLetters   geo.Sentence = "file-foreign-letters: is not UTF-8, and its letters are of no Western language; say its encoding, such as Windows-1256 for Arabic or Windows-1251 for Cyrillic"
	otherEncoding    geo.Sentence = "file-other-encoding: line {line} has bytes that are no characters of {encoding}; name the encoding that the file has, or none to have it found out"
	badSeparator     geo.Sentence = "file-bad-separator: {found} cannot separate columns; write one of , ; | or a tab"
	longSeparator    geo.Sentence = "file-long-separator: \"{found}\" is not one character; write a comma, a semicolon, a bar or the word tab"
	tableOfShapes    geo.Sentence = "file-table-of-shapes: is the table of the shapefile {file}, which lies beside it; name that one"
	shapesMissing    geo.Sentence = "file-shapes-missing: is the table of a shapefile, and its shapes are missing: there is no {file} beside it, though there is its {ending}; ask for the .shp too, or send the .dbf alone to have it read as a table"
	oneAxis          geo.Sentence = "file-one-axis: longitude and latitude columns are named together, or neither"
	noColumn         geo.Sentence = "file-no-column: the file has no column \"{column}\"; it has {columns}"
	noField          geo.Sentence = "file-no-field: {collection} has no field \"{name}\""
	noSuchLayer      geo.Sentence = "file-no-layer: the file has no layer \"{layer}\"; it has {layers}"
	severalLayers    geo.Sentence = "file-several-layers: the file has several layers, and one is to be named: {layers}"
	emptyGPX         geo.Sentence = "gpx-empty: the file has no way points, routes or tracks"
	profileNoField   geo.Sentence = "profile-no-field: {profile}: {collection} has no field \"{name}\""
	profileWrong     geo.Sentence = "profile-wrong: {profile}, {field}: {problem}"
)

// Why a grid cannot be counted.
const (
	needsWidth   geo.Sentence = "grid-needs-width: is a grid of numbers; if they are people, say how wide the cells shall be that they are counted in, from 0.1 to 1000 km, such as --cell-km 5"
	pixelNowhere geo.Sentence = "grid-nowhere: a pixel at {x} {y} lies nowhere on the globe; look at the system of the grid"
	manyCellsOf  geo.Sentence = "grid-many-cells: the grid fills more than {most} cells of {km} km; take wider cells, or cut it to the mission's area"
	samePixel    geo.Sentence = "grid-same-pixel: row {row}: the pixel at {x} {y} is that of row {first} already; its people would be counted twice"
	emptyGrid    geo.Sentence = "grid-empty: is a grid without a row; ask for it again"
	longGrid     geo.Sentence = "grid-long: the grid has more than {most} rows; cut it to the mission's area, or take it as a GeoTIFF"
	inRow        geo.Sentence = "grid-in-row: row {row}, {column}: {problem}"
	emptyPixel   geo.Sentence = "grid-empty-pixel: is empty; each pixel of a grid needs its place"
	noGrid       geo.Sentence = "grid-none: is no population grid; a table that is one has the columns longitude, latitude and population, and this one has {columns}. Leave out the width of cells to read it as records"
	uneven       geo.Sentence = "grid-uneven: row {row}: its pixels do not lie on a regular grid: {axis} step from {from} to {to}, and elsewhere by {step}. Ask for the grid as it was made, or leave out the width of cells to read the table as records"
)

// told is what is wrong with a part of a row.
func told(s geo.Sentence, values ...any) *geo.Said {
	said := s.With(values...)
	return &said
}

// quoted is the start of a text as it may stand between quotes.
func quoted[T []byte | string](text T, most int) string {
	q := fmt.Sprintf("%.*q", most, text)
	return q[1 : len(q)-1]
}
