package layer

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/index"
	"bivouac/geo/measure"
)

// page is rows in typed columns: one slice a field of a record. Slices that
// would hold only zero values are not there.
type page struct {
	schema   *geo.Schema
	n        int
	keys     []geo.Key
	revs     []geo.Version
	ids      text
	extra    text
	xs, ys   []float64          // the place of a point; NaN for other rows
	shapes   lazy[orb.Geometry] // what is no point; nil also for rows without a place
	bounds   lazy[geo.Box]      // of shapes
	bulge    float64            // metres by which geodesic edges leave the bounds, at most
	heights  lazy[[]float64]
	valid    lazy[span]
	classes  lazy[geo.Class]
	missions geo.Column // of strings, never null
	columns  []geo.Column
}

// lazy is a column that is not there while all its values are zero.
type lazy[T any] struct{ s []T }

func (l *lazy[T]) add(n int, v T, zero bool) {
	if l.s == nil {
		if zero {
			return
		}
		l.s = make([]T, n, max(2*n, 16))
	}
	l.s = append(l.s, v)
}

func (l lazy[T]) at(n uint32) (v T) {
	if l.s != nil {
		v = l.s[n]
	}
	return v
}

// text is strings end to end, without a header and an allocation for each.
type text struct {
	ends  []uint64
	bytes []byte
}

func addText[S string | []byte](t *text, n int, s S) {
	if t.ends == nil {
		if len(s) == 0 {
			return
		}
		t.ends = make([]uint64, n, max(2*n, 16))
	}
	t.bytes = append(t.bytes, s...)
	t.ends = append(t.ends, uint64(len(t.bytes)))
}

func (t *text) at(n uint32) []byte {
	if t.ends == nil {
		return nil
	}
	from := uint64(0)
	if n > 0 {
		from = t.ends[n-1]
	}
	return t.bytes[from:t.ends[n]:t.ends[n]]
}

// span is an Interval in two words, its kinds written as times before all
// times. The zero span is all of time.
type span struct{ start, end stamp }

type stamp int64

// Stamps are shifted so that the zero stamp is an absent end and the moment
// 1970-01-01T00:00:00Z is not.
const (
	absent  stamp = 0
	open    stamp = math.MinInt64 + 1
	unknown stamp = math.MinInt64 + 2
	epoch   stamp = math.MinInt64 + 3 // written in place of the moment that would read as absent
)

func stampOf(e geo.End) stamp {
	switch e.Kind {
	case geo.Open:
		return open
	case geo.Unknown:
		return unknown
	case geo.At:
		if e.Time == 0 {
			return epoch
		}
		return stamp(e.Time)
	}
	return absent
}

func (s stamp) end() geo.End {
	switch s {
	case absent:
		return geo.End{}
	case open:
		return geo.End{Kind: geo.Open}
	case unknown:
		return geo.End{Kind: geo.Unknown}
	case epoch:
		return geo.End{Kind: geo.At}
	}
	return geo.End{Kind: geo.At, Time: geo.Time(s)}
}

// page is a geo.Table.
var _ geo.Table = (*page)(nil)

func (p *page) Schema() *geo.Schema      { return p.schema }
func (p *page) Len() int                 { return p.n }
func (p *page) Column(i int) geo.Column  { return p.columns[i] }
func (p *page) Key(n uint32) geo.Key     { return p.keys[n] }
func (p *page) Rev(n uint32) geo.Version { return p.revs[n] }
func (p *page) SourceID(n uint32) string { return string(p.ids.at(n)) }
func (p *page) Z(n uint32) []float64     { return p.heights.at(n) }
func (p *page) Extra(n uint32) []byte    { return p.extra.at(n) }
func (p *page) Class(n uint32) geo.Class { return p.classes.at(n) }
func (p *page) Mission(n uint32) string  { return p.missions.Dict[p.missions.Codes[n]] }

func (p *page) Valid(n uint32) geo.Interval {
	s := p.valid.at(n)
	return geo.Interval{Start: s.start.end(), End: s.end.end()}
}

func (p *page) Point(n uint32) (orb.Point, bool) {
	x := p.xs[n]
	return orb.Point{x, p.ys[n]}, x == x
}

func (p *page) Geometry(n uint32) orb.Geometry {
	if pt, ok := p.Point(n); ok {
		return pt
	}
	return p.shapes.at(n)
}

func (p *page) Bound(n uint32) (geo.Box, bool) {
	if pt, ok := p.Point(n); ok {
		return geo.NewBox(pt[0], pt[1], pt[0], pt[1]), true
	}
	if p.shapes.at(n) == nil {
		return geo.Box{}, false
	}
	return p.bounds.at(n), true
}

// lower returns metres that no row of p in the box is nearer to the target
// than: edges are geodesics, and leave the boxes of their ends.
func (p *page) lower(t *measure.Target, b geo.Box) float64 {
	lower, _ := t.Bounds(b)
	return max(0, lower-p.bulge)
}

// rank is the row's Hilbert key: of its point, or of the middle of its box.
func (p *page) rank(n uint32) uint64 {
	if pt, ok := p.Point(n); ok {
		return index.Hilbert(pt[0], pt[1])
	}
	if p.shapes.at(n) == nil {
		return index.Unplaced
	}
	return index.Hilbert(p.bounds.at(n).Centre())
}
