package route

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

const placesCollection = "places"

// Check points are named by places that are no farther than this.
const namedWithinMetres = 10_000

func sheetFields() []geo.Field {
	return []geo.Field{
		process.Whole("way", "Way"), process.Whole("point", "Check point"), process.Text("name", "Name"), process.Text("place", "Nearest place"), process.Number("place_m", "To it", "m"),
		process.Text("mgrs", "MGRS"), process.Number("at_km", "At", "km"), process.Number("minutes", "Driven", "min"),
		moment("arrives", "Arrives"), moment("leaves", "Leaves"), process.Text("road", "On to"), {Name: "notes", Title: "Emergency notes", Kind: geo.KindString, Description: "Left blank to write in."},
	}
}

// checkPoint is a place of which a convoy reports that it came by.
type checkPoint struct {
	name, road      string
	place           string // the nearest one, "" for none
	placeMetres     float64
	at              float64
	driven          uint64
	halt            bool
	timed           bool
	arrives, leaves geo.Time
}

// checkPoints returns those of each way, with the places that they are near.
func (s *survey) checkPoints(ctx context.Context, w process.World) ([][]checkPoint, error) {
	out := make([][]checkPoint, len(s.itineraries))
	places, err := w.Layer(placesCollection)
	for i, it := range s.itineraries {
		out[i] = it.checkPoints(s.timetable(i))
		if err != nil {
			continue // a world without such records
		}
		for k := range out[i] {
			if err := out[i][k].near(ctx, places, w.Reader, it.Track.At(out[i][k].at)); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// near looks for the nearest place that has a name.
func (c *checkPoint) near(ctx context.Context, places *layer.Layer, r geo.Reader, at orb.Point) error {
	rows, failed := places.WalkWithin(ctx, at, namedWithinMetres, geo.Selection{Reader: r})
	for row, metres := range rows {
		if c.place = row.Name(); c.place != "" {
			c.placeMetres = metres
			break
		}
	}
	return failed()
}

func (it *Itinerary) checkPoints(t *Timetable) (out []checkPoint) {
	driven := uint64(0)
	for k, l := range it.Legs {
		c := checkPoint{name: l.Way.Title(), road: l.Way.Title(), at: l.From, driven: driven}
		if k == 0 || it.Legs[k-1].Path != l.Path {
			c.name = it.Stops[l.Path].Name
		}
		if t != nil {
			c.timed, c.arrives, c.leaves = true, t.Begin[k], t.Begin[k]
			if k > 0 {
				c.arrives = t.End[k-1]
			}
			c.halt = c.leaves > c.arrives
		}
		out = append(out, c)
		if t != nil {
			out = append(out, it.halts(t, k, driven)...)
		}
		driven += l.Millis
	}
	last := checkPoint{name: it.Stops[len(it.Stops)-1].Name, at: it.Track.Metres(), driven: driven}
	if t != nil {
		last.timed, last.arrives, last.leaves = true, t.Arrival(), t.Arrival()
	}
	return append(out, last)
}

// halts are those on the road within a leg; one at its beginning shows in its
// own times.
func (it *Itinerary) halts(t *Timetable, leg int, driven uint64) (out []checkPoint) {
	l := it.Legs[leg]
	for _, h := range t.Halts {
		if h.Leg != leg || h.At == l.From {
			continue
		}
		share := (h.At - l.From) / (l.To - l.From)
		out = append(out, checkPoint{
			name: fmt.Sprintf("halt on %s", l.Way.Title()), road: l.Way.Title(), at: h.At, driven: driven + uint64(share*float64(l.Millis)),
			halt: true, timed: true, arrives: h.From, leaves: h.To,
		})
	}
	return out
}

// sheet is the table of a convoy sheet: each beginning of a leg, each halt and
// the end, with the times of both.
func (s *survey) sheet(checks [][]checkPoint) geo.Value {
	var out []geo.Value
	for i, it := range s.itineraries {
		for n, c := range checks[i] {
			v := geo.Values{
				"way": geo.Int(int64(i + 1)), "point": geo.Int(int64(n + 1)), "name": geo.String(c.name), "place": stated(c.place), "place_m": {},
				"mgrs": gridReference(it.Track.At(c.at)), "at_km": kilometres(c.at),
				"minutes": inMinutes(c.driven), "arrives": {}, "leaves": {}, "road": stated(c.road), "notes": geo.String(""),
			}
			if c.place != "" {
				v["place_m"] = geo.Float(math.Round(c.placeMetres))
			}
			if c.timed {
				v["arrives"], v["leaves"] = geo.TimeValue(c.arrives), geo.TimeValue(c.leaves)
			}
			out = append(out, geo.Record(v))
		}
	}
	return geo.List(out...)
}

// gpx writes the ways as one file.
func (s *survey) gpx(checks [][]checkPoint, weakest, hazards geo.Value) string {
	courses := make([]Course, len(s.itineraries))
	for i, it := range s.itineraries {
		courses[i] = Course{Itinerary: it, Number: i + 1, Name: it.by()}
		for _, c := range checks[i] {
			p := Waypoint{At: it.Track.At(c.at), Name: c.title(), Type: "check point", Note: s.told(c)}
			courses[i].Checks = append(courses[i].Checks, p)
			if c.halt {
				p.Name, p.Type = "halt, "+p.Name, "halt"
				courses[i].Marks = append(courses[i].Marks, p)
			}
		}
	}
	for _, f := range weakest.Record()["features"].List() {
		p := f.Record()["properties"].Record()
		if at, ok := f.Record()["geometry"].Geometry().(orb.Point); ok {
			note := p["minutes"].String() + " min, " + p["from"].Text()
			if p["minutes"].Null() {
				note = "reached by none by road"
			}
			mark(courses, p, Waypoint{At: at, Name: "weakest for " + helpWords[p["help"].Text()], Type: "weakest", Note: note})
		}
	}
	for _, f := range hazards.Record()["features"].List() {
		p := f.Record()["properties"].Record()
		at := s.itineraries[p["way"].Int()-1].Track.At(1000 * p["at_km"].Float())
		name := strings.TrimSpace(p["kind"].Text() + " hazard " + p["name"].Text())
		mark(courses, p, Waypoint{At: at, Name: name, Type: "hazard", Note: fmt.Sprintf("%.0f m from the way", p["distance_m"].Float())})
	}
	return GPX("Bivouac: "+s.itineraries[0].by(), courses)
}

// mark adds what the properties of a feature tell of to its way.
func mark(courses []Course, of geo.Values, w Waypoint) {
	c := &courses[of["way"].Int()-1]
	w.Note = fmt.Sprintf("km %.1f; %s", of["at_km"].Float(), w.Note)
	c.Marks = append(c.Marks, w)
}

// title is what a handset shows of a check point: the place, else the road.
func (c *checkPoint) title() string {
	if c.place != "" {
		return fmt.Sprintf("km %.0f %s", c.at/1000, c.place)
	}
	if c.halt {
		return fmt.Sprintf("km %.0f %s", c.at/1000, c.road)
	}
	return fmt.Sprintf("km %.0f %s", c.at/1000, c.name)
}

// told says the rest of a check point in one line, its times in local time.
func (s *survey) told(c checkPoint) string {
	out := fmt.Sprintf("after %.1f min of driving", float64(c.driven)/60_000)
	if c.road != "" {
		out += ", on to " + c.road
	}
	switch {
	case c.timed && c.halt:
		out += "; " + s.curfew.clock(c.arrives) + " to " + s.curfew.clock(c.leaves)
	case c.timed:
		out += "; " + s.curfew.clock(c.arrives)
	}
	return out
}
