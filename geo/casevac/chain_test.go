package casevac

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// The places of data/bases_2018.csv.
var (
	gao      = orb.Point{-0.04, 16.27}
	kidal    = orb.Point{1.41, 18.44}
	timbuktu = orb.Point{-3.01, 16.77}
	menaka   = orb.Point{2.40, 15.92}
	ansongo  = orb.Point{0.50, 15.66}
	tessalit = orb.Point{1.01, 20.20}
	aguelhok = orb.Point{0.86, 19.46}
	bamako   = orb.Point{-8.00, 12.65}
)

// helicopter is that of TEST K: launch 15 by day and 30 by night, load 10,
// offload 5, 220 km/h.
func helicopter(base string, at orb.Point) Asset {
	return Asset{Base: base, Kind: Helicopter, At: at, Count: 1, NoticeDayMin: 15, NoticeNightMin: 30, CruiseKMH: 220, RangeKM: math.NaN(), EnduranceH: math.NaN(), LoadMin: 10, OffloadMin: 5, Patients: 4, Night: true}
}

func hospital(name string, at orb.Point) Facility {
	return Facility{Name: name, At: at, Level: "L2", Surgeries: 3, Beds: 20, Helipad: true}
}

func clinic(name string, at orb.Point) Facility {
	return Facility{Name: name, At: at, Level: "L1", Surgeries: math.NaN(), Beds: 5, Helipad: true}
}

// bare are the parameters of TEST K, by air alone.
func bare() Params {
	p := Defaults()
	p.NotifyMin, p.Road, p.Mixed = 0, false, false
	return p
}

func cover(t testing.TB, f []Facility, a []Asset, p Params) *Cover {
	t.Helper()
	c, err := New(context.Background(), f, a, nil, p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestRadius holds TEST K: within two hours a helicopter at its hospital
// fetches from 165 km with 15 minutes of notice, from 137.5 km with 30.
func TestRadius(t *testing.T) {
	for _, c := range []struct {
		desc  string
		night bool
		km    float64
	}{{"by day", false, 165}, {"by night", true, 137.5}} {
		p := bare()
		p.Night = func(orb.Point) bool { return c.night }
		k := cover(t, []Facility{hospital("Gao", gao)}, []Asset{helicopter("Gao", gao)}, p)
		for bearing := 0.0; bearing < 360; bearing += 15 {
			inside, _ := measure.Direct(gao, bearing, c.km*1000-1)
			outside, _ := measure.Direct(gao, bearing, c.km*1000+1)
			for _, at := range []struct {
				p    orb.Point
				want bool
			}{{inside, true}, {outside, false}} {
				chain, err := k.Chain(context.Background(), at.p)
				if err != nil {
					t.Fatal(err)
				}
				if got := chain.Stages.Surgery.Millis <= minutes(120); got != at.want {
					t.Errorf("%s, bearing %v: surgery after %d ms", c.desc, bearing, chain.Stages.Surgery.Millis)
				}
			}
		}
	}
}

// TestDistances holds those of TEST K, and what follows: from Gao and Kidal,
// Tessalit and Menaka are not brought to surgery in two hours.
func TestDistances(t *testing.T) {
	for _, c := range []struct {
		a, b orb.Point
		km   float64
	}{
		{gao, kidal, 285.35}, {gao, timbuktu, 321.84}, {gao, menaka, 263.90}, {gao, ansongo, 88.87}, {kidal, tessalit, 199.31}, {kidal, aguelhok, 126.90}, {bamako, gao, 946.88},
	} {
		if got := apart(c.a, c.b) / 1000; math.Abs(got-c.km) > 0.005 {
			t.Errorf("%v to %v: %.3f km, want %v", c.a, c.b, got, c.km)
		}
	}
	k := cover(t, []Facility{hospital("Gao", gao), hospital("Kidal", kidal), clinic("Tessalit", tessalit), clinic("Menaka", menaka), clinic("Aguelhok", aguelhok), clinic("Ansongo", ansongo)},
		[]Asset{helicopter("Gao", gao), helicopter("Kidal", kidal)}, bare())
	for _, c := range []struct {
		name string
		at   orb.Point
		want Outcome
		km   float64 // from the helicopter that comes
	}{
		{"Tessalit", tessalit, SurgeryLate, 199.31}, {"Menaka", menaka, SurgeryLate, 263.90}, {"Aguelhok", aguelhok, InTime, 126.90}, {"Ansongo", ansongo, InTime, 88.87}, {"Gao", gao, InTime, 0},
	} {
		chain, err := k.Chain(context.Background(), c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := k.Outcome(&chain.Stages); got != c.want && !(c.want == InTime && got == Apart) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		want := minutes(15 + 10 + 5 + 2*c.km/220*60)
		if c.km == 0 {
			want = 0
		}
		if got := chain.Stages.Surgery.Millis; math.Abs(float64(got)-float64(want)) > 2*0.005/220*3600e3+2 {
			t.Errorf("%s: surgery after %d ms, want %d", c.name, got, want)
		}
	}
}

func ExampleCover_Chain() {
	c, _ := New(context.Background(), []Facility{hospital("Gao", gao)}, []Asset{helicopter("Gao", gao)}, nil, bare())
	chain, _ := c.Chain(context.Background(), ansongo)
	for _, l := range chain.Legs[Surgery] {
		fmt.Printf("%-7s %3.0f km %5.1f to %5.1f min\n", l.What, l.Metres/1000, float64(l.Start)/60_000, float64(l.End)/60_000)
	}
	// Output:
	// notice    0 km   0.0 to  15.0 min
	// fly      89 km  15.0 to  39.2 min
	// load      0 km  39.2 to  49.2 min
	// fly      89 km  49.2 to  73.5 min
	// unload    0 km  73.5 to  78.5 min
}
