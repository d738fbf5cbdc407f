package load

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/staging"
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

// keys are those that rows state of the records that they are in the
// collection.
type keys struct {
	column int // -1 where rows bring them as their ids
	name   string
}

// of returns the key that a row states, 0 for none. Nil keys are of no row.
func (k *keys) of(row *row) (geo.Key, *fault) {
	if k == nil {
		return 0, nil
	}
	text := row.id
	if k.column >= 0 {
		text = string(rawText(row.cell(k.column)))
	}
	if text == "" {
		return 0, nil
	}
	key, ok := parseKey(text)
	if !ok {
		return 0, &fault{k.name, told(badKey, quoted(text, mostShown))}
	}
	return key, nil
}

// parseKey reads a whole number above 0 that every program keeps exactly, as
// spreadsheets write one, too.
func parseKey(text string) (geo.Key, bool) {
	const most = 1 << 53
	n, ok := parseNumber([]byte(text))
	if !ok || n != math.Trunc(n) || n < 1 || n > most {
		return 0, false
	}
	return geo.Key(n), true
}

// Key returns the name of the column, or id for the ids of GeoJSON features,
// whose numbers are keys of the collection's records; "" for none.
func (f *File) Key() string {
	if f.key == nil {
		return ""
	}
	return f.key.name
}

// findKey finds what numbers the records of the store that a file of ours was
// written from, and keeps it apart from the fields, for it is not what its sender
// said. Where the collection is there, these numbers may be its keys: whoever
// reads the file proves it by its rows, or reads it again without. A file is known
// as ours by whole numbers in a column of that name, or as ids of its features,
// beside all fields of its collection, or beside nothing else where the collection
// is there; where it is new, by the name alone that only we write.
func (f *File) findKey() error {
	if k := f.options.Key; k != "" && k != staging.NoKey {
		return f.takeKey(k)
	}
	there := len(f.stored().Fields) > 0 && f.options.Key == "" && len(f.options.IDFrom) == 0
	fields, names := f.fieldsBefore(), []string{"id_"}
	if fields != nil {
		names = f.keyNames(fields)
	}
	switch {
	case fields == nil && find(f.columns, "id") < 0, !f.hasAll(fields) && !(there && f.hasNoOther(fields, names)):
		return nil
	}
	i := slices.IndexFunc(f.columns, func(c *column) bool {
		return slices.Contains(names, c.name) && c.saw == sawInt && !f.isAsked(c.name)
	})
	switch {
	case i >= 0 && there:
		f.keysFrom(i)
	case i >= 0 && f.columns[i].count == f.rows && !f.mayBeTheirs(names):
		f.drop(i)
	case i < 0 && there && f.counted && f.form.format == JSON:
		f.keysFrom(-1)
	}
	return nil
}

// mayBeTheirs reports whether a column id may hold the ids of the sender, since no
// field of the collection does.
func (f *File) mayBeTheirs(names []string) bool {
	s := f.schemaBefore()
	return names[0] == "id" && s.WithRole(geo.SourceIDRole) < 0
}

// hasAll reports whether the file has a column for each field.
func (f *File) hasAll(fields []string) bool {
	return !slices.ContainsFunc(fields, func(field string) bool { return f.named(cmp.Or(f.options.Mapping[field], field)) < 0 })
}

// hasNoOther reports whether each column is a field, a key, a part of the place or
// what we write beside them.
func (f *File) hasNoOther(fields, names []string) bool {
	return !slices.ContainsFunc(f.columns, func(c *column) bool {
		return !slices.Contains(fields, c.name) && !slices.Contains(names, c.name) && !f.isRepeated(c) && !isExtra(c.name) && !isMark(c.name) &&
			!isAxis(c.name, lonNames) && !isAxis(c.name, latNames) && !isAxis(c.name, shapeNames)
	})
}

// takeKey takes the keys from the column that the options name.
func (f *File) takeKey(name string) error {
	i := find(f.columns, name)
	if i < 0 && name == idOfRows && f.ids {
		f.keysFrom(-1)
		return nil
	}
	i, err := f.column("key", name)
	if err == nil {
		f.keysFrom(i)
	}
	return err
}

// idOfRows is what the ids of features are called beside columns.
const idOfRows = "id"

// keysFrom takes the keys of records from a column, -1 for the ids of the rows.
func (f *File) keysFrom(i int) {
	if f.key = (&keys{i, idOfRows}); i >= 0 {
		f.key.name = f.columns[i].name
		f.drop(i)
	}
	f.numbered = true
	s := f.schemaBefore()
	for _, c := range f.columns {
		if f.isRepeated(c) && s.Field(c.name) < 0 && c.dropped == nil && !f.isAsked(c.name) {
			c.dropped, c.ours = told(repeated), true
		}
	}
}

// drop leaves a column of keys out of the fields.
func (f *File) drop(i int) {
	c := f.columns[i]
	c.dropped, c.ours = told(ownKey), true
	f.numbered = true
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

// fieldsBefore are the names of its fields.
func (f *File) fieldsBefore() (names []string) {
	s := f.schemaBefore()
	for i := range s.Fields {
		names = append(names, s.Fields[i].Name)
	}
	return names
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

// isRepeated knows the elements of KML and GPX for what people see of a record;
// in files of ours they repeat what its fields say.
func (f *File) isRepeated(c *column) bool {
	return (f.form.format == KML || f.form.format == GPX) && slices.Contains([]string{"name", "description", "time", "timestamp", "begin", "end"}, c.name)
}

// isAsked reports whether the options name the column.
func (f *File) isAsked(column string) bool {
	return slices.Contains(slices.Collect(maps.Values(f.options.Mapping)), column) || slices.Contains(f.options.IDFrom, column)
}

// ownNotes tell of such a column.
func (f *File) ownNotes() (list []geo.Said) {
	if f.key != nil {
		return []geo.Said{knownByKey.With(f.key.name)}
	}
	for _, c := range f.columns {
		if c.ours {
			list = append(list, ownKeyLeft.With(c.name, c.dropped))
		}
	}
	return list
}
