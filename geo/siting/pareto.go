package siting

import (
	"context"
	"fmt"
	"slices"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// What a front is drawn between.
const (
	travelMeasure   = "travel"
	coverMeasure    = "cover"
	threatMeasure   = "threat"
	medicalMeasure  = "medical"
	priceMeasure    = "price"
	sitesMeasure    = "sites"
	mostPointsShown = 500
)

// ParetoProcess is the trade between the aims of a footprint as an analysis.
func ParetoProcess(cache *network.Cache, until Until) process.Process {
	return process.Process{
		ID:    "siting-pareto",
		Title: "What one aim costs another",
		Description: "The choices of bases of which none is better in one aim without being worse in another: price or number of sites, how far people are, who is out of reach, exposure to threat, and who is without surgery in time. " +
			"Exact and proved for two aims, and for more where at most 16 bases may change; else the points that were found, each with its gap.",
		In:    paretoInputs(),
		Out:   paretoOutputs(),
		Roads: true, Anytime: true,
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			a, err := read(ctx, cache, w, in, progress)
			if err != nil {
				return process.Result{}, err
			}
			searching, end := process.Searching(ctx)
			defer end()
			timed, stop := until(searching, seconds(in))
			defer stop()
			r, err := a.pareto(ctx, timed, progress)
			if err != nil {
				return process.Result{}, ended(ctx, err)
			}
			return r, ctx.Err()
		},
	}
}

func paretoInputs() geo.Schema {
	two, most, one, least := 2.0, 2000.0, 1.0, 1.0
	names := []string{travelMeasure, coverMeasure, threatMeasure, medicalMeasure, priceMeasure, sitesMeasure}
	return geo.Schema{Name: "siting-pareto", Fields: slices.Concat(process.SelectionFields("places"), []geo.Field{
		{Name: measuresInput, Title: "Aims", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString, Enum: names}, Default: geo.List(geo.String(priceMeasure), geo.String(travelMeasure)),
			Description: "Two or more of: travel (weight times way), cover (weight out of reach), threat (exposure of all sites), medical (weight of priority places without surgery within medical_min, 120 where not given), price, sites (their number). Each is to be small."},
		{Name: numberInput, Title: "Sites", Kind: geo.KindInt, Least: &one, Description: "How many sites at most."},
		{Name: "least_number", Title: "At least", Kind: geo.KindInt, Least: &least, Default: geo.Int(1), Description: "How many sites at least."},
		{Name: pointsInput, Title: "Points", Kind: geo.KindInt, Least: &two, Greatest: &most, Default: geo.Int(200), Description: "How many searches are made at most; a front with more points is incomplete, and says so."},
	}, commonFields(), limitFields(), roads.Fields())}
}

func paretoOutputs() geo.Schema {
	figures := []geo.Field{
		process.Whole("number", "Sites"), process.Number(priceMeasure, "Price", ""), process.Number("mean", "Mean way", ""), process.Number(travelMeasure, "Weight times way", ""),
		process.Number(coverMeasure, "Out of reach", "1"), process.Number(threatMeasure, "Exposure", "1"), process.Number(medicalMeasure, "Without surgery in time, where that is asked for", "1"),
	}
	return geo.Schema{Name: "siting-pareto", Fields: []geo.Field{
		{Name: "points", Title: "Choices", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: slices.Concat(
			[]geo.Field{process.Whole("point", "Choice")}, figures,
			[]geo.Field{process.Number("gap", "Gap", "1"), process.Text("open", "Sites"), process.Text("close", "Bases that close"), changesField()},
		)}},
		{Name: "now", Title: "With all bases that stand", Kind: geo.KindRecord, Fields: figures},
		{Name: "sites", Title: "Sites", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection: the bases and candidates, by in how many of the choices each is a site.", Fields: []geo.Field{
			process.Number("share", "In this share of the choices", "1"), process.Text("name", "Site"), {Name: "key", Title: "Key", Kind: geo.KindInt},
		}},
		{Name: "complete", Title: "Complete", Kind: geo.KindBool},
		{Name: "proof", Title: "How sure it is", Kind: geo.KindString},
	}}
}

// aims are the measures that there are.
func (a *asked) aims() map[string]Measure {
	aims := map[string]Measure{
		travelMeasure: a.median(), coverMeasure: a.uncovered(1), threatMeasure: a.exposures(), priceMeasure: a.prices(), sitesMeasure: Number(len(a.sites)),
	}
	if a.care != nil {
		aims[medicalMeasure] = a.care.unmet(a.care.needing)
	}
	return aims
}

