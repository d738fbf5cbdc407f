package hotspot

import (
	"cmp"
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// Process is the hot spots as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "hotspot",
		Title: "Hot spots",
		Description: "Where events, or a number of theirs, concentrate more than chance would have it: Getis-Ord Gi* of cells or places, " +
			"with the false discovery rate held; local Moran's I, which tells clusters from outliers; and Moran's I and general G of the whole area.",
		In:  inputs(),
		Out: outputs(),
		Run: run,
	}
}

// Statistics of the whole area.
const (
	moranNormal = "moran_i_normal"
	moranRandom = "moran_i_randomised"
	generalG    = "general_g"
)

// mostDrawn is how many units are drawn at most.
const mostDrawn = 100_000

// answer is what was found of each unit.
type answer struct {
	units    *units
	exposed  *exposed  // nil where events are not divided by anything
	sums     []float64 // of the events' weights
	values   []float64 // what is compared: the sums, or rates of them
	events   []int
	z, p, q  []float64
	bins     []Bin
	local    []Local // nil where it was not asked for
	globals  []geo.Value
	features []geo.Value
}

func run(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	p, err := pattern.Read(ctx, w, in, false)
	if err != nil {
		return process.Result{}, err
	}
	a, err := compute(ctx, w, p, in, progress)
	if err != nil {
		return process.Result{}, err
	}
	r := process.Result{
		Method: "Getis-Ord Gi* (Ord and Getis 1995), binary weights, the unit itself included; Benjamini-Hochberg false discovery rate (1995); " +
			"local Moran's I (Anselin 1995) and Moran's I (1950; Cliff and Ord 1981), row-standardised weights; general G (Getis and Ord 1992)",
		Output: geo.Values{
			"cells": process.FeatureCollection(a.features), "area": a.units.areaValue(p), "grid": a.units.gridValue(),
			"global": geo.List(a.globals...), "summary": a.summary(p),
		},
	}
	if a.local != nil {
		r.Seed = uint64(in[SeedInput].Int())
	}
	p.Into(&r)
	r.Warnings = append(r.Warnings, process.Plain(a.units.warnings(independent(p)/float64(a.units.len()))...)...)
	if x := a.exposed; x != nil {
		r.Method += "; " + ratesMethod
		r.Layers = append(r.Layers, x.layer)
		r.Warnings = append(r.Warnings, process.Plain(x.warnings()...)...)
	}
	return r, nil
}

func compute(ctx context.Context, w process.World, p *pattern.Pattern, in geo.Values, progress process.Progress) (*answer, error) {
	u, err := readUnits(ctx, p, in)
	if err != nil {
		return nil, err
	}
	a := &answer{units: u}
	if a.exposed, err = readExposure(ctx, w, p, u, in); err != nil {
		return nil, err
	}
	if u.len() > mostDrawn {
		return nil, u.tooMany()
	}
	if err := u.meet(in); err != nil {
		return nil, err
	}
	a.sums, a.events = u.sums(p.Weights)
	a.values = a.sums
	if a.exposed != nil {
		if a.values, err = StandardisedRates(a.sums, a.exposed.of); err != nil {
			return nil, err
		}
	}
	if a.z, err = GiStar(a.values, u.near); err != nil {
		return nil, err
	}
	a.bins, a.p, a.q = Bins(a.z, in[CorrectionInput].Text() == fdrCorrection)
	if n := int(in[PermutationsInput].Int()); n > 0 {
		a.local, err = LocalMoran(ctx, a.values, u.near, n, uint64(in[SeedInput].Int()), func(done, total int) { progress(done, total, drawingNeighbours.With()) })
		if err != nil {
			return nil, err
		}
	}
	if err := a.global(); err != nil {
		return nil, err
	}
	a.draw()
	return a, ctx.Err()
}

// figure is a statistic of the whole area by its name.
type figure struct {
	name string
	of   Global
}

func (a *answer) global() error {
	normal, random, err := Moran(a.values, a.units.near.RowStandardised())
	if err != nil {
		return err
	}
	found := []figure{{moranRandom, random}, {moranNormal, normal}}
	if a.exposed == nil {
		g, err := GeneralG(a.values, a.units.near)
		if err != nil {
			return err
		}
		found = append(found, figure{generalG, g})
	}
	for _, s := range found {
		a.globals = append(a.globals, geo.Record(geo.Values{
			"statistic": geo.String(s.name), "value": geo.Float(s.of.Value), "expected": geo.Float(s.of.Expected),
			"variance": geo.Float(s.of.Variance), "z": geo.Float(s.of.Z), "p": geo.Float(s.of.P),
		}))
	}
	return nil
}

// draw makes the features, hottest first.
func (a *answer) draw() {
	order := make([]int, a.units.len())
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(a.z[j], a.z[i]) })
	for k, i := range order {
		a.features = append(a.features, process.Feature(k+1, a.units.shape(i), a.properties(i)))
	}
}

func (a *answer) properties(i int) geo.Values {
	v := geo.Values{
		"class": geo.String(binClass(a.bins[i])), "gi_bin": geo.Int(int64(a.bins[i])),
		"z": geo.Float(a.z[i]), "p": geo.Float(a.p[i]), "q": geo.Float(a.q[i]),
		"value": geo.Float(a.sums[i]), "events": geo.Int(int64(a.events[i])), "neighbours": geo.Int(int64(len(a.units.near.Of(i)))),
		"exposure": {}, "rate": {}, "standardised_rate": {}, "inside_km2": {}, "local_i": {}, "local_p": {}, "quadrant": {},
	}
	if a.exposed != nil {
		v["exposure"], v["rate"], v["standardised_rate"] = geo.Float(a.exposed.of[i]), geo.Float(a.sums[i]/a.exposed.of[i]), geo.Float(a.values[i])
	}
	if a.units.study != nil {
		v["inside_km2"] = geo.Float(a.units.study.Cover.Inside[i] / 1e6)
	}
	if a.local != nil {
		l := a.local[i]
		v["local_i"], v["local_p"], v["quadrant"] = geo.Float(l.I), geo.Float(l.P), geo.String(quadrants[l.Quadrant])
	}
	return v
}

func (a *answer) summary(p *pattern.Pattern) geo.Value {
	v := geo.Values{"events": geo.Int(int64(p.Len())), "weight": geo.Float(p.Total())}
	a.units.describe(v)
	m, _ := momentsOf(a.sums)
	v["mean"], v["deviation"] = geo.Float(m.mean), geo.Float(m.deviation)
	empty, counts := 0, map[string]int64{}
	for i, n := range a.events {
		if n == 0 {
			empty++
		}
		counts[binClass(a.bins[i])]++
	}
	v["empty"] = geo.Int(int64(empty))
	for _, name := range classes {
		v[name] = geo.Int(counts[name])
	}
	return geo.Record(v)
}
