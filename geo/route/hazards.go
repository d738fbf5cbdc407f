package route

import (
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

const hazardsCollection = "hazards"

// alongMetres is how exactly it is told where a way comes nearest to an area.
const alongMetres = 100

func hazardFields() []geo.Field {
	return []geo.Field{
		{Name: "kind", Title: "Kind", Kind: geo.KindString, Enum: []string{"suspected", "confirmed"}}, process.Text("name", "Name"), process.Whole("key", "Key"), process.Whole("way", "Way"),
		process.Number("at_km", "Along the way", "km"), process.Number("distance_m", "From the way", "m"), process.Text("mgrs", "MGRS on the way"),
	}
}

// hazards lists the hazards within the distance of each way, in its order.
func (s *survey) hazards(ctx context.Context, w process.World) (geo.Value, error) {
	var features []geo.Value
	l, err := w.Layer(hazardsCollection)
	if err != nil {
		s.warn("There are no hazards to look for along the way.")
		return process.FeatureCollection(nil), nil
	}
	known, err := roads.Hazards(ctx, w, l, s.in)
	if err != nil {
		return geo.Value{}, err
	}
	inForce := map[geo.Key]bool{}
	for _, row := range known {
		inForce[row.Key()] = true
	}
	for i, it := range s.itineraries {
		found, err := hazardsBeside(ctx, l, w.Reader, inForce, it.Track, s.in[radiusInput].Float())
		if err != nil {
			return geo.Value{}, err
		}
		for _, x := range found {
			features = append(features, process.Feature(len(features)+1, x.Row.Geometry(), geo.Values{
				"kind": x.Row.Named("kind"), "name": stated(x.Row.Name()), "key": geo.Int(int64(x.Row.Key())), "way": geo.Int(int64(i + 1)),
				"at_km": kilometres(x.Along), "distance_m": geo.Float(math.Round(x.Metres)), "mgrs": gridReference(it.Track.At(x.Along)),
			}))
		}
	}
	return process.FeatureCollection(features), nil
}

func hazardsBeside(ctx context.Context, l *layer.Layer, r geo.Reader, inForce map[geo.Key]bool, t *Track, radius float64) (found []Nearby, err error) {
	rows, failed := l.WalkWithin(ctx, t.Shape(), radius, geo.Selection{Reader: r})
	for row, metres := range rows {
		if !inForce[row.Key()] {
			continue
		}
		along, err := t.nearest(row.Geometry())
		if err != nil {
			return nil, err
		}
		found = append(found, Nearby{Row: row, Metres: metres, Along: along})
	}
	slices.SortFunc(found, byPlace)
	return found, failed()
}

// nearest returns how far from its beginning the track first comes nearest to
// a shape, to alongMetres.
func (t *Track) nearest(g orb.Geometry) (float64, error) {
	target, err := measure.NewTarget(g)
	if err != nil {
		return 0, err
	}
	cut, metres := 0, math.Inf(1)
	for i := range t.cuts {
		if d := t.cuts[i].target.To(g); d < metres {
			cut, metres = i, d
		}
	}
	c := &t.cuts[cut]
	along, best := c.from, math.Inf(1)
	n := math.Ceil((c.to - c.from) / alongMetres)
	for k := range int(n) + 1 {
		at := c.from + (c.to-c.from)*float64(k)/n
		if d := target.Distance(t.At(at)); d < best {
			along, best = at, d
		}
	}
	return along, nil
}
