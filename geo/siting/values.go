package siting

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/process"
)

// What is decided of a site.
const (
	keepBase  = "keep"
	openSite  = "open"
	closeBase = "close"
	unused    = "unused"
	placeOne  = "place"
)

func (a *asked) decision(j int, chosen bool) string {
	switch x := &a.sites[j]; {
	case chosen && x.has:
		return keepBase
	case chosen && a.placing():
		return placeOne
	case a.placing():
		return unused
	case chosen && x.base:
		return keepBase
	case chosen:
		return openSite
	case x.base:
		return closeBase
	}
	return unused
}

func (a *asked) result() process.Result {
	a.answer.Sites = Spare(&a.model, a.answer.Sites)
	rows := a.rows()
	features := make([]geo.Value, len(rows))
	table := make([]geo.Value, len(rows))
	for k, r := range rows {
		table[k] = geo.Record(r.values)
		// The chosen ones are drawn last, over the others.
		features[len(rows)-1-k] = process.Feature(r.site+1, a.sites[r.site].at, r.values)
	}
	r := process.Result{
		Output: geo.Values{
			"sites": process.FeatureCollection(features), "ranked": geo.List(table...), "allocation": a.lines(),
			"answer": a.standing(a.answer.Sites), "now": {}, "proof": a.proof(), "changes": a.changes(a.answer.Sites),
		},
		Method: a.method(), Selected: a.selected, Used: len(a.demand), Dropped: a.dropped, Seed: uint64(a.in[seedInput].Int()), Layers: a.layers, Docs: a.docs,
	}
	if now := a.already(); now != nil {
		r.Output["now"] = a.standing(now)
	}
	r.Warnings = append(a.notes, a.warnings()...)
	return r
}

// changes are what a scenario of the sites holds: bases that close, and planned
// ones and candidates that open.
func (a *asked) changes(sites []int) geo.Value {
	open := a.model.set(sites)
	list := []geo.Value{}
	for j := range a.sites {
		x := &a.sites[j]
		change := geo.Values{"act": geo.String("open")}
		switch d := a.decision(j, open[j]); {
		case d == placeOne:
			list = append(list, a.placed(x))
			continue
		case d == closeBase:
			change["act"], change["target"] = geo.String("close"), geo.Int(int64(x.key))
		case d == openSite && x.planned:
			change["target"] = geo.Int(int64(x.key))
		case d == openSite:
			change["to"], change["fields"] = geo.Geometry(x.at), geo.Record(geo.Values{"name": geo.String(x.title())})
		default:
			continue
		}
		if x.name != "" && !change["target"].Null() {
			change["name"] = geo.String(x.name)
		}
		list = append(list, geo.Record(change))
	}
	return geo.List(list...)
}

// row is one site of the table.
type row struct {
	site   int
	chosen bool
	values geo.Values
}

// rows are the sites: the chosen ones by what is lost without them, then the
// others by what they would gain.
func (a *asked) rows() []row {
	served, way, far := a.served(a.answer.Sites)
	byMean, byCover := a.model, a.model
	byMean.Objective, byMean.Capacity = a.median(), nil
	byCover.Objective, byCover.Capacity = a.uncovered(1), nil
	total := a.weight()
	var out []row
	take := func(list, cover []Loss, chosen bool) {
		for k, l := range list {
			x := &a.sites[l.Site]
			v := geo.Values{
				"decision": geo.String(a.decision(l.Site, chosen)), "name": geo.String(x.name), "key": {}, "weight": geo.Float(served[l.Site]), "mean": {}, "farthest": {},
				"loss_mean": {}, "loss_cover": {}, "breaks": {}, "gain_mean": {}, "gain_cover": {}, "price": known(x.price), "exposure": geo.Float(x.exposure), "surgery": geo.Bool(x.surgery),
			}
			if x.key > 0 {
				v["key"] = geo.Int(int64(x.key))
			}
			if served[l.Site] > 0 {
				v["mean"], v["farthest"] = geo.Float(way[l.Site]/served[l.Site]), geo.Float(far[l.Site])
			}
			if chosen {
				v["loss_mean"], v["loss_cover"] = geo.Float(l.Value/total), geo.Float(cover[k].Value)
				v["breaks"] = geo.String(strings.Join(l.Breaks, ", "))
			} else {
				v["gain_mean"], v["gain_cover"] = geo.Float(l.Value/total), geo.Float(cover[k].Value)
			}
			out = append(out, row{l.Site, chosen, v})
		}
	}
	take(Losses(&byMean, a.answer.Sites), Losses(&byCover, a.answer.Sites), true)
	free := byMean
	free.Shut = nil
	freeCover := byCover
	freeCover.Shut = nil
	take(Gains(&free, a.answer.Sites), Gains(&freeCover, a.answer.Sites), false)
	first, second := "loss_mean", "gain_mean"
	if o := a.in[objectiveInput].Text(); o != pMedian && o != pCenter {
		first, second = "loss_cover", "gain_cover"
	}
	slices.SortStableFunc(out, func(x, y row) int {
		return cmp.Or(-cmp.Compare(truth(x.chosen), truth(y.chosen)), -cmp.Compare(x.values[first].Float(), y.values[first].Float()), -cmp.Compare(x.values[second].Float(), y.values[second].Float()))
	})
	return out
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func known(v float64) geo.Value {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return geo.Value{}
	}
	return geo.Float(v)
}

