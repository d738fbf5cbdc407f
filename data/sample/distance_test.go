package sample

import (
	"math"
	"testing"

	"bivouac/geo/measure"
)

// The distances between bases that the medical examples rest on, in km on the
// WGS84 ellipsoid, each published to 10 m.
func TestKnownDistances(t *testing.T) {
	bases := byID(t, "bases")
	for _, tt := range []struct {
		from, to string
		km       float64
	}{
		{"Gao", "Kidal", 285.35},
		{"Gao", "Timbuktu", 321.84},
		{"Gao", "Menaka", 263.90},
		{"Gao", "Ansongo", 88.87},
		{"Kidal", "Tessalit", 199.31},
		{"Kidal", "Aguelhok", 126.90},
		{"Bamako", "Gao", 946.88},
	} {
		a, b := bases["MINUSMA/"+tt.from], bases["MINUSMA/"+tt.to]
		if got := measure.Distance(a.point(t), b.point(t)) / 1000; math.Abs(got-tt.km) > 0.005 {
			t.Errorf("%s - %s: %.3f km, want %.2f", tt.from, tt.to, got, tt.km)
		}
	}
}

// A road is longer than the crow flies and, through a country of deserts and
// one great river, never twice as long.
func TestRoadsAreNoLongerThanRoadsAre(t *testing.T) {
	for id, line := range courses(t) {
		along := 0.0
		for i := 1; i < len(line); i++ {
			step := measure.Distance(line[i-1], line[i])
			if along += step; step > 260_000 {
				t.Errorf("%s: %.0f km from %v to %v without a vertex", id, step/1000, line[i-1], line[i])
			}
		}
		if crow := measure.Distance(line[0], line[len(line)-1]); along > 2*crow {
			t.Errorf("%s: %.0f km along and %.0f km straight", id, along/1000, crow/1000)
		}
	}
}

// Every base of the mission whose roads these are can be driven to.
func TestBasesOfMaliStandOnRoads(t *testing.T) {
	g := roads(t, everyRoad)
	for id, b := range byID(t, "bases") {
		if b.text("mission") != "MINUSMA" {
			continue
		}
		nearest := math.Inf(1)
		for p := range g {
			nearest = min(nearest, measure.Distance(b.point(t), p))
		}
		if nearest > 3000 {
			t.Errorf("%s is %.1f km from the nearest vertex of a road", id, nearest/1000)
		}
	}
}
