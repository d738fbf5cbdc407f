package indicator

import (
	"strings"

	"bivouac/geo"
)

// part is one part of the layer, its columns looked up once.
type part struct {
	table geo.Table
	hits  func(uint32) geo.Tri // nil where none are asked for
	sums  [][]geo.Column       // by sum, the columns that are added in each row
	group *geo.Column          // nil for no groups
	codes []int32              // by code of the group's dictionary: one more than the number of the group, 0 for none yet
	hit   geo.Tri              // of the row at hand
}

func bind(t geo.Table, q *Query) (*part, error) {
	p := &part{table: t}
	for _, name := range q.Sums {
		var columns []geo.Column
		for _, term := range terms(t.Schema(), name) {
			columns = append(columns, t.Column(t.Schema().Field(term)))
		}
		p.sums = append(p.sums, columns)
	}
	if q.GroupBy != "" {
		c := t.Column(t.Schema().Field(q.GroupBy))
		p.group, p.codes = &c, make([]int32, len(c.Dict))
	}
	var err error
	if q.Hits != nil {
		p.hits, err = q.Hits.Bind(t)
	}
	return p, err
}

// plus stands between fields that are added in each record.
const plus = "+"

// terms returns the names of the fields that a sum adds up: one, or several
// with a plus between.
func terms(s *geo.Schema, sum string) []string {
	if s.Field(sum) >= 0 {
		return []string{sum}
	}
	return strings.Split(sum, plus)
}

// check refuses what cannot be answered for the records' schema.
func check(q Query) error {
	s := q.Layer.Schema()
	if q.Period != None && !s.Timed() {
		return geo.Errorf(geo.Invalid, "period", "the records of %s have no time; ask with the period %s", s.Name, None)
	}
	for _, name := range q.Sums {
		for _, term := range terms(s, name) {
			if err := checkField(s, "sum", term, "numbers", isNumber); err != nil {
				return err
			}
		}
	}
	if q.GroupBy == "" {
		return nil
	}
	return checkField(s, "groupby", q.GroupBy, "texts, whole numbers, or true and false", isGroup)
}

func checkField(s *geo.Schema, input, name, what string, fits func(geo.Kind) bool) error {
	i := s.Field(name)
	if i >= 0 && fits(s.Fields[i].Kind) {
		return nil
	}
	var known []string
	for j := range s.Fields {
		if fits(s.Fields[j].Kind) {
			known = append(known, s.Fields[j].Name)
		}
	}
	list := strings.Join(known, ", ")
	if list == "" {
		list = "none"
	}
	if i < 0 {
		return geo.Errorf(geo.Invalid, input, "%s has no field %q; the fields of %s are: %s", s.Name, name, what, list)
	}
	return geo.Errorf(geo.Invalid, input, "%s is a %v; the fields of %s are: %s", name, s.Fields[i].Kind, what, list)
}

func isNumber(k geo.Kind) bool { return k == geo.KindInt || k == geo.KindFloat }

func isGroup(k geo.Kind) bool {
	return k == geo.KindString || k == geo.KindInt || k == geo.KindBool
}
