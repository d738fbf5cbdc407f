package scenario

import (
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/reach"
	"bivouac/geo/roads"
)

const (
	widthInput = "width_m"
	byInput    = "by"
	// mostRoads is how many roads out of reach are listed.
	mostRoads = 5000
)

// CoverageProcess is the areas of responsibility by travel time, as an analysis.
func CoverageProcess(k *Tools) process.Process {
	return process.Process{
		ID:    "coverage",
		Title: "Areas of responsibility",
		Description: "Which base comes first on each road and to each place, by road within a time: areas of responsibility, what all bases reach together, what two or more do, " +
			"and what each alone does. By air, whose aircraft come first, on the cells of a study area.",
		Roads: true,
		In:    geo.Schema{Name: "coverage", Fields: slices.Concat(scenarioFields(), coverageFields())},
		Out: geo.Schema{Name: "coverage", Fields: []geo.Field{
			drawn("areas", "Areas of responsibility", "about the roads on which each base is first.", process.Number("road_km", "Roads on which it is first", "km"), process.Text("name", "Base"), process.Whole("key", "Key"),
				process.Number("reach_km", "Roads that it reaches", "km"), process.Number("alone_km", "Of them, reached by no other", "km"), process.Whole("places", "Places to which it is first"), process.Number("people", "People there", "{person}"),
				process.Number("area_km2", "Area where its aircraft are first", "km2"), process.Number("alone_km2", "Of it, where no other's come in time", "km2")),
			drawn("union", "Reached", "about the roads that a base reaches, and those that two or more do; by air the cells.", process.Whole("bases", "Bases, at least"), process.Number("road_km", "Roads", "km"), process.Number("area_km2", "Area", "km2")),
			process.Table("total", "Together", "What the bases reach by road.", process.Number("road_km", "Roads that a base reaches", "km"), process.Number("twice_km", "Of them, reached by two or more", "km"), process.Number("all_km", "Of all open roads", "km"),
				process.Whole("places", "Places in time"), process.Number("people", "People in time", "{person}"), process.Number("people_of", "Of so many people", "{person}"),
				process.Number("area_km2", "Area that aircraft come to", "km2"), process.Number("twice_km2", "Of it, from two bases or more", "km2"), process.Number("area_of_km2", "Of the study area", "km2")),
		}},
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			return k.cover(ctx, w, in, progress, (*covered).coverage, (*airspace).coverage)
		},
	}
}

// GapsProcess is what no base reaches in time, as an analysis.
func GapsProcess(k *Tools) process.Process {
	return process.Process{
		ID:          "gaps",
		Title:       "Gaps in cover",
		Description: "What no base reaches by road within a time: roads, and places with the time that it takes all the same, or why there is none. By air, the part of a study area to which no aircraft comes.",
		Roads:       true,
		In:          geo.Schema{Name: "gaps", Fields: slices.Concat(scenarioFields(), coverageFields())},
		Out: geo.Schema{Name: "gaps", Fields: []geo.Field{
			drawn("roads", "Roads out of reach", "stretches of open roads that no base reaches in time, the longest first.", process.Number("km", "Out of reach", "km"), process.Text("name", "Road"), process.Text("surface", "Surface"), process.Text("collection", "Collection"), process.Whole("key", "Key")),
			drawn("places", "Places out of reach", "places to which no base comes in time by road.", process.Number("people", "People", "{person}"), process.Text("name", "Place"), process.Whole("key", "Key"),
				process.Number("minutes", "From the nearest base", "min"), process.Text("nearest", "Nearest base"), process.Flag("road", "On a road"), process.Flag("patrol", "In the patrol radius of a base"), process.Flag("by_air", "In time by air")),
			process.Table("total", "Together", "What is out of reach.", process.Number("road_km", "Roads out of reach", "km"), process.Number("all_km", "Of all open roads", "km"), process.Whole("places", "Places out of reach"), process.Number("people", "People there", "{person}"), process.Number("people_of", "Of so many people", "{person}"),
				process.Number("area_km2", "Area out of reach by air", "km2"), process.Number("area_of_km2", "Of the study area", "km2")),
			drawn("areas", "Area out of reach by air", "the cells to which no aircraft comes in time; by road there are none.", process.Number("area_km2", "Area", "km2")),
		}},
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			return k.cover(ctx, w, in, progress, (*covered).gaps, (*airspace).gaps)
		},
	}
}

