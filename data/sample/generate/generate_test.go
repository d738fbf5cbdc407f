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
		{"the same road twice", "roads.csv", "RN6-2,", "RN6-1,", `two records have the id "route:ML/RN6-1"`},
		{"role without a kind", "bases_2018.csv", "Company camp", "Observatory", `no kind of base is known for "Observatory"`},
		{"base without a place", "bases_2018.csv", "12.65,-8.00", ",", `"" is not a longitude`},
		{"NaN", "bases_2018.csv", "12.65,-8.00", "NaN,-8.00", `"NaN" is not a latitude`},
		{"headquarters nowhere", "missions.csv", "MINUSMA/Bamako", "MINUSMA/Paris", `no base or town "MINUSMA/Paris"`},
		{"ragged row", "towns.csv", "Zorgo,BF", "Zorgo", "wrong number of fields"},
		{"population in words", "towns.csv", "23892", "many", `population: "many" is not a whole number`},
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
