package filter

import (
	"math"

	"bivouac/geo"
)

// stretch is a range of values in terms of literals. A nil end leaves it open
// on that side. A day has a first and a last moment: what is after a day
// comes after its last, what is not before it begins with its first.
type stretch struct {
	least, most          *literal
	afterLeast, upToMost bool // the end itself, the whole day of it, is not in the stretch
}

// stretchOf returns the values v for which "v o l" holds; for <> those for
// which it does not.
func stretchOf(o op, l literal) stretch {
	switch o {
	case less:
		return stretch{most: &l, upToMost: true}
	case lessOrEqual:
		return stretch{most: &l}
	case greater:
		return stretch{least: &l, afterLeast: true}
	case greaterOrEqual:
		return stretch{least: &l}
	}
	return stretch{least: &l, most: &l}
}

// span is a range of stored values, both ends included. Where Low is greater
// than High it holds nothing.
type span[T int64 | float64 | uint32] struct{ low, high T }

// ints turns a stretch into stored int64: whole numbers, moments, or bools as
// 0 and 1.
func (s stretch) ints() span[int64] {
	out := span[int64]{math.MinInt64, math.MaxInt64}
	empty := span[int64]{1, 0}
	if s.least != nil {
		first, last, ok := s.least.whole()
		switch {
		case !ok && s.least.value.Float() > 0:
			return empty
		case !ok: // below all
		case s.afterLeast && last == math.MaxInt64:
			return empty
		case s.afterLeast:
			out.low = last + 1
		default:
			out.low = first
		}
	}
	if s.most != nil {
		first, last, ok := s.most.whole()
		switch {
		case !ok && s.most.value.Float() < 0:
			return empty
		case !ok: // above all
		case s.upToMost && first == math.MinInt64:
			return empty
		case s.upToMost:
			out.high = first - 1
		default:
			out.high = last
		}
	}
	return out
}

// whole returns the first and the last stored int64 that the literal stands
// for. For a number with decimals the first is the whole number above and the
// last the one below. It is false for what lies beyond all int64.
func (l literal) whole() (first, last int64, ok bool) {
	v := l.value
	switch v.Kind() {
	case geo.KindInt:
		return v.Int(), v.Int(), true
	case geo.KindBool:
		n := int64(geo.TriOf(v.Bool()) / geo.True)
		return n, n, true
	case geo.KindTime:
		first = int64(v.Time())
		if last = first; l.day {
			last += int64(geo.Day) - 1
		}
		return first, last, true
	}
	const beyond = 1 << 63
	x := v.Float()
	if x >= beyond || x < -beyond {
		return 0, 0, false
	}
	return int64(math.Ceil(x)), int64(math.Floor(x)), true
}

// floats turns a stretch of numbers into stored float64.
func (s stretch) floats() span[float64] {
	out := span[float64]{math.Inf(-1), math.Inf(1)}
	if s.least != nil {
		if out.low = s.least.value.Float(); s.afterLeast {
			out.low = math.Nextafter(out.low, math.Inf(1))
		}
	}
	if s.most != nil {
		if out.high = s.most.value.Float(); s.upToMost {
			out.high = math.Nextafter(out.high, math.Inf(-1))
		}
	}
	return out
}

// has reports whether a text lies in the stretch, by code points.
func (s stretch) has(text string) bool { return s.atLeast(text) && s.atMost(text) }

func (s stretch) atLeast(text string) bool {
	if s.least == nil {
		return true
	}
	least := s.least.value.Text()
	return text > least || text == least && !s.afterLeast
}

func (s stretch) atMost(text string) bool {
	if s.most == nil {
		return true
	}
	most := s.most.value.Text()
	return text < most || text == most && !s.upToMost
}
