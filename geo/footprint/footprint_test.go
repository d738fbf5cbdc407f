package footprint_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/footprint"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/randtest"
)

var baseSchema = geo.Schema{Name: "bases", Title: "Bases", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "name", Kind: geo.KindString}, {Name: "status", Kind: geo.KindString}, {Name: "patrol_radius_km", Kind: geo.KindFloat},
}}

var placeSchema = geo.Schema{Name: "places", Title: "Places", Geometry: geo.AnyGeometry, Fields: []geo.Field{
	{Name: "name", Kind: geo.KindString}, {Name: "population", Kind: geo.KindInt},
}}

func base(name, status string, radiusKm float64, g orb.Geometry) geo.Feature {
	f := geo.Feature{Geometry: g, Values: []geo.Value{geo.String(name), geo.String(status), geo.Float(radiusKm)}}
	if radiusKm == 0 {
		f.Values[2] = geo.Value{}
	}
	return f
}

func place(name string, people int64, g orb.Geometry) geo.Feature {
	f := geo.Feature{Geometry: g, Values: []geo.Value{geo.String(name), geo.Int(people)}}
	if people < 0 {
		f.Values[1] = geo.Value{}
	}
	return f
}

// world has two open bases a degree apart on the equator, 111.3 km, and
// places between, around and beyond them.
func world(t testing.TB) process.World {
	bases := layertest.Build(t, baseSchema,
		base("West", "open", 60, orb.Point{0, 0}), base("East", "open", 60, orb.Point{1, 0}),
		base("Gone", "closed", 60, orb.Point{5, 0}), base("Afloat", "open", 60, nil), base("New", "open", 0, orb.Point{9, 0}),
	)
	places := layertest.Build(t, placeSchema,
		place("west", 100, orb.Point{-0.3, 0}), place("both", 1000, orb.Point{0.5, 0}), place("east", 10, orb.Point{1.2, 0}),
		place("far", 7, orb.Point{5, 0}), place("lost", 50, nil), place("unsaid", -1, orb.Point{0, 0.1}),
		place("crossing", 3, orb.LineString{{-1, 0.3}, {1, 0.3}}),
	)
	return process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{bases, places}, nil, []layer.Moment{{Version: 1, At: 5}})}
}

func execute(t testing.TB, w process.World, body string) (process.Result, error) {
	t.Helper()
	return processtest.Run(footprint.Process(), w, body)
}

func TestFootprint(t *testing.T) {
	for _, c := range []struct {
		desc, inputs                                        string
		inside, only, none, reached, onlyPeople, nonePeople int64
		dropped                                             string
	}{
		{"each base's own radius", `{}`, 5, 3, 1, 1113, 110, 7,
			"map[base not open:1 base without a patrol radius:1 base without a place:1 without a place:1]"},
		{"one radius for all", `{"radius_m": 40000}`, 4, 3, 2, 113, 110, 1007, "map[base not open:1 base without a place:1 without a place:1]"},
		{"one base alone", `{"bases":[1]}`, 4, 4, 2, 1103, 1103, 17, "map[without a place:1]"},
		{"a closed base, asked for by its key", `{"bases":[3]}`, 1, 1, 5, 7, 7, 1113, "map[without a place:1]"},
		{"no bases", `{"bases":[]}`, 0, 0, 6, 0, 0, 1120, "map[without a place:1]"},
	} {
		r, err := execute(t, world(t), c.inputs)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		sums := r.Output["collections"].List()[0].Record()
		people := r.Output["population"].Record()
		got := []int64{sums["inside"].Int(), sums["only_one"].Int(), sums["none"].Int(),
			int64(people["reached"].Float()), int64(people["only_one"].Float()), int64(people["none"].Float())}
		want := []int64{c.inside, c.only, c.none, c.reached, c.onlyPeople, c.nonePeople}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: inside, only one, none and people so: %v, want %v", c.desc, got, want)
		}
		if fmt.Sprint(r.Dropped) != c.dropped {
			t.Errorf("%s: dropped %v, want %s", c.desc, r.Dropped, c.dropped)
		}
	}
}

