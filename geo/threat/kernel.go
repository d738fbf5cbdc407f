package threat

import (
	"context"
	"math"

	"bivouac/geo"
	"bivouac/geo/pattern"
)

// Kernel is how the weight of an event spreads where roads part (Okabe, Satoh
// and Sugihara 2009, A kernel density estimation method for networks,
// International Journal of Geographical Information Science 23).
type Kernel string

// The kernels.
const (
	// Simple gives each road the full weight, by the shortest way to it: easy
	// to read and too much in all, since a junction multiplies it.
	Simple Kernel = "simple"
	// Discontinuous shares the weight that comes to a junction among the other
	// roads there: it adds up, with a step at the junction.
	Discontinuous Kernel = "discontinuous"
	// Continuous sends 2/n of it into each of the other roads of a junction of
	// n and takes the rest back from the road that it came by: it adds up and
	// has no steps.
	Continuous Kernel = "continuous"
)

// Kernels are the names of the kernels, the one to take by default first.
func Kernels() []string { return []string{string(Continuous), string(Discontinuous), string(Simple)} }

// Lixels are the roads cut into short stretches, each with its density: the
// events a metre, on average over the stretch.
type Lixels struct {
	First   []int32 // of each segment, where its lixels begin; one entry more than segments
	Density []float64
}

// Of returns how many lixels a segment has.
func (l *Lixels) Of(segment int32) int { return int(l.First[segment+1] - l.First[segment]) }

// mostLixels and mostParts bound the memory and the time of an answer.
const (
	mostLixels = 2_000_000
	mostParts  = 200_000
)

// Density spreads events over the roads by the quartic kernel 15/16
// (1-(d/h)^2)^2 / h, h being the bandwidth in metres and d the way by road, and
// returns what lies on each lixel: segments are cut into equal ones, none
// longer than asked. The integrals are exact, so that what is spread adds up
// to the weights of the events, but for what simple kernels multiply at
// junctions and what all lose beyond the end of a road. weights may be nil, for
// 1 each.
//
// The answer does not depend on how many processors there are. The errors are
// ctx's, and those that name bandwidth_m or lixel_m.
func (r *Roads) Density(ctx context.Context, kernel Kernel, events []Spot, weights []float64, bandwidth, lixel float64) (*Lixels, error) {
	if !(bandwidth > 0) || math.IsInf(bandwidth, 0) {
		return nil, geo.Errorf(geo.Invalid, "bandwidth_m", "%v metres is no bandwidth; give more than 0", bandwidth)
	}
	l, err := r.cut(lixel)
	if err != nil {
		return nil, err
	}
	const grain, wave = 16, 1024
	for from := 0; from < len(events); from += wave {
		batch := events[from:min(from+wave, len(events))]
		parts, full := make([][]stretch, len(batch)), make([]bool, len(batch))
		err := pattern.Each(ctx, len(batch), grain, func(_, a, b int) {
			for i := a; i < b; i++ {
				parts[i], full[i] = r.spread(kernel, batch[i], bandwidth)
			}
		})
		if err != nil {
			return nil, err
		}
		for i, of := range parts {
			if full[i] {
				return nil, geo.Errorf(geo.TooLarge, "bandwidth_m", "%v metres reach over so many junctions that the ways cannot be followed one by one; take a smaller bandwidth or the simple kernel", bandwidth)
			}
			weight := 1.0
			if weights != nil {
				weight = weights[from+i]
			}
			for _, p := range of {
				r.lay(l, p, bandwidth, weight)
			}
		}
	}
	return l, nil
}

// cut returns the lixels with nothing on them.
func (r *Roads) cut(lixel float64) (*Lixels, error) {
	if !(lixel > 0) {
		return nil, geo.Errorf(geo.Invalid, "lixel_m", "%v metres is no length; give more than 0", lixel)
	}
	l := &Lixels{First: make([]int32, len(r.metres)+1)}
	total := 0.0
	for s, m := range r.metres {
		n := math.Ceil(m / lixel * (1 - 1e-12))
		if total += n; total > mostLixels {
			return nil, geo.Errorf(geo.TooLarge, "lixel_m", "the roads make more than %d pieces of %v metres; take longer ones or a smaller area", mostLixels, lixel)
		}
		l.First[s+1] = l.First[s] + int32(n)
	}
	l.Density = make([]float64, l.First[len(r.metres)])
	return l, nil
}

// lay adds a stretch to the lixels that it runs over.
func (r *Roads) lay(l *Lixels, p stretch, bandwidth, weight float64) {
	first, n := l.First[p.segment], l.Of(p.segment)
	size := r.metres[p.segment] / float64(n)
	lo, hi := p.from, p.from+min(p.length, bandwidth-p.distance)
	if !p.forward {
		lo, hi = p.from-min(p.length, bandwidth-p.distance), p.from
	}
	for i := max(0, int(lo/size)); i < n && float64(i)*size < hi; i++ {
		a, b := max(lo, float64(i)*size), min(hi, float64(i+1)*size)
		if b <= a {
			continue
		}
		near, far := p.distance+a-p.from, p.distance+b-p.from
		if !p.forward {
			near, far = p.distance+p.from-b, p.distance+p.from-a
		}
		l.Density[int(first)+i] += weight * p.share * (upTo(far/bandwidth) - upTo(near/bandwidth)) / size
	}
}

// upTo is the integral of the quartic kernel from 0 to u, at most 1/2.
func upTo(u float64) float64 {
	u = min(u, 1)
	v := u * u
	return 15.0 / 16 * u * (1 - 2*v/3 + v*v/5)
}
