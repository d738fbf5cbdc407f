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
	shape := shapeTypes[s.Geometry]
	if old != nil {
		shape = old.shape
	}
	t := newTable(*s, columns, shape)
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
	if t.shape == "" {
		w.run("INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?,'attributes',?)", t.schema.Name, t.schema.Name)
		return
	}
	w.run("INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?,'features',?,?)", t.schema.Name, t.schema.Name, srsID)
	w.run("INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,2,0)", t.schema.Name, shapeColumn, t.shape, srsID)
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

// widen turns a table of single shapes into one of any, when another type
// comes: the standard wants a column to say what is in it.
func (w *writer) widen(t *table) *table {
	wide := newTable(t.schema, t.columns, anyType)
	w.run("UPDATE gpkg_geometry_columns SET geometry_type_name=? WHERE table_name=?", anyType, t.schema.Name)
	w.run("PRAGMA writable_schema=ON")
	w.run("UPDATE sqlite_schema SET sql=replace(sql, ?, ?) WHERE type='table' AND name=?",
		"NOT NULL,"+shapeColumn+" "+t.shape, "NOT NULL,"+shapeColumn+" "+anyType, t.schema.Name)
	w.run("PRAGMA writable_schema=RESET")
	w.file.tables[t.schema.Name] = wide
	return wide
}

// fits reports whether the table's column says what the shape is.
func (t *table) fits(f *geo.Feature) bool {
	return t.shape == "" || t.shape == anyType || f.Geometry == nil || t.shape == typeOf(f.Geometry)
}
