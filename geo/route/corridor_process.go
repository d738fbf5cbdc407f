package route

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

// The inputs of a corridor.
const (
	lineInput        = "line"
	routesInput      = "routes"
	radiusInput      = "radius_m"
	collectionsInput = "collections"
	periodInput      = "period"
	stepInput        = "step_km"
)

const (
	routesCollection    = "routes"
	incidentsCollection = "incidents"
	reportsCollection   = "reports"
)

// CorridorProcess is the corridor as an analysis.
func CorridorProcess() process.Process {
	return process.Process{
		ID:    "corridor",
		Title: "Corridor",
		Description: "Incidents and reports within a distance of a drawn line or of routes: by outcome, by period, and kilometre by kilometre. " +
			"Distances are geodesics on WGS84 to the nearest place of the line, the rim included.",
		In:  corridorInputs(),
		Out: corridorOutputs(),
		Run: runCorridor,
	}
}

func radiusField(text string) geo.Field {
	nothing, most := 0.0, 200_000.0
	return geo.Field{Name: radiusInput, Title: "Distance", Unit: "m", Kind: geo.KindFloat, Default: geo.Float(1000), Least: &nothing, Greatest: &most, Description: text}
}

func corridorInputs() geo.Schema {
	least, most := 0.1, 1000.0
	fields := []geo.Field{
		{Name: lineInput, Title: "Line", Kind: geo.KindGeometry,
			Description: "A GeoJSON LineString or MultiLineString, as drawn or as the analysis route gives it; its edges are geodesics. Without it, the routes."},
		{Name: routesInput, Title: "Routes", Kind: geo.KindList, Role: geo.CollectionRole, Collection: routesCollection, Items: &geo.Field{Kind: geo.KindInt},
			Description: "Keys of routes, one after the other, in place of a line."},
		radiusField("Farthest from the line that a record may lie."),
		{Name: collectionsInput, Title: "Collections", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString, Role: geo.CollectionRole},
			Description: "Ids of the collections that are looked into; without them, incidents and reports."},
		{Name: process.TimeInput, Title: "Time", Kind: geo.KindInterval,
			Description: "Only records that stood at some moment of this day, time or start/end, both included; .. is an open end."},
		{Name: process.FilterInput, Title: "Filter", Kind: geo.KindString, Role: geo.FilterRole,
			Description: "Only records for which this is true, in CQL2; every collection must have the fields that it names."},
		{Name: periodInput, Title: "Period", Kind: geo.KindString, Enum: []string{byYear, byMonth}, Default: geo.String(byYear),
			Description: "Span of the calendar in UTC by which records are counted; each counts in the one in which it began."},
		{Name: stepInput, Title: "Step", Unit: "km", Kind: geo.KindFloat, Least: &least, Greatest: &most, Default: geo.Float(10),
			Description: "Length of the stretches into which the line is cut."},
	}
	return geo.Schema{Name: "corridor", Fields: append(fields, pattern.FloorFields()...)}
}

func corridorOutputs() geo.Schema {
	return geo.Schema{Name: "corridor", Fields: []geo.Field{
		record("line", "Line", process.Number("km", "Length", "km"), process.Number("radius_m", "Distance", "m")),
		process.Table("collections", "Collections", "", process.Text("id", "Collection"), process.Text("title", "Title"), process.Whole("selected", "Records"), process.Whole("inside", "In the corridor"),
			process.Number("per_km", "Per km", "/km"), process.Whole("killed", "Killed"), process.Whole("injured", "Injured")),
		process.Table("outcomes", "By outcome", "Of collections whose records have an outcome.", outcomeFields()...),
		process.Table("periods", "By period", "By the period in which records began, from the first to the last.", process.Text("collection", "Collection"), process.Text("period", "Period"), process.Whole("records", "Records")),
		layerOf("stretches", "Stretches", "the line, cut into stretches of one length, with the records that come nearest there",
			process.Number("per_km", "Records per km", "/km"), process.Number("from_km", "From", "km"), process.Number("to_km", "To", "km"), process.Whole("records", "Records")),
		layerOf("records", "Records", "the records in the corridor, in the order of the line; each at its own place", besideFields()...),
	}}
}

// trackOf reads what the corridor is along.
func trackOf(ctx context.Context, w process.World, in geo.Values) (*Track, error) {
	drawn, keys := in[lineInput], in[routesInput].List()
	if !drawn.Null() && len(keys) > 0 {
		return nil, geo.Errorf(geo.Invalid, routesInput, "give a line or routes, not both")
	}
	if !drawn.Null() {
		return drawnTrack(drawn.Geometry())
	}
	if len(keys) == 0 {
		return nil, geo.Errorf(geo.Invalid, lineInput, "draw a line, or name routes by their keys")
	}
	l, err := w.Layer(routesCollection)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, routesInput, "there is no collection of routes: load one, or draw a line")
	}
	var lines []orb.LineString
	for _, k := range keys {
		row, ok := l.Find(geo.Key(k.Int()), w.Reader)
		if !ok || row.Geometry() == nil {
			return nil, geo.Errorf(geo.Invalid, routesInput, "there is no route %d with a course; /api/collections/routes/items lists them", k.Int())
		}
		layer.See(ctx, row)
		lines = append(lines, linesOf(row.Geometry())...)
	}
	t, err := NewTrack(lines...)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, routesInput, "the routes have no length: name others")
	}
	return t, nil
}

