package spacetime_test

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/spacetime"
)

func quiet(int, int) {}

// Every tenth day two events follow each other within 500 m and a day, each
// pair in a place of its own.
func pairs() (points []orb.Point, times []geo.Time) {
	for i := range geo.Time(20) {
		at := orb.Point{float64(i) / 10, 12}
		points = append(points, at, orb.Point{at[0] + 0.004, 12})
		times = append(times, i*10*geo.Day, (i*10+1)*geo.Day)
	}
	return points, times
}

func ExampleNearRepeat() {
	points, times := pairs()
	a, _ := spacetime.NearRepeat(context.Background(), &spacetime.Query{
		Points: points, Times: times, WithinMetres: 1000, WithinTime: 2 * geo.Day, Permutations: 99, Seed: 1,
	}, quiet)
	fmt.Printf("%d pairs near and soon, %.2f expected, p %.2g\n", a.Knox.Observed, a.Knox.Expected, a.Knox.Permuted)
	// Output: 20 pairs near and soon, 0.51 expected, p 0.01
}

func ExampleInForce() {
	points, times := pairs()
	keys := make([]geo.Key, len(points))
	zones, _ := spacetime.InForce(points, times, keys, 1000, 2*geo.Day, 191*geo.Day)
	for _, z := range zones {
		fmt.Println(z.Events, z.Expires)
	}
	// Output:
	// 2 1970-07-13T00:00:00Z
	// 2 1970-07-12T00:00:00Z
}

func ExampleScan() {
	points, times := pairs()
	for i := range geo.Time(8) { // and eight at one place in the last week
		points, times = append(points, orb.Point{0.5, 12}), append(times, 192*geo.Day+i*geo.Day)
	}
	f, _ := spacetime.Scan(context.Background(), &spacetime.ScanQuery{
		Points: points, Times: times, End: 200 * geo.Day, RadiusMetres: 50e3, Share: 0.5, Days: 30, Cells: 2000, Permutations: 99, Seed: 1,
	}, quiet)
	c := f.Clusters[0]
	fmt.Printf("%d events since %v, %.1f expected, p %.2g\n", c.Observed, c.Start, c.Expected, c.P)
	// Output: 8 events since 1970-07-12T00:00:00Z, 1.5 expected, p 0.01
}
