package tile

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

// yardSchema is that of the yardstick's points.
var yardSchema = geo.Schema{
	Name: "yard", Title: "Yard", Geometry: geo.PointGeometry,
	Fields: []geo.Field{
		{Name: "date", Kind: geo.KindTime, Role: geo.InstantRole, DateOnly: true},
		{Name: "type", Kind: geo.KindString},
		{Name: "target", Kind: geo.KindString},
		{Name: "outcome", Kind: geo.KindString},
		{Name: "killed", Kind: geo.KindInt},
		{Name: "injured", Kind: geo.KindInt},
	},
}

// The places of yardSchema's fields.
const (
	typeField, outcomeField  = 1, 3
	killedField, injuredFied = 4, 5
)

var allFields = []int{0, 1, 2, 3, 4, 5}

// yard returns n points around 2,000 places of a country the size of Mali,
// some much denser than others.
func yard(tb testing.TB, n int) *layer.Layer {
	tb.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	centres := make([]orb.Point, 2000)
	for i := range centres {
		centres[i] = orb.Point{-12 + 16*r.Float64(), 10 + 15*r.Float64()}
	}
	b := layer.NewBuilder(yardSchema)
	for i := range n {
		c := centres[int(2000*math.Pow(r.Float64(), 3))]
		day := geo.Time(15887+r.IntN(1888)) * geo.Day
		layertest.Add(tb, b, geo.Feature{
			Key: geo.Key(i + 1), Rev: 1, Valid: geo.Between(day, day+geo.Day),
			Geometry: orb.Point{sixDigits(c[0] + r.NormFloat64()*.04), sixDigits(c[1] + r.NormFloat64()*.04)},
			Values: []geo.Value{geo.TimeValue(day), geo.String(pick(r, "IED", "VBIED", "RCIED", "PPIED", "Mine", "SVIED")),
				geo.String(pick(r, "Convoy", "Patrol", "Camp", "Civilian")), geo.String(pick(r, "detonated", "found")),
				geo.Int(int64(r.IntN(6))), geo.Int(int64(r.IntN(9)))},
		})
	}
	return layertest.Finish(tb, b)
}

func sixDigits(f float64) float64 { return math.Round(f*1e6) / 1e6 }

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// at returns the tile of the usual grid that holds a place.
func at(z uint32, p orb.Point) Address { return WebMercatorQuad.at(z, p) }

// at returns the tile of a zoom that holds a place.
func (g Grid) at(z uint32, p orb.Point) Address {
	x, y := g.lies(z, p)
	columns, rows := g.Size(z)
	part := func(f float64, n uint32) uint32 { return uint32(max(0, min(math.Floor(f), float64(n)-1))) }
	return Address{Z: z, X: part(x, columns), Y: part(y, rows), Grid: g}
}

// lies returns where a place is, in tiles from the north-west, by the formula
// of the projection.
func (g Grid) lies(z uint32, p orb.Point) (x, y float64) {
	tiles := math.Ldexp(1, int(z))
	if g == WorldCRS84Quad {
		return (p[0] + 180) / 180 * tiles, (90 - p[1]) / 180 * tiles
	}
	return (p[0] + 180) / 360 * tiles, (0.5 - math.Asinh(math.Tan(p[1]*math.Pi/180))/(2*math.Pi)) * tiles
}

// maker makes the tiles of all tests, so that what one leaves behind would
// show in the next.
var maker Maker

// cut makes one tile.
func cut(tb testing.TB, l *layer.Layer, a Address, q Query) []byte {
	tb.Helper()
	b, err := maker.Append(context.Background(), nil, l, a, q)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// outcomeIs is a predicate on the field outcome.
type outcomeIs string

func (o outcomeIs) Bound() []geo.Box { return nil }
func (o outcomeIs) String() string   { return "outcome=" + string(o) }
func (o outcomeIs) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	c := t.Column(t.Schema().Field("outcome"))
	return func(n uint32) geo.Tri {
		if c.Null(n) {
			return geo.Maybe
		}
		return geo.TriOf(c.Dict[c.Codes[n]] == string(o))
	}, nil
}
