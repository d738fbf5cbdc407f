package reach

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

const (
	countInput  = "count"
	peopleInput = "people"
	nobody      = "none"
	townsLayer  = "places"
)

// counted is who is reached by each limit.
type counted struct {
	layer    *layer.Layer // nil where nothing is counted
	records  []int
	people   []float64
	stated   bool // the records say how many people they are
	selected int
	dropped  map[string]int
}

// count counts the records of a collection that are reached: within the width
// of a reached road, or a walk, in a straight line that nothing is in the way
// of.
func count(ctx context.Context, w process.World, s *Search, in geo.Values, o Options, limits []Limit) (*counted, error) {
	c := &counted{records: make([]int, len(limits)), people: make([]float64, len(limits)), dropped: map[string]int{}}
	name := in[countInput].Text()
	if name == nobody {
		return c, nil
	}
	l, err := w.Layer(name)
	switch {
	case err != nil && name == townsLayer:
		return c, nil
	case err != nil:
		return nil, geo.Errorf(geo.Invalid, countInput, "there is no collection %q; name one of points, or none", name)
	}
	c.layer = l
	field := l.Schema().Field(in[peopleInput].Text())
	c.stated = field >= 0
	var rows []geo.Row
	all, failed := l.Select(ctx, geo.Selection{Reader: w.Reader})
	for row := range all {
		c.selected++
		if _, ok := row.Point(); !ok {
			c.dropped[pattern.NoPlace]++
			continue
		}
		rows = append(rows, row)
	}
	if err := failed(); err != nil {
		return nil, err
	}
	arrival := make([]float64, len(rows))
	view := newView(o)
	err = pattern.Each(ctx, len(rows), 64, func(_, from, to int) {
		for i := from; i < to; i++ {
			at, _ := rows[i].Point()
			arrival[i] = s.arrival(at, o, view, limits[len(limits)-1].Millis)
		}
	})
	for i, millis := range arrival {
		for k := range limits {
			if millis <= float64(limits[k].Millis) {
				c.records[k]++
				if c.stated {
					c.people[k] += rows[i].Value(field).Float()
				}
			}
		}
	}
	return c, err
}

func (c *counted) peopleIn(i int) geo.Value {
	if !c.stated {
		return geo.Value{}
	}
	return geo.Float(c.people[i])
}

// into says what the answer was made of: the records that were counted, else
// the places from which one sets out.
func (c *counted) into(r *process.Result, stops []Stop) {
	if c.layer == nil {
		r.Dropped = map[string]int{}
		for i := range stops {
			r.Selected++
			if stops[i].On() {
				r.Used++
			} else {
				r.Dropped["on no road"]++
			}
		}
		return
	}
	r.Layers = append(r.Layers, c.layer)
	r.Selected, r.Dropped = c.selected, c.dropped
	r.Used = c.selected - c.dropped[pattern.NoPlace]
}
