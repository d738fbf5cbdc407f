package main

import (
	"io/fs"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// townSource is the attribution that GeoNames asks for.
const townSource = "GeoNames, CC BY 4.0"

// town is a row of towns.csv, a place of GeoNames.
type town struct {
	geonameid, name      string
	country, admin, code string
	population           int64 // 0 is unknown
	point                orb.Point
}

func (t *town) id() string { return "geonames:" + t.geonameid }

// townPeople is from how many people on a place is a town that is the seat of
// nothing.
const townPeople = 10_000

// kind calls the seats of the country's two upper levels of government towns,
// and of the rest those with many people.
func (t *town) kind() string {
	seat := t.code == "PPLC" || t.code == "PPLA" || t.code == "PPLA2"
	if seat || t.population >= townPeople {
		return "town"
	}
	return "village"
}

// roadPlace is a row of road_places.csv: a place on a road that GeoNames'
// list lacks, or a junction where nobody lives.
type roadPlace struct {
	name, kind, confidence, notes string
	point                         orb.Point
}

func (p *roadPlace) id() string { return "place:ML/" + strings.ReplaceAll(p.name, " ", "-") }

func (t *tables) readTowns(inputs fs.FS) (err error) {
	t.towns, err = readAs(inputs, "towns.csv", func(l *line) town {
		return town{
			geonameid: l.text("geonameid"), name: l.text("name"), country: l.text("country"),
			admin: l.text("admin_code"), code: l.text("feature_code"),
			population: l.number64("population"), point: l.point("longitude", "latitude"),
		}
	})
	return err
}

func (t *tables) readRoadPlaces(inputs fs.FS) (err error) {
	t.roadPlaces, err = readAs(inputs, "road_places.csv", func(l *line) roadPlace {
		return roadPlace{
			name: l.text("name"), kind: l.text("kind"), confidence: l.text("confidence"),
			notes: l.text("notes"), point: l.point("longitude", "latitude"),
		}
	})
	return err
}

func addPlaces(c *collection, t *tables) error {
	for i := range t.towns {
		if err := c.add(t.towns[i].record()); err != nil {
			return err
		}
	}
	for i := range t.roadPlaces {
		if err := c.add(t.roadPlaces[i].record()); err != nil {
			return err
		}
	}
	return nil
}

// record leaves the weight open: it is the planner's to give.
func (t *town) record() record {
	people := geo.Value{}
	if t.population > 0 {
		people = geo.Int(t.population)
	}
	return record{
		id: t.id(), place: t.point,
		fields: geo.Values{
			"name": geo.String(t.name), "kind": geo.String(t.kind()), "population": people,
			"source": geo.String(townSource), "confidence": geo.String("stated"),
		},
		extra: map[string]string{"country": t.country, "admin_code": t.admin, "feature_code": t.code},
	}
}

func (p *roadPlace) record() record {
	return record{
		id: p.id(), place: p.point,
		fields: geo.Values{
			"name": geo.String(p.name), "kind": geo.String(p.kind),
			"source": geo.String(ownSource), "confidence": geo.String(p.confidence),
		},
		extra: map[string]string{"country": "ML", "notes": p.notes},
	}
}
