package hotspot

import (
	"cmp"
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
	"bivouac/geo/stat"
)

// EmergingProcess is the emerging hot spots as an analysis.
func EmergingProcess() process.Process {
	return process.Process{
		ID:    "emerging-hotspot",
		Title: "Emerging hot spots",
		Description: "Which hot and cold spots are new, grow, last, weaken, come and go, or are past: Getis-Ord Gi* in a space-time cube " +
			"of cells and steps of time, and the trend of it in each cell.",
		In:  emergingInputs(),
		Out: emergingOutputs(),
		Run: runEmerging,
	}
}

// TooEarly is the reason for which an event is in no step.
const TooEarly = "before the first whole step"

// evolution is one run.
type evolution struct {
	pattern *pattern.Pattern
	units   *units
	steps   Steps
	cube    Cube
	events  [][2]int // of each event that is in a step: its unit and step
	counts  []int    // events of each unit
	found   []Emerging
	early   int // events before the first whole step
}

func runEmerging(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	p, err := pattern.Read(ctx, w, in, true)
	if err != nil {
		return process.Result{}, err
	}
	e := &evolution{pattern: p}
	if e.units, err = readUnits(ctx, p, in); err != nil {
		return process.Result{}, err
	}
	if err = e.units.meet(in); err != nil {
		return process.Result{}, err
	}
	if err = e.fill(in); err != nil {
		return process.Result{}, err
	}
	z, err := e.cube.GiStar(ctx, e.units.near, int(in[BeforeInput].Int()), func(done, total int) { progress(done, total, comparingCells.With()) })
	if err != nil {
		return process.Result{}, err
	}
	e.found = e.cube.Emerge(z, in[CorrectionInput].Text() == fdrCorrection)
	r := process.Result{
		Method: "Emerging hot spot analysis: Getis-Ord Gi* (Ord and Getis 1995) in a space-time cube, with Benjamini-Hochberg's false discovery rate (1995) where asked, " +
			"at 90 %; Mann-Kendall's trend test (Mann 1945, Kendall 1975) of it, at 90 %; patterns by Esri's definitions",
		Output: e.output(),
	}
	p.Into(&r)
	if e.early > 0 {
		r.Used -= e.early
		if r.Dropped == nil {
			r.Dropped = map[string]int{}
		}
		r.Dropped[TooEarly] = e.early
	}
	inBin := independent(p) / float64(len(e.cube.Values))
	r.Warnings = append(r.Warnings, process.Plain(e.units.warnings(inBin*float64(1+in[BeforeInput].Int()))...)...)
	return r, ctx.Err()
}

// fill cuts the time and counts the events into the cube.
func (e *evolution) fill(in geo.Values) error {
	period, ok := e.pattern.Period()
	if !ok {
		return geo.Errorf(geo.Invalid, process.TimeInput, "the asked time ends before the first event; take a later end")
	}
	days := in[StepInput].Float()
	if in[StepInput].Null() {
		days = Suggest(period.From, period.To)
	}
	var err error
	if e.steps, err = StepsOf(period.From, period.To, geo.Time(days*float64(geo.Day))); err != nil {
		return err
	}
	n := e.units.len()
	if n > mostDrawn {
		return e.units.tooMany()
	}
	if n*e.steps.Count > MaxBins {
		return geo.Errorf(geo.TooLarge, grid.WidthInput, "%d cells in %d steps are more than the %d bins that are taken; take wider cells or longer steps", n, e.steps.Count, MaxBins)
	}
	e.cube = Cube{Units: n, Steps: e.steps.Count, Values: make([]float64, n*e.steps.Count)}
	e.counts = make([]int, n)
	for i, t := range e.pattern.Times {
		step, ok := e.steps.Of(t)
		if !ok {
			e.early++
			continue
		}
		unit := int(e.units.of[i])
		e.cube.Values[unit*e.steps.Count+step] += e.pattern.WeightOf(i)
		e.counts[unit]++
		e.events = append(e.events, [2]int{unit, step})
	}
	return nil
}

func (e *evolution) output() geo.Values {
	features := make([]geo.Value, len(e.found))
	for k, i := range e.order() {
		features[k] = process.Feature(k+1, e.units.shape(i), e.properties(i))
	}
	return geo.Values{
		"cells": process.FeatureCollection(features), "area": e.units.areaValue(e.pattern), "grid": e.units.gridValue(),
		"steps": geo.List(e.table()...), "summary": e.summary(),
	}
}

// order is the cells in the order of [Patterns], hottest first within each.
func (e *evolution) order() []int {
	rank := map[Pattern]int{}
	for i, p := range Patterns() {
		rank[p] = i
	}
	out := make([]int, len(e.found))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(i, j int) int {
		a, b := &e.found[i], &e.found[j]
		return cmp.Or(cmp.Compare(rank[a.Pattern], rank[b.Pattern]), cmp.Compare(b.Last, a.Last))
	})
	return out
}

func (e *evolution) properties(i int) geo.Values {
	f, value := &e.found[i], 0.0
	for _, v := range e.cube.At(i) {
		value += v
	}
	return geo.Values{
		"pattern": geo.String(string(f.Pattern)), "trend_z": geo.Float(f.Trend.Z), "trend_p": geo.Float(f.Trend.P),
		"z": geo.Float(f.Last), "q": geo.Float(f.Q), "hot_steps": geo.Int(int64(f.Hot)), "cold_steps": geo.Int(int64(f.Cold)),
		"events": geo.Int(int64(e.counts[i])), "value": geo.Float(value),
	}
}

// step is what happened in one step.
type step struct {
	events, hot, cold int64
	value             float64
}

func (e *evolution) byStep() []step {
	out := make([]step, e.steps.Count)
	for _, at := range e.events {
		out[at[1]].events++
	}
	for i := range e.found {
		for t, b := range e.found[i].Bins {
			out[t].value += e.cube.At(i)[t]
			switch {
			case b > 0:
				out[t].hot++
			case b < 0:
				out[t].cold++
			}
		}
	}
	return out
}

func (e *evolution) table() []geo.Value {
	var out []geo.Value
	for t, s := range e.byStep() {
		out = append(out, geo.Record(geo.Values{
			"start": geo.TimeValue(e.steps.Start(t)), "end": geo.TimeValue(e.steps.Start(t + 1)),
			"events": geo.Int(s.events), "value": geo.Float(s.value), "hot": geo.Int(s.hot), "cold": geo.Int(s.cold),
		}))
	}
	return out
}

func (e *evolution) summary() geo.Value {
	totals, weight := make([]float64, e.steps.Count), 0.0
	for t, s := range e.byStep() {
		totals[t] = s.value
		weight += s.value
	}
	trend := stat.MannKendall(totals)
	v := geo.Values{
		"events": geo.Int(int64(len(e.events))), "weight": geo.Float(weight), "steps": geo.Int(int64(e.steps.Count)),
		"step_days": geo.Float(float64(e.steps.Step) / float64(geo.Day)), "trend_z": geo.Float(trend.Z), "trend_p": geo.Float(trend.P),
	}
	e.units.describe(v)
	counts := map[Pattern]int64{}
	for i := range e.found {
		counts[e.found[i].Pattern]++
	}
	for _, p := range Patterns() {
		v[string(p)] = geo.Int(counts[p])
	}
	return geo.Record(v)
}
