package grid

import (
	"math"

	"github.com/paulmach/orb"
)

// CentreOf returns the middle of areas, lines or points, rounded to a whole
// degree, as the centre of a plane for them: half-way round what is left of
// the globe beside the widest gap in longitude, so that the date line is no
// case of its own, or the pole where they go round it. It is false where there
// is nothing.
func CentreOf(g orb.Geometry) (orb.Point, bool) {
	m := meridians{south: 90, north: -90}
	m.add(g)
	if m.south > m.north {
		return orb.Point{}, false
	}
	west, width := m.span()
	switch {
	case width > 180 && m.south > 0:
		return orb.Point{0, 90}, true
	case width > 180 && m.north < 0:
		return orb.Point{0, -90}, true
	}
	lon := math.Remainder(west+math.Floor(width/2), 360)
	return orb.Point{lon, math.Round((m.south + m.north) / 2)}, true
}

// meridians marks the whole degrees of longitude that something lies in.
type meridians struct {
	used         [360]bool
	south, north float64
}

func (m *meridians) add(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		m.path([]orb.Point{g}, false)
	case orb.MultiPoint:
		m.path(g, false)
	case orb.LineString:
		m.path(g, true)
	case orb.MultiLineString:
		for _, line := range g {
			m.path(line, true)
		}
	case orb.Polygon:
		for _, r := range g {
			m.path(r, true)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			m.add(p)
		}
	case orb.Collection:
		for _, part := range g {
			m.add(part)
		}
	case orb.Bound:
		m.add(g.ToPolygon())
	}
}

// path marks each position, and what lies between them where they are joined.
func (m *meridians) path(path []orb.Point, joined bool) {
	for i, p := range path {
		m.south, m.north = min(m.south, p[1]), max(m.north, p[1])
		from := p
		if joined && i > 0 {
			from = path[i-1]
		}
		west, east := min(from[0], p[0]), max(from[0], p[0])
		for lon := math.Floor(west); lon <= east && lon < west+360; lon++ {
			m.used[(int(lon)%360+360)%360] = true
		}
	}
}

// span returns the western edge of what is used and its width in degrees.
func (m *meridians) span() (west, width float64) {
	gap, end, run := 0, 0, 0
	for i := range 2 * len(m.used) {
		run++
		if m.used[i%360] {
			run = 0
		}
		if run > gap && run <= 360 {
			gap, end = run, i+1
		}
	}
	return float64(end), float64(360 - gap)
}
