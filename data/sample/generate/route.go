package main

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

const (
	// ownSource marks what was drawn for the sample.
	ownSource = "drawn for the sample world, approximate"
	// routeMission is whose roads these are.
	routeMission = "MINUSMA"
	// routeCountry is where the towns on the roads are looked for.
	routeCountry = "ML"
	// notMeasured says what of a route no source states.
	notMeasured = "course: through the places named, straight in between; status, verified, season and speed_kmh: illustrative"
)

// gazetteer finds the vertices of roads by the words of a course.
type gazetteer struct {
	points    map[string]orb.Point
	ambiguous map[string]bool
}

func newGazetteer(t *tables) *gazetteer {
	g := &gazetteer{points: map[string]orb.Point{}, ambiguous: map[string]bool{}}
	for i := range t.towns {
		if t.towns[i].country == routeCountry {
			g.add(t.towns[i].name, t.towns[i].point)
			g.add(t.towns[i].id(), t.towns[i].point)
		}
	}
	for i := range t.roadPlaces {
		g.add(t.roadPlaces[i].name, t.roadPlaces[i].point)
	}
	return g
}

func (g *gazetteer) add(name string, p orb.Point) {
	_, known := g.points[name]
	g.ambiguous[name] = known
	g.points[name] = p
}

// vertex returns the place that one word of a course means: a name, a
// source id, or a longitude and a latitude where the road bends.
func (g *gazetteer) vertex(word string) (orb.Point, error) {
	if p, ok := g.points[word]; ok {
		if g.ambiguous[word] {
			return p, fmt.Errorf("several places are called %q; write the source id", word)
		}
		return p, nil
	}
	if numbers := strings.Fields(word); len(numbers) == 2 {
		return parsePoint(numbers[0], numbers[1])
	}
	return orb.Point{}, fmt.Errorf("no place is called %q", word)
}

// course returns the line through the places of a text like
// "Gao > -0.06 16.45 > Bourem". Roads meet because the same word always gives
// the same vertex, bit for bit.
func (g *gazetteer) course(text string) (orb.LineString, error) {
	words := strings.Split(text, " > ")
	if len(words) < 2 {
		return nil, fmt.Errorf("%q is not a course of two places or more", text)
	}
	vertices := make(orb.LineString, 0, len(words))
	for _, word := range words {
		p, err := g.vertex(word)
		if err != nil {
			return nil, err
		}
		vertices = append(vertices, p)
	}
	return vertices, nil
}

func addRoutes(c *collection, t *tables) error {
	for _, l := range t.roadLines {
		r := routeRecord(l, t.roads[l.text("id")])
		if l.fault != nil {
			return l.fault
		}
		if err := c.add(r); err != nil {
			return err
		}
	}
	return nil
}

func routeRecord(l *line, r *road) record {
	return record{
		id: "route:ML/" + r.id, mission: routeMission, place: r.line,
		fields: geo.Values{
			"name": geo.String(l.text("name")), "ref": orNull(l.text("ref")),
			"role": geo.String(l.text("role")), "surface": geo.String(l.text("surface")),
			"status": geo.String(l.text("status")), "season": geo.String(l.text("season")),
			"verified": l.day("verified"), "speed_kmh": geo.Float(float64(l.number64("speed_kmh"))),
			"one_way": geo.Bool(false),
			"source":  geo.String(ownSource), "confidence": geo.String(l.text("confidence")),
		},
		extra: map[string]string{"notes": l.text("notes"), "approximate": notMeasured},
	}
}
