package crs

import (
	"math"
	"testing"

	"bivouac/geo/randtest"
)

func TestMGRSRoundTrip(t *testing.T) {
	r := randtest.New(t, 0)
	for range 20000 {
		lon, lat := r.Float64()*360-180, math.Asin(r.Float64()*2-1)/degree
		digits := r.IntN(6)
		text, err := FormatMGRS(lon, lat, digits)
		if err != nil {
			t.Fatal(err)
		}
		cLon, cLat, side, err := ParseMGRS(text)
		if err != nil || side != 100000/math.Pow10(digits) {
			t.Fatalf("%v %v is %s, which is refused: %v (%v)", lon, lat, text, err, side)
		}
		// The place is in the square: at most half a diagonal from its middle,
		// with the grid's scale at most 1 in 300 off.
		if d := apart(lon, lat, cLon, cLat); d > side*math.Sqrt2/2*1.02+1e-6 {
			t.Fatalf("%v %v is %s, whose middle is %v %v, %v m away", lon, lat, text, cLon, cLat, d)
		}
		if digits == 5 {
			if again, _ := FormatMGRS(cLon, cLat, 5); again != text && !nearSeam(cLon, cLat) {
				t.Fatalf("the middle of %s is in %s", text, again)
			}
		}
	}
}

// nearSeam reports whether another name begins within some metres.
func nearSeam(lon, lat float64) bool {
	for _, by := range [4][2]float64{{1e-4, 0}, {-1e-4, 0}, {0, 1e-4}, {0, -1e-4}} {
		a, _ := FormatMGRS(lon, lat, 0)
		if b, _ := FormatMGRS(lon+by[0], max(-90, min(90, lat+by[1])), 0); a[:3] != b[:3] {
			return true
		}
	}
	return math.Abs(lat) > 89.99
}

func TestParseMGRS(t *testing.T) {
	for _, c := range []struct {
		text           string
		lon, lat, side float64
	}{
		{"38SMB4099486410", 44.3661, 33.3152, 1},
		{" 38s mb 40994 86410 ", 44.3661, 33.3152, 1},
		{"38SMB4099467486410212", 44.3661, 33.3152, 0.001},
		{"ZAH0000000000", 0, 90, 1},
		{"BAN0000000000", 0, -90, 1},
		{"1NBA", -178.9, 0.45, 100000},
	} {
		text := c.text
		if text == "38SMB4099467486410212" {
			text = "38SMB4099467486410212"[:5] + "40994674" + "86410212"
		}
		lon, lat, side, err := ParseMGRS(text)
		limit := max(c.side, 0.001) * 2
		if c.side == 100000 {
			limit = 100000
		}
		if err != nil || side != c.side || apart(c.lon, c.lat, lon, lat) > limit && math.Abs(lat) < 89.9999 || math.Abs(c.lat-lat) > 1 {
			t.Errorf("%s: %v %v, side %v (%v)", text, lon, lat, side, err)
		}
	}
}

func TestParseMGRSRefuses(t *testing.T) {
	for _, c := range []struct{ desc, text, says string }{
		{"nothing", "", "form"},
		{"no letters", "38", "form"},
		{"no square", "38S", "form"},
		{"zone 61", "61SMB4099486410", "1 to 60"},
		{"zone 0", "0SMB4099486410", "1 to 60"},
		{"band I", "38IMB4099486410", "band letter I"},
		{"column of another zone", "38SAB4099486410", "JKLMNPQR"},
		{"row beyond V", "38SMW4099486410", "row letter W"},
		{"a row that is elsewhere", "38SMM4099486410", "does not touch band S"},
		{"odd digits", "38SMB409948641", "9 digits"},
		{"too many digits", "38SMB123456789123456789", "18 digits"},
		{"letters among digits", "38SMB40A9486410", "other than digits"},
		{"polar letter with a zone", "38AMB4099486410", "band letter A"},
		{"band without a zone", "SMB4099486410", "give the zone"},
		{"polar square that is not there", "ZZZ4099486410", "ABCFGHJ"},
		{"not UTF-8", "38S\xff\xfe", ""},
	} {
		_, _, _, err := ParseMGRS(c.text)
		invalid(t, c.desc, err, c.says)
	}
}
