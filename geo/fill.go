package geo

// Fill sets what the store knows of every record - SourceID, Mission, Class
// and Valid - from the values of the fields that have these roles. What has no
// such field, or a null in it, is left as it is; so a SourceID that a file
// gives beside the fields stays, and a record without a mission is shared.
//
// An instant stands for one microsecond; a day, and a time whose field
// time_precision says anything coarser than the hour, stands to the end of
// that day. An end is the last moment that still belongs to the record: a day
// as an end stands to its last moment. A record whose instant is null happened
// at an unknown time. A start without an end is open; an end before its start
// is an error.
func Fill(s *Schema, f *Feature) error {
	for i := range s.Fields {
		v := f.Value(i)
		if v.Null() {
			continue
		}
		switch s.Fields[i].Role {
		case SourceIDRole:
			f.SourceID = textOf(v)
		case MissionRole:
			f.Mission = textOf(v)
		case ClassRole:
			c, err := ParseClass(v.Text())
			if err != nil {
				return err
			}
			f.Class = c
		}
	}
	return fillTime(s, f)
}

// textOf prints numbers as they are and strings without quotes.
func textOf(v Value) string {
	if v.Kind() == KindString {
		return v.Text()
	}
	return v.String()
}

func fillTime(s *Schema, f *Feature) error {
	if !s.Timed() {
		return nil
	}
	if s.WithRole(InstantRole) >= 0 {
		f.Valid = happened(s, f)
	} else {
		f.Valid = stood(s, f)
	}
	if !f.Valid.Valid() {
		return ErrorOf(Invalid, s.Fields[max(0, s.WithRole(EndRole))].Name, endsEarly, f.Valid)
	}
	return nil
}

// happened is the interval of a record that has an instant.
func happened(s *Schema, f *Feature) Interval {
	at := s.WithRole(InstantRole)
	v := f.Value(at)
	if v.Null() {
		return UnknownTime
	}
	start := v.Time()
	if end, ok := last(s, f); ok {
		return Between(start, end)
	}
	if s.Fields[at].DateOnly || coarse(s, f) {
		return Between(start, nextDay(start))
	}
	return Instant(start)
}

func nextDay(t Time) Time {
	rest := t % Day
	if rest < 0 {
		rest += Day
	}
	return t - rest + Day
}

// PrecisionField is the field whose code says how well an instant is known.
const PrecisionField = "time_precision"

func coarse(s *Schema, f *Feature) bool {
	switch f.Value(s.Field(PrecisionField)).Text() {
	case "", "exact", "hour", "unknown":
		return false
	}
	return true
}

// stood is the interval of a record that has a start, an end or both.
func stood(s *Schema, f *Feature) Interval {
	var i Interval
	if v := f.Value(s.WithRole(StartRole)); !v.Null() {
		i.Start = End{Kind: At, Time: v.Time()}
		i.End.Kind = Open
	}
	if end, ok := last(s, f); ok {
		i.End = End{Kind: At, Time: end}
	}
	return i
}

// last returns the first moment behind the record's end.
func last(s *Schema, f *Feature) (Time, bool) {
	at := s.WithRole(EndRole)
	v := f.Value(at)
	switch {
	case v.Null():
		return 0, false
	case s.Fields[at].DateOnly:
		return v.Time() + Day, true
	}
	return v.Time() + Microsecond, true
}
