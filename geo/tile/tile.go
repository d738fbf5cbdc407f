// Package tile answers what a map shows of a collection: Mapbox vector tiles
// (MVT 2.1), one layer each, of any selection, cut by one of the Grids.
//
// Points that fall into one cell, 1/256 of the tile's side, are merged into
// one with their count, so that the counts of all tiles of a zoom add up to the
// selected records that lie on the map. Nodes of the layer's tree that lie
// in one cell are counted whole. Lines and polygons are snapped to a grid,
// vertex by vertex, so that neighbours that share vertices share them still,
// and cut to the tile with a buffer. A tile follows from the records alone, not
// from the history of the layer that holds them, and has at most MaxBytes.
package tile

import (
	"context"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Sizes of a tile.
const (
	MaxZoom  = 22
	MaxBytes = 500_000 // no tile is larger, whatever it shows
	Extent   = 4096    // units a side
	cellBits = 8
	cells    = 1 << cellBits  // cells a side
	cellSize = Extent / cells // units
)

// Address names one tile of a Grid: Z from 0 to MaxZoom; X, from the west, and
// Y, from the north, from 0 up to what the Grid has at that zoom.
//
// A point belongs to one tile of a zoom: north and west edges count, south and
// east edges are the next tile's. At the end of the map longitude 180 and the
// last latitude belong to the last tile, since there is no next one.
type Address struct {
	Z, X, Y uint32
	Grid    Grid
}

// Check returns a *geo.Error of geo.NotFound that says why there is no such
// tile, nil where there is one.
func (a Address) Check() error {
	if a.Z > MaxZoom {
		return geo.Errorf(geo.NotFound, "z", "there is no zoom %d; tiles reach from zoom 0 to %d", a.Z, MaxZoom)
	}
	columns, rows := a.Grid.Size(a.Z)
	if last := columns - 1; a.X > last {
		return geo.Errorf(geo.NotFound, "x", "there is no column %d; at zoom %d they reach from 0 to %d", a.X, a.Z, last)
	}
	if last := rows - 1; a.Y > last {
		return geo.Errorf(geo.NotFound, "y", "there is no row %d; at zoom %d they reach from 0 to %d", a.Y, a.Z, last)
	}
	return nil
}

// Query is what a tile shows. The fields are positions in the layer's Schema,
// each at most once, in any order.
type Query struct {
	Select     geo.Selection // After and Limit apart
	Properties []int         // of single records
	Sum        []int         // numbers, added up over merged points; a sum of nulls is left out
	GroupBy    []int         // points are merged only where these agree, null with null
}

// Count is the property that says how many records a point stands for. A field
// of that name is left out.
const Count = "count"

// Maker makes tiles, one after the other. It keeps its memory for the next one,
// so it serves one goroutine at a time. The zero Maker is ready.
type Maker struct {
	frame  frame
	fields fields
	points points
	shapes shapes
	out    writer
}

// Append adds the tile, without a byte where it is empty: a tile without
// layers. Its only layer is named as the collection. An error (of the address,
// the selection, or ctx) leaves b as it was.
func (m *Maker) Append(ctx context.Context, b []byte, l *layer.Layer, a Address, q Query) ([]byte, error) {
	if err := a.Check(); err != nil {
		return b, err
	}
	m.frame.set(a, l.Schema().Geometry != geo.PointGeometry)
	m.fields.set(l.Schema(), q)
	m.points.reset()
	m.shapes.reset()
	defer m.release()
	if err := l.Runs(ctx, q.Select, m.frame.area, m.frame.oneCell, m.take); err != nil {
		return b, err
	}
	return m.encode(b, l.Schema().Name), nil
}

// Stands reports whether any record of the question reaches into the tile or
// its buffer by its box, be it too small to be seen there or not. Nothing in a
// tile, nothing in the tiles under it.
func (m *Maker) Stands(ctx context.Context, l *layer.Layer, a Address, q Query) (bool, error) {
	if err := a.Check(); err != nil {
		return false, err
	}
	m.frame.set(a, true)
	found := false
	err := l.Runs(ctx, q.Select, m.frame.area, func(geo.Box) bool { return false }, func(run layer.Run) bool {
		// Their neighbours come with them, which are others for each reader.
		for n := run.From; n < run.To && !found; n++ {
			box, ok := run.Table.Bound(n)
			found = ok && m.frame.area.Meets(box)
		}
		return !found
	})
	return found, err
}

// release lets go of the layer.
func (m *Maker) release() {
	m.fields.release()
	m.points.release()
	m.shapes.release()
}

// take gathers a run of records.
func (m *Maker) take(run layer.Run) bool {
	table := m.fields.table(run.Table)
	if run.Together && run.Points && m.fields.plain() {
		p, _ := run.Table.Point(run.From)
		if cell, ok := m.frame.cell(p); ok {
			m.points.addRun(&m.fields, &m.frame, cell, run)
		}
		return true
	}
	for n := run.From; n < run.To; n++ {
		if p, ok := run.Table.Point(n); ok {
			m.takePoint(p, table, n)
		} else {
			m.takeShape(run.Table, table, n)
		}
	}
	return true
}

func (m *Maker) takePoint(p orb.Point, table int, n uint32) {
	if cell, ok := m.frame.cell(p); ok {
		m.points.add(&m.fields, &m.frame, table, cell, n, p)
	}
}

// takeShape gathers a record that is no single point: a collection may be
// counted as one and drawn as well.
func (m *Maker) takeShape(t geo.Table, table int, n uint32) {
	g := t.Geometry(n)
	if p, ok := m.frame.Grid.placeOf(g); ok {
		m.takePoint(p, table, n)
	}
	if m.frame.Grid.drawn(g) {
		m.shapes.rows = append(m.shapes.rows, shapeRow{uint64(t.Key(n)), n, int32(table)})
	}
}
