package quality

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/shape"
)

// Finding is what cannot be right, or hardly, and the records that say it.
type Finding struct {
	Check   string // a name for programs
	Title   string // a sentence for people
	Records int
	Of      int       // records for which it could be checked
	Keys    []geo.Key // of the first ones, at most [MaxKeys]
}

// MaxKeys is how many records a finding names; all are counted.
const MaxKeys = 50

// check asks one record: whether it can be asked, and whether it is wrong.
type check struct {
	name, title string
	wrong       func(row geo.Row) (wrong, asked bool)
}

// findings returns all checks that could be made of any record, those without
// a finding too: that nothing was found is an answer.
func findings(ctx context.Context, q *Query, rows []geo.Row) ([]Finding, error) {
	checks, err := checksOf(ctx, q)
	if err != nil {
		return nil, err
	}
	var out []Finding
	for _, c := range checks {
		f := Finding{Check: c.name, Title: c.title}
		for _, row := range rows {
			wrong, asked := c.wrong(row)
			if !asked {
				continue
			}
			f.Of++
			if wrong {
				f.Records++
				if len(f.Keys) < MaxKeys {
					f.Keys = append(f.Keys, row.Key())
				}
			}
		}
		if f.Of > 0 {
			out = append(out, f)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func checksOf(ctx context.Context, q *Query) ([]check, error) {
	s := q.Layer.Schema()
	var out []check
	for i := range s.Fields {
		if f := &s.Fields[i]; f.Least != nil || f.Greatest != nil {
			out = append(out, outOfRange(i, f))
		}
	}
	out = append(out, parts(s)...)
	out = append(out, estimates(s)...)
	out = append(out, times(q)...)
	out = append(out, places()...)
	out = append(out, harmless(s)...)
	outside, err := outsideMission(ctx, q)
	return append(out, outside...), err
}

func outOfRange(i int, f *geo.Field) check {
	return check{"range-" + f.Name, fmt.Sprintf("%s is beyond what the field can hold", nameOf(f)), func(row geo.Row) (bool, bool) {
		v := row.Value(i)
		return f.InRange(v) != nil, !v.Null()
	}}
}

func nameOf(f *geo.Field) string {
	if f.Title != "" {
		return f.Title
	}
	return f.Name
}

// parts are fields such as civilians_killed, which are of what killed counts.
func parts(s *geo.Schema) (out []check) {
	for i := range s.Fields {
		whole := &s.Fields[i]
		if whole.Kind != geo.KindInt {
			continue
		}
		for j := range s.Fields {
			part := &s.Fields[j]
			if part.Kind != geo.KindInt || !strings.HasSuffix(part.Name, "_"+whole.Name) {
				continue
			}
			out = append(out, ordered(s, j, i, "part-"+part.Name, fmt.Sprintf("%s is more than %s", nameOf(part), nameOf(whole))))
		}
	}
	return out
}

// ordered is wrong where the first field is greater than the second.
func ordered(s *geo.Schema, i, j int, name, title string) check {
	return check{name, title, func(row geo.Row) (bool, bool) {
		v, w := row.Value(i), row.Value(j)
		order, ok := v.Compare(w)
		return order > 0, ok && !v.Null() && !w.Null()
	}}
}

// estimates are the three figures of UCDP for one number.
func estimates(s *geo.Schema) (out []check) {
	low, best, high := s.Field("low"), s.Field("best"), s.Field("high")
	if low < 0 || best < 0 || high < 0 {
		return nil
	}
	return []check{
		ordered(s, low, best, "low-above-best", "The low estimate is above the best one"),
		ordered(s, best, high, "best-above-high", "The high estimate is below the best one"),
	}
}

// latest is the longest plausible delay of a report.
const latest = 365 * geo.Day

func times(q *Query) []check {
	out := []check{{"future", "It began after the present state of the records", func(row geo.Row) (bool, bool) {
		at, ok := started(row)
		return at > q.Now, ok
	}}}
	reported := q.Layer.Schema().Field(q.Reported)
	if reported < 0 {
		return out
	}
	delay := func(wrong func(geo.Time) bool) func(geo.Row) (bool, bool) {
		return func(row geo.Row) (bool, bool) {
			at, ok := started(row)
			v := row.Value(reported)
			return ok && wrong(v.Time()-at), ok && !v.Null()
		}
	}
	return append(out,
		check{"reported-before", "It was reported before it began", delay(func(d geo.Time) bool { return d < 0 })},
		check{"reported-late", "It was reported more than a year after it began", delay(func(d geo.Time) bool { return d > latest })})
}

func places() []check {
	return []check{
		{"null-island", "It stands at longitude 0, latitude 0", func(row geo.Row) (bool, bool) {
			at, ok := row.Point()
			return at == orb.Point{}, ok
		}},
		{"rounded-place", "It stands at whole or half degrees, though its place is said to be known within 25 km", func(row geo.Row) (bool, bool) {
			at, ok := row.Point()
			code := codeOf(row)
			return rounded(at[0]) && rounded(at[1]), ok && (code == 1 || code == 2)
		}},
	}
}

func rounded(degrees float64) bool { return math.Mod(degrees*2, 1) == 0 }

// harmless are outcomes in which nothing went off.
func harmless(s *geo.Schema) []check {
	outcome := s.Field("outcome")
	var harm []int
	for _, name := range []string{"killed", "injured"} {
		if i := s.Field(name); i >= 0 {
			harm = append(harm, i)
		}
	}
	if outcome < 0 || len(harm) == 0 {
		return nil
	}
	return []check{{"harm-without-blast", "It was found, disarmed or a hoax, and yet killed or injured people", func(row geo.Row) (bool, bool) {
		switch row.Value(outcome).Text() {
		case "found", "disarmed", "hoax":
		default:
			return false, false
		}
		for _, i := range harm {
			if row.Value(i).Float() > 0 {
				return true, true
			}
		}
		return false, true
	}}}
}

// missionSlack is how far outside the drawn area of its mission a record may
// stand: borders are drawn to some kilometres.
const missionSlack = 10_000

// outsideMission holds each record against the polygons of its mission.
func outsideMission(ctx context.Context, q *Query) ([]check, error) {
	if q.Areas == nil {
		return nil, nil
	}
	rows, failed := q.Areas.Select(ctx, geo.Selection{Reader: q.Select.Reader})
	drawn := map[string]orb.Collection{}
	for row := range rows {
		mission := row.Mission()
		if g := row.Geometry(); g != nil && mission != "" && row.Named("kind").Text() == "mission" {
			drawn[mission] = append(drawn[mission], g)
		}
	}
	if err := failed(); err != nil || len(drawn) == 0 {
		return nil, err
	}
	areas := map[string]*area{}
	for mission, g := range drawn {
		a, err := newArea(g)
		if err != nil {
			return nil, err
		}
		areas[mission] = a
	}
	return []check{{"outside-mission", "It stands more than 10 km outside the area of its mission", func(row geo.Row) (bool, bool) {
		at, ok := row.Point()
		a := areas[row.Mission()]
		if !ok || a == nil {
			return false, false
		}
		return !a.near(at), true
	}}}, nil
}

// area is the ground of a mission, made ready to be asked of many points.
type area struct {
	inside *shape.Prepared
	target *measure.Target
}

func newArea(g orb.Geometry) (*area, error) {
	inside, err := shape.Prepare(g)
	if err != nil {
		return nil, err
	}
	target, err := measure.NewTarget(g)
	return &area{inside, target}, err
}

func (a *area) near(at orb.Point) bool {
	return a.inside.Has(at) || a.target.Distance(at) <= missionSlack
}
