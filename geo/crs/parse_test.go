package crs

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"bivouac/geo/randtest"
)

func TestParseCoordinate(t *testing.T) {
	for _, c := range []struct {
		text     string
		lon, lat float64
	}{
		{"33.3152 44.3661", 44.3661, 33.3152},
		{"33.3152,44.3661", 44.3661, 33.3152},
		{" 33.3152 ; 44.3661 ", 44.3661, 33.3152},
		{"-33.3152, -44.3661", -44.3661, -33.3152},
		{"−33.3152 −44.3661", -44.3661, -33.3152},
		{"33.3152-44.3661", -44.3661, 33.3152},
		{"33,3152 44,3661", 44.3661, 33.3152},
		{"33.3152N 44.3661E", 44.3661, 33.3152},
		{"44.3661E 33.3152N", 44.3661, 33.3152},
		{"N33.3152 E44.3661", 44.3661, 33.3152},
		{"s 33.3152, w 44.3661", -44.3661, -33.3152},
		{"33.3152° N, 44.3661° E", 44.3661, 33.3152},
		{"33d18'54.72\"N 44d21'57.96\"E", 44.3661, 33.3152},
		{"33°18′54.72″ N 44°21′57.96″ E", 44.3661, 33.3152},
		{"33 18 54.72 N, 44 21 57.96 E", 44.3661, 33.3152},
		{"33 18 54.72, 44 21 57.96", 44.3661, 33.3152},
		{"33 18 54.72 44 21 57.96", 44.3661, 33.3152},
		{"33°18'54.72\" 44°21'57.96\"", 44.3661, 33.3152},
		{"-33°18'54.72'' -44°21'57.96''", -44.3661, -33.3152},
		{"33:18:54.72N 44:21:57.96E", 44.3661, 33.3152},
		{"N33 18.912 E44 21.966", 44.3661, 33.3152},
		{"331854.72N0442157.96E", 44.3661, 33.3152},
		{"3318.912N 04421.966E", 44.3661, 33.3152},
		{"0 0", 0, 0},
		{"90N 180W", -180, 90},
		{"38N 440994.674228 3686410.212555", 44.3661, 33.3152},
		{"38S 440994.674228 3686410.212555", 44.3661, 33.3152},
		{"zone 38 n, 440994.674228mE, 3686410.212555mN", 44.3661, 33.3152},
		{"38S 440994.674228 6313589.787445", 44.3661, -33.3152},
		{"38H 440994.674228 6313589.787445", 44.3661, -33.3152},
	} {
		lon, lat, err := ParseCoordinate(c.text)
		if err != nil || math.Abs(lon-c.lon) > 1e-9 || math.Abs(lat-c.lat) > 1e-9 {
			t.Errorf("%s: %v %v (%v)", c.text, lon, lat, err)
		}
	}
	for _, text := range []string{"38SMB4099486410", "38s mb 40994 86410", "38 S MB 40994 86410"} {
		lon, lat, err := ParseCoordinate(text)
		if err != nil || apart(44.3661, 33.3152, lon, lat) > 1 {
			t.Errorf("%s: %v %v (%v)", text, lon, lat, err)
		}
	}
}

func TestParseCoordinateRefuses(t *testing.T) {
	for _, c := range []struct{ desc, text, says string }{
		{"nothing", "", "no coordinate"},
		{"a name", "Bamako", "no coordinate"},
		{"one number", "33.3152", "no coordinate"},
		{"three numbers", "1 2 3", "no coordinate"},
		{"latitude too large", "91 0", "at most 90"},
		{"longitude too large", "0 181", "at most 180"},
		{"two latitudes", "33N 44S", "same direction twice"},
		{"two longitudes", "33E 44W", "same direction twice"},
		{"one letter", "33N 44", "no coordinate"},
		{"sign and letter", "-33N 44E", "minus sign"},
		{"61 minutes", "33 61 0 44 0 0", "below 60"},
		{"a fraction too early", "33.5 18 44 21", "fraction"},
		{"packed without letters", "331854 442157", "no letter"},
		{"UTM zone 61", "61N 440994 3686410", "1 to 60"},
		{"MGRS band", "38IMB4099486410", "band letter I"},
		{"very long", strings.Repeat("1", 1000), "characters"},
	} {
		_, _, err := ParseCoordinate(c.text)
		invalid(t, c.desc, err, c.says)
	}
}

func TestFormats(t *testing.T) {
	for _, c := range []struct {
		lon, lat float64
		digits   int
		dd, dms  string
	}{
		{44.3661, 33.3152, 1, "33.3° N, 44.4° E", "33°18′54.7″ N 44°21′58.0″ E"},
		{-44.3661, -33.3152, 0, "33° S, 44° W", "33°18′55″ S 44°21′58″ W"},
		{-0.5, 59.999999999, 2, "60.00° N, 0.50° W", "60°00′00.00″ N 0°30′00.00″ W"},
	} {
		if got := FormatDD(c.lon, c.lat, c.digits); got != c.dd {
			t.Errorf("%s, want %s", got, c.dd)
		}
		if got := FormatDMS(c.lon, c.lat, c.digits); got != c.dms {
			t.Errorf("%s, want %s", got, c.dms)
		}
	}
}

func TestTextRoundTrip(t *testing.T) {
	r := randtest.New(t, 0)
	for range 5000 {
		lon, lat := r.Float64()*360-180, r.Float64()*180-90
		texts := map[string]float64{
			FormatDD(lon, lat, 9):               1e-3,
			FormatDMS(lon, lat, 4):              1e-2,
			fmt.Sprintf("%.9f, %.9f", lat, lon): 1e-3,
			fmt.Sprintf("%.9f %+.9f", lat, lon): 1e-3,
		}
		if u, err := ToUTM(lon, lat); err == nil && !(lat < -49 && lat > -59) { // where S may be a band
			texts[u.String()] = 1
		}
		if m, err := FormatMGRS(lon, lat, 5); err == nil {
			texts[m] = 1
		}
		for text, limit := range texts {
			a, b, err := ParseCoordinate(text)
			if err != nil || apart(lon, lat, a, b) > limit {
				t.Fatalf("%v %v is %s, read as %v %v (%v)", lon, lat, text, a, b, err)
			}
		}
	}
}

func FuzzParseCoordinate(f *testing.F) {
	for _, s := range []string{"33.3152, 44.3661", "33°18'54.7\"N 44°21'58\"E", "38SMB4099486410", "38N 440995 3686410", "ZAH00", "331854N0442157E", "33,3 44,4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lon, lat, err := ParseCoordinate(text)
		if err == nil && (!(math.Abs(lat) <= 90) || !(math.Abs(lon) <= 180)) {
			t.Errorf("%q is read as %v %v", text, lon, lat)
		}
	})
}

func FuzzParseMGRS(f *testing.F) {
	for _, s := range []string{"38SMB4099486410", "ZAH00", "1CAA", "60XZV99", "38 s mb 4 8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lon, lat, side, err := ParseMGRS(text)
		if err == nil && (!(math.Abs(lat) <= 90) || !(math.Abs(lon) <= 180) || !(side > 0)) {
			t.Errorf("%q is read as %v %v, side %v", text, lon, lat, side)
		}
	})
}
