package casevac

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

const (
	cellInput    = "cells"
	countedInput = "count"
	peopleInput  = "people"
	routesInput  = "routes"
	stepInput    = "route_step_m"
	filtersInput = "count_filters"
	legsInput    = "base_legs"
)

// SurfaceProcess is the times of a whole area as an analysis. cache keeps the
// roads under conditions; it may be nil.
func SurfaceProcess(cache *network.Cache) process.Process {
	return process.Process{
		ID:    "casevac-surface",
		Title: "Casualty evacuation cover",
		Description: "How long a casualty is without first aid, advanced care and surgery, in every cell of an area, at bases, at places and along routes: minutes, and where the limits of 10-1-2 are kept. " +
			"Each place is asked about as if all assets were free; casevac-chain tells its legs.",
		In:    surfaceInputs(),
		Out:   surfaceOutputs(),
		Roads: true,
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			m, err := Read(ctx, cache, w, in)
			if err != nil {
				return process.Result{}, err
			}
			return (&survey{Means: m}).run(ctx, progress)
		},
	}
}

func surfaceInputs() geo.Schema {
	nothing := 0.0
	return geo.Schema{Name: "casevac-surface", Fields: slices.Concat([]geo.Field{
		{Name: process.AreaInput, Title: "Study area", Kind: geo.KindGeometry, Description: "GeoJSON Polygon or MultiPolygon, its edges straight on the map; without it the box, or the area of the mission."},
		{Name: process.BoxInput, Title: "Box", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat}, Description: "West, south, east and north in degrees, instead of an area."},
		{Name: cellInput, Title: "Cells", Kind: geo.KindString, Enum: []string{string(grid.Hexagon), string(grid.Square)}, Default: geo.String(string(grid.Hexagon)), Description: "Of equal area; a cell has the times of its middle."},
		{Name: grid.WidthInput, Title: "Cell width", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Description: "From side to side; without it some thousand cells, rounded up to 1, 2 or 5 and zeros."},
		{Name: countedInput, Title: "Count", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString, Role: geo.CollectionRole}, Default: geo.List(geo.String("places")), Description: "Collections of points whose times are told, in the study area."},
		{Name: filtersInput, Title: "Filters of what is counted", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}, Description: "Only records for which this is true, in CQL2: one for each collection that is counted, empty for all of it."},
		{Name: process.TimeInput, Title: "Time of what is counted", Kind: geo.KindInterval, Description: "Only records that stood at some moment of this day, time or start/end; .. is an open end."},
		{Name: peopleInput, Title: "People", Kind: geo.KindString, Default: geo.String("population"), Description: "Number field of theirs that is added up."},
		{Name: routesInput, Title: "Routes", Kind: geo.KindString, Role: geo.CollectionRole, Default: geo.String("routes"), Description: "Collection of lines, in the study area, of whose length is told which share is in time; none for none."},
		{Name: stepInput, Title: "Step along routes", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Default: geo.Float(2000), Description: "Routes are cut into pieces of at most this length, each with the times of its middle."},
		{Name: legsInput, Title: "Legs from bases", Kind: geo.KindBool, Default: geo.Bool(false), Description: "Tell the legs to surgery from each base too."},
	}, fields())}
}

func outcomeField() geo.Field {
	return geo.Field{Name: "outcome", Title: "Outcome", Kind: geo.KindString, Enum: Outcomes(),
		Description: "in_time: one evacuation keeps all limits. not_together: advanced care and surgery are each in time, but by two journeys of which a casualty can make one. Of several delays the gravest."}
}

func stageFields() []geo.Field {
	return []geo.Field{
		process.Number("surgery_min", "To surgery", "min"), process.Number("advanced_min", "To advanced care", "min"), process.Number("first_aid_min", "To first aid", "min"),
		{Name: "together_min", Title: "To surgery, with advanced care in time on the way", Unit: "min", Kind: geo.KindFloat}, outcomeField(),
		modeField(), process.Text("facility", "Surgery at"), process.Text("asset", "Brought by"), process.Text("advanced_at", "Advanced care at"), process.Flag("night", "By night"),
	}
}

