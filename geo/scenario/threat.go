package scenario

import (
	"context"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/stat"
	"bivouac/geo/threat"
)

// threatOf is what threatens a base, and its supply road.
type threatOf struct {
	counted bool // there are incidents to count
	around
	trend           stat.Trend
	trended         bool
	periods         []float64 // incidents by half-years, or what comes near them; nil for no trend
	slope           float64   // incidents a year more, each year (Sen)
	slopes          stat.Interval
	zones, hazards  int // in force near it
	road            around
	roadZones       int
	roadHazards     int
	expected, drive threat.Danger // on its supply road, a year, and for one who drives it
	rated, driven   bool          // whether the two are known
}

// around is what happened near a place or beside a road.
type around struct {
	incidents  int
	harm       float64 // killed and injured
	perYear    float64 // NaN where the time is not known, or there is no road
	yearly     stat.Interval
	casualties float64 // a year
	yearlyHarm stat.Interval
}

var unknownAround = around{harm: math.NaN(), perYear: math.NaN(), casualties: math.NaN()}

// hit is an incident near something.
type hit struct {
	key  geo.Key
	harm float64 // killed and injured; 0 where that is not known
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
	now    geo.Time // the end of the asked time, else the latest incident
	years  float64
	killed int
	hurt   int
}

// readDanger finds the incidents, and over how many years they are spread.
func (f *Footprint) readDanger(ctx context.Context, w process.World, in geo.Values) error {
	l, err := w.Layer("incidents")
	if err != nil {
		f.warn(noIncidents)
		return nil
	}
	f.use(l)
	d := &danger{layer: l, s: geo.Selection{Reader: w.Reader, During: in[process.TimeInput].Interval()}, killed: l.Schema().Field("killed"), hurt: l.Schema().Field("injured")}
	if v := in[incidentsFilter]; !v.Null() {
		if d.s.Match, err = process.Filter(l, incidentsFilter, v.Text()); err != nil {
			return err
		}
	}
	// What is near a base is compared with what is not: all that were asked
	// about count into the marking.
	e, err := l.Extent(ctx, d.s)
	if err != nil {
		return err
	}
	first, last := e.During, d.s.During
	start, end := last.Start, last.End
	if start.Kind != geo.At {
		start = first.Start
	}
	if d.now = end.Time; end.Kind != geo.At {
		end = first.End
		d.now = end.Time - 1
	}
	if start.Kind == geo.At && end.Kind == geo.At && end.Time > start.Time {
		d.from, d.years = start.Time, float64(end.Time-start.Time)/yearLength
	}
	f.danger = d
	return nil
}

// near counts the incidents near each base.
func (f *Footprint) near(ctx context.Context, km float64) error {
	if f.danger == nil {
		for i := range f.Bases {
			f.Bases[i].threat.around = unknownAround
		}
		return nil
	}
	totals := newTally()
	for i := range f.Bases {
		b := &f.Bases[i]
		b.threat.counted = true
		hits, err := f.danger.count(ctx, b, km*1000)
		if err != nil {
			return err
		}
		totals.add(hits, known(b.People))
	}
	people := f.total(func(b *Station) float64 { return b.People })
	f.sure["incidents_near"], f.sure["casualties_near"] = totals.intervals(f.danger.years * people)
	return nil
}

func (d *danger) harm(row geo.Row) float64 {
	sum := 0.0
	for _, at := range []int{d.killed, d.hurt} {
		if at >= 0 {
			sum += row.Value(at).Float()
		}
	}
	return sum
}

func (d *danger) count(ctx context.Context, b *Station, metres float64) ([]hit, error) {
	rows, failed := d.layer.Within(ctx, b.At, metres, d.s)
	periods := make([]float64, int(d.years*yearLength/float64(halfYear)))
	var hits []hit
	for row := range rows {
		hits = append(hits, hit{row.Key(), d.harm(row)})
		if valid := row.Table().Valid(row.Number()); len(periods) > 0 && valid.Start.Kind == geo.At {
			at := int(float64(valid.Start.Time-d.from) / (d.years * yearLength) * float64(len(periods)))
			periods[min(max(at, 0), len(periods)-1)]++
		}
	}
	b.threat.around = d.around(hits)
	if len(periods) >= fewPeriods {
		b.threat.trend, b.threat.trended = stat.MannKendall(periods), true
		b.threat.periods = periods
		each := d.years / float64(len(periods)) // years
		slope, lower, upper := stat.Sen(periods)
		b.threat.slope, b.threat.slopes = slope/(each*each), stat.Interval{Lower: lower / (each * each), Upper: upper / (each * each)}
	}
	return hits, failed()
}

