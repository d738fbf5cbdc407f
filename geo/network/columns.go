package network

import (
	"context"
	"sync"

	"bivouac/geo/network/hierarchy"
)

// Columns are points on the roads to which, or from which, times are asked from
// one place after the other: what a [Travel.Matrix] gives, a row at a time, where
// one side stays and the other changes. They are safe for any number of readers.
type Columns struct {
	travel *Travel
	points []Place
	toward bool
	near   []Approach // of all points, one's after the other's
	first  []int32    // of each point, where in near its own begin, and one more
	at     []int32    // junction of each point, -1 for one that is at none

	mu  sync.Mutex
	fan *hierarchy.Fan // what the hierarchy has above the points; nil until it is asked for
}

// Columns are the points as ends of ways from other places; toward those
// places, where they are to be the ends.
func (t *Travel) Columns(points []Place, toward bool) *Columns {
	c := &Columns{travel: t, points: points, toward: toward, first: make([]int32, len(points)+1), at: make([]int32, len(points))}
	approaches := t.Arrivals
	if toward {
		approaches = t.Departures
	}
	for i, p := range points {
		c.near = append(c.near, approaches(p)...)
		c.first[i+1] = int32(len(c.near))
		c.at[i] = t.junctionOf(p)
	}
	return c
}

// sparse is how many nodes there are for each point, at least, where a search
// of what lies above the points is worth the memory: where they are more, one
// of all roads costs little more.
const sparse = 8

// Abreast is how many places Columns are best asked about at once.
const Abreast = hierarchy.Abreast

// From returns the milliseconds from places to each point, or, toward them, from
// each point, a row for a place; Closed where there is no way. It is an error when
// ctx ends.
func (c *Columns) From(ctx context.Context, places ...Place) ([][]uint32, error) {
	near, err := c.approached(ctx, places)
	if err != nil {
		return nil, err
	}
	out := make([][]uint32, len(places))
	for k, at := range places {
		out[k] = c.row(at, near[k])
	}
	return out, nil
}

// row is the times between a place and the points, from those between it and
// the nodes next to them.
func (c *Columns) row(at Place, near []uint32) []uint32 {
	out, junction := make([]uint32, len(c.points)), c.travel.junctionOf(at)
	for i, p := range c.points {
		if out[i] = Closed; p.Segment == at.Segment || junction >= 0 && junction == c.at[i] {
			out[i] = c.direct(at, p)
		}
		for k := c.first[i]; k < c.first[i+1]; k++ {
			out[i] = min(out[i], plus(near[k], c.near[k].Millis))
		}
	}
	return out
}

// direct returns the way that meets no junction: on one segment, or none at
// all at one junction.
func (c *Columns) direct(at, point Place) uint32 {
	if c.toward {
		at, point = point, at
	}
	millis, _ := c.travel.direct(at, point)
	return millis
}

// junctionOf is the junction that a place is at, -1 for none.
func (t *Travel) junctionOf(p Place) int32 {
	if n, ok := t.junction(p); ok {
		return n
	}
	return -1
}

// approached returns the times between places and the nodes next to the
// points, in the order of near.
func (c *Columns) approached(ctx context.Context, places []Place) ([][]uint32, error) {
	m := c.travel.metricOf(ctx)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if m != nil && len(c.points)*sparse <= c.travel.Nodes() {
		fan, err := c.above(ctx, m)
		if err != nil {
			return nil, err
		}
		ends := c.travel.out
		if c.toward {
			ends = c.travel.in
		}
		seeds := make([][]hierarchy.Seed, len(places))
		for k, at := range places {
			seeds[k] = hinted(ends(at))
		}
		return fan.Costs(seeds...), nil
	}
	search := c.travel.From
	if c.toward {
		search = c.travel.To
	}
	out := make([][]uint32, len(places))
	for k, at := range places {
		times := search([]Place{at})
		out[k] = make([]uint32, len(c.near))
		for i := range c.near {
			out[k][i] = times[c.near[i].Node]
		}
	}
	return out, nil
}

// above gathers what the hierarchy has above the points, once.
func (c *Columns) above(ctx context.Context, m *hierarchy.Metric) (*hierarchy.Fan, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fan != nil {
		return c.fan, nil
	}
	nodes := make([]int32, len(c.near))
	for k := range c.near {
		nodes[k] = c.near[k].Node
	}
	gather := m.FanIn
	if c.toward {
		gather = m.FanOut
	}
	fan, err := gather(ctx, nodes)
	if err == nil {
		c.fan = fan
	}
	return fan, err
}
