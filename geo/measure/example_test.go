package measure_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

var (
	gao   = orb.Point{-0.0440, 16.2666}
	kidal = orb.Point{1.4078, 18.4411}
)

func ExampleDistance() {
	fmt.Printf("%.3f km\n", measure.Distance(gao, kidal)/1000)
	// Output: 285.871 km
}

func ExampleInverse() {
	metres, out, in := measure.Inverse(gao, kidal)
	fmt.Printf("%.0f m, leaving at %.2f degrees, arriving at %.2f\n", metres, out, in)
	// Output: 285871 m, leaving at 32.45 degrees, arriving at 32.89
}

func ExampleDirect() {
	p, bearing := measure.Direct(gao, 90, 100e3)
	fmt.Printf("%.5f %.5f, going on at %.2f degrees\n", p[0], p[1], bearing)
	// Output: 0.89152 16.26453, going on at 90.26 degrees
}

func ExampleOrigin_Bounds() {
	o := measure.NewOrigin(gao)
	lower, upper := o.Bounds(geo.Box{West: 1, South: 18, East: 2, North: 19})
	fmt.Printf("%.0f to %.0f km\n", lower/1000, upper/1000)
	// Output: 221 to 375 km
}

func ExampleTarget_Within() {
	road, err := measure.NewTarget(orb.LineString{gao, kidal})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := orb.Point{0.5, 17.5}
	metres, bearing := road.DistanceBearing(p)
	fmt.Println(road.Within(p, 20e3), road.Within(p, 30e3))
	fmt.Printf("%.0f m at %.0f degrees from the road\n", metres, bearing)
	// Output:
	// false true
	// 24532 m at 303 degrees from the road
}

func ExampleBetween() {
	metres, err := measure.Between(
		orb.LineString{{0, 0}, {1, 0}},
		orb.Polygon{{{2, -1}, {3, -1}, {3, 1}, {2, 1}, {2, -1}}})
	fmt.Printf("%.1f %v\n", metres, err)
	// Output: 111319.5 <nil>
}

func ExampleLength() {
	fmt.Printf("%.1f\n", measure.Length(orb.LineString{{0, 0}, {1, 0}, {1, 1}}))
	// Output: 221893.9
}

func ExampleArea() {
	fmt.Printf("%.1f km2\n", measure.Area(orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}})/1e6)
	// Output: 12308.8 km2
}

func ExampleRim_Meet() {
	gao, ansongo := measure.NewRim(orb.Point{-0.04, 16.27}, 60e3), measure.NewRim(orb.Point{0.5, 15.66}, 50e3)
	for _, c := range gao.Meet(&ansongo, nil).Crossings {
		fmt.Printf("%.5f %.1f %.1f\n", c.At, measure.Distance(gao.Centre(), c.At), measure.Distance(ansongo.Centre(), c.At))
	}
	fmt.Printf("%.0f km2\n", gao.Area()/1e6)
	// Output:
	// [0.49670 16.11183] 60000.0 50000.0
	// [0.03974 15.73331] 60000.0 50000.0
	// 11310 km2
}

func ExampleInside() {
	square := orb.Polygon{{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}}}
	fmt.Println(measure.Inside(orb.Point{1, 1}, square), measure.Inside(orb.Point{2, 1}, square), measure.Inside(orb.Point{3, 1}, square))
	// Output: true true false
}
