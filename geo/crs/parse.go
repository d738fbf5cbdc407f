package crs

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// ParseCoordinate reads a place as people type it, and returns its longitude
// and latitude, in this order:
//
//   - MGRS: "38SMB4099486410", "38S MB 40994 86410", in any case; the middle of
//     the square.
//   - UTM: zone, a letter, easting, northing: "38N 440995 3686410". The letter is
//     a latitude band, as in MGRS; N and S may be hemispheres too. N is the
//     northern half either way. S is the band from 32 to 40 north when the
//     northing lies there, else the southern half.
//   - Degrees, with or without minutes and seconds, as numbers parted by signs
//     or spaces, with the letters N, S, E, W before or after or a sign:
//     "33.3152, 44.3661", "33°18'54.7\"N 44°21'58\"E", "N33 18.912 E44 21.966",
//     "331855N0442158E". A comma may be the decimal point: "33,3152 44,3661".
//
// Degrees have the latitude first, as people write them, unless letters say
// otherwise: "44.3661E 33.3152N". The error says what to write.
func ParseCoordinate(text string) (lon, lat float64, err error) {
	const longest = 200
	if len(text) > longest {
		return 0, 0, refuse("coordinate", "crs: the text has %d characters; a coordinate has at most %d", len(text), longest)
	}
	s := tidy.Replace(strings.ToUpper(strings.TrimSpace(text)))
	if looksMGRS.MatchString(s) {
		lon, lat, _, err = ParseMGRS(s)
		return lon, lat, err
	}
	if m := looksUTM.FindStringSubmatch(s); m != nil {
		return parseUTM(m)
	}
	return parseDegrees(text, s)
}

// tidy brings the signs that people and programs put for the same thing to
// one: spaces, minus signs, and the marks of degrees, minutes and seconds.
var tidy = strings.NewReplacer(
	"\u00a0", " ", "\u202f", " ", "\t", " ",
	"−", "-", "–", "-",
	"º", "°", "˚", "°",
	"''", "\"", "″", "\"", "”", "\"", "“", "\"",
	"′", "'", "’", "'", "‘", "'", "`", "'",
)

// marks does the same for letters that stand for degrees, which in the other
// systems mean something else.
var marks = strings.NewReplacer("DEG", "°", "D", "°")

var (
	looksMGRS = regexp.MustCompile(`^(\d{1,2} *[A-Z] *|[ABYZ] *)[A-HJ-NP-Z] *[A-HJ-NP-Z][ \d]*$`)
	looksUTM  = regexp.MustCompile(`^(?:ZONE *)?(\d{1,2}) *([C-HJ-NP-X])[ ,;]+(\d{5,7}(?:\.\d+)?) *M? *E?[ ,;]+(\d{1,8}(?:\.\d+)?) *M? *N?$`)
)

func parseUTM(m []string) (lon, lat float64, err error) {
	var u UTM
	u.Zone, _ = strconv.Atoi(m[1])
	u.Easting, _ = strconv.ParseFloat(m[3], 64)
	u.Northing, _ = strconv.ParseFloat(m[4], 64)
	u.North = m[2] >= "N"
	if m[2] == "S" {
		_, lat, err = FromUTM(u)
		u.North = err == nil && lat >= 32 && lat <= 40
	}
	return FromUTM(u)
}

var (
	decimalCommas = regexp.MustCompile(`^[^.,;]*\d,\d+[^.,;\d]*[ ;][^.,;]*\d,\d+[^.,;\d]*$`)
	token         = regexp.MustCompile(`[NSEW]|[+-]|\d+(?:\.\d*)?|\.\d+|[°'":]|[ ,;]+`)
	packedSeconds = regexp.MustCompile(`^(\d{2,3})(\d{2})(\d{2}(?:\.\d*)?)$`)
	packedMinutes = regexp.MustCompile(`^(\d{2,3})(\d{2}(?:\.\d*)?)$`)
)

// angle is a latitude or a longitude as it is read.
type angle struct {
	parts    []float64 // degrees, minutes, seconds
	letter   string
	negative bool
	packed   bool
}

// parseDegrees reads two angles.
func parseDegrees(text, s string) (lon, lat float64, err error) {
	if decimalCommas.MatchString(s) {
		s = strings.ReplaceAll(s, ",", ".")
	}
	s = marks.Replace(s)
	words := token.FindAllString(s, -1)
	if strings.Join(words, "") != s || len(words) == 0 {
		return 0, 0, noCoordinate(text)
	}
	angles, ok := split(words)
	if !ok {
		return 0, 0, noCoordinate(text)
	}
	first, second := angles[0], angles[1]
	if strings.Contains("EW", first.letter) && first.letter != "" || strings.Contains("NS", second.letter) && second.letter != "" {
		first, second = second, first
	}
	if strings.Contains("EW", first.letter) && first.letter != "" || strings.Contains("NS", second.letter) && second.letter != "" {
		return 0, 0, refuse("coordinate", "crs: %q gives the same direction twice; give one of N or S and one of E or W", short(text))
	}
	if lat, err = first.degrees("latitude", 90); err != nil {
		return 0, 0, err
	}
	lon, err = second.degrees("longitude", 180)
	return lon, lat, err
}

