package geo

import "strconv"

// Class is the information classification of a record after ST/SGB/2007/6.
// The values are ordered: a reader with a ceiling sees all that is not above.
type Class uint8

// The three classes.
const (
	Unclassified Class = iota
	Confidential
	StrictlyConfidential
)

var classNames = [...]string{"unclassified", "confidential", "strictly_confidential"}

// Classes returns the names of all classes, lowest first.
func Classes() []string { return classNames[:] }

// String prints the class as records and parameters write it.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return "class out of range"
}

// ParseClass reads what String prints.
func ParseClass(s string) (Class, error) {
	for i, name := range classNames {
		if s == name {
			return Class(i), nil
		}
	}
	return 0, ErrorOf(Invalid, "classification", noClass, strconv.Quote(s))
}

// Reader says what somebody may see. The zero Reader sees what is
// unclassified, of all missions.
type Reader struct {
	Ceiling  Class
	Missions []string // nil is all missions; empty is only what all share
}

// Unrestricted is the reader from whom nothing is kept: for the store and for
// who owns the file, not for what is told to others.
func Unrestricted() Reader { return Reader{Ceiling: StrictlyConfidential} }

// Sees reports whether a record of the class and mission exists for r.
func (r Reader) Sees(c Class, mission string) bool {
	return c <= r.Ceiling && r.SeesMission(mission)
}

// SeesMission reports whether r may see records of the mission. What all
// missions share ("") is seen by every reader.
func (r Reader) SeesMission(mission string) bool {
	if r.Missions == nil || mission == "" {
		return true
	}
	for _, m := range r.Missions {
		if m == mission {
			return true
		}
	}
	return false
}

// SeesAll reports whether no record is kept from r.
func (r Reader) SeesAll() bool { return r.Ceiling == StrictlyConfidential && r.Missions == nil }
