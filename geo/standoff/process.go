package standoff

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

// Process is the stand-off check as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "stand-off",
		Title: "Stand-off",
		Description: "Who and what stands within the published protective distances of a point, a gate or a store: for cordons, siting and evacuation. " +
			"Distances are geodesics on WGS84 to the nearest point of each record, the rim included. No effect of any device is computed.",
		In:  inputs(),
		Out: outputs(),
		Run: run,
	}
}

// most is how many records are listed; all are counted.
const most = 5_000

const basesCollection = "bases"

// Without is the reason for which a record cannot be inside.
const Without = "without a place"

func inputs() geo.Schema {
	nothing, farthest := 0.0, 100_000.0
	return geo.Schema{Name: "stand-off", Fields: []geo.Field{
		{Name: "places", Title: "Places", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindGeometry},
			Description: "What is kept clear, as GeoJSON geometries: points such as a gate or a store, or lines and areas, from whose edge is measured."},
		{Name: "bases", Title: "Bases", Kind: geo.KindList, Role: geo.CollectionRole, Collection: basesCollection, Items: &geo.Field{Kind: geo.KindInt},
			Description: "Keys of bases that are kept clear, beside the places."},
		{Name: "device", Title: "Device", Kind: geo.KindString, Enum: devices(), Default: geo.String("van"),
			Description: "What is kept away, by the table's own words."},
		{Name: "edition", Title: "Table", Kind: geo.KindString, Enum: editions(), Default: geo.String(card.ID),
			Description: "Edition of the table that the distances are read from."},
		{Name: "mandatory_m", Title: "Mandatory distance", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &farthest,
			Description: "In place of the table's: all leave within it."},
		{Name: "preferred_m", Title: "Preferred distance", Unit: "m", Kind: geo.KindFloat, Least: &nothing, Greatest: &farthest,
			Description: "In place of the table's: nobody stands in the open within it."},
		{Name: "collections", Title: "Collections", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString, Role: geo.CollectionRole},
			Description: "Ids of the collections to look into; without them, all whose records have a place."},
		{Name: process.TimeInput, Title: "Time", Kind: geo.KindInterval,
			Description: "Only what stood at some moment of this day, time or start/end; without it, everything."},
		{Name: "people", Title: "People", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString},
			Description: "Number fields that say how many people a record stands for; without them, population, military, police and civilians."},
	}}
}

func outputs() geo.Schema {
	metres := func(name, title string) geo.Field {
		return geo.Field{Name: name, Title: title, Unit: "m", Kind: geo.KindFloat}
	}
	zone := geo.Field{Name: "zone", Title: "Zone", Kind: geo.KindString, Enum: []string{string(Mandatory), string(Preferred)}}
	return geo.Schema{Name: "stand-off", Fields: []geo.Field{
		{Name: "distances", Title: "Distances", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Text("device", "Device"), {Name: "tnt_kg", Title: "Charge that the table assumes", Unit: "kg", Kind: geo.KindFloat, Description: "Of TNT; null for distances of one's own."},
			metres("mandatory_m", "Mandatory evacuation distance"), metres("preferred_m", "Preferred distance"), process.Text("edition", "Table"), process.Text("source", "Source"),
		}},
		{Name: "collections", Title: "Collections", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			process.Text("id", "Collection"), process.Text("title", "Title"), process.Whole("selected", "Records"),
			process.Whole("mandatory", "Within the mandatory distance"), process.Whole("preferred", "Beyond it, within the preferred"), process.Whole("without_place", "Without a place"),
			{Name: "people_mandatory", Title: "People within the mandatory distance", Kind: geo.KindFloat, Description: "Null where no record inside states a number."},
			{Name: "people_preferred", Title: "People beyond it, within the preferred", Kind: geo.KindFloat, Description: "Null where no record inside states a number."},
			process.Whole("people_unstated", "Records inside that state no number of people"),
		}}},
		{Name: "inside", Title: "Inside", Kind: geo.KindList, Description: "The nearest first.", Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			metres("distance_m", "Distance"), zone, process.Text("collection", "Collection"), process.Whole("key", "Key"), process.Text("name", "Name"), process.Text("place", "From"),
		}}},
		{Name: "zones", Title: "Zones", Kind: geo.KindRecord, Fields: []geo.Field{zone, metres("radius_m", "Distance"), process.Text("name", "Of")},
			Description: "A GeoJSON FeatureCollection: the geodesic disc of each distance about each place that is a point."},
	}}
}

