package process

import (
	"math"
	"strings"

	"bivouac/geo"
)

// plus stands between fields that are added in each record.
const plus = "+"

// Numbers are number fields that are added up in each record.
type Numbers []int // positions in the schema

// NumberFields reads an input that names a field of numbers, or several with a
// plus between, such as killed+injured.
func NumberFields(s *geo.Schema, input, text string) (Numbers, error) {
	names := []string{text}
	if s.Field(text) < 0 {
		names = strings.Split(text, plus)
	}
	out := make(Numbers, len(names))
	for i, name := range names {
		if err := CheckField(s, input, name, "numbers", isNumber); err != nil {
			return nil, err
		}
		out[i] = s.Field(name)
	}
	return out, nil
}

func isNumber(k geo.Kind) bool { return k == geo.KindInt || k == geo.KindFloat }

// Whole reports whether all the fields hold whole numbers.
func (ns Numbers) Whole(s *geo.Schema) bool {
	for _, i := range ns {
		if s.Fields[i].Kind != geo.KindInt {
			return false
		}
	}
	return true
}

// Columns looks the fields up in a part of a layer.
func (ns Numbers) Columns(t geo.Table) []geo.Column {
	out := make([]geo.Column, len(ns))
	for i, at := range ns {
		out[i] = t.Column(at)
	}
	return out
}

// NumberOf returns what a number field of a record says, NaN where it says
// nothing or there is no such field.
func NumberOf(row geo.Row, field string) float64 {
	v := row.Named(field)
	if v.Null() {
		return math.NaN()
	}
	return v.Float()
}

// Sum adds the columns of one row; NaN where one of them states no number: an
// unknown number is no zero.
func Sum(columns []geo.Column, n uint32) float64 {
	total := 0.0
	for i := range columns {
		v, ok := columns[i].Number(n)
		if !ok {
			return math.NaN()
		}
		total += v
	}
	return total
}

// CheckField refuses a name that is no field of the schema, or one of a kind
// that does not fit; the error lists what would. what says which fields fit.
func CheckField(s *geo.Schema, input, name, what string, fits func(geo.Kind) bool) error {
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
