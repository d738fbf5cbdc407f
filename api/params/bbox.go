package params

import (
	"strings"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/filter"
)

// parseBox reads the least and the greatest corner of a box of the system,
// which is west,south,east,north in CRS84, or with the lowest and highest
// height in metres as third and sixth number. What the Box does not say
// becomes a predicate. A first longitude greater than the second crosses the
// date line.
func parseBox(s string, in crs.System) (geo.Box, geo.Predicate, error) {
	n, count := numbers(s)
	switch count {
	case 4:
		return in.Box(n[0], n[1], n[2], n[3])
	case 6:
		if n[2] > n[5] {
			return geo.Box{}, nil, geo.Errorf(geo.Invalid, "bbox", "the lower height %v is above the upper %v", n[2], n[5])
		}
		b, match, err := in.Box(n[0], n[1], n[3], n[4])
		return b, filter.And(match, filter.Heights(n[2], n[5])), err
	}
	return geo.Box{}, nil, badBox(s, in)
}

// numbers reads up to six numbers; a count of 0 says that it could not.
func numbers(s string) (n [6]float64, count int) {
	for rest, more := s, true; more; count++ {
		var part string
		part, rest, more = strings.Cut(rest, ",")
		if count == len(n) {
			return n, 0
		}
		var ok bool
		if n[count], ok = decimal(part); !ok {
			return n, 0
		}
	}
	return n, count
}

func badBox(s string, in crs.System) error {
	form := "west,south,east,north in degrees (or with heights: west,south,lowest,east,north,highest)"
	switch {
	case in == crs.LatLon:
		form = "south,west,north,east in degrees (or with heights: south,west,lowest,north,east,highest)"
	case in != crs.CRS84:
		form = "west,south,east,north in metres (or with heights: west,south,lowest,east,north,highest)"
	}
	return geo.Errorf(geo.Invalid, "bbox", "must be %s, not %q", form, clip(s))
}
