package casevac

import (
	"context"
	"slices"
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

	travel *network.Travel
	stand  []standing
	in     runs
	out    runs
	keep   bool
	mutex  sync.Mutex
	known  map[column][]uint32
}

// column is the times of all points from a place, or to it.
type column struct {
	segment  int32
	fraction float64
	toward   bool
}

func columnOf(at network.Place, toward bool) column { return column{at.Segment, at.Fraction, toward} }

// runs are the approaches of all points, one point's after the other's.
type runs struct {
	all   []network.Approach
	first []int32
}

// grain is how many points are looked at between two looks at a context.
const grain = 512

// NewPlaces finds the points on the roads that the Cover drives on. keep holds
// the times from and to each base for the next Cover: eight bytes a point and
// base.
func (c *Cover) NewPlaces(ctx context.Context, points []orb.Point, keep bool) (*Places, error) {
	p := &Places{Points: points, travel: c.travel, keep: keep, known: map[column][]uint32{}}
	p.stand = make([]standing, len(points))
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
	p.in, p.out = runsOf(p.stand, c.travel.Arrivals), runsOf(p.stand, c.travel.Departures)
	return p, nil
}

func runsOf(stand []standing, approaches func(network.Place) []network.Approach) (r runs) {
	r.first = make([]int32, len(stand)+1)
	for i := range stand {
		if stand[i].on {
			r.all = append(r.all, approaches(stand[i].place)...)
		}
		r.first[i+1] = int32(len(r.all))
	}
	return r
}

// sparse is how many nodes there are for each point, at least, where a table of
// times costs less than a search of all roads for each column of it.
const sparse = 8

// columns finds the times from ambulances to the points, and from the points to
// spots, together where that is quicker than one by one.
func (c *Cover) columns(ctx context.Context, p *Places) error {
	if c.travel == nil || !c.Road && !c.Mixed || len(c.ambulances) == 0 || !c.travel.Ordered() || len(p.Points)*sparse > c.travel.Nodes() {
		return nil
	}
	var homes, ends []network.Place
	for _, i := range c.ambulances {
		homes = append(homes, c.stand[i].place)
	}
	for i := range c.spots {
		if c.spots[i].on {
			ends = append(ends, c.spots[i].place)
		}
	}
	if err := p.table(ctx, homes, false); err != nil {
		return err
	}
	return p.table(ctx, ends, true)
}

// table finds the columns of so many places that are not known yet.
func (p *Places) table(ctx context.Context, at []network.Place, toward bool) error {
	p.forget()
	missing := p.unknown(at, toward)
	if len(missing) == 0 {
		return nil // a table without columns would take every point up the hierarchy all the same
	}
	var on []network.Place
	var which []int
	for i := range p.stand {
		if p.stand[i].on {
			on, which = append(on, p.stand[i].place), append(which, i)
		}
	}
	from, to := missing, on
	if toward {
		from, to = on, missing
	}
	rows, err := p.travel.Matrix(ctx, from, to)
	if err != nil {
		return err
	}
	for k, place := range missing {
		out := never(len(p.Points))
		for n, i := range which {
			if toward {
				out[i] = rows[n][k]
			} else {
				out[i] = rows[k][n]
			}
		}
		p.mutex.Lock()
		p.known[columnOf(place, toward)] = out
		p.mutex.Unlock()
	}
	return nil
}

// mostColumns is how many columns are kept.
const mostColumns = 2048

// forget lets go of all columns where they have become too many: bases that are
// moved about leave theirs behind.
func (p *Places) forget() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if len(p.known) > mostColumns {
		clear(p.known)
	}
}

// unknown are the places, each once, whose columns are still to be found.
func (p *Places) unknown(at []network.Place, toward bool) (out []network.Place) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, place := range at {
		if _, known := p.known[columnOf(place, toward)]; !known && !slices.Contains(out, place) {
			out = append(out, place)
		}
	}
	return out
}

// times returns the milliseconds from a place on the roads to every point, or,
// toward it, from every point, without the ways to the road.
func (p *Places) times(at network.Place, toward bool) []uint32 {
	key := columnOf(at, toward)
	p.mutex.Lock()
	out, ok := p.known[key]
	p.mutex.Unlock()
	if ok {
		return out
	}
	out = p.search(at, toward)
	if p.keep {
		p.mutex.Lock()
		p.known[key] = out
		p.mutex.Unlock()
	}
	return out
}

func (p *Places) search(at network.Place, toward bool) []uint32 {
	nodes, r := []uint32(nil), &p.in
	if toward {
		nodes, r = p.travel.To([]network.Place{at}), &p.out
	} else {
		nodes = p.travel.From([]network.Place{at})
	}
	out := make([]uint32, len(p.Points))
	for i := range out {
		out[i] = Never
		for _, a := range r.all[r.first[i]:r.first[i+1]] {
			if t := nodes[a.Node]; t != Never {
				out[i] = min(out[i], plus2(t, a.Millis))
			}
		}
		if s := &p.stand[i]; s.on && s.place.Segment == at.Segment {
			out[i] = min(out[i], direct(p.travel, at, s.place, toward))
		}
	}
	return out
}

func direct(t *network.Travel, at, point network.Place, toward bool) uint32 {
	if toward {
		at, point = point, at
	}
	if d, ok := t.Direct(at, point); ok {
		return d.Millis
	}
	return Never
}

// plus2 is plus of two, where it is asked a million times.
func plus2(a, b uint32) uint32 { return uint32(min(uint64(a)+uint64(b), Never)) }
