package gpkg

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"bivouac/geo"
)

// migration brings our tables from one format to the next.
type migration func(*writer)

// migrations[i] leads from format i+1 to i+2. A file is copied before the
// first of them, and all of them are one transaction.
var migrations = []migration{
	func(w *writer) {
		w.run(jobTable)
		w.describe(jobName)
	},
	func(w *writer) {
		w.run(strings.ReplaceAll(alertTables, "webhook", "uri"))
		for _, own := range alertNames {
			w.describe(own)
		}
	},
	// An address may hold a secret: what was told of it keeps no more than that
	// there was one.
	func(w *writer) {
		w.run("ALTER TABLE bivouac_delivery RENAME COLUMN uri TO webhook")
		w.run("UPDATE bivouac_delivery SET webhook='address-' || id")
	},
}

// migrate brings the file to the newest format.
func (f *File) migrate(ctx context.Context, steps []migration) error {
	text, err := f.setting(ctx, "format")
	if err != nil {
		return err
	}
	newest := 1 + len(steps)
	have, err := strconv.Atoi(text)
	switch {
	case err != nil || have < 1:
		return geo.Errorf(geo.Invalid, f.path, "does not say of which format it is (%q); open the last backup", text)
	case have > newest:
		return geo.Errorf(geo.Conflict, f.path, "was written by a newer Bivouac: its tables are of format %d, and this one knows up to %d; use the newer program", have, newest)
	case have == newest:
		return nil
	}
	copied := fmt.Sprintf("%s.format-%d.gpkg", f.path, have)
	if err := Backup(ctx, f.path, copied); err != nil {
		return geo.Errorf(geo.CodeOf(err), f.path, "is of an older format, and could not be copied before it is brought forward: %v", err)
	}
	return f.write(func(w *writer) error {
		for _, step := range steps[have-1:] {
			step(w)
		}
		w.exec("UPDATE bivouac_store SET value=? WHERE name='format'", strconv.Itoa(newest))
		return w.err
	})
}
