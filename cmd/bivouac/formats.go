package main

import (
	"io"

	"bivouac/api"
	"bivouac/api/ogc"
	"bivouac/data/export"
)

// formats hands the kinds of files to the API, which does not know data.
func formats() []api.Format {
	all := export.Formats()
	out := make([]api.Format, len(all))
	for i, f := range all {
		out[i] = api.Format{
			Format:  ogc.Format{ID: f.ID, Title: f.Title, Media: f.Media, Extension: f.Extension, Ways: f.Holds.Shapes == export.WaysOnly, Limits: f.Holds.Limits(export.Everything())},
			Systems: f.Holds.Systems, Packed: f.Holds.Packed, Limits: f.Holds.Limits,
			New: func(w io.Writer, h api.FileHead) (api.RowWriter, error) { return f.New(w, export.Sheet(h)) },
		}
	}
	return out
}