func surfaceOutputs() geo.Schema {
	list := func(name, title, text string, fields ...geo.Field) geo.Field {
		return geo.Field{Name: name, Title: title, Kind: geo.KindList, Description: text, Items: &geo.Field{Kind: geo.KindRecord, Fields: fields}}
	}
	shares := []geo.Field{process.Number("advanced_share", "Advanced care in time", "1"), process.Number("surgery_share", "Surgery in time", "1"), process.Number("in_time_share", "All in time", "1")}
	return geo.Schema{Name: "casevac-surface", Fields: []geo.Field{
		{Name: "surface", Title: "Minutes", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection: cells with the minutes from their middles, null where nothing comes, and whether the limits are kept.", Fields: append(stageFields(), process.Text("cell", "Cell"))},
		list("bases", "Bases", "The longest to surgery first.", append([]geo.Field{process.Text("name", "Base"), process.Whole("key", "Key")}, stageFields()...)...),
		list("base_legs", "Legs from bases", "To surgery, of each base, where they are asked for, as casevac-chain tells them.", append([]geo.Field{process.Whole("key", "Key"), process.Text("name", "Base")}, legFields()...)...),
		list("places", "Places", fmt.Sprintf("Records of the collections that are counted, the longest to surgery first, %d at most.", mostListed),
			append([]geo.Field{process.Text("name", "Place"), process.Text("collection", "Collection"), process.Whole("key", "Key"), process.Number("people", "People", "1")}, stageFields()...)...),
		list("counts", "Counted", "Of each collection.", process.Text("collection", "Collection"), process.Whole("records", "Records"), process.Whole("advanced", "Advanced care in time"), process.Whole("surgery", "Surgery in time"), process.Whole("in_time", "All in time"),
			process.Number("people", "People", "1"), process.Number("people_advanced", "People with advanced care in time", "1"), process.Number("people_surgery", "People with surgery in time", "1"), process.Number("people_in_time", "People with all in time", "1"),
			process.Whole("unstated", "Records that state no people"), process.Whole("without_point", "Records without a single point")),
		list("routes", "Routes", "Shares of their length, the least in time first.", append([]geo.Field{process.Text("name", "Route"), process.Whole("key", "Key"), process.Number("km", "Length", "km"), process.Number("worst_min", "Longest to surgery", "min")}, shares...)...),
		list("areas", "Area by outcome", "", outcomeField(), process.Whole("cells", "Cells"), process.Number("km2", "Area", "km2"), process.Number("share", "Share", "1")),
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: slices.Concat(grid.CoverFields(), []geo.Field{process.Number("area_km2", "Study area", "km2")}, shares, []geo.Field{
			process.Whole("bases", "Bases"), process.Whole("bases_advanced", "Bases with advanced care in time"), process.Whole("bases_surgery", "Bases with surgery in time"), process.Whole("bases_in_time", "Bases with all in time")})},
	}}
}

// mostListed is how many records are listed.
const mostListed = 5_000

func (s *survey) run(ctx context.Context, progress process.Progress) (process.Result, error) {
	if err := s.studyArea(ctx); err != nil {
		return process.Result{}, err
	}
	for _, do := range []func(context.Context) error{s.lay, s.gather} {
		if err := do(ctx); err != nil {
			return process.Result{}, err
		}
	}
	var err error
	if s.cover, err = s.Means.cover(ctx); err != nil {
		return process.Result{}, err
	}
	if err := s.ask(ctx, progress); err != nil {
		return process.Result{}, err
	}
	legs, err := s.baseLegs(ctx)
	if err != nil {
		return process.Result{}, err
	}
	r := s.result()
	r.Output = s.values()
	r.Output["base_legs"] = geo.List(legs...)
	r.Warnings = append(r.Warnings, byItself.With())
	return r, nil
}

