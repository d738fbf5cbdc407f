package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

var inputs = os.DirFS("../inputs")

func TestGenerateGivesTheCommittedBytes(t *testing.T) {
	files, err := Generate(inputs)
	if err != nil {
		t.Fatal(err)
	}
	committed, err := filepath.Glob("../world/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(committed) != len(files) {
		t.Errorf("%d files committed, %d generated", len(committed), len(files))
	}
	for name, data := range files {
		old, err := os.ReadFile(filepath.Join("../world", name))
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(data, old) {
			t.Errorf("%s differs from the committed file: run go generate ./data/sample", name)
		}
	}
}

func TestGenerateIsDeterministic(t *testing.T) {
	first, err := Generate(inputs)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again, err := Generate(inputs)
		if err != nil {
			t.Fatal(err)
		}
		for name := range first {
			if !bytes.Equal(first[name], again[name]) {
				t.Fatalf("%s came out twice in two ways", name)
			}
		}
	}
}

var inputFiles = []string{
	"missions.csv", "bases_2018.csv", "towns.csv", "road_places.csv", "roads.csv",
	"areas.csv", "waters.csv", "centroids.csv", "hotspots.csv", "attacks.csv", "strengths.csv",
	"corridors.csv", "itineraries.csv",
}

// The inputs of a fault test: the committed ones with one file changed.
func inputsWith(t *testing.T, file, from, to string) fstest.MapFS {
	t.Helper()
	changed := fstest.MapFS{}
	for _, name := range inputFiles {
		data, err := os.ReadFile(filepath.Join("../inputs", name))
		if err != nil {
			t.Fatal(err)
		}
		if name == file {
			if !bytes.Contains(data, []byte(from)) {
				t.Fatalf("%s holds no %q to change", file, from)
			}
			data = bytes.Replace(data, []byte(from), []byte(to), 1)
		}
		changed[name] = &fstest.MapFile{Data: data}
	}
	return changed
}

func TestGenerateNamesTheFault(t *testing.T) {
	for _, tt := range []struct{ desc, file, from, to, want string }{
		{"unknown town on a road", "roads.csv", "Bamako > -7.74", "Bamaco > -7.74", `generate: roads.csv line 2: course: no place is called "Bamaco"`},
		{"name of two places", "roads.csv", "geonames:2458623", "Diré", `several places are called "Diré"; write the source id`},
		{"course of one place", "roads.csv", "Sévaré > Mopti", "Sévaré", `not a course of two places or more`},
		{"bend off the earth", "roads.csv", "-7.4 12.67", "-7.4 92.67", `"92.67" is not a latitude`},
		{"day of no calendar", "roads.csv", "2018-08-20", "2018-02-30", `verified: "2018-02-30" is not a day`},
		{"speed in words", "roads.csv", "all,70", "all,fast", `speed_kmh: "fast" is not a whole number`},
		{"the same road twice", "roads.csv", "RN6-2,", "RN6-1,", `two roads have the id "RN6-1"`},
		{"role without a kind", "bases_2018.csv", "Company camp", "Observatory", `no kind of base is known for "Observatory"`},
		{"base without a place", "bases_2018.csv", "12.65,-8.00", ",", `"" is not a longitude`},
		{"NaN", "bases_2018.csv", "12.65,-8.00", "NaN,-8.00", `"NaN" is not a latitude`},
		{"headquarters nowhere", "missions.csv", "MINUSMA/Bamako", "MINUSMA/Paris", `no base or town "MINUSMA/Paris"`},
		{"ragged row", "towns.csv", "Zorgo,BF", "Zorgo", "wrong number of fields"},
		{"population in words", "towns.csv", "23892", "many", `population: "many" is not a whole number`},
		{"hotspot on no road", "hotspots.csv", "RN19-1,Aguelhok", "RN91-1,Aguelhok", `hotspots.csv line 2: route: no road "RN91-1"`},
		{"hotspot nowhere", "hotspots.csv", "RN19-1,Aguelhok", "RN19-1,Agelhok", `at: no place is called "Agelhok"`},
		{"weight in words", "hotspots.csv", "14,0.62", "wide,0.62", `spread_km: "wide" is not a number`},
		{"outline of two places", "areas.csv", "27.83 10.17 > 27.84 9.61 > 28 9.33 > 28.84 9.32 > 29 9.6 > 29 10.17", "1 2 > 3 4", "not an outline of three places or more"},
		{"thirteenth month", "areas.csv", "6 7 8 9,Africa/Bamako", "6 7 13,Africa/Bamako", `wet_months: "13" is not a month`},
		{"convoy on no road", "itineraries.csv", "RN18-1 RN18-2", "RN18-1 RN81-2", `legs: no road "RN81-2"`},
		{"leg on two roads", "itineraries.csv", "RN18-1 RN18-2", "RN18-1 RN17-1", "RN17-1 is not a section of RN18; write a leg for each road"},
		{"corridor of one place", "corridors.csv", "28.58 9.36 > 28.43 9.6 > 28.41 10.04", "28.58 9.36", "not a way through two places or more"},
		{"attacks to no day", "attacks.csv", "2016-01-01,2018-09-30", "2016-01-01,2018-09-31", `to: "2018-09-31" is not a day`},
		{"lost column", "road_places.csv", "kind", "sort", "no column kind"},
	} {
		_, err := Generate(inputsWith(t, tt.file, tt.from, tt.to))
		if err == nil || !bytes.Contains([]byte(err.Error()), []byte(tt.want)) {
			t.Errorf("%s: error %v, want %q in it", tt.desc, err, tt.want)
		}
	}
	if _, err := Generate(fstest.MapFS{}); err == nil {
		t.Error("no inputs: no error")
	}
}
