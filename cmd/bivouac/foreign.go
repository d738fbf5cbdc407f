package main

import (
	"context"
	"fmt"

	"bivouac/data"
	"bivouac/data/load"
	"bivouac/geo"
)

// openForeign shows the tables of another program's GeoPackage as collections.
// They are read into memory, and the file is left as it is.
func openForeign(ctx context.Context, c console, path string) (*world, error) {
	w := &world{store: data.New(builtinOrder()...), description: "The GeoPackage " + path + ", read only.", reason: "served from " + path}
	c.say("%s is a GeoPackage of another program: it is served as it is now, and cannot be edited.", path)
	err := eachPartOf(path, load.Options{}, func(d *load.Dataset, part load.Options) error {
		f, err := d.File(part)
		if geo.CodeOf(err) == geo.Unsupported {
			c.say("%s is left out: %v.", part.Layer, err)
			return nil
		}
		if err != nil {
			return err
		}
		report, err := w.take(ctx, f)
		if err != nil {
			return fmt.Errorf("%s: %w", part.Layer, err)
		}
		if text := report.Troubles(); text != "" {
			c.say("%s: %s", report.Collection, text)
		}
		return nil
	})
	return w, err
}
