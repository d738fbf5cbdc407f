package threat

import (
	"cmp"
	"context"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/stat"
)

// Rated is the roads of a graph with what is known of their danger. It does not
// change and may be shared. Of each section it holds what its rate is made of,
// some sixty bytes, so that roads of a million segments are rated as well: the
// rates themselves are reckoned of the sections that somebody asks about.
type Rated struct {
	Method   string
	Warnings []process.Warning
	Layers   []*layer.Layer

	graph   *network.Graph
	on      []Part // by segment of the graph, see [Seen]
	finder  *finder
	yearly  basis   // by kilometres and year
	moved   *moved  // nil without movements
	average float64 // the mean of the yearly rates by length
}

// basis is what rates are made of, by section.
type basis struct {
	Basis
	counts   []float64 // what the incidents of each section count for
	exposure []float64 // kilometres and years, or 1,000 km driven
}

// moved is what is known by the movements of a time.
type moved struct {
	basis
	layer    *layer.Layer
	from, to geo.Time
}

// estimate is a rate as far as it is known: what is said of it, and the mean and
// the standard deviation of what it may be.
type estimate struct{ said, mean, deviation float64 }

// Stretch is a part of a segment of the graph, from and to as fractions of it in
// either order.
type Stretch struct {
	Segment  int32
	From, To float64
}

// RateRoads finds the rates of the roads of w, by the inputs of [RiskFields]: those
// of route-threat. Where its incidents have no time it is an error that says so.
func RateRoads(ctx context.Context, w process.World, in geo.Values) (*Rated, error) {
	checked, err := process.Check(&geo.Schema{Name: "rates", Fields: RiskFields()}, in)
	if err != nil {
		return nil, err
	}
	a, err := assess(ctx, w, checked, 0, func(int, int, geo.Said) {})
	if err != nil {
		return nil, err
	}
	if !a.dated {
		return nil, geo.Errorf(geo.Conflict, process.TimeInput, "nothing is known of when the incidents were, so that there is no rate of them")
	}
	r := &Rated{
		Method: method, Warnings: a.warnings(), Layers: []*layer.Layer{a.pattern.Layer},
		graph: a.seen.graph, on: a.seen.on, finder: newFinder(len(a.seen.Way), a.sections),
		yearly: basisOf(a.basis, a.tallies, func(i int) float64 { return a.metres[i] / 1000 * a.counted }),
	}
	if d := a.driven; d != nil {
		r.Layers = append(r.Layers, d.layer)
		r.moved = &moved{basisOf(d.basis, d.tallies, func(i int) float64 { return d.exposure.KM[i] / 1000 }), d.layer, a.period.From, a.period.To}
		r.average = overall(a.yearly, a.metres)
	}
	return r, nil
}

func basisOf(b Basis, tallies []Tally, exposure func(i int) float64) basis {
	out := basis{b, make([]float64, len(tallies)), make([]float64, len(tallies))}
	for i := range tallies {
		out.counts[i], out.exposure[i] = tallies[i].Sum, exposure(i)
	}
	return out
}

// driving is the rate of a section by what was driven, as [Risk] has it:
// incidents a kilometre.
func (r *Rated) driving(section int32) estimate {
	switch m := r.moved; {
	case m.exposure[section] > 0:
		return m.known(section).times(1. / 1000)
	case r.average > 0:
		return r.yearly.known(section).times(m.Mean / r.average / 1000)
	}
	return estimate{}
}

// Mark counts the movements that the rates are made of into the marking of
// another answer, as those of w's reader; its incidents and roads are others'
// to count.
func (r *Rated) Mark(ctx context.Context, w process.World) error {
	if r.moved == nil {
		return nil
	}
	_, err := r.moved.layer.Extent(ctx, geo.Selection{Reader: w.Reader, During: geo.Between(r.moved.from, r.moved.to)})
	return err
}

func (e estimate) times(x float64) estimate { return estimate{e.said * x, e.mean * x, e.deviation * x} }

// known is what is known of the rate of a section, after its own count where
// sections differ, and as of all sections together where they do not.
func (b *basis) known(section int32) estimate {
	events, exposure := b.counts[section]/b.Dispersion, b.exposure[section]/b.Dispersion
	g := b.Gamma
	if b.Prior != Alike {
		g = g.After(events, exposure)
	}
	rate, _ := b.rate(events, exposure)
	return estimate{rate.Mean, g.Mean(), math.Sqrt(g.Shape) / g.Rate}
}

// Kilometres are how far a way goes on sections, each once, in their order.
type Kilometres []onSection

type onSection struct {
	section int32
	km      float64
}

// Along returns the kilometres of a way. Stretches that the reader may not see,
// and those outside an area that was asked, have no section.
func (r *Rated) Along(way []Stretch) Kilometres {
	var out Kilometres
	var shares []share
	for _, s := range way {
		on := r.on[s.Segment]
		if on.Segment < 0 {
			continue
		}
		metres, from, to := r.graph.Metres(s.Segment), min(s.From, s.To), max(s.From, s.To)
		shares = r.finder.overlay(Part{on.Segment, min(on.From+from*metres, on.To), min(on.From+to*metres, on.To)}, shares[:0])
		for _, share := range shares {
			out = append(out, onSection{share.section, share.metres / 1000})
		}
	}
	slices.SortStableFunc(out, func(a, b onSection) int { return cmp.Compare(a.section, b.section) })
	all := out
	out = out[:0]
	for _, one := range all {
		if last := len(out) - 1; last >= 0 && out[last].section == one.section {
			out[last].km += one.km
			continue
		}
		out = append(out, one)
	}
	return out
}

// Sum returns the kilometres of ways, each so many times, taken together.
func (r *Rated) Sum(ways []Kilometres, times []float64) Kilometres {
	all := make([]float64, len(r.yearly.counts))
	for i, way := range ways {
		for _, on := range way {
			all[on.section] += times[i] * on.km
		}
	}
	var out Kilometres
	for section, km := range all {
		if km != 0 {
			out = append(out, onSection{int32(section), km})
		}
	}
	return out
}

// Danger is how many incidents are to be expected, with a 95 % interval.
type Danger struct {
	Mean float64
	stat.Interval
}

// Yearly is how many incidents a year are to be expected along so many
// kilometres of roads.
func (r *Rated) Yearly(km Kilometres) Danger { return danger(r.yearly.known, km, r.yearly.Prior) }

// Moved reports whether movements are recorded, so that [Rated.Driving] is known.
func (r *Rated) Moved() bool { return r.moved != nil }

// Driving is how many incidents those who drive so many kilometres are to expect;
// false without movements, which alone tell how many drove unharmed.
func (r *Rated) Driving(km Kilometres) (Danger, bool) {
	if r.moved == nil {
		return Danger{}, false
	}
	return danger(r.driving, km, r.moved.Prior), true
}

// danger adds up what is known of sections. Each is a gamma, independent of the
// others but where all have one rate; their sum is taken for the gamma of its
// mean and variance (Welch 1938; Satterthwaite 1946), which is exact for one
// section and for one rate.
func danger(by func(section int32) estimate, km Kilometres, prior Prior) Danger {
	var d Danger
	mean, variance, together := 0.0, 0.0, 0.0
	for _, on := range km {
		e := by(on.section).times(on.km)
		d.Mean += e.said
		mean += e.mean
		variance += e.deviation * e.deviation
		together += e.deviation
	}
	if prior == Alike {
		variance = together * together
	}
	if mean > 0 && variance > 0 {
		d.Interval, _ = stat.Gamma{Shape: mean * mean / variance, Rate: mean / variance}.Interval(stat.Confidence)
	}
	return d
}
