package filter

import (
	"strings"

	"bivouac/geo/crs"
)

// inCRS84 brings the shapes of an expression from a system to CRS84, vertex by
// vertex. Heights are left out.
func inCRS84(text string, in crs.System, e *Expr) error {
	if in == crs.CRS84 {
		return nil
	}
	if e.form == aShape {
		if e.name == bbox {
			return edgesInCRS84(text, in, e)
		}
		return e.shape.inCRS84(text, in)
	}
	for _, arg := range e.args {
		if err := inCRS84(text, in, arg); err != nil {
			return err
		}
	}
	return nil
}

func (c *coordinates) inCRS84(text string, in crs.System) error {
	for i := range c.parts {
		if err := c.parts[i].inCRS84(text, in); err != nil {
			return err
		}
	}
	if len(c.numbers) == 0 {
		return nil
	}
	p, err := placeInCRS84(text, c.at, in, c.numbers)
	c.numbers = p
	return err
}

// edgesInCRS84 does so for a box. One of a zone has no longitudes and latitudes
// for edges.
func edgesInCRS84(text string, in crs.System, e *Expr) error {
	n := e.shape.numbers
	if in.Zoned() {
		return errorAt(text, e.at, "BBOX takes no coordinates of a zone; write the box as a POLYGON, or ask by bbox with bbox-crs")
	}
	if len(n) != 4 && len(n) != 6 {
		return nil // an error of its own
	}
	low, err := placeInCRS84(text, e.at, in, n[:2])
	if err != nil {
		return err
	}
	high, err := placeInCRS84(text, e.at, in, n[len(n)/2:][:2])
	e.shape.numbers = append(low, high...)
	return err
}

func placeInCRS84(text string, at int, in crs.System, n []float64) ([]float64, error) {
	lon, lat, err := in.Unproject(n[0], n[1])
	if err != nil {
		return nil, errorAt(text, at, "%v %v is no place in %s: %s", n[0], n[1], in.URI(), strings.TrimPrefix(err.Error(), "crs: "))
	}
	return []float64{lon, lat}, nil
}
