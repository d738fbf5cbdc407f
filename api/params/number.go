package params

import (
	"math"
	"strconv"

	"bivouac/geo"
)

// Limits of a page of items. A larger whole number is taken as MaxLimit.
const (
	MinLimit     = 1
	DefaultLimit = 1000
	MaxLimit     = 10000
)

// MaxK is the most neighbours that k may ask for.
const MaxK = 10000

// parseLimit reads the limit parameter.
func parseLimit(s string) (int, error) {
	n, ok := whole(s)
	if !ok || n < MinLimit {
		return 0, geo.Errorf(geo.Invalid, "limit", "must be a whole number from %d to %d, not %q", MinLimit, MaxLimit, clip(s))
	}
	return min(n, MaxLimit), nil
}

func parseK(s string) (int, error) {
	n, ok := whole(s)
	if !ok || n < 1 || n > MaxK {
		return 0, geo.Errorf(geo.Invalid, "k", "must be a whole number from 1 to %d, not %q", MaxK, clip(s))
	}
	return n, nil
}

// whole reads decimal digits. A number too large for an int is the largest.
func whole(s string) (int, bool) {
	if s == "" {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		if n < math.MaxInt/16 {
			n = n*10 + int(s[i]-'0')
		}
	}
	return n, true
}

// decimal reads a finite number.
func decimal(s string) (float64, bool) {
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
}
