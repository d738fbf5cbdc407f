package tile

import "math"

// dot stands for shapes too small to be drawn: for one, or in a tile that has
// to be coarse for all of a cell.
type dot struct {
	shapeRow // of the least key
	kind     byte
	count    uint32
	at       xy
}

// addDot notes a dot, or counts it to that of its cell.
func (s *shapes) addDot(d dot, coarser int) {
	if coarser == 0 {
		s.dots = append(s.dots, d)
		return
	}
	side := math.Ldexp(cellSize, coarser)
	column, row := int32(math.Floor(d.at.x/side)), int32(math.Floor(d.at.y/side))
	cell := uint64(d.kind)<<60 | uint64(uint16(column))<<16 | uint64(uint16(row))
	at, fresh := s.found.of(cell)
	if fresh {
		s.dots = append(s.dots, d)
		return
	}
	s.dots[at].count++
}

// dot encodes a dot: a square or a dash of a pixel.
func (m *Maker) dot(d *dot, det detail) {
	const half = pixel / 2
	p := rounded(d.at)
	if p.x < -buffer || p.x > Extent+buffer || p.y < -buffer || p.y > Extent+buffer {
		return // another tile draws it
	}
	m.shapes.outline.pen = unit{}
	if d.kind == lineType {
		m.move([]unit{{p.x - half, p.y}, {p.x + half, p.y}})
	} else {
		m.move([]unit{{p.x - half, p.y - half}, {p.x + half, p.y - half}, {p.x + half, p.y + half}, {p.x - half, p.y + half}})
		m.out.command(closePath, 1)
	}
	if d.count > 1 {
		m.out.tag(0, m.out.values.int(int64(d.count)))
	} else {
		m.tagShape(d.shapeRow, det)
	}
	m.out.close(d.key, d.kind)
}
