package indicator

import (
	"bivouac/geo"
	"bivouac/geo/process"
)

const sumInput = "sum"

// part is one part of the layer, its columns looked up once.
type part struct {
	table geo.Table
	hits  func(uint32) geo.Tri // nil where none are asked for
	sums  [][]geo.Column       // by sum, the columns that are added in each row
	group *geo.Column          // nil for no groups
	clock func(geo.Time) int64 // what of a time is the group; nil where the field itself is
	codes []int32              // by code of the group's dictionary: one more than the number of the group, 0 for none yet
	hit   geo.Tri              // of the row at hand
}

func bind(t geo.Table, q *Query) (*part, error) {
	p := &part{table: t}
	for _, name := range q.Sums {
		fields, err := process.NumberFields(t.Schema(), sumInput, name)
		if err != nil {
			return nil, err
		}
		p.sums = append(p.sums, fields.Columns(t))
	}
	if q.GroupBy != "" {
		name, clock := clockOf(t.Schema(), q.GroupBy)
		c := t.Column(t.Schema().Field(name))
		p.clock = clock
		p.group, p.codes = &c, make([]int32, len(c.Dict))
	}
	var err error
	if q.Hits != nil {
		p.hits, err = q.Hits.Bind(t)
	}
	return p, err
}

// check refuses what cannot be answered for the records' schema.
func check(q Query) error {
	s := q.Layer.Schema()
	if q.Period != None && !s.Timed() {
		return geo.Errorf(geo.Invalid, "period", "the records of %s have no time; ask with the period %s", s.Name, None)
	}
	for _, name := range q.Sums {
		if _, err := process.NumberFields(s, sumInput, name); err != nil {
			return err
		}
	}
	if q.GroupBy == "" {
		return nil
	}
	if name, clock := clockOf(s, q.GroupBy); clock != nil {
		return process.CheckField(s, "groupby", name, "times", func(k geo.Kind) bool { return k == geo.KindTime })
	}
	return process.CheckField(s, "groupby", q.GroupBy, "texts, whole numbers, or true and false", isGroup)
}

func isGroup(k geo.Kind) bool {
	return k == geo.KindString || k == geo.KindInt || k == geo.KindBool
}
