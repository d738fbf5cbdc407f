package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"bivouac/data/load"
	"bivouac/geo"
)

type importCmd struct {
	Files  []string `arg:"" name:"file" type:"existingfile" help:"Files to import: GeoJSON, GeoJSONSeq, JSON, CSV, Shapefile, GeoPackage, KML, GPX, FlatGeobuf, OpenStreetMap (PBF, XML), plain or in gzip or zip; a population grid (GeoTIFF, ASCII) with --cell-km."`
	Store  string   `required:"" help:"The store, which is made where there is none." placeholder:"FILE.gpkg"`
	Reason string   `help:"Why, for the history." placeholder:"TEXT"`
	Author string   `help:"Who, for the history; the user's name unless told." placeholder:"NAME"`
	sourceFlags
}

// Run takes each file into the store as one change: all of it is there
// afterwards, or nothing.
func (k importCmd) Run(ctx context.Context, c console) (err error) {
	w, err := openStore(ctx, c, k.Store)
	if err != nil {
		return err
	}
	defer func() {
		if closed := w.close(); err == nil {
			err = closed
		}
	}()
	if w.file == nil {
		return geo.Errorf(geo.Conflict, k.Store, "is a GeoPackage of another program, into which nothing is imported; give --store another name")
	}
	w.author = cmp.Or(k.Author, whoami())
	return k.each(k.Files, func(path string, o load.Options) (refused int, err error) {
		return k.file(ctx, c, w, path, o)
	})
}

func (k importCmd) file(ctx context.Context, c console, w *world, path string, o load.Options) (refused int, err error) {
	w.reason = cmp.Or(k.Reason, "import of "+path)
	w.progress = progressOf(c, path)
	report, err := w.loadFile(ctx, c, path, o, k.Strict)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(c.out, "%s: version %d of %s is on the disk.\n", path, w.store.Snapshot().Version, k.Store)
	return report.Refused, nil
}

// progressOf says now and then how many rows were read.
func progressOf(c console, path string) func(rows int) {
	const every = 2 * time.Second
	next := time.Now().Add(every)
	return func(rows int) {
		if rows%1024 != 0 {
			return
		}
		if now := time.Now(); now.After(next) {
			c.say("%s: %d rows so far", path, rows)
			next = now.Add(every)
		}
	}
}
