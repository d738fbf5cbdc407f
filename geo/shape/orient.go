package shape

import (
	"cmp"

	"github.com/paulmach/orb"
)

// Orient returns a copy of g whose polygons follow the right-hand rule of RFC
// 7946: outer rings counter-clockwise, holes clockwise. A Ring is an outer
// ring. Other types are copied as they are. The direction is read in the
// plane: split what crosses the date line first. A ring without an area keeps
// its direction.
func Orient(g orb.Geometry) orb.Geometry {
	if g == nil {
		return nil
	}
	out := orb.Clone(g)
	orient(out)
	return out
}

func orient(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Ring:
		orientRing(g, 1)
	case orb.Polygon:
		for i, r := range g {
			orientRing(r, outward(i))
		}
	case orb.MultiPolygon:
		for _, p := range g {
			orient(p)
		}
	case orb.Collection:
		for _, part := range g {
			orient(part)
		}
	}
}

// outward is the direction of ring i of a polygon: 1 counter-clockwise.
func outward(i int) int {
	if i == 0 {
		return 1
	}
	return -1
}

func orientRing(r orb.Ring, want int) {
	if cmp.Compare(signedArea(r), 0) == -want {
		r.Reverse()
	}
}

// signedArea returns the area in square degrees, positive where the ring turns
// counter-clockwise, measured from its first position to keep digits.
func signedArea(r []orb.Point) (area float64) {
	for i := 1; i < len(r); i++ {
		ax, ay := r[i-1][0]-r[0][0], r[i-1][1]-r[0][1]
		bx, by := r[i][0]-r[0][0], r[i][1]-r[0][1]
		area += ax*by - ay*bx
	}
	return area / 2
}
