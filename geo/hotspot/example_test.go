package hotspot_test

import (
	"context"
	"fmt"

	"bivouac/geo/hotspot"
)

// Six places and what was counted there: the last one is hot.
func ExampleGiStar() {
	near := hotspot.NewNeighbours([][]int32{{1, 3}, {0, 3}, {4}, {0, 1}, {2, 5}, {4}})
	z, err := hotspot.GiStar([]float64{2, 3, 3.2, 5, 8, 12}, near)
	if err != nil {
		fmt.Println(err)
		return
	}
	bins, p, _ := hotspot.Bins(z, false)
	for i := range z {
		fmt.Printf("%.2f %.3f %d\n", z[i], p[i], bins[i])
	}
	// Output:
	// -1.41 0.157 0
	// -1.41 0.157 0
	// 0.03 0.976 0
	// -1.41 0.157 0
	// 1.41 0.157 0
	// 2.03 0.042 2
}

// Six places over ten years: one heats up, and its neighbour with it.
func ExampleCube_Emerge() {
	c := hotspot.Cube{Units: 6, Steps: 10, Values: make([]float64, 60)}
	for year := range 10 {
		c.Values[year] = float64(5 + year)
		c.Values[10+year] = float64(4 + year)
	}
	near := hotspot.NewNeighbours([][]int32{{1}, {0}, {3}, {2}, {5}, {4}})
	z, err := c.GiStar(context.Background(), near, 1, func(int, int) {})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range c.Emerge(z, true) {
		fmt.Println(e.Pattern, e.Hot)
	}
	// Output:
	// consecutive_hot 5
	// consecutive_hot 5
	// none 0
	// none 0
	// none 0
	// none 0
}
