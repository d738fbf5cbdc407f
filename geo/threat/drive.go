package threat

import (
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// driven is what is known by the movements.
type driven struct {
	layer    *layer.Layer
	exposure *Exposure
	from, to geo.Time // of the first and the last movement, whole days
	tallies  []Tally  // of the incidents in that time
	rates    []Rate   // by 1,000 km
	basis    Basis
}

// drive puts the movements of the time on the roads, and divides the incidents
// of the days in which there were movements by them.
func (a *assessment) drive(ctx context.Context, w process.World) error {
	name := a.in[MovementsInput].Text()
	if name == noMovements {
		return nil
	}
	l, err := w.Layer(name)
	switch {
	case err != nil && name == movementsCollection:
		return nil
	case err != nil:
		return geo.Errorf(geo.Invalid, MovementsInput, "there is no collection %q; name one of movements, or none", name)
	case !l.Schema().Timed() || l.Schema().Field("km") < 0 && l.Schema().Geometry != geo.LineGeometry:
		return geo.Errorf(geo.Invalid, MovementsInput, "the records of %s have no date, or neither a line nor km; name a collection of movements, or none", name)
	case !a.dated:
		return nil
	}
	d := &driven{layer: l, from: a.period.To, to: a.period.From}
	movements, err := a.movements(ctx, w, d)
	if err != nil || len(movements) == 0 {
		return err
	}
	if d.exposure, err = a.seen.Expose(ctx, a.sections, movements, a.in[ToleranceInput].Float()); err != nil {
		return err
	}
	if d.exposure.PlacedKM == 0 {
		a.note(noneOnRoads, len(movements))
		return nil
	}
	var among []Incident
	var at []int32
	for i, t := range a.times {
		if a.hit[i] && t >= d.from && t < d.to {
			among, at = append(among, a.incidents[i]), append(at, a.at[i])
		}
	}
	d.tallies = Count(len(a.sections), among, at)
	thousands := make([]float64, len(a.sections))
	for i, km := range d.exposure.KM {
		thousands[i] = km / 1000
	}
	d.rates, d.basis = Rates(d.tallies, thousands)
	a.driven = d
	return nil
}

func (a *assessment) movements(ctx context.Context, w process.World, d *driven) ([]Movement, error) {
	var out []Movement
	rows, failed := d.layer.Select(ctx, geo.Selection{Reader: w.Reader, During: geo.Between(a.period.From, a.period.To)})
	for row := range rows {
		when := row.Table().Valid(row.Number()).Start
		if when.Kind != geo.At || when.Time < a.period.From {
			continue
		}
		day := when.Time - when.Time%geo.Day
		d.from, d.to = min(d.from, max(day, a.period.From)), max(d.to, min(day+geo.Day, a.period.To))
		m := Movement{Lines: linesOf(row.Geometry()), Route: row.Named("route").Text(), KM: math.NaN()}
		if km := row.Named("km"); !km.Null() {
			m.KM = km.Float()
		}
		m.Weight, _ = Decay(float64(a.period.To-when.Time)/float64(geo.Day), 0, a.in[HalfLifeInput].Float())
		out = append(out, m)
	}
	return out, failed()
}

func linesOf(g orb.Geometry) []orb.LineString {
	switch g := g.(type) {
	case orb.LineString:
		return []orb.LineString{g}
	case orb.MultiLineString:
		return slices.Clone(g)
	}
	return nil
}

// compared returns the rates that the roads are compared by: by how far was
// driven where that is known, else by length and year.
func (a *assessment) compared() []Rate {
	if a.driven != nil {
		return a.driven.rates
	}
	return a.yearly
}
