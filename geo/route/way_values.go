package route

import (
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
		process.Number("minutes", "Time", "min"), process.Number("km", "Length", "km"),
	}, append(riskFields(), process.Whole("way", "Way"), process.Text("by", "By"))...)
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
		process.Whole("way", "Way"), process.Whole("leg", "Leg"), process.Text("road", "Road"), process.Text("ref", "Reference"), process.Text("surface", "Surface"), process.Text("status", "Status"),
		process.Number("from_km", "From", "km"), process.Number("km", "Length", "km"), process.Number("minutes", "Time", "min"),
		process.Text("start_mgrs", "Start"), process.Text("end_mgrs", "End"), moment("begins", "Begins"), moment("ends", "Ends"),
		{Name: "incidents", Title: "Incidents", Kind: geo.KindInt, Description: "Within the distance of the way, by where on it they are nearest."},
		{Name: "verified", Title: "Verified", Kind: geo.KindTime, DateOnly: true}, {Name: "cleared", Title: "Cleared", Kind: geo.KindTime, DateOnly: true},
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
				"incidents": s.incidents(i, &l), "verified": dayOf(l.Way.Verified), "cleared": dayOf(l.Way.Cleared),
			})
			if t := s.timetable(i); t != nil {
				v["begins"], v["ends"] = geo.TimeValue(t.Begin[k]), geo.TimeValue(t.End[k])
			}
			out = append(out, geo.Record(v))
		}
	}
	return geo.List(out...)
}

// incidents counts those of a way that are nearest to a leg; null where none
// are looked for. What lies at both counts for the first.
func (s *survey) incidents(way int, l *Leg) geo.Value {
	beside, known := s.besides[way]
	if !known {
		return geo.Value{}
	}
	n := 0
	for _, x := range beside.Found {
		if x.Along <= l.To && (x.Along > l.From || l.From == 0) {
			n++
		}
	}
	return geo.Int(int64(n))
}

func dayOf(e geo.End) geo.Value {
	if e.Kind != geo.At {
		return geo.Value{}
	}
	return geo.TimeValue(e.Time)
}

func turnFields() []geo.Field {
	return []geo.Field{
		process.Whole("way", "Way"), process.Number("at_km", "At", "km"), {Name: "turn", Title: "Turn", Kind: geo.KindString, Enum: turns()},
		process.Text("road", "On to"), process.Text("ref", "Reference"), process.Text("surface", "Surface"), process.Text("stop", "Stop"), process.Text("mgrs", "MGRS"),
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
		process.Number("distance_m", "To the road", "m"), process.Text("stop", "Stop"), process.Text("road", "Road"), process.Text("mgrs", "MGRS on the road"),
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
