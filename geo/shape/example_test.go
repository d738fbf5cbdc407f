package shape_test

import (
	"fmt"

	"bivouac/geo"
	"bivouac/geo/shape"

	"github.com/paulmach/orb"
)

var sector = orb.Polygon{{{-1, 16}, {1, 16}, {1, 18}, {-1, 18}, {-1, 16}}}

func ExampleIntersects() {
	road := orb.LineString{{-3, 17}, {0, 17}}
	meets, _ := shape.Intersects(road, sector)
	within, _ := shape.Within(road, sector)
	fmt.Println(meets, within)
	// Output: true false
}

func ExampleRelate() {
	matrix, _ := shape.Relate(orb.LineString{{-3, 17}, {0, 17}}, sector)
	fmt.Println(matrix)
	// Output: 1010F0212
}

func ExamplePrepare() {
	p, _ := shape.Prepare(sector)
	fmt.Println(p.Has(orb.Point{0, 17}), p.Relation(geo.Box{West: 2, South: 16, East: 3, North: 17}) == shape.Outside)
	// Output: true true
}

func ExampleValidate() {
	fmt.Println(shape.Validate(orb.Polygon{{{0, 0}, {4, 4}, {4, 0}, {0, 4}, {0, 0}}}))
	fmt.Println(shape.Validate(orb.Point{12.5, -97}))
	// Output:
	// the ring crosses or touches itself, at 2 2
	// looks like latitude and longitude are swapped, at 12.5 -97
}

func ExampleSplitDateLine() {
	flight := orb.LineString{{178, -18}, {-172, -14}}
	parts, cut := shape.SplitDateLine(flight)
	fmt.Println(parts, cut)
	// Output: [[[178 -18] [180 -17.2]] [[-180 -17.2] [-172 -14]]] true
}

func ExampleOrient() {
	fmt.Println(shape.Orient(orb.Ring{{0, 0}, {0, 1}, {1, 1}, {0, 0}}))
	// Output: [[0 0] [1 1] [0 1] [0 0]]
}

func ExampleBound() {
	fmt.Println(shape.Bound(sector))
	// Output: {-1 16 1 18} true
}

func ExampleCover() {
	cover, _ := shape.NewCover([]shape.Disc{
		{Centre: orb.Point{-3, 16.77}, RadiusMetres: 100e3}, {Centre: orb.Point{-2, 16.9}, RadiusMetres: 80e3},
	})
	once, _ := cover.Area(1)
	twice, _ := cover.Area(2)
	outline, _ := cover.Outline(1)
	fmt.Printf("%.0f km2, %.0f of them twice, %d part\n", once/1e6, twice/1e6, len(outline))
	// Output: 44292 km2, 7229 of them twice, 1 part
}
