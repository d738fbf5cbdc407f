package route

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/process"
)

// inMinutes rounds to a tenth.
func inMinutes(millis uint64) geo.Value { return geo.Float(math.Round(float64(millis)/6000) / 10) }

// gridReference is the MGRS square of 10 m that holds the place.
func gridReference(p orb.Point) geo.Value {
	text, err := crs.FormatMGRS(p[0], p[1], 4)
	if err != nil {
		return geo.Value{}
	}
	return geo.String(text)
}

// risks writes risk to a millionth, with the chance where there is one.
func (s *survey) risks(risk uint64, into geo.Values) geo.Values {
	into["risk"], into["chance"] = geo.Value{}, geo.Value{}
	if s.planner.risk == nil {
		return into
	}
	x := float64(risk) / riskUnit
	into["risk"] = geo.Float(math.Round(x*1e6) / 1e6)
	if !s.relative {
		into["chance"] = geo.Float(math.Round(Probability(x)*1e6) / 1e6)
	}
	return into
}

func riskFields() []geo.Field {
	return []geo.Field{
		{Name: "risk", Title: "Risk", Kind: geo.KindFloat, Description: "Sum along the way, to a millionth: incidents to expect, or, where the risk is relative, how ways compare. Null where none is known."},
		{Name: "chance", Title: "Chance", Kind: geo.KindFloat, Description: "Of at least one incident, 1-exp(-risk). Null where the risk is relative: no probability follows from it."},
	}
}

func wayFields() []geo.Field {
	return append([]geo.Field{
		number("minutes", "Time", "min"), number("km", "Length", "km"),
	}, append(riskFields(), count("way", "Way"), text("by", "By"))...)
}

func (s *survey) ways() geo.Value {
	features := make([]geo.Value, len(s.itineraries))
	for i, it := range s.itineraries {
		features[i] = process.Feature(i+1, it.Track.Shape(), s.risks(it.Cost.Risk, geo.Values{
			"minutes": inMinutes(it.Cost.Time), "km": kilometres(it.Track.Metres()), "way": geo.Int(int64(i + 1)), "by": geo.String(it.by()),
		}))
	}
	return process.FeatureCollection(features)
}

// mostNamed is how many roads tell a way from others.
const mostNamed = 4

// by names the roads that the way uses longest, in their order.
func (it *Itinerary) by() string {
	metres := map[string]float64{}
	var names []string
	for _, l := range it.Legs {
		name := l.Way.Title()
		if metres[name] == 0 {
			names = append(names, name)
		}
		metres[name] += l.To - l.From
	}
	for len(names) > mostNamed {
		least := 0
		for i, name := range names {
			if metres[name] < metres[names[least]] {
				least = i
			}
		}
		names = append(names[:least], names[least+1:]...)
	}
	return strings.Join(names, ", ")
}

func legFields() []geo.Field {
	fields := []geo.Field{
		count("way", "Way"), count("leg", "Leg"), text("road", "Road"), text("ref", "Reference"), text("surface", "Surface"), text("status", "Status"),
		number("from_km", "From", "km"), number("km", "Length", "km"), number("minutes", "Time", "min"),
		text("start_mgrs", "Start"), text("end_mgrs", "End"), moment("begins", "Begins"), moment("ends", "Ends"),
	}
	return append(fields, riskFields()...)
}

func (s *survey) legs() geo.Value {
	var out []geo.Value
	for i, it := range s.itineraries {
		for k, l := range it.Legs {
			v := s.risks(l.Risk, geo.Values{
				"way": geo.Int(int64(i + 1)), "leg": geo.Int(int64(k + 1)), "road": geo.String(l.Way.Title()), "ref": stated(l.Way.Ref),
				"surface": stated(l.Way.Surface), "status": stated(l.Way.Status), "from_km": kilometres(l.From), "km": kilometres(l.To - l.From), "minutes": inMinutes(l.Millis),
				"start_mgrs": gridReference(it.Track.At(l.From)), "end_mgrs": gridReference(it.Track.At(l.To)), "begins": {}, "ends": {},
			})
			if t := s.timetable(i); t != nil {
				v["begins"], v["ends"] = geo.TimeValue(t.Begin[k]), geo.TimeValue(t.End[k])
			}
			out = append(out, geo.Record(v))
		}
	}
	return geo.List(out...)
}

