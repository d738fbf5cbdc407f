package grid_test

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo/grid"
)

// A box of a degree in hexagons of 20 km: those on its edge lie in it in part.
func ExampleGrid_Cover() {
	area := orb.Bound{Min: orb.Point{-4, 16}, Max: orb.Point{-3, 17}}
	centre, _ := grid.CentreOf(area)
	g := grid.New(grid.NewPlane(centre), grid.Hexagon, 20_000)
	cover, err := g.Cover(context.Background(), area, "area", "cell_m")
	if err != nil {
		fmt.Println(err)
		return
	}
	inside := 0.0
	for _, m2 := range cover.Inside {
		inside += m2
	}
	fmt.Printf("%d cells of %.1f km2, %.0f km2 in the area\n", len(cover.Cells), g.Area()/1e6, inside/1e6)
	// Output: 47 cells of 346.4 km2, 11815 km2 in the area
}
