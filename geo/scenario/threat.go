package scenario

import (
	"context"
	"fmt"
	"math"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/stat"
)

// threatOf is what threatens a base and its supply road.
type threatOf struct {
	incidents  int
	harm       float64 // killed and injured
	perYear    float64
	lower      float64 // of the rate, Garwood's exact interval
	upper      float64
	casualties float64 // a year
	trend      stat.Trend
	trended    bool
	road       int     // incidents on the supply road
	roadYear   float64 // a year; NaN where there is no supply road
}

// halfYear is the length that periods of a trend come near.
const halfYear = geo.Day * 365 / 2

// fewPeriods are too few for a trend.
const fewPeriods = 4

const yearLength = float64(geo.Day) * 365.25

// danger is the incidents that are asked about.
type danger struct {
	layer  *layer.Layer
	s      geo.Selection
	from   geo.Time
	years  float64
	killed int
	hurt   int
}

func (f *Footprint) danger(ctx context.Context, w process.World, in geo.Values) (*danger, error) {
	l, err := w.Layer("incidents")
	if err != nil {
		f.warn("There is no collection of incidents here: nothing is known of threats.")
		return nil, nil
	}
	f.use(l)
	d := &danger{layer: l, s: geo.Selection{Reader: w.Reader, During: in[process.TimeInput].Interval()}, killed: l.Schema().Field("killed"), hurt: l.Schema().Field("injured")}
	if v := in[incidentsFilter]; !v.Null() {
		if d.s.Match, err = process.Filter(l, incidentsFilter, v.Text()); err != nil {
			return nil, err
		}
	}
	// What is near a base is compared with what is not: all that were asked
	// about count into the marking.
	e, err := l.Extent(ctx, d.s)
	if err != nil {
		return nil, err
	}
	first, last := e.During, d.s.During
	start, end := last.Start, last.End
	if start.Kind != geo.At {
		start = first.Start
	}
	if end.Kind != geo.At {
		end = first.End
	}
	if start.Kind == geo.At && end.Kind == geo.At && end.Time > start.Time {
		d.from, d.years = start.Time, float64(end.Time-start.Time)/yearLength
	}
	return d, nil
}

// near counts the incidents near each base.
func (f *Footprint) near(ctx context.Context, d *danger, km float64) error {
	if d == nil {
		return nil
	}
	for i := range f.Bases {
		if err := d.count(ctx, &f.Bases[i], km*1000); err != nil {
			return err
		}
	}
	return nil
}

func (d *danger) count(ctx context.Context, b *Station, metres float64) error {
	rows, failed := d.layer.Within(ctx, b.At, metres, d.s)
	periods := make([]float64, int(d.years*yearLength/float64(halfYear)))
	for row := range rows {
		b.threat.incidents++
		for _, at := range []int{d.killed, d.hurt} {
			if at >= 0 {
				b.threat.harm += row.Value(at).Float()
			}
		}
		if valid := row.Table().Valid(row.Number()); len(periods) > 0 && valid.Start.Kind == geo.At {
			at := int(float64(valid.Start.Time-d.from) / (d.years * yearLength) * float64(len(periods)))
			periods[min(max(at, 0), len(periods)-1)]++
		}
	}
	if !(d.years > 0) {
		b.threat.perYear, b.threat.casualties = math.NaN(), math.NaN()
		return failed()
	}
	b.threat.perYear, b.threat.casualties = float64(b.threat.incidents)/d.years, b.threat.harm/d.years
	if i, ok := stat.Garwood(float64(b.threat.incidents), 0.95); ok {
		b.threat.lower, b.threat.upper = i.Lower/d.years, i.Upper/d.years
	}
	if len(periods) >= fewPeriods {
		b.threat.trend, b.threat.trended = stat.MannKendall(periods), true
	}
	return failed()
}

// along counts the incidents on the supply road of a base.
func (d *danger) along(ctx context.Context, b *Station, way *supplyWay, metres float64) error {
	b.threat.roadYear = math.NaN()
	if d == nil || len(way.course) == 0 {
		return nil
	}
	n, err := way.beside(ctx, d, metres)
	if b.threat.road = n; d.years > 0 {
		b.threat.roadYear = float64(n) / d.years
	}
	return err
}

// beside counts the incidents beside the way, once for each state of the
// incidents: a layer does not change, and all of them count into the marking
// by [Footprint.danger].
func (w *supplyWay) beside(ctx context.Context, d *danger, metres float64) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := counted{d.layer, fmt.Sprintf("%s %v", d.s.Key(), metres)}
	if n, ok := w.incidents[key]; ok {
		return n, nil
	}
	n, err := d.layer.CountWithin(ctx, w.course, metres, d.s)
	if err == nil {
		if len(w.incidents) > mostCounts {
			clear(w.incidents)
		}
		w.incidents[key] = n
	}
	return n, err
}

// counted is what was counted: of which layer, which of it and how far.
type counted struct {
	layer *layer.Layer
	which string
}

// mostCounts is how many counts a way keeps.
const mostCounts = 16
