package layer

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

var testSchema = geo.Schema{
	Name: "things", Title: "Things", Geometry: geo.AnyGeometry,
	Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString},
		{Name: "killed", Kind: geo.KindInt},
		{Name: "score", Kind: geo.KindFloat},
		{Name: "found", Kind: geo.KindBool},
		{Name: "at", Kind: geo.KindTime},
		{Name: "tags", Kind: geo.KindList},
	},
}

var testMissions = []string{"", "MINUSMA", "UNMISS", "UNIFIL"}

// randomFeature makes a record of any kind, in clusters so that many coincide,
// meet boxes' edges, or lie over the pole and by the date line.
func randomFeature(r *rand.Rand, k geo.Key, rev geo.Version) geo.Feature {
	f := geo.Feature{
		Key: k, Rev: rev, Geometry: randomShape(r), Values: randomValues(r),
		Class: geo.Class(max(r.IntN(6)-3, 0)), Mission: testMissions[r.IntN(len(testMissions))], Valid: randomInterval(r),
	}
	if r.IntN(3) == 0 {
		f.SourceID = fmt.Sprintf("id-%d", k)
	}
	if r.IntN(5) == 0 {
		f.Extra = []byte(`{"n":1}`)
	}
	if p, ok := f.Geometry.(orb.Point); ok && r.IntN(4) == 0 {
		f.Z = []float64{p[0]}
	}
	return f
}

func randomPlace(r *rand.Rand) orb.Point {
	switch r.IntN(5) {
	case 0:
		return orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
	case 1:
		return orb.Point{math.Copysign(180-float64(r.IntN(3)), r.Float64()-0.5), float64(r.IntN(5) - 2)}
	case 2:
		return orb.Point{float64(r.IntN(36)*10 - 180), math.Copysign(90-float64(r.IntN(2)), r.Float64()-0.5)}
	}
	return orb.Point{float64(r.IntN(40)) / 8, float64(r.IntN(40)) / 8}
}

func randomShape(r *rand.Rand) orb.Geometry {
	p := randomPlace(r)
	q := orb.Point{math.Min(p[0]+r.Float64(), 180), math.Min(p[1]+r.Float64(), 90)}
	switch r.IntN(12) {
	case 0:
		return nil
	case 1:
		return orb.LineString{p, q}
	case 2:
		if p[0] == q[0] || p[1] == q[1] {
			return p
		}
		return orb.Polygon{{p, {q[0], p[1]}, q, {p[0], q[1]}, p}}
	case 3:
		return orb.MultiPoint{p, q}
	case 4:
		// Its geodesic leaves the box of its ends.
		return orb.LineString{p, {math.Min(p[0]+40*r.Float64(), 180), q[1]}}
	}
	return p
}

func randomValues(r *rand.Rand) []geo.Value {
	values := []geo.Value{
		geo.String([]string{"ied", "mine", "other", ""}[r.IntN(4)]),
		geo.Int(int64(r.IntN(4))), geo.Float(float64(r.IntN(4)) / 2), geo.Bool(r.IntN(2) == 0),
		geo.TimeValue(geo.Time(r.IntN(100)) * geo.Day), geo.List(geo.Int(1), geo.String("a")),
	}
	for i := range values {
		if r.IntN(4) == 0 {
			values[i] = geo.Value{}
		}
	}
	return values[:r.IntN(len(values)+1)]
}

func randomInterval(r *rand.Rand) geo.Interval {
	from := geo.Time(r.IntN(100)) * geo.Day
	switch r.IntN(8) {
	case 0:
		return geo.Interval{}
	case 1:
		return geo.UnknownTime
	case 2:
		return geo.From(from)
	case 3:
		return geo.Interval{Start: geo.End{Kind: geo.At, Time: from}, End: geo.End{Kind: geo.Unknown}}
	case 4:
		return geo.Interval{Start: geo.End{Kind: geo.Unknown}, End: geo.End{Kind: geo.At, Time: from}}
	case 5:
		return geo.Between(from, from+geo.Time(r.IntN(20))*geo.Day)
	}
	return geo.Instant(from)
}

func randomSelection(r *rand.Rand) geo.Selection {
	s := geo.Selection{Reader: geo.Reader{Ceiling: geo.Class(r.IntN(3))}}
	switch r.IntN(5) {
	case 0:
		s.Box = geo.NewBox(170, -50, -170, 90) // over the date line
	case 1:
		p := randomPlace(r)
		s.Box = geo.NewBox(p[0], p[1], min(p[0]+r.Float64()*20, 180), min(p[1]+r.Float64()*20, 90))
	case 2:
		s.Box = geo.NewBox(0, 0, float64(r.IntN(6)), float64(r.IntN(6)))
	}
	switch r.IntN(4) {
	case 0:
		from := geo.Time(r.IntN(100)) * geo.Day
		s.During = geo.Between(from, from+geo.Time(1+r.IntN(30))*geo.Day)
	case 1:
		s.During = geo.From(geo.Time(r.IntN(100)) * geo.Day)
	}
	switch r.IntN(4) {
	case 0:
		s.Reader.Missions = []string{"MINUSMA", "UNIFIL"}
	case 1:
		s.Reader.Missions = []string{}
	}
	if r.IntN(3) == 0 {
		s.Match = killedIs(int64(r.IntN(4)))
	}
	return s
}

// killedIs is the least predicate there is.
type killedIs int64

func (k killedIs) Bound() []geo.Box { return nil }
func (k killedIs) String() string   { return fmt.Sprintf("killed=%d", int64(k)) }
func (k killedIs) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	c := t.Column(t.Schema().Field("killed"))
	return func(n uint32) geo.Tri {
		if c.Null(n) {
			return geo.Maybe
		}
		return geo.TriOf(c.Ints[n] == int64(k))
	}, nil
}
