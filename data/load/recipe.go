package load

import (
	"bytes"
	"slices"
	"strings"

	"bivouac/geo"
)

// Recipe says how the files of one sender are read: what stands in their
// columns, by the fields of the collection. The options go before it.
type Recipe struct {
	Name       string
	Collection string
	Fields     map[string]Origin
	Drop       []string // columns that are left out, and counted; a star stands for any end
	IDFrom     []string // columns that ids are derived from
	Longitude  string   // column; "" finds it
	Latitude   string   // column; "" finds it
}

// Origin is where a field comes from.
type Origin struct {
	From     []string          // columns; the first that the file has
	Codes    map[string]string // what stands there -> value of the field, "" for null; "*" is whatever else stands there
	Constant string            // for rows of files that have none of the columns
	EndOfDay bool              // a time that stands for the last second of its day
	Keep     bool              // what stands there is kept beside the field, too
}

// follow takes up the recipe for the columns, and its collection where the
// options name none.
func (f *File) follow() {
	if f.options.Recipe == nil || f.form.format == OSM {
		return
	}
	names := make([]string, len(f.columns))
	for i, c := range f.columns {
		names[i] = c.name
	}
	recipe := f.options.Recipe(names)
	if recipe == nil || f.options.Collection != "" && f.options.Collection != recipe.Collection {
		return
	}
	f.recipe, f.options.Collection = recipe, recipe.Collection
	if f.options.Longitude == "" && f.options.Latitude == "" && find(f.columns, recipe.Longitude) >= 0 && find(f.columns, recipe.Latitude) >= 0 {
		f.options.Longitude, f.options.Latitude = recipe.Longitude, recipe.Latitude
	}
	if len(f.options.IDFrom) == 0 {
		f.options.IDFrom = recipe.IDFrom
	}
}

// mapRecipe takes the fields as the recipe says.
func (f *File) mapRecipe(p *plan) error {
	if f.recipe == nil {
		return nil
	}
	for name, o := range f.recipe.Fields {
		i := f.schema.Field(name)
		if i < 0 {
			return geo.ErrorOf(geo.Invalid, "profile", profileNoField, f.recipe.Name, f.schema.Name, quoted(name, mostShown))
		}
		column := -1
		for _, c := range o.From {
			if column = find(f.columns, c); column >= 0 {
				break
			}
		}
		if column < 0 && o.Constant == "" || p.blocked[i] {
			continue
		}
		s, err := f.source(&f.schema.Fields[i], column, &o)
		if err != nil {
			return err
		}
		if p.fields[i].set() {
			continue
		}
		p.fields[i] = s
		if column >= 0 {
			p.used[name] = f.columns[column].name
			if o.Keep {
				p.keep = append(p.keep, column)
			}
		}
	}
	return nil
}

// source makes the source of a field of its origin.
func (f *File) source(field *geo.Field, column int, o *Origin) (source, error) {
	s := source{column: column}
	value := func(text string) (geo.Value, error) {
		r := reading{file: f}
		v, problem := r.convertText(&cell{kind: untyped, text: []byte(text)}, []byte(text), field)
		if problem != nil {
			return v, geo.ErrorOf(geo.Invalid, "profile", profileWrong, f.recipe.Name, field.Name, problem)
		}
		return v, nil
	}
	if column < 0 {
		v, err := value(o.Constant)
		s.via = func(*cell) (geo.Value, *geo.Said) { return v, nil }
		return s, err
	}
	if o.EndOfDay {
		s.via = lastMoment
		return s, nil
	}
	if len(o.Codes) == 0 {
		return s, nil
	}
	s.codes = map[string]geo.Value{}
	for code, text := range o.Codes {
		v, err := value(text)
		if err != nil {
			return s, err
		}
		s.codes[codeOf(code)] = v
	}
	return s, nil
}

// anyCode is the code that stands for all that the table lacks.
const anyCode = "*"

func codeOf(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// decode returns what the code table says of a cell, false where it says
// nothing: then the cell is read as it is.
func (s *source) decode(c *cell) (geo.Value, bool) {
	if s.codes == nil || c.kind == absent {
		return geo.Value{}, s.codes != nil
	}
	text := c.text
	switch {
	case c.kind == typed && c.value.Kind() == geo.KindString:
		text = []byte(c.value.Text())
	case c.kind == typed:
		text = c.value.Append(nil)
	}
	if v, ok := s.codes[string(bytes.ToLower(bytes.TrimSpace(text)))]; ok {
		return v, true
	}
	v, ok := s.codes[anyCode]
	return v, ok
}

// lastMoment reads the last day of an event, however it is written, as its
// last second.
func lastMoment(c *cell) (geo.Value, *geo.Said) {
	text := c.text
	if c.kind == typed {
		text = []byte(c.value.Text())
	}
	m, ok := parseMoment(text)
	switch {
	case c.kind == absent:
		return geo.Value{}, nil
	case !ok:
		return geo.Value{}, wrong(c, &geo.Field{Kind: geo.KindTime})
	}
	return geo.TimeValue(startOfDay(m.at) + geo.Day - geo.Second), nil
}

// personal are columns of data of persons, which no collection holds, by their
// plain names; a star stands for any end.
var personal = []string{
	"victim_name*", "victim_first_name*", "victim_last_name*", "victim_surname*", "name_of_victim*", "victim_dob*", "victim_date_of_birth*",
	"date_of_birth", "dob", "birth_date", "birthdate", "national_id*", "passport*",
}

// dropColumns marks the columns of which nothing is kept.
func (f *File) dropColumns() {
	for _, c := range f.columns {
		name := plain(c.name)
		switch {
		case isMark(c.name):
			c.dropped = told(marksRefusal)
		case matches(name, personal):
			c.dropped = told(ofPersons)
		case f.recipe != nil && matches(name, f.recipe.Drop):
			c.dropped = told(profileDrops, f.recipe.Name)
		}
	}
}

func matches(name string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		head, open := strings.CutSuffix(plain(p), "*")
		return name == head || open && strings.HasPrefix(name, head)
	})
}

// PlainName makes names of columns comparable: lower case, words joined by
// underscores.
func PlainName(name string) string { return plain(name) }
