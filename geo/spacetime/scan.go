package spacetime

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/pattern"
)

// ScanQuery is events, and which cylinders of space and time a scan looks at.
type ScanQuery struct {
	Points []orb.Point
	Times  []geo.Time // when each began
	End    geo.Time   // where the last day ends; days are the 86,400 seconds before, and so on. No event is later

	RadiusMetres  float64 // of the largest circle: geodesic, the rim included
	Share         float64 // of all events that a circle may hold, at most
	Days          int     // of the longest cylinder; never more than half of all days
	Retrospective bool    // cylinders end on any day, else on the last
	Cells         int     // places that are told apart, at most; more are put together in squares

	Permutations int
	Seed         uint64
	Significance float64 // secondary clusters are given up to this p
}

// Cluster is a cylinder with more events than space and time alone make
// likely.
type Cluster struct {
	Centre       orb.Point
	RadiusMetres float64 // as far as the farthest of its cells; 0 for a single one
	Cells        int
	Start, End   geo.Time // its days, End is no part of them
	Observed     int
	Expected     float64
	LogRatio     float64 // Kulldorff's log likelihood ratio
	P            float64 // rank among the permutations: (those at least as high + 1) / (Permutations + 1)
	Gumbel       float64 // p by a Gumbel law fitted to them; NaN where they are all alike
}

// Found is the answer of a scan.
type Found struct {
	Clusters   []Cluster // the most likely first; secondary ones share no cell with those before
	Cells      int
	SideMetres float64 // of squares, 0 where every cell is a place
	Days       int     // from the first event, or the one before the last, to End
	Longest    int     // days of the longest cylinder
	Critical   float64 // log likelihood ratio at which p is 0.05; NaN for fewer than 19 permutations
}

// Scan finds space-time clusters by Kulldorff's space-time permutation scan
// statistic (Kulldorff, Heffernan, Hartman, Assunção and Mostashari 2005): the
// cylinders with the highest likelihood ratio, and how often a permutation of
// the times has one as high. Fewer than two events have no cluster.
func Scan(ctx context.Context, q *ScanQuery, progress func(done, total int)) (*Found, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	c := newCells(q.Points, q.Cells)
	if err := c.circles(q.RadiusMetres, int(q.Share*float64(len(q.Points)))); err != nil {
		return nil, err
	}
	s, err := newCylinders(q, c)
	if err != nil {
		return nil, err
	}
	return s.find(ctx, progress)
}

func (q *ScanQuery) check() error {
	switch {
	case !(q.RadiusMetres >= 0) || math.IsInf(q.RadiusMetres, 1):
		return geo.Errorf(geo.Invalid, "radius_m", "must be 0 metres or more, not %v", q.RadiusMetres)
	case !(q.Share > 0 && q.Share <= 1):
		return geo.Errorf(geo.Invalid, "share", "must be above 0 and at most 1, such as 0.5, not %v", q.Share)
	case q.Days < 1:
		return geo.Errorf(geo.Invalid, "days", "must be 1 or more, not %d", q.Days)
	case q.Cells < 1:
		return geo.Errorf(geo.Invalid, "cells", "must be 1 or more, not %d", q.Cells)
	case q.Permutations < 0:
		return geo.Errorf(geo.Invalid, "permutations", "must be 0 or more, not %d", q.Permutations)
	}
	return nil
}

// mostDays is how many days a scan reaches back over, at most: a century.
const mostDays = 36_525

// cylinders is a scan ready to be asked, of the truth and of permutations.
type cylinders struct {
	query   *ScanQuery
	cells   *cells
	ratio   *likelihood
	days    int     // of all events
	longest int     // of a cylinder
	age     []int32 // days before the last day, by event, sorted
	cell    []int32 // by event in that order
	recent  int     // events that any cylinder can hold
	before  []int   // events of fewer days than that old
}

func newCylinders(q *ScanQuery, c *cells) (*cylinders, error) {
	n := len(q.Points)
	s := &cylinders{query: q, cells: c, ratio: newLikelihood(n), age: make([]int32, n), cell: make([]int32, n), days: 1}
	order := make([]int32, n)
	age := make([]int32, n)
	for i, t := range q.Times {
		days := (q.End - 1 - t) / geo.Day
		if t >= q.End || days >= mostDays {
			return nil, geo.Errorf(geo.Invalid, "datetime", "an event of %v is not within %d days before the last day, which ends at %v; ask for a shorter time", t, mostDays, q.End)
		}
		order[i], age[i] = int32(i), int32(days)
		s.days = max(s.days, int(days)+1)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(age[a], age[b]), cmp.Compare(a, b)) })
	for i, e := range order {
		s.age[i], s.cell[i] = age[e], c.of[e]
	}
	s.longest = max(1, min(q.Days, s.days/2))
	s.before = make([]int, s.days+1)
	for _, a := range age {
		s.before[a+1]++
	}
	for d := range s.days {
		s.before[d+1] += s.before[d]
	}
	s.recent = n
	if !q.Retrospective {
		s.recent = s.before[min(s.longest, s.days)]
	}
	return s, nil
}

// find scans the truth and the permutations.
func (s *cylinders) find(ctx context.Context, progress func(done, total int)) (*Found, error) {
	truth := s.newLook()
	truth.arrange(nil)
	best := make([]cylinder, len(s.cells.points))
	for centre := range best {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		truth.about(centre, 0)
		best[centre] = truth.best
	}
	highest := make([]float64, s.query.Permutations)
	looks := make([]*look, pattern.Workers())
	err := pattern.Permute(ctx, s.query.Seed, s.query.Permutations, progress, func(worker, run int, rng *rand.Rand) {
		if looks[worker] == nil {
			looks[worker] = s.newLook()
		}
		l := looks[worker]
		l.arrange(rng)
		for centre := range best {
			if ctx.Err() != nil {
				return
			}
			l.about(centre, highest[run])
			highest[run] = max(highest[run], l.best.ratio)
		}
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(highest)
	f := &Found{Cells: len(best), SideMetres: s.cells.sideMetres, Days: s.days, Longest: s.longest, Critical: math.NaN()}
	if n := len(highest); n >= 19 {
		f.Critical = highest[n-(n+1)/20]
	}
	f.Clusters = s.clusters(best, highest)
	return f, nil
}
