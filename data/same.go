package data

import (
	"bytes"

	"bivouac/geo"
	"bivouac/geo/staging"
)

// sameRecord reports whether both hold the same, whichever Version wrote them.
// Nil is no record.
func sameRecord(s *geo.Schema, a, b *geo.Feature) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Valid == b.Valid && len(staging.Diff(s, a, b)) == 0
}

func sameDoc(a, b *geo.Doc) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Title == b.Title && bytes.Equal(a.Body, b.Body) && a.Class == b.Class && a.Mission == b.Mission
}
