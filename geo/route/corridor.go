package route

import (
	"cmp"
	"context"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/pattern"
)

// Corridor asks for the records within a distance of a track.
type Corridor struct {
	Track        *Track
	RadiusMetres float64 // the rim included
	Layer        *layer.Layer
	Select       geo.Selection
	Floor        pattern.Floor
}

// Nearby is a record in a corridor.
type Nearby struct {
	Row    geo.Row
	Along  float64 // metres from the beginning of the track to where it comes nearest; NaN for what is no point
	Metres float64 // from the track
}

// Beside is the records of a corridor, in the order of the track.
type Beside struct {
	Layer    *layer.Layer
	Found    []Nearby
	Selected int
	Dropped  map[string]int // of them: those of which it is not known whether they are in it, by reason
}

// Find returns the records, first those that are no points. They count by
// their nearest place.
func (c *Corridor) Find(ctx context.Context) (Beside, error) {
	b := Beside{Layer: c.Layer, Dropped: map[string]int{}}
	var err error
	if b.Selected, err = c.Layer.Count(ctx, c.Select); err != nil {
		return b, err
	}
	placed, err := c.Layer.CountPlaced(ctx, c.Select)
	if err != nil {
		return b, err
	}
	rows, failed := c.Layer.WalkWithin(ctx, c.Track.Shape(), c.RadiusMetres, c.Select)
	for row, metres := range rows {
		precision := c.Floor.Column(row.Table())
		code, sure := precision.Number(row.Number())
		if reason := c.Floor.Refuses(code, sure); reason != "" {
			b.Dropped[reason]++
			continue
		}
		b.Found = append(b.Found, Nearby{Row: row, Metres: metres, Along: c.along(row, metres)})
	}
	if n := b.Selected - placed; n > 0 {
		b.Dropped[pattern.NoPlace] = n
	}
	slices.SortFunc(b.Found, byPlace)
	return b, failed()
}

// byPlace orders what is near a track along it, equal ones by key.
func byPlace(x, y Nearby) int {
	return cmp.Or(cmp.Compare(x.Along, y.Along), cmp.Compare(x.Row.Key(), y.Row.Key()))
}

func (c *Corridor) along(row geo.Row, metres float64) float64 {
	if p, ok := row.Point(); ok {
		if along, _, ok := c.Track.Locate(p, metres+1); ok { // a metre for what is rounded
			return along
		}
	}
	return math.NaN()
}
