package crs_test

import (
	"fmt"

	"bivouac/geo/crs"
)

func ExampleToUTM() {
	u, err := crs.ToUTM(44.3661, 33.3152)
	fmt.Println(u, err)
	// Output: 38N 440995 3686410 <nil>
}

func ExampleFormatMGRS() {
	text, err := crs.FormatMGRS(44.3661, 33.3152, 4)
	fmt.Println(text, err)
	// Output: 38SMB40998641 <nil>
}

func ExampleParseMGRS() {
	lon, lat, side, err := crs.ParseMGRS("38s mb 4099 8641")
	fmt.Printf("%.4f %.4f, a square of %v m, %v\n", lon, lat, side, err)
	_, _, _, err = crs.ParseMGRS("38SAB40998641")
	fmt.Println(err)
	// Output:
	// 44.3661 33.3152, a square of 10 m, <nil>
	// mgrs: crs: "38SAB40998641" has the column letter A; in zone 38 it is one of JKLMNPQR
}

func ExampleParseCoordinate() {
	for _, text := range []string{"33.3152, 44.3661", "44°21'58\"E 33°18'55\"N", "38N 440995 3686410"} {
		lon, lat, err := crs.ParseCoordinate(text)
		fmt.Println(crs.FormatDMS(lon, lat, 0), err)
	}
	// Output:
	// 33°18′55″ N 44°21′58″ E <nil>
	// 33°18′55″ N 44°21′58″ E <nil>
	// 33°18′55″ N 44°21′58″ E <nil>
}

func ExampleToWebMercator() {
	x, y := crs.ToWebMercator(44.3661, 33.3152)
	fmt.Printf("%.3f %.3f\n", x, y)
	// Output: 4938811.660 3937216.616
}
