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
	level string // district, region, country
	point orb.Point
}

func (t *tables) readCentroids(inputs fs.FS) (err error) {
	t.centroids, err = readAs(inputs, "centroids.csv", func(l *line) centroid {
		return centroid{level: l.text("level"), point: l.point("longitude", "latitude")}
	})
	return err
}

// centre returns the nearest middle of that level, which need not be that of
// the area that holds p: the areas themselves are not drawn.
func (t *tables) centre(level string, p orb.Point) orb.Point {
	least, nearest := math.Inf(1), p
	for _, c := range t.centroids {
		if d := measure.Distance(p, c.point); c.level == level && d < least {
			least, nearest = d, c.point
		}
	}
	return nearest
}
