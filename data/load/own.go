package load

import (
	"cmp"
	"maps"
	"slices"

	"bivouac/geo"
)

// keyNames are those under which our own files bring the key of a record beside
// its fields: id, or one that is free where a field is called so.
func (f *File) keyNames(fields []string) []string {
	switch {
	case !slices.Contains(fields, "id"):
		return []string{"id"}
	case f.form.format == GeoPackage:
		return []string{"id_2", "id_"}
	}
	name := "id_"
	for slices.Contains(fields, name) {
		name += "_"
	}
	return []string{name}
}

// dropOwnKey leaves out the column that numbers the records of the store that a
// file of ours was written from: elsewhere it tells nothing, and there it is not
// what its sender said. A file is known as ours by whole numbers in a column of
// that name beside all fields of its collection; where the collection is new, by
// the name alone that only we write. Where no field holds ids, a column id may
// be that of the sender, and stays.
func (f *File) dropOwnKey() {
	s := f.schemaBefore()
	var fields []string
	for i := range s.Fields {
		fields = append(fields, s.Fields[i].Name)
	}
	names := f.keyNames(fields)
	switch {
	case fields == nil && find(f.columns, "id") < 0, fields != nil && names[0] == "id" && s.WithRole(geo.SourceIDRole) < 0:
		return
	case fields == nil:
		names = []string{"id_"}
	}
	for _, field := range fields {
		name := cmp.Or(f.options.Mapping[field], field)
		if !slices.ContainsFunc(f.columns, func(c *column) bool { return c.name == name || c.name == shortName(name) }) {
			return
		}
	}
	for _, c := range f.columns {
		if slices.Contains(names, c.name) && c.saw == sawInt && c.count == f.rows && !f.isAsked(c.name) {
			c.dropped, c.ours = told(ownKey), true
			f.numbered = true
			return
		}
	}
}

// schemaBefore is that of the collection, where it is known before the file is
// read; one without fields else.
func (f *File) schemaBefore() geo.Schema {
	s, known := f.builtin()
	if !known {
		s = *f.stored()
	}
	return s
}

// stored is the schema of the collection that is there already; one without
// fields where none is.
func (f *File) stored() *geo.Schema {
	if f.options.Stored != nil {
		if s := f.options.Stored(f.collection()); s != nil {
			return s
		}
	}
	return &geo.Schema{}
}

// isAsked reports whether the options name the column.
func (f *File) isAsked(column string) bool {
	return slices.Contains(slices.Collect(maps.Values(f.options.Mapping)), column) || slices.Contains(f.options.IDFrom, column)
}

// shortName is a name as the table of a shapefile has room for it.
func shortName(name string) string {
	const room = 10
	return name[:min(len(name), room)]
}

// ownNotes tell of such a column.
func (f *File) ownNotes() (list []geo.Said) {
	for _, c := range f.columns {
		if c.ours {
			list = append(list, ownKeyLeft.With(c.name, c.dropped))
		}
	}
	return list
}
