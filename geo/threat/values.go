package threat

import (
	"cmp"
	"context"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
)

// mostRanked is how many sections the table lists; the layer has all.
const mostRanked = 500

// features are the sections in order, and the first of them as a table.
func (a *assessment) features(order []int) (layer, table geo.Value) {
	relative := Relative(a.compared(), a.metres)
	features := make([]geo.Value, len(order))
	var rows []geo.Value
	for k, i := range order {
		v := a.properties(i, &relative[i])
		features[k] = process.Feature(k+1, a.seen.Line(&a.sections[i]), v)
		if k < mostRanked {
			rows = append(rows, ranked(k+1, v))
		}
	}
	return process.FeatureCollection(features), geo.List(rows...)
}

// ranked is a row of the table: what of the properties it shows.
func ranked(rank int, v geo.Values) geo.Value {
	row := geo.Values{"rank": geo.Int(int64(rank))}
	for _, f := range outputs().Fields[1].Items.Fields[1:] {
		row[f.Name] = v[f.Name]
	}
	return geo.Record(row)
}

func put(v geo.Values, name string, r *Rate) {
	v[name], v[name+"_lower"], v[name+"_upper"] = geo.Float(r.Mean), geo.Float(r.Lower), geo.Float(r.Upper)
}

func (a *assessment) properties(i int, relative *Rate) geo.Values {
	s, t := &a.sections[i], &a.tallies[i]
	w := a.seen.road(s.Way)
	nothing := Rate{Mean: math.NaN()}
	nothing.Lower, nothing.Upper = math.NaN(), math.NaN()
	v := geo.Values{
		"road": geo.String(w.Title()), "ref": geo.String(w.Ref), "length_km": geo.Float(s.Metres / 1000),
		"incidents": geo.Int(int64(t.Incidents)), "own": geo.Float(a.compared()[i].Own),
		"weighted": geo.Float(t.Sum), "recency": geo.Float(t.Recency), "precision": geo.Float(t.Precision), "weight": geo.Float(t.Weight),
		"per_km": geo.Float(float64(t.Incidents) / (s.Metres / 1000)), "casualties": {}, "casualties_each": {},
		"surface": geo.String(w.Surface), "status": geo.String(w.Status),
		"days_since_verified": a.since(w.Verified), "days_since_cleared": a.since(w.Cleared),
		"collection": geo.String(w.Collection), "key": geo.Int(int64(w.Key)),
		"chance": {}, "driven_km": {}, "driven_incidents": {}, "raw_per_km_year": {},
	}
	put(v, "relative", relative)
	put(v, "per_1000_km", &nothing)
	put(v, "per_km_year", &nothing)
	if a.dated {
		put(v, "per_km_year", &a.yearly[i])
		v["raw_per_km_year"] = geo.Float(a.yearly[i].Raw)
	}
	if a.harm != "" && t.Harmed > 0 {
		v["casualties"], v["casualties_each"] = geo.Float(t.Harm), geo.Float(t.Harm/float64(t.Harmed))
	}
	if d := a.driven; d != nil {
		put(v, "per_1000_km", &d.rates[i])
		v["driven_km"], v["driven_incidents"] = geo.Float(d.exposure.KM[i]), geo.Float(d.tallies[i].Sum)
		v["chance"] = geo.Float(-math.Expm1(-d.rates[i].Mean * s.Metres / 1e6))
	}
	return v
}

// since is how many days before the end of the time something was; null where
// that is not known, or it was later.
func (a *assessment) since(when geo.End) geo.Value {
	if when.Kind != geo.At || !a.dated || when.Time > a.period.To {
		return geo.Value{}
	}
	return geo.Float(math.Floor(float64(a.period.To-when.Time) / float64(geo.Day)))
}

