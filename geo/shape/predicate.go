package shape

import (
	"bivouac/geo"

	"github.com/paulmach/orb"
)

// Intersects reports whether a and b share at least one place, boundaries
// included. It is exact, takes every type and needs neither shape to be valid.
// What is empty or nil shares nothing. The error is a *geo.Error where a
// coordinate is not finite.
func Intersects(a, b orb.Geometry) (bool, error) {
	apart, err := apart(a, b)
	if apart || err != nil {
		return false, err
	}
	if p, ok := plain(a).(orb.Point); ok {
		return hasPoint(b, p), nil
	}
	if p, ok := plain(b).(orb.Point); ok {
		return hasPoint(a, p), nil
	}
	if size(a) < size(b) {
		a, b = b, a
	}
	p, err := Prepare(a)
	return err == nil && p.Intersects(b), err
}

// Disjoint reports whether a and b share no place: the opposite of
// [Intersects]. What is empty is disjoint from everything.
func Disjoint(a, b orb.Geometry) (bool, error) {
	meet, err := Intersects(a, b)
	return !meet && err == nil, err
}

// Within reports whether a lies in b: no place of a outside b, and at least
// one interior place in common (T*F**F***). A point on the boundary of a
// polygon meets it and is not within it. What is empty lies in nothing and
// holds nothing.
//
// Both shapes must be valid, else the error, a *geo.Error, says why not; where
// one of the two is a point, an invalid other is read as [Prepare] does. These
// rules are those of every predicate below.
func Within(a, b orb.Geometry) (bool, error) {
	return matches(a, b, "T*F**F***")
}

// Contains reports whether b lies in a: [Within] the other way round.
func Contains(a, b orb.Geometry) (bool, error) { return Within(b, a) }

// Equals reports whether a and b are the same set of places, however written
// (T*F**FFF*). Two empty shapes are equal.
func Equals(a, b orb.Geometry) (bool, error) {
	if Empty(a) && Empty(b) {
		return true, nil
	}
	return matches(a, b, "T*F**FFF*")
}

// Touches reports whether a and b share boundaries alone, and no interior
// place (FT*******, F**T***** or F***T****).
func Touches(a, b orb.Geometry) (bool, error) {
	return matches(a, b, "FT*******", "F**T*****", "F***T****")
}

// Crosses reports whether a and b share some and not all interior places, in
// fewer dimensions than the greater of them has: T*T****** where a has fewer
// dimensions than b, T*****T** where it has more, 0******** for two lines, and
// never else.
func Crosses(a, b orb.Geometry) (bool, error) {
	switch da, db := dimension(a), dimension(b); {
	case da < db:
		return matches(a, b, "T*T******")
	case da > db:
		return matches(a, b, "T*****T**")
	case da == 1:
		return matches(a, b, "0********")
	}
	return false, check(a, b)
}

// Overlaps reports whether a and b, of the same dimension, share some places of
// that dimension and each has places that the other has not (T*T***T**, and
// 1*T***T** for lines).
func Overlaps(a, b orb.Geometry) (bool, error) {
	switch da, db := dimension(a), dimension(b); {
	case da != db:
		return false, check(a, b)
	case da == 1:
		return matches(a, b, "1*T***T**")
	}
	return matches(a, b, "T*T***T**")
}

// matches reports whether the matrix of a and b fits one of the patterns. No
// pattern here fits shapes that share no place, so boxes decide those.
func matches(a, b orb.Geometry, patterns ...string) (bool, error) {
	apart, err := apart(a, b)
	if apart || err != nil {
		return false, err
	}
	matrix, err := Relate(a, b)
	if err != nil {
		return false, err
	}
	for _, p := range patterns {
		if fits(matrix, p) {
			return true, nil
		}
	}
	return false, nil
}

// fits reports whether a DE-9IM matrix fits a pattern of F, T, 0, 1, 2 and *.
func fits(matrix, pattern string) bool {
	for i := range len(pattern) {
		switch m, p := matrix[i], pattern[i]; {
		case p == '*', p == m, p == 'T' && m != 'F':
		default:
			return false
		}
	}
	return true
}

// apart reports whether the boxes of a and b are, which is certain where one
// of them is empty.
func apart(a, b orb.Geometry) (bool, error) {
	if Empty(a) || Empty(b) {
		return true, check(a, b)
	}
	boxA, okA := Bound(a)
	boxB, okB := Bound(b)
	if !okA || !okB {
		return false, check(a, b)
	}
	return !boxA.Meets(boxB), nil
}

// check returns the error for coordinates that no predicate can be asked of.
func check(shapes ...orb.Geometry) error {
	for _, g := range shapes {
		if _, ok := Bound(g); !ok && !Empty(g) {
			return errNotFinite()
		}
	}
	return nil
}

func errNotFinite() error {
	return geo.Errorf(geo.Invalid, "geometry", "shape: a coordinate is not a finite number; correct it")
}

// size returns the number of positions.
func size(g orb.Geometry) (n int) {
	positions(g, func(orb.Point) bool {
		n++
		return true
	})
	return n
}

// dimension returns 0 for points, 1 for lines, 2 for areas, the greatest for
// a collection, and -1 for what is empty.
func dimension(g orb.Geometry) int {
	d := -1
	atoms(g, func(atom orb.Geometry) bool {
		d = max(d, atom.Dimensions())
		return d < 2
	})
	return d
}