func noCoordinate(text string) error {
	return refuse("coordinate", "crs: %q is no coordinate; write 33.3152 44.3661 (latitude first), 33°18'55\"N 44°21'58\"E, 38SMB4099486410 or 38N 440995 3686410", short(text))
}

// split shares the words out between two angles. A letter, a sign, a comma
// or a mark of degrees shows where the second begins; where only spaces part
// the numbers they are halved.
func split(words []string) (angles [2]angle, ok bool) {
	starts := boundaries(words)
	if starts == nil {
		return angles, false
	}
	for i, part := range [2][]string{words[:starts[0]], words[starts[0]:]} {
		for _, w := range part {
			if !angles[i].take(w) {
				return angles, false
			}
		}
		if n := len(angles[i].parts); n == 0 || n > 3 {
			return angles, false
		}
	}
	return angles, (angles[0].letter == "") == (angles[1].letter == "")
}

// boundaries returns where the second angle starts, or nil.
func boundaries(words []string) []int {
	var letters, signs, commas, degrees, numbers []int
	for i, w := range words {
		switch {
		case strings.Contains("NSEW", w):
			letters = append(letters, i)
		case w == "+" || w == "-":
			signs = append(signs, i)
		case strings.ContainsAny(w, ",;"):
			commas = append(commas, i)
		case w == "°":
			degrees = append(degrees, i)
		case isNumber(w):
			numbers = append(numbers, i)
		}
	}
	switch {
	case len(letters) == 2 && letters[0] < numbersFirst(numbers): // before its angle
		return letters[1:]
	case len(letters) == 2:
		return []int{letters[0] + 1}
	case len(letters) != 0 || len(numbers) < 2:
		return nil
	case len(commas) == 1:
		return commas
	case len(degrees) == 2:
		return startOf(words, degrees[1])
	case len(signs) > 0 && signs[len(signs)-1] > numbers[0]:
		return signs[len(signs)-1:]
	case len(numbers)%2 == 0:
		return []int{numbers[len(numbers)/2]}
	}
	return nil
}

func numbersFirst(numbers []int) int {
	if len(numbers) == 0 {
		return math.MinInt
	}
	return numbers[0]
}

// startOf goes back from a mark of degrees to its number and the sign before.
func startOf(words []string, mark int) []int {
	at := mark - 1
	for at > 0 && !isNumber(words[at]) {
		at--
	}
	if at > 0 && (words[at-1] == "-" || words[at-1] == "+") {
		at--
	}
	if at <= 0 {
		return nil
	}
	return []int{at}
}

func isNumber(w string) bool { return strings.ContainsAny(w, "0123456789") }

// take adds a word to the angle.
func (a *angle) take(w string) bool {
	switch {
	case strings.Contains("NSEW", w):
		a.letter = w
	case w == "+" || w == "-":
		if len(a.parts) > 0 || a.negative {
			return false
		}
		a.negative = w == "-"
	case isNumber(w):
		return a.takeNumber(w)
	}
	return true
}

// takeNumber adds a number, or the several that were written in one.
func (a *angle) takeNumber(w string) bool {
	numbers := []string{w}
	for _, form := range [2]*regexp.Regexp{packedSeconds, packedMinutes} {
		if m := form.FindStringSubmatch(w); m != nil && len(a.parts) == 0 {
			a.packed, numbers = true, m[1:]
			break
		}
	}
	for _, n := range numbers {
		v, err := strconv.ParseFloat(n, 64)
		if err != nil {
			return false
		}
		a.parts = append(a.parts, v)
	}
	return true
}

// degrees puts the parts together and holds them to their limits.
func (a *angle) degrees(what string, most float64) (float64, error) {
	v, unit := 0.0, 1.0
	for i, p := range a.parts {
		if i > 0 && p >= 60 {
			return 0, refuse(what, "crs: the %s has %v minutes or seconds; they are below 60", what, p)
		}
		if i < len(a.parts)-1 && p != math.Trunc(p) {
			return 0, refuse(what, "crs: the %s has a fraction before its last part, %v; only the last may have one", what, p)
		}
		v += p / unit
		unit *= 60
	}
	if a.packed && a.letter == "" {
		return 0, refuse(what, "crs: the %s %v has no letter; give N, S, E or W with degrees, minutes and seconds in one", what, a.parts)
	}
	if a.negative && a.letter != "" {
		return 0, refuse(what, "crs: the %s has a minus sign and the letter %s; give one of them", what, a.letter)
	}
	if v > most {
		return 0, refuse(what, "crs: the %s is %v; it is at most %v degrees", what, v, most)
	}
	if a.negative || a.letter == "S" || a.letter == "W" {
		v = -v
	}
	return v, nil
}
