package shape

import (
	"bivouac/geo"

	"github.com/paulmach/orb"
)

// Side says how a box lies to a shape.
type Side uint8

// The sides. Outside and Inside are certain; Cuts is everything else.
const (
	Outside Side = iota // no place of the box belongs to the shape
	Inside              // every place of the box belongs to the shape
	Cuts                // an edge of the shape touches the box
)

// Prepared is a shape made ready for one question asked of many rows. It does
// not change and may be shared.
type Prepared struct {
	box   geo.Box
	bands bands
	seeds []orb.Point // one position of each connected line, ring and point
}

// Prepare indexes the edges of g by bands of latitude. The empty shape may be
// prepared: everything lies outside it. The error is a *geo.Error where a
// coordinate is not finite.
//
// An invalid shape is read as the even-odd rule reads each of its polygons, as
// [bivouac/geo/measure.Inside] does; a ring that is not closed is closed.
func Prepare(g orb.Geometry) (*Prepared, error) {
	if Empty(g) {
		return &Prepared{}, nil
	}
	box, ok := Bound(g)
	if !ok {
		return nil, errNotFinite()
	}
	p := &Prepared{box: box}
	var c collector
	atoms(g, func(g orb.Geometry) bool {
		c.add(g)
		return true
	})
	p.seeds = c.seeds
	p.bands = newBands(c.edges, box)
	return p, nil
}

// Bound returns the box of the shape, and false where it is empty.
func (p *Prepared) Bound() (geo.Box, bool) { return p.box, len(p.seeds) > 0 }

// Has reports whether the point belongs to the shape, its boundary included:
// exactly what [Intersects] says of the two. A NaN belongs nowhere.
func (p *Prepared) Has(pt orb.Point) bool {
	return len(p.seeds) > 0 && p.box.Has(pt[0], pt[1]) && p.bands.has(pt)
}

// Relation says how the box lies to the shape. Box edges belong to the box and
// the boundary to the shape, so a box that touches from outside is cut. A box
// that crosses the date line is taken by its two parts; one that is not valid
// is cut, since nothing is certain of it.
func (p *Prepared) Relation(box geo.Box) Side {
	if len(p.seeds) == 0 {
		return Outside
	}
	if !box.Valid() {
		return Cuts
	}
	if box.West <= box.East && !box.Everything() {
		return p.relation(box) // without the slice that Split makes
	}
	parts := box.Split()
	side := p.relation(parts[0])
	for _, part := range parts[1:] {
		if p.relation(part) != side {
			return Cuts
		}
	}
	return side
}

func (p *Prepared) relation(box geo.Box) Side {
	sw := orb.Point{box.West, box.South}
	switch {
	case !p.box.Meets(box):
		return Outside
	case sw == orb.Point{box.East, box.North}:
		return sideOf(p.bands.has(sw))
	case p.bands.meetsBox(box):
		return Cuts
	}
	return sideOf(p.bands.has(sw))
}

func sideOf(inside bool) Side {
	if inside {
		return Inside
	}
	return Outside
}

// Intersects reports whether the shapes share at least one place. It is exact
// and needs neither to be valid; a position of g that is not finite is shared
// with nothing.
func (p *Prepared) Intersects(g orb.Geometry) bool {
	if len(p.seeds) == 0 {
		return false
	}
	apart := atoms(g, func(atom orb.Geometry) bool { return !p.touches(atom) })
	return !apart || p.liesIn(g)
}

// touches reports whether a position of the atom belongs to the shape or an
// edge of it meets one of the shape's.
func (p *Prepared) touches(atom orb.Geometry) bool {
	switch g := atom.(type) {
	case orb.Point:
		return p.Has(g)
	case orb.LineString:
		return p.touchesPath(g)
	case orb.Polygon:
		for _, r := range g {
			if p.touchesPath(r) || len(r) > 1 && p.touchesEdge(r[len(r)-1], r[0]) {
				return true
			}
		}
	}
	return false
}

// touchesPath asks for one position, and from there on for the edges: a path
// that meets no edge is all on one side.
func (p *Prepared) touchesPath(path []orb.Point) bool {
	if len(path) > 0 && p.Has(path[0]) {
		return true
	}
	for i := 1; i < len(path); i++ {
		if p.touchesEdge(path[i-1], path[i]) {
			return true
		}
	}
	return false
}

func (p *Prepared) touchesEdge(a, b orb.Point) bool {
	return overlap(a[0], b[0], p.box.West, p.box.East) &&
		overlap(a[1], b[1], p.box.South, p.box.North) &&
		p.bands.meetsEdge(a, b)
}

// seedsWorthIndexing is the number of questions from which on an index pays
// for itself.
const seedsWorthIndexing = 8

// liesIn reports whether a part of the shape lies in the interior of g, given
// that no edges meet.
func (p *Prepared) liesIn(g orb.Geometry) bool {
	box, ok := Bound(g)
	if !ok {
		return false
	}
	has := func(pt orb.Point) bool { return hasPoint(g, pt) }
	if len(p.seeds) > seedsWorthIndexing {
		if q, err := Prepare(g); err == nil {
			has = q.Has
		}
	}
	for _, s := range p.seeds {
		if box.Has(s[0], s[1]) && has(s) {
			return true
		}
	}
	return false
}
