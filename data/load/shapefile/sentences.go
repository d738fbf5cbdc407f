package shapefile

import "bivouac/geo"

// What is wrong with a shape.
const (
	multipatch  geo.Sentence = "shp-multipatch: is a multipatch, a body in space; shapes on the ground are read"
	shortShape  geo.Sentence = "shp-short: the shape is shorter than it says"
	unknownType geo.Sentence = "shp-unknown-type: is of the unknown shape type {type}"
	endsEarly   geo.Sentence = "shp-ends-early: its part {n} begins behind its end"
	manyRings   geo.Sentence = "shp-many-rings: has {n} rings, too many to find out which is a hole of which"
)

// What is wrong with a file.
const (
	cutInHead       geo.Sentence = "shp-cut-in-head: the {ending} is cut off in its head; ask for the file again"
	cutAfter        geo.Sentence = "shp-cut-after: the .shp is cut off after shape {n}; ask for the file again"
	cutIn           geo.Sentence = "shp-cut-in: the .shp is cut off in shape {n}; ask for the file again"
	cutInRow        geo.Sentence = "shp-cut-in-row: the .dbf is cut off in row {n}; ask for the file again"
	noShapefile     geo.Sentence = "shp-none: is no shapefile, though its name says so; ask for it again"
	moreRows        geo.Sentence = "shp-more-rows: the .dbf has {n} rows more than the .shp has shapes, so that nobody knows which belong together; ask for the file again"
	impossibleShape geo.Sentence = "shp-impossible: shape {n} of the .shp says that it has {bytes} bytes, which cannot be; ask for the file again"
	badHead         geo.Sentence = "shp-bad-head: the head of the .dbf makes no sense; ask for the file again"
	wideColumns     geo.Sentence = "shp-wide-columns: the columns of the .dbf are wider than its rows; ask for the file again"
	endsAfter       geo.Sentence = "shp-ends-after: the .dbf ends after row {n}, though it says that {left} more follow; ask for the file again"
	unknownEncoding geo.Sentence = "shp-unknown-encoding: the .cpg names the encoding {encoding}, which is not read; name one yourself, such as UTF-8 or Windows-1252"
)

// What is to be known of a file.
const (
	unreadColumns   geo.Sentence = "shp-unread-columns: columns of the .dbf whose types are not read were left out: {columns}"
	starred         geo.Sentence = "shp-starred: numbers too wide for their column of the .dbf, which holds stars instead, and so unknown: {n}"
	guessedEncoding geo.Sentence = "shp-guessed-encoding: nothing says the encoding of the .dbf, and texts are not UTF-8 ({n}); they were read as Windows-1252. If letters look wrong, name the encoding"
	brokenTexts     geo.Sentence = "shp-broken-texts: texts of the .dbf with bytes that are no characters in its encoding: {n}; name the encoding if letters look wrong"
	fewRows         geo.Sentence = "shp-few-rows: the .dbf has fewer rows than the .shp has shapes; the last shapes have no attributes"
	noTable         geo.Sentence = "shp-no-table: there is no .dbf beside the .shp; the records have no attributes"
)
