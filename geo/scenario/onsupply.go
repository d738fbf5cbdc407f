package scenario

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
	"bivouac/geo/stat"
	"bivouac/geo/threat"
)

// supplied finds how bases are supplied and what happened on the way. Rates of
// roads hang on no base: they are found beside the ways.
func (f *Footprint) supplied(ctx context.Context, tables *Tables, w process.World, in geo.Values, travel *network.Travel) error {
	var rated *threat.Rated
	var unrated error
	var working sync.WaitGroup
	working.Go(func() { rated, unrated = f.ratesOf(ctx, tables, w, in) })
	err := f.supply(ctx, tables, travel, in)
	if working.Wait(); err != nil {
		return err
	}
	if err := f.takeRates(ctx, w, rated, unrated); err != nil {
		return err
	}
	return f.onSupply(ctx, in, rated)
}

// onSupply finds what happened on the supply road of each base, and what is to
// be expected there by rates, which are nil where they cannot be known.
func (f *Footprint) onSupply(ctx context.Context, in geo.Values, rated *threat.Rated) error {
	for i := range f.Bases {
		f.Bases[i].threat.road = unknownAround
	}
	if f.danger == nil {
		return nil
	}
	if err := f.seek(ctx, f.danger.layer, f.danger.s, in[alongInput].Float(), f.danger.harm); err != nil {
		return err
	}
	totals, people := newTally(), 0.0
	var all []threat.Kilometres
	var times []float64
	for i := range f.Bases {
		b := &f.Bases[i]
		if b.hub == ownHub && f.danger.years > 0 { // it needs no road
			b.threat.road, b.threat.rated, b.threat.driven = around{}, rated != nil, rated != nil && rated.Moved()
			people += known(b.People)
			continue
		}
		if b.way == nil || len(b.way.course) == 0 {
			continue
		}
		hits, err := b.way.beside(ctx, f.danger.layer, f.danger.s, in[alongInput].Float(), f.danger.harm)
		if err != nil {
			return err
		}
		b.threat.road = f.danger.around(hits)
		totals.add(hits, known(b.People))
		people += known(b.People)
		if rated != nil {
			way := b.way.rate(rated)
			all, times = append(all, way.km), append(times, known(b.People))
			b.threat.expected, b.threat.rated = way.expected, true
			b.threat.drive, b.threat.driven = way.drive, way.driven
		}
	}
	f.sure["incidents_supply"], f.sure["casualties_supply"] = totals.intervals(f.danger.years * people)
	if rated != nil && people > 0 {
		km := rated.Sum(all, times)
		f.sure["expected_supply"] = shared(rated.Yearly(km).Interval, people)
		if d, ok := rated.Driving(km); ok {
			f.sure["supply_risk"] = shared(d.Interval, people)
		}
	}
	return nil
}

func shared(i stat.Interval, by float64) stat.Interval {
	return stat.Interval{Lower: i.Lower / by, Upper: i.Upper / by}
}

// ratesOf finds the rates of the roads, as route-threat gives them; nil where
// there are no roads or no years to ask about. It changes nothing.
func (f *Footprint) ratesOf(ctx context.Context, tables *Tables, w process.World, in geo.Values) (*threat.Rated, error) {
	if f.danger == nil || w.Network() == nil || w.Network().Segments() == 0 || !(f.danger.years > 0) {
		return nil, nil
	}
	asked := geo.Values{}
	if v := in[incidentsFilter]; !v.Null() {
		asked[process.FilterInput] = v
	}
	if v := in[process.TimeInput]; !v.Null() {
		asked[process.TimeInput] = v
	}
	return tables.rated(ctx, w, asked, f.danger)
}

// takeRates notes what rates were found by, or says why there are none.
func (f *Footprint) takeRates(ctx context.Context, w process.World, rated *threat.Rated, err error) error {
	if err != nil {
		f.warn(noSupplyRates, geo.SaidBy(err))
		return ctx.Err()
	}
	if rated == nil {
		return nil
	}
	f.layers = append(f.layers, rated.Layers...)
	f.rates = rated.Method
	for _, said := range rated.Warnings {
		f.warn(ofSupplyRoads, said)
	}
	return rated.Mark(ctx, w)
}

