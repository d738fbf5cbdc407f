package proximity

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// Within returns the question whether a record lies no farther than
// radiusMetres from a shape, the rim included, for reads that have no way
// outward. It looks at each record; layer.Layer.Within does not.
func Within(near orb.Geometry, radiusMetres float64) (geo.Predicate, error) {
	t, err := measure.NewTarget(near)
	if err != nil {
		return nil, geo.Errorf(geo.Invalid, "near", "%w", err)
	}
	return &within{near, radiusMetres, t}, nil
}

type within struct {
	near   orb.Geometry
	radius float64
	target *measure.Target
}

// Bound returns the box of a circle, which follows from the angle between
// geodetic normals (see measure.LowerMetresPerRadian), and nil for other
// shapes: their edges may bulge out of their own box.
func (w *within) Bound() []geo.Box {
	p, ok := w.near.(orb.Point)
	angle := w.radius / measure.LowerMetresPerRadian * (1 + 1e-9)
	lat := math.Abs(p[1])*math.Pi/180 + angle
	if !ok || lat >= math.Pi/2 {
		return nil
	}
	high := angle*180/math.Pi + 1e-9
	wide := math.Asin(min(1, math.Sin(angle)/math.Cos(p[1]*math.Pi/180)))*180/math.Pi + 1e-9
	west, east := p[0]-wide, p[0]+wide
	switch {
	case west < -180:
		west += 360
	case east > 180:
		east -= 360
	}
	return geo.Box{West: west, South: p[1] - high, East: east, North: p[1] + high}.Split()
}

func (w *within) String() string {
	b := append([]byte("within "), strconv.FormatFloat(w.radius, 'g', -1, 64)...)
	return string(geo.Geometry(w.near).Append(append(b, " m of "...)))
}

func (w *within) Bind(t geo.Table) (func(n uint32) geo.Tri, error) {
	return func(n uint32) geo.Tri {
		if p, ok := t.Point(n); ok {
			return geo.TriOf(w.target.Within(p, w.radius))
		}
		g := t.Geometry(n)
		return geo.TriOf(g != nil && w.target.To(g) <= w.radius)
	}, nil
}
