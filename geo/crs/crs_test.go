package crs

import (
	"bufio"
	"errors"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/randtest"
)

// rows reads a fixture as words.
func rows(t testing.TB, name string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][]string
	for s := bufio.NewScanner(f); s.Scan(); {
		out = append(out, strings.Fields(s.Text()))
	}
	if len(out) < 100 {
		t.Fatalf("%s has %d rows", name, len(out))
	}
	return out
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// apart is the distance between two places in metres, on a sphere.
func apart(lon1, lat1, lon2, lat2 float64) float64 {
	x := lonBy(lon1, lon2) * degree * math.Cos(lat1*degree)
	return 6.4e6 * math.Hypot(x, (lat2-lat1)*degree)
}

// invalid tests that the error is one for people, and says something.
func invalid(t *testing.T, desc string, err error, says string) {
	t.Helper()
	var e *geo.Error
	if !errors.As(err, &e) || e.Code != geo.Invalid || !strings.HasPrefix(e.Text, "crs: ") || !strings.Contains(e.Text, says) {
		t.Errorf("%s: error %v, want one that says %q", desc, err, says)
	}
}

func TestPlacesByGeoConvert(t *testing.T) {
	worst := 0.0
	for i, row := range rows(t, "places.txt") {
		lat, lon := number(t, row[0]), number(t, row[1])
		mgrs, err := FormatMGRS(lon, lat, 5)
		if err != nil || mgrs != row[2] {
			t.Errorf("row %d: %s, want %s (%v)", i+1, mgrs, row[2], err)
		}
		easting, northing := number(t, row[4]), number(t, row[5])
		half := row[3][len(row[3])-1:]
		var e, n, backLon, backLat float64
		if zone := row[3][:len(row[3])-1]; zone == "" {
			u, err := ToUPS(lon, lat)
			if err != nil || u.North != (half == "n") {
				t.Errorf("row %d: %v (%v)", i+1, u, err)
			}
			e, n = u.Easting, u.Northing
			backLon, backLat, err = FromUPS(u)
			if err != nil {
				t.Error(err)
			}
		} else {
			u, err := ToUTM(lon, lat)
			if err != nil || u.Zone != int(number(t, zone)) || u.North != (half == "n") {
				t.Errorf("row %d: %v, want zone %s (%v)", i+1, u, row[3], err)
			}
			e, n = u.Easting, u.Northing
			backLon, backLat, err = FromUTM(u)
			if err != nil {
				t.Error(err)
			}
		}
		off := math.Hypot(e-easting, n-northing)
		worst = max(worst, off)
		if off > 10e-9 {
			t.Errorf("row %d: %.9f %.9f, want %s %s", i+1, e, n, row[4], row[5])
		}
		if back := apart(lon, lat, backLon, backLat); back > 10e-9 {
			t.Errorf("row %d: back at %.12f %.12f, %g m away", i+1, backLon, backLat, back)
		}
	}
	t.Logf("worst %.3g m", worst)
}

func TestFarFromTheMeridian(t *testing.T) {
	worst := 0.0
	for i, row := range rows(t, "meridian3.txt") {
		lat, lon := number(t, row[0]), number(t, row[1])
		u, err := ToUTMZone(lon, lat, 31, true)
		if err != nil {
			t.Fatal(err)
		}
		off := math.Hypot(u.Easting-500000-number(t, row[2]), u.Northing-number(t, row[3]))
		worst = max(worst, off)
		if off > 10e-9 {
			t.Errorf("row %d: %v is %g m off", i+1, u, off)
		}
		backLon, backLat, err := FromUTM(u)
		if back := apart(lon, lat, backLon, backLat); err != nil || back > 10e-9 {
			t.Errorf("row %d: back at %v %v, %g m away (%v)", i+1, backLon, backLat, back, err)
		}
	}
	t.Logf("worst %.3g m", worst)
}

