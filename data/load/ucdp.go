package load

import (
	"bivouac/geo"
)

// isUCDP knows the Georeferenced Event Dataset of the Uppsala Conflict Data
// Program by its columns, in full or as the reduced samples have it.
func isUCDP(columns []*column) bool {
	for _, name := range []string{"id", "type_of_violence", "best"} {
		if find(columns, name) < 0 {
			return false
		}
	}
	return find(columns, "conflict_name") >= 0 || find(columns, "conflict_id") >= 0
}

// mapUCDP takes the fields of incidents from the columns of UCDP GED. Its
// events are fatal organised violence of any means: nothing says which were
// explosions, so the category is "other". One-sided violence is violence
// against civilians by definition, so its target is known. Columns without a
// field, such as the sides, stay in Extra.
func (f *File) mapUCDP(p *plan) {
	field := func(name string) int { return f.schema.Field(name) }
	column := func(names ...string) int {
		for _, name := range names {
			if i := find(f.columns, name); i >= 0 {
				return i
			}
		}
		return -1
	}
	p.set(f, field("source_id"), column("id"), nil)
	start := column("date_start", "date")
	p.set(f, field("time"), start, nil)
	p.set(f, field("time_end"), column("date_end"), lastMoment)
	if precision := column("date_prec"); precision >= 0 {
		p.set(f, field("time_precision"), precision, ucdpPrecision)
	} else {
		p.set(f, field("time_precision"), start, always("day"))
	}
	p.set(f, field("place_precision"), column("where_prec"), nil)
	p.set(f, field("killed"), column("best"), nil)
	p.set(f, field("civilians_killed"), column("deaths_civilians", "civilian_deaths"), nil)
	violence := column("type_of_violence")
	p.set(f, field("target"), violence, ucdpTarget)
	p.set(f, field("category"), violence, always("other"))
	p.set(f, field("source"), column("source_original", "source_article"), nil)
	p.keep = append(p.keep, violence, column("date_prec"))
}

// number returns the whole number of a cell, false where it holds none.
func (c *cell) number() (int64, bool) {
	switch c.kind {
	case typed:
		return c.value.Int(), c.value.Kind() == geo.KindInt
	case untyped:
		n, ok := digits(c.text)
		return int64(n), ok
	}
	return 0, false
}

// ucdpPrecision turns date_prec: 1 the day, 2 two to six days, 3 the week, 4
// the month, 5 longer.
func ucdpPrecision(c *cell) (geo.Value, string) {
	n, ok := c.number()
	if !ok || n < 1 || n > 5 {
		return geo.Value{}, ""
	}
	return geo.String([...]string{"day", "days", "week", "month", "year"}[n-1]), ""
}

func ucdpTarget(c *cell) (geo.Value, string) {
	if n, _ := c.number(); n == 3 {
		return geo.String("civilians"), ""
	}
	return geo.Value{}, ""
}

func always(code string) func(*cell) (geo.Value, string) {
	v := geo.String(code)
	return func(c *cell) (geo.Value, string) {
		if c.kind == absent {
			return geo.Value{}, ""
		}
		return v, ""
	}
}

// lastMoment reads the last day of an event, however it is written, as its
// last second.
func lastMoment(c *cell) (geo.Value, string) {
	text := c.text
	if c.kind == typed {
		text = []byte(c.value.Text())
	}
	m, ok := parseMoment(text)
	switch {
	case c.kind == absent:
		return geo.Value{}, ""
	case !ok:
		return geo.Value{}, wrong(c, &geo.Field{Kind: geo.KindTime})
	}
	return geo.TimeValue(startOfDay(m.at) + geo.Day - geo.Second), ""
}
