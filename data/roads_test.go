package data_test

import (
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/data/gpkg"
	"bivouac/data/schema"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
)

// routes changes records of the built-in routes.
func routes(t *testing.T, s *data.Store, op geo.Op, key geo.Key, status string, line orb.LineString) geo.Key {
	t.Helper()
	schema, _ := schema.Named("routes")
	f := geo.Feature{Key: key, Values: make([]geo.Value, len(schema.Fields))}
	if line != nil {
		f.Geometry = line
	}
	f.Values[schema.Field("status")] = geo.String(status)
	receipt, err := s.Apply(t.Context(), geo.Batch{Changes: []geo.Change{{Collection: "routes", Op: op, Feature: f}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(receipt.Keys) > 0 {
		return receipt.Keys[0]
	}
	return key
}

// kilometres returns how far it is by road from 0 0 to 1 0, 0 for no way.
func kilometres(t *testing.T, snap *layer.Snapshot) float64 {
	t.Helper()
	if snap.Network() == nil {
		return 0
	}
	travel := snap.Network().Travel(network.Conditions{Profile: network.Profiles()[0]})
	from, ok := travel.Snap(orb.Point{0, 0}, 1000, travel.Open)
	to, ok2 := travel.Snap(orb.Point{1, 0}, 1000, travel.Open)
	if !ok || !ok2 {
		return 0
	}
	path, _ := travel.Path(from, to)
	long := 0.0
	for step := range travel.Steps(path) {
		long += step.Metres / 1000
	}
	return float64(int(long))
}

// TestRoads closes, opens, moves and removes roads, and holds that each Version
// has the ways of its own state, former ones too, and after opening anew.
func TestRoads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roads.gpkg")
	open := func(make func() (*gpkg.File, error)) (*data.Store, *gpkg.File) {
		file, err := make()
		if err != nil {
			t.Fatal(err)
		}
		s, err := data.Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		return s, file
	}
	s, file := open(func() (*gpkg.File, error) { return gpkg.Create(t.Context(), path) })
	if _, err := s.Apply(t.Context(), geo.Batch{Schemas: schema.Builtin()}); err != nil {
		t.Fatal(err)
	}
	straight, round := orb.LineString{{0, 0}, {1, 0}}, orb.LineString{{0, 0}, {0.5, 0.5}, {1, 0}}
	short := routes(t, s, geo.Add, 0, "open", straight)
	if s.Snapshot().Network() != nil {
		t.Error("a graph was made before anybody asked for it")
	}
	s.KeepRoads()
	var graphs []*network.Graph
	want := map[geo.Version]float64{}
	note := func(long float64) {
		t.Helper()
		snap := s.Snapshot()
		want[snap.Version] = long
		graphs = append(graphs, snap.Network())
		if got := kilometres(t, snap); got != long {
			t.Errorf("version %d: %v km, want %v", snap.Version, got, long)
		}
	}
	note(111)
	routes(t, s, geo.Add, 0, "open", round)
	note(111)
	routes(t, s, geo.Replace, short, "closed", straight)
	note(156)
	routes(t, s, geo.Replace, short, "open", straight)
	note(111)
	routes(t, s, geo.Replace, short, "open", orb.LineString{{0, 0}, {0.5, 0.1}, {1, 0}})
	note(113)
	routes(t, s, geo.Remove, short, "", nil)
	note(156)
	if _, err := s.Apply(t.Context(), geo.Batch{Docs: []geo.Doc{{Kind: "note", ID: "a", Body: []byte("{}")}}}); err != nil {
		t.Fatal(err)
	}
	note(156)
	if last := len(graphs) - 1; graphs[last] != graphs[last-1] {
		t.Error("a document made another graph")
	}
	checkFormer(t, s, want)
	s.Close()
	file.Close()
	s, file = open(func() (*gpkg.File, error) { return gpkg.Open(t.Context(), path) })
	defer file.Close()
	s.KeepRoads()
	if got := kilometres(t, s.Snapshot()); got != 156 {
		t.Errorf("opened anew: %v km", got)
	}
	checkFormer(t, s, want)
}

func checkFormer(t *testing.T, s *data.Store, want map[geo.Version]float64) {
	t.Helper()
	for v, long := range want {
		snap, err := s.AsOf(t.Context(), v)
		if err != nil {
			t.Fatal(err)
		}
		if got := kilometres(t, snap); got != long {
			t.Errorf("version %d asked later: %v km, want %v", v, got, long)
		}
	}
}
