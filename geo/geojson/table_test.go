package geojson

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// table is a small geo.Table for tests.
type table struct {
	schema  geo.Schema
	columns []geo.Column
	places  []orb.Geometry
	points  []orb.Point
	z       [][]float64
	extra   [][]byte
}

func (t *table) Schema() *geo.Schema     { return &t.schema }
func (t *table) Len() int                { return max(len(t.places), len(t.points)) }
func (t *table) Column(i int) geo.Column { return t.columns[i] }
func (t *table) Key(n uint32) geo.Key    { return geo.Key(n + 1) }
func (t *table) Rev(uint32) geo.Version  { return 1 }
func (t *table) SourceID(uint32) string  { return "" }
func (t *table) Point(n uint32) (orb.Point, bool) {
	if t.points != nil {
		return t.points[n], true
	}
	p, ok := t.places[n].(orb.Point)
	return p, ok
}
func (t *table) Geometry(n uint32) orb.Geometry {
	if t.points != nil {
		return t.points[n]
	}
	return t.places[n]
}
func (t *table) Bound(uint32) (geo.Box, bool) { return geo.Box{}, false }
func (t *table) Z(n uint32) []float64 {
	if t.z == nil {
		return nil
	}
	return t.z[n]
}
func (t *table) Extra(n uint32) []byte {
	if t.extra == nil {
		return nil
	}
	return t.extra[n]
}
func (t *table) Valid(uint32) geo.Interval { return geo.Interval{} }
func (t *table) Class(uint32) geo.Class    { return 0 }
func (t *table) Mission(uint32) string     { return "" }
