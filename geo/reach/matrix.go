package reach

import (
	"context"
	"fmt"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// The inputs of a matrix.
const (
	fromInput      = "from"
	fromBasesInput = "from_bases"
	toInput        = "to"
	toBasesInput   = "to_bases"
	lengthsInput   = "lengths"
)

// mostPairs is how many ways are listed, mostLengths of how many the length is
// measured.
const (
	mostPairs   = 250_000
	mostLengths = 20_000
	mostReasons = 100 // that are looked for: each takes a search of its own
)

// MatrixProcess is the times between many places as an analysis.
func MatrixProcess(cache *network.Cache) process.Process {
	return process.Process{
		ID:          "matrix",
		Title:       "Times between places",
		Description: "How long it takes by road from each place to each, and how far that is; of pairs without a way, why there is none.",
		In:          matrixInputs(),
		Out:         matrixOutputs(),
		Roads:       true,
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			t, q, err := travelOf(ctx, cache, w, in)
			if err != nil {
				return process.Result{}, err
			}
			r, err := matrix(ctx, w, t, in, progress)
			into(&r, q)
			return r, err
		},
	}
}

func matrixInputs() geo.Schema {
	return geo.Schema{Name: "matrix", Fields: slices.Concat(
		stopFields(fromInput, fromBasesInput, "From", "Where one sets out"),
		stopFields(toInput, toBasesInput, "To", "Where one goes; with no place and no base to go to, the places from which one sets out"),
		[]geo.Field{
			{Name: lengthsInput, Title: "Lengths", Kind: geo.KindBool, Default: geo.Bool(true), Description: "Measure how far each way is, too."},
			snapField(),
		}, roads.Fields())}
}

func matrixOutputs() geo.Schema {
	place := []geo.Field{process.Text("name", "Place"), process.Number("access_m", "To the road", "m"), process.Text("road", "Road"), process.Text("problem", "Why it is on no road")}
	return geo.Schema{Name: "matrix", Fields: []geo.Field{
		{Name: "pairs", Title: "Ways", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			process.Text("from", "From"), process.Text("to", "To"), process.Number("minutes", "Time", "min"), process.Number("km", "Length", "km"), process.Text("problem", "Why there is none"),
		}}},
		{Name: "minutes", Title: "Times", Kind: geo.KindList, Description: "By row of the places from, a list of the times to each place, in minutes; null where there is no way.",
			Items: &geo.Field{Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindFloat}}},
		{Name: "from", Title: "From", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: place}},
		{Name: "to", Title: "To", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: place}},
	}}
}

func matrix(ctx context.Context, w process.World, t *network.Travel, in geo.Values, progress process.Progress) (process.Result, error) {
	from, err := askedStops(ctx, w, t, in, fromInput, fromBasesInput)
	if err != nil {
		return process.Result{}, err
	}
	to, err := askedStops(ctx, w, t, in, toInput, toBasesInput)
	if err != nil {
		return process.Result{}, err
	}
	if len(from) == 0 {
		return process.Result{}, geo.Errorf(geo.Invalid, fromInput, "name at least one place, or one of the bases, to set out from")
	}
	alone := len(to) == 0
	if alone {
		to = from
	}
	if pairs := len(from) * len(to); pairs > mostPairs {
		return process.Result{}, geo.Errorf(geo.TooLarge, toInput, "%d places from and %d to are %d ways, and no more than %d are listed; ask in parts", len(from), len(to), pairs, mostPairs)
	}
	progress(0, 2, findingTimes.With())
	table, err := Times(ctx, t, from, to)
	if err != nil {
		return process.Result{}, err
	}
	progress(1, 2, measuringWays.With())
	r := process.Result{
		Method: "Quickest ways by road (Dijkstra 1959) under the stated conditions; lengths are geodesics on WGS84 along them (Karney 2013)",
		Output: geo.Values{"from": stopsValue(t, from), "to": stopsValue(t, to), "minutes": timesValue(table)},
		Layers: basesOf(w), Dropped: map[string]int{},
	}
	if r.Output["pairs"], err = pairsValue(ctx, t, from, to, table, in[lengthsInput].Bool(), &r); err != nil {
		return process.Result{}, err
	}
	all := from
	if !alone {
		all = slices.Concat(from, to)
	}
	envelopeOf(&r, all)
	return r, nil
}

