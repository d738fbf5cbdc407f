// Package standoff answers who and what stands within the published protective
// distances of a point, a gate or a store: for cordons, siting and evacuation.
//
// The distances are those of a printed table, whose edition the answer names,
// or the asker's own. Nothing is computed of any effect. A record stands
// inside where the geodesic to its nearest point is no longer than the
// distance.
package standoff

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// Zone is how near something stands.
type Zone string

// The zones. Each holds its outer edge.
const (
	Mandatory Zone = "mandatory" // within the mandatory evacuation distance
	Preferred Zone = "preferred" // beyond it, within the preferred distance
)

// Protected is a place to be kept clear.
type Protected struct {
	Name string
	At   orb.Geometry
}

// Query asks what stands about places.
type Query struct {
	Places    []Protected
	Distances Distances
	Layers    []*layer.Layer
	Select    geo.Selection // Reader and During
	People    []string      // number fields that say how many people a record stands for
}

// Found is a record inside, at its distance from the nearest of the places.
type Found struct {
	Layer  *layer.Layer
	Row    geo.Row
	Place  int // of Query.Places
	Metres float64
	Zone   Zone
}

// Tally is what a collection holds.
type Tally struct {
	Layer     *layer.Layer
	Selected  int
	Placeless int // of them: without a place
	In        map[Zone]*People
	Counts    bool // its records have a field of people
}

// People are records and the people that they stand for.
type People struct {
	Records int
	People  float64
	Stated  int // records that state a number of people
}

// Answer is what stands inside, the nearest first.
type Answer struct {
	Found   []Found
	Tallies []Tally // in the order of Query.Layers
}

// Find answers the query. A record near several places counts once, for the
// nearest of them, the first of equal ones.
func Find(ctx context.Context, q Query, progress process.Progress) (Answer, error) {
	var a Answer
	for i, l := range q.Layers {
		progress(i, len(q.Layers), lookingInto.With(l.Schema().Name))
		t := Tally{Layer: l, In: map[Zone]*People{Mandatory: {}, Preferred: {}}}
		var err error
		if t.Selected, err = l.Count(ctx, q.Select); err != nil {
			return a, err
		}
		placed, err := l.CountPlaced(ctx, q.Select)
		if err != nil {
			return a, err
		}
		t.Placeless = t.Selected - placed
		found, err := q.near(ctx, l)
		if err != nil {
			return a, err
		}
		people := q.peopleOf(l.Schema())
		t.Counts = len(people) > 0
		for _, f := range found {
			t.In[f.Zone].add(f.Row, people)
		}
		a.Found, a.Tallies = append(a.Found, found...), append(a.Tallies, t)
	}
	slices.SortStableFunc(a.Found, func(x, y Found) int { return cmp.Compare(x.Metres, y.Metres) })
	return a, nil
}

// near returns the records of l inside, by key.
func (q *Query) near(ctx context.Context, l *layer.Layer) ([]Found, error) {
	nearest := map[geo.Key]Found{}
	radius := max(q.Distances.MandatoryM, q.Distances.PreferredM)
	for i, p := range q.Places {
		rows, failed := l.WalkWithin(ctx, p.At, radius, q.Select)
		for row, metres := range rows {
			if old, some := nearest[row.Key()]; some && old.Metres <= metres {
				continue
			}
			zone := Preferred
			if metres <= q.Distances.MandatoryM {
				zone = Mandatory
			}
			nearest[row.Key()] = Found{l, row, i, metres, zone}
		}
		if err := failed(); err != nil {
			return nil, err
		}
	}
	out := make([]Found, 0, len(nearest))
	for _, f := range nearest {
		out = append(out, f)
	}
	slices.SortFunc(out, func(x, y Found) int { return cmp.Compare(x.Row.Key(), y.Row.Key()) })
	return out, nil
}

// peopleOf returns the fields of people that the records have.
func (q *Query) peopleOf(s *geo.Schema) (out process.Numbers) {
	for _, name := range q.People {
		i := s.Field(name)
		if i >= 0 && (s.Fields[i].Kind == geo.KindInt || s.Fields[i].Kind == geo.KindFloat) {
			out = append(out, i)
		}
	}
	return out
}

// add counts a record: the people of all fields that state a number.
func (p *People) add(row geo.Row, fields process.Numbers) {
	p.Records++
	sum, stated := 0.0, false
	for _, c := range fields.Columns(row.Table()) {
		if v := process.Sum([]geo.Column{c}, row.Number()); !math.IsNaN(v) {
			sum, stated = sum+v, true
		}
	}
	if stated {
		p.Stated++
		p.People += sum
	}
}
