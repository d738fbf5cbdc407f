package route_test

import (
	"context"
	"fmt"

	"bivouac/geo/route"
)

// Three ways lead from node 0 to node 4. The one in the middle is the best by no
// weighing of time against risk, and is of the front all the same.
func ExamplePareto() {
	g := &route.Arcs{
		First: []int32{0, 3, 4, 5, 6, 6},
		Head:  []int32{1, 2, 3, 4, 4, 4},
		Time:  []uint32{5_000, 9_000, 10_000, 5_000, 9_000, 10_000},
		Risk:  []uint64{5_000, 4_000, 500, 5_000, 4_000, 500},
	}
	trip := &route.Trip{From: []route.End{{Node: 0}}, To: []route.End{{Node: 4}}}
	front, err := route.Pareto(context.Background(), g, trip, route.Stated, 1000)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, w := range front.Ways {
		fmt.Printf("%d s, %d millionths, arcs %v\n", w.Cost.Time/1000, w.Cost.Risk/1000, w.Arcs)
	}
	// Output:
	// 10 s, 10 millionths, arcs [0 3]
	// 18 s, 8 millionths, arcs [1 4]
	// 20 s, 1 millionths, arcs [2 5]
}

func ExampleChoose() {
	g := corridors()
	trip := &route.Trip{From: []route.End{{Node: 0}}, To: []route.End{{Node: 6}}}
	road := roads(g, func(arc int32) float64 { return float64(g.Time[arc]) })
	ways, err := route.Choose(context.Background(), g, trip, route.Alternatives{Number: 3, Stretch: 1.5, Apart: 0.3}, road)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, w := range ways {
		fmt.Println(w.Cost.Time/1000, "s")
	}
	// Output:
	// 100 s
	// 110 s
	// 120 s
}
