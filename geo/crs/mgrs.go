package crs

import (
	"fmt"
	"math"
	"strings"
)

// The letters of MGRS. I and O are never used.
const (
	bands    = "CDEFGHJKLMNPQRSTUVWX" // of latitude, from 80 south, 8 degrees each, the last 12
	utmRows  = "ABCDEFGHJKLMNPQRSTUV" // of 100 km, again and again
	square   = 100000
	rowCycle = 20 * square
)

// utmColumns are the letters of the columns of 100 km from the easting
// 100,000 on, by the zone modulo 3.
var utmColumns = [3]string{"STUVWXYZ", "ABCDEFGH", "JKLMNPQR"}

// polar is a half of a polar grid.
type polar struct {
	letter        byte
	north, east   bool
	columns, rows string
	firstColumn   int // in squares
	firstRow      int
}

var polars = [4]polar{
	{'A', false, false, "JKLPQRSTUXYZ", "ABCDEFGHJKLMNPQRSTUVWXYZ", 8, 8},
	{'B', false, true, "ABCFGHJKLPQR", "ABCDEFGHJKLMNPQRSTUVWXYZ", 20, 8},
	{'Y', true, false, "RSTUXYZ", "ABCDEFGHJKLMNP", 13, 13},
	{'Z', true, true, "ABCFGHJ", "ABCDEFGHJKLMNP", 20, 13},
}

// FormatMGRS names the square of the Military Grid Reference System that holds
// the place. digits is how many it has for each of easting and northing: 5 is
// a square of 1 m, 4 of 10 m, down to 0, the square of 100 km. Digits are cut
// off, never rounded, so the square holds the place. Beyond UTM the polar
// letters A, B, Y and Z are used.
func FormatMGRS(lon, lat float64, digits int) (string, error) {
	if digits < 0 || digits > 5 {
		return "", refuse("digits", "crs: %d digits asked for; give 0 (100 km) to 5 (1 m)", digits)
	}
	if err := check(lon, lat); err != nil {
		return "", err
	}
	if lat < utmSouth || lat >= utmNorth {
		return formatPolar(lon, lat, digits)
	}
	u, err := ToUTM(lon, lat)
	if err != nil {
		return "", err
	}
	if !u.North { // a hair south of the equator is not on it
		u.Northing = min(u.Northing, math.Nextafter(falseNorthing, 0))
	}
	// A square belongs to the band of the place, not of its corner; 8 columns
	// hold every zone.
	column, row := int(u.Easting)/square-1, int(u.Northing)/square
	return fmt.Sprintf("%02d%c%c%c", u.Zone, bands[bandOf(lat)],
		utmColumns[u.Zone%3][column], utmRows[(row+rowOffset(u.Zone))%20]) +
		cutDigits(u.Easting, u.Northing, digits), nil
}

// rowOffset is where the letters of the rows start: even zones start at F.
func rowOffset(zone int) int { return 5 * (1 - zone%2) }

// bandOf returns the number of the latitude band.
func bandOf(lat float64) int { return min(len(bands)-1, int(math.Floor((lat-utmSouth)/8))) }

func formatPolar(lon, lat float64, digits int) (string, error) {
	u, err := ToUPS(lon, lat)
	if err != nil {
		return "", err
	}
	p := polars[0]
	for _, q := range polars {
		if q.north == u.North && q.east == (u.Easting >= upsPole) {
			p = q
		}
	}
	return fmt.Sprintf("%c%c%c", p.letter, p.columns[int(u.Easting)/square-p.firstColumn],
		p.rows[int(u.Northing)/square-p.firstRow]) + cutDigits(u.Easting, u.Northing, digits), nil
}

// cutDigits writes the leading digits of the place in its square.
func cutDigits(easting, northing float64, digits int) string {
	if digits == 0 {
		return ""
	}
	cut := int(math.Pow10(5 - digits))
	return fmt.Sprintf("%0*d%0*d", digits, int(easting)%square/cut, digits, int(northing)%square/cut)
}

// ParseMGRS returns the centre of the square that the text names, and the
// square's side in metres (100,000 without digits, 1 with five and five).
// Small letters and spaces are accepted. Squares at the edge of a zone are cut
// off by it, so the centre of a large one may lie beyond the edge.
func ParseMGRS(text string) (lon, lat, precisionMetres float64, err error) {
	r, err := readMGRS(text)
	if err != nil {
		return 0, 0, 0, err
	}
	if r.zone == 0 {
		lon, lat, err = r.polarPlace()
	} else {
		lon, lat, err = r.utmPlace()
	}
	return lon, lat, r.side, err
}

// mgrs is a reference taken apart.
type mgrs struct {
	text              string
	zone              int // 0 in the polar grids
	band, column, row byte
	east, north, side float64 // of the middle of the square in its 100 km
}

// mostDigits is how many digits for each axis are read: 8 are millimetres.
const mostDigits = 8

