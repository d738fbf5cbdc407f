package intake

import "bivouac/geo"

// What is wrong with a row, and what is to be known of a comparison.
const (
	aboveCeiling geo.Sentence = "import-above-ceiling: {class} is above {ceiling}, up to which you see records; nobody writes what he may not read"
	otherMission geo.Sentence = "import-other-mission: \"{mission}\" is not one of your missions; nobody writes what he may not read"
	largeShape   geo.Sentence = "import-large-shape: has more bytes than a row may have"
	noSuchKey    geo.Sentence = "import-no-record: there is no record {key}, or none that you see; it may have been deleted since the file was written. Empty the cell to add the row as a new record"
	keyTwice     geo.Sentence = "import-key-twice: an earlier row is of record {key} already; empty the cell to add this one as a new record, or take one of them out"
	idTaken      geo.Sentence = "import-id-taken: another record has the id {id} already; give this one an id of its own, or mend that one first"
	otherRecord  geo.Sentence = "import-other-record: record {key} is another one, by its name, its time or its place; empty the cell to add this row as a new record, or name the column as the key if this is to become of it"
	wholeEmpty   geo.Sentence = "import-whole-empty: the file holds no rows, and as the whole collection it would delete every record; ask for the file again, or take the records away by themselves if they are to go"
	noneDeleted  geo.Sentence = "import-none-deleted: nothing is deleted: refused rows of which no id could be read ({n}) might be of records that the file would seem to lack; mend them first"
)

// Why an import cannot go on.
const (
	unopened      geo.Sentence = "import-unopened: cannot be opened: {cause}"
	unread        geo.Sentence = "import-unread: cannot be read: {cause}"
	otherFormat   geo.Sentence = "import-other-format: the file is {format}, not {wanted}; leave format out, or send another file"
	otherProfile  geo.Sentence = "import-other-profile: \"{profile}\" is for files of another collection than {collection}; leave collection or profile out"
	ourFault      geo.Sentence = "import-our-fault: the file could not be read by a fault of the program; tell who looks after it ({cause})"
	notStaged     geo.Sentence = "import-not-staged: it is {state}, and what is staged alone can be approved"
	beingTaken    geo.Sentence = "import-being-taken: it is being taken into the store; wait until that is done"
	takenAlready  geo.Sentence = "import-taken: it is in the store already; send the file again to take it in by other options"
	rowsUnknown   geo.Sentence = "import-rows-unknown: its rows are not known: it is {state}; wait until it is staged"
	rowsLost      geo.Sentence = "import-rows-lost: its rows are being compared anew, or are damaged on the disk; wait until it is staged, or have it compared anew"
	diskFull      geo.Sentence = "import-disk: the disk beside the store takes nothing more or cannot be read ({cause}); make room there and try again"
	noSuchPlace   geo.Sentence = "import-no-place: {after} is no place among these rows; follow the next link as it was given, or begin anew"
	largeFile     geo.Sentence = "import-large: a file may have {most} GiB here; send it in parts, or take it in with bivouac import beside the store"
	manyImports   geo.Sentence = "import-many: you have {n} imports already, which is the most that one may have; approve or delete one"
	largeTogether geo.Sentence = "import-large-together: all imports together would have more than {most} GiB; delete one, or wait until one is approved"
	noImport      geo.Sentence = "import-none: there is no import {id} of yours; /api/imports lists them"
	comeAlready   geo.Sentence = "import-come-already: the file has come as a whole already"
	otherPiece    geo.Sentence = "import-other-piece: another piece of the file is coming; end that one, ask HEAD how much has come, and go on from there"
	otherOffset   geo.Sentence = "import-other-offset: {n} bytes of the file have come; send the piece that begins there"
	moreBytes     geo.Sentence = "import-more-bytes: there are more bytes than the {size} that the import said; begin it anew with the right size"
)
