package main

import (
	"io/fs"
	"maps"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// base is a row of bases_2018.csv.
type base struct {
	mission, site, country string
	role, medical, basis   string
	point                  orb.Point
}

func (b *base) id() string { return b.mission + "/" + b.site }

func (t *tables) readBases(inputs fs.FS) (err error) {
	t.bases, err = readAs(inputs, "bases_2018.csv", func(l *line) base {
		b := base{
			mission: l.text("mission"), site: l.text("site"), country: l.text("country"),
			role: l.text("role"), medical: l.text("medical"), basis: l.text("basis"),
			point: l.point("lon", "lat"),
		}
		if kind, _ := kindOf(b.role); kind == "" {
			l.fail("role: no kind of base is known for %q", b.role)
		}
		return b
	})
	return err
}

func (b *base) confidence() string { return confidenceOf(b.role, b.medical, b.basis) }

func addBases(c *collection, t *tables) error {
	for i := range t.bases {
		if err := c.add(t.bases[i].record(t)); err != nil {
			return err
		}
	}
	return nil
}

func (b *base) record(t *tables) record {
	kind, nearest := kindOf(b.role)
	level, assumed := levelOf(b.medical)
	opened, closed := openedOf(b.role), closedOf(b.role)
	status := "open"
	if !closed.Null() {
		status = "closed"
	}
	fields := b.madeUp(t)
	maps.Copy(fields, geo.Values{
		"name": geo.String(b.site), "kind": geo.String(kind), "status": geo.String(status),
		"opened": opened, "closed": closed, "medical_level": orNull(level),
		"patrol_radius_km": geo.Float(patrolKm[kind]),
		"source":           geo.String(b.basis), "confidence": geo.String(b.confidence()),
	})
	return record{
		id: b.id(), mission: b.mission, place: b.point, fields: fields,
		extra: map[string]string{
			"country": b.country, "role": b.role, "medical": stated(b.medical),
			"approximate": approximations(nearest, assumed, opened, closed),
		},
	}
}

// stated returns the text, nothing for the dash that stands for nothing.
func stated(text string) string {
	if text == "-" {
		return ""
	}
	return text
}

// madeUpFields names the fields of every base of which no source says a thing.
const madeUpFields = "patrol_radius_km: made up, by kind; " +
	"military, police, civilians, capacity, annual_cost_usd, closure_cost_usd, opening_cost_usd, closure_lead_days, hub, stock_days, " +
	"surgical_module, surgeries_per_day, beds, runway_m, helipad, environment_score: synthetic, by kind, level of care and mission"

// approximations says in words which fields of a base are our reading of its
// texts and not what they state.
func approximations(nearestKind, assumedLevel bool, opened, closed geo.Value) string {
	said := "place: town level; " + madeUpFields
	if nearestKind {
		said += "; kind: nearest code for the role"
	}
	if assumedLevel {
		said += "; medical_level: none stated, the lowest taken"
	}
	if !opened.Null() {
		said += "; opened: first day of the month or year stated"
	}
	if !closed.Null() {
		said += "; closed: last day of the month stated"
	}
	return said
}
