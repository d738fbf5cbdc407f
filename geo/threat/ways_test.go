package threat_test

import (
	"context"
	"math"
	"testing"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/threat"
)

// patrolled is a crossing of roads of three lengths with incidents on both roads, and patrols on R.
func patrolled(t testing.TB) process.World {
	var incidents, movements []geo.Feature
	for n := range 30 {
		incidents = append(incidents, incident(at(float64(n%9)*1000, 20), 3*n))
		movements = append(movements, movement(3*n, "R", geo.Float(20)))
	}
	incidents = append(incidents, incident(at(10_000, 3000), 5))
	roads := []geo.Feature{road("R", geo.Unclassified, at(0, 0), at(10_000, 0), at(22_000, 0)), road("S", geo.Unclassified, at(10_000, 0), at(10_000, 5000))}
	return world(t, roadsLayer(t, roads...), incidentsLayer(t, incidents...), movementsLayer(t, movements...))
}

// TestRatedIsRouteThreat holds the danger along each whole section against what
// route-threat says of it, with its interval.
func TestRatedIsRouteThreat(t *testing.T) {
	w := patrolled(t)
	rated, err := threat.RateRoads(context.Background(), w, geo.Values{})
	if err != nil {
		t.Fatal(err)
	}
	sections, _ := ranking(t, w, `{}`)
	compared := 0
	for segment := range int32(w.Network().Segments()) {
		km := rated.Along([]threat.Stretch{{Segment: segment, To: 1}})
		for _, s := range sections {
			length := s["length_km"].Float()
			if math.Abs(length-w.Network().Metres(segment)/1000) > 1e-6 {
				continue
			}
			compared++
			got := rated.Yearly(km)
			for name, v := range map[string]float64{"per_km_year": got.Mean, "per_km_year_lower": got.Lower, "per_km_year_upper": got.Upper} {
				if want := length * s[name].Float(); math.Abs(v-want) > 1e-6*want {
					t.Errorf("%s: %s is %v, route-threat says %v", s["road"], name, v, want)
				}
			}
			drive, ok := rated.Driving(km)
			if driven := s["per_1000_km"]; !ok || !driven.Null() && math.Abs(drive.Mean-length*driven.Float()/1000) > 1e-9 {
				t.Errorf("%s: %v where one drives, route-threat says %v", s["road"], drive, driven)
			}
		}
	}
	if compared != 3 {
		t.Errorf("%d of 3 sections were compared", compared)
	}
}

// TestDangerAddsUp: the parts of a way add up to the whole, and twice
// a way is twice as dangerous; and it is what Risk makes of the arcs.
func TestDangerAddsUp(t *testing.T) {
	w := patrolled(t)
	rated, err := threat.RateRoads(context.Background(), w, geo.Values{})
	if err != nil {
		t.Fatal(err)
	}
	var whole []threat.Stretch
	var each []threat.Kilometres
	var twice []float64
	sum := 0.0
	for s := range int32(w.Network().Segments()) {
		one := rated.Along([]threat.Stretch{{Segment: s, From: 0.25, To: 1}, {Segment: s, From: 0.25, To: 0}})
		sum += rated.Yearly(one).Mean
		whole = append(whole, threat.Stretch{Segment: s, From: 1, To: 0})
		each, twice = append(each, rated.Along([]threat.Stretch{{Segment: s, To: 1}})), append(twice, 2)
	}
	all := rated.Along(whole)
	got, double := rated.Yearly(all), rated.Yearly(rated.Sum(each, twice))
	if math.Abs(got.Mean-sum) > 1e-9 || math.Abs(double.Mean-2*got.Mean) > 1e-9 || math.Abs(double.Upper-2*got.Upper) > 1e-9 {
		t.Errorf("%v, in parts %v, twice %v", got, sum, double)
	}
	perArc, relative, _, _, err := threat.Risk(context.Background(), w, geo.Values{})
	if err != nil || relative {
		t.Fatal(relative, err)
	}
	want := 0.0
	for s := range int32(w.Network().Segments()) {
		forward, _ := w.Network().Along(s)
		want += perArc[forward]
	}
	if drive, ok := rated.Driving(all); !ok || math.Abs(drive.Mean-want) > 1e-9 {
		t.Errorf("to drive all roads %v, by Risk %v", drive, want)
	}
}

// TestRatesBeyondWhatIsDrawn: roads that make more sections than route-threat draws
// are rated all the same.
func TestRatesBeyondWhatIsDrawn(t *testing.T) {
	w := patrolled(t)
	in := geo.Values{threat.LongestInput: geo.Float(0.0002)}
	p := threat.Process()
	if _, err := p.Execute(context.Background(), w, geo.Values{threat.LongestInput: in[threat.LongestInput]}, nil); geo.CodeOf(err) != geo.TooLarge {
		t.Fatalf("route-threat draws so many sections: %v", err)
	}
	rated, err := threat.RateRoads(context.Background(), w, in)
	if err != nil {
		t.Fatal(err)
	}
	var whole []threat.Stretch
	for s := range int32(w.Network().Segments()) {
		whole = append(whole, threat.Stretch{Segment: s, To: 1})
	}
	km := rated.Along(whole)
	if len(km) < 100_000 {
		t.Errorf("%d sections", len(km))
	}
	if d := rated.Yearly(km); !(d.Mean > 0 && d.Lower > 0 && d.Upper > d.Mean) {
		t.Errorf("%v incidents a year are to be expected there", d)
	}
	risk, _, _, _, err := threat.Risk(context.Background(), w, in)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, r := range risk {
		sum += r
	}
	if d, _ := rated.Driving(km); math.Abs(sum-2*d.Mean) > 1e-9*sum { // both ways
		t.Errorf("the arcs have %v incidents to expect, the sections twice %v", sum, d.Mean)
	}
	in[threat.LongestInput] = geo.Float(1e-9)
	if _, _, _, _, err := threat.Risk(context.Background(), w, in); geo.CodeOf(err) != geo.TooLarge {
		t.Errorf("sections of a micrometre: %v", err)
	}
}

func TestRateRoadsRefuses(t *testing.T) {
	w := patrolled(t)
	for _, c := range []struct {
		desc  string
		world process.World
		in    geo.Values
		code  geo.Code
	}{
		{"no roads", process.World{Snapshot: w.WithNetwork(nil), Reader: w.Reader}, geo.Values{}, geo.Conflict},
		{"no such input", w, geo.Values{"colour": geo.Int(1)}, geo.Invalid},
	} {
		if _, err := threat.RateRoads(context.Background(), c.world, c.in); geo.CodeOf(err) != c.code {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}
