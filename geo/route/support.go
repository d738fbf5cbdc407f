package route

import (
	"context"
	"math"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

// supportStepMetres is how far apart the places are at which it is asked who
// would come; on a long way they are mostSupport in even distances.
const (
	supportStepMetres = 10_000
	mostSupport       = 120
)

func supportFields() []geo.Field {
	return []geo.Field{
		process.Whole("way", "Way"), process.Number("at_km", "At", "km"), process.Text("mgrs", "MGRS"),
		process.Text(ReactionForce, "Reaction force"), process.Number(ReactionForce+"_min", "Until it arrives", "min"),
		process.Text(Surgery, "Surgery"), process.Number(Surgery+"_min", "Until it is reached", "min"),
		lightField(),
	}
}

// support tells for places along each way which reaction force would be there
// first, and which place of surgery would be reached first from there; dark are
// the parts of each way on which it is night when one comes by.
func (s *survey) support(ctx context.Context, help *rescue, dark [][]Span) (geo.Value, error) {
	var rows []geo.Values
	var places []called
	for i, it := range s.itineraries {
		n := math.Min(mostSupport, math.Ceil(it.Track.Metres()/supportStepMetres))
		for k := range int(n) + 1 {
			at := it.Track.Metres() * float64(k) / n
			place := it.place(s.planner.Travel, at)
			night := holds(dark[i], at)
			places = append(places, called{place, night})
			rows = append(rows, geo.Values{"way": geo.Int(int64(i + 1)), "at_km": kilometres(at), "mgrs": gridReference(place.Point), "light": lightOf(s.tables != nil, night)})
		}
	}
	for _, kind := range []string{ReactionForce, Surgery} {
		first, err := help.first(ctx, s.planner.Travel, kind, places)
		if err != nil {
			return geo.Value{}, err
		}
		for i, f := range first {
			rows[i][kind], rows[i][kind+"_min"] = stated(f.name), f.minutes
		}
	}
	out := make([]geo.Value, len(rows))
	for i := range rows {
		out[i] = geo.Record(rows[i])
	}
	return geo.List(out...), nil
}

// called is a place from which help is called, and whether it is night there.
type called struct {
	network.Place
	night bool
}

// helped is who helps a place first; the zero value is nobody.
type helped struct {
	name    string
	minutes geo.Value
}

// first returns who of a kind helps each place first, the first of equals.
func (r *rescue) first(ctx context.Context, t *network.Travel, kind string, places []called) ([]helped, error) {
	out := make([]helped, len(places))
	helpers := r.byKind[kind]
	if len(helpers) == 0 {
		return out, nil
	}
	at := make([]network.Place, len(helpers))
	for i := range helpers {
		at[i] = helpers[i].Place
	}
	from, to := at, make([]network.Place, len(places))
	for i := range places {
		to[i] = places[i].Place
	}
	if kind == Surgery {
		from, to = to, from
	}
	times, err := t.Matrix(ctx, from, to)
	if err != nil {
		return nil, err
	}
	for i := range places {
		best := uint64(network.Closed)
		for h := range helpers {
			millis := uint64(network.Closed)
			if kind == Surgery {
				millis = uint64(times[i][h])
			} else if times[h][i] != network.Closed {
				millis = uint64(times[h][i]) + uint64(helpers[h].start(places[i].night))
			}
			if millis < best {
				best = millis
				out[i] = helped{helpers[h].Name, inMinutes(millis)}
			}
		}
	}
	return out, nil
}

// place returns where on the roads one is after so many metres.
func (it *Itinerary) place(t *network.Travel, metres float64) network.Place {
	step := it.steps[0]
	for _, next := range it.steps[1:] {
		if next.at > metres {
			break
		}
		step = next
	}
	share := (metres - step.at) / t.Metres(step.Segment)
	if step.To < step.From {
		share = -share
	}
	fraction := step.From + share
	fraction = math.Max(math.Min(step.From, step.To), math.Min(math.Max(step.From, step.To), fraction))
	return network.Place{Segment: step.Segment, Fraction: fraction, Point: t.Graph.At(step.Segment, fraction)}
}
