package layer

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/network"
)

// Roads makes the graph of the roads of the layers anew; nil where there are
// none, so that a world without any pays nothing.
func Roads(ctx context.Context, layers []*Layer) (*network.Graph, error) {
	var sources []network.Source
	lines := false
	for _, l := range layers {
		if l.Rows() > 0 && network.Takes(l.Schema()) {
			sources = append(sources, network.Source{Schema: l.Schema(), Each: l.Each})
			lines = lines || l.Schema().Geometry == geo.LineGeometry
		}
	}
	if !lines {
		return nil, nil
	}
	return network.Build(ctx, sources, network.Options{})
}
