package measure

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Cloud is points made ready for one question: which of them lie within a
// given radius of each other, or of a place. It does not change and may be
// shared.
//
// The points are kept in space, in cubes as wide as the radius: the chord
// between two of them decides where it is surely short or long enough, and
// the geodesic in the narrow band between. Poles and the date line are places
// like any other.
type Cloud struct {
	radius         float64
	within, beyond float64 // squares of the chords that decide
	side           float64 // of a cube
	points         []orb.Point
	places         []vec               // in the order of their cubes
	order          []int32             // place to point
	at             []int32             // point to place
	levels         []int32             // z of the cube of each place
	columns        map[column][2]int32 // places of the cubes over one x and y
}

// column is the x and y of cubes that stand one on another.
type column struct{ x, y int32 }

// NewCloud returns the cloud of the points for a radius in metres, 0 or more;
// at 0 only coincident points are near each other. A point that is not on the
// globe, and a radius that is no number, is an error.
func NewCloud(points []orb.Point, radiusMetres float64) (*Cloud, error) {
	if !(radiusMetres >= 0) {
		return nil, geo.Errorf(geo.Invalid, "radius", "%v metres is no radius; give 0 or more", radiusMetres)
	}
	if len(points) > math.MaxInt32 {
		return nil, geo.Errorf(geo.TooLarge, "points", "%d points are more than %d", len(points), math.MaxInt32)
	}
	within, beyond := chordWithin(radiusMetres), chordBeyond(radiusMetres)
	c := &Cloud{
		radius: radiusMetres, within: within * within, beyond: beyond * beyond,
		side:   max(1, min(beyond, 3*EquatorialRadiusMetres)) * (1 + slack),
		points: points, columns: map[column][2]int32{},
	}
	places := make([]vec, len(points))
	for i, p := range points {
		e := newEnd(p[0], p[1])
		if places[i] = e.place(); !(places[i].size() > 0) {
			return nil, geo.Errorf(geo.Invalid, "points", "point %d, %v, is not on the globe", i, p)
		}
	}
	c.sort(places)
	return c, nil
}

// sort puts the places in the order of their cubes, z the fastest.
func (c *Cloud) sort(places []vec) {
	type cube struct {
		column
		z, point int32
	}
	cubes := make([]cube, len(places))
	for i, p := range places {
		cubes[i] = cube{c.columnOf(p), c.step(p.z), int32(i)}
	}
	slices.SortFunc(cubes, func(a, b cube) int {
		switch {
		case a.x != b.x:
			return int(a.x) - int(b.x)
		case a.y != b.y:
			return int(a.y) - int(b.y)
		case a.z != b.z:
			return int(a.z) - int(b.z)
		}
		return int(a.point) - int(b.point)
	})
	n := len(cubes)
	c.places, c.order, c.at, c.levels = make([]vec, n), make([]int32, n), make([]int32, n), make([]int32, n)
	for i := range cubes {
		q := &cubes[i]
		c.places[i], c.order[i], c.levels[i], c.at[q.point] = places[q.point], q.point, q.z, int32(i)
		r, some := c.columns[q.column]
		if !some {
			r[0] = int32(i)
		}
		r[1] = int32(i + 1)
		c.columns[q.column] = r
	}
}

func (c *Cloud) step(metres float64) int32 { return int32(math.Floor(metres / c.side)) }

func (c *Cloud) columnOf(p vec) column { return column{c.step(p.x), c.step(p.y)} }

// Len returns how many points there are.
func (c *Cloud) Len() int { return len(c.points) }

// Near appends the numbers of the other points within the radius of point i,
// the rim included, in no order; coincident ones are among them.
func (c *Cloud) Near(dst []int32, i int) []int32 {
	return c.near(dst, c.places[c.at[i]], c.points[i], int32(i))
}

// NearPoint appends the numbers of the points within the radius of a place on
// the globe, the rim included, in no order.
func (c *Cloud) NearPoint(dst []int32, p orb.Point) []int32 {
	e := newEnd(p[0], p[1])
	return c.near(dst, e.place(), p, -1)
}

func (c *Cloud) near(dst []int32, at vec, p orb.Point, but int32) []int32 {
	middle, level := c.columnOf(at), c.step(at.z)
	for x := middle.x - 1; x <= middle.x+1; x++ {
		for y := middle.y - 1; y <= middle.y+1; y++ {
			r, some := c.columns[column{x, y}]
			if some {
				dst = c.inColumn(dst, r, level, at, p, but)
			}
		}
	}
	return dst
}

// inColumn appends those in the three cubes of a column about a level.
func (c *Cloud) inColumn(dst []int32, r [2]int32, level int32, at vec, p orb.Point, but int32) []int32 {
	from := r[0]
	if r[1]-r[0] > 16 {
		skip, _ := slices.BinarySearch(c.levels[r[0]:r[1]], level-1)
		from += int32(skip)
	}
	for i := from; i < r[1] && c.levels[i] <= level+1; i++ {
		d := c.places[i].sub(at)
		chord := d.dot(d)
		if !(chord <= c.beyond) {
			continue
		}
		j := c.order[i]
		if j != but && (chord <= c.within || Distance(p, c.points[j]) <= c.radius) {
			dst = append(dst, j)
		}
	}
	return dst
}
