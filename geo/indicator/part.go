package indicator

import (
	"time"

	"bivouac/geo"
	"bivouac/geo/process"
)

// part is one part of the layer, its columns looked up once.
type part struct {
	table geo.Table
	hits  func(uint32) geo.Tri // nil where none are asked for
	sums  [][]geo.Column       // by sum, the columns that are added in each row
	per   []geo.Column         // of a ratio: those of what it is divided by
	from  *geo.Column          // of a delay, and to; nil for none
	to    *geo.Column
	place geo.Column            // how well the place is known
	group *geo.Column           // nil for no groups
	clock func(time.Time) int64 // what of a time is the group; nil where the field itself is
	zone  *time.Location        // by which the clock goes
	codes []int32               // by code of the group's dictionary: one more than the number of the group, 0 for none yet
	hit   geo.Tri               // of the row at hand
}

func bind(t geo.Table, q *Query) (*part, error) {
	p := &part{table: t, place: q.Floor.Column(t)}
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
		p.clock, p.zone = clock, q.zone()
		p.group, p.codes = &c, make([]int32, len(c.Dict))
	}
	if q.Measure == RatioMeasure {
		fields, err := process.NumberFields(t.Schema(), perInput, q.Per)
		if err != nil {
			return nil, err
		}
		p.per = fields.Columns(t)
	}
	if q.Measure == DelayMeasure {
		from, to := t.Column(t.Schema().Field(q.From)), t.Column(t.Schema().Field(q.To))
		p.from, p.to = &from, &to
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
	if (q.Period != None || q.Began) && !s.Timed() {
		return geo.Errorf(geo.Invalid, periodInput, "the records of %s have no time; ask with the period %s", s.Name, None)
	}
	for _, name := range q.Sums {
		if _, err := process.NumberFields(s, sumInput, name); err != nil {
			return err
		}
	}
	if err := checkMeasure(s, &q); err != nil {
		return err
	}
	name, clock := clockOf(s, q.GroupBy)
	if q.Zone != nil && clock == nil {
		return geo.Errorf(geo.Invalid, zoneInput, "goes with %s of an hour or a weekday, such as hour(time)", groupInput)
	}
	if q.GroupBy == "" {
		return nil
	}
	if clock != nil {
		return process.CheckField(s, groupInput, name, "times", func(k geo.Kind) bool { return k == geo.KindTime })
	}
	return process.CheckField(s, groupInput, q.GroupBy, "texts, whole numbers, or true and false", isGroup)
}

// checkMeasure refuses a measure without what it is made of.
func checkMeasure(s *geo.Schema, q *Query) error {
	stated := map[string]bool{sumInput: len(q.Sums) > 0, hitsInput: q.Hits != nil, perInput: q.Per != "", fromInput: q.From != "", toInput: q.To != ""}
	if err := q.Measure.complete(func(input string) bool { return stated[input] }); err != nil {
		return err
	}
	switch q.Measure {
	case RatioMeasure:
		_, err := process.NumberFields(s, perInput, q.Per)
		return err
	case DelayMeasure:
		isTime := func(k geo.Kind) bool { return k == geo.KindTime }
		if err := process.CheckField(s, fromInput, q.From, "times", isTime); err != nil {
			return err
		}
		return process.CheckField(s, toInput, q.To, "times", isTime)
	}
	return nil
}

// needs are the inputs of which a measure is made, and what they hold.
var needs = map[Measure][][2]string{
	SumMeasure:   {{sumInput, "a number field to sum up, such as killed"}},
	RateMeasure:  {{sumInput, "a number field to sum up, such as killed"}},
	RatioMeasure: {{sumInput, "a number field to sum up, such as killed"}, {perInput, "a number field to divide by; the measure rate divides by records"}},
	ShareMeasure: {{hitsInput, "a filter that says which records are hits"}},
	DelayMeasure: {{fromInput, "the time field at which it begins, such as time"}, {toInput, "the time field at which it ends, such as reported"}},
}

// complete says which of them is not stated.
func (m Measure) complete(stated func(input string) bool) error {
	for _, need := range needs[m] {
		if input, what := need[0], need[1]; !stated(input) {
			return geo.Errorf(geo.Invalid, input, "the measure %s needs %s", m, what)
		}
	}
	return nil
}

func isGroup(k geo.Kind) bool {
	return k == geo.KindString || k == geo.KindInt || k == geo.KindBool
}
