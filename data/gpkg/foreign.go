package gpkg

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"strconv"
	"strings"

	"bivouac/data"
	"bivouac/data/load"
	"bivouac/geo"
)

// Layer is a table of another program's GeoPackage, as a collection.
type Layer struct {
	data.Source
	Table   string
	LeftOut []string // what of it cannot be shown, and why
	Refused int      // rows that were not taken, once its Feed has run
	Reason  string   // of the first of them
}

// Tables looks at a GeoPackage of another program, which is only ever read:
// each of its tables of features or attributes becomes a collection, whose
// fields are its columns. A table that cannot be one comes with no Feed and
// the reason.
func Tables(ctx context.Context, path string) ([]*Layer, error) {
	registerFunctions()
	db, err := sql.Open("sqlite", dsn(path, true))
	if err != nil {
		return nil, explain(path, err)
	}
	defer db.Close()
	tables, err := collect(path, ask(ctx, db, scanContent, `SELECT c.table_name, coalesce(c.identifier,''), coalesce(g.column_name,''), coalesce(g.geometry_type_name,''), coalesce(g.srs_id,0)
		FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g ON g.table_name=c.table_name WHERE c.data_type IN ('features','attributes') ORDER BY c.rowid`))
	if err != nil {
		return nil, err
	}
	var out []*Layer
	taken := map[string]bool{}
	for i := range tables {
		l, err := tables[i].layer(ctx, db, path, taken)
		if err != nil {
			return nil, explain(path, err)
		}
		out = append(out, l)
	}
	return out, nil
}

// content is a table as gpkg_contents tells of it.
type content struct {
	table, title, shape, shapeType string
	srs                            int
	columns                        []string // of the fields
	key                            string
}

func scanContent(r *sql.Rows, c *content) error {
	return r.Scan(&c.table, &c.title, &c.shape, &c.shapeType, &c.srs)
}

func (c *content) layer(ctx context.Context, db *sql.DB, path string, taken map[string]bool) (*Layer, error) {
	id := load.CollectionID(c.table)
	for n := 2; taken[id]; n++ {
		id = load.CollectionID(c.table) + "_" + strconv.Itoa(n)
	}
	taken[id] = true
	l := &Layer{Table: c.table}
	l.Schema = geo.Schema{Name: id, Title: c.title, Geometry: geometryTypes[strings.TrimPrefix(c.shapeType, "MULTI")]}
	if l.Schema.Geometry == "" {
		l.Schema.Geometry = geo.AnyGeometry
	}
	if c.shape == "" {
		l.Schema.Geometry = geo.NoGeometry
	}
	if c.shape != "" && c.srs != srsID {
		l.LeftOut = append(l.LeftOut, fmt.Sprintf("its system is EPSG:%d; export it in WGS84 (EPSG:4326)", c.srs))
		return l, nil
	}
	if err := c.fields(ctx, db, l); err != nil {
		return nil, err
	}
	l.Feed = func(ctx context.Context, add func(*geo.Feature) error) error { return c.feed(ctx, path, l, add) }
	return l, nil
}

var geometryTypes = map[string]geo.GeometryType{"POINT": geo.PointGeometry, "LINESTRING": geo.LineGeometry, "POLYGON": geo.AreaGeometry}

// fields makes a field of each column whose type has a kind of ours.
func (c *content) fields(ctx context.Context, db *sql.DB, l *Layer) error {
	type column struct {
		name, kind string
		pk         int
	}
	scan := func(r *sql.Rows, v *column) error { return r.Scan(&v.name, &v.kind, &v.pk) }
	for col, err := range ask(ctx, db, scan, "SELECT name, type, pk FROM pragma_table_info(?)", c.table) {
		if err != nil {
			return err
		}
		f, known := fieldOf(col.name, col.kind)
		switch {
		case col.pk > 0:
			c.key = col.name
		case col.name == c.shape:
		case !known:
			l.LeftOut = append(l.LeftOut, fmt.Sprintf("the column %s, of the type %s", col.name, col.kind))
		default:
			l.Schema.Fields = append(l.Schema.Fields, f)
			c.columns = append(c.columns, col.name)
		}
	}
	return nil
}

// fieldOf returns the field of a column by the types of the standard.
func fieldOf(name, kind string) (geo.Field, bool) {
	f := geo.Field{Name: name}
	kind, _, _ = strings.Cut(strings.ToUpper(kind), "(")
	switch kind {
	case "BOOLEAN":
		f.Kind = geo.KindBool
	case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER":
		f.Kind = geo.KindInt
	case "FLOAT", "DOUBLE", "REAL":
		f.Kind = geo.KindFloat
	case "TEXT":
		f.Kind = geo.KindString
	case "DATE":
		f.Kind, f.DateOnly = geo.KindTime, true
	case "DATETIME":
		f.Kind = geo.KindTime
	default:
		return f, false
	}
	return f, true
}

// feed reads the table. A row that cannot be right is left out and counted.
func (c *content) feed(ctx context.Context, path string, l *Layer, add func(*geo.Feature) error) error {
	db, err := sql.Open("sqlite", dsn(path, true))
	if err != nil {
		return explain(path, err)
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return explain(path, err)
	}
	defer conn.Close()
	return explain(path, conn.Raw(func(raw any) error {
		rows, err := raw.(driver.QueryerContext).QueryContext(ctx, c.query(), nil)
		if err != nil {
			return err
		}
		defer rows.Close()
		return c.rows(rows, l, add)
	}))
}

func (c *content) query() string {
	read := []string{"NULL", "NULL"}
	if c.key != "" {
		read[0] = "+" + quote(c.key)
	}
	if c.shape != "" {
		read[1] = "+" + quote(c.shape)
	}
	for _, name := range c.columns {
		read = append(read, "+"+quote(name))
	}
	return "SELECT " + strings.Join(read, ",") + " FROM " + quote(c.table)
}

func (c *content) rows(rows driver.Rows, l *Layer, add func(*geo.Feature) error) error {
	row := make([]driver.Value, 2+len(c.columns))
	for n := 1; ; n++ {
		if err := rows.Next(row); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		f, err := foreignFeature(&l.Schema, row)
		if err == nil {
			err = add(f)
		}
		if code := geo.CodeOf(err); code == geo.Internal || code == geo.Cancelled {
			return err
		}
		if err != nil {
			l.refuse(n, err)
		}
	}
}

func (l *Layer) refuse(row int, err error) {
	if l.Refused++; l.Refused == 1 {
		l.Reason = fmt.Sprintf("row %d: %v", row, err)
	}
}

func foreignFeature(s *geo.Schema, row []driver.Value) (*geo.Feature, error) {
	f := &geo.Feature{Values: make([]geo.Value, len(s.Fields))}
	if key, ok := row[0].(int64); ok {
		f.SourceID = strconv.FormatInt(key, 10)
	}
	if blob, ok := row[1].([]byte); ok {
		var err error
		if f.Geometry, f.Z, err = parseBlob(blob); err != nil {
			return nil, err
		}
	}
	for i := range s.Fields {
		var ok bool
		if f.Values[i], ok = parseColumn(&s.Fields[i], row[2+i]); !ok {
			return nil, geo.Errorf(geo.Invalid, s.Fields[i].Name, "holds %v, which is no %v", row[2+i], s.Fields[i].Kind)
		}
	}
	return f, nil
}
