package main

import (
	"context"
	"fmt"
	"time"

	"bivouac/data/load"
	"bivouac/geo"
)

type importCmd struct {
	Files  []string `arg:"" name:"file" type:"existingfile" help:"Files to import: GeoJSON, JSON, CSV, plain or in gzip or zip."`
	Store  string   `required:"" help:"The store, which is made where there is none." placeholder:"FILE.gpkg"`
	Reason string   `help:"Why, for the history." placeholder:"TEXT"`
	Author string   `help:"Who, for the history; the user's name unless told." placeholder:"NAME"`
	sourceFlags
}

// Run takes each file into the store as one change: all of it is there
// afterwards, or nothing.
func (k importCmd) Run(ctx context.Context, c console) (err error) {
	o, err := k.options()
	if err != nil {
		return err
	}
	rejects, err := openRejects(k.Rejects)
	if err != nil {
		return err
	}
	defer rejects.close()
	o.Refused = rejects.add
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
	w.author = k.Author
	if w.author == "" {
		w.author = whoami()
	}
	refused := 0
	for _, path := range k.Files {
		n, err := k.file(ctx, c, w, path, o)
		if err != nil {
			return err
		}
		refused += n
	}
	if err := rejects.close(); err != nil {
		return err
	}
	if refused > 0 {
		return errRefused
	}
	return nil
}

func (k importCmd) file(ctx context.Context, c console, w *world, path string, o load.Options) (refused int, err error) {
	if w.reason = k.Reason; w.reason == "" {
		w.reason = "import of " + path
	}
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
