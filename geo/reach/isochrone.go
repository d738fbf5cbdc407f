package reach

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
	"bivouac/geo/shape"
)

// The inputs of an isochrone.
const (
	placesInput   = "places"
	basesInput    = "bases"
	minutesInput  = "minutes"
	towardsInput  = "towards"
	widthInput    = "width_m"
	walkInput     = "walk_kmh"
	farthestInput = "walk_m"
	barrierInput  = "barriers"
	closedInput   = "barrier_collections"
)

// mostBands is how many times are asked at once.
const mostBands = 12

// IsochroneProcess is what is reached in a time as an analysis. cache keeps the
// roads under conditions.
func IsochroneProcess(cache *network.Cache) process.Process {
	return process.Process{
		ID:    "isochrone",
		Title: "Isochrone",
		Description: "How far one gets by road in a time from one place or many, or from where one comes to them in it: areas about the roads that are reached, and who lives there. " +
			"No area spans what lies between roads.",
		In:    isochroneInputs(),
		Out:   isochroneOutputs(),
		Roads: true,
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			t, q, err := travelOf(ctx, cache, w, in)
			if err != nil {
				return process.Result{}, err
			}
			r, err := isochrone(ctx, w, t, in, progress)
			into(&r, q)
			return r, err
		},
	}
}

func isochroneInputs() geo.Schema {
	nothing, wide, fast, most := 0.0, 5000.0, 15.0, 14_400.0
	return geo.Schema{Name: "isochrone", Fields: slices.Concat(
		stopFields(placesInput, basesInput, "From", "Where one sets out"),
		[]geo.Field{
			{Name: minutesInput, Title: "Times", Unit: "min", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat, Least: &nothing, Greatest: &most},
				Default: geo.List(geo.Float(30), geo.Float(60), geo.Float(120)), Description: "Up to 12 times, an area for each; the areas of longer ones hold those of shorter ones."},
			{Name: towardsInput, Title: "Towards", Kind: geo.KindBool, Default: geo.Bool(false), Description: "From where one comes to the places in the time, instead of where one gets to from them."},
			snapField(),
			{Name: widthInput, Title: "Width", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &wide, Default: geo.Float(250),
				Description: "How far to both sides of a reached road the area goes. Over large areas it is drawn wider, which is said."},
			{Name: walkInput, Title: "Walking speed", Unit: "km/h", Kind: geo.KindFloat, Least: &nothing, Greatest: &fast,
				Description: "With it one goes on off the roads with the time that is left, round what is in the way; without it, or 0, one does not."},
			{Name: farthestInput, Title: "Farthest walk", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Default: geo.Float(5000), Description: "0 is as far as the time lets one."},
			{Name: barrierInput, Title: "In the way", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindGeometry},
				Description: "GeoJSON lines and polygons that nobody walks over or into, such as rivers."},
			{Name: closedInput, Title: "Collections in the way", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString, Role: geo.CollectionRole},
				Description: "Ids of collections of lines and areas that nobody walks over or into; without it hazards in force at the date."},
			{Name: countInput, Title: "Who is reached", Kind: geo.KindString, Role: geo.CollectionRole, Default: geo.String("places"),
				Description: "Collection of points that are counted in each time; none counts nothing."},
			{Name: peopleInput, Title: "People", Kind: geo.KindString, Default: geo.String("population"), Description: "Number field of theirs that is added up."},
		}, roads.Fields())}
}

