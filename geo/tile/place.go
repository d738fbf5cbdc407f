package tile

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
)

// placeOf returns where a record is counted as a point: a point itself; of a
// multipoint its first position on the map, or its first where none is. False
// for records of other shapes, which are drawn and not counted.
func placeOf(t geo.Table, n uint32) (orb.Point, bool) {
	if p, ok := t.Point(n); ok {
		return p, true
	}
	many, ok := t.Geometry(n).(orb.MultiPoint)
	if !ok || len(many) == 0 {
		return orb.Point{}, false
	}
	for _, p := range many {
		if onMap(p[1]) {
			return p, true
		}
	}
	return many[0], true
}

func onMap(lat float64) bool { return math.Abs(lat) <= crs.WebMercatorLatitude }