func (s *survey) values() geo.Values {
	out := geo.Values{
		"surface": process.FeatureCollection(s.cellValues()),
		"bases":   geo.List(s.table(s.bases, nil)...), "routes": geo.List(s.routeValues()...), "areas": geo.List(s.areaValues()...), "summary": s.summary(),
	}
	var places, counts []geo.Value
	for _, c := range s.counted {
		counts = append(counts, s.countValues(&c))
		places = append(places, s.table(c.subjects, &c)...)
	}
	out["counts"], out["places"] = geo.List(counts...), geo.List(places[:min(len(places), mostListed)]...)
	return out
}

// stage is the times of one point as properties.
func (s *survey) stage(i int) geo.Values {
	x := &s.stages[i]
	v := geo.Values{
		"surgery_min": told(x.Surgery.Millis), "advanced_min": told(x.Advanced.Millis), "first_aid_min": told(x.First), "together_min": told(x.Together.Millis), "outcome": geo.String(string(s.outcomes[i])),
		"mode": geo.String(x.Surgery.Mode.String()), "facility": {}, "asset": stated(s.cover.carriers(&x.Surgery, nil)), "advanced_at": {}, "night": geo.Bool(s.Params.Night(s.points[i])),
	}
	if x.Surgery.Facility >= 0 {
		v["facility"] = geo.String(s.Facilities[x.Surgery.Facility].Name)
	}
	if x.Advanced.Facility >= 0 {
		v["advanced_at"] = geo.String(s.Facilities[x.Advanced.Facility].Name)
	}
	return v
}

func (s *survey) cellValues() []geo.Value {
	out := make([]geo.Value, len(s.cells.Cells))
	for i, c := range s.cells.Cells {
		v := s.stage(i)
		v["cell"] = geo.String(fmt.Sprintf("%d,%d", c.Q, c.R))
		out[i] = process.Feature(i+1, s.cells.Grid.Shape(c), v)
	}
	return out
}

// baseLegs are the legs to surgery from each base, one after the other, where
// they are asked for.
func (s *survey) baseLegs(ctx context.Context) ([]geo.Value, error) {
	if !s.in[legsInput].Bool() {
		return nil, nil
	}
	var out []geo.Value
	for _, x := range s.bases {
		chain, err := s.cover.Chain(ctx, s.points[x.first])
		if err != nil {
			return nil, err
		}
		a := &chainAnswer{Cover: s.cover, means: s.Means, chains: []Chain{*chain}}
		for _, v := range a.legs(0, Surgery) {
			leg := v.Record()
			for _, name := range []string{"casualty", "place", "stage"} {
				delete(leg, name)
			}
			leg["key"], leg["name"] = geo.Int(int64(x.key)), geo.String(x.name)
			out = append(out, geo.Record(leg))
		}
	}
	return out, nil
}

// table tells of subjects of one point, the longest to surgery first; c is nil
// for bases.
func (s *survey) table(all []subject, c *counted) []geo.Value {
	order := slices.Clone(all)
	sort.SliceStable(order, func(i, j int) bool {
		return s.stages[order[i].first].Surgery.Millis > s.stages[order[j].first].Surgery.Millis
	})
	out := make([]geo.Value, len(order))
	for k, x := range order {
		v := s.stage(x.first)
		v["name"], v["key"] = geo.String(x.name), geo.Int(int64(x.key))
		if c != nil {
			v["collection"], v["people"] = geo.String(c.layer.Schema().Name), known(x.people)
		}
		out[k] = geo.Record(v)
	}
	return out
}

func known(v float64) geo.Value {
	if math.IsNaN(v) {
		return geo.Value{}
	}
	return geo.Float(v)
}

// marks are what is kept of the limits at a point: advanced care, surgery, all.
func (s *survey) marks(i int) [3]bool {
	x := &s.stages[i]
	return [3]bool{x.Advanced.Millis <= minutes(s.Params.AdvancedLimitMin), x.Surgery.Millis <= minutes(s.Params.SurgeryLimitMin), s.outcomes[i] == InTime}
}

