package webpage

import (
	"fmt"
	"html/template"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// The size of a map, in its own pixels.
const (
	mapWidth     = 720.0
	leastHeight  = 200.0
	mostHeight   = 540.0
	leastDegrees = 2.0 // of a map of one point: enough to see where in the country it is
	dotRadius    = 2.6
)

// Land is the ground of every map: countries, and the borders between them that
// are settled and that are not, drawn apart. It is only read.
type Land struct {
	Countries         []orb.MultiPolygon
	Settled, Disputed orb.MultiLineString
}

// chart turns degrees into pixels: as far north and south as east and west at
// its middle latitude.
type chart struct {
	west, north   float64
	perDegree     float64 // pixels a degree of latitude
	squeeze       float64 // cosine of the middle latitude
	width, height float64
	dots          map[[2]int]bool // the pixels where a dot stands
}

// Map draws all shapes on the land as SVG, the bound and a little about it. Of
// records that fall on one pixel one is drawn, so that the map of a million is
// not longer than that of some thousand.
func Map(land Land, bound orb.Bound, shapes iter.Seq[orb.Geometry]) template.HTML {
	c := newChart(bound)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %.0f %.0f" role="img" aria-label="Map of the records">`, c.width, c.height)
	b.WriteString(`<path class="land" d="`)
	for _, country := range land.Countries {
		for _, polygon := range country {
			c.polygon(&b, polygon)
		}
	}
	b.WriteString(`"/>`)
	c.borders(&b, "border", land.Settled)
	c.borders(&b, "disputed", land.Disputed)
	c.net(&b)
	for g := range shapes {
		c.shape(&b, g)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String()) // numbers and constants only
}

func newChart(bound orb.Bound) chart {
	west, east, south, north := bound.Min[0], bound.Max[0], bound.Min[1], bound.Max[1]
	middle := (south + north) / 2
	c := chart{squeeze: math.Max(0.1, math.Cos(middle*math.Pi/180)), width: mapWidth, dots: map[[2]int]bool{}}
	wide := math.Max((east-west)*1.1, leastDegrees)
	tall := math.Max((north-south)*1.1, leastDegrees)
	c.perDegree = math.Min(mapWidth/(wide*c.squeeze), mostHeight/tall)
	c.height = math.Min(mostHeight, math.Max(leastHeight, tall*c.perDegree))
	c.west = (west+east)/2 - c.width/2/c.perDegree/c.squeeze
	c.north = middle + c.height/2/c.perDegree
	return c
}

// at returns the pixels of a position, by the way round the earth that is
// nearest to the middle of the map.
func (c *chart) at(p orb.Point) (x, y float64) {
	lon := p[0]
	half := c.width / 2 / c.perDegree / c.squeeze
	for lon < c.west+half-180 {
		lon += 360
	}
	for lon > c.west+half+180 {
		lon -= 360
	}
	return (lon - c.west) * c.perDegree * c.squeeze, (c.north - p[1]) * c.perDegree
}

func (c *chart) shape(b *strings.Builder, g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		c.dot(b, g)
	case orb.MultiPoint:
		for _, p := range g {
			c.shape(b, p)
		}
	case orb.LineString:
		c.path(b, "line", g.Bound(), func() { c.line(b, g) })
	case orb.MultiLineString:
		for _, l := range g {
			c.shape(b, l)
		}
	case orb.Polygon:
		c.path(b, "area", g.Bound(), func() { c.polygon(b, g) })
	case orb.MultiPolygon:
		for _, p := range g {
			c.shape(b, p)
		}
	case orb.Collection:
		for _, part := range g {
			c.shape(b, part)
		}
	}
}

func (c *chart) dot(b *strings.Builder, p orb.Point) {
	x, y := c.at(p)
	pixel := [2]int{int(x), int(y)}
	if c.dots[pixel] {
		return
	}
	c.dots[pixel] = true
	fmt.Fprintf(b, `<circle class="dot" cx="%.1f" cy="%.1f" r="%g"/>`, x, y, dotRadius)
}

// path draws a shape by its lines, or as a dot where they would not be seen.
func (c *chart) path(b *strings.Builder, class string, bound orb.Bound, lines func()) {
	west, south := c.at(bound.Min)
	east, north := c.at(bound.Max)
	if math.Abs(east-west) <= 1 && math.Abs(south-north) <= 1 {
		c.dot(b, bound.Center())
		return
	}
	b.WriteString(`<path class="` + class + `" d="`)
	lines()
	b.WriteString(`"/>`)
}

// polygon adds the rings that reach into the map.
func (c *chart) polygon(b *strings.Builder, p orb.Polygon) {
	if len(p) == 0 || !c.meets(p[0].Bound()) {
		return
	}
	for _, ring := range p {
		c.line(b, orb.LineString(ring))
		b.WriteByte('Z')
	}
}

func (c *chart) borders(b *strings.Builder, class string, lines orb.MultiLineString) {
	b.WriteString(`<path class="` + class + `" d="`)
	for _, l := range lines {
		if c.meets(l.Bound()) {
			c.line(b, l)
		}
	}
	b.WriteString(`"/>`)
}

func (c *chart) meets(bound orb.Bound) bool {
	x0, y0 := c.at(bound.Min)
	x1, y1 := c.at(bound.Max)
	return x0 > x1 || x1 >= 0 && x0 <= c.width && y0 >= 0 && y1 <= c.height
}

// line adds the vertices that differ by a pixel from the one before: what a
// reader cannot see need not be sent over a poor link.
func (c *chart) line(b *strings.Builder, l orb.LineString) {
	command, lastX, lastY := byte('M'), math.Inf(1), math.Inf(1)
	for i, p := range l {
		x, y := c.at(p)
		if i > 0 && i < len(l)-1 && math.Abs(x-lastX) < 1 && math.Abs(y-lastY) < 1 {
			continue
		}
		b.WriteByte(command)
		b.Write(strconv.AppendFloat(nil, x, 'f', 1, 64))
		b.WriteByte(' ')
		b.Write(strconv.AppendFloat(nil, y, 'f', 1, 64))
		command, lastX, lastY = 'L', x, y
	}
}

// net draws lines of latitude and longitude with their degrees, some four of
// each.
func (c *chart) net(b *strings.Builder) {
	step := roundStep(c.width / c.perDegree / c.squeeze / 4)
	east, south := c.west+c.width/c.perDegree/c.squeeze, c.north-c.height/c.perDegree
	for lon := math.Ceil(c.west/step) * step; lon < east; lon += step {
		x := (lon - c.west) * c.perDegree * c.squeeze
		fmt.Fprintf(b, `<path class="net" d="M%.1f 0V%.0f"/><text x="%.1f" y="%.0f">%s</text>`, x, c.height, x+3, c.height-4, degrees(lon, "E", "W"))
	}
	for lat := math.Ceil(south/step) * step; lat < c.north; lat += step {
		y := (c.north - lat) * c.perDegree
		fmt.Fprintf(b, `<path class="net" d="M0 %.1fH%.0f"/><text x="3" y="%.1f">%s</text>`, y, c.width, y-3, degrees(lat, "N", "S"))
	}
}

func roundStep(rough float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, m := range []float64{1, 2, 5} {
		if rough <= m*power {
			return m * power
		}
	}
	return 10 * power
}

func degrees(v float64, positive, negative string) string {
	letter := positive
	if v > 180 {
		v -= 360
	}
	if v < 0 {
		letter, v = negative, -v
	}
	return strconv.FormatFloat(math.Round(v*1e4)/1e4, 'g', -1, 64) + "° " + letter
}
