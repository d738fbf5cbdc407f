package tile

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/layer"
)

// Numbers says where the selected records are: the last three add up to
// Matched.
type Numbers struct {
	Matched  int
	InTiles  int
	Outside  int // with a place, all of it beyond 85.0511 degrees
	Unplaced int // without a place
}

// CountOn returns how many of the selected records tiles show, and why not the
// others.
func CountOn(ctx context.Context, l *layer.Layer, s geo.Selection) (Numbers, error) {
	var n Numbers
	var err error
	if n.Matched, err = l.Count(ctx, s); err != nil {
		return n, err
	}
	placed, err := l.CountPlaced(ctx, s)
	if err != nil {
		return n, err
	}
	n.Unplaced = n.Matched - placed
	for _, cap := range caps {
		beyond, err := outside(ctx, l, s, cap)
		if err != nil {
			return n, err
		}
		n.Outside += beyond
	}
	n.InTiles = placed - n.Outside
	return n, nil
}

// caps are the places that no tile shows, their inner edges apart.
var caps = [...]geo.Box{
	{West: -180, South: crs.WebMercatorLatitude, East: 180, North: 90},
	{West: -180, South: -90, East: 180, North: -crs.WebMercatorLatitude},
}

func outside(ctx context.Context, l *layer.Layer, s geo.Selection, cap geo.Box) (int, error) {
	total := 0
	err := l.Runs(ctx, s, cap, func(geo.Box) bool { return false }, func(r layer.Run) bool {
		for n := r.From; n < r.To; n++ {
			if b, ok := r.Table.Bound(n); ok && (b.South > crs.WebMercatorLatitude && cap.North == 90 || b.North < -crs.WebMercatorLatitude && cap.South == -90) {
				total++
			}
		}
		return true
	})
	return total, err
}
