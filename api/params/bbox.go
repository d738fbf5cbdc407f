package params

import (
	"strings"

	"bivouac/geo"
	"bivouac/geo/filter"
)

// parseBox reads west,south,east,north, or with the lowest and highest height
// in metres as third and sixth number, which then become a predicate. A West
// greater than the East crosses the date line.
func parseBox(s string) (geo.Box, geo.Predicate, error) {
	var n [6]float64
	count := 0
	for rest, more := s, true; more; count++ {
		var part string
		part, rest, more = strings.Cut(rest, ",")
		if count == len(n) {
			return geo.Box{}, nil, badBox(s)
		}
		var ok bool
		if n[count], ok = decimal(part); !ok {
			return geo.Box{}, nil, badBox(s)
		}
	}
	switch count {
	case 4:
		b, err := geo.CheckBox(n[0], n[1], n[2], n[3])
		return b, nil, err
	case 6:
		if n[2] > n[5] {
			return geo.Box{}, nil, geo.Errorf(geo.Invalid, "bbox", "the lower height %v is above the upper %v", n[2], n[5])
		}
		b, err := geo.CheckBox(n[0], n[1], n[3], n[4])
		return b, filter.Heights(n[2], n[5]), err
	}
	return geo.Box{}, nil, badBox(s)
}

func badBox(s string) error {
	return geo.Errorf(geo.Invalid, "bbox", "must be west,south,east,north in degrees (or with heights: west,south,lowest,east,north,highest), not %q", clip(s))
}
