package main

import (
	"context"
	"strings"

	"bivouac/data"
	"bivouac/data/gpkg"
)

// openForeign shows the tables of another program's GeoPackage as collections.
// They are read into memory, and the file is left as it is.
func openForeign(ctx context.Context, c console, path string) (*world, error) {
	layers, err := gpkg.Tables(ctx, path)
	if err != nil {
		return nil, err
	}
	w := &world{store: data.New(builtinOrder()...), description: "The GeoPackage " + path + ", read only."}
	c.say("%s is a GeoPackage of another program: it is served as it is now, and cannot be edited.", path)
	for _, l := range layers {
		if l.Feed == nil {
			c.say("%s is left out: %s.", l.Table, strings.Join(l.LeftOut, "; "))
			continue
		}
		if _, err := w.store.Import(ctx, l.Source); err != nil {
			return nil, err
		}
		for _, what := range l.LeftOut {
			c.say("%s: left out is %s.", l.Table, what)
		}
		if l.Refused > 0 {
			c.say("%s: %d rows are left out, since they cannot be right; %s.", l.Table, l.Refused, l.Reason)
		}
	}
	return w, nil
}
