package main

import (
	"io/fs"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// centroid is the middle of an administrative area, where records stand of
// which no more is known than the area.
type centroid struct {
	mission, level string // district, region, country
	point          orb.Point
}

func (t *tables) readCentroids(inputs fs.FS) (err error) {
	t.centroids, err = readAs(inputs, "centroids.csv", func(l *line) centroid {
		return centroid{l.text("mission"), l.text("level"), l.point("longitude", "latitude")}
	})
	return err
}

// centre returns the mission's nearest middle of that level, which need not be
// that of the area that holds p: the areas themselves are not drawn. It
// returns false for a mission that has none.
func (t *tables) centre(mission, level string, p orb.Point) (nearest orb.Point, ok bool) {
	least := math.Inf(1)
	for _, c := range t.centroids {
		if c.mission != mission || c.level != level {
			continue
		}
		if d := measure.Distance(p, c.point); d < least {
			least, nearest, ok = d, c.point, true
		}
	}
	return nearest, ok
}
