package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"bivouac/data"
	"bivouac/data/gpkg"
	"bivouac/data/load"
	"bivouac/geo"
)

type checkCmd struct {
	Files []string `arg:"" name:"file" help:"Files to look into: GeoJSON, GeoJSONSeq, JSON, CSV, Shapefile, GeoPackage, KML, GPX, FlatGeobuf, OpenStreetMap (PBF, XML), plain or in gzip or zip; a population grid (GeoTIFF, ASCII, CSV) with --cell-km; or a store (.gpkg), which may be in use."`
	sourceFlags
}

// Run reads every file as serve --load would, through the same checks of the
// store, and says what became of its rows.
func (k checkCmd) Run(ctx context.Context, c console) error {
	files := k.Files[:0:0]
	for _, path := range k.Files {
		isStore, err := isStore(ctx, path)
		switch {
		case err != nil:
			return err
		case !isStore:
			files = append(files, path)
			continue
		}
		if err := checkStore(ctx, c, path); err != nil {
			return err
		}
	}
	return k.each(files, func(d *load.Dataset, o load.Options) (refused int, err error) {
		return checkFile(ctx, console{out: c.out, err: c.out}, d, o)
	})
}

func checkFile(ctx context.Context, c console, d *load.Dataset, o load.Options) (refused int, err error) {
	f, err := d.File(o)
	if err != nil {
		return 0, err
	}
	s := f.Schema()
	if err := describe(c, &s); err != nil {
		return 0, err
	}
	w := &world{store: data.New()}
	report, err := w.take(ctx, f)
	c.say("%s", report)
	return report.Refused, err
}

// isStore reports whether the path leads to a store; a GeoPackage of another
// program is a file like others.
func isStore(ctx context.Context, path string) (bool, error) {
	if !strings.EqualFold(filepath.Ext(path), ".gpkg") {
		return false, nil
	}
	kind, err := gpkg.KindOf(ctx, path)
	if kind == gpkg.Missing && err == nil {
		err = geo.Errorf(geo.NotFound, path, "there is no such file")
	}
	return kind == gpkg.Ours, err
}

// checkStore reads a whole store.
func checkStore(ctx context.Context, c console, path string) error {
	h, err := gpkg.Check(ctx, path)
	if err != nil {
		return err
	}
	return sayHealth(c, path, h)
}

// sayHealth prints what a check found. Faults are an error.
func sayHealth(c console, path string, h *gpkg.Health) error {
	names := make([]string, 0, len(h.Records))
	for name, n := range h.Records {
		if n > 0 {
			names = append(names, fmt.Sprintf("%d %s", n, name))
		}
	}
	slices.Sort(names)
	fmt.Fprintf(c.out, "%s: version %d, %s; %d former states; %d entries of the audit, the last %.16s.\n",
		path, h.Version, strings.Join(names, ", "), h.Edits, h.Audit, h.Head)
	for _, fault := range h.Faults {
		fmt.Fprintf(c.out, "  %s\n", fault)
	}
	if len(h.Faults) > 0 {
		return geo.Errorf(geo.Invalid, path, "%d faults; keep the file, and open the last backup", len(h.Faults))
	}
	fmt.Fprintf(c.out, "%s: nothing is wrong with it.\n", path)
	return nil
}

// describe prints the fields that the rows would have.
func describe(c console, s *geo.Schema) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s: %ss\n", s.Name, s.Geometry)
	for i := range s.Fields {
		f := &s.Fields[i]
		fmt.Fprintf(w, "  %s\t%s\t%s\n", f.Name, kindOf(f), f.Role)
	}
	return w.Flush()
}
