package tile

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo/shape"
)

// shapes gathers the records that are drawn as lines and polygons.
type shapes struct {
	rows    []shapeRow
	path    path
	clip    clipper
	outline outline
	dots    []dot
	found   intern // dots by cell
}

// shapeRow is one such record.
type shapeRow struct {
	key   uint64
	row   uint32
	table int32
}

func (s *shapes) reset() { s.rows = s.rows[:0] }

func (s *shapes) release() {
	if cap(s.rows) > slotsKept {
		s.rows, s.dots = nil, nil
	}
}

// inOrder sorts the records by key, which no history of a layer changes.
func (s *shapes) inOrder() {
	slices.SortFunc(s.rows, func(a, b shapeRow) int { return cmp.Compare(a.key, b.key) })
}

// writeShapes encodes the shapes, on a grid 1<<coarser times as wide as
// snapUnits; false where they take more than room.
func (m *Maker) writeShapes(d detail, coarser, room int) bool {
	s := &m.shapes
	s.dots = s.dots[:0]
	s.found.reset()
	s.path.set(&m.frame, math.Ldexp(snapUnits, coarser))
	for _, r := range s.rows {
		t := m.fields.tables[r.table]
		g := t.Geometry(r.row)
		if b, _ := t.Bound(r.row); b.East-b.West > 180 {
			g, _ = shape.SplitDateLine(g)
		}
		m.draw(r, polygonType, d, coarser, func() { m.frame.Grid.parts(g, func([]orb.Point) {}, m.area) })
		m.draw(r, lineType, d, coarser, func() { m.frame.Grid.parts(g, m.line, func(orb.Polygon) {}) })
		if m.out.size()+len(s.dots)*leastFeature > room {
			return false
		}
	}
	for i := range s.dots {
		m.dot(&s.dots[i], d)
		if m.out.size() > room {
			return false
		}
	}
	return true
}

// draw encodes what trace draws of a record as one feature, or notes it as a
// dot where all of it is too small.
func (m *Maker) draw(r shapeRow, kind byte, d detail, coarser int, trace func()) {
	o := &m.shapes.outline
	*o = outline{ring: o.ring}
	trace()
	switch {
	case coarser > cellBits && (o.drawn || o.small):
		m.shapes.addDot(dot{shapeRow: r, kind: kind, count: 1, at: xy{Extent / 2, Extent / 2}}, coarser)
		m.out.geometry = m.out.geometry[:0]
	case len(m.out.geometry) > 0:
		m.tagShape(r, d)
		m.out.close(r.key, kind)
	case o.small && !o.drawn:
		m.shapes.addDot(dot{shapeRow: r, kind: kind, count: 1, at: o.at}, coarser)
	}
}

// tagShape adds the properties of a shape, which is never merged.
func (m *Maker) tagShape(r shapeRow, d detail) {
	for i := range m.fields.shown {
		if f := &m.fields.shown[i]; f.grouping || f.sum >= 0 || f.single && d < groupsAlone {
			m.tagValue(i, int(r.table), r.row, d >= shortTexts && !f.grouping)
		}
	}
}

// outline is the geometry of one feature in the making.
type outline struct {
	ring   []unit
	pen    unit
	drawn  bool    // a part is large enough to be drawn, be it in this tile or not
	small  bool    // a part is too small
	at     xy      // the middle of the largest small part
	extent float64 // of that part
}

// shrunk notes a part that is too small, from the places of its vertices
// before they went to the grid.
func (o *outline) shrunk(p *path, points []orb.Point) {
	b := orb.LineString(points).Bound()
	least, most := p.project(orb.Point{b.Min[0], b.Max[1]}), p.project(orb.Point{b.Max[0], b.Min[1]})
	extent := max(most.x-least.x, most.y-least.y)
	if !o.small || extent > o.extent {
		o.small, o.extent = true, extent
		o.at = xy{(least.x + most.x) / 2, (least.y + most.y) / 2}
	}
}

// area draws a polygon.
func (m *Maker) area(p orb.Polygon) {
	if m.ring(p[0], 1) {
		for _, hole := range p[1:] {
			m.ring(hole, -1)
		}
	}
}

// ring draws a ring in the direction of the sign, clockwise as seen where that
// is 1; false where it shows nothing.
func (m *Maker) ring(ring orb.Ring, sign int64) bool {
	s := &m.shapes
	o := &s.outline
	path := s.path.trace(ring)
	if sign > 0 {
		if flat(path) {
			o.shrunk(&s.path, ring)
			return false
		}
		o.drawn = true
	}
	o.ring = tidy(o.ring[:0], s.clip.ring(path), true)
	switch around := area(o.ring) * sign; {
	case len(o.ring) < 3 || around == 0:
		return false
	case around < 0:
		slices.Reverse(o.ring)
	}
	m.move(o.ring)
	m.out.command(closePath, 1)
	return true
}

// flat reports whether a ring on the grid has no area.
func flat(ring []xy) bool {
	total := 0.0
	for i := 2; i < len(ring); i++ {
		a, b, c := ring[0], ring[i-1], ring[i]
		total += (b.x-a.x)*(c.y-a.y) - (b.y-a.y)*(c.x-a.x)
	}
	return total == 0
}

// line draws a line.
func (m *Maker) line(points []orb.Point) {
	s := &m.shapes
	o := &s.outline
	path := s.path.trace(points)
	if len(path) < 2 {
		o.shrunk(&s.path, points)
		return
	}
	o.drawn = true
	s.clip.line(path, func(part []xy) {
		if o.ring = tidy(o.ring[:0], part, false); len(o.ring) > 1 {
			m.move(o.ring)
		}
	})
}

// move adds a run of places to the geometry at hand.
func (m *Maker) move(places []unit) {
	o := &m.shapes.outline
	for i, p := range places {
		switch i {
		case 0:
			m.out.command(moveTo, 1)
		case 1:
			m.out.command(lineTo, len(places)-1)
		}
		m.out.step(p.x-o.pen.x, p.y-o.pen.y)
		o.pen = p
	}
}