func (s *survey) countValues(c *counted) geo.Value {
	var records [3]int
	var people [3]float64
	total, unstated := 0.0, 0
	for _, x := range c.subjects {
		count(math.IsNaN(x.people), &unstated)
		n := x.people
		if math.IsNaN(n) {
			n = 0
		}
		total += n
		for k, kept := range s.marks(x.first) {
			if kept {
				records[k]++
				people[k] += n
			}
		}
	}
	return geo.Record(geo.Values{
		"collection": geo.String(c.layer.Schema().Name), "records": geo.Int(int64(len(c.subjects))), "advanced": geo.Int(int64(records[0])), "surgery": geo.Int(int64(records[1])), "in_time": geo.Int(int64(records[2])),
		"people": geo.Float(total), "people_advanced": geo.Float(people[0]), "people_surgery": geo.Float(people[1]), "people_in_time": geo.Float(people[2]),
		"unstated": geo.Int(int64(unstated)), "without_point": geo.Int(int64(c.dropped)),
	})
}

func (s *survey) routeValues() []geo.Value {
	type row struct {
		share float64
		value geo.Value
	}
	rows := make([]row, len(s.routes))
	for k, x := range s.routes {
		kept, whole, worst := [3]float64{}, 0.0, uint32(0)
		for i := x.first; i < x.last; i++ {
			metres := x.metres[i-x.first]
			whole += metres
			worst = max(worst, s.stages[i].Surgery.Millis)
			for m, ok := range s.marks(i) {
				if ok {
					kept[m] += metres
				}
			}
		}
		v := shareValues(kept, whole)
		v["name"], v["key"], v["km"], v["worst_min"] = geo.String(x.name), geo.Int(int64(x.key)), geo.Float(math.Round(whole/10)/100), told(worst)
		rows[k] = row{kept[2] / whole, geo.Record(v)}
	}
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].share < rows[j].share })
	out := make([]geo.Value, len(rows))
	for i := range rows {
		out[i] = rows[i].value
	}
	return out
}

func shareValues(kept [3]float64, whole float64) geo.Values {
	share := func(part float64) geo.Value { return geo.Float(math.Round(1e4*part/whole) / 1e4) }
	return geo.Values{"advanced_share": share(kept[0]), "surgery_share": share(kept[1]), "in_time_share": share(kept[2])}
}

func (s *survey) areaValues() []geo.Value {
	cells, metres := map[Outcome]int{}, map[Outcome]float64{}
	for i, inside := range s.cells.Inside {
		cells[s.outcomes[i]]++
		metres[s.outcomes[i]] += inside
	}
	var out []geo.Value
	for _, code := range Outcomes() {
		o := Outcome(code)
		out = append(out, geo.Record(geo.Values{
			"outcome": geo.String(code), "cells": geo.Int(int64(cells[o])), "km2": geo.Float(math.Round(metres[o]/1e4) / 100), "share": geo.Float(math.Round(1e4*metres[o]/s.cells.SquareMetres()) / 1e4),
		}))
	}
	return out
}

func (s *survey) summary() geo.Value {
	var kept [3]float64
	for i, inside := range s.cells.Inside {
		for k, ok := range s.marks(i) {
			if ok {
				kept[k] += inside
			}
		}
	}
	v := s.cells.Values()
	of := [3]int{}
	for _, x := range s.bases {
		for k, ok := range s.marks(x.first) {
			count(ok, &of[k])
		}
	}
	v["bases"], v["bases_advanced"], v["bases_surgery"], v["bases_in_time"] = geo.Int(int64(len(s.bases))), geo.Int(int64(of[0])), geo.Int(int64(of[1])), geo.Int(int64(of[2]))
	for name, share := range shareValues(kept, s.cells.SquareMetres()) {
		v[name] = share
	}
	v["area_km2"] = geo.Float(s.cells.SquareMetres() / 1e6)
	return geo.Record(v)
}
