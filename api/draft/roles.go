package draft

import "bivouac/geo"

// follow fills what the store knows of the record from the fields that have a
// role, where the edit changed them. What was set beside a field stays while
// the field does.
func follow(s *geo.Schema, old, f *geo.Feature) error {
	for role, clear := range map[geo.Role]func(){
		geo.SourceIDRole: func() { f.SourceID = "" },
		geo.MissionRole:  func() { f.Mission = "" },
		geo.ClassRole:    func() { f.Class = geo.Unclassified },
	} {
		if i := s.WithRole(role); changed(old, f, i) {
			clear()
		}
	}
	if err := geo.Fill(s, f); err != nil {
		return err
	}
	if !timesChanged(s, old, f) {
		f.Valid = old.Valid
	}
	return nil
}

func changed(old, f *geo.Feature, i int) bool { return !old.Value(i).Equal(f.Value(i)) }

func timesChanged(s *geo.Schema, old, f *geo.Feature) bool {
	for i := range s.Fields {
		switch s.Fields[i].Role {
		case geo.InstantRole, geo.StartRole, geo.EndRole:
		default:
			if s.Fields[i].Name != geo.PrecisionField {
				continue
			}
		}
		if changed(old, f, i) {
			return true
		}
	}
	return false
}

// checkSource refuses a source id from those who do not see all.
func checkSource(s *geo.Schema, old, f *geo.Feature, r geo.Reader) error {
	i := s.WithRole(geo.SourceIDRole)
	if i < 0 || r.SeesAll() || !changed(old, f, i) {
		return nil
	}
	return geo.Errorf(geo.Forbidden, s.Fields[i].Name, "a source id is set and changed only by those who see the records of every class and mission; leave it as it is")
}

// check refuses a record that lacks what it needs, or that its editor could
// not read.
func check(s *geo.Schema, f *geo.Feature, r geo.Reader) error {
	for i := range s.Fields {
		if s.Fields[i].Required && f.Value(i).Null() {
			return geo.Errorf(geo.Invalid, s.Fields[i].Name, "is required; say what it is")
		}
	}
	switch {
	case f.Class > r.Ceiling:
		return geo.Errorf(geo.Forbidden, nameOf(s, geo.ClassRole, "classification"), "this would make the record %s, and you see records up to %s alone; nobody writes what he may not read", f.Class, r.Ceiling)
	case !r.SeesMission(f.Mission):
		return geo.Errorf(geo.Forbidden, nameOf(s, geo.MissionRole, "mission"), "the mission %q is not one whose records you may see; nobody writes what he may not read", f.Mission)
	}
	return nil
}

// nameOf returns the name of the field of the role.
func nameOf(s *geo.Schema, r geo.Role, otherwise string) string {
	if i := s.WithRole(r); i >= 0 {
		return s.Fields[i].Name
	}
	return otherwise
}
