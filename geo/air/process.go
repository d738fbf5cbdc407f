package air

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/shape"
	"bivouac/geo/sun"
)

const (
	taskInput   = "task"
	withinInput = "within_min"
	lightInput  = "light"
	atInput     = "at"
	typesInput  = "types"

	day, night = "day", "night"
)

// Process is the reach of aircraft as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "air-reach",
		Title: "Reach by air",
		Description: "How far each aircraft helps from its base: to arrive within a time, to fetch a patient and be back within it, or to watch a place for so long; " +
			"by day or by night, within its notice, speed, range and endurance; what each alone covers, and who lives there. Flights are straight, along the geodesic on WGS84.",
		In:  inputs(),
		Out: outputs(),
		Run: run,
	}
}

func inputs() geo.Schema {
	least, most, nothing, hour := 1.0, 2880.0, 0.0, 60.0
	defaults := make([]geo.Value, len(types))
	for i, t := range types {
		defaults[i] = geo.String(t)
	}
	return geo.Schema{Name: "air-reach", Fields: append(process.SelectionFields("assets"), []geo.Field{
		{Name: typesInput, Title: "Types", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}, Default: geo.List(defaults...),
			Description: "Which types of assets are asked about: helicopter, fixed_wing, unmanned, or codes of your own."},
		{Name: taskInput, Title: "Task", Kind: geo.KindString, Enum: []string{string(Arrive), string(Evacuate), string(Watch)}, Default: geo.String(string(Arrive)),
			Description: "arrive: be there within the time, and come back. evacuate: fetch a patient and be back at the base within it. watch: stay over the place for so long."},
		{Name: withinInput, Title: "Time", Unit: "min", Kind: geo.KindFloat, Least: &least, Greatest: &most, Default: geo.Float(hour),
			Description: "Minutes from the call, or for how long to watch."},
		{Name: "on_scene_min", Title: "At the place", Unit: "min", Kind: geo.KindFloat, Least: &nothing, Greatest: &most, Default: geo.Float(0),
			Description: "Minutes at the place before the way back, which endurance must allow for; for arrive."},
		{Name: lightInput, Title: "Light", Kind: geo.KindString, Enum: []string{day, night}, Default: geo.String(day),
			Description: "By day or by night: which notice holds, and whether a craft flies."},
		{Name: atInput, Title: "At", Kind: geo.KindTime,
			Description: "A time, which goes before the light: it is night where the sun stands more than 6 degrees below the horizon of the base then."},
		{Name: "places", Title: "Places", Kind: geo.KindString, Role: geo.CollectionRole,
			Description: "Collection whose records and population are counted within reach; without it, places, where there are any."},
	}...)}
}

func outputs() geo.Schema {
	craft := []geo.Field{
		process.Number("radius_km", "Reach", "km"), {Name: "type", Title: "Type", Kind: geo.KindString, Enum: types}, process.Text("base", "Base"), {Name: "key", Title: "Key", Kind: geo.KindInt},
		{Name: "count", Title: "Count", Kind: geo.KindInt}, {Name: "light", Title: "Light", Kind: geo.KindString, Enum: []string{day, night}},
		process.Number("notice_min", "Notice", "min"), process.Number("minutes", "Arrives after", "min"),
		{Name: "limit", Title: "Limited by", Kind: geo.KindString, Enum: []string{string(ByTime), string(ByRange), string(ByEndurance)}},
	}
	table := append(append([]geo.Field{}, craft...),
		process.Number("area_km2", "Area within reach", "km2"), process.Number("alone_km2", "Of it, within reach of no other", "km2"),
		geo.Field{Name: "places", Title: "Places within reach", Kind: geo.KindInt}, process.Number("population", "People there", "1"),
	)
	return geo.Schema{Name: "air-reach", Fields: []geo.Field{
		{Name: "reach", Title: "Reach", Kind: geo.KindRecord, Fields: craft,
			Description: "A GeoJSON FeatureCollection: the geodesic disc that each craft reaches, the widest first."},
		{Name: "crafts", Title: "Aircraft", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: table}},
		{Name: "total", Title: "Together", Kind: geo.KindRecord, Fields: []geo.Field{
			{Name: "crafts", Title: "Aircraft that reach something", Kind: geo.KindInt}, process.Number("area_km2", "Area within reach of any", "km2"),
			process.Number("twice_km2", "Of it, within reach of two or more", "km2"),
			{Name: "places", Title: "Places within reach of any", Kind: geo.KindInt}, {Name: "places_of", Title: "Of so many with a place", Kind: geo.KindInt},
			process.Number("population", "People there", "1"), {Name: "population_unstated", Title: "Places that state no population", Kind: geo.KindInt},
		}},
	}}
}

