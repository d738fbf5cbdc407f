package air

import (
	"cmp"
	"context"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

// answer is what crafts reach.
type answer struct {
	all   []reached
	crowd crowd
}

const squareKilometre = 1e6

func (a *answer) values(ctx context.Context, progress process.Progress) (geo.Values, error) {
	slices.SortStableFunc(a.all, func(x, y reached) int { return cmp.Compare(y.Metres, x.Metres) })
	features, table := make([]geo.Value, 0, len(a.all)), make([]geo.Value, 0, len(a.all))
	once, twice, err := a.areas(nil)
	if err != nil {
		return nil, err
	}
	marks := make([]bool, len(a.crowd.points))
	for i := range a.all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		progress(i, len(a.all), overlaying.With())
		r := &a.all[i]
		outline, err := r.disc.Outline()
		if err != nil {
			return nil, err
		}
		features = append(features, process.Feature(i+1, outline, r.values()))
		row := r.values()
		others, _, err := a.areas(r)
		if err != nil {
			return nil, err
		}
		own, err := areaOf([]shape.Disc{r.disc}, 1)
		if err != nil {
			return nil, err
		}
		places, people := a.crowd.within(r.disc, marks)
		row["area_km2"], row["alone_km2"] = geo.Float(own/squareKilometre), geo.Float(max(0, once-others)/squareKilometre)
		row["places"], row["population"] = geo.Int(int64(places)), geo.Float(people)
		table = append(table, geo.Record(row))
	}
	return geo.Values{"reach": process.FeatureCollection(features), "crafts": geo.List(table...), "total": a.total(once, twice, marks)}, nil
}

// areas are what the crafts reach together, and what two or more of them do,
// in square metres, leaving one out.
func (a *answer) areas(but *reached) (once, twice float64, err error) {
	discs := make([]shape.Disc, 0, len(a.all))
	for i := range a.all {
		if &a.all[i] != but {
			discs = append(discs, a.all[i].disc)
		}
	}
	if once, err = areaOf(discs, 1); err != nil || but != nil {
		return once, 0, err
	}
	twice, err = areaOf(discs, 2)
	return once, twice, err
}

func areaOf(discs []shape.Disc, depth int) (float64, error) {
	if len(discs) < depth {
		return 0, nil
	}
	c, err := shape.NewCover(discs)
	if err != nil {
		return 0, err
	}
	return c.Area(depth)
}

func (r *reached) values() geo.Values {
	light := day
	if r.night {
		light = night
	}
	return geo.Values{
		"radius_km": geo.Float(r.Metres / 1000), "type": geo.String(r.Type), "base": geo.String(r.Base), "key": geo.Int(int64(r.Key)), "count": geo.Int(int64(r.Count)),
		"light": geo.String(light), "notice_min": geo.Float(r.Reach.Notice), "minutes": geo.Float(r.Minutes), "limit": geo.String(string(r.Limit)),
	}
}

func (a *answer) total(once, twice float64, marks []bool) geo.Value {
	places, people, unstated := 0, 0.0, 0
	for i, in := range marks {
		if !in {
			continue
		}
		places++
		if p := a.crowd.population[i]; !math.IsNaN(p) {
			people += p
		} else {
			unstated++
		}
	}
	return geo.Record(geo.Values{
		"crafts": geo.Int(int64(len(a.all))), "area_km2": geo.Float(once / squareKilometre), "twice_km2": geo.Float(twice / squareKilometre),
		"places": geo.Int(int64(places)), "places_of": geo.Int(int64(len(marks))), "population": geo.Float(people), "population_unstated": geo.Int(int64(unstated)),
	})
}