// shares says from where each place is served.
func (a *asked) shares(sites []int) [][]Share {
	m := a.model
	if m.Capacity == nil {
		m.Objective = a.median()
	}
	return Allocation(&m, sites)
}

// served adds up by site what it serves, that times the way, and the farthest.
func (a *asked) served(sites []int) (weight, way, far []float64) {
	n := len(a.sites)
	weight, way, far = make([]float64, n), make([]float64, n), make([]float64, n)
	for i, shares := range a.shares(sites) {
		for _, s := range shares {
			part := s.Part * a.demand[i].weight
			weight[s.Site] += part
			way[s.Site] += part * a.cost[i][s.Site]
			far[s.Site] = max(far[s.Site], a.cost[i][s.Site])
		}
	}
	return weight, way, far
}

func (a *asked) lines() geo.Value {
	var features []geo.Value
	for i, shares := range a.shares(a.answer.Sites) {
		for _, s := range shares {
			d, x := &a.demand[i], &a.sites[s.Site]
			line := orb.LineString{d.at, x.at}
			if d.at == x.at {
				continue
			}
			features = append(features, process.Feature(len(features)+1, line, geo.Values{
				"way": geo.Float(a.cost[i][s.Site]), "place": geo.String(d.name), "key": geo.Int(int64(d.key)), "site": geo.String(x.name), "weight": geo.Float(s.Part * d.weight), "covered": geo.Bool(a.cost[i][s.Site] <= a.within()),
			}))
		}
	}
	return process.FeatureCollection(features)
}

// standing are the figures of a set of sites.
func (a *asked) standing(sites []int) geo.Value {
	open := a.model.set(sites)
	v := geo.Values{"sites": geo.Int(int64(len(sites))), "mean": {}, "farthest": {}, "unserved": {}, "surgery": {}}
	var covered, twice, unreached float64
	for i, row := range a.cost {
		near, within := math.Inf(1), 0
		for _, j := range sites {
			near = min(near, row[j])
			if row[j] <= a.within() {
				within++
			}
		}
		w := a.demand[i].weight
		if math.IsInf(near, 1) {
			unreached += w
		}
		covered += w * float64(truth(within > 0))
		twice += w * float64(truth(within > 1))
	}
	var sum, served, far float64
	weight, way, most := a.served(sites)
	for j := range weight {
		sum, served, far = sum+way[j], served+weight[j], max(far, most[j])
	}
	if served > 0 {
		v["mean"], v["farthest"] = geo.Float(sum/served), geo.Float(far)
	}
	if a.model.Capacity != nil {
		v["unserved"] = geo.Float(max(0, a.weight()-served))
	}
	v["covered"], v["share"], v["twice"], v["unreached"] = geo.Float(covered), geo.Float(covered/a.weight()), geo.Float(twice), geo.Float(unreached)
	prices, exposures := a.prices(), a.exposures()
	v["price"], v["exposure"] = geo.Float(prices.Of(open)), geo.Float(exposures.Of(open))
	if a.care != nil {
		m := a.care.unmet(a.care.needing)
		all := 0.0
		for _, w := range a.care.needing {
			all += w
		}
		v["surgery"] = geo.Float(all - m.Of(open))
	}
	return geo.Record(v)
}

func (a *asked) proof() geo.Value {
	x := &a.answer
	v := geo.Values{"proved": geo.Bool(x.Proved), "value": geo.Float(x.Value), "bound": known(x.Bound), "gap": known(x.Gap()), "parts": geo.Int(int64(x.Nodes)), "unit": geo.String(a.valueUnit())}
	text := "Proved optimal: no other choice that keeps the limits is better."
	switch {
	case x.Proved:
	case math.IsInf(x.Gap(), 1):
		text = "Not proved: the search was stopped before it knew how much better another choice may be."
	default:
		text = fmt.Sprintf("Not proved: the search was stopped. Another choice may be better by up to %.2g %%.", 100*x.Gap())
	}
	v["text"] = geo.String(text)
	return geo.Record(v)
}

// valueUnit is what the value of the objective is counted in.
func (a *asked) valueUnit() string {
	switch a.in[objectiveInput].Text() {
	case maximalCover:
		return "weight out of reach"
	case setCover:
		return "sites"
	case backupCover:
		return "weight without a second cover"
	case pCenter:
		return a.unit()
	}
	return "weight times " + a.unit()
}

func (a *asked) warnings() []process.Warning {
	out := []process.Warning{nearestServes.With()}
	say := func(s geo.Sentence, values ...any) { out = append(out, s.With(values...)) }
	if !a.answer.Proved {
		say(stopped, limitInput)
	}
	priceless := 0
	for i := range a.sites {
		if math.IsNaN(a.sites[i].price) {
			priceless++
		}
	}
	if priceless > 0 && !a.placing() {
		say(unpriced, priceless, len(a.sites))
	}
	if a.model.Capacity != nil {
		say(lossesUncapped)
	}
	if m := a.model.Most; m > 0 && len(a.answer.Sites) < m {
		say(fewerDo, len(a.answer.Sites), m)
	}
	return append(out, oneAlone.With())
}