func turnFields() []geo.Field {
	return []geo.Field{
		count("way", "Way"), number("at_km", "At", "km"), {Name: "turn", Title: "Turn", Kind: geo.KindString, Enum: turns()},
		text("road", "On to"), text("ref", "Reference"), text("surface", "Surface"), text("stop", "Stop"), text("mgrs", "MGRS"),
	}
}

func (s *survey) turns() geo.Value {
	var out []geo.Value
	for i, it := range s.itineraries {
		for _, d := range it.Directions() {
			v := geo.Values{
				"way": geo.Int(int64(i + 1)), "at_km": kilometres(d.At), "turn": geo.String(string(d.Turn)), "mgrs": gridReference(it.Track.At(d.At)),
				"road": {}, "ref": {}, "surface": {}, "stop": {},
			}
			if d.Leg >= 0 {
				way := it.Legs[d.Leg].Way
				v["road"], v["ref"], v["surface"] = geo.String(way.Title()), stated(way.Ref), stated(way.Surface)
			}
			if d.Stop >= 0 {
				v["stop"] = geo.String(it.Stops[d.Stop].Name)
			}
			out = append(out, geo.Record(v))
		}
	}
	return geo.List(out...)
}

func accessFields() []geo.Field {
	return []geo.Field{
		number("distance_m", "To the road", "m"), text("stop", "Stop"), text("road", "Road"), text("mgrs", "MGRS on the road"),
	}
}

// access tells how far the places lie from the roads where the way begins, ends
// or comes by: the stretch that no time of the answer holds.
func (s *survey) access() geo.Value {
	features := make([]geo.Value, len(s.stops))
	for i, stop := range s.stops {
		var shape orb.Geometry = orb.LineString{stop.Asked, stop.Point}
		if stop.Asked == stop.Point {
			shape = stop.Point
		}
		features[i] = process.Feature(i+1, shape, geo.Values{
			"distance_m": geo.Float(math.Round(stop.AccessMetres)), "stop": geo.String(stop.Name),
			"road": geo.String(s.planner.Travel.Way(stop.Segment).Title()), "mgrs": gridReference(stop.Point),
		})
	}
	return process.FeatureCollection(features)
}

func sheetFields() []geo.Field {
	return []geo.Field{
		count("way", "Way"), count("point", "Check point"), text("name", "Name"), text("mgrs", "MGRS"), number("at_km", "At", "km"), number("minutes", "Driven", "min"),
		moment("arrives", "Arrives"), moment("leaves", "Leaves"), text("road", "On to"), {Name: "notes", Title: "Emergency notes", Kind: geo.KindString, Description: "Left blank to write in."},
	}
}

// sheet is the table of a convoy sheet: each beginning of a leg, each halt and
// the end, with the times of both.
func (s *survey) sheet() geo.Value {
	var out []geo.Value
	for i, it := range s.itineraries {
		for n, c := range it.checkPoints(s.timetable(i)) {
			v := geo.Values{
				"way": geo.Int(int64(i + 1)), "point": geo.Int(int64(n + 1)), "name": geo.String(c.name), "mgrs": gridReference(it.Track.At(c.at)), "at_km": kilometres(c.at),
				"minutes": inMinutes(c.driven), "arrives": {}, "leaves": {}, "road": stated(c.road), "notes": geo.String(""),
			}
			if c.timed {
				v["arrives"], v["leaves"] = geo.TimeValue(c.arrives), geo.TimeValue(c.leaves)
			}
			out = append(out, geo.Record(v))
		}
	}
	return geo.List(out...)
}

// checkPoint is a place of which a convoy reports that it came by.
type checkPoint struct {
	name, road      string
	at              float64
	driven          uint64
	timed           bool
	arrives, leaves geo.Time
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
			timed: true, arrives: h.From, leaves: h.To,
		})
	}
	return out
}
