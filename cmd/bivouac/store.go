package main

import (
	"context"
	"os/user"
	"runtime/debug"
	"time"

	"bivouac/data"
	"bivouac/data/gpkg"
	"bivouac/data/intake"
	"bivouac/data/schema"
	"bivouac/geo"
)

// openStore opens the store at the path, or makes one with the built-in
// collections where nothing is yet. A GeoPackage of another program is opened
// to be read.
func openStore(ctx context.Context, c console, path string) (*world, error) {
	kind, err := gpkg.KindOf(ctx, path)
	if err != nil {
		return nil, err
	}
	switch kind {
	case gpkg.Missing:
		return newStore(ctx, c, path)
	case gpkg.Foreign:
		return openForeign(ctx, c, path)
	}
	file, err := gpkg.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	w := &world{file: file, description: "The store " + path + "."}
	if w.store, err = data.Open(ctx, file, builtinOrder()...); err != nil {
		file.Close()
		return nil, err
	}
	debug.FreeOSMemory()
	return w, nil
}

// readStore reads a store that another process may have open.
func readStore(ctx context.Context, path string) (*world, error) {
	file, err := gpkg.OpenToRead(ctx, path)
	if err != nil {
		return nil, err
	}
	w := &world{file: file}
	if w.store, err = data.Open(ctx, file, builtinOrder()...); err != nil {
		file.Close()
		return nil, err
	}
	return w, nil
}

func newStore(ctx context.Context, c console, path string) (*world, error) {
	file, err := gpkg.Create(ctx, path)
	if err != nil {
		return nil, err
	}
	w := &world{file: file, description: "The store " + path + "."}
	if w.store, err = data.Open(ctx, file, builtinOrder()...); err == nil {
		_, err = w.store.Apply(ctx, geo.Batch{Schemas: schema.Builtin(), Author: "bivouac", Reason: "a new store"})
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	c.say("Made the store %s.", path)
	return w, nil
}

// fillWithSample puts the sample world into a store that holds no record.
func (w *world) fillWithSample(ctx context.Context) error {
	if w.file == nil {
		return geo.Errorf(geo.Invalid, "--sample", "fills a new store; give its name with --store FILE.gpkg")
	}
	for _, l := range w.store.Snapshot().Layers() {
		if n := l.Rows(); n > 0 {
			return geo.Errorf(geo.Conflict, "--sample", "%s holds %d %s already, and the sample world is not mixed with records of your own; give --store a new name", w.file.Path(), n, l.Schema().Name)
		}
	}
	return w.loadSample(ctx)
}

// openImports takes up the files that are on their way into the store.
func (w *world) openImports() (err error) {
	w.imports, err = intake.Open(intake.Folder(w.file.Path()), w.store, func() geo.Time { return geo.TimeOf(time.Now()) })
	return err
}

// grants returns who may come in; none where everybody at this machine may.
func (w *world) grants() ([]geo.Grant, error) {
	if w.file == nil {
		return nil, nil
	}
	return w.file.Grants()
}

// close ends what goes on in the store, and closes its file.
func (w *world) close() error {
	if w.file == nil {
		return nil
	}
	if w.imports != nil {
		w.imports.Close()
	}
	w.store.Close()
	return w.file.Close()
}

// whoami is the author of what is done on the command line.
func whoami() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "command line"
}
