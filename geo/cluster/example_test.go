package cluster_test

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/cluster"
)

// Three events within 200 m of each other, the third a month after the others,
// and one far off.
func ExampleDBSCAN() {
	q := &cluster.Query{
		Points:    []orb.Point{{-4.0000, 16.77}, {-4.0010, 16.77}, {-4.0005, 16.77}, {-3.5, 16.2}},
		Keys:      []geo.Key{1, 2, 3, 4},
		EpsMetres: 200, MinPoints: 2,
	}
	progress := func(int, int) {}
	space, _ := cluster.DBSCAN(context.Background(), q, progress)
	q.Times, q.EpsTime = []geo.Time{0, geo.Day, 30 * geo.Day, 0}, 7*geo.Day
	both, _ := cluster.DBSCAN(context.Background(), q, progress)
	fmt.Println(space.Label, both.Label)
	// Output: [0 0 0 -1] [0 0 -1 -1]
}

// A dense group of three and a loose one, 40 km apart.
func ExampleHDBSCAN() {
	q := &cluster.Query{
		Points: []orb.Point{
			{-4, 16}, {-4.001, 16}, {-4.0005, 16.001},
			{-3.6, 16}, {-3.57, 16}, {-3.59, 16.03},
		},
		Keys:      []geo.Key{1, 2, 3, 4, 5, 6},
		EpsMetres: 100_000, MinPoints: 3,
	}
	l, _ := cluster.HDBSCAN(context.Background(), q, func(int, int) {})
	fmt.Println(l.Label)
	// Output: [0 0 0 1 1 1]
}
