package main

import (
	"time"

	"bivouac/geo"
)

func addMissions(c *collection, t *tables) error {
	for _, l := range t.missions {
		r := missionRecord(l, t)
		if l.fault != nil {
			return l.fault
		}
		if err := c.add(r); err != nil {
			return err
		}
	}
	return nil
}

// missionRecord reads a line of missions.csv. The headquarters stands where
// the base or the town that the line names does. A mission's record belongs to
// the mission, as the role of its code in the schema has it.
func missionRecord(l *line, t *tables) record {
	point, ok := t.points[l.text("place")]
	if !ok {
		l.fail("place: no base or town %q", l.text("place"))
	}
	return record{
		id: l.text("code"), mission: l.text("code"), place: point,
		fields: geo.Values{
			"name":         geo.String(l.text("name")),
			"headquarters": geo.String(l.text("headquarters")), "status": geo.String(l.text("status")),
			"opened": l.day("start"), "closed": l.day("end"),
			"source": geo.String(l.text("basis")), "confidence": geo.String(l.text("confidence")),
		},
		extra: map[string]string{"host": l.text("host"), "notes": l.text("notes")},
	}
}

// day returns the date in the named column, null for an empty one.
func (l *line) day(column string) geo.Value {
	text := l.text(column)
	if text == "" {
		return geo.Value{}
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		l.fail("%s: %q is not a day like 2018-09-30", column, text)
	}
	return geo.TimeValue(geo.TimeOf(t))
}