// rates are those of one state of the roads, the incidents and the movements.
type rates struct {
	graph     *network.Graph
	incidents *layer.Layer
	movements *layer.Layer
	key       string
	once      sync.Once
	found     *threat.Rated
	err       error
}

// mostRates is how many states are kept: the base line, and scenarios that open
// roads.
const mostRates = 4

// rated finds the rates of roads, once for each state.
func (t *Tables) rated(ctx context.Context, w process.World, in geo.Values, d *danger) (*threat.Rated, error) {
	who, err := json.Marshal(w.Reader)
	if t == nil || err != nil {
		return threat.RateRoads(ctx, w, in)
	}
	movements, _ := w.Layer("movements") // nil for none
	k := t.findRates(w.Network(), d.layer, movements, fmt.Sprintf("%s %s", who, d.s.Key()))
	// Who gives up must not leave others without: what is made is made.
	k.once.Do(func() { k.found, k.err = threat.RateRoads(context.WithoutCancel(ctx), w, in) })
	return k.found, k.err
}

func (t *Tables) findRates(g *network.Graph, incidents, movements *layer.Layer, key string) *rates {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.roads, func(k *rates) bool {
		return k.graph == g && k.incidents == incidents && k.movements == movements && k.key == key
	})
	k := &rates{graph: g, incidents: incidents, movements: movements, key: key}
	if i >= 0 {
		k = t.roads[i]
		t.roads = slices.Delete(t.roads, i, i+1)
	}
	t.roads = append(t.roads, k)
	if len(t.roads) > mostRates {
		t.roads = slices.Delete(t.roads, 0, len(t.roads)-mostRates)
	}
	return k
}

// wayRate is what is to be expected on a way, by one state of the rates.
type wayRate struct {
	by              *threat.Rated
	km              threat.Kilometres
	expected, drive threat.Danger
	driven          bool
}

// rate reckons what is to be expected on the way, once for the rates that were
// asked for last.
func (w *supplyWay) rate(by *threat.Rated) wayRate {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.rated.by != by {
		w.rated = wayRate{by: by, km: by.Along(w.stretches)}
		w.rated.expected = by.Yearly(w.rated.km)
		w.rated.drive, w.rated.driven = by.Driving(w.rated.km)
	}
	return w.rated
}

// seek finds the records beside all supply roads at once, on all processors, so
// that beside knows them.
func (f *Footprint) seek(ctx context.Context, l *layer.Layer, s geo.Selection, metres float64, of func(geo.Row) float64) error {
	n := len(f.Bases)
	seen, add, failed := make([]layer.Tally, n), make([]func(), n), make([]error, n)
	err := pattern.Each(ctx, n, 1, func(_, i, _ int) {
		if way := f.Bases[i].way; way != nil && len(way.course) > 0 {
			var alone context.Context // a Tally is one read's at a time
			alone, add[i] = layer.Within(ctx, &seen[i])
			_, failed[i] = way.beside(alone, l, s, metres, of)
		}
	})
	for _, add := range add {
		if add != nil {
			add()
		}
	}
	return cmp.Or(err, errors.Join(failed...))
}

// beside finds the records beside the way, once for each state of them: a layer
// does not change, and whoever asks counts all of them into the marking. of tells
// what a record adds.
func (w *supplyWay) beside(ctx context.Context, l *layer.Layer, s geo.Selection, metres float64, of func(geo.Row) float64) ([]hit, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := counted{l, fmt.Sprintf("%s %v", s.Key(), metres)}
	if hits, ok := w.found[key]; ok {
		return hits, nil
	}
	var hits []hit
	rows, failed := l.Within(ctx, w.course, metres, s)
	for row := range rows {
		hits = append(hits, hit{row.Key(), of(row)})
	}
	err := failed()
	if err == nil {
		if len(w.found) > mostCounts {
			clear(w.found)
		}
		w.found[key] = hits
	}
	return hits, err
}

// counted is what was counted: of which layer, which of it and how far.
type counted struct {
	layer *layer.Layer
	which string
}

// mostCounts is how many counts a way keeps.
const mostCounts = 16
