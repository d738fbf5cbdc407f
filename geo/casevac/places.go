package casevac

import (
	"context"
	"sync"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/network"
	"bivouac/geo/pattern"
)

// Places are points made ready to be asked about: where each is on the roads.
// They do not hang on bases and assets, so that many Covers on the same roads
// may share them, and with Keep what was found out about one is known to the next.
type Places struct {
	Points []orb.Point

	stand []standing
	which []int32             // of those that are on roads, their points
	reach [2]*network.Columns // of those: from places to them, and from them to places; nil without roads
	keep  bool
	mutex sync.Mutex
	known map[column][]uint32
	near  *measure.Cloud // for the radius that was asked for last
	wide  float64
}

// column is the times of all points from a place, or to it.
type column struct {
	segment  int32
	fraction float64
	toward   bool
}

// grain is how many points are looked at between two looks at a context.
const grain = 512

// NewPlaces finds the points on the roads that the Cover drives on. keep holds
// the times from and to each base for the next Cover: eight bytes a point and
// base.
func (c *Cover) NewPlaces(ctx context.Context, points []orb.Point, keep bool) (*Places, error) {
	p := &Places{Points: points, stand: make([]standing, len(points)), keep: keep, known: map[column][]uint32{}}
	if c.travel == nil {
		return p, ctx.Err()
	}
	err := pattern.Each(ctx, len(points), grain, func(_, from, to int) {
		near := c.SnapMetres
		for i := from; i < to; i++ {
			// A road that was near the point before is not much farther from this one.
			within := c.SnapMetres
			if i > from && p.stand[i-1].on {
				within = min(within, (near+measure.Distance(points[i-1], points[i]))*(1+1e-9)+0.001)
			}
			place, ok := c.travel.Snap(points[i], within, c.travel.Open)
			p.stand[i] = standing{place, pace(place.AccessMetres, c.OffRoadKMH), ok}
			near = place.AccessMetres
		}
	})
	if err != nil {
		return nil, err
	}
	var on []network.Place
	for i := range p.stand {
		if p.stand[i].on {
			on, p.which = append(on, p.stand[i].place), append(p.which, int32(i))
		}
	}
	p.reach = [2]*network.Columns{c.travel.Columns(on, false), c.travel.Columns(on, true)}
	return p, nil
}

// mostColumns is how many columns are kept.
const mostColumns = 2048

// times returns the milliseconds from each of some places on the roads to every
// point, or, toward them, from every point, without the ways to the road; nothing
// where ctx ends.
func (p *Places) times(ctx context.Context, at []network.Place, toward bool) [][]uint32 {
	out := make([][]uint32, len(at))
	var missing []int
	var places []network.Place
	p.mutex.Lock()
	for k, place := range at {
		var ok bool
		if out[k], ok = p.known[column{place.Segment, place.Fraction, toward}]; !ok {
			missing, places = append(missing, k), append(places, place)
		}
	}
	p.mutex.Unlock()
	if len(missing) == 0 {
		return out
	}
	found, err := p.reach[flagged(toward)].From(ctx, places...)
	if err != nil {
		return nil
	}
	for n, k := range missing {
		out[k] = never(len(p.Points))
		for m, i := range p.which {
			out[k][i] = found[n][m]
		}
	}
	if p.keep {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		if len(p.known) >= mostColumns { // bases that are moved about leave theirs behind
			clear(p.known)
		}
		for n, k := range missing {
			p.known[column{places[n].Segment, places[n].Fraction, toward}] = out[k]
		}
	}
	return out
}

// atOnce is how many columns are held at a time.
const atOnce = 32

// each finds the times from each of some places to all points, or, toward them,
// from all points, and calls do with each place's and a part of the points, from
// first up to but without last. One point's are looked at one after the other, so
// that what is found of it needs no lock.
func (p *Places) each(ctx context.Context, at []network.Place, toward bool, do func(k int, times []uint32, first, last int)) error {
	for done := 0; done < len(at); done += atOnce {
		columns := make([][]uint32, min(atOnce, len(at)-done))
		err := pattern.Each(ctx, len(columns), network.Abreast, func(_, first, last int) {
			copy(columns[first:last], p.times(ctx, at[done+first:done+last], toward))
		})
		if err == nil {
			err = pattern.Each(ctx, len(p.Points), grain, func(_, first, last int) {
				for k, times := range columns {
					do(done+k, times, first, last)
				}
			})
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// cloud is the points made ready to be asked which of them lie within a radius
// of a place.
func (p *Places) cloud(metres float64) (*measure.Cloud, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.near == nil || p.wide != metres {
		made, err := measure.NewCloud(p.Points, metres)
		if err != nil {
			return nil, err
		}
		p.near, p.wide = made, metres
	}
	return p.near, nil
}

// plus2 is plus of two, where it is asked a million times.
func plus2(a, b uint32) uint32 { return uint32(min(uint64(a)+uint64(b), Never)) }