// coverageFields are those of a question that bear on reach.
func coverageFields() []geo.Field {
	least, most := 10.0, 50_000.0
	wanted := []string{missionInput, basesFilterInput, placesFilterInput, areaInput, withinInput, patrolInput, lightInput, strengthInput, snapInput}
	for _, f := range roads.Fields() {
		wanted = append(wanted, f.Name)
	}
	fields := slices.DeleteFunc(questionFields(), func(f geo.Field) bool { return !slices.Contains(wanted, f.Name) })
	return append(fields,
		geo.Field{Name: byInput, Title: "By", Kind: geo.KindString, Enum: []string{"road", "air"}, Default: geo.String("road"), Description: "road: times on the roads of the season; air: when the first aircraft of a base is there, with its notice."},
		geo.Field{Name: grid.WidthInput, Title: "Cell width", Unit: "m", Kind: geo.KindFloat, Least: &least, Description: "Of the hexagons by air; without it, some 5,000 cells."},
		geo.Field{Name: widthInput, Title: "Width", Unit: "m", Kind: geo.KindFloat, Least: &least, Greatest: &most, Default: geo.Float(2000),
			Description: "How far to both sides of a road areas are drawn."})
}

// covered is a footprint, and which roads it reaches.
type covered struct {
	*Footprint
	*Responsibility
	travel *network.Travel
	which  []int // the bases that are on roads
	width  float64
	limit  uint32
}

func (k *Tools) cover(ctx context.Context, w process.World, in geo.Values, progress process.Progress, byRoad func(*covered, context.Context) (geo.Values, error), byAir func(*airspace) geo.Values) (process.Result, error) {
	o, err := k.option(ctx, w, in[scenarioInput].Text(), in[changesInput].List(), in[dateInput])
	if err != nil {
		return process.Result{}, err
	}
	var r process.Result
	if in[byInput].Text() == "air" {
		a, err := k.airspace(ctx, o.world, in)
		if err != nil {
			return process.Result{}, err
		}
		r = a.answer("Whose aircraft come first: notice and geodesic flights on WGS84 (Karney 2013) at cruising speed, there and back, decided at the centres of equal-area hexagons (Voronoi diagram by time, Okabe et al. 2008)")
		r.Output = byAir(a)
	} else {
		c, err := k.covered(ctx, o.world, in, progress)
		if err != nil {
			return process.Result{}, err
		}
		output, err := byRoad(c, ctx)
		if err != nil {
			return process.Result{}, err
		}
		r = c.answer("Nearest base by road: times along the network (Dijkstra 1959), each road cut where another base becomes the first (network Voronoi diagram, Okabe et al. 2008), for " + c.methods[0])
		r.Output = output
	}
	if o.doc != nil {
		r.Docs = append(r.Docs, *o.doc)
	}
	if o.outcome != nil {
		r.Scenario, r.Warnings = o.name, slices.Concat(o.outcome.Warnings, r.Warnings)
	}
	return r, nil
}

// answer is what every answer about a footprint has beside its output.
func (f *Footprint) answer(method string) process.Result {
	return process.Result{Method: method, Selected: f.selected, Used: len(f.Bases), Dropped: f.dropped, Layers: f.layers, Docs: f.docs, Warnings: f.warnings}
}

func (k *Tools) covered(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (*covered, error) {
	f := &Footprint{cache: k.Cache, dropped: map[string]int{}}
	for _, read := range []func(context.Context, process.World, geo.Values) error{f.stations, f.demand} {
		if err := read(ctx, w, in); err != nil {
			return nil, err
		}
	}
	t, q, err := travelOf(ctx, k.Cache, w, in, in[roads.ProfileInput].Text())
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, geo.Errorf(geo.Conflict, "roads", "there are no roads here; draw or import some into routes or roads")
	}
	f.take(q, t)
	f.place(t, nil, in[snapInput].Float())
	if err := f.roadTimes(ctx, k.Tables, t, in); err != nil {
		return nil, err
	}
	f.patrols()
	if err := f.flights(ctx, w, in); err != nil {
		return nil, err
	}
	c := &covered{Footprint: f, travel: t, width: in[widthInput].Float(), limit: uint32(math.Round(in[withinInput].Float() * 60_000))}
	var places []network.Place
	for i := range f.Bases {
		if f.Bases[i].on {
			c.which, places = append(c.which, i), append(places, f.Bases[i].road)
		}
	}
	if n := len(f.Bases) - len(c.which); n > 0 {
		f.warn(offRoads, n, len(f.Bases))
	}
	if len(c.which) == 0 {
		f.warn(noneOnRoads)
	}
	c.Responsibility, err = Responsible(ctx, t, places, c.limit, progress)
	return c, err
}

