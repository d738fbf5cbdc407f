package country_test

import (
	"fmt"

	"bivouac/geo/network/country"
)

func ExampleMake() {
	c := country.Make(1_000, 1)
	bridges := 0
	for _, bridge := range c.Bridge {
		if bridge {
			bridges++
		}
	}
	fmt.Printf("%d nodes, %d arcs, %d of them over a river\n", len(c.Points), len(c.Tail), bridges)
	// Output: 1000 nodes, 2473 arcs, 6 of them over a river
}
