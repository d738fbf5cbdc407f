package shape

import (
	"bivouac/geo/measure"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// Disc is all places within a radius of a centre by the geodesic on WGS84, its
// rim included.
type Disc struct {
	Centre       orb.Point
	RadiusMetres float64
}

// Cover is what discs cover together: how much, how often, and its outline.
type Cover struct {
	atLeast []orb.MultiPolygon // by depth less one
}

// NewCover lays the discs over each other.
func NewCover(discs []Disc) (*Cover, error) {
	c := &Cover{}
	for _, d := range discs {
		if err := c.add(measure.Circle(d.Centre, d.RadiusMetres, 90)); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Cover) add(disc orb.MultiPolygon) error {
	rest := toSimple(disc)
	for i, level := range c.atLeast {
		deeper, err := overlay(geom.Intersection, rest, toSimple(level))
		if err != nil {
			return err
		}
		whole, err := overlay(geom.Union, rest, toSimple(level))
		if err != nil {
			return err
		}
		c.atLeast[i] = areasOf(whole)
		if rest = deeper; rest.IsEmpty() {
			return nil
		}
	}
	if g := areasOf(rest); len(g) > 0 {
		c.atLeast = append(c.atLeast, g)
	}
	return nil
}

// Depth returns the most discs that lie over one place.
func (c *Cover) Depth() int { return len(c.atLeast) }

// Area returns the square metres that at least so many discs cover.
func (c *Cover) Area(depth int) float64 { return measure.Area(c.Outline(depth)) }

// Outline returns the areas that at least so many discs cover.
func (c *Cover) Outline(depth int) orb.MultiPolygon {
	if depth < 1 || depth > len(c.atLeast) {
		return nil
	}
	return c.atLeast[depth-1]
}
