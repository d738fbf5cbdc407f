package reach

import (
	"context"
	"fmt"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// The inputs of the access.
const (
	supplyInput       = "supply"
	capacityInput     = "capacity"
	supplyFilterInput = "supply_filter"
	catchmentInput    = "catchment_min"
	decayInput        = "decay"
)

// AccessProcess is how much of a service there is for those who can reach it,
// as an analysis.
func AccessProcess(cache *network.Cache) process.Process {
	return process.Process{
		ID:    "access",
		Title: "Access to services",
		Description: "How much of a service, such as hospital beds, there is for the people of each place within a time by road: " +
			"the two-step floating catchment area method, which shares what a supplier has among all who can reach it.",
		In:    accessInputs(),
		Out:   accessOutputs(),
		Roads: true,
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			t, q, err := travelOf(ctx, cache, w, in)
			if err != nil {
				return process.Result{}, err
			}
			r, err := access(ctx, w, t, in, progress)
			into(&r, q)
			return r, err
		},
	}
}

func accessInputs() geo.Schema {
	least, most := 1.0, 14_400.0
	return geo.Schema{Name: "access", Fields: slices.Concat(process.SelectionFields(townsLayer), []geo.Field{
		{Name: peopleInput, Title: "People", Kind: geo.KindString, Default: geo.String("population"), Description: "Number field of the places that says how many need the service."},
		{Name: supplyInput, Title: "Suppliers", Kind: geo.KindString, Role: geo.CollectionRole, Default: geo.String(basesCollection), Description: "Collection of points that give the service."},
		{Name: capacityInput, Title: "Capacity", Kind: geo.KindString, Default: geo.String("beds"), Description: "Number field of theirs that says how much they give."},
		{Name: supplyFilterInput, Title: "Filter of suppliers", Kind: geo.KindString, Role: geo.FilterRole, Description: "Only suppliers for which this is true, in CQL2."},
		{Name: catchmentInput, Title: "Within", Unit: "min", Kind: geo.KindFloat, Least: &least, Greatest: &most, Default: geo.Float(120), Description: "How far a supplier serves."},
		{Name: decayInput, Title: "Decay", Kind: geo.KindString, Enum: []string{string(Gaussian), string(Step)}, Default: geo.String(string(Gaussian)),
			Description: "gaussian: nearer ones count for more, exp(-t^2/2s^2) with s a third of the time; step: all within it alike."},
		snapField(),
	}, roads.Fields())}
}

func accessOutputs() geo.Schema {
	return geo.Schema{Name: "access", Fields: []geo.Field{
		{Name: "places", Title: "Access", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection: the places, those with the least for each first.", Fields: []geo.Field{
			process.Number("per_1000", "Capacity for 1,000 people", ""), process.Text("name", "Place"), process.Number("people", "People", ""),
			process.Whole("suppliers", "Suppliers within the time"), process.Number("nearest_min", "To the nearest", "min"),
		}},
		{Name: "suppliers", Title: "Suppliers", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
			process.Text("name", "Supplier"), process.Number("capacity", "Capacity", ""), process.Number("people", "People within the time", ""), process.Text("problem", "Why it is on no road"),
		}}},
		{Name: "summary", Title: "Summary", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Number("capacity", "Capacity in all", ""), process.Number("reached", "Capacity that somebody reaches", ""),
			process.Number("people", "People in all", ""), process.Number("without", "People who reach none", ""),
		}},
	}}
}

// mostAccess is how many pairs of places and suppliers are looked at.
const mostAccess = 20_000_000

// side is the records of one side: places with people, or suppliers.
type side struct {
	layer    *layer.Layer
	stops    []Stop
	amount   []float64
	selected int
	dropped  map[string]int
}

// readSide reads points with a number.
func readSide(ctx context.Context, t *network.Travel, l *layer.Layer, s geo.Selection, input, field string, within float64) (*side, error) {
	numbers, err := process.NumberFields(l.Schema(), input, field)
	if err != nil {
		return nil, err
	}
	d := &side{layer: l, dropped: map[string]int{}}
	name := l.Schema().WithRole(geo.NameRole)
	rows, failed := l.Select(ctx, s)
	for row := range rows {
		d.selected++
		at, ok := row.Point()
		amount := process.Sum(numbers.Columns(row.Table()), row.Number())
		switch {
		case !ok:
			d.dropped[pattern.NoPlace]++
			continue
		case math.IsNaN(amount) || amount < 0:
			d.dropped["states no "+field]++
			continue
		}
		stop := Stop{Asked: at, Name: fmt.Sprintf("%s %d", l.Schema().Name, row.Key())}
		if name >= 0 && row.Value(name).Text() != "" {
			stop.Name = row.Value(name).Text()
		}
		stop.snap(t, within, snapInput)
		d.stops, d.amount = append(d.stops, stop), append(d.amount, amount)
	}
	return d, failed()
}