// envelopeOf counts the places that were asked about.
func envelopeOf(r *process.Result, stops []Stop) {
	far := 0.0
	for i := range stops {
		r.Selected++
		if !stops[i].On() {
			r.Dropped["on no road"]++
			continue
		}
		r.Used++
		far = max(far, stops[i].AccessMetres)
	}
	if n := r.Dropped["on no road"]; n > 0 {
		r.Warnings = append(r.Warnings, process.Warning{Text: fmt.Sprintf("%d of %d places are too far from every road that can be used.", n, r.Selected)})
	}
	if far > 500 {
		r.Warnings = append(r.Warnings, process.Warning{Text: fmt.Sprintf("A place is %s from its road; that way is in no time.", roads.Distance(far))})
	}
}

// Times returns the milliseconds from each stop to each, network.Closed where
// there is no way.
func Times(ctx context.Context, t *network.Travel, from, to []Stop) ([][]uint32, error) {
	on := func(stops []Stop) (places []network.Place, at []int) {
		for i := range stops {
			if stops[i].On() {
				places, at = append(places, stops[i].Place), append(at, i)
			}
		}
		return places, at
	}
	a, rows := on(from)
	b, columns := on(to)
	known, err := t.Matrix(ctx, a, b)
	if err != nil {
		return nil, err
	}
	out := make([][]uint32, len(from))
	for i := range out {
		out[i] = make([]uint32, len(to))
		for k := range out[i] {
			out[i][k] = network.Closed
		}
	}
	for i, row := range rows {
		for k, column := range columns {
			out[row][column] = known[i][k]
		}
	}
	return out, nil
}

func timesValue(table [][]uint32) geo.Value {
	rows := make([]geo.Value, len(table))
	for i, row := range table {
		values := make([]geo.Value, len(row))
		for k, millis := range row {
			values[k] = roads.Minutes(float64(millis))
		}
		rows[i] = geo.List(values...)
	}
	return geo.List(rows...)
}

func pairsValue(ctx context.Context, t *network.Travel, from, to []Stop, table [][]uint32, lengths bool, r *process.Result) (geo.Value, error) {
	var out []geo.Value
	if lengths && len(from)*len(to) > mostLengths {
		lengths = false
		r.Warnings = append(r.Warnings, process.Warning{Text: fmt.Sprintf("%d ways are too many to measure their lengths; ask for %d at most.", len(from)*len(to), mostLengths)})
	}
	explained := 0
	for i := range from {
		if err := ctx.Err(); err != nil {
			return geo.Value{}, err
		}
		for k := range to {
			v := geo.Values{"from": geo.String(from[i].Name), "to": geo.String(to[k].Name), "minutes": roads.Minutes(float64(table[i][k])), "km": {}, "problem": {}}
			switch {
			case table[i][k] == network.Closed:
				if explained++; explained > mostReasons && from[i].On() && to[k].On() {
					v["problem"] = geo.String("no way is open")
					break
				}
				v["problem"] = geo.String(noWay(t, &from[i], &to[k]))
			case lengths:
				v["km"] = lengthOf(t, from[i].Place, to[k].Place)
			}
			out = append(out, geo.Record(v))
		}
	}
	return geo.List(out...), nil
}

func lengthOf(t *network.Travel, from, to network.Place) geo.Value {
	path, ok := t.Path(from, to)
	if !ok {
		return geo.Value{}
	}
	metres := 0.0
	for step := range t.Steps(path) {
		metres += step.Metres
	}
	return geo.Float(math.Round(metres/10) / 100)
}

// noWay says why no way leads from one stop to another.
func noWay(t *network.Travel, from, to *Stop) string {
	switch {
	case !from.On():
		return from.Name + ": " + from.Problem
	case !to.On():
		return to.Name + ": " + to.Problem
	}
	return geo.SaidBy(roads.NoWay(t, from.Place, to.Place, toInput)).Text
}
