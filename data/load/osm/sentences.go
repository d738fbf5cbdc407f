package osm

import "bivouac/geo"

// Why a file cannot be read.
const (
	noMap        geo.Sentence = "osm-none: is no OpenStreetMap file; .osm.pbf and .osm can be read"
	cutAtLine    geo.Sentence = "osm-cut-at-line: is cut off at line {line}; ask for it again"
	unreadAtLine geo.Sentence = "osm-unread-at-line: cannot be read at line {line}: {cause}"
	holdsChanges geo.Sentence = "osm-changes: holds changes of the map; apply them to an extract first"
	holdsHistory geo.Sentence = "osm-history: holds the history of the map; take the state of one day from it, as osmium time-filter does"
	needsFeature geo.Sentence = "osm-needs: needs {feature}, which is not read; write it anew, as osmium cat does"
	headerAlone  geo.Sentence = "osm-header-alone: holds a header and nothing else; ask for it again"
	cutInBlock   geo.Sentence = "osm-cut-in-block: is cut off in block {n}; ask for it again"
	damagedBlock geo.Sentence = "osm-damaged-block: is damaged in block {n} ({cause}); ask for it again"
	otherPacking geo.Sentence = "osm-packing: is packed by LZMA, bzip2, LZ4 or zstd; write it anew with zlib, as osmium cat -o out.osm.pbf IN does"
)