// pareto finds the front until ctx ends; whole is the time of the whole question.
func (a *asked) pareto(whole, ctx context.Context, progress process.Progress) (process.Result, error) {
	aims := a.aims()
	var names []string
	var measures []Measure
	for _, v := range a.in[measuresInput].List() {
		if slices.Contains(names, v.Text()) {
			return process.Result{}, geo.Errorf(geo.Invalid, measuresInput, "%s is named twice", v.Text())
		}
		names, measures = append(names, v.Text()), append(measures, aims[v.Text()])
	}
	if len(names) < 2 {
		return process.Result{}, geo.Errorf(geo.Invalid, measuresInput, "name two aims or more; one alone has no front: ask siting")
	}
	// For a front surgery is an aim, unless it is none: then it is a limit.
	if slices.Contains(names, medicalMeasure) {
		a.model.Limits = slices.DeleteFunc(a.model.Limits, func(l Limit) bool { return l.Name == medicalInput })
	}
	a.model.Least = int(a.in["least_number"].Int())
	if a.model.Most > 0 && a.model.Least > a.model.Most || a.model.Least > len(a.sites) {
		return process.Result{}, geo.Errorf(geo.Invalid, "least_number", "at least %d sites are asked for, and no more than %d may be; lower it", a.model.Least, min(len(a.sites), max(a.model.Most, 1)))
	}
	s := search(a.in, progress)
	most := int(a.in[pointsInput].Int())
	s.Told = func(_, _ float64, points int) {
		progress(min(points, most), most, pointsFound.With(points))
	}
	front, err := ParetoFront(ctx, &a.model, measures, most, s)
	if err != nil && len(front.Points) == 0 {
		return process.Result{}, err
	}
	if len(front.Points) == 0 {
		a.answer = Answer{Infeasible: front.Complete}
		return process.Result{}, a.conflict(ctx, s)
	}
	for _, p := range front.Points {
		if err := a.check(whole, p.Sites); err != nil {
			return process.Result{}, err
		}
	}
	return a.frontResult(&front, names, aims), nil
}

func (a *asked) frontResult(front *Front, names []string, aims map[string]Measure) process.Result {
	count := make([]int, len(a.sites))
	for _, p := range front.Points {
		for _, j := range p.Sites {
			count[j]++
		}
	}
	shown := front.Points
	if len(shown) > mostPointsShown {
		a.warn(frontShortened, len(shown), mostPointsShown)
		shown = make([]Point, mostPointsShown)
		for k := range shown {
			shown[k] = front.Points[k*(len(front.Points)-1)/(mostPointsShown-1)]
		}
	}
	rows := make([]geo.Value, len(shown))
	for k := range shown {
		rows[k] = a.pointValue(k+1, &shown[k], aims)
	}
	features := make([]geo.Value, len(a.sites))
	for j, x := range a.sites {
		v := geo.Values{"share": geo.Float(float64(count[j]) / float64(len(front.Points))), "name": geo.String(x.name), "key": {}}
		if x.key > 0 {
			v["key"] = geo.Int(int64(x.key))
		}
		features[j] = process.Feature(j+1, x.at, v)
	}
	text := fmt.Sprintf("Complete and proved: these %d choices are all that no other is better than in every aim.", len(front.Points))
	if !front.Complete {
		text = fmt.Sprintf("Incomplete: %d choices were found, and there may be others between them.", len(front.Points))
		a.warn(frontIncomplete)
	}
	now := geo.Value{}
	if standing := a.already(); standing != nil {
		now = geo.Record(a.figures(standing, aims))
	}
	return process.Result{
		Output: geo.Values{"points": geo.List(rows...), "now": now, "sites": process.FeatureCollection(features), "complete": geo.Bool(front.Complete), "proof": geo.String(text)},
		Method: frontMethod(len(names), a.model.Free()) + "; " + bounds + "; " + a.ways(), Selected: a.selected, Used: len(a.demand), Dropped: a.dropped, Seed: uint64(a.in[seedInput].Int()),
		Layers: a.layers, Docs: a.docs, Warnings: append(a.notes, countAsOne.With()),
	}
}

func frontMethod(aims, free int) string {
	switch {
	case free <= mostChanging:
		return "Pareto front by looking at every choice"
	case aims == 2:
		return "Pareto front by the epsilon-constraint method (Haimes, Lasdon and Wismer 1971)"
	}
	return "Points of the Pareto front by weighted sums (Zadeh 1963)"
}

func (a *asked) pointValue(number int, p *Point, aims map[string]Measure) geo.Value {
	open := a.model.set(p.Sites)
	var stay, gone string
	join := func(list *string, name string) {
		if *list != "" {
			*list += ", "
		}
		*list += name
	}
	for j, x := range a.sites {
		switch {
		case open[j]:
			join(&stay, x.name)
		case x.base:
			join(&gone, x.name)
		}
	}
	v := a.figures(p.Sites, aims)
	v["point"], v["gap"], v["open"], v["close"], v["changes"] = geo.Int(int64(number)), known(p.Gap), geo.String(stay), geo.String(gone), a.changes(p.Sites)
	return geo.Record(v)
}

// figures are what a set of sites is in every aim.
func (a *asked) figures(sites []int, aims map[string]Measure) geo.Values {
	open := a.model.set(sites)
	v := geo.Values{"number": geo.Int(int64(len(sites))), medicalMeasure: {}}
	for name, m := range aims {
		if name != sitesMeasure {
			v[name] = geo.Float(m.Of(open))
		}
	}
	v["mean"] = geo.Float(v[travelMeasure].Float() / a.weight())
	return v
}
