package footprint

import (
	"context"
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/process"
)

const basesCollection = "bases"

// halfway round the earth: no place is farther.
var farthest = 20_004_000.0
var nothing = 0.0

// Process is the footprint as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "footprint",
		Title: "Footprint",
		Description: "What stands within a radius of bases: by collection, the population reached, what only one base reaches " +
			"(and would be lost if it closed), and what none reaches. Inside is decided by the geodesic on WGS84, the rim included; " +
			"a line or an area is inside where its nearest point is.",
		In:  inputs(),
		Out: outputs(),
		Run: run,
	}
}

func inputs() geo.Schema {
	return geo.Schema{Name: "footprint", Fields: []geo.Field{
		{Name: "bases", Title: "Bases", Kind: geo.KindList, Role: geo.CollectionRole, Collection: basesCollection,
			Description: "Keys of the bases; without them, all that are open.",
			Items:       &geo.Field{Kind: geo.KindInt}},
		{Name: "radius_m", Title: "Radius", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &farthest,
			Description: "Reach of every base in metres; without it, or 0, each base's own patrol radius."},
		{Name: "collections", Title: "Collections", Kind: geo.KindList,
			Description: "Ids of the collections to look into; without them, all but the bases that have a place.",
			Items:       &geo.Field{Kind: geo.KindString}},
		{Name: "datetime", Title: "Time", Kind: geo.KindInterval,
			Description: "Only what stood at some moment of this interval; without it, everything."},
	}}
}

func outputs() geo.Schema {
	count := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindInt} }
	people := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindFloat} }
	text := func(name, title string) geo.Field { return geo.Field{Name: name, Title: title, Kind: geo.KindString} }
	return geo.Schema{Name: "footprint", Fields: []geo.Field{
		{Name: "bases", Title: "Bases", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			count("key", "Key"), text("name", "Name"), {Name: "radius_m", Title: "Radius", Unit: "m", Kind: geo.KindFloat},
			count("inside", "Records reached"), count("only", "Reached by this base alone"),
			people("population", "Population reached"), people("population_only", "Population reached by this base alone"),
		}}},
		{Name: "collections", Title: "Collections", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			text("id", "Collection"), text("title", "Title"), count("selected", "Records"), count("inside", "Inside"),
			count("only_one", "Reached by one base alone"), count("none", "Reached by none"), count("without_place", "Without a place"),
		}}},
		{Name: "population", Title: "Population", Kind: geo.KindRecord, Fields: []geo.Field{
			people("total", "Total"), people("reached", "Reached"), people("only_one", "Reached by one base alone"),
			people("none", "Reached by none"), count("unstated", "Places that state no population"),
		}},
		{Name: "area", Title: "Reach", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection of one geodesic circle a base."},
	}}
}

func run(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	choice, err := choiceOf(w, in)
	if err != nil {
		return process.Result{}, err
	}
	bases, dropped, err := Choose(ctx, choice)
	if err != nil {
		return process.Result{}, err
	}
	layers, err := layersOf(w, in["collections"])
	if err != nil {
		return process.Result{}, err
	}
	q := Query{Bases: bases, Layers: layers, Select: choice.Select}
	answer, err := Find(ctx, q, func(done, total int) { progress(done, total, "looking into "+layers[done].Schema().Title) })
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Output:  answer.values(),
		Method:  "Geodesic buffer count on WGS84 (Karney 2013)",
		Dropped: dropped,
		Used:    len(bases),
		Layers:  append(slices.Clone(layers), choice.Layer),
	}
	answer.envelope(&r)
	return r, nil
}

func choiceOf(w process.World, in geo.Values) (Choice, error) {
	l, err := w.Layer(basesCollection)
	if err != nil {
		return Choice{}, err
	}
	c := Choice{
		Layer: l, RadiusMetres: in["radius_m"].Float(),
		Select: geo.Selection{Reader: w.Reader, During: in["datetime"].Interval()},
	}
	if v := in["bases"]; !v.Null() {
		c.Keys = make([]geo.Key, 0, len(v.List()))
		for _, key := range v.List() {
			c.Keys = append(c.Keys, geo.Key(key.Int()))
		}
	}
	return c, nil
}

