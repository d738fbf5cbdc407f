package spacetime

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/pattern"
)

// cells are the places that a scan counts events at, and the circles about
// each: what lies within the radius, the nearest first.
type cells struct {
	points     []orb.Point
	of         []int32 // by event
	sideMetres float64 // of the squares whose events were put together; 0 where each cell is a place
	total      []int32 // events by cell
	near       [][]int32
}

// more marks, in a list of near cells, one that is as far off as the next: no
// circle holds one without the other.
const more = math.MinInt32

// newCells takes the distinct places of the events or, where these are more
// than most, squares just large enough that they are not.
func newCells(points []orb.Point, most int) *cells {
	sites := pattern.NewSites(points)
	c := &cells{points: sites.Points, of: sites.Of}
	for c.sideMetres = 0; len(c.points) > most; c.sideMetres = max(1000, c.sideMetres*math.Sqrt2) {
		if c.sideMetres > 0 {
			c.square(points)
		}
		if len(c.points) <= most {
			break
		}
	}
	c.total = make([]int32, len(c.points))
	for _, cell := range c.of {
		c.total[cell]++
	}
	return c
}

// square puts the events of one square together, at the mean of their places.
// Squares stand in rows of latitude, each with a whole number of them round
// the globe.
func (c *cells) square(points []orb.Point) {
	rows := math.Ceil(measure.HalfMeridianMetres / c.sideMetres)
	height := 180 / rows
	type square struct{ row, column int32 }
	known := map[square]int32{}
	var sum []orb.Point
	var count []float64
	c.of = make([]int32, len(points))
	for i, p := range points {
		lon := math.Mod(p[0]+180, 360) // 180 is -180
		row := min(math.Floor((p[1]+90)/height), rows-1)
		columns := max(1, math.Round(2*rows*math.Cos(((row+0.5)*height-90)*math.Pi/180)))
		s := square{int32(row), int32(min(math.Floor(lon/360*columns), columns-1))}
		cell, ok := known[s]
		if !ok {
			cell = int32(len(sum))
			known[s] = cell
			sum, count = append(sum, orb.Point{}), append(count, 0)
		}
		c.of[i] = cell
		sum[cell][0], sum[cell][1], count[cell] = sum[cell][0]+lon, sum[cell][1]+p[1], count[cell]+1
	}
	c.points = make([]orb.Point, len(sum))
	for i := range sum {
		c.points[i] = orb.Point{sum[i][0]/count[i] - 180, sum[i][1] / count[i]}
	}
}

// circles finds what lies about each cell, up to the radius and to so many
// events.
func (c *cells) circles(radiusMetres float64, most int) error {
	cloud, err := measure.NewCloud(c.points, radiusMetres)
	if err != nil {
		return geo.Errorf(geo.Invalid, "radius_m", "must be 0 metres or more, not %v", radiusMetres)
	}
	c.near = make([][]int32, len(c.points))
	var buffer []int32
	for i := range c.points {
		buffer = append(cloud.Near(buffer[:0], i), int32(i))
		origin := measure.NewOrigin(c.points[i])
		metres := make(map[int32]float64, len(buffer))
		for _, j := range buffer {
			metres[j] = origin.Distance(c.points[j])
		}
		c.near[i] = c.order(buffer, metres, most)
	}
	return nil
}

// order sorts cells by distance, marks those as far off as the next, and
// leaves out what would make a circle of more events than most.
func (c *cells) order(some []int32, metres map[int32]float64, most int) []int32 {
	slices.SortFunc(some, func(a, b int32) int { return cmp.Or(cmp.Compare(metres[a], metres[b]), cmp.Compare(a, b)) })
	out, whole, events := make([]int32, 0, len(some)), 0, 0
	for i, cell := range some {
		if events += int(c.total[cell]); events > most {
			break
		}
		if i+1 < len(some) && metres[some[i+1]] == metres[cell] {
			out = append(out, cell|more)
			continue
		}
		out = append(out, cell)
		whole = len(out)
	}
	return slices.Clip(out[:whole])
}
