package geo

import "slices"

// Asker is who asked for something that outlives the request, and as whom it
// is done: what he began is his alone.
type Asker struct {
	Name, Grant string // Grant is "" for one who needed none
	Reader      Reader
}

// Sees reports whether a is the one who asked as owner, and still sees all that
// he saw then.
func (a Asker) Sees(owner Asker) bool {
	if a.Name != owner.Name || a.Grant != owner.Grant || a.Reader.Ceiling < owner.Reader.Ceiling {
		return false
	}
	if owner.Reader.Missions == nil {
		return a.Reader.Missions == nil
	}
	return !slices.ContainsFunc(owner.Reader.Missions, func(m string) bool { return !a.Reader.SeesMission(m) })
}
