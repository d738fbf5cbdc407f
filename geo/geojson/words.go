package geojson

import "hash/maphash"

// words keeps short strings that were met before, so that the codes and days
// which fill field data are held once and cost no allocation again. It forgets
// on collision, so it never grows.
type words struct {
	seed maphash.Seed
	slot []string
}

const (
	wordSlots = 4096
	wordBytes = 40 // longer strings rarely come twice
)

func newWords() words {
	return words{maphash.MakeSeed(), make([]string, wordSlots)}
}

func (w *words) of(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) > wordBytes || w.slot == nil {
		return string(b)
	}
	at := &w.slot[maphash.Bytes(w.seed, b)%wordSlots]
	if *at != string(b) {
		*at = string(b)
	}
	return *at
}
