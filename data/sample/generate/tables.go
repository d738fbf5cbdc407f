package main

import (
	"io/fs"

	"github.com/paulmach/orb"
)

// tables are the inputs, read and looked through once.
type tables struct {
	missions    []*line
	bases       []base
	towns       []town
	roadPlaces  []roadPlace
	roadLines   []*line
	areas       []area
	waters      []orb.Polygon
	centroids   []centroid
	hotspots    []focus
	profiles    []profile
	strengths   []strength
	corridors   []corridor
	itineraries []itinerary

	points    map[string]orb.Point // of bases and towns, by source id
	gazetteer *gazetteer
	roads     map[string]*road // by id
	ground    *land
	incidents []*incident // once they have happened
}

func readTables(inputs fs.FS) (*tables, error) {
	t := &tables{points: map[string]orb.Point{}}
	for _, read := range []func(fs.FS) error{
		t.readMissions, t.readBases, t.readTowns, t.readRoadPlaces, t.readRoads,
		t.readAreas, t.readWaters, t.readCentroids, t.readHotspots, t.readAttacks, t.readStrengths, t.readCorridors, t.readItineraries,
	} {
		if err := read(inputs); err != nil {
			return nil, err
		}
	}
	t.ground = t.land()
	for _, b := range t.bases {
		t.points[b.id()] = b.point
	}
	for _, town := range t.towns {
		t.points[town.id()] = town.point
	}
	return t, nil
}

func (t *tables) readMissions(inputs fs.FS) (err error) {
	t.missions, err = readLines(inputs, "missions.csv")
	return err
}

func (t *tables) readRoads(inputs fs.FS) (err error) {
	if t.roadLines, err = readLines(inputs, "roads.csv"); err != nil {
		return err
	}
	return t.layRoads()
}

// readAs reads a file and makes one T of each line.
func readAs[T any](inputs fs.FS, file string, parse func(*line) T) ([]T, error) {
	lines, err := readLines(inputs, file)
	if err != nil {
		return nil, err
	}
	all := make([]T, 0, len(lines))
	for _, l := range lines {
		v := parse(l)
		if l.fault != nil {
			return nil, l.fault
		}
		all = append(all, v)
	}
	return all, nil
}
