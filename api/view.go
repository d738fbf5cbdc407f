package api

import (
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// ViewKind is the kind of document that a saved view of the page is.
const ViewKind = "view"

// CheckView says what is wrong with a saved view before it is kept.
func CheckView(_ *layer.Snapshot, d *geo.Doc) error { return params.CheckView(d) }
