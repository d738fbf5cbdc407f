package data

import (
	"bytes"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// sameRecord reports whether both hold the same, whichever Version wrote them.
// Nil is no record.
func sameRecord(a, b *geo.Feature) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.SourceID == b.SourceID && a.Valid == b.Valid && a.Class == b.Class && a.Mission == b.Mission &&
		bytes.Equal(a.Extra, b.Extra) && sameShape(a, b) && sameValues(a, b)
}

func sameShape(a, b *geo.Feature) bool {
	if a.Geometry == nil || b.Geometry == nil {
		return a.Geometry == nil && b.Geometry == nil
	}
	return orb.Equal(a.Geometry, b.Geometry) && slices.EqualFunc(a.Z, b.Z, func(x, y float64) bool {
		return x == y || x != x && y != y // an unknown height is like another
	})
}

func sameValues(a, b *geo.Feature) bool {
	for i := range max(len(a.Values), len(b.Values)) {
		if !a.Value(i).Equal(b.Value(i)) {
			return false
		}
	}
	return true
}

func sameDoc(a, b *geo.Doc) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Title == b.Title && bytes.Equal(a.Body, b.Body) && a.Class == b.Class && a.Mission == b.Mission
}