// around makes rates of incidents.
func (d *danger) around(hits []hit) around {
	a := around{incidents: len(hits), perYear: math.NaN(), casualties: math.NaN()}
	squares := 0.0
	for _, h := range hits {
		a.harm += h.harm
		squares += h.harm * h.harm
	}
	if !(d.years > 0) {
		return a
	}
	a.perYear, a.casualties = float64(a.incidents)/d.years, a.harm/d.years
	a.yearly = over(d.years, float64(a.incidents), 1)
	a.yearlyHarm = over(d.years, a.harm, max(1, squares/max(a.harm, 1)))
	return a
}

// over is the interval of a sum, of which one record adds so much as it were,
// by so many years.
func over(years, sum, each float64) stat.Interval {
	i, ok := stat.Scaled(sum, each, stat.Confidence)
	if !ok {
		return stat.Interval{Lower: math.NaN(), Upper: math.NaN()}
	}
	return stat.Interval{Lower: i.Lower / years, Upper: i.Upper / years}
}

// tally is what each incident adds to a mean over bases: an incident near
// several of them adds more, and is one all the same.
type tally struct {
	weight map[geo.Key]float64 // people at the bases that it is near to
	harm   map[geo.Key]float64
	most   float64 // the greatest weight that one base gives
}

func newTally() *tally {
	return &tally{weight: map[geo.Key]float64{}, harm: map[geo.Key]float64{}}
}

func (t *tally) add(hits []hit, people float64) {
	t.most = max(t.most, people)
	for _, h := range hits {
		t.weight[h.key] += people
		t.harm[h.key] = h.harm
	}
}

// intervals are those of the incidents and of the casualties, divided by
// people and years. Of nothing that was counted one more would count as at the
// largest base.
func (t *tally) intervals(divisor float64) (incidents, casualties stat.Interval) {
	unknown := stat.Interval{Lower: math.NaN(), Upper: math.NaN()}
	if !(divisor > 0) || !(t.most > 0) {
		return unknown, unknown
	}
	keys := make([]geo.Key, 0, len(t.weight))
	for k := range t.weight {
		keys = append(keys, k)
	}
	slices.Sort(keys) // sums of floats hang on their order
	var sum, squares, harm, harmSquares float64
	for _, k := range keys {
		w := t.weight[k]
		h := w * t.harm[k]
		sum, squares, harm, harmSquares = sum+w, squares+w*w, harm+h, harmSquares+h*h
	}
	each := func(sum, squares float64) float64 {
		if sum > 0 {
			return squares / sum
		}
		return t.most
	}
	return over(divisor, sum, each(sum, squares)), over(divisor, harm, each(harm, harmSquares))
}

func (t *threatOf) values(v geo.Values, mined bool) {
	ranged := func(name string, value float64, i stat.Interval) {
		if math.IsNaN(value) {
			i = stat.Interval{Lower: value, Upper: value}
		}
		v[name], v[name+"_lower"], v[name+"_upper"] = geo.Float(value), geo.Float(i.Lower), geo.Float(i.Upper)
	}
	ranged("incidents_year", t.perYear, t.yearly)
	ranged("casualties_year", t.casualties, t.yearlyHarm)
	ranged("incidents_supply_year", t.road.perYear, t.road.yearly)
	ranged("expected_supply_year", orUnknown(t.expected.Mean, t.rated), t.expected.Interval)
	ranged("supply_risk", orUnknown(t.drive.Mean, t.driven), t.drive.Interval)
	ranged("trend_slope", orUnknown(t.slope, t.trended), t.slopes)
	v["trend_tau"], v["trend_p"] = geo.Float(orUnknown(t.trend.Tau, t.trended)), geo.Float(orUnknown(t.trend.P, t.trended))
	counts := make([]geo.Value, len(t.periods))
	for i, n := range t.periods {
		counts[i] = geo.Int(int64(n))
	}
	v["trend_counts"] = geo.List(counts...)
	count := func(n int, known bool) geo.Value {
		if !known {
			return geo.Value{}
		}
		return wholeValue(n)
	}
	v["incidents"], v["zones"], v["hazards"] = count(t.incidents, t.counted), count(t.zones, t.counted), count(t.hazards, mined)
	v["casualties"], v["casualties_supply"], v["casualties_supply_year"] = geo.Float(t.harm), geo.Float(t.road.harm), geo.Float(t.road.casualties)
	supplied := !math.IsNaN(t.road.harm)
	v["incidents_supply"], v["zones_supply"], v["hazards_supply"] = count(t.road.incidents, supplied), count(t.roadZones, supplied), count(t.roadHazards, mined)
}
