// Command generate makes the demonstration world of package sample: which
// missions, bases, assets, places and routes does a newcomer see?
//
// It reads the tables of the inputs folder, turns their texts into the fields
// of the built-in collections, and writes one GeoJSON file a collection. The
// same inputs give the same bytes; a test holds the committed world to that.
// Run it by go generate in the folder above.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

func main() {
	if err := run("inputs", "world"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(inputs, world string) error {
	files, err := Generate(os.DirFS(inputs))
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(world, name), data, 0o644); err != nil {
			return fmt.Errorf("generate: %w", err)
		}
	}
	return nil
}

// Generate returns the files of the world by name, made of the tables in
// inputs and of nothing else: no clock, no network, and only the chance that a fixed seed gives. An error names
// the file and the line that is at fault.
func Generate(inputs fs.FS) (map[string][]byte, error) {
	t, err := readTables(inputs)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, subject := range []struct {
		id   string
		fill func(*collection, *tables) error
	}{
		{"missions", addMissions},
		{"areas", addAreas},
		{"places", addPlaces},
		{"bases", addBases},
		{"assets", addAssets},
		{"incidents", addIncidents},
		{"reports", addReports},
		{"hazards", addHazards},
		{"corridors", addCorridors},
		{"routes", addRoutes},
		{"movements", addMovements},
	} {
		c, err := newCollection(subject.id)
		if err != nil {
			return nil, err
		}
		if err := subject.fill(c, t); err != nil {
			return nil, err
		}
		files[subject.id+".geojson"] = c.bytes()
	}
	return files, nil
}
