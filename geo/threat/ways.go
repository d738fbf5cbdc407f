package threat

import (
	"context"
	"maps"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/stat"
)

// Rated is the roads of a graph with what is known of their danger. It does not
// change and may be shared.
type Rated struct {
	Method   string
	Warnings []process.Warning
	Layers   []*layer.Layer

	a       *assessment
	finder  *finder
	yearly  []estimate // by section: incidents a kilometre and year
	driving []estimate // by section: incidents a kilometre driven; nil without movements
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

// mostSegments is how many segments a graph has whose roads are rated: more make
// more sections than are, and it would take seconds to find that out.
const mostSegments = 4 * mostSections

// RateRoads finds the rates of the roads of w, by the inputs of [RiskFields]: those
// of route-threat. Where its incidents have no time, and for roads that make
// too many sections, it is an error that says so.
func RateRoads(ctx context.Context, w process.World, in geo.Values) (*Rated, error) {
	checked, err := process.Check(&geo.Schema{Name: "rates", Fields: RiskFields()}, in)
	if err != nil {
		return nil, err
	}
	if g := w.Network(); g != nil && g.Segments() > mostSegments {
		return nil, geo.Errorf(geo.TooLarge, "roads", "the roads have %d segments, and no more than %d are rated", g.Segments(), mostSegments)
	}
	a, err := assess(ctx, w, checked, func(int, int, string) {})
	if err != nil {
		return nil, err
	}
	if !a.dated {
		return nil, geo.Errorf(geo.Conflict, process.TimeInput, "nothing is known of when the incidents were, so that there is no rate of them")
	}
	r := &Rated{Method: method, a: a, finder: newFinder(len(a.seen.Way), a.sections)}
	for i := range a.sections {
		r.yearly = append(r.yearly, a.basis.known(&a.tallies[i], a.metres[i]/1000*a.counted))
	}
	r.Layers = append(r.Layers, a.pattern.Layer)
	if a.driven != nil {
		r.Layers = append(r.Layers, a.driven.layer)
		r.drives()
	}
	r.Warnings = a.warnings()
	return r, nil
}

// drives finds the rates by what was driven, as [Risk] does.
func (r *Rated) drives() {
	d, all := r.a.driven, overall(r.a.yearly, r.a.metres)
	for i, rate := range d.rates {
		switch {
		case rate.Exposure > 0:
			r.driving = append(r.driving, d.basis.known(&d.tallies[i], rate.Exposure).times(1./1000))
		case all > 0:
			r.driving = append(r.driving, r.yearly[i].times(d.basis.Mean/all/1000))
		default:
			r.driving = append(r.driving, estimate{})
		}
	}
}

// Mark counts the movements that the rates are made of into the marking of
// another answer, as those of w's reader; its incidents and roads are others'
// to count.
func (r *Rated) Mark(ctx context.Context, w process.World) error {
	if r.a.driven == nil {
		return nil
	}
	_, err := r.a.driven.layer.Extent(ctx, geo.Selection{Reader: w.Reader, During: geo.Between(r.a.period.From, r.a.period.To)})
	return err
}

func (e estimate) times(x float64) estimate { return estimate{e.said * x, e.mean * x, e.deviation * x} }

// known is what is known of the rate of a section, after its own count where
// sections differ, and as of all sections together where they do not.
func (b *Basis) known(t *Tally, exposure float64) estimate {
	g := b.Gamma
	if b.Prior != Alike {
		g = g.After(t.Sum/b.Dispersion, exposure/b.Dispersion)
	}
	return estimate{b.rate(t.Sum/b.Dispersion, exposure/b.Dispersion).Mean, g.Mean(), math.Sqrt(g.Shape) / g.Rate}
}

// Kilometres are how far a way goes on each section, by number.
type Kilometres map[int32]float64

// Along adds a way to the kilometres, so many times. Stretches that the reader
// may not see, and those outside an area that was asked, have no section.
func (r *Rated) Along(km Kilometres, way []Stretch, times float64) {
	g := r.a.seen.graph
	for _, s := range way {
		on := r.a.seen.on[s.Segment]
		if on.Segment < 0 {
			continue
		}
		metres, from, to := g.Metres(s.Segment), min(s.From, s.To), max(s.From, s.To)
		part := Part{on.Segment, min(on.From+from*metres, on.To), min(on.From+to*metres, on.To)}
		for _, share := range r.finder.overlay(part, nil) {
			km[share.section] += times * share.metres / 1000
		}
	}
}

// Danger is how many incidents are to be expected, with a 95 % interval.
type Danger struct {
	Mean float64
	stat.Interval
}

// Yearly is how many incidents a year are to be expected along so many
// kilometres of roads.
func (r *Rated) Yearly(km Kilometres) Danger { return r.danger(r.yearly, km, r.a.basis.Prior) }

// Moved reports whether movements are recorded, so that [Rated.Driving] is known.
func (r *Rated) Moved() bool { return r.driving != nil }

// Driving is how many incidents those who drive so many kilometres are to expect;
// false without movements, which alone tell how many drove unharmed.
func (r *Rated) Driving(km Kilometres) (Danger, bool) {
	if r.driving == nil {
		return Danger{}, false
	}
	return r.danger(r.driving, km, r.a.driven.basis.Prior), true
}

// danger adds up what is known of sections. Each is a gamma, independent of the
// others but where all have one rate; their sum is taken for the gamma of its
// mean and variance (Welch 1938; Satterthwaite 1946), which is exact for one
// section and for one rate.
func (r *Rated) danger(by []estimate, km Kilometres, prior Prior) Danger {
	var d Danger
	mean, variance, together := 0.0, 0.0, 0.0
	for _, section := range slices.Sorted(maps.Keys(km)) { // sums of floats hang on their order
		e := by[section].times(km[section])
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