func isochroneOutputs() geo.Schema {
	band := []geo.Field{
		process.Number("minutes", "Time", "min"), process.Number("area_km2", "Area", "km2"), process.Number("roads_km", "Roads reached", "km"),
		process.Whole("records", "Records reached"), process.Number("people", "People reached", ""),
	}
	return geo.Schema{Name: "isochrone", Fields: []geo.Field{
		{Name: "areas", Title: "Areas", Kind: geo.KindRecord, Fields: band, Description: "A GeoJSON FeatureCollection: the area of each time, the longest first, so that shorter ones lie over it."},
		{Name: "times", Title: "Times", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: band}},
		{Name: "places", Title: "Places", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			process.Text("name", "Place"), process.Number("access_m", "To the road", "m"), process.Text("road", "Road"), process.Text("problem", "Why it is on no road"),
		}}},
		{Name: "drawn", Title: "As drawn", Kind: geo.KindRecord, Fields: []geo.Field{process.Number("width_m", "Width", "m"), process.Number("step_m", "Outlines are off by less than", "m")}},
	}}
}

// times reads the times, in order.
func times(in geo.Values) ([]float64, error) {
	var out []float64
	for _, v := range in[minutesInput].List() {
		if !(v.Float() > 0) {
			return nil, geo.Errorf(geo.Invalid, minutesInput, "%v minutes are no time; give more than 0", v)
		}
		out = append(out, v.Float())
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if len(out) == 0 || len(out) > mostBands {
		return nil, geo.Errorf(geo.Invalid, minutesInput, "give 1 to %d times, not %d", mostBands, len(out))
	}
	return out, nil
}

func isochrone(ctx context.Context, w process.World, t *network.Travel, in geo.Values, progress process.Progress) (process.Result, error) {
	bands, err := times(in)
	if err != nil {
		return process.Result{}, err
	}
	stops, err := askedStops(ctx, w, t, in, placesInput, basesInput)
	if err != nil {
		return process.Result{}, err
	}
	places, err := starting(stops)
	if err != nil {
		return process.Result{}, err
	}
	o := Options{WidthMetres: max(in[widthInput].Float(), 1), WalkKMH: in[walkInput].Float(), WalkMetres: in[farthestInput].Float()}
	var walls []*layer.Layer
	if o.Barriers, walls, err = barriers(ctx, w, in); err != nil {
		return process.Result{}, err
	}
	progress(0, 3, findingReached.With())
	s := NewSearch(t, places, in[towardsInput].Bool())
	limits := make([]Limit, len(bands))
	for i, m := range bands {
		limits[i].Millis = uint32(math.Round(m * 60_000))
		limits[i].Parts = s.Roads(limits[i].Millis)
	}
	progress(1, 3, drawingAreas.With())
	drawn, err := Draw(ctx, t.Graph, limits, o)
	if err != nil {
		return process.Result{}, err
	}
	progress(2, 3, countingReached.With())
	c, err := count(ctx, w, s, in, o, limits)
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Method: "Quickest ways by road (Dijkstra 1959) under the stated conditions; reached roads cut where the time is up; areas within a width of them, or a walk (Theta*, Nash and others 2007), by marching squares",
		Output: geo.Values{"places": stopsValue(t, stops), "drawn": geo.Record(geo.Values{"width_m": geo.Float(drawn.WidthMetres), "step_m": geo.Float(drawn.StepMetres)})},
	}
	r.Output["areas"], r.Output["times"] = bandValues(t, bands, limits, drawn, c)
	c.into(&r, stops)
	r.Layers = append(r.Layers, walls...)
	r.Warnings = append(r.Warnings, process.Plain(isochroneWarnings(stops, o, drawn)...)...)
	return r, nil
}

// starting returns the places on roads; none at all is an error that says why.
func starting(stops []Stop) ([]network.Place, error) {
	if len(stops) == 0 {
		return nil, geo.Errorf(geo.Invalid, placesInput, "name at least one place, or one of the bases")
	}
	var out []network.Place
	for i := range stops {
		if stops[i].On() {
			out = append(out, stops[i].Place)
		}
	}
	if len(out) == 0 {
		return nil, geo.Errorf(geo.Invalid, placesInput, "%s: %s, or a greater %s", stops[0].Name, stops[0].Problem, snapInput)
	}
	return out, nil
}

