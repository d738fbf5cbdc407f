package route

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

// The kinds of help that a way is looked at for.
const (
	ReactionForce = "reaction_force"
	Surgery       = "surgery"
)

const (
	assetsCollection = "assets"
	basesCollection  = "bases"
)

// surgical are the levels of care from which on surgery is done.
var surgical = map[string]bool{"L2": true, "L2+": true, "L3": true, "L4": true}

// rescue is who may come to help and where casualties may be brought, with
// what of their records could not be used.
type rescue struct {
	byKind map[string][]Helper
	rows   int
	used   int
	lost   map[string]int // by reason

	unstated int // reaction forces that state no notice by night
}

// NotConnected is the reason for which help is left out that stands too far
// from every road.
const NotConnected = "help too far from a road"

// helpers reads reaction forces and places of surgery that stood at the time.
func helpers(ctx context.Context, w process.World, t *network.Travel, during geo.Interval, within float64) (*rescue, error) {
	r := &rescue{byKind: map[string][]Helper{}, lost: map[string]int{}}
	for _, id := range []string{assetsCollection, basesCollection} {
		l, err := w.Layer(id)
		if err != nil {
			continue // a world without such records has no such help
		}
		rows, failed := l.Select(ctx, geo.Selection{Reader: w.Reader, During: during})
		for row := range rows {
			r.take(row, helpOf(id, row), t, within)
		}
		if err := failed(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// helpOf says what help a record gives, "" for none.
func helpOf(collection string, row geo.Row) string {
	if collection == assetsCollection {
		switch row.Named("type").Text() {
		case "reaction_force":
			return ReactionForce
		case "surgical_module":
			return Surgery
		}
		return ""
	}
	if !process.IsOpen(row) {
		return ""
	}
	if surgical[row.Named("medical_level").Text()] || row.Named("surgical_module").Bool() {
		return Surgery
	}
	return ""
}

func (r *rescue) take(row geo.Row, kind string, t *network.Travel, within float64) {
	if kind == "" {
		return
	}
	r.rows++
	p, ok := row.Point()
	if !ok {
		r.lost["without a place"]++
		return
	}
	at, ok := t.Snap(p, within, t.Open)
	if !ok {
		r.lost[NotConnected]++
		return
	}
	r.used++
	h := Helper{Name: nameOf(row), Kind: kind, Place: at}
	if kind == ReactionForce {
		h.Start, h.Night = notice(row.Named("notice_day_min")), notice(row.Named("notice_night_min"))
		if row.Named("notice_night_min").Null() {
			h.Night = h.Start
			r.unstated++
		}
	}
	r.byKind[kind] = append(r.byKind[kind], h)
}

// notice is the milliseconds of a notice in minutes.
func notice(minutes geo.Value) uint32 {
	if !(minutes.Float() > 0) {
		return 0
	}
	return uint32(math.Min(math.Round(minutes.Float()*60_000), network.Closed/2))
}

// nameOf is what people call a record: by its name, or by the base that it is
// of.
func nameOf(row geo.Row) string {
	return cmp.Or(row.Name(), row.Named("base").Text(), fmt.Sprintf("%s %d", row.Table().Schema().Title, row.Key()))
}

// see takes the roads of a journey into the marking of the answer.
func see(ctx context.Context, w process.World, legs []Leg) {
	seen := map[*network.Way]bool{}
	for _, l := range legs {
		if seen[l.Way] {
			continue
		}
		seen[l.Way] = true
		roads, err := w.Layer(l.Way.Collection)
		if err != nil {
			continue
		}
		if row, ok := roads.Find(l.Way.Key, w.Reader); ok {
			layer.See(ctx, row)
		}
	}
}

// weak is a weakest place of a way, for one kind of help.
type weak struct {
	Weakest
	kind, helper string
	way          int
	timed        bool
}

// weakest finds the weakest places of ways, of which some parts are dark.
func (r *rescue) weakest(p *Planner, ways []*Itinerary, dark [][]Span) (out []weak) {
	for _, kind := range []string{ReactionForce, Surgery} {
		all := r.byKind[kind]
		if len(all) == 0 {
			continue
		}
		reach := &reaches{p: p, helpers: all, toward: kind == Surgery}
		for i, it := range ways {
			x := weak{Weakest: reach.weakest(it, dark[i]), kind: kind, way: i + 1}
			if x.Helper >= 0 {
				x.helper = all[x.Helper].Name
			}
			out = append(out, x)
		}
	}
	return out
}

func (w *weak) feature(id int) geo.Value {
	minutes := geo.Value{}
	if w.Millis != network.Closed {
		minutes = inMinutes(uint64(w.Millis))
	}
	return process.Feature(id, w.Place.Point, geo.Values{
		"minutes": minutes, "help": geo.String(w.kind), "from": stated(w.helper), "light": lightOf(w.timed, w.Night), "way": geo.Int(int64(w.way)), "at_km": kilometres(w.At), "mgrs": gridReference(w.Place.Point),
	})
}

// lightOf is by what light help is called; null where nobody says when.
func lightOf(timed, night bool) geo.Value {
	switch {
	case !timed:
		return geo.Value{}
	case night:
		return geo.String("night")
	}
	return geo.String("day")
}

func lightField() geo.Field {
	return geo.Field{Name: "light", Title: "Light", Kind: geo.KindString, Enum: []string{"day", "night"}, Description: "When the place is passed: by night reaction forces have their notice by night. Null without a departure."}
}

func weakFields() []geo.Field {
	return []geo.Field{
		{Name: "minutes", Title: "Time", Unit: "min", Kind: geo.KindFloat, Description: "Null where no such help is reached by road."},
		{Name: "help", Title: "Help", Kind: geo.KindString, Enum: []string{ReactionForce, Surgery}}, process.Text("from", "Nearest in time"),
		lightField(),
		process.Whole("way", "Way"), process.Number("at_km", "Along the way", "km"), process.Text("mgrs", "MGRS"),
	}
}
