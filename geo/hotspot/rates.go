package hotspot

import (
	"context"
	"fmt"
	"math"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// StandardisedRates returns how far the rate of each unit, events by what was
// exposed to them, is from that of all, in standard deviations: by the
// empirical Bayes index of Assuncao and Reis (1999, A new proposal to adjust
// Moran's I for population density, Statistics in Medicine 18). A rate of few
// exposed varies by chance alone; it must be farther off to count as much.
//
// Every exposure must be above 0, and not all rates the same; the error is a
// *geo.Error otherwise.
func StandardisedRates(events, exposure []float64) ([]float64, error) {
	n, allEvents, all := float64(len(events)), 0.0, 0.0
	for i, e := range exposure {
		if !(e > 0) || math.IsInf(e, 1) {
			return nil, geo.Errorf(geo.Invalid, ExposureInput, "unit %d has an exposure of %v; a rate takes one above 0", i, e)
		}
		allEvents, all = allEvents+events[i], all+e
	}
	mean, spread := allEvents/all, 0.0
	for i, e := range exposure {
		d := events[i]/e - mean
		spread += e * d * d / all
	}
	between := spread - mean*n/all // of the rates behind, below 0 where chance explains more than there is
	out := make([]float64, len(events))
	for i, e := range exposure {
		variance := between + mean/e
		if variance < 0 {
			variance = mean / e
		}
		if out[i] = (events[i]/e - mean) / math.Sqrt(variance); math.IsNaN(out[i]) {
			return nil, geo.Errorf(geo.Invalid, ExposureInput, "there are no events, and so no rates to compare")
		}
	}
	return out, nil
}

// NoExposure is the reason for which an event is in no unit.
const NoExposure = "in a cell without exposure"

// exposed is what events are divided by.
type exposed struct {
	layer *layer.Layer
	field string
	of    []float64 // of each unit
	empty int       // cells that were left out
	wants int       // records that state no number, or less than 0
}

// readExposure adds up what is exposed in each cell, and leaves out cells with
// nothing and the events in them. Nil where no exposure is asked for.
func readExposure(ctx context.Context, w process.World, p *pattern.Pattern, u *units, in geo.Values) (*exposed, error) {
	if in[ExposureInput].Null() {
		return nil, nil
	}
	if u.study == nil {
		return nil, geo.Errorf(geo.Invalid, ExposureInput, "rates are of cells: take hexagon or square as %s", UnitInput)
	}
	l, err := w.Layer(in[ExposureInput].Text())
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, ExposureInput, "there is no collection %q; /api/collections lists them", in[ExposureInput].Text())
	}
	x := &exposed{layer: l, field: in[ExposureFieldInput].Text()}
	numbers, err := process.NumberFields(l.Schema(), ExposureFieldInput, x.field)
	if err != nil {
		return nil, err
	}
	within, err := filter.Meets(u.study.Area)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, process.AreaInput, "%v", err)
	}
	of := make([]float64, u.len())
	rows, failed := l.Select(ctx, geo.Selection{Reader: w.Reader, Match: within})
	for row := range rows {
		t, n := row.Table(), row.Number()
		at, ok := t.Point(n)
		if !ok {
			continue
		}
		number := process.Sum(numbers.Columns(t), n)
		if !(number >= 0) {
			x.wants++
			continue
		}
		if cell, ok := u.study.Cover.Number(u.study.Cover.Grid.Cell(at)); ok {
			of[cell] += number
		}
	}
	if err := failed(); err != nil {
		return nil, err
	}
	return x, x.keep(p, u, of)
}

// keep leaves the cells with exposure.
func (x *exposed) keep(p *pattern.Pattern, u *units, of []float64) error {
	study := *u.study
	cover, number := study.Cover.Only(func(cell int) bool { return of[cell] > 0 })
	if len(cover.Cells) < fewest {
		return geo.Errorf(geo.Invalid, ExposureInput, "only %d of %d cells hold any %s of %s, too few for a comparison, which takes %d; take larger cells, or a wider area",
			len(cover.Cells), len(of), x.field, x.layer.Schema().Name, fewest)
	}
	x.empty = len(of) - len(cover.Cells)
	for _, exposure := range of {
		if exposure > 0 {
			x.of = append(x.of, exposure)
		}
	}
	var left []int32
	for _, cell := range study.Of {
		if n := number[cell]; n >= 0 {
			left = append(left, n)
		}
	}
	p.Keep(NoExposure, func(i int) bool { return number[study.Of[i]] >= 0 })
	study.Cover, study.Of = cover, left
	u.study, u.of = &study, left
	return nil
}

// ratesMethod names what is compared where events are divided by something.
const ratesMethod = "rates by the empirical Bayes index (Assuncao and Reis 1999)"

func (x *exposed) warnings() []string {
	name := x.layer.Schema().Name
	out := []string{fmt.Sprintf("Values are empirical Bayes standardised rates by %s of %s, which may be below 0; the %d cells without any are not compared, and general G, which takes none below 0, is left out.",
		x.field, name, x.empty)}
	if x.wants > 0 {
		out = append(out, fmt.Sprintf("%d records of %s state no %s, or less than 0, and add nothing.", x.wants, name, x.field))
	}
	return out
}
