package spacetime

import (
	"context"
	"sync/atomic"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/pattern"
)

// mostPairs is how many close pairs are kept: some 200 MB.
const mostPairs = 20_000_000

// pair is two events, by number.
type pair struct{ a, b int32 }

// pairs are those of events that lie close together, by bucket. Bucket 2k
// holds those of band k that are also within the distance of the Knox test,
// bucket 2k+1 the others of the band; the last band has no end, and holds only
// what the Knox test asks for.
type pairs struct {
	bands  int // with an end
	bucket [][]pair
}

// bands are half-open: band k reaches from edge k-1, or 0, to edge k, which is
// no part of it.
type bands []float64

func (b bands) of(x float64) int {
	for k, edge := range b {
		if x < edge {
			return k
		}
	}
	return len(b)
}

// sort puts a pair in its bucket, by its distance.
func (p *pairs) sort(b bands, within float64, one pair, metres float64) {
	k := 2 * b.of(metres)
	if metres > within {
		k++
	}
	if k <= 2*p.bands {
		p.bucket[k] = append(p.bucket[k], one)
	}
}

func newPairs(b bands) *pairs {
	return &pairs{bands: len(b), bucket: make([][]pair, 2*len(b)+1)}
}

// closePairs finds the pairs that lie within the distance or in a band with an
// end, by the geodesic.
func closePairs(ctx context.Context, points []orb.Point, within float64, b bands) (*pairs, error) {
	reach := within
	if len(b) > 0 {
		reach = max(reach, b[len(b)-1])
	}
	if pattern.NewSites(points).Pairs() > mostPairs {
		return nil, tooMany(reach)
	}
	cloud, err := measure.NewCloud(points, reach)
	if err != nil {
		return nil, err
	}
	const grain = 1024
	found := make([]*pairs, (len(points)+grain-1)/grain) // by part, so that their order is always the same
	var many atomic.Int64
	err = pattern.Each(ctx, len(points), grain, func(_, from, to int) {
		part := newPairs(b)
		found[from/grain] = part
		cloud.Sweep(from, to, func(i int, near []int32) {
			if many.Add(int64(len(near))) > 2*mostPairs {
				return
			}
			part.of(b, within, points, i, near)
		})
	})
	if err != nil {
		return nil, err
	}
	if many.Load() > 2*mostPairs {
		return nil, tooMany(reach)
	}
	all := newPairs(b)
	for _, part := range found {
		for k, some := range part.bucket {
			all.bucket[k] = append(all.bucket[k], some...)
		}
	}
	return all, nil
}

func tooMany(reach float64) error {
	return geo.Errorf(geo.TooLarge, "distance_m", "more than %d pairs of events lie within %v metres of each other; lower distance_m and the edges, or select fewer events", mostPairs, reach)
}

func (p *pairs) of(b bands, within float64, points []orb.Point, i int, near []int32) {
	origin := measure.NewOrigin(points[i])
	for _, j := range near {
		switch {
		case int(j) <= i:
		case points[j] == points[i]: // many are: spare the geodesic
			p.sort(b, within, pair{int32(i), j}, 0)
		default:
			p.sort(b, within, pair{int32(i), j}, origin.Distance(points[j]))
		}
	}
}

// within counts the pairs within the distance of the Knox test.
func (p *pairs) within() int {
	n := 0
	for k := 0; k < len(p.bucket); k += 2 {
		n += len(p.bucket[k])
	}
	return n
}
