// Package proximity answers what is near a shape: the nearest records, those
// within a distance, and how many they are.
//
// Distances are geodesic on WGS84 to the nearest point of a record's shape, 0
// where the two touch; the order is (distance, Key).
package proximity

import (
	"context"
	"iter"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/measure"
)

// Query is what to look for around which shape.
type Query struct {
	Near         orb.Geometry // a point, or any shape: a line asks for a corridor
	K            int          // at most so many, the nearest; 0 is no limit
	RadiusMetres float64      // no farther than this, the rim included; 0 is no limit. Use Touching for a true 0
	Touching     bool         // only what touches Near
}

func (q Query) radius() float64 {
	switch {
	case q.Touching:
		return 0
	case q.RadiusMetres == 0:
		return math.Inf(1)
	}
	return q.RadiusMetres
}

// Hit is a record's distance and bearing from the shape.
type Hit struct {
	Row     geo.Row
	Metres  float64
	Bearing float64 // degrees clockwise from north, from Near's nearest point to the record's; NaN at distance 0, and where neither of the two is a point
}

// Search returns the records outward. Its Selection's After and Limit cut a
// page out of the answer; K counts from the beginning of the answer, so that
// it does not depend on the paging, and costs a page behind the first a walk
// past the rows before it. The second result is asked after the loop, as with
// layer.Layer.Select.
func Search(ctx context.Context, l *layer.Layer, q Query, s geo.Selection) (iter.Seq[Hit], func() error) {
	var err error
	return func(yield func(Hit) bool) { err = search(ctx, l, q, s, yield) }, func() error { return err }
}

func search(ctx context.Context, l *layer.Layer, q Query, s geo.Selection, yield func(Hit) bool) error {
	target, err := measure.NewTarget(q.Near)
	if err != nil {
		return geo.Errorf(geo.Invalid, "near", "%w", err)
	}
	after, limit := s.After, s.Limit
	if q.K > 0 {
		// Which rows are the K nearest is known only by counting them from the
		// first one on.
		s.After, s.Limit = geo.Cursor{}, q.K
		if after.Order != geo.ByMetres {
			s.After = after // the walk refuses it
		}
	}
	rows, failed := l.WalkWithin(ctx, q.Near, q.radius(), s)
	given := 0
	for row, metres := range rows {
		if q.K > 0 && !after.Before(math.Float64bits(metres), row.Key()) {
			continue
		}
		if !yield(Hit{row, metres, bearing(target, q.Near, row, metres)}) {
			return nil
		}
		if given++; given == limit {
			return nil
		}
	}
	return failed()
}

// bearing is from one nearest point to the other. Between two shapes neither
// of which is a point there may be many such pairs, so none is stated.
func bearing(t *measure.Target, near orb.Geometry, row geo.Row, metres float64) float64 {
	if metres == 0 {
		return math.NaN()
	}
	if p, ok := row.Point(); ok {
		_, b := t.DistanceBearing(p)
		return b
	}
	from, ok := near.(orb.Point)
	if !ok {
		return math.NaN()
	}
	shape, err := measure.NewTarget(row.Geometry())
	if err != nil {
		return math.NaN()
	}
	to, _ := shape.Nearest(from)
	return measure.Bearing(from, to)
}

// Count returns how many records Search would give without a page: at most K.
func Count(ctx context.Context, l *layer.Layer, q Query, s geo.Selection) (int, error) {
	var n int
	var err error
	if r := q.radius(); math.IsInf(r, 1) {
		// Whatever has a place can be walked to.
		n, err = l.CountPlaced(ctx, s)
	} else {
		n, err = l.CountWithin(ctx, q.Near, r, s)
	}
	if q.K > 0 {
		n = min(n, q.K)
	}
	return n, err
}
