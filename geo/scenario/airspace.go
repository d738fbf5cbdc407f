package scenario

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/measure"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// airspace is which base's aircraft come first, place by place: hexagons of a
// study area, each decided at its centre, so that each is of one base or of none.
type airspace struct {
	*Footprint
	cells *grid.Cover
	homes []airbase
	first []int32 // of homes, by cell; -1 for none in time
	bases []int   // by cell: from how many aircraft come in time
}

// airbase is where aircraft stand.
type airbase struct {
	name    string
	key     geo.Key // of the base; 0 where they stand at none
	at      orb.Point
	origin  measure.Origin
	flights []flight
}

const (
	// suggestedCells is how many cells there are about where no width is asked for.
	suggestedCells = 5_000
	// mostCells is how many cells are looked at, at most.
	mostCells = 100_000
)

// airspace reads the question and decides each cell.
func (k *Tools) airspace(ctx context.Context, w process.World, in geo.Values) (*airspace, error) {
	a := &airspace{Footprint: &Footprint{cache: k.Cache, dropped: map[string]int{}}}
	for _, read := range []func(context.Context, process.World, geo.Values) error{a.stations, a.demand, a.flights} {
		if err := read(ctx, w, in); err != nil {
			return nil, err
		}
	}
	area, err := a.study(ctx, w, in)
	if err != nil {
		return nil, err
	}
	if a.cells, err = cellsOf(ctx, area, in); err != nil {
		return nil, err
	}
	a.home(in[lightInput].Text() == "night")
	if len(a.homes) == 0 {
		a.warn(allGap)
	}
	return a, a.decide(ctx)
}

// study is the area that is asked for, else that of the mission.
func (a *airspace) study(ctx context.Context, w process.World, in geo.Values) (orb.Geometry, error) {
	if v := in[areaInput]; !v.Null() {
		return v.Geometry(), nil
	}
	mission := in[missionInput].Text()
	if mission == "" {
		return nil, geo.Errorf(geo.Invalid, areaInput, "by air a study area is needed: draw one, or name a mission that has one")
	}
	area, _, err := w.MissionArea(ctx, mission)
	if err == nil && len(area) == 0 {
		err = geo.Errorf(geo.Invalid, areaInput, "the mission %s has no area of kind mission; draw a study area", mission)
	}
	return area, err
}

func cellsOf(ctx context.Context, area orb.Geometry, in geo.Values) (*grid.Cover, error) {
	centre, ok := grid.CentreOf(area)
	if !ok {
		return nil, geo.Errorf(geo.Invalid, areaInput, "the area is empty; draw one")
	}
	width := in[grid.WidthInput].Float()
	if in[grid.WidthInput].Null() {
		width = grid.SuggestWidth(grid.Hexagon, max(measure.PlaneArea(area), 1), suggestedCells, 2*suggestedCells)
	}
	if err := grid.CheckWidth(width, grid.WidthInput); err != nil {
		return nil, err
	}
	cells, err := grid.New(grid.NewPlane(centre), grid.Hexagon, width).Cover(ctx, area, areaInput, grid.WidthInput)
	if err == nil && len(cells.Cells) > mostCells {
		err = cells.TooManyToDraw(len(cells.Cells), mostCells)
	}
	return cells, err
}

// home puts aircraft together by where they stand, in the order of the keys of
// their bases: of equally quick ones the first is taken.
func (a *airspace) home(night bool) {
	for _, f := range a.air {
		f.notice = f.Notice(night)
		i := slices.IndexFunc(a.homes, func(h airbase) bool { return h.at == f.At })
		if i < 0 {
			h := airbase{name: f.Base, at: f.At, origin: measure.NewOrigin(f.At)}
			for k := range a.Bases {
				if b := &a.Bases[k]; b.At == f.At {
					h.name, h.key = b.Name, b.Key
				}
			}
			i = len(a.homes)
			a.homes = append(a.homes, h)
		}
		a.homes[i].flights = append(a.homes[i].flights, f)
	}
	slices.SortStableFunc(a.homes, func(a, b airbase) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.name, b.name)) })
}

// minutes is how soon the first aircraft of the base is at a place, +Inf where
// none comes there and back in time.
func (h *airbase) minutes(p orb.Point) float64 {
	best, metres := math.Inf(1), h.origin.Distance(p)
	for i := range h.flights {
		if f := &h.flights[i]; metres <= f.metres {
			best = min(best, f.notice+60*metres/(1000*f.CruiseKMH))
		}
	}
	return best
}

