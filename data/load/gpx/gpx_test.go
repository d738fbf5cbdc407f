package gpx

import (
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/load/record"
	"bivouac/data/load/record/recordtest"
	"bivouac/geo"
)

const whole = `<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1" xmlns:g="urn:x"><metadata><name>Patrol</name></metadata>
<wpt lat="16.27" lon="-0.04"><ele>261.5</ele><time>2019-01-02T03:04:05Z</time><name>Gao</name><link href="http://x/y"><text>z</text></link><sym>Flag</sym><extensions><g:a><g:temp>41</g:temp></g:a></extensions></wpt>
<wpt lat="1" lon="2"/>
<rte><name>RN17</name><rtept lat="1" lon="2"/><rtept lat="3" lon="4"><ele>5</ele></rtept></rte>
<trk><name>12</name><trkseg><trkpt lat="1" lon="2"><ele>1</ele><time>2019-01-02T03:00:00Z</time></trkpt><trkpt lat="3" lon="4"><ele>2</ele></trkpt></trkseg>
<trkseg><trkpt lat="9" lon="9"><ele>7</ele></trkpt></trkseg>
<trkseg><trkpt lat="5" lon="6"/><trkpt lat="7" lon="8"><ele>4</ele><time>2019-01-02T04:00:00Z</time></trkpt></trkseg></trk>
</gpx>`

func read(text, layer string) (records []record.Record, values []map[string]string, warnings []string, err error) {
	r := Open(io.NopCloser(strings.NewReader(text)), layer)
	records, err = recordtest.Read(r)
	return records, recordtest.Named(r, records), geo.Texts(r.Warnings()), err
}

func same(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) })
}

func TestLayers(t *testing.T) {
	if names, err := Layers(strings.NewReader(whole)); err != nil || !slices.Equal(names, []string{Waypoints, Routes, Tracks}) {
		t.Errorf("%v, %v", names, err)
	}
	nan := math.NaN()
	for _, c := range []struct {
		layer  string
		want   []orb.Geometry
		z      []float64 // of the first
		values map[string]string
	}{
		{Waypoints, []orb.Geometry{orb.Point{-0.04, 16.27}, orb.Point{2, 1}}, []float64{261.5}, map[string]string{"time": "2019-01-02T03:04:05Z", "name": "Gao", "link": "http://x/y", "sym": "Flag", "temp": "41"}},
		{Routes, []orb.Geometry{orb.LineString{{2, 1}, {4, 3}}}, []float64{nan, 5}, map[string]string{"name": "RN17"}},
		{Tracks, []orb.Geometry{orb.MultiLineString{{{2, 1}, {4, 3}}, {{6, 5}, {8, 7}}}}, []float64{1, 2, nan, 4}, map[string]string{"name": "12", "begin": "2019-01-02T03:00:00Z", "end": "2019-01-02T04:00:00Z"}},
	} {
		got, values, warnings, err := read(whole, c.layer)
		if err != nil || len(got) != len(c.want) {
			t.Fatalf("%s: %+v, %v", c.layer, got, err)
		}
		for i := range got {
			if !reflect.DeepEqual(got[i].Geometry, c.want[i]) {
				t.Errorf("%s: %v, want %v", c.layer, got[i].Geometry, c.want[i])
			}
		}
		if !same(got[0].Z, c.z) || !reflect.DeepEqual(values[0], c.values) {
			t.Errorf("%s: %v %v", c.layer, got[0].Z, values[0])
		}
		if told := len(warnings) == 1 && strings.HasSuffix(warnings[0], "left out: 1"); told != (c.layer == Tracks) {
			t.Errorf("%s: warnings %v", c.layer, warnings)
		}
	}
}

func TestBroken(t *testing.T) {
	for _, c := range []struct{ desc, text, layer, want string }{
		{"cut off in a track", whole[:len(whole)-60], Tracks, "is cut off at line"},
		{"cut off in a way point", whole[:300], Waypoints, "is cut off at line"},
		{"a decimal comma", `<gpx><wpt lat="1,5" lon="2"/></gpx>`, Waypoints, `refused: a point at lat="1,5" lon="2" is no place`},
		{"no latitude", `<gpx><trk><trkseg><trkpt lon="2"/></trkseg></trk></gpx>`, Tracks, `refused: a point at lat="" lon="2" is no place`},
		{"no elevation", `<gpx><wpt lat="1" lon="2"><ele>high</ele></wpt></gpx>`, Waypoints, `refused: "high" is no elevation; write metres`},
		{"one point", `<gpx><rte><rtept lat="1" lon="2"/></rte></gpx>`, Routes, "refused: has no two points that follow one another"},
		{"deep in itself", `<gpx><wpt lat="1" lon="2">` + strings.Repeat("<a>", 300), Waypoints, "too deep in itself"},
	} {
		got, _, _, err := read(c.text, c.layer)
		if text := recordtest.Said(got, err); !strings.Contains(text, c.want) {
			t.Errorf("%s: %.200s, want %s", c.desc, text, c.want)
		}
	}
	if got, _, _, err := read(`<gpx><trk><name>a</name></trk></gpx>`, Tracks); err != nil || len(got) != 1 || got[0].Geometry != nil || got[0].ID != "" {
		t.Errorf("a track without points: %+v, %v", got, err)
	}
}

func FuzzGPX(f *testing.F) {
	f.Add(whole, 0)
	f.Add(whole, 1)
	f.Add(whole, 2)
	f.Fuzz(func(t *testing.T, text string, layer int) {
		names := []string{Waypoints, Routes, Tracks}
		if _, err := Layers(strings.NewReader(text)); geo.CodeOf(err) == geo.Internal {
			t.Fatalf("%v is not an error for people", err)
		}
		_, _, _, err := read(text, names[uint(layer)%3])
		if geo.CodeOf(err) == geo.Internal {
			t.Fatalf("%v is not an error for people", err)
		}
	})
}
