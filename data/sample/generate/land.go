package main

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

const (
	areaSource     = "outline of a few vertices, drawn for the sample world or kept from Natural Earth (public domain), approximate; no statement on any boundary"
	areaConfidence = "approximate"
)

// area is a row of areas.csv: where a mission or one of its sectors works, by
// an outline of few vertices.
type area struct {
	code, kind, mission, name, timezone string
	wetMonths                           []int64
	shape                               orb.Polygon
}

// land says where things may happen: inside the mission's area and not in a
// lake.
type land struct {
	missions map[string]*area
	sectors  []*area
	waters   []orb.Polygon
}

func (t *tables) readAreas(inputs fs.FS) (err error) {
	t.areas, err = readAs(inputs, "areas.csv", func(l *line) area {
		return area{
			code: l.text("code"), kind: l.text("kind"), mission: l.text("mission"), name: l.text("name"),
			timezone: l.text("timezone"), wetMonths: l.months("wet_months"), shape: l.ring("ring"),
		}
	})
	return err
}

func (t *tables) readWaters(inputs fs.FS) (err error) {
	t.waters, err = readAs(inputs, "waters.csv", func(l *line) orb.Polygon { return l.ring("ring") })
	return err
}

func (t *tables) land() *land {
	all := &land{missions: map[string]*area{}, waters: t.waters}
	for i := range t.areas {
		switch a := &t.areas[i]; a.kind {
		case "mission":
			all.missions[a.mission] = a
		case "sector":
			all.sectors = append(all.sectors, a)
		}
	}
	return all
}

func (l *land) holds(mission string, p orb.Point) bool {
	a := l.missions[mission]
	return a != nil && measure.Inside(p, a.shape) && l.dry(p)
}

func (l *land) dry(p orb.Point) bool {
	for _, w := range l.waters {
		if measure.Inside(p, w) {
			return false
		}
	}
	return true
}

// sector returns the name of the mission's sector that holds p, "" where none
// is drawn.
func (l *land) sector(mission string, p orb.Point) string {
	for _, s := range l.sectors {
		if s.mission == mission && measure.Inside(p, s.shape) {
			return s.name
		}
	}
	return ""
}

func (l *line) months(column string) (all []int64) {
	for _, word := range strings.Fields(l.text(column)) {
		n, err := strconv.ParseInt(word, 10, 64)
		if err != nil || n < 1 || n > 12 {
			l.fail("%s: %q is not a month from 1 to 12", column, word)
		}
		all = append(all, n)
	}
	return all
}

// ring reads an outline like "1 2 > 3 2 > 3 4", which is closed by itself.
func (l *line) ring(column string) orb.Polygon {
	points, err := parsePoints(l.text(column))
	if err != nil || len(points) < 3 {
		l.fail("%s: not an outline of three places or more: %v", column, err)
		return nil
	}
	ring := append(orb.Ring(points), points[0])
	if ring.Orientation() == orb.CW {
		ring.Reverse()
	}
	return orb.Polygon{ring}
}

func parsePoints(text string) (all []orb.Point, err error) {
	for _, word := range strings.Split(text, " > ") {
		numbers := strings.Fields(word)
		if len(numbers) != 2 {
			return nil, fmt.Errorf("%q is not a longitude and a latitude", word)
		}
		p, err := parsePoint(numbers[0], numbers[1])
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

func addAreas(c *collection, t *tables) error {
	for i := range t.areas {
		if err := c.add(t.areas[i].record()); err != nil {
			return err
		}
	}
	return nil
}

func (a *area) record() record {
	months := make([]geo.Value, len(a.wetMonths))
	for i, m := range a.wetMonths {
		months[i] = geo.Int(m)
	}
	return record{
		id: "area:" + a.code, mission: a.mission, place: a.shape,
		fields: geo.Values{
			"name": geo.String(a.name), "kind": geo.String(a.kind), "code": geo.String(a.code),
			"wet_months": geo.List(months...), "timezone": geo.String(a.timezone),
			"source": geo.String(areaSource), "confidence": geo.String(areaConfidence),
		},
		extra: map[string]string{"approximate": "outline: drawn by hand, some kilometres off; code: ours; wet_months: those of the region in most years"},
	}
}
