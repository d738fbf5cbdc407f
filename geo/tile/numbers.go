package tile

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Numbers says where the selected records are: the last three add up to
// Matched.
type Numbers struct {
	Matched  int
	InTiles  int
	Outside  int // with a place, all of it beyond the end of the map
	Unplaced int // without a place
}

// CountOn returns how many of the selected records tiles of the grid show, and
// why not the others.
func CountOn(ctx context.Context, l *layer.Layer, g Grid, s geo.Selection) (Numbers, error) {
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
	n.Outside, err = outside(ctx, l, g, s)
	n.InTiles = placed - n.Outside
	return n, err
}

// outside counts the records that no tile shows. Each of them reaches beyond
// the northern edge of the map or else the southern one.
func outside(ctx context.Context, l *layer.Layer, g Grid, s geo.Selection) (int, error) {
	total, edge := 0, g.Latitude()
	if edge == 90 {
		return 0, nil
	}
	for _, end := range [...]geo.Box{
		{West: -180, South: edge, East: 180, North: 90},
		{West: -180, South: -90, East: 180, North: -edge},
	} {
		err := l.Runs(ctx, s, end, func(geo.Box) bool { return false }, func(r layer.Run) bool {
			for n := r.From; n < r.To; n++ {
				b, _ := r.Table.Bound(n)
				north := b.North > edge
				if north == (end.North == 90) && (north || b.South < -edge) && !g.shows(r.Table.Geometry(n)) {
					total++
				}
			}
			return true
		})
		if err != nil {
			return 0, err
		}
	}
	return total, nil
}
