package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"bivouac/data"
	"bivouac/data/load"
	"bivouac/geo"
)

type checkCmd struct {
	Files []string `arg:"" name:"file" help:"Files to look into: GeoJSON, JSON, CSV, plain or in gzip or zip."`
	sourceFlags
}

// Run reads every file as serve --load would, through the same checks of the
// store, and says what became of its rows.
func (k checkCmd) Run(ctx context.Context, c console) error {
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
	refused := 0
	for _, path := range k.Files {
		n, err := checkFile(ctx, console{out: c.out, err: c.out}, path, o)
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

func checkFile(ctx context.Context, c console, path string, o load.Options) (refused int, err error) {
	f, err := load.Open(path, o)
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
