package footprint_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/randtest"
	"bivouac/geo/shape"
)

func features(v geo.Value) []geo.Value { return v.Record()["features"].List() }

func property(feature geo.Value, name string) geo.Value {
	return feature.Record()["properties"].Record()[name]
}

func geometryOf(feature geo.Value) orb.Geometry { return feature.Record()["geometry"].Geometry() }

// TestRings: two discs of 60 km, 111 km apart, and a place far from both.
func TestRings(t *testing.T) {
	r, err := execute(t, world(t), `{"radius_m": 60000, "bases": [1, 2], "places": [{"type": "Point", "coordinates": [5, 0]}],
		"within": {"type": "Polygon", "coordinates": [[[-2, -2], [7, -2], [7, 2], [-2, 2], [-2, -2]]]}}`)
	if err != nil {
		t.Fatal(err)
	}
	rings := features(r.Output["rings"])
	if len(rings) != 3 {
		t.Fatalf("%d rings", len(rings))
	}
	sum := 0.0
	for i, key := range []string{"1", "2", "null"} {
		if got := property(rings[i], "key").String(); got != key {
			t.Errorf("ring %d has the key %s", i, got)
		}
		sum += measure.Area(geometryOf(rings[i]))
	}
	if name := property(rings[0], "name").Text(); name != "West" {
		t.Error(name)
	}
	union := property(r.Output["union"], "area_m2").Float()
	overlap := features(r.Output["overlap"])
	if len(overlap) != 1 || property(overlap[0], "depth").Int() != 2 {
		t.Fatalf("overlap: %v", overlap)
	}
	twice := property(overlap[0], "area_m2").Float()
	if math.Abs(union+twice-sum) > 2e-3*sum || twice < 100e6 {
		t.Errorf("union %v, twice %v, rings as drawn %v", union, twice, sum)
	}
	gaps, whole := property(r.Output["gaps"], "area_m2").Float(), measure.PlaneArea(orb.Polygon{{{-2, -2}, {7, -2}, {7, 2}, {-2, 2}, {-2, -2}}})
	if math.Abs(gaps+union-whole) > 1e-6*union {
		t.Errorf("gaps %v and union %v are not the area, %v", gaps, union, whole)
	}
	if share := property(r.Output["gaps"], "share").Float(); math.Abs(share-gaps/whole) > 1e-9 {
		t.Errorf("share %v", share)
	}
	bases := r.Output["bases"].List()
	if got := bases[2].String(); got != `{"inside":1,"key":null,"name":"","only":1,"population":7,"population_only":7,"radius_m":60000}` {
		t.Errorf("the place counts so: %s", got)
	}
	if text := string(geojson.AppendValue(nil, r.Record())); !strings.Contains(text, `"type":"FeatureCollection"`) {
		t.Error(text)
	}
}

func TestRingsOfNothing(t *testing.T) {
	r, err := execute(t, world(t), `{"bases": []}`)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(features(r.Output["rings"])) + len(features(r.Output["overlap"])); n != 0 || !r.Output["gaps"].Null() {
		t.Errorf("%v", r.Output)
	}
	if area := property(r.Output["union"], "area_m2"); area.Float() != 0 || area.Null() {
		t.Errorf("nothing covers %v", area)
	}
}