// outline draws the area about stretches; nil for none.
func (c *covered) outline(ctx context.Context, parts []reach.Part) (orb.Geometry, error) {
	drawn, err := reach.Draw(ctx, c.travel.Graph, []reach.Limit{{Millis: c.limit, Parts: parts}}, reach.Options{WidthMetres: c.width})
	if err != nil {
		return nil, err
	}
	if drawn.WidthMetres > c.width {
		c.warn(drawnWide, drawn.WidthMetres)
	}
	return drawn.Areas[0], nil
}

func km(metres float64) geo.Value { return geo.Float(math.Round(metres/10) / 100) }

func (c *covered) coverage(ctx context.Context) (geo.Values, error) {
	places, people := make([]int, len(c.Bases)), make([]float64, len(c.Bases))
	for i := range c.Places {
		if d := &c.Places[i]; d.reached() && d.Nearest >= 0 {
			places[d.Nearest]++
			people[d.Nearest] += known(d.People)
		}
	}
	var areas []geo.Value
	for k, i := range c.which {
		area, err := c.outline(ctx, c.First[k])
		if err != nil {
			return nil, err
		}
		b := &c.Bases[i]
		areas = append(areas, process.Feature(int(b.Key), area, geo.Values{
			"road_km": km(metresOf(c.travel, c.First[k])), "name": geo.String(b.Name), "key": geo.Int(int64(b.Key)), "reach_km": km(c.Metres[k]), "alone_km": km(c.Only[k]),
			"places": wholeValue(places[i]), "people": geo.Float(people[i]),
		}))
	}
	var union []geo.Value
	for n, parts := range [][]reach.Part{c.All, c.Two} {
		area, err := c.outline(ctx, parts)
		if err != nil {
			return nil, err
		}
		union = append(union, process.Feature(n+1, area, geo.Values{"bases": wholeValue(n + 1), "road_km": km(metresOf(c.travel, parts))}))
	}
	return geo.Values{
		"areas": process.FeatureCollection(areas), "union": process.FeatureCollection(union),
		"total": geo.List(geo.Record(geo.Values{
			"road_km": km(metresOf(c.travel, c.All)), "twice_km": km(metresOf(c.travel, c.Two)), "all_km": km(c.open()), "places": wholeValue(c.count((*Demand).reached)),
			"people": geo.Float(c.peopleOf((*Demand).reached)), "people_of": geo.Float(c.peopleOf(func(*Demand) bool { return true })),
		})),
	}, nil
}

// open is how long all open roads are, in metres.
func (c *covered) open() float64 {
	sum := 0.0
	for s := range int32(c.travel.Segments()) {
		if c.travel.Open(s) {
			sum += c.travel.Metres(s)
		}
	}
	return sum
}

func (f *Footprint) count(pass func(*Demand) bool) int {
	n := 0
	for i := range f.Places {
		if pass(&f.Places[i]) {
			n++
		}
	}
	return n
}

func (c *covered) gaps(context.Context) (geo.Values, error) {
	missing := missed(c.travel, c.All)
	ways := byWay(c.travel, missing)
	if len(ways) > mostRoads {
		c.warn(roadsListed, len(ways), mostRoads)
		ways = ways[:mostRoads]
	}
	lines := make([]geo.Value, len(ways))
	for i, parts := range ways {
		way := c.travel.Way(parts[0].Segment)
		var shape orb.MultiLineString
		for _, p := range parts {
			shape = append(shape, reach.Stretch(c.travel.Graph, p.Segment, p.From, p.To))
		}
		lines[i] = process.Feature(i+1, shape, geo.Values{"km": km(metresOf(c.travel, parts)), "name": geo.String(way.Title()), "surface": textOr(way.Surface), "collection": geo.String(way.Collection), "key": geo.Int(int64(way.Key))})
	}
	out := func(d *Demand) bool { return !d.reached() }
	var points []geo.Value
	for i := range c.Places {
		d := &c.Places[i]
		if !out(d) {
			continue
		}
		v := c.placeValues(d)
		points = append(points, process.Feature(int(d.Key), d.At, geo.Values{
			"people": v["people"], "name": v["name"], "key": v["key"], "minutes": v["minutes"], "nearest": v["nearest"], "road": v["road"], "patrol": geo.Bool(d.Patrols > 0), "by_air": v["by_air"],
		}))
	}
	return geo.Values{
		"roads": process.FeatureCollection(lines), "places": process.FeatureCollection(points), "areas": process.FeatureCollection(nil),
		"total": geo.List(geo.Record(geo.Values{
			"road_km": km(metresOf(c.travel, missing)), "all_km": km(c.open()), "places": wholeValue(c.count(out)), "people": geo.Float(c.peopleOf(out)), "people_of": geo.Float(c.peopleOf(func(*Demand) bool { return true })),
		})),
	}, nil
}
