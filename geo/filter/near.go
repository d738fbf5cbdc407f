package filter

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// dwithin is the function that asks for a distance, which CQL2 has no word for;
// its name and its arguments are those of ECQL and of SQL/MM, its unit the metre.
const dwithin = "s_dwithin"

// DWithin returns the question whether a record lies no farther than metres
// from a shape, the rim included, by geodesics to the nearest points, as
// layer.Layer.Within finds them. Of a record without a place it is unknown.
func DWithin(g orb.Geometry, metres float64) (geo.Predicate, error) {
	t, err := measure.NewTarget(g)
	if err != nil {
		return nil, err
	}
	return near{t, metres, geo.Geometry(g).String()}, nil
}

type near struct {
	target *measure.Target
	metres float64
	text   string // of the shape
}

func (x near) Bound() []geo.Box { return x.target.Around(x.metres) }

func (x near) String() string {
	return dwithin + "(geometry, " + x.text + ", " + strconv.FormatFloat(x.metres, 'f', -1, 64) + ")"
}

func (x near) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	return func(n uint32) geo.Tri {
		if p, ok := t.Point(n); ok {
			return geo.TriOf(x.target.Within(p, x.metres))
		}
		g := t.Geometry(n)
		if g == nil {
			return geo.Maybe
		}
		return geo.TriOf(x.target.To(g) <= x.metres)
	}, nil
}

// near compiles the question of the record's own shape beside one that is
// written, and a number; nil where it is of anything else.
func (c *compiler) near(e *Expr) (geo.Predicate, error) {
	if !strings.EqualFold(e.name, dwithin) || len(e.args) != 3 {
		return nil, nil
	}
	own, written, number := e.args[0], e.args[1], e.args[2]
	if own.form == aShape {
		own, written = written, own
	}
	if own.form != aProperty || written.form != aShape || number.form != aLiteral || !numeric(number.literal.value.Kind()) {
		return nil, nil
	}
	p, err := c.property(own)
	if _, ok := p.(place); err != nil || !ok {
		return nil, err
	}
	s, err := c.shapeScalar(written)
	if err != nil {
		return nil, err
	}
	metres := number.literal.value.Float()
	if metres < 0 {
		return nil, c.wrong(number, "a distance is 0 metres or more, not %v", metres)
	}
	t, err := measure.NewTarget(s.(literalShape).shape)
	if err != nil {
		return nil, c.wrong(written, "%v", err)
	}
	return near{t, metres, s.String()}, nil
}

// withinMetres answers for two shapes and a distance as they come, row by row.
func withinMetres(v []geo.Value) geo.Value {
	metres, err := measure.Between(v[0].Geometry(), v[1].Geometry())
	if err != nil || math.IsNaN(metres) {
		return geo.Value{}
	}
	return geo.Bool(metres <= v[2].Float())
}
