package layer

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"bivouac/data/postgrestest"
	"bivouac/geo"
	"bivouac/geo/randtest"
)

// TestAgainstPostGIS counts points in 40 boxes, 40 circles and 20 polygons as
// PostGIS does: boxes and polygons with straight edges, circles on the
// spheroid.
func TestAgainstPostGIS(t *testing.T) {
	db := postgrestest.Start(t, "postgis")
	r := randtest.New(t, 7)
	features := points(0)
	for k := range 20_000 {
		p := orb.Point{-12 + 16*r.Float64(), 10 + 15*r.Float64()}
		if k%4 == 0 {
			p = orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
		}
		features = append(features, geo.Feature{Key: geo.Key(k + 1), Geometry: p})
	}
	l := build(t, features...)
	load(t, db, features)
	ctx := context.Background()
	var ours []int
	var questions []string
	ask := func(n int, err error, sql string, args ...any) {
		if err != nil {
			t.Fatal(err)
		}
		ours = append(ours, n)
		questions = append(questions, fmt.Sprintf("select count(*) from p where "+sql, args...))
	}
	for i := range 40 {
		w, s := r.Float64()*300-180, r.Float64()*120-80
		b := geo.NewBox(w, s, min(w+r.Float64()*60, 180), min(s+r.Float64()*40, 90))
		n, err := l.Count(ctx, geo.Selection{Box: b})
		ask(n, err, "g && ST_MakeEnvelope(%v,%v,%v,%v,4326) and g @ ST_MakeEnvelope(%v,%v,%v,%v,4326)",
			b.West, b.South, b.East, b.North, b.West, b.South, b.East, b.North)
		c, radius := randomPlace(r), r.Float64()*900_000
		if i%2 == 0 {
			c = orb.Point{-12 + 16*r.Float64(), 10 + 15*r.Float64()}
		}
		n, err = l.CountWithin(ctx, c, radius, geo.Selection{})
		ask(n, err, "ST_DWithin(g::geography, 'SRID=4326;POINT(%v %v)'::geography, %v, true)", c[0], c[1], radius)
	}
	for range 20 {
		ring := star(r.Float64(), orb.Point{-4 + 4*r.Float64(), 17 + 3*r.Float64()})
		n, err := l.CountWithin(ctx, orb.Polygon{ring}, 0, geo.Selection{})
		ask(n, err, "ST_Intersects(g, 'SRID=4326;%s'::geometry)", wkt.MarshalString(orb.Polygon{ring}))
	}
	for i, theirs := range counts(t, db, questions) {
		if ours[i] != theirs {
			t.Errorf("%s: %d, we say %d", questions[i], theirs, ours[i])
		}
	}
}

// star is a ring of 24 corners, every other one nearer to the middle.
func star(turn float64, c orb.Point) orb.Ring {
	var ring orb.Ring
	for i := range 24 {
		a := (turn + float64(i)/24) * 2 * math.Pi
		arm := 3.0
		if i%2 == 1 {
			arm = 1.2
		}
		s, cos := math.Sincos(a)
		ring = append(ring, orb.Point{c[0] + arm*cos, c[1] + arm*s})
	}
	return append(ring, ring[0])
}

func load(t *testing.T, db *postgrestest.Server, features []geo.Feature) {
	t.Helper()
	var b strings.Builder
	b.WriteString("create extension postgis; create table p(x float8, y float8, g geometry(Point,4326) generated always as (ST_SetSRID(ST_MakePoint(x,y),4326)) stored);\ncopy p(x,y) from stdin;\n")
	for i := range features {
		p := features[i].Geometry.(orb.Point)
		fmt.Fprintf(&b, "%v\t%v\n", p[0], p[1])
	}
	b.WriteString("\\.\n")
	db.Run(t, b.String())
}

func counts(t *testing.T, db *postgrestest.Server, questions []string) []int {
	t.Helper()
	var out []int
	for _, line := range strings.Fields(db.Run(t, strings.Join(questions, ";\n")+";")) {
		n, err := strconv.Atoi(line)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	if len(out) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(out), len(questions))
	}
	return out
}