func drawnTrack(g orb.Geometry) (*Track, error) {
	if bad := shape.Validate(g); bad != nil {
		return nil, geo.Errorf(geo.Invalid, lineInput, "%v", bad)
	}
	lines := linesOf(g)
	if lines == nil {
		return nil, geo.Errorf(geo.Invalid, lineInput, "must be a LineString or a MultiLineString, not a %s", g.GeoJSONType())
	}
	return NewTrack(lines...)
}

func linesOf(g orb.Geometry) []orb.LineString {
	switch g := g.(type) {
	case orb.LineString:
		return []orb.LineString{g}
	case orb.MultiLineString:
		return g
	}
	return nil
}

// besideLayers are the collections that are looked into.
func besideLayers(w process.World, in geo.Values) ([]*layer.Layer, error) {
	if !in[collectionsInput].Null() {
		return w.Collections(in, collectionsInput)
	}
	var out []*layer.Layer
	for _, id := range []string{incidentsCollection, reportsCollection} {
		if l, err := w.Layer(id); err == nil {
			out = append(out, l)
		}
	}
	if out == nil {
		return nil, geo.Errorf(geo.Invalid, collectionsInput, "there are neither incidents nor reports: name the collections to look into")
	}
	return out, nil
}

// floorOf is the floor for records of the schema: collections that do not say
// how well a place is known are taken as they are.
func floorOf(s *geo.Schema, in geo.Values) (pattern.Floor, error) {
	if f, err := pattern.ReadFloor(s, geo.Values{}); err != nil || f.Field == "" && in[pattern.PrecisionFieldInput].Null() {
		return f, err
	}
	return pattern.ReadFloor(s, in)
}

func runCorridor(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	track, err := trackOf(ctx, w, in)
	if err != nil {
		return process.Result{}, err
	}
	steps := track.Metres() / 1000 / in[stepInput].Float()
	if steps > mostSteps {
		return process.Result{}, geo.Errorf(geo.TooLarge, stepInput, "%.0f km in steps of %v km are %.0f stretches; the most is %d: give a longer step", track.Metres()/1000, in[stepInput].Float(), steps, mostSteps)
	}
	layers, err := besideLayers(w, in)
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{Dropped: map[string]int{}, Layers: layers, Method: "Geodesic corridor count on WGS84 (Karney 2013)"}
	var all []Beside
	for i, l := range layers {
		progress(i, len(layers), lookingInto.With(l.Schema().Name))
		b, err := beside(ctx, w, in, l, track)
		if err != nil {
			return process.Result{}, err
		}
		b.count(&r)
		all = append(all, b)
	}
	if routes, err := w.Layer(routesCollection); err == nil && in[lineInput].Null() {
		r.Layers = append(r.Layers, routes)
	}
	if r.Selected == 0 {
		r.Warnings = append(r.Warnings, process.Warning{Text: "No record is selected: widen the time or the filter."})
	}
	r.Output = corridorValues(track, all, in)
	return r, nil
}

// beside finds what of a collection lies in the corridor.
func beside(ctx context.Context, w process.World, in geo.Values, l *layer.Layer, t *Track) (Beside, error) {
	c := Corridor{Track: t, RadiusMetres: in[radiusInput].Float(), Layer: l, Select: geo.Selection{Reader: w.Reader, During: in[process.TimeInput].Interval()}}
	var err error
	if v := in[process.FilterInput]; !v.Null() {
		if c.Select.Match, err = process.Filter(l, process.FilterInput, v.Text()); err != nil {
			return Beside{}, err
		}
	}
	if c.Floor, err = floorOf(l.Schema(), in); err != nil {
		return Beside{}, err
	}
	return c.Find(ctx)
}

// count adds the records to the envelope, with what limits them.
func (b *Beside) count(r *process.Result) {
	r.Selected += b.Selected
	r.Used += b.Selected
	for reason, n := range b.Dropped {
		r.Dropped[reason] += n
		r.Used -= n
	}
	if n := b.Dropped[pattern.NoPlace]; n > 0 {
		r.Warnings = append(r.Warnings, process.Warning{Text: fmt.Sprintf("%d of %d %s have no place, so that nobody knows whether they are in the corridor.", n, b.Selected, b.Layer.Schema().Title)})
	}
	if len(b.Found) > mostListed {
		r.Warnings = append(r.Warnings, process.Warning{Text: fmt.Sprintf("%d %s are in the corridor: all are counted, the first %d along the line are drawn.", len(b.Found), b.Layer.Schema().Title, mostListed)})
	}
	if n := b.coarse(); n > 0 {
		r.Warnings = append(r.Warnings, process.Warning{Text: fmt.Sprintf("%d of the %s in the corridor are placed by a district or less well: they may have happened elsewhere. Set place_precision to 2 to leave them out.", n, b.Layer.Schema().Title)})
	}
}

// districtCode is the first code of a place that stands for an area wider than a
// corridor, on the scale of UCDP.
const districtCode = 3

func (b *Beside) coarse() (n int) {
	f, err := pattern.ReadFloor(b.Layer.Schema(), geo.Values{})
	if err != nil {
		return 0
	}
	for _, x := range b.Found {
		column := f.Column(x.Row.Table())
		if code, ok := column.Number(x.Row.Number()); ok && code >= districtCode {
			n++
		}
	}
	return n
}