// TestOddBases: rings over poles and the date line, a base without a place,
// one that is an area, and one whose ring is the whole earth.
func TestOddBases(t *testing.T) {
	bases := layertest.Build(t, baseSchema,
		base("Amundsen", "open", 60, orb.Point{0, -90}), base("Fiji", "open", 60, orb.Point{180, -17}), base("Afloat", "open", 60, nil),
		base("Field", "open", 60, orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}), base("Moon", "closed", 20004, orb.Point{0, 0}),
	)
	places := layertest.Build(t, placeSchema, place("pole", 1, orb.Point{120, -89.9}), place("taveuni", 10, orb.Point{-179.9, -17}), place("field", 100, orb.Point{0.9, 0.1}))
	w := process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{bases, places}, nil, []layer.Moment{{Version: 1, At: 5}})}
	for _, c := range []struct {
		inputs, dropped, warning string
		inside, depth            int64
	}{
		{`{}`, "base without a place", "1 bases are not points", 3, 1},
		{`{"bases":[3]}`, "base without a place", "No base has a place", 0, 0},
		{`{"bases":[5]}`, "", "drawn as the whole earth", 3, 1},
	} {
		r, err := execute(t, w, c.inputs)
		if err != nil {
			t.Errorf("%s: %v", c.inputs, err)
			continue
		}
		if (r.Dropped["base without a place"] == 1) != (c.dropped != "") {
			t.Errorf("%s: dropped %v", c.inputs, r.Dropped)
		}
		if !strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), c.warning) {
			t.Errorf("%s: %q", c.inputs, r.Warnings)
		}
		if n := r.Output["collections"].List()[0].Record()["inside"].Int(); n != c.inside {
			t.Errorf("%s: %d inside", c.inputs, n)
		}
		if n := property(r.Output["union"], "max_depth").Int(); n != c.depth {
			t.Errorf("%s: %d rings over one place", c.inputs, n)
		}
		if bad := shape.Validate(geometryOf(r.Output["union"])); bad != nil {
			t.Errorf("%s: %v", c.inputs, bad)
		}
	}
}

// TestNumbersAndShapesAgree: what is counted lies in the shapes, and what is
// not does not, but for places closer to a rim than it is drawn.
func TestNumbersAndShapesAgree(t *testing.T) {
	rng := randtest.New(t, 1)
	for range 5 {
		var stored []geo.Feature
		for range 1 + rng.IntN(15) {
			stored = append(stored, base("b", "open", 20+rng.Float64()*80, randomPoint(rng)))
		}
		var places []geo.Feature
		for range 300 {
			if p := randomPoint(rng); !nearRim(p, stored) {
				places = append(places, place("p", 1, p))
			}
		}
		bases := layertest.Build(t, baseSchema, stored...)
		w := process.World{Snapshot: layer.NewSnapshot("test", []*layer.Layer{bases, layertest.Build(t, placeSchema, places...)}, nil, []layer.Moment{{Version: 1, At: 5}})}
		r, err := execute(t, w, `{}`)
		if err != nil {
			t.Fatal(err)
		}
		sums := r.Output["collections"].List()[0].Record()
		once, twice := int64(0), int64(0)
		for _, p := range places {
			if measure.Inside(p.Geometry.(orb.Point), geometryOf(r.Output["union"])) {
				once++
			}
			if o := features(r.Output["overlap"]); len(o) > 0 && measure.Inside(p.Geometry.(orb.Point), geometryOf(o[0])) {
				twice++
			}
		}
		if once != sums["inside"].Int() || once-twice != sums["only_one"].Int() {
			t.Errorf("%d in the union and %d in the overlap; counted: %d inside, %d of one base", once, twice, sums["inside"].Int(), sums["only_one"].Int())
		}
	}
}

// nearRim reports whether p is closer to a base's rim than it is drawn.
func nearRim(p orb.Point, bases []geo.Feature) bool {
	return slices.ContainsFunc(bases, func(b geo.Feature) bool {
		r := b.Values[2].Float() * 1000
		return math.Abs(measure.Distance(p, b.Geometry.(orb.Point))-r) < r*2*shape.DrawnShare
	})
}

func TestBadShapes(t *testing.T) {
	for body, where := range map[string]string{
		`{"places":[{"type":"Point","coordinates":[1,2]}]}`:                                          "radius_m",
		`{"radius_m":5,"places":[{"type":"LineString","coordinates":[[1,2],[3,4]]}]}`:                "places",
		`{"radius_m":5,"places":[{"type":"Point","coordinates":[1,200]}]}`:                           "places",
		`{"radius_m":5,"places":[null]}`:                                                             "places",
		`{"radius_m":5,"places":["POINT(1 2)"]}`:                                                     "places",
		`{"radius_m":5,"within":{"type":"Point","coordinates":[1,2]}}`:                               "within",
		`{"radius_m":5,"within":{"type":"Polygon","coordinates":[[[0,0],[4,4],[4,0],[0,4],[0,0]]]}}`: "within",
	} {
		_, err := execute(t, world(t), body)
		if e, ok := err.(*geo.Error); !ok || e.Code != geo.Invalid || e.Where != where {
			t.Errorf("%s: %v", body, err)
		}
	}
}
