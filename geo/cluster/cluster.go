// Package cluster answers where, and when, events crowd together: density
// based clusters of points, in space alone or in space and time.
//
// DBSCAN (Ester, Kriegel, Sander and Xu 1996) calls an event a core event
// where at least MinPoints events, itself among them, lie within EpsMetres of
// it; core events within EpsMetres of each other are of one cluster. ST-DBSCAN
// (Birant and Kut 2007) asks that they lie within EpsTime of each other, too.
// An event that is not core belongs, as a border event, to the cluster of the
// nearest core event that it lies within reach of; of core events equally near
// the one nearest in time counts, then the one of the least key, so the answer
// does not hang on the order of events. The others are noise.
package cluster

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Query is events and what makes a cluster of them. Points, Keys and, where
// there are any, Times are of one length.
type Query struct {
	Points []orb.Point
	Keys   []geo.Key
	Times  []geo.Time // nil: time does not count

	EpsMetres float64  // geodesic distance; what lies at it is within
	EpsTime   geo.Time // span; what lies at it is within. Counts where there are Times
	MinPoints int      // the event itself counts as one
}

// Forever is an EpsTime that holds all events of any pattern together.
const Forever geo.Time = 1 << 60

// Noise is the Label of an event of no cluster.
const Noise int32 = -1

// Labels say of which cluster each event is.
type Labels struct {
	Label    []int32 // by event: its cluster, counted from 0, or Noise
	Core     []bool  // by event
	Clusters int
}

// check says what of a question cannot be answered.
func (q *Query) check() error {
	switch {
	case !(q.EpsMetres > 0) || math.IsInf(q.EpsMetres, 1):
		return geo.Errorf(geo.Invalid, "eps_m", "must be a distance above 0 metres, not %v", q.EpsMetres)
	case q.Times != nil && q.EpsTime < 0:
		return geo.Errorf(geo.Invalid, "eps_days", "must not be below 0")
	case q.MinPoints < 1:
		return geo.Errorf(geo.Invalid, "min_points", "must be 1 or more, the event itself included, not %d", q.MinPoints)
	}
	return nil
}

// number gives the clusters their numbers: the largest first, of equally large
// ones that of the least key. group is, by event, any number below len(group)
// that is one for each cluster, or Noise.
func number(group []int32, keys []geo.Key) ([]int32, int) {
	size := make([]int32, len(group))
	least := make([]geo.Key, len(group))
	var all []int32
	for i, g := range group {
		if g == Noise {
			continue
		}
		if size[g] == 0 {
			all = append(all, g)
			least[g] = keys[i]
		}
		size[g]++
		least[g] = min(least[g], keys[i])
	}
	sortGroups(all, size, least)
	name := make([]int32, len(group))
	for i, g := range all {
		name[g] = int32(i)
	}
	label := make([]int32, len(group))
	for i, g := range group {
		label[i] = Noise
		if g != Noise {
			label[i] = name[g]
		}
	}
	return label, len(all)
}

// DBSCAN finds the clusters of the question: by space alone where it has no
// Times, else by space and time.
func DBSCAN(ctx context.Context, q *Query, progress func(done, total int)) (*Labels, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	s := newScan(q)
	if err := s.reach(); err != nil {
		return nil, err
	}
	for step, do := range []func(context.Context) error{s.findCores, s.joinCores, s.takeBorders} {
		progress(step, 3)
		if err := do(ctx); err != nil {
			return nil, err
		}
	}
	return s.labels(), nil
}
