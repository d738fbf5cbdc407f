package shape

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// assemble sorts rings into polygons: those that turn counter-clockwise are
// outer rings, those that turn clockwise are holes of the least outer ring
// around them. Rings without an area are left out. Holes in nothing, which
// valid polygons do not have, go to the greatest outer ring, so that they show.
func assemble(rings []orb.Ring) orb.MultiPolygon {
	var shells orb.MultiPolygon
	var holes []orb.Ring
	for _, r := range rings {
		switch r = slices.Compact(r); cmp.Compare(signedArea(r), 0) {
		case 1:
			shells = append(shells, orb.Polygon{r})
		case -1:
			holes = append(holes, r)
		}
	}
	slices.SortStableFunc(shells, func(a, b orb.Polygon) int {
		return cmp.Compare(signedArea(a[0]), signedArea(b[0]))
	})
	if len(shells) > 0 {
		giveHoles(shells, holes)
	}
	return shells
}

// giveHoles appends each hole to the first shell that has the most of its
// positions: all of them, but for rounding where rings touch.
func giveHoles(shells orb.MultiPolygon, holes []orb.Ring) {
	if len(holes) == 0 {
		return
	}
	outer := make([]*Prepared, len(shells))
	for i, s := range shells {
		outer[i], _ = Prepare(s[:1:1]) // finite, since SplitDateLine has looked
	}
	for _, h := range holes {
		best, most := len(shells)-1, 0
		for i, o := range outer {
			if n := held(o, h); n > most {
				best, most = i, n
			}
		}
		shells[best] = append(shells[best], h)
	}
}

// held counts the positions of a ring that a shape has.
func held(p *Prepared, r orb.Ring) (n int) {
	for _, pt := range r {
		if p.Has(pt) {
			n++
		}
	}
	return n
}