func run(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	q, edition, err := queryOf(ctx, w, in)
	if err != nil {
		return process.Result{}, err
	}
	a, err := Find(ctx, q, progress)
	if err != nil {
		return process.Result{}, err
	}
	zones, formless, err := zonesOf(q)
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Output: geo.Values{"distances": distancesOf(q.Distances, edition), "collections": a.collections(), "inside": a.inside(&q), "zones": zones},
		Method: "Published protective distances, measured as geodesics on WGS84 (Karney 2013)", Dropped: map[string]int{},
		Layers: q.Layers,
	}
	for _, t := range a.Tallies {
		r.Selected += t.Selected
		r.Used += t.Selected - t.Placeless
		if t.Placeless > 0 {
			r.Dropped[Without] += t.Placeless
		}
	}
	r.Warnings = process.Plain(a.warnings(formless)...)
	return r, nil
}

func queryOf(ctx context.Context, w process.World, in geo.Values) (Query, Edition, error) {
	q := Query{Select: geo.Selection{Reader: w.Reader, During: in[process.TimeInput].Interval()}, People: []string{"population", "military", "police", "civilians"}}
	edition, distances, err := find(in["edition"].Text(), in["device"].Text())
	if err != nil {
		return q, edition, err
	}
	if q.Distances, edition, err = own(distances, edition, in); err != nil {
		return q, edition, err
	}
	if v := in["people"]; !v.Null() {
		q.People = nil
		for _, name := range v.List() {
			q.People = append(q.People, name.Text())
		}
	}
	if q.Layers, err = w.Collections(in, "collections"); err != nil {
		return q, edition, err
	}
	if q.Places, err = protected(ctx, w, in); err != nil {
		return q, edition, err
	}
	if len(q.Places) == 0 {
		return q, edition, geo.Errorf(geo.Invalid, "places", "name at least one place, or one of the bases, that is to be kept clear")
	}
	return q, edition, nil
}

// own puts the asker's distances in the place of the table's.
func own(d Distances, e Edition, in geo.Values) (Distances, Edition, error) {
	mandatory, preferred := in["mandatory_m"], in["preferred_m"]
	if mandatory.Null() && preferred.Null() {
		return d, e, nil
	}
	if mandatory.Null() || preferred.Null() {
		return d, e, geo.Errorf(geo.Invalid, "mandatory_m", "give both distances, mandatory_m and preferred_m, or none: one of each table would be of neither")
	}
	if mandatory.Float() > preferred.Float() {
		return d, e, geo.Errorf(geo.Invalid, "preferred_m", "%v m is less than the mandatory distance of %v m", preferred.Float(), mandatory.Float())
	}
	return Distances{Title: "Distances of one's own", MandatoryM: mandatory.Float(), PreferredM: preferred.Float()}, Edition{Source: "given with the question"}, nil
}

// protected reads the places and the bases that are kept clear.
func protected(ctx context.Context, w process.World, in geo.Values) (out []Protected, err error) {
	for i, v := range in["places"].List() {
		if bad := shape.Validate(v.Geometry()); bad != nil {
			return nil, geo.Errorf(geo.Invalid, "places", "place %d: %v", i+1, bad)
		}
		out = append(out, Protected{fmt.Sprintf("place %d", i+1), v.Geometry()})
	}
	keys := in["bases"].List()
	if len(keys) == 0 {
		return out, nil
	}
	l, err := w.Layer(basesCollection)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		row, ok := l.Find(geo.Key(k.Int()), w.Reader)
		if !ok || row.Geometry() == nil {
			return nil, geo.Errorf(geo.Invalid, "bases", "there is no base %d with a place", k.Int())
		}
		layer.See(ctx, row)
		out = append(out, Protected{row.Named("name").Text(), row.Geometry()})
	}
	return out, nil
}