func access(ctx context.Context, w process.World, t *network.Travel, in geo.Values, progress process.Progress) (process.Result, error) {
	l, selection, err := w.Selection(in)
	if err != nil {
		return process.Result{}, err
	}
	demand, err := readSide(ctx, t, l, selection, peopleInput, in[peopleInput].Text(), in[snapInput].Float())
	if err != nil {
		return process.Result{}, err
	}
	supply, err := suppliers(ctx, w, t, in)
	if err != nil {
		return process.Result{}, err
	}
	if len(demand.stops)*len(supply.stops) > mostAccess {
		return process.Result{}, geo.Errorf(geo.TooLarge, process.CollectionInput, "%d places and %d suppliers are too many; select fewer", len(demand.stops), len(supply.stops))
	}
	progress(0, 2, findingTimes.With())
	table, err := Times(ctx, t, supply.stops, demand.stops)
	if err != nil {
		return process.Result{}, err
	}
	progress(1, 2, sharingCapacity.With())
	weight := make([][]float64, len(table))
	for j, row := range table {
		weight[j] = make([]float64, len(row))
		for i, millis := range row {
			if millis != network.Closed {
				weight[j][i] = Decay(in[decayInput].Text()).Weight(roads.Minutes(float64(millis)).Float(), in[catchmentInput].Float())
			}
		}
	}
	r := process.Result{
		Method:   "Two-step floating catchment area (Luo and Wang 2003; Luo and Qi 2009), times by road from suppliers to places (Dijkstra 1959)",
		Output:   accessValues(demand, supply, table, weight),
		Selected: demand.selected, Used: len(demand.stops), Dropped: demand.dropped,
		Layers: []*layer.Layer{demand.layer, supply.layer},
	}
	r.Warnings = process.Plain(accessWarnings(demand, supply)...)
	return r, nil
}

// keep drops all but some.
func (d *side) keep(which func(i int) bool) {
	n := 0
	for i := range d.stops {
		if which(i) {
			d.stops[n], d.amount[n] = d.stops[i], d.amount[i]
			n++
		}
	}
	d.stops, d.amount = d.stops[:n], d.amount[:n]
}

func suppliers(ctx context.Context, w process.World, t *network.Travel, in geo.Values) (*side, error) {
	name := in[supplyInput].Text()
	l, err := w.Layer(name)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, supplyInput, "there is no collection %q; name one of points with a capacity", name)
	}
	selection := geo.Selection{Reader: w.Reader}
	if v := in[supplyFilterInput]; !v.Null() {
		if selection.Match, err = process.Filter(l, supplyFilterInput, v.Text()); err != nil {
			return nil, err
		}
	}
	s, err := readSide(ctx, t, l, selection, capacityInput, in[capacityInput].Text(), in[snapInput].Float())
	if err == nil {
		s.keep(func(i int) bool { return s.amount[i] > 0 }) // who gives nothing serves nobody
	}
	if err == nil && len(s.stops) == 0 {
		err = geo.Errorf(geo.Invalid, supplyInput, "no record of %s has a place and a %s above 0", name, in[capacityInput].Text())
	}
	return s, err
}

func accessValues(demand, supply *side, table [][]uint32, weight [][]float64) geo.Values {
	per := TwoStep(supply.amount, demand.amount, weight)
	order := make([]int, len(per))
	without, people := 0.0, 0.0
	for i := range order {
		order[i] = i
		people += demand.amount[i]
		if per[i] == 0 {
			without += demand.amount[i]
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case per[a] < per[b]:
			return -1
		case per[a] > per[b]:
			return 1
		}
		return 0
	})
	features := make([]geo.Value, len(order))
	for k, i := range order {
		nearest, n := never, 0
		for j := range table {
			nearest = min(nearest, float64(table[j][i]))
			if weight[j][i] > 0 {
				n++
			}
		}
		features[k] = process.Feature(k+1, demand.stops[i].Asked, geo.Values{
			"per_1000": geo.Float(math.Round(1e6*per[i]) / 1000), "name": geo.String(demand.stops[i].Name), "people": geo.Float(demand.amount[i]),
			"suppliers": geo.Int(int64(n)), "nearest_min": roads.Minutes(nearest),
		})
	}
	rows := make([]geo.Value, len(supply.stops))
	capacity, reached := 0.0, 0.0
	for j := range rows {
		near := 0.0
		for i, w := range weight[j] {
			if w > 0 {
				near += demand.amount[i]
			}
		}
		if capacity += supply.amount[j]; near > 0 {
			reached += supply.amount[j]
		}
		v := geo.Values{"name": geo.String(supply.stops[j].Name), "capacity": geo.Float(supply.amount[j]), "people": geo.Float(near), "problem": {}}
		if !supply.stops[j].On() {
			v["problem"] = geo.String(supply.stops[j].Problem)
		}
		rows[j] = geo.Record(v)
	}
	return geo.Values{
		"places": process.FeatureCollection(features), "suppliers": geo.List(rows...),
		"summary": geo.Record(geo.Values{"capacity": geo.Float(capacity), "reached": geo.Float(reached), "people": geo.Float(people), "without": geo.Float(without)}),
	}
}

func accessWarnings(demand, supply *side) (out []string) {
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if demand.selected == 0 {
		warn("No record is selected: widen the area or the filter.")
	}
	for reason, n := range supply.dropped {
		warn("%d of %d suppliers were left out: %s.", n, supply.selected, reason)
	}
	slices.Sort(out)
	for _, s := range []struct {
		of   *side
		what string
	}{{demand, "places"}, {supply, "suppliers"}} {
		off := 0
		for i := range s.of.stops {
			if !s.of.stops[i].On() {
				off++
			}
		}
		if off > 0 {
			warn("%d of %d %s are too far from every road that can be used, and reach nobody.", off, len(s.of.stops), s.what)
		}
	}
	return out
}
