package spacetime

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"
	"gonum.org/v1/gonum/mathext"

	"bivouac/geo"
	"bivouac/geo/pattern"
)

// Query is events, and how close in space and time counts as near.
type Query struct {
	Points []orb.Point
	Times  []geo.Time // when each began

	WithinMetres float64    // of the Knox test: geodesic, the limit included
	WithinTime   geo.Time   // of the Knox test, the limit included
	Metres       []float64  // edges of the matrix, rising; bands are half-open, the last one has no end
	Spans        []geo.Time // edges of the matrix, rising

	Permutations int // of the times; 0 for none
	Seed         uint64
}

// Knox is the test of space-time interaction of Knox (1964): are there more
// pairs close in both space and time than the two alone make likely?
type Knox struct {
	Pairs    int     // of events
	Near     int     // of them, within the distance
	Soon     int     // of them, within the time
	Observed int     // both
	Expected float64 // Near * Soon / Pairs

	More    float64 // P(X > Observed) of a Poisson count of that mean
	AtLeast float64 // P(X >= Observed): the upper tail that the Knox test takes

	// Permuted is the share of permutations of the times, and the truth
	// among them, in which as many pairs or more are close:
	// (r + 1) / (Permutations + 1). 1 where none were made.
	Permuted float64
}

// Cell is one field of the near-repeat matrix.
type Cell struct {
	Observed int
	Expected float64 // the mean over the permutations; NaN where none were made
	P        float64 // the share with as many or more, as in Knox.Permuted
}

// Answer is the Knox test and the near-repeat matrix (Johnson, Bowers,
// Birks and Pease 2007; Ratcliffe and Rengert 2008).
type Answer struct {
	Knox   Knox
	Matrix [][]Cell // by band of distance, then of time; the last of each has no end
}

// NearRepeat tests whether events come close to each other in space and time
// together, by the Knox test and band by band. Fewer than two events have no
// pair: all figures are 0, and every p is 1.
func NearRepeat(ctx context.Context, q *Query, progress func(done, total int)) (*Answer, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	p, err := closePairs(ctx, q.Points, q.WithinMetres, q.Metres)
	if err != nil {
		return nil, err
	}
	return q.test(ctx, p, progress)
}

func (q *Query) check() error {
	rising := func(name string, ok bool) error {
		if !ok {
			return geo.Errorf(geo.Invalid, name, "must rise from above 0, such as 2, 4, 7")
		}
		return nil
	}
	switch {
	case !(q.WithinMetres >= 0):
		return geo.Errorf(geo.Invalid, "distance_m", "must be 0 metres or more, not %v", q.WithinMetres)
	case q.WithinTime < 0:
		return geo.Errorf(geo.Invalid, "days", "must be 0 or more")
	}
	if err := rising("edges_m", rises(q.Metres)); err != nil {
		return err
	}
	return rising("edges_days", rises(q.Spans))
}

func rises[T float64 | geo.Time](edges []T) bool {
	last := T(0)
	for _, e := range edges {
		if !(e > last) {
			return false
		}
		last = e
	}
	return true
}

// counts are how many pairs are close: of the Knox test, and by cell of bands
// with an end.
type counts struct {
	knox int
	cell []int
}

// test counts what is, and what permutations of the times make of it. Places
// stay, so the pairs close in space are looked up once; and how many pairs
// are close in time alone never changes, so the bands without an end follow
// from the others.
func (q *Query) test(ctx context.Context, p *pairs, progress func(done, total int)) (*Answer, error) {
	truth := q.newCounts(p)
	q.count(p, q.Times, &truth)
	runs := make([]counts, q.Permutations)
	shuffled := make([][]geo.Time, pattern.Workers())
	err := pattern.Permute(ctx, q.Seed, q.Permutations, progress, func(worker, run int, rng *rand.Rand) {
		times := append(shuffled[worker][:0], q.Times...)
		shuffled[worker] = times
		rng.Shuffle(len(times), func(i, j int) { times[i], times[j] = times[j], times[i] })
		runs[run] = q.newCounts(p)
		q.count(p, times, &runs[run])
	})
	if err != nil {
		return nil, err
	}
	all := len(q.Points) * (len(q.Points) - 1) / 2
	soon := soonPairs(q.Times, append(slices.Clone(q.Spans), q.WithinTime+1))
	a := &Answer{Knox: Knox{Pairs: all, Near: p.within(), Soon: soon[len(q.Spans)], Observed: truth.knox, Permuted: 1}}
	a.Knox.tails()
	atLeast := 0
	for i := range runs {
		if runs[i].knox >= truth.knox {
			atLeast++
		}
	}
	if q.Permutations > 0 {
		a.Knox.Permuted = share(atLeast, q.Permutations)
	}
	a.Matrix = q.matrix(p, &truth, runs, margins{all, soon})
	return a, nil
}

func share(atLeast, runs int) float64 { return float64(atLeast+1) / float64(runs+1) }

// tails fills in what the Poisson law says.
func (k *Knox) tails() {
	k.More, k.AtLeast = 1, 1
	if k.Pairs > 0 {
		k.Expected = float64(k.Near) * float64(k.Soon) / float64(k.Pairs)
	}
	switch {
	case k.Expected > 0:
		k.More = mathext.GammaIncReg(float64(k.Observed)+1, k.Expected)
		if k.Observed > 0 {
			k.AtLeast = mathext.GammaIncReg(float64(k.Observed), k.Expected)
		}
	default:
		k.More = 0
	}
}

func (q *Query) newCounts(p *pairs) counts {
	return counts{cell: make([]int, p.bands*len(q.Spans))}
}

// count counts the close pairs under the times. The loop over pairs is the
// whole cost of the test.
func (q *Query) count(p *pairs, times []geo.Time, into *counts) {
	for k, bucket := range p.bucket {
		band, knox := k/2, k%2 == 0
		reach := geo.Time(-1)
		if knox {
			reach = q.WithinTime
		}
		if band < p.bands && len(q.Spans) > 0 {
			reach = max(reach, q.Spans[len(q.Spans)-1]-1)
		}
		for _, pr := range bucket {
			apart := times[pr.a] - times[pr.b]
			if apart < 0 {
				apart = -apart
			}
			if apart > reach {
				continue
			}
			if knox && apart <= q.WithinTime {
				into.knox++
			}
			if band < p.bands {
				q.place(into, band, apart)
			}
		}
	}
}

// place counts a pair of a band with an end in its cell.
func (q *Query) place(into *counts, band int, apart geo.Time) {
	for s, edge := range q.Spans {
		if apart < edge {
			into.cell[band*len(q.Spans)+s]++
			return
		}
	}
}

// soonPairs counts, for each span, the pairs of events that are less than it
// apart in time.
func soonPairs(times []geo.Time, spans []geo.Time) []int {
	sorted := slices.Clone(times)
	slices.Sort(sorted)
	out := make([]int, len(spans))
	for s, span := range spans {
		first := 0
		for i, t := range sorted {
			for t-sorted[first] >= span && first < i {
				first++
			}
			out[s] += i - first
		}
	}
	return out
}
