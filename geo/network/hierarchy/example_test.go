package hierarchy_test

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo/network/hierarchy"
)

// A square of roads, 0 to 1 to 2 and 0 to 3 to 2, of which one is closed.
func ExampleMetric_Path() {
	ctx := context.Background()
	points := []orb.Point{{-4, 16}, {-3.9, 16}, {-3.9, 16.1}, {-4, 16.1}}
	tail, head := []int32{0, 1, 0, 3}, []int32{1, 2, 3, 2}
	h, _ := hierarchy.Build(ctx, points, tail, head, nil)
	m, _ := h.Customise(ctx, []uint32{600, 600, 900, 900})

	from, to := []hierarchy.Seed{{Node: 0}}, []hierarchy.Seed{{Node: 2, Cost: 10}}
	cost, _, _, arcs, _ := m.Path(from, to)
	fmt.Println(cost, arcs)

	closed, _ := m.With([]int32{1}, []uint32{hierarchy.Unreached})
	cost, _, _, arcs, _ = closed.Path(from, to)
	fmt.Println(cost, arcs)
	// Output:
	// 1210 [0 1]
	// 1810 [2 3]
}
