package main

import (
	"io/fs"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// corridor is a row of corridors.csv.
type corridor struct {
	id, mission, kind, season, name, notes string
	course                                 orb.LineString
}

func (t *tables) readCorridors(inputs fs.FS) (err error) {
	t.corridors, err = readAs(inputs, "corridors.csv", func(l *line) corridor {
		course, err := parsePoints(l.text("course"))
		if err != nil || len(course) < 2 {
			l.fail("course: not a way through two places or more: %v", err)
		}
		return corridor{l.text("id"), l.text("mission"), l.text("kind"), l.text("season"), l.text("name"), l.text("notes"), course}
	})
	return err
}

func addCorridors(c *collection, t *tables) error {
	for i := range t.corridors {
		if err := c.add(t.corridors[i].record()); err != nil {
			return err
		}
	}
	return nil
}

func (c *corridor) record() record {
	return record{
		id: "corridor:" + c.mission + "/" + c.id, mission: c.mission, place: c.course,
		fields: geo.Values{
			"name": geo.String(c.name), "kind": geo.String(c.kind), "season": geo.String(c.season),
			"source": geo.String("synthetic: " + ownSource), "confidence": geo.String(syntheticConfidence),
		},
		extra: map[string]string{"notes": c.notes, "approximate": "course: rough, some ten kilometres wide in truth; season: illustrative"},
	}
}
