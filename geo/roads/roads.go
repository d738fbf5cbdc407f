// Package roads is what the analyses of ways by road have in common: under
// which conditions one drives, what is avoided, and in which words it is said
// that there is no road or no way. It also answers what the road network is
// made of, as the process road-network.
//
// The graph itself, its searches and the vehicles that are built in are
// [bivouac/geo/network]'s.
package roads

import (
	"context"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

// The inputs of conditions.
const (
	ProfileInput = "profile"
	MonthInput   = "month"
	SeasonInput  = "season"
	DateInput    = "date"
	AvoidInput   = "avoid"
	HazardsInput = "avoid_hazards"
)

const (
	drySeason = "dry"
	wetSeason = "wet"
)

// Fields are the inputs that say under which conditions one drives.
func Fields() []geo.Field {
	first, last := 1.0, 12.0
	return []geo.Field{
		{Name: ProfileInput, Title: "Vehicle", Kind: geo.KindString, Default: geo.String("convoy"),
			Description: "Vehicle profile: patrol, convoy, ambulance, or the id of a document of kind vehicle-profile."},
		{Name: MonthInput, Title: "Month", Kind: geo.KindInt, Least: &first, Greatest: &last,
			Description: "Month, 1 to 12: whether it is wet on a road follows from the area that it lies in. It goes before the season."},
		{Name: SeasonInput, Title: "Season", Kind: geo.KindString, Enum: []string{drySeason, wetSeason}, Default: geo.String(drySeason),
			Description: "Dry, or wet on all roads, where no month is given."},
		DateField(),
		{Name: AvoidInput, Title: "Avoid", Kind: geo.KindGeometry,
			Description: "Roads that meet this GeoJSON geometry are not used, its edges straight on the map."},
		{Name: HazardsInput, Title: "Avoid hazards", Kind: geo.KindBool, Default: geo.Bool(false),
			Description: "Roads that meet a hazard in force are not used: one that is reported and not yet released, and neither cleared nor cancelled."},
	}
}

// DateField is the input that says when one drives.
func DateField() geo.Field {
	return geo.Field{Name: DateInput, Title: "Date", Kind: geo.KindTime,
		Description: "When one drives: hazards count that are in force then, and the month is its month where none is given and the season is not wet. Without it, hazards count that were not released when the last of them changed."}
}

// Question is conditions as they were asked for, and what they come from.
type Question struct {
	Conditions network.Conditions
	Layers     []*layer.Layer // that the answer is made of
	Docs       []geo.Doc      // and the document of the vehicle
	Warnings   []process.Warning
}

// Graph returns the roads of a world. One without roads that its reader may see
// is an error that says so.
func Graph(w process.World) (*network.Graph, error) {
	if g := w.Network(); g != nil {
		for s := range int32(g.Segments()) {
			if g.Seen(s, w.Reader) {
				return g, nil
			}
		}
	}
	return nil, geo.Errorf(geo.Conflict, "roads", "there are no roads here; draw or import some into routes or roads")
}

// Read reads the inputs of [Fields]. A world without roads is an error that
// says so.
func Read(ctx context.Context, w process.World, in geo.Values) (*Question, error) {
	if _, err := Graph(w); err != nil {
		return nil, err
	}
	q := &Question{Layers: Layers(w)}
	c := &q.Conditions
	c.Reader, c.Month, c.Wet = w.Reader, int(in[MonthInput].Int()), in[MonthInput].Null() && in[SeasonInput].Text() == wetSeason
	if date := in[DateInput]; !date.Null() && in[MonthInput].Null() && !c.Wet {
		c.Month = int(date.Time().Std().Month())
	}
	profile, doc, err := ProfileOf(w, in[ProfileInput].Text())
	if err != nil {
		return nil, err
	}
	c.Profile = profile
	if doc != nil {
		q.Docs = append(q.Docs, *doc)
	}
	return q, q.avoid(ctx, w, in)
}

// Layers are the collections that the graph is made of.
func Layers(w process.World) []*layer.Layer {
	var out []*layer.Layer
	for _, l := range w.Layers() {
		if network.Takes(l.Schema()) {
			out = append(out, l)
		}
	}
	return out
}

// Month says the season in words, for methods and sheets.
func (q *Question) Month() string {
	switch c := &q.Conditions; {
	case c.Wet:
		return "the wet season"
	case c.Month > 0:
		return [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}[c.Month-1]
	}
	return "the dry season"
}

const hazardsCollection = "hazards"

// avoid finds the segments that meet what is to be avoided.
func (q *Question) avoid(ctx context.Context, w process.World, in geo.Values) error {
	var shapes []orb.Geometry
	var words []string
	if v := in[AvoidInput]; !v.Null() {
		if shape.Empty(v.Geometry()) {
			return geo.Errorf(geo.Invalid, AvoidInput, "the geometry is empty; draw an area or a line, or leave it out")
		}
		shapes, words = append(shapes, v.Geometry()), append(words, v.String())
	}
	if in[HazardsInput].Bool() {
		l, err := w.Layer(hazardsCollection)
		if err != nil {
			return geo.Errorf(geo.Conflict, HazardsInput, "there is no collection of hazards here to avoid")
		}
		found, err := Hazards(ctx, w, l, in)
		if err != nil {
			return err
		}
		keys := make([]geo.Key, len(found))
		for i, row := range found {
			shapes, keys[i] = append(shapes, row.Geometry()), row.Key()
		}
		words = append(words, fmt.Sprintf("hazards %v at %d", keys, l.Changed(w.Reader)))
		q.Layers = append(q.Layers, l)
		if len(found) == 0 {
			q.Warnings = append(q.Warnings, noHazard.With())
		}
	}
	if len(shapes) == 0 {
		return nil
	}
	hit, err := Meeting(w.Network(), w.Reader, shapes...)
	if err != nil {
		return err
	}
	q.Conditions.Avoid = func(s int32) bool { return hit[s] }
	q.Conditions.Avoided = strings.Join(words, " and ")
	return nil
}

// Hazards are the records of a layer with a place that are in force.
func Hazards(ctx context.Context, w process.World, l *layer.Layer, in geo.Values) ([]geo.Row, error) {
	during := geo.From(w.Changed(w.Reader, l).At)
	if date := in[DateInput]; !date.Null() {
		during = geo.Instant(date.Time())
	}
	var out []geo.Row
	rows, failed := l.Select(ctx, geo.Selection{Reader: w.Reader})
	for row := range rows {
		if row.Geometry() != nil && inForce(row, during) {
			out = append(out, row)
		}
	}
	return out, failed()
}

// inForce reports whether a hazard is neither cleared nor cancelled, and stands
// at some moment of the time: from the day on which it was reported, always
// where that is not stated, until it is released. What is not sure counts.
func inForce(row geo.Row, during geo.Interval) bool {
	kind := row.Named("kind").Text()
	return kind != "cleared" && kind != "cancelled" && row.Table().Valid(row.Number()).Meets(during) != geo.False
}

// Meeting returns the segments that meet one of the shapes, and with them all of
// their section: where a road is cut for one that is hidden, it does not show.
func Meeting(g *network.Graph, r geo.Reader, shapes ...orb.Geometry) (map[int32]bool, error) {
	hit := map[int32]bool{}
	for _, s := range shapes {
		s, _ = shape.SplitDateLine(s)
		prepared, err := shape.Prepare(s)
		if err != nil {
			return nil, geo.Errorf(geo.Invalid, AvoidInput, "%v", err)
		}
		box, ok := prepared.Bound()
		if !ok {
			continue
		}
		g.InBox(box, func(seg int32) {
			if !hit[seg] {
				line, _ := shape.SplitDateLine(g.Line(seg))
				if prepared.Intersects(line) {
					hit[seg] = true
				}
			}
		})
	}
	if len(hit) == 0 {
		return hit, nil
	}
	for c := range g.Sections(r) {
		for s := c.From; s < c.To; s++ {
			if hit[s] {
				for s := c.From; s < c.To; s++ {
					hit[s] = true
				}
				break
			}
		}
	}
	return hit, nil
}
