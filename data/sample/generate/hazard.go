package main

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// hazard is a made-up area with mines or remnants.
type hazard struct {
	mission, kind      string
	shape              orb.Polygon
	reported, released time.Time // released: zero while it is not
}

// contaminated is how many areas each mission has. In Mali they lie along the
// roads, elsewhere around bases and towns, as mines and remnants do.
var contaminated = []struct {
	mission string
	count   int
}{
	{"MINUSMA", 70}, {"UNMISS", 26}, {"MINURSO", 20}, {"UNISFA", 14}, {"UNAMID", 14}, {"UNIFIL", 12}, {"UNDOF", 9}, {"UNFICYP", 9}, {"MONUSCO", 8}, {"MINUSCA", 4},
}

func addHazards(c *collection, t *tables) error {
	chance := newChance("hazards")
	all := t.roadblocks(chance)
	for _, m := range contaminated {
		foci := t.foci(&profile{mission: m.mission, category: "mine"})
		for n := 0; n < m.count; {
			s := foci[chance.below(len(foci))].spot(chance)
			if t.ground.holds(m.mission, s.point) {
				all = append(all, newHazard(chance, m.mission, s))
				n++
			}
		}
	}
	for n, h := range all {
		if err := c.add(h.record(n + 1)); err != nil {
			return err
		}
	}
	return nil
}

// roadblocks lie across the roads that are closed until cleared, so that
// clearing them opens something.
func (t *tables) roadblocks(c *chance) (all []*hazard) {
	for _, l := range t.roadLines {
		if l.text("status") != "closed" {
			continue
		}
		r := t.roads[l.text("id")]
		for _, part := range []float64{0.3, 0.65} {
			p, bearing := r.at(part * r.km())
			h := &hazard{mission: routeMission, kind: "confirmed", reported: day(2016, time.Month(c.from(1, 12)), c.from(1, 28))}
			h.shape = patch(c, p, bearing, 450)
			all = append(all, h)
		}
	}
	return all
}

func newHazard(c *chance, mission string, s spot) *hazard {
	h := &hazard{mission: mission, reported: day(2014, time.January, 1).AddDate(0, 0, c.below(1700))}
	h.kind = c.word(odds{{"suspected", 30}, {"confirmed", 30}, {"cleared", 28}, {"cancelled", 12}})
	if h.kind == "cleared" || h.kind == "cancelled" {
		h.released = h.reported.AddDate(0, 0, c.from(40, 700))
		if !h.released.Before(attacksUntil) {
			h.kind, h.released = "confirmed", time.Time{}
		}
	}
	bearing := c.between(0, 180)
	if s.road != nil {
		_, bearing = s.road.at(s.km)
	}
	h.shape = patch(c, s.point, bearing, 220*c.lognormal(0.6))
	return h
}

// patch draws an outline around p, half as wide as long, seen from p once
// round, so that it never crosses itself.
func patch(c *chance, p orb.Point, bearing, radiusMetres float64) orb.Polygon {
	corners := c.from(7, 11)
	ring := make(orb.Ring, 0, corners+1)
	for k := range corners {
		turn := -360 * (float64(k) + c.between(0, 0.6)) / float64(corners)
		reach := radiusMetres * c.between(0.7, 1.3)
		if across := int(turn/90) % 2; across != 0 {
			reach *= 0.6
		}
		q, _ := measure.Direct(p, bearing+turn, reach)
		ring = append(ring, rounded(q))
	}
	return orb.Polygon{append(ring, ring[0])}
}

func (h *hazard) record(number int) record {
	return record{
		id: fmt.Sprintf("hazard:%s/%03d", h.mission, number), mission: h.mission, place: h.shape,
		fields: geo.Values{
			"name": geo.String(fmt.Sprintf("Area %03d", number)), "kind": geo.String(h.kind),
			"reported": moment(h.reported), "released": moment(h.released),
			"source": geo.String(syntheticSource), "confidence": geo.String(syntheticConfidence),
		},
	}
}