// reached is a craft with how far it goes.
type reached struct {
	Craft
	Reach
	night bool
	disc  shape.Disc
}

func run(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	f, err := read(ctx, w, in)
	if err != nil {
		return process.Result{}, err
	}
	all := f.reach(in)
	crowd, err := crowdOf(ctx, w, in)
	if err != nil {
		return process.Result{}, err
	}
	a := &answer{all: all, crowd: crowd}
	output, err := a.values(ctx, progress)
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Output: output, Method: "Out-and-back reach at cruising speed within notice, time, range and endurance, along geodesics on WGS84 (Karney 2013); the sun by the Astronomical Almanac's low-precision formulas (Michalsky 1988)",
		Selected: f.selected, Used: len(all), Dropped: f.dropped, Layers: []*layer.Layer{f.layer},
	}
	if crowd.layer != nil {
		r.Layers = append(r.Layers, crowd.layer)
	}
	r.Warnings = process.Plain(a.warnings()...)
	return r, nil
}

// reach asks each craft, and drops those that reach nothing.
func (f *fleet) reach(in geo.Values) (out []reached) {
	q := Question{Task: Task(in[taskInput].Text()), Minutes: in[withinInput].Float(), OnSceneM: in["on_scene_min"].Float()}
	for _, c := range f.crafts {
		q.Night = in[lightInput].Text() == night
		if at := in[atInput]; !at.Null() {
			q.Night = sun.Night(c.At, at.Time())
		}
		r, why := c.Reach(q)
		if why != "" {
			f.dropped[why]++
			continue
		}
		out = append(out, reached{c, r, q.Night, shape.Disc{Centre: c.At, RadiusMetres: r.Metres}})
	}
	return out
}

// crowd is where people live.
type crowd struct {
	layer      *layer.Layer
	points     []orb.Point
	population []float64 // NaN for not stated
}

func crowdOf(ctx context.Context, w process.World, in geo.Values) (crowd, error) {
	l, err := w.Layer(cmp.Or(in["places"].Text(), "places"))
	if err != nil && in["places"].Null() {
		return crowd{}, nil
	}
	if err != nil {
		return crowd{}, geo.Errorf(geo.Invalid, "places", "there is no collection %q; /api/collections lists them", in["places"].Text())
	}
	c := crowd{layer: l}
	population := l.Schema().Field("population")
	rows, failed := l.Select(ctx, geo.Selection{Reader: w.Reader, During: in[process.TimeInput].Interval()})
	for row := range rows {
		p, ok := row.Point()
		if !ok {
			continue
		}
		people := math.NaN()
		if population >= 0 && !row.Value(population).Null() {
			people = row.Value(population).Float()
		}
		c.points, c.population = append(c.points, p), append(c.population, people)
	}
	return c, failed()
}

// within counts the places within the disc, marking those that it holds.
func (c *crowd) within(d shape.Disc, marks []bool) (places int, people float64) {
	from := measure.NewOrigin(d.Centre)
	for i, p := range c.points {
		if from.Distance(p) <= d.RadiusMetres {
			marks[i] = true
			places++
			if !math.IsNaN(c.population[i]) {
				people += c.population[i]
			}
		}
	}
	return places, people
}

func (a *answer) warnings() []string {
	out := []string{"Wind, weather, terrain, closed airspace and crew hours are not reckoned with: a craft may well reach less, and none of them is promised to be free."}
	unlimited := 0
	for _, r := range a.all {
		if !(r.RangeKM > 0) && !(r.EnduranceH > 0) {
			unlimited++
		}
	}
	if unlimited > 0 {
		out = append(out, fmt.Sprintf("%d aircraft state neither range nor endurance: only the time limits them.", unlimited))
	}
	if len(a.all) == 0 {
		out = append(out, "No aircraft reaches anything: look at what was left out, and why.")
	}
	return out
}
