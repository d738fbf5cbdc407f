package shape

import (
	"cmp"
	"math"
	"slices"

	"bivouac/geo/measure"
)

// distinct joins discs that are the same, in an order of their own.
func distinct(rims []rim) []rim {
	slices.SortStableFunc(rims, func(a, b rim) int { return cmp.Compare(a.Radius(), b.Radius()) })
	var out []rim
	first := 0 // of those whose radius is not too small
	for _, r := range rims {
		for first < len(out) && out[first].Radius() < r.Radius()-sameMetres {
			first++
		}
		i := slices.IndexFunc(out[first:], func(o rim) bool { return same(o, r) })
		if i >= 0 {
			out[first+i].times += r.times
			continue
		}
		out = append(out, r)
	}
	return out
}

func same(a, b rim) bool {
	if math.Abs(a.Centre()[1]-b.Centre()[1]) > 1e-8 { // a millimetre
		return false
	}
	return measure.Distance(a.Centre(), b.Centre())+math.Abs(a.Radius()-b.Radius()) <= sameMetres
}

// band is the latitudes that a disc reaches, in degrees, not less.
type band struct {
	south, north float64
	rim          int32
}

func bandsOf(rims []rim) []band {
	out := make([]band, len(rims))
	for i := range rims {
		lat := rims[i].Centre()[1]
		by := rims[i].Radius()/measure.LowerMetresPerRadian*180/math.Pi + 1e-9
		out[i] = band{lat - by, lat + by, int32(i)}
	}
	slices.SortFunc(out, func(a, b band) int {
		return cmp.Or(cmp.Compare(a.south, b.south), cmp.Compare(a.rim, b.rim))
	})
	return out
}

// pairs calls do with every two rims whose latitudes overlap. A disc that
// reaches over a pole still has the latitudes up to it.
func pairs(rims []rim, do func(a, b int32)) {
	list := bandsOf(rims)
	for i, a := range list {
		for _, b := range list[i+1:] {
			if b.south > a.north {
				break
			}
			do(a.rim, b.rim)
		}
	}
}
