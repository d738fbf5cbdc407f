package density

import (
	"context"
	"fmt"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// Process is the density as an analysis.
func Process() process.Process {
	return process.Process{
		ID:    "density",
		Title: "Density",
		Description: "How many events, or how much of a number, there are for each square kilometre and year: counted in hexagons or squares of equal area, " +
			"each with a 95 % interval, or as a smooth surface of kernels, in metres on the ground.",
		In:  inputs(),
		Out: outputs(),
		Run: run,
	}
}

// asked is one run.
type asked struct {
	pattern *pattern.Pattern
	period  pattern.Period
	dated   bool // there is a period
	in      geo.Values
	result  process.Result
}

func (a *asked) warn(format string, args ...any) {
	a.result.Warnings = append(a.result.Warnings, process.Warning{Text: fmt.Sprintf(format, args...)})
}

func run(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	l, _, err := w.Selection(in)
	if err != nil {
		return process.Result{}, err
	}
	p, err := pattern.Read(ctx, w, in, l.Schema().Timed())
	if err != nil {
		return process.Result{}, err
	}
	a := &asked{pattern: p, in: in}
	a.period, a.dated = p.Period()
	p.Into(&a.result)
	if in[MethodInput].Text() == kernelMethod {
		err = a.kernel(ctx, progress)
	} else {
		err = a.cells(ctx)
	}
	a.warnOfPeriod()
	return a.result, err
}

// shortest is the number of years under which an observed period is no measure.
const shortest = 0.25

func (a *asked) warnOfPeriod() {
	switch {
	case a.pattern.Len() == 0:
	case !a.dated:
		a.warn("The records have no time: there are no rates by year.")
	case a.period.Observed && a.period.Years() < shortest:
		a.warn("Rates by year are by the time from the first event to the last, which is only %.0f days: give datetime for the time that was watched.", a.period.Years()*365.25)
	case a.period.Observed:
		a.warn("Rates by year are by the %.1f years from the first event to the last; give datetime for the time that was watched.", a.period.Years())
	}
}

// mostDrawn is how many cells are drawn at most.
const mostDrawn = 100_000

func (a *asked) cells(ctx context.Context) error {
	a.result.Method = "Counts in cells of equal area (Lambert's azimuthal equal-area plane on WGS84; Snyder 1987); " +
		"Garwood's exact Poisson interval (1936), scaled by the dispersion where events have weights (Bohm and Zech 2014)"
	study, err := grid.NewStudy(ctx, a.pattern, grid.Shape(a.in[MethodInput].Text()), false, a.in)
	if err != nil {
		return err
	}
	if study == nil {
		a.result.Output = geo.Values{"cells": process.FeatureCollection(nil), "total": geo.Record(geo.Values{"events": geo.Int(0), "weight": geo.Float(0)})}
		return nil
	}
	c := InCells(study.Cover, study.Of, a.pattern.Weights)
	a.result.Warnings = append(a.result.Warnings, process.Plain(study.Warnings()...)...)
	switch {
	case study.Area == nil:
		a.warn("No study area was asked for: the area is that of the cells with events, whole, and cells without any are not counted. Give an area for rates of it.")
	case a.pattern.Len() == 0:
		a.warn("No event lies in the study area: all rates are 0, up to the upper end of their intervals.")
	}
	if c.Weighted && c.Dispersion > 1 {
		a.warn("One event may add several at once, and these are not independent: intervals are those of a Poisson count scaled by the dispersion %.3g (sum of squares over sum).", c.Dispersion)
	}
	features, err := a.features(c)
	if err != nil {
		return err
	}
	a.result.Output = geo.Values{
		"cells": process.FeatureCollection(features), "area": study.AreaValue(), "grid": gridValue(c),
		"total": a.total(c, study.Cover.SquareMetres()/1e6),
	}
	return nil
}
