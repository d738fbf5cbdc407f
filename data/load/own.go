package load

import (
	"cmp"
	"maps"
	"slices"
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
// the name alone that only we write.
func (f *File) dropOwnKey() {
	fields := f.ownFields()
	names := f.keyNames(fields)
	if fields == nil {
		if find(f.columns, "id") < 0 {
			return
		}
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
			c.dropped, c.ours = "it numbers the records of the store that the file was written from", true
			f.numbered = true
			return
		}
	}
}

// ownFields are those of the collection, where they are known before.
func (f *File) ownFields() (names []string) {
	s, known := f.builtin()
	if !known && f.options.Stored != nil {
		if stored := f.options.Stored(f.collection()); stored != nil {
			s = *stored
		}
	}
	for i := range s.Fields {
		names = append(names, s.Fields[i].Name)
	}
	return names
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
func (f *File) ownNotes() (list []string) {
	for _, c := range f.columns {
		if c.ours {
			list = append(list, "the column "+c.name+" was left out: "+c.dropped)
		}
	}
	return list
}