func readMGRS(text string) (mgrs, error) {
	s := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	r := mgrs{text: text}
	digits := strings.IndexFunc(s, func(c rune) bool { return c < '0' || c > '9' })
	if digits < 0 || digits > 2 || len(s) < digits+3 {
		return r, r.refuse(`is not of the form "38SMB4099486410": zone, band letter, two letters of the square, digits`)
	}
	for _, c := range s[:digits] {
		r.zone = 10*r.zone + int(c-'0')
	}
	if digits > 0 && (r.zone < 1 || r.zone > 60) {
		return r, r.refuse("has the zone %d; zones run from 1 to 60", r.zone)
	}
	r.band, r.column, r.row = s[digits], s[digits+1], s[digits+2]
	return r, r.readDigits(s[digits+3:])
}

func (r *mgrs) readDigits(s string) error {
	n := len(s) / 2
	if len(s)%2 != 0 || n > mostDigits {
		return r.refuse("has %d digits after the letters; give as many for the easting as for the northing, at most %d each", len(s), mostDigits)
	}
	east, north := 0.0, 0.0
	for i := range n {
		a, b := s[i], s[n+i]
		if a < '0' || a > '9' || b < '0' || b > '9' {
			return r.refuse("has something other than digits after the letters")
		}
		east, north = 10*east+float64(a-'0'), 10*north+float64(b-'0')
	}
	r.side = square / math.Pow10(n)
	r.east, r.north = (east+0.5)*r.side, (north+0.5)*r.side
	return nil
}

func (r *mgrs) refuse(format string, args ...any) error {
	return refuse("mgrs", "crs: %q "+format, append([]any{short(r.text)}, args...)...)
}

// short keeps an error readable when the text is not.
func short(text string) string {
	if len(text) > 40 {
		return strings.ToValidUTF8(text[:40], "") + "..."
	}
	return text
}

func (r *mgrs) polarPlace() (lon, lat float64, err error) {
	for _, p := range polars {
		if p.letter != r.band {
			continue
		}
		column, row := strings.IndexByte(p.columns, r.column), strings.IndexByte(p.rows, r.row)
		if column < 0 || row < 0 {
			return 0, 0, r.refuse("names the square %c%c, which %c does not have; its columns are %s and its rows %s", r.column, r.row, p.letter, p.columns, p.rows)
		}
		return FromUPS(UPS{p.north, float64((column+p.firstColumn)*square) + r.east, float64((row+p.firstRow)*square) + r.north})
	}
	return 0, 0, r.refuse("has no zone, and without one the first letter must be A, B, Y or Z, for the polar grids; give the zone, 1 to 60, before the letters")
}

func (r *mgrs) utmPlace() (lon, lat float64, err error) {
	band := strings.IndexByte(bands, r.band)
	if band < 0 {
		return 0, 0, r.refuse("has the band letter %c; with a zone it is one of %s", r.band, bands)
	}
	columns := utmColumns[r.zone%3]
	column, row := strings.IndexByte(columns, r.column), strings.IndexByte(utmRows, r.row)
	if column < 0 {
		return 0, 0, r.refuse("has the column letter %c; in zone %d it is one of %s", r.column, r.zone, columns)
	}
	if row < 0 {
		return 0, 0, r.refuse("has the row letter %c; it is one of %s", r.row, utmRows)
	}
	u := UTM{Zone: r.zone, North: band >= 10, Easting: float64((column + 1) * square)}
	first := (row - rowOffset(r.zone) + 20) % 20 * square
	for n := first; n <= falseNorthing; n += rowCycle {
		if u.Northing = float64(n); u.nearBand(band) && u.meetsBand(band) {
			u.Easting, u.Northing = u.Easting+r.east, u.Northing+r.north
			return FromUTM(u)
		}
	}
	return 0, 0, r.refuse("names the square %c%c, which does not touch band %c of zone %d; check the letters", r.column, r.row, r.band, r.zone)
}

// nearBand passes over the rows of the same letter that are surely in other
// bands: they are 18 degrees apart.
func (u UTM) nearBand(band int) bool {
	north := u.Northing
	if !u.North {
		north -= falseNorthing
	}
	return math.Abs(north/111e3-(utmSouth+8*float64(band)+4)) < 12
}

// meetsBand reports whether the square of 100 km with its south-western
// corner at u has a part in the latitude band.
func (u UTM) meetsBand(band int) bool {
	low, high := math.Inf(1), math.Inf(-1)
	for _, e := range [3]float64{0, square / 2, square} {
		for _, n := range [2]float64{0, square} {
			at := u
			at.Easting, at.Northing = u.Easting+e, u.Northing+n
			if _, lat, err := FromUTM(at); err == nil {
				low, high = min(low, lat), max(high, lat)
			}
		}
	}
	south := utmSouth + 8*float64(band)
	north := south + 8
	if band == len(bands)-1 {
		north = utmNorth
	}
	return low < north && high > south
}
