package api

import (
	"context"
	"io"

	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// File is a file that is made outside of a request, as on the command line.
type File struct {
	Layer       *layer.Layer
	Question    params.Items
	Format      Format
	Attribution []string
	At          geo.Time
}

// Write makes the file as a request for it does, and returns how many records
// are in it and what it does not hold, a sentence each.
func (f File) Write(ctx context.Context, to io.Writer) (n int, notHeld []string, err error) {
	e := exported{question: f.Question, layer: f.Layer, format: f.Format}
	var tally layer.Tally
	if n, err = e.count(layer.Watch(ctx, &tally)); err != nil {
		return 0, nil, err
	}
	if err = e.begin(ctx, FileHead{Highest: tally.Highest, Attribution: f.Attribution, At: f.At}); err != nil {
		return 0, nil, err
	}
	notHeld = e.limits()
	err = e.write(ctx, to, func(lost []string) { notHeld = append(notHeld, lost...) })
	return n, notHeld, err
}
