package load

import (
	"slices"
	"sort"
	"strings"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// plan says where each field, the place and the rest of a row come from.
type plan struct {
	fields  []source // by field
	place   placeColumns
	keep    []int // columns that stay in Extra although a field is taken from them
	extra   []rest
	blocked []bool            // fields that the options take from no column
	used    map[string]string // field -> column, for the report
}

// source is where a field's value comes from.
type source struct {
	column int                                // -1 for none
	via    func(*cell) (geo.Value, *geo.Said) // nil converts the cell by the field
	codes  map[string]geo.Value               // what stands in the cell -> value; nil for none
}

func (s *source) set() bool { return s.column >= 0 || s.via != nil }

// rest is a column without a field.
type rest struct {
	column int
	name   []byte // encoded, with the colon
	plain  string // as it is
	kind   geo.Kind
}

// makePlan joins columns and fields: by the mapping, by the recipe, and by
// name.
func (f *File) makePlan() error {
	p := &plan{place: f.place, used: map[string]string{}, fields: make([]source, len(f.schema.Fields)), blocked: make([]bool, len(f.schema.Fields))}
	for i := range p.fields {
		p.fields[i].column = -1
	}
	if err := f.mapGiven(p); err != nil {
		return err
	}
	if err := f.mapRecipe(p); err != nil {
		return err
	}
	f.mapByName(p)
	f.mapRest(p)
	f.plan = p
	return nil
}

// find returns the column of the name as written, else by its plain form.
func find(columns []*column, name string) int {
	for i, c := range columns {
		if c.name == name {
			return i
		}
	}
	for i, c := range columns {
		if plain(c.name) == plain(name) || c.cut != "" && c.cut == name {
			return i
		}
	}
	return -1
}

func (f *File) column(option, name string) (int, error) {
	if name == "" {
		return -1, nil
	}
	if i := find(f.columns, name); i >= 0 {
		return i, nil
	}
	names := make([]string, len(f.columns))
	for i, c := range f.columns {
		names[i] = c.name
	}
	return -1, geo.ErrorOf(geo.Invalid, option, noColumn, quoted(name, mostShown), strings.Join(names, ", "))
}

func (f *File) mapGiven(p *plan) error {
	for field, name := range f.options.Mapping {
		i := f.schema.Field(field)
		if i < 0 {
			return geo.ErrorOf(geo.Invalid, "map", noField, f.schema.Name, quoted(field, mostShown))
		}
		if name == "" {
			p.blocked[i] = true
			continue
		}
		column, err := f.column("map", name)
		if err != nil {
			return err
		}
		p.set(f, i, column)
	}
	return nil
}

// set takes the field from the column, unless it has one already.
func (p *plan) set(f *File, field, column int) {
	if field < 0 || column < 0 || p.blocked[field] || p.fields[field].set() {
		return
	}
	p.fields[field] = source{column: column}
	p.used[f.schema.Fields[field].Name] = f.columns[column].name
}

func (p *plan) takes(column int) bool {
	return p.place.uses(column) || slices.ContainsFunc(p.fields, func(s source) bool { return s.column == column })
}

func (f *File) mapByName(p *plan) {
	_, known := f.builtin()
	for i := range f.schema.Fields {
		name := f.schema.Fields[i].Name
		for j, c := range f.columns {
			if p.place.uses(j) || c.dropped != nil {
				continue
			}
			if c.name == name || strings.TrimSuffix(name, "_2") == c.name && !p.takes(j) || known && plain(c.name) == name {
				p.set(f, i, j)
				break
			}
		}
	}
	if !known {
		return
	}
	if i := f.schema.WithRole(geo.SourceIDRole); i >= 0 {
		for _, name := range idNames {
			if j := find(f.columns, name); j >= 0 && !p.takes(j) && f.columns[j].dropped == nil {
				p.set(f, i, j)
			}
		}
	}
}

// mapRest keeps what has no field for the record's Extra.
func (f *File) mapRest(p *plan) {
	ours := f.extraColumn()
	for j, c := range f.columns {
		if c.dropped != nil || p.takes(j) && !slices.Contains(p.keep, j) || j == ours {
			continue
		}
		kind, _ := c.kind()
		if c.saw&sawNested != 0 {
			kind = geo.KindRecord
		}
		p.extra = append(p.extra, rest{j, append(geojson.AppendString(nil, c.name), ':'), c.name, kind})
	}
	sort.Slice(p.extra, func(a, b int) bool { return p.extra[a].column < p.extra[b].column })
}