func distancesOf(d Distances, e Edition) geo.Value {
	v := geo.Values{
		"device": geo.String(d.Title), "tnt_kg": {}, "mandatory_m": geo.Float(d.MandatoryM), "preferred_m": geo.Float(d.PreferredM),
		"edition": geo.String(e.ID), "source": geo.String(e.Source),
	}
	if d.TNTKilograms > 0 {
		v["tnt_kg"] = geo.Float(d.TNTKilograms)
	}
	return geo.Record(v)
}

func (a *Answer) collections() geo.Value {
	out := make([]geo.Value, len(a.Tallies))
	for i, t := range a.Tallies {
		m, p := t.In[Mandatory], t.In[Preferred]
		out[i] = geo.Record(geo.Values{
			"id": geo.String(t.Layer.Schema().Name), "title": geo.String(t.Layer.Schema().Title), "selected": geo.Int(int64(t.Selected)),
			"mandatory": geo.Int(int64(m.Records)), "preferred": geo.Int(int64(p.Records)), "without_place": geo.Int(int64(t.Placeless)),
			"people_mandatory": m.value(), "people_preferred": p.value(),
			"people_unstated": geo.Int(int64(t.unstated())),
		})
	}
	return geo.List(out...)
}

// unstated counts the records inside that should state a number of people.
func (t *Tally) unstated() int {
	if !t.Counts {
		return 0
	}
	m, p := t.In[Mandatory], t.In[Preferred]
	return m.Records + p.Records - m.Stated - p.Stated
}

func (p *People) value() geo.Value {
	if p.Stated == 0 {
		return geo.Value{}
	}
	return geo.Float(p.People)
}

func (a *Answer) inside(q *Query) geo.Value {
	out := make([]geo.Value, 0, min(most, len(a.Found)))
	for _, f := range a.Found[:cap(out)] {
		s := f.Layer.Schema()
		name := geo.Value{}
		if i := s.WithRole(geo.NameRole); i >= 0 {
			name = f.Row.Value(i)
		}
		out = append(out, geo.Record(geo.Values{
			"distance_m": geo.Float(f.Metres), "zone": geo.String(string(f.Zone)), "collection": geo.String(s.Name),
			"key": geo.Int(int64(f.Row.Key())), "name": name, "place": geo.String(q.Places[f.Place].Name),
		}))
	}
	return geo.List(out...)
}

// zonesOf draws the discs, the wide ones first, so that the narrow ones lie
// over them; formless counts places that are no points.
func zonesOf(q Query) (v geo.Value, formless int, err error) {
	var features []geo.Value
	for _, z := range []struct {
		zone   Zone
		radius float64
	}{{Preferred, q.Distances.PreferredM}, {Mandatory, q.Distances.MandatoryM}} {
		formless = 0
		for _, p := range q.Places {
			at, ok := p.At.(orb.Point)
			if !ok {
				formless++
				continue
			}
			if z.radius == 0 {
				continue
			}
			outline, err := shape.Disc{Centre: at, RadiusMetres: z.radius}.Outline()
			if err != nil {
				return v, 0, err
			}
			features = append(features, process.Feature(len(features)+1, outline, geo.Values{
				"zone": geo.String(string(z.zone)), "radius_m": geo.Float(z.radius), "name": geo.String(p.Name),
			}))
		}
	}
	return process.FeatureCollection(features), formless, nil
}

func (a *Answer) warnings(formless int) []string {
	out := []string{"These distances protect people in a cordon, in siting and in evacuation as printed in the table; they take no account of walls, ground, fragments thrown farther, or a second device. What commanders and technicians on the spot say goes before them."}
	if formless > 0 {
		out = append(out, fmt.Sprintf("%d places are lines or areas: what stands near them is counted, but their zones are not drawn.", formless))
	}
	if len(a.Found) > most {
		out = append(out, fmt.Sprintf("%d records stand inside; the nearest %d are listed, all are counted.", len(a.Found), most))
	}
	unstated, stated := 0, 0
	for _, t := range a.Tallies {
		unstated += t.unstated()
		stated += t.In[Mandatory].Stated + t.In[Preferred].Stated
	}
	if unstated > 0 {
		out = append(out, fmt.Sprintf("%d records inside should state a number of people and do not: they count as none.", unstated))
	}
	if stated > 0 {
		out = append(out, "A record's people all count where its point stands inside, as those of a town, though they live around it.")
	}
	return out
}
