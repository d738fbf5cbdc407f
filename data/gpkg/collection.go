package gpkg

import (
	"fmt"

	"bivouac/geo"
	"bivouac/geo/jsonschema"
)

// collection makes the table of a schema, or brings it to a newer one, and
// keeps the schema from the Version on.
func (w *writer) collection(s *geo.Schema, v geo.Version) {
	known := w.columnsOf(s.Name)
	columns := columnNames(s, known)
	old := w.tableOf(s.Name)
	for i, name := range columns {
		if _, have := known[s.Fields[i].Name]; have {
			continue
		}
		w.exec("INSERT INTO bivouac_column (collection, field, name) VALUES (?,?,?)", s.Name, s.Fields[i].Name, name)
		if old != nil {
			w.run(fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s", quote(s.Name), quote(name), columnType(&s.Fields[i])))
		}
	}
	shape, high := shapeTypes[s.Geometry], false
	if old != nil {
		shape, high = old.shape, old.high
	}
	t := newTable(*s, columns, shape, high)
	if old == nil {
		w.create(t)
	}
	w.run("UPDATE gpkg_contents SET description=? WHERE table_name=?", s.Title+". "+s.Description, s.Name)
	w.exec("INSERT INTO bivouac_schema (version, collection, schema) VALUES (?,?,?)", int64(v), s.Name, string(jsonschema.Append(nil, s, jsonschema.Stored, "")))
	w.file.tables[s.Name] = t
}

// create makes the table, tells the standard's tables of it, and gives it an
// R-tree, with which other programs search it.
func (w *writer) create(t *table) {
	q := "CREATE TABLE " + t.name() + " (" + keyColumn + " INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"
	if t.shape != "" {
		q += "," + shapeColumn + " " + t.shape
	}
	for i, name := range t.columns {
		q += "," + quote(name) + " " + columnType(&t.schema.Fields[i])
	}
	w.run(q + "," + revColumn + " INTEGER NOT NULL," + sourceColumn + " TEXT," + moreColumn + " TEXT)")
	defer w.createTriggers(t)
	if t.shape == "" {
		w.run("INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?,'attributes',?)", t.schema.Name, t.schema.Name)
		return
	}
	w.run("INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?,'features',?,?)", t.schema.Name, t.schema.Name, srsID)
	w.run("INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,0,0)", t.schema.Name, shapeColumn, t.shape, srsID)
	w.createTree(t)
}

// columnsOf returns the columns of a collection's fields, none where there is
// no such collection.
func (w *writer) columnsOf(collection string) map[string]string {
	out := map[string]string{}
	for field, err := range rows2(w.file.conn, "SELECT field, name FROM bivouac_column WHERE collection=?", collection) {
		if err != nil {
			w.err = err
			return out
		}
		out[field[0]] = field[1]
	}
	return out
}

// tableOf returns the collection's table, nil where there is none.
func (w *writer) tableOf(collection string) *table {
	if t := w.file.tables[collection]; t != nil {
		return t
	}
	if w.err != nil {
		return nil
	}
	t, err := readTable(w.file.conn, collection)
	if err != nil {
		w.err = err
		return nil
	}
	if t != nil {
		w.file.tables[collection] = t
	}
	return t
}

// room returns the table with a column that may hold the shape: the standard
// wants a column to say what is in it. A table of single shapes becomes one of
// any when another type comes, and one of heights when the first one does.
func (w *writer) room(t *table, f *geo.Feature) *table {
	if t.shape == "" || f.Geometry == nil {
		return t
	}
	other := t.shape != anyType && t.shape != typeOf(f.Geometry)
	if !other && (t.high || f.Z == nil) {
		return t
	}
	wide := newTable(t.schema, t.columns, t.shape, t.high || f.Z != nil)
	if other {
		wide = newTable(t.schema, t.columns, anyType, wide.high)
		w.retype(t, anyType)
	}
	heights := 0
	if wide.high {
		heights = 2 // some shapes have them
	}
	w.run("UPDATE gpkg_geometry_columns SET geometry_type_name=?, z=? WHERE table_name=?", wide.shape, heights, t.schema.Name)
	w.file.tables[t.schema.Name] = wide
	return wide
}

// retype writes another type into the table's definition, for which SQL has no
// statement. No row changes.
func (w *writer) retype(t *table, shape string) {
	w.run("PRAGMA writable_schema=ON")
	w.run("UPDATE sqlite_schema SET sql=replace(sql, ?, ?) WHERE type='table' AND name=?",
		"NOT NULL,"+shapeColumn+" "+t.shape, "NOT NULL,"+shapeColumn+" "+shape, t.schema.Name)
	w.run("PRAGMA writable_schema=RESET")
}
