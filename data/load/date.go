package load

import (
	"strings"
	"time"

	"bivouac/geo"
)

// moment is a time as a source writes it.
type moment struct {
	at       geo.Time
	day      bool // written as a day
	zoneless bool // written with a clock and without a zone; read as UTC
}

// parseMoment reads the ways of writing a time that cannot be misread: a day
// 2006-01-02 (also with slashes), the same with a clock behind a T or a space
// and with or without a zone, and days whose month is a word. Days such as
// 3/4/2019, which one half of the world reads as March and the other as April,
// are not read.
func parseMoment(b []byte) (moment, bool) {
	day, ok := parseDay(b)
	if ok && len(b) == 10 {
		return moment{at: day, day: true}, true
	}
	if ok && (b[10] == 'T' || b[10] == ' ' || b[10] == 't') {
		return parseClock(day, b[11:])
	}
	if len(b) > 40 || len(b) < 8 || !hasLetter(b) {
		return moment{}, false
	}
	for _, layout := range wordy {
		if t, err := time.Parse(layout, string(b)); err == nil {
			return moment{at: geo.TimeOf(t), day: true}, true
		}
	}
	return moment{}, false
}

func hasLetter(b []byte) bool {
	for _, c := range b {
		if c |= 0x20; c >= 'a' && c <= 'z' {
			return true
		}
	}
	return false
}

var wordy = []string{"2 January 2006", "2 Jan 2006", "2-Jan-2006", "January 2, 2006", "Jan 2, 2006", "02January2006", "2 Jan. 2006"}

// parseDay reads the first ten bytes as a day.
func parseDay(b []byte) (geo.Time, bool) {
	if len(b) < 10 || b[4] != b[7] || b[4] != '-' && b[4] != '/' {
		return 0, false
	}
	y, okY := digits(b[:4])
	m, okM := digits(b[5:7])
	d, okD := digits(b[8:10])
	if !okY || !okM || !okD || m < 1 || m > 12 || d < 1 || d > monthDays(y, m) {
		return 0, false
	}
	return geo.Time(daysOf(y, m, d)) * geo.Day, true
}

func digits(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0
}

func monthDays(y, m int) int {
	switch {
	case m == 2 && (y%4 != 0 || y%100 == 0 && y%400 != 0):
		return 28
	case m == 2:
		return 29
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	}
	return 31
}

// daysOf counts the days from 1970-01-01, in eras of 400 years that start on
// 1 March (Hinnant, 2013). y is 0 or more.
func daysOf(y, m, d int) int {
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	if y < 0 {
		era = -1
	}
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

// parseClock reads hh:mm, hh:mm:ss and hh:mm:ss.ffffff, and the zone behind.
func parseClock(day geo.Time, b []byte) (moment, bool) {
	if len(b) < 5 || b[2] != ':' {
		return moment{}, false
	}
	h, okH := digits(b[:2])
	m, okM := digits(b[3:5])
	if !okH || !okM || h > 23 || m > 59 {
		return moment{}, false
	}
	t := day + geo.Time(h*3600+m*60)*geo.Second
	b = b[5:]
	if len(b) >= 3 && b[0] == ':' {
		s, ok := digits(b[1:3])
		if !ok || s > 60 {
			return moment{}, false
		}
		t += geo.Time(s) * geo.Second
		b = b[3:]
		if len(b) > 0 && (b[0] == '.' || b[0] == ',') {
			var part geo.Time
			part, b = fraction(b[1:])
			t += part
		}
	}
	shift, zoned, ok := parseZone(strings.TrimSpace(string(b)))
	return moment{at: t - shift, zoneless: !zoned}, ok
}

// fraction reads the decimals of a second, to the microsecond.
func fraction(b []byte) (geo.Time, []byte) {
	var t geo.Time
	unit := geo.Second
	for len(b) > 0 && b[0] >= '0' && b[0] <= '9' {
		unit /= 10
		t += geo.Time(b[0]-'0') * unit
		b = b[1:]
	}
	return t, b
}

// parseZone reads Z, UTC, +hh:mm, +hhmm and +hh; none at all is UTC too.
func parseZone(s string) (shift geo.Time, zoned, ok bool) {
	switch s {
	case "":
		return 0, false, true
	case "Z", "z", "UTC", "GMT":
		return 0, true, true
	}
	sign := geo.Second
	switch s[0] {
	case '-':
		sign = -sign
	case '+':
	default:
		return 0, false, false
	}
	text := []byte(strings.Replace(s[1:], ":", "", 1))
	if len(text) == 2 {
		text = append(text, "00"...)
	}
	n, okN := digits(text)
	return sign * geo.Time(n/100*3600+n%100*60), true, okN && len(text) == 4 && n < 1500 && n%100 < 60
}