func TestKnownAnswers(t *testing.T) {
	lon, lat := 44.3661, 33.3152
	u, err := ToUTM(lon, lat)
	if err != nil || u.String() != "38N 440995 3686410" || math.Hypot(u.Easting-440994.674228, u.Northing-3686410.212555) > 1e-6 {
		t.Errorf("%v %.6f %.6f (%v)", u, u.Easting, u.Northing, err)
	}
	if x, y := ToWebMercator(lon, lat); math.Hypot(x-4938811.660483, y-3937216.615779) > 1e-6 {
		t.Errorf("Web Mercator %.6f %.6f", x, y)
	}
	for digits, want := range []string{"38SMB", "38SMB48", "38SMB4086", "38SMB409864", "38SMB40998641", "38SMB4099486410"} {
		if got, err := FormatMGRS(lon, lat, digits); got != want || err != nil {
			t.Errorf("%d digits: %s (%v)", digits, got, err)
		}
	}
}

func TestWebMercator(t *testing.T) {
	r := randtest.New(t, 0)
	for range 2000 {
		lon, lat := r.Float64()*360-180, (r.Float64()*2-1)*WebMercatorLatitude
		x, y := ToWebMercator(lon, lat)
		if a, b := FromWebMercator(x, y); apart(lon, lat, a, b) > 1e-8 {
			t.Fatalf("%v %v comes back as %v %v", lon, lat, a, b)
		}
	}
	for _, c := range []struct {
		desc           string
		lon, lat, x, y float64
	}{
		{"the middle", 0, 0, 0, 0},
		{"the corner", 180, WebMercatorLatitude, WebMercatorEdge, WebMercatorEdge},
		{"the pole is clamped", -180, -90, -WebMercatorEdge, -WebMercatorEdge},
		{"beyond the date line", 190, 0, WebMercatorEdge * 190 / 180, 0},
	} {
		if x, y := ToWebMercator(c.lon, c.lat); math.Hypot(x-c.x, y-c.y) > 1e-6 {
			t.Errorf("%s: %.6f %.6f", c.desc, x, y)
		}
	}
}

func TestZones(t *testing.T) {
	for _, c := range []struct {
		desc     string
		lon, lat float64
		zone     int
		north    bool
	}{
		{"Greenwich", 0, 51, 31, true},
		{"just west of it", -1e-9, 51, 30, true},
		{"the date line from the east", -180, 0, 1, true},
		{"the date line from the west", 180, 0, 1, true},
		{"south", 0, -1e-9, 31, false},
		{"another turn", 404.3661, 33, 38, true},
		{"Bergen", 5.3, 60.4, 32, true},
		{"south of the exception", 5.3, 55.99, 31, true},
		{"north of the exception", 5.3, 64, 31, true},
		{"Svalbard", 15, 78, 33, true},
		{"Svalbard, west", 8.9, 78, 31, true},
		{"Svalbard, east", 33, 78, 37, true},
	} {
		if zone, north := UTMZone(c.lon, c.lat); zone != c.zone || north != c.north {
			t.Errorf("%s: zone %d, north %v", c.desc, zone, north)
		}
	}
}

func TestRefuses(t *testing.T) {
	nan := math.NaN()
	_, err := ToUTM(0, 84)
	invalid(t, "84 north", err, "84 north")
	_, err = ToUTM(nan, 0)
	invalid(t, "no longitude", err, "longitude")
	_, err = ToUTM(0, nan)
	invalid(t, "no latitude", err, "latitude")
	_, err = ToUTMZone(0, 0, 61, true)
	invalid(t, "zone 61", err, "1 to 60")
	_, err = ToUTMZone(0, 0, 1, true)
	invalid(t, "too far", err, "zone")
	_, _, err = FromUTM(UTM{0, true, 500000, 0})
	invalid(t, "zone 0", err, "1 to 60")
	_, _, err = FromUTM(UTM{1, true, nan, 0})
	invalid(t, "no easting", err, "easting")
	_, _, err = FromUTM(UTM{1, true, 500000, math.Inf(1)})
	invalid(t, "no northing", err, "northing")
	_, err = ToUPS(0, 91)
	invalid(t, "beyond the pole", err, "latitude")
	_, _, err = FromUPS(UPS{true, nan, 0})
	invalid(t, "no UPS easting", err, "easting")
	_, err = FormatMGRS(0, 0, 6)
	invalid(t, "6 digits", err, "0 (100 km) to 5 (1 m)")
	_, err = FormatMGRS(math.Inf(1), 0, 5)
	invalid(t, "infinite", err, "longitude")
}
