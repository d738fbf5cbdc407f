package flatgeobuf

import "bivouac/geo"

// What is wrong with a file or a feature, and what is left out.
const (
	unknownType       geo.Sentence = "fgb-unknown-type: its shape is of type {type}, which is not read; points, lines, polygons and collections are"
	damaged           geo.Sentence = "fgb-damaged: its bytes are damaged"
	binaryValues      geo.Sentence = "fgb-binary: values that are bytes which no field takes, left out: {n}"
	cutInHead         geo.Sentence = "fgb-cut-in-head: the file is cut off in its head; ask for it again"
	cutInIndex        geo.Sentence = "fgb-cut-in-index: the file is cut off in its index; ask for it again"
	cutAfter          geo.Sentence = "fgb-cut-after: the file is cut off after feature {n} of {of}; ask for it again"
	cutIn             geo.Sentence = "fgb-cut-in: the file is cut off in feature {n}; ask for it again"
	otherVersion      geo.Sentence = "fgb-version: is no FlatGeobuf of version 3"
	impossibleHead    geo.Sentence = "fgb-impossible-head: its head says that it has {bytes} bytes, which cannot be; ask for the file again"
	badHead           geo.Sentence = "fgb-bad-head: the head of the file makes no sense; ask for it again"
	impossibleFeature geo.Sentence = "fgb-impossible-feature: feature {n} says that it has {bytes} bytes, which cannot be; ask for the file again"
)