func TestBaseByBase(t *testing.T) {
	r, err := execute(t, world(t), `{}`)
	if err != nil {
		t.Fatal(err)
	}
	bases := r.Output["bases"].List()
	if len(bases) != 2 {
		t.Fatalf("%v", bases)
	}
	for i, want := range []string{
		`{"inside":4,"key":1,"name":"West","only":2,"population":1103,"population_only":100,"radius_m":60000}`,
		`{"inside":3,"key":2,"name":"East","only":1,"population":1013,"population_only":10,"radius_m":60000}`,
	} {
		if got := bases[i].String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if len(r.Warnings) != 2 {
		t.Errorf("warnings: %q", r.Warnings)
	}
}

func TestBadQuestions(t *testing.T) {
	for body, where := range map[string]string{
		`{"bases":[77]}`:                       "bases",
		`{"radius_m":-1}`:                      "radius_m",
		`{"radius_m":1e9}`:                     "radius_m",
		`{"collections":["nowhere"]}`:          "collections",
		`{"datetime":"2018-02-01/2018-01-01"}`: "datetime",
	} {
		_, err := execute(t, world(t), body)
		if e, ok := err.(*geo.Error); !ok || e.Code != geo.Invalid || e.Where != where {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestAgainstEveryPair compares random footprints with a look at every base
// and every place.
func TestAgainstEveryPair(t *testing.T) {
	r := randtest.New(t, 1)
	for range 20 {
		var bases []footprint.Base
		for k := range 1 + r.IntN(12) {
			bases = append(bases, footprint.Base{Key: geo.Key(k + 1), Place: randomPoint(r), RadiusMetres: r.Float64() * 400_000})
		}
		var places []geo.Feature
		for range 400 {
			places = append(places, place("p", int64(r.IntN(50)), randomPoint(r)))
		}
		l := layertest.Build(t, placeSchema, places...)
		got, err := footprint.Find(context.Background(), footprint.Query{Bases: bases, Layers: []*layer.Layer{l}}, func(int, int) {})
		if err != nil {
			t.Fatal(err)
		}
		inside, only := 0, 0
		for _, p := range places {
			n := 0
			for _, b := range bases {
				if measure.Distance(b.Place.(orb.Point), p.Geometry.(orb.Point)) <= b.RadiusMetres {
					n++
				}
			}
			inside += min(n, 1)
			if n == 1 {
				only++
			}
		}
		if s := got.Layers[0]; s.Inside != inside || s.OnlyOne != only || s.None != len(places)-inside {
			t.Fatalf("%d inside, %d of one base, want %d and %d", s.Inside, s.OnlyOne, inside, only)
		}
	}
}

// randomPoint lies near the place where the date line meets the equator, so
// that discs reach over it.
func randomPoint(r *rand.Rand) orb.Point {
	lon := 178 + r.Float64()*4
	if lon > 180 {
		lon -= 360
	}
	return orb.Point{lon, r.Float64()*4 - 2}
}

// TestAnotherBaseNeverShrinksIt is the property that planners rely on.
func TestAnotherBaseNeverShrinksIt(t *testing.T) {
	w := world(t)
	reached := int64(-1)
	for _, bases := range []string{"[]", "[1]", "[1,2]", "[1,2,3]"} {
		r, err := execute(t, w, `{"bases":`+bases+`,"radius_m":80000}`)
		if err != nil {
			t.Fatal(err)
		}
		n := r.Output["collections"].List()[0].Record()["inside"].Int()
		if n < reached {
			t.Errorf("bases %s reach %d, fewer than %d before", bases, n, reached)
		}
		reached = n
	}
}

func ExampleProcess() {
	r, err := execute(&testing.T{}, world(&testing.T{}), `{"radius_m": 60000}`)
	people := r.Output["population"].Record()
	fmt.Printf("%v reached, %v by one base alone, %v by none, %v\n",
		people["reached"], people["only_one"], people["none"], err)
	// Output: 1113 reached, 110 by one base alone, 7 by none, <nil>
}