func layersOf(w process.World, ids geo.Value) ([]*layer.Layer, error) {
	var out []*layer.Layer
	if ids.Null() {
		for _, l := range w.Layers() {
			if s := l.Schema(); s.Name != basesCollection && s.Geometry != geo.NoGeometry {
				out = append(out, l)
			}
		}
		return out, nil
	}
	for _, id := range ids.List() {
		l, err := w.Layer(id.Text())
		if err != nil {
			return nil, geo.Errorf(geo.Invalid, "collections", "there is no collection %q", id.Text())
		}
		out = append(out, l)
	}
	return out, nil
}

// envelope counts the records that were asked about, and says what the answer
// does not cover.
func (a *Answer) envelope(r *process.Result) {
	for _, n := range r.Dropped {
		r.Selected += n
	}
	r.Selected += r.Used
	unstated := 0
	for _, l := range a.Layers {
		r.Selected += l.Selected
		r.Used += l.Selected - l.Placeless
		if l.Placeless > 0 {
			r.Dropped["without a place"] += l.Placeless
		}
		if l.Population != nil {
			unstated += l.Population.Unstated
		}
	}
	if len(a.Bases) == 0 {
		r.Warnings = append(r.Warnings, "No base has a place and a radius: nothing is reached.")
	}
	if n := r.Dropped[NoRadius]; n > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d bases state no patrol radius and were left out; give radius_m to take them in.", n))
	}
	if unstated > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d places state no population and count as 0 in its sums.", unstated))
	}
}

// vertices of a drawn circle: at 100 km the outline stays within 60 m of it.
const vertices = 90

func (a *Answer) values() geo.Values {
	var bases, circles []geo.Value
	for _, b := range a.Bases {
		bases = append(bases, geo.Record(geo.Values{
			"key": geo.Int(int64(b.Key)), "name": geo.String(b.Name), "radius_m": geo.Float(b.RadiusMetres),
			"inside": geo.Int(int64(b.Inside)), "only": geo.Int(int64(b.Only)),
			"population": geo.Float(b.PopulationInside), "population_only": geo.Float(b.PopulationOnly),
		}))
		circles = append(circles, b.circle())
	}
	var collections []geo.Value
	for _, l := range a.Layers {
		s := l.Layer.Schema()
		collections = append(collections, geo.Record(geo.Values{
			"id": geo.String(s.Name), "title": geo.String(s.Title), "selected": geo.Int(int64(l.Selected)),
			"inside": geo.Int(int64(l.Inside)), "only_one": geo.Int(int64(l.OnlyOne)),
			"none": geo.Int(int64(l.None)), "without_place": geo.Int(int64(l.Placeless)),
		}))
	}
	return geo.Values{
		"bases": geo.List(bases...), "collections": geo.List(collections...), "population": a.population(),
		"area": geo.Record(geo.Values{"type": geo.String("FeatureCollection"), "features": geo.List(circles...)}),
	}
}

func (b *BaseSum) circle() geo.Value {
	shape := b.Place
	if p, ok := b.Place.(orb.Point); ok {
		shape = measure.Circle(p, b.RadiusMetres, vertices)
	}
	return geo.Record(geo.Values{
		"type": geo.String("Feature"), "id": geo.Int(int64(b.Key)), "geometry": geo.Geometry(shape),
		"properties": geo.Record(geo.Values{"name": geo.String(b.Name), "radius_m": geo.Float(b.RadiusMetres)}),
	})
}

func (a *Answer) population() geo.Value {
	var sum Population
	for _, l := range a.Layers {
		if p := l.Population; p != nil {
			sum.Total += p.Total
			sum.Inside += p.Inside
			sum.OnlyOne += p.OnlyOne
			sum.Unstated += p.Unstated
		}
	}
	return geo.Record(geo.Values{
		"total": geo.Float(sum.Total), "reached": geo.Float(sum.Inside), "only_one": geo.Float(sum.OnlyOne),
		"none": geo.Float(sum.None()), "unstated": geo.Int(int64(sum.Unstated)),
	})
}
