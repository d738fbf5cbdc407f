package grid

import (
	"math"
	"strconv"

	"bivouac/geo"
)

// SuggestWidth returns the width of cells that hold two of n events on average
// over an area in square metres, which is common for counts in quadrats (Greig-
// Smith 1952, Annals of Botany 16; twice the area over the number), rounded up
// to 1, 2 or 5 and zeros. There are at most limit cells.
func SuggestWidth(s Shape, area float64, n, limit int) float64 {
	return roundUp(WidthOf(s, max(2*area/float64(max(n, 1)), area/float64(limit))))
}

// roundUp gives the next of 1, 2, 5, 10, 20, 50 and so on.
func roundUp(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 1) {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, step := range []float64{1, 2, 5} {
		if v <= step*unit*(1+1e-9) {
			return step * unit
		}
	}
	return 10 * unit
}

// figures writes a number for people, large ones in groups of three.
func figures(v float64) string {
	if v < 1000 {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	digits := strconv.FormatFloat(math.Round(v), 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// CheckWidth refuses a width that gives no cells.
func CheckWidth(width float64, input string) error {
	if !(width >= 1) || math.IsInf(width, 1) {
		return geo.Errorf(geo.Invalid, input, "cells of %v m give no answer; 1 m is the least", width)
	}
	return nil
}
