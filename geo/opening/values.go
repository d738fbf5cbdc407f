package opening

import (
	"cmp"
	"fmt"
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// answer is what each opening gives.
type answer struct {
	*list
	question *Question
	facts    *facts
	now      *Picture
	gains    []Gain
}

func (a *answer) result(rank string, q *roads.Question) process.Result {
	order := a.order(rank)
	table := make([]geo.Value, len(order))
	features := make([]geo.Value, len(order))
	for at, i := range order {
		c := &a.candidates[i]
		v := a.values(at+1, i)
		table[at] = geo.Record(v)
		// The best is drawn last, over the others.
		features[len(order)-1-at] = process.Feature(at+1, c.Shape, v)
	}
	r := process.Result{
		Output: geo.Values{"openings": process.FeatureCollection(features), "ranked": geo.List(table...), "now": a.standing()},
		Method: fmt.Sprintf("Times by road before and after each opening alone (Dijkstra 1959), for a %s in %s (%s)", q.Conditions.Profile.Title, q.Month(), q.Conditions.Profile.Source),
		Layers: slices.Concat(q.Layers, a.facts.layers), Docs: q.Docs,
		Selected: a.selected, Used: len(a.candidates), Dropped: a.dropped,
	}
	r.Warnings = append(append(r.Warnings, q.Warnings...), process.Plain(a.warnings()...)...)
	return r
}

// order ranks the candidates: by what was asked for, then by the others, then
// as they were found.
func (a *answer) order(rank string) []int {
	measures := map[string]func(g *Gain) []float64{
		byPeople:  func(g *Gain) []float64 { return []float64{g.People, float64(g.Places)} },
		byBases:   func(g *Gain) []float64 { return []float64{float64(g.Pairs), g.SavedMillis} },
		byConvoys: func(g *Gain) []float64 { return []float64{float64(g.Supplied), g.ConvoyMillis} },
	}
	first := []string{rank, byPeople, byBases, byConvoys}
	order := make([]int, len(a.candidates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int {
		for _, name := range first {
			if c := slices.Compare(measures[name](&a.gains[k]), measures[name](&a.gains[i])); c != 0 {
				return c
			}
		}
		return cmp.Compare(i, k)
	})
	return order
}

func (a *answer) values(rank, i int) geo.Values {
	c, g := &a.candidates[i], &a.gains[i]
	v := geo.Values{
		"rank": geo.Int(int64(rank)), "name": geo.String(c.Name), "collection": geo.String(c.Collection), "key": geo.Int(int64(c.Key)), "now": geo.String(c.Now),
		"people": geo.Float(g.People), "places": geo.Int(int64(g.Places)), "pairs": geo.Int(int64(g.Pairs)), "saved_min": roads.Minutes(g.SavedMillis), "quickened": geo.Int(int64(g.Quickened)),
		"supplied": {}, "convoy_min": {},
	}
	if a.question.Hub >= 0 {
		v["supplied"], v["convoy_min"] = geo.Int(int64(g.Supplied)), roads.Minutes(g.ConvoyMillis)
	}
	return v
}

func (a *answer) standing() geo.Value {
	n := len(a.question.Bases)
	v := geo.Values{
		"people": geo.Float(a.now.People), "people_of": geo.Float(a.facts.people), "places": geo.Int(int64(a.now.Places)), "places_of": geo.Int(int64(len(a.question.Demand))),
		"bases": geo.Int(int64(n)), "pairs": geo.Int(int64(a.now.Pairs)), "pairs_of": geo.Int(int64(n * (n - 1))), "supplied": {},
	}
	if a.question.Hub >= 0 {
		v["supplied"] = geo.Int(int64(a.now.Supplied))
	}
	return geo.Record(v)
}
