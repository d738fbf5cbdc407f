package threat

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

func graphOf(ctx context.Context, w process.World) (*network.Graph, error) {
	var sources []network.Source
	for _, l := range w.Layers() {
		if network.Takes(l.Schema()) {
			sources = append(sources, network.Source{Schema: l.Schema(), Each: func(f func(geo.Row) error) error {
				rows, failed := l.Select(ctx, geo.Selection{Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}})
				for r := range rows {
					if err := f(r); err != nil {
						return err
					}
				}
				return failed()
			}})
		}
	}
	return network.Build(ctx, sources, network.Options{})
}