// responsible is the base whose aircraft come first, -1 for none, and from how
// many they come.
func (a *airspace) responsible(p orb.Point) (first int32, bases int) {
	first, best := -1, math.Inf(1)
	for i := range a.homes {
		t := a.homes[i].minutes(p)
		if !math.IsInf(t, 1) {
			bases++
		}
		if t < best {
			first, best = int32(i), t
		}
	}
	return first, bases
}

func (a *airspace) decide(ctx context.Context) error {
	const grain = 64
	n := len(a.cells.Cells)
	a.first, a.bases = make([]int32, n), make([]int, n)
	return pattern.Each(ctx, n, grain, func(_, from, to int) {
		for i := from; i < to; i++ {
			a.first[i], a.bases[i] = a.responsible(a.cells.Grid.Centre(a.cells.Cells[i]))
		}
	})
}

// region is the cells that pass: their outline, and how much of them lies in
// the study area.
func (a *airspace) region(pass func(i int) bool) (orb.Geometry, geo.Value) {
	var cells []grid.Cell
	inside := 0.0
	for i, c := range a.cells.Cells {
		if pass(i) {
			cells = append(cells, c)
			inside += a.cells.Inside[i]
		}
	}
	return a.cells.Grid.Outline(cells), km2(inside)
}

func km2(metres float64) geo.Value { return geo.Float(math.Round(metres/1e4) / 100) }

// coverage is the areas of responsibility, the union and the overlap.
func (a *airspace) coverage() geo.Values {
	places, people := make([]int, len(a.homes)), make([]float64, len(a.homes))
	reached, inTime := 0, 0.0
	for i := range a.Places {
		d := &a.Places[i]
		if k, _ := a.responsible(d.At); k >= 0 {
			places[k]++
			people[k] += known(d.People)
			reached, inTime = reached+1, inTime+known(d.People)
		}
	}
	var areas []geo.Value
	for k := range a.homes {
		h := &a.homes[k]
		shape, first := a.region(func(i int) bool { return a.first[i] == int32(k) })
		_, alone := a.region(func(i int) bool { return a.first[i] == int32(k) && a.bases[i] == 1 })
		areas = append(areas, process.Feature(k+1, shape, geo.Values{"name": textOr(h.name), "key": keyOr(h.key), "area_km2": first, "alone_km2": alone, "places": wholeValue(places[k]), "people": geo.Float(people[k])}))
	}
	var union []geo.Value
	all, once := geo.Value{}, [2]geo.Value{}
	for n := range once {
		var shape orb.Geometry
		shape, once[n] = a.region(func(i int) bool { return a.bases[i] > n })
		union = append(union, process.Feature(n+1, shape, geo.Values{"bases": wholeValue(n + 1), "area_km2": once[n]}))
	}
	_, all = a.region(func(int) bool { return true })
	return geo.Values{
		"areas": process.FeatureCollection(areas), "union": process.FeatureCollection(union),
		"total": geo.List(geo.Record(geo.Values{
			"area_km2": once[0], "twice_km2": once[1], "area_of_km2": all, "places": wholeValue(reached), "people": geo.Float(inTime), "people_of": geo.Float(a.peopleOf(func(*Demand) bool { return true })),
		})),
	}
}

func keyOr(k geo.Key) geo.Value {
	if k == 0 {
		return geo.Value{}
	}
	return geo.Int(int64(k))
}

// gaps is what no aircraft comes to in time.
func (a *airspace) gaps() geo.Values {
	shape, area := a.region(func(i int) bool { return a.bases[i] == 0 })
	_, all := a.region(func(int) bool { return true })
	var points []geo.Value
	for i := range a.Places {
		if d := &a.Places[i]; !d.ByAir {
			points = append(points, process.Feature(int(d.Key), d.At, geo.Values{"people": geo.Float(d.People), "name": textOr(d.Name), "key": geo.Int(int64(d.Key)), "by_air": geo.Bool(false)}))
		}
	}
	out := func(d *Demand) bool { return !d.ByAir }
	var areas []geo.Value
	if shape != nil {
		areas = append(areas, process.Feature(1, shape, geo.Values{"area_km2": area}))
	}
	return geo.Values{
		"roads": process.FeatureCollection(nil), "places": process.FeatureCollection(points), "areas": process.FeatureCollection(areas),
		"total": geo.List(geo.Record(geo.Values{
			"area_km2": area, "area_of_km2": all, "places": wholeValue(a.count(out)), "people": geo.Float(a.peopleOf(out)), "people_of": geo.Float(a.peopleOf(func(*Demand) bool { return true })),
		})),
	}
}
