package roads

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/process"
)

// Mark takes all that the reader of w may see of the roads into the marking of
// an answer: which way is the quickest, and how a road compares with others,
// hangs on each of them.
func Mark(ctx context.Context, w process.World) error {
	for _, l := range Layers(w) {
		if _, err := l.Count(ctx, geo.Selection{Reader: w.Reader}); err != nil {
			return err
		}
	}
	return nil
}