func (a *assessment) exposureValue() geo.Value {
	total := 0.0
	for _, m := range a.metres {
		total += m
	}
	v := geo.Values{"length_km": geo.Float(total / 1000), "sections": geo.Int(int64(len(a.sections)))}
	for _, name := range []string{"from", "to", "years", "years_counted", "driven_from", "driven_to", "movements", "driven_km", "placed_km", "movements_unplaced", "movements_without_km"} {
		v[name] = geo.Value{}
	}
	if a.dated {
		v["from"], v["to"] = geo.TimeValue(a.period.From), geo.TimeValue(a.period.To)
		v["years"], v["years_counted"] = geo.Float(a.period.Years()), geo.Float(a.counted)
	}
	if d := a.driven; d != nil {
		e := d.exposure
		v["driven_from"], v["driven_to"], v["movements"] = geo.TimeValue(d.from), geo.TimeValue(d.to), geo.Int(int64(e.Movements))
		v["driven_km"], v["placed_km"] = geo.Float(e.DrivenKM), geo.Float(e.PlacedKM)
		v["movements_unplaced"], v["movements_without_km"] = geo.Int(int64(e.Unplaced)), geo.Int(int64(e.Distanceless))
	}
	return geo.Record(v)
}

func (a *assessment) basisValue() geo.Value {
	one := func(rate string, b *Basis) geo.Value {
		return geo.Record(geo.Values{
			"rate": geo.String(rate), "prior": geo.String(string(b.Prior)), "mean": geo.Float(b.Mean),
			"shape": geo.Float(b.Gamma.Shape), "exposure": geo.Float(b.Gamma.Rate * b.Dispersion), "dispersion": geo.Float(b.Dispersion),
		})
	}
	name := "per_km"
	if a.dated {
		name = "per_km_year"
	}
	out := []geo.Value{one(name, &a.basis)}
	if a.driven != nil {
		out = append(out, one("per_1000_km", &a.driven.basis))
	}
	return geo.List(out...)
}

func (a *assessment) summary() geo.Value {
	return geo.Record(geo.Values{
		"on_roads": geo.Int(int64(len(a.incidents))), "off_roads": geo.Int(int64(a.offRoads)), "outside": geo.Int(int64(a.outside)),
		"severity": geo.String(a.harm), "tolerance_m": a.in[ToleranceInput],
	})
}

// mostPieces is how many pieces of the density are drawn.
const mostPieces = 100_000

// density spreads the incidents along the roads; null where no bandwidth is
// asked for.
func (a *assessment) density(ctx context.Context) (geo.Value, error) {
	bandwidth := a.in[BandwidthInput].Float()
	if a.in[BandwidthInput].Null() {
		return geo.Value{}, nil
	}
	lixel := a.in[LixelInput].Float()
	if a.in[LixelInput].Null() {
		lixel = bandwidth / 5
	}
	spots, weights := make([]Spot, len(a.incidents)), make([]float64, len(a.incidents))
	for i := range a.incidents {
		spots[i], weights[i] = a.incidents[i].Spot, a.incidents[i].counts()
	}
	l, err := a.seen.Roads.Density(ctx, Kernel(a.in[KernelInput].Text()), spots, weights, bandwidth, lixel)
	if err != nil {
		return geo.Value{}, err
	}
	return a.pieces(l)
}

// pieces are the lixels with something on them, densest first.
func (a *assessment) pieces(l *Lixels) (geo.Value, error) {
	var drawn []int32
	for i, d := range l.Density {
		if d > 0 {
			drawn = append(drawn, int32(i))
		}
	}
	if len(drawn) > mostPieces {
		return geo.Value{}, geo.Errorf(geo.TooLarge, LixelInput, "%d pieces of roads have a density, and no more than %d are drawn; take longer pieces or a smaller area", len(drawn), mostPieces)
	}
	slices.SortStableFunc(drawn, func(x, y int32) int { return cmp.Compare(l.Density[y], l.Density[x]) })
	out := make([]geo.Value, len(drawn))
	for k, i := range drawn {
		s, _ := slices.BinarySearch(l.First, i+1)
		s--
		size := a.seen.Roads.metres[s] / float64(l.Of(int32(s)))
		from := float64(i-l.First[s]) * size
		part := Part{int32(s), from, min(from+size, a.seen.Roads.metres[s])}
		out[k] = process.Feature(k+1, a.seen.part(part), geo.Values{
			"per_km": geo.Float(l.Density[i] * 1000), "road": geo.String(a.seen.road(a.seen.Way[s]).Title()), "length_km": geo.Float(size / 1000),
		})
	}
	return process.FeatureCollection(out), nil
}
