package tile_test

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/tile"
)

func Example() {
	b := layer.NewBuilder(geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "killed", Kind: geo.KindInt}}})
	for i, p := range []orb.Point{{-3.01, 16.77}, {-3.02, 16.78}, {0.05, 88}} {
		if err := b.Add(&geo.Feature{Key: geo.Key(i + 1), Geometry: p, Values: []geo.Value{geo.Int(2)}}); err != nil {
			fmt.Println(err)
			return
		}
	}
	l, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	var m tile.Maker
	world, err := m.Append(context.Background(), nil, l, tile.Address{Z: 0, X: 0, Y: 0}, tile.Query{Sum: []int{0}})
	if err != nil {
		fmt.Println(err)
		return
	}
	n, err := tile.CountOn(context.Background(), l, tile.WebMercatorQuad, geo.Selection{})
	fmt.Println(len(world), "bytes;", n.InTiles, "records in tiles,", n.Outside, "beyond the map", err)
	// Output: 60 bytes; 2 records in tiles, 1 beyond the map <nil>
}
