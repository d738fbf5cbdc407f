package main

import (
	"context"
	"fmt"

	"bivouac/data/gpkg"
)

type backupCmd struct {
	File  string `arg:"" help:"The copy, a name that is not taken yet."`
	Store string `required:"" help:"The store, which may be in use." type:"existingfile" placeholder:"FILE.gpkg"`
}

// Run copies the store while it is in use. To restore is to open the copy.
func (k backupCmd) Run(ctx context.Context, c console) error {
	if err := gpkg.Backup(ctx, k.Store, k.File); err != nil {
		return err
	}
	h, err := gpkg.Check(ctx, k.File)
	if err != nil {
		return err
	}
	if err := sayHealth(c, k.File, h); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "To go back to it: bivouac serve --store %s\n", k.File)
	return err
}
