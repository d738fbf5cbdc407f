package filter_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/randtest"
)

var things = geo.Schema{Name: "things", Geometry: geo.AnyGeometry}

// TestDWithinAsCount holds the question of each record to the read that goes
// outward, round places by the date line and the poles too.
func TestDWithinAsCount(t *testing.T) {
	r := randtest.New(t, 3)
	l := scattered(t, r)
	count := func(p geo.Predicate, err error) int {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		n, err := l.Count(context.Background(), geo.Selection{Match: p})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for range 60 {
		var near orb.Geometry = orb.LineString{{0, 0}, {3, 4}, {10, 70}}
		text := "LINESTRING(0 0, 3 4, 10 70)"
		if r.IntN(3) > 0 {
			p := somewhere(r)
			near, text = p, fmt.Sprintf("POINT(%v %v)", p[0], p[1])
		}
		radius := math.Pow(10, 3+4*r.Float64())
		want, err := l.CountWithin(context.Background(), near, radius, geo.Selection{})
		if err != nil {
			t.Fatal(err)
		}
		if got := count(filter.DWithin(near, radius)); got != want {
			t.Errorf("%v m of %s: %d records, want %d", radius, text, got, want)
		}
		if got := count(filter.ParseText(&things, fmt.Sprintf("S_DWITHIN(geometry, %s, %v)", text, radius))); got != want {
			t.Errorf("%v m of %s, as text: %d records, want %d", radius, text, got, want)
		}
	}
	if _, err := filter.DWithin(orb.LineString{}, 5); err == nil {
		t.Error("nothing has a distance")
	}
}

// somewhere is anywhere, often by the date line or a pole.
func somewhere(r *rand.Rand) orb.Point {
	switch r.IntN(3) {
	case 0:
		return orb.Point{math.Copysign(180-r.Float64(), r.Float64()-.5), r.Float64()*4 - 2}
	case 1:
		return orb.Point{r.Float64()*360 - 180, math.Copysign(90-r.Float64()*2, r.Float64()-.5)}
	}
	return orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
}

// scattered holds points, short lines, lines whose geodesics leave the box of
// their ends by far, and records without a place.
func scattered(t *testing.T, r *rand.Rand) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(things)
	for k := 1; k <= 600; k++ {
		p := somewhere(r)
		f := geo.Feature{Key: geo.Key(k), Geometry: p}
		switch {
		case k%150 == 0:
			f.Geometry = orb.LineString{p, {-p[0] / 2, p[1]}}
		case k%11 == 0:
			f.Geometry = nil
		case k%10 == 0:
			f.Geometry = orb.LineString{p, {p[0] * .99, p[1] * .99}}
		}
		layertest.Add(t, b, f)
	}
	return layertest.Finish(t, b)
}

func TestDWithin(t *testing.T) {
	l := world(t) // at 0, 1 and 2 degrees east on the equator, 111,319.49 m apart
	for _, c := range []struct {
		desc, text string
		want       []geo.Key
	}{
		{"the place itself", "S_DWITHIN(geometry, POINT(1 0), 0)", []geo.Key{2}},
		{"in any case, and turned", "s_DWithin(POINT(1 0), geometry, 1)", []geo.Key{2}},
		{"just short of the neighbours", "S_DWITHIN(geometry, POINT(1 0), 111319.49)", []geo.Key{2}},
		{"just as far as the neighbours", "S_DWITHIN(geometry, POINT(1 0), 111319.491)", []geo.Key{1, 2, 3}},
		{"from an area", "S_DWITHIN(geometry, POLYGON((0.5 -1, 1.5 -1, 1.5 1, 0.5 1, 0.5 -1)), 60000)", []geo.Key{1, 2, 3}},
		{"with others", "S_DWITHIN(geometry, POINT(0 0), 2e5) AND category = 'mine'", []geo.Key{2}},
		{"farther than", "NOT S_DWITHIN(geometry, POINT(0 0), 2e5)", []geo.Key{3}},
		{"a calculated distance", "S_DWITHIN(geometry, POINT(0 0), killed * 1000)", []geo.Key{1}},
		{"of literals", "S_DWITHIN(POINT(0 0), POINT(1 0), 1) OR killed = 0", []geo.Key{2}},
		{"as a value", "S_DWITHIN(geometry, POINT(0 0), 5) = found", []geo.Key{1, 2}},
	} {
		p, err := filter.ParseText(&schema, c.text)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		if got := keys(t, l, p); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
		}
		if again, err := filter.ParseText(&schema, p.String()); err != nil || again.String() != p.String() {
			t.Errorf("%s prints as %s, which reads as %v, %v", c.desc, p, again, err)
		}
	}
	json, err := filter.ParseJSON(&schema, `{"op":"s_dwithin","args":[{"property":"geometry"},{"type":"Point","coordinates":[1,0]},5]}`)
	if err != nil || !slices.Equal(keys(t, l, json), []geo.Key{2}) {
		t.Errorf("as JSON: %v, %v", json, err)
	}
}

func TestDWithinRefuses(t *testing.T) {
	for _, c := range []struct{ desc, text, says string }{
		{"no distance", "S_DWITHIN(geometry, POINT(1 0))", "takes 3 arguments"},
		{"a unit", "S_DWITHIN(geometry, POINT(1 0), 5, 'km')", "takes 3 arguments"},
		{"a distance that is none", "S_DWITHIN(geometry, POINT(1 0), 'near')", "takes a number"},
		{"below 0", "S_DWITHIN(geometry, POINT(1 0), -5)", "0 metres or more"},
		{"no shape", "S_DWITHIN(killed, POINT(1 0), 5)", "takes a shape"},
		{"off the globe", "S_DWITHIN(geometry, POINT(190 0), 5)", "not on the globe"},
		{"a bow tie", "S_DWITHIN(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)), 5)", "not valid"},
	} {
		if _, err := filter.ParseText(&schema, c.text); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}
