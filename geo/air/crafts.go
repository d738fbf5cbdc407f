package air

import (
	"context"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// types are the assets that fly.
var types = []string{"helicopter", "fixed_wing", "unmanned"}

// Reasons for which a record is no craft.
const (
	NoAircraft = "no aircraft of a type that was asked about"
	NoneLeft   = "count of 0"
	noPlace    = "without a place"
)

// columns are the fields of an asset.
type columns struct {
	base, kind, count, day, night, cruise, reach, endurance, load, patients, flies int
}

func columnsOf(s *geo.Schema) (c columns, err error) {
	for _, f := range []struct {
		name string
		at   *int
	}{
		{"base", &c.base}, {"type", &c.kind}, {"count", &c.count}, {"notice_day_min", &c.day}, {"notice_night_min", &c.night}, {"cruise_kmh", &c.cruise},
		{"range_km", &c.reach}, {"endurance_h", &c.endurance}, {"load_min", &c.load}, {"patients", &c.patients}, {"night", &c.flies},
	} {
		if *f.at = s.Field(f.name); *f.at < 0 {
			return c, geo.Errorf(geo.Invalid, process.CollectionInput, "%s has no field %q: ask about assets, or a collection with their fields", s.Name, f.name)
		}
	}
	return c, nil
}

// fleet is the crafts that were asked about, and what was left out.
type fleet struct {
	layer    *layer.Layer
	crafts   []Craft
	selected int
	dropped  map[string]int
}

func read(ctx context.Context, w process.World, in geo.Values) (*fleet, error) {
	l, s, err := w.Selection(in)
	if err != nil {
		return nil, err
	}
	c, err := columnsOf(l.Schema())
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, v := range in[typesInput].List() {
		wanted[v.Text()] = true
	}
	f := &fleet{layer: l, dropped: map[string]int{}}
	rows, failed := l.Select(ctx, s)
	for row := range rows {
		f.selected++
		craft, why := c.craft(row)
		if why == "" && !wanted[craft.Type] {
			why = NoAircraft
		}
		if why != "" {
			f.dropped[why]++
			continue
		}
		f.crafts = append(f.crafts, craft)
	}
	return f, failed()
}

// craft reads a record.
func (c *columns) craft(row geo.Row) (Craft, string) {
	number := func(i int) float64 {
		v := row.Value(i)
		if v.Null() {
			return math.NaN()
		}
		return v.Float()
	}
	out := Craft{
		Key: row.Key(), Base: row.Value(c.base).Text(), Type: row.Value(c.kind).Text(), Mission: row.Mission(), Count: 1,
		NoticeDayMin: number(c.day), NoticeNightMin: number(c.night), CruiseKMH: number(c.cruise), RangeKM: number(c.reach),
		EnduranceH: number(c.endurance), LoadMin: number(c.load), Patients: number(c.patients), Night: row.Value(c.flies).Bool(),
	}
	if v := row.Value(c.count); !v.Null() {
		out.Count = int(v.Int())
	}
	at, ok := row.Point()
	switch {
	case !ok:
		return out, noPlace
	case out.Count <= 0:
		return out, NoneLeft
	}
	out.At = at
	return out, ""
}

// Crafts returns the aircraft of a collection with the fields of assets, of any
// type that flies; what is no craft is left out.
func Crafts(ctx context.Context, l *layer.Layer, s geo.Selection) ([]Craft, error) {
	c, err := columnsOf(l.Schema())
	if err != nil {
		return nil, err
	}
	var out []Craft
	rows, failed := l.Select(ctx, s)
	for row := range rows {
		if craft, why := c.craft(row); why == "" && slices.Contains(types, craft.Type) {
			out = append(out, craft)
		}
	}
	return out, failed()
}