// barriers are the lines and areas that nobody walks over.
func barriers(ctx context.Context, w process.World, in geo.Values) (orb.Geometry, []*layer.Layer, error) {
	var out orb.Collection
	for i, v := range in[barrierInput].List() {
		if bad := shape.Validate(v.Geometry()); bad != nil {
			return nil, nil, geo.Errorf(geo.Invalid, barrierInput, "shape %d: %v", i+1, bad)
		}
		out = append(out, v.Geometry())
	}
	var layers []*layer.Layer
	if !in[closedInput].Null() {
		var err error
		if layers, err = w.Collections(in, closedInput); err != nil {
			return nil, nil, err
		}
	} else if l, err := w.Layer("hazards"); err == nil && in[walkInput].Float() > 0 {
		layers = append(layers, l)
	}
	for _, l := range layers {
		rows, err := roads.Hazards(ctx, w, l, in)
		if err != nil {
			return nil, nil, err
		}
		for _, row := range rows {
			out = append(out, row.Geometry())
		}
	}
	if len(out) == 0 {
		return nil, layers, nil
	}
	return out, layers, nil
}

func stopsValue(t *network.Travel, stops []Stop) geo.Value {
	out := make([]geo.Value, len(stops))
	for i := range stops {
		v := geo.Values{"name": geo.String(stops[i].Name), "access_m": {}, "road": {}, "problem": {}}
		if stops[i].On() {
			v["access_m"], v["road"] = geo.Float(math.Round(stops[i].AccessMetres)), geo.String(t.Way(stops[i].Segment).Title())
		} else {
			v["problem"] = geo.String(stops[i].Problem)
		}
		out[i] = geo.Record(v)
	}
	return geo.List(out...)
}

func bandValues(t *network.Travel, bands []float64, limits []Limit, drawn *Outline, c *counted) (areas, table geo.Value) {
	var features, rows []geo.Value
	for i := len(bands) - 1; i >= 0; i-- {
		km := 0.0
		for _, p := range limits[i].Parts {
			km += (p.To - p.From) * t.Metres(p.Segment) / 1000
		}
		v := geo.Values{
			"minutes": geo.Float(bands[i]), "area_km2": {}, "roads_km": geo.Float(math.Round(km*100) / 100),
			"records": {}, "people": {},
		}
		if c.layer != nil {
			v["records"], v["people"] = geo.Int(int64(c.records[i])), c.peopleIn(i)
		}
		if area := drawn.Areas[i]; area != nil {
			area = shape.Millimetres(asMulti(area))
			v["area_km2"] = geo.Float(math.Round(measure.Area(area)/1e4) / 100)
			features = append(features, process.Feature(len(features)+1, area, v))
		}
		rows = append(rows, geo.Record(v))
	}
	slices.Reverse(rows)
	return process.FeatureCollection(features), geo.List(rows...)
}

func asMulti(g orb.Geometry) orb.MultiPolygon {
	if p, ok := g.(orb.Polygon); ok {
		return orb.MultiPolygon{p}
	}
	m, _ := g.(orb.MultiPolygon)
	return m
}

func isochroneWarnings(stops []Stop, o Options, drawn *Outline) (out []string) {
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	off, far := 0, 0.0
	for i := range stops {
		if !stops[i].On() {
			off++
			continue
		}
		far = max(far, stops[i].AccessMetres)
	}
	if off > 0 {
		warn("%d of %d places are too far from every road that can be used and were left out.", off, len(stops))
	}
	if far > 500 {
		warn("A place is %s from its road; that way is in no time.", roads.Distance(far))
	}
	if drawn.WidthMetres > o.WidthMetres*(1+1e-9) {
		warn("The area is so large that its strips are drawn %.0f m wide to both sides of a road instead of %.0f m.", drawn.WidthMetres, o.WidthMetres)
	}
	if o.Barriers == nil {
		warn("Nothing is known to be in the way beside the roads: within the width, and on foot, a river is crossed. Name rivers by %s.", barrierInput)
	}
	return out
}
