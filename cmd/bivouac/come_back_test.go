package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/load"
	"bivouac/geo"
	"bivouac/geo/staging"
)

// trip takes records out of a store by the command of users and back in.
type trip struct {
	t     *testing.T
	world *world
	dir   string
}

// newTrip is to the sample world with records that were drawn in the page: they
// have no id of a sender.
func newTrip(t *testing.T) trip {
	t.Helper()
	ctx := context.Background()
	w, err := openStore(ctx, console{io.Discard, io.Discard}, sampleStore(t))
	if err == nil {
		err = w.openImports()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.close() })
	drawn := func(collection string, at orb.Geometry, z []float64) geo.Change {
		return geo.Change{Collection: collection, Op: geo.Add, Feature: geo.Feature{Geometry: at, Z: z}}
	}
	_, err = w.store.Apply(ctx, geo.Batch{Changes: []geo.Change{
		drawn("bases", orb.Point{-4, 17}, nil), drawn("bases", orb.Point{-4, 17}, nil), drawn("bases", nil, nil), drawn("reports", orb.Point{1, 2}, []float64{300}),
		{Collection: "bases", Op: geo.Remove, Feature: geo.Feature{Key: 2}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return trip{t, w, t.TempDir()}
}

// out writes a collection to a file.
func (p trip) out(collection, name string) string {
	p.t.Helper()
	k := exportCmd{From: collection, Output: filepath.Join(p.dir, name)}
	format, err := k.format()
	if err != nil {
		p.t.Fatal(err)
	}
	file, err := k.file(p.world.store.Snapshot(), geo.Unrestricted(), format)
	if err == nil {
		_, _, err = k.write(context.Background(), console{io.Discard, io.Discard}, file)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return k.Output
}

// back compares the file with the store.
func (p trip) back(collection, path string, o staging.Options) staging.Import {
	p.t.Helper()
	ctx := context.Background()
	d, err := load.Open(path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer d.Close()
	o.Collection = collection
	one := importing{console: console{io.Discard, io.Discard}, imports: p.world.imports, owner: geo.Asker{Reader: geo.Unrestricted()}}
	i, _, err := one.imports.Adopt(ctx, one.owner, d, o, load.Options{Collection: collection, Key: o.Key, MaxRefusals: -1})
	if err == nil {
		i, err = one.follow(ctx, i)
	}
	if err != nil || i.Counts == nil {
		p.t.Fatalf("%v %v", err, i.Problem)
	}
	return i
}

// rows returns what becomes of the rows of a kind.
func (p trip) rows(i staging.Import, k staging.Kind) (list []string) {
	p.t.Helper()
	page, err := p.world.imports.Rows(i.ID, geo.Asker{Reader: geo.Unrestricted()}, staging.Query{Kind: k, Limit: 3})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, r := range page.Rows {
		list = append(list, fmt.Sprintf("row %d key %d id %q %v %s", r.Row, r.Key, r.SourceID, r.Fields, r.Reason))
	}
	return list
}

func tally(c staging.Counts) string {
	return fmt.Sprintf("%d added, %d changed, %d the same, %d deleted, %d refused", c.Added, c.Changed, c.Same, c.Deleted, c.Refused)
}

// TestExportsComeBack takes every collection out in every format that is read,
// and in again: nothing is added and nothing changes, for each record is known by
// its number, and what a format cannot hold stays as it is.
func TestExportsComeBack(t *testing.T) {
	p := newTrip(t)
	for _, l := range p.world.store.Snapshot().Layers() {
		name := l.Schema().Name
		if l.Rows() == 0 {
			continue
		}
		for _, f := range formats() {
			shapes := l.Schema().Geometry
			if f.ID == "parquet" || f.ID == "gpx" && shapes != geo.PointGeometry && shapes != geo.LineGeometry {
				continue // is not read, is refused
			}
			i := p.back(name, p.out(name, name+f.Extension), staging.Options{})
			if c := *i.Counts; c.Added+c.Changed+c.Deleted+c.Refused > 0 || c.Same != l.Rows() && f.ID != "gpx" {
				t.Errorf("%s as %s: %s of %d\nadded %v\nchanged %v\nrefused %v", name, f.ID, tally(c), l.Rows(), p.rows(i, staging.Added), p.rows(i, staging.Changed), p.rows(i, staging.Refused))
			}
		}
	}
}

// TestExportIsMended edits an export as a spreadsheet does, and takes it in.
func TestExportIsMended(t *testing.T) {
	p := newTrip(t)
	path := p.out("bases", "bases.csv")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	last := len(lines) - 1 // drawn in the page
	cells := strings.Split(lines[last], ",")
	name := strings.Split(lines[0], ",")
	at := func(column string) int {
		for i := range name {
			if name[i] == column {
				return i
			}
		}
		t.Fatalf("there is no column %s in %v", column, name)
		return 0
	}
	cells[at("name")] = "Camp Delta"
	lines[last] = strings.Join(cells, ",")
	added := append([]string(nil), cells...)
	added[at("id")], added[at("name")] = "", "Camp Echo"
	gone := append([]string(nil), cells...)
	gone[at("id")] = "2" // was removed
	lines = append(lines, strings.Join(added, ","), strings.Join(gone, ","), lines[last])
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	i := p.back("bases", path, staging.Options{Whole: true})
	if got, want := tally(*i.Counts), fmt.Sprintf("1 added, 1 changed, %d the same, 0 deleted, 2 refused", last-1); got != want || i.Found.Key != "id" {
		t.Errorf("%s by %q, want %s\nchanged %v\nrefused %v", got, i.Found.Key, want, p.rows(i, staging.Changed), p.rows(i, staging.Refused))
	}
	for n, want := range []string{"there is no record 2, or none that you see", "an earlier row is of record"} {
		if got := p.rows(i, staging.Refused); len(got) != 2 || !strings.Contains(got[n], want) {
			t.Errorf("refused %v, want %s", got, want)
		}
	}
	if i = p.back("bases", path, staging.Options{Key: staging.NoKey}); i.Counts.Added < 3 {
		t.Errorf("by all that they hold: %s", tally(*i.Counts))
	}
}
