package footprint

import (
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// Choice says which records of a collection are the bases.
type Choice struct {
	Layer        *layer.Layer
	Keys         []geo.Key     // these; nil is all that are open
	RadiusMetres float64       // of every base; 0 is each base's own
	Select       geo.Selection // Reader and During
}

// The fields of a base that Choose reads.
const (
	nameField   = "name"
	radiusField = "patrol_radius_km"
)

// Reasons for which a record is not among the bases.
const (
	NotOpen  = "base not open"
	NoPlace  = "base without a place"
	NoRadius = "base without a patrol radius"
)

// Choose returns the bases and how many records were left out, by reason. A
// key that the reader does not see is an error that names it. A base without
// a status counts as open; one that is asked for by its key is taken whatever
// its status.
func Choose(ctx context.Context, c Choice) ([]Base, map[string]int, error) {
	dropped := map[string]int{}
	var bases []Base
	err := c.rows(ctx, func(row geo.Row) {
		b, reason := c.base(row)
		if reason != "" {
			dropped[reason]++
			return
		}
		bases = append(bases, b)
	})
	return bases, dropped, err
}

func (c Choice) rows(ctx context.Context, f func(geo.Row)) error {
	if c.Keys == nil {
		rows, failed := c.Layer.Select(ctx, c.Select)
		for row := range rows {
			f(row)
		}
		return failed()
	}
	keys := slices.Clone(c.Keys)
	slices.Sort(keys)
	for _, k := range slices.Compact(keys) {
		row, ok := c.Layer.Find(k, c.Select.Reader)
		if !ok {
			return geo.Errorf(geo.Invalid, "bases", "there is no record %d in %s", k, c.Layer.Schema().Name)
		}
		layer.See(ctx, row)
		f(row)
	}
	return nil
}

func (c Choice) base(row geo.Row) (Base, string) {
	b := Base{Key: row.Key(), Name: row.Named(nameField).Text(), Place: row.Geometry(), RadiusMetres: c.RadiusMetres}
	if b.RadiusMetres == 0 {
		b.RadiusMetres = row.Named(radiusField).Float() * 1000
	}
	switch {
	case c.Keys == nil && !process.IsOpen(row):
		return b, NotOpen
	case b.Place == nil:
		return b, NoPlace
	case b.RadiusMetres <= 0:
		return b, NoRadius
	}
	return b, ""
}
