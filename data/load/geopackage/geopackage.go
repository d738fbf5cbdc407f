// Package geopackage answers which records the layers of another program's
// GeoPackage hold (OGC 12-128r19): its tables of features and of attributes.
// The file is only ever read.
package geopackage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"modernc.org/sqlite"

	"bivouac/data/load/record"
	"bivouac/data/wkb"
	"bivouac/geo"
	"bivouac/geo/crs"
)

// Magic is how an SQLite file begins.
const Magic = "SQLite format 3\x00"

// Layer is one table as gpkg_contents tells of it.
type Layer struct {
	Name    string
	Title   string
	Shaped  bool // its records have shapes
	srs     int
	owner   string // who has named the system
	code    int    // by which number
	system  string // its well-known text
	shapeAt string // column of the shapes
}

// The systems that the standard has for layers whose sender did not know.
const (
	unknownCartesian  = -1
	unknownGeographic = 0
)

// Unplaced reports whether the file says that nobody knows the layer's system.
func (l *Layer) Unplaced() bool {
	return l.Shaped && (l.srs == unknownCartesian || l.srs == unknownGeographic)
}

// System returns the system of the layer's coordinates; CRS84 where nobody
// knows it.
func (l *Layer) System() (crs.System, error) {
	if !l.Shaped || l.Unplaced() {
		return crs.CRS84, nil
	}
	if strings.EqualFold(l.owner, "EPSG") {
		return crs.OfEPSG(l.code)
	}
	return crs.ParseWKT(l.system)
}

const contents = `SELECT c.table_name, coalesce(c.identifier,''), coalesce(g.column_name,''), coalesce(g.srs_id,0),
	coalesce(s.organization,''), coalesce(s.organization_coordsys_id,0), coalesce(s.definition,'')
	FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g ON g.table_name=c.table_name LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id=g.srs_id
	WHERE c.data_type IN ('features','attributes') AND c.table_name NOT LIKE 'bivouac\_%' ESCAPE '\' ORDER BY c.rowid`

// Layers lists the tables of features and attributes in the order of the file.
// What it holds beside them, such as pictures, is no layer.
func Layers(ctx context.Context, path string) ([]Layer, error) {
	db, err := open(path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, contents)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	var layers []Layer
	for rows.Next() {
		var l Layer
		if err := rows.Scan(&l.Name, &l.Title, &l.shapeAt, &l.srs, &l.owner, &l.code, &l.system); err != nil {
			return nil, explain(err)
		}
		l.Shaped = l.shapeAt != ""
		layers = append(layers, l)
	}
	if err := rows.Err(); err != nil {
		return nil, explain(err)
	}
	if len(layers) == 0 {
		return nil, geo.ErrorOf(geo.Invalid, "", noTable)
	}
	return layers, nil
}

func open(path string) (*sql.DB, error) {
	uri := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	db, err := sql.Open("sqlite", uri+"?mode=ro&_pragma=busy_timeout(10000)&_pragma=trusted_schema(0)")
	return db, explain(err)
}

// explain turns an error of SQLite into one for people.
func explain(err error) error {
	var failed *sqlite.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return geo.ErrorOf(geo.Cancelled, "", givenUp, err)
	case errors.As(err, &failed) && strings.Contains(failed.Error(), "no such table: gpkg_"):
		return geo.ErrorOf(geo.Unsupported, "", noGeoPackage)
	}
	return geo.ErrorOf(geo.Invalid, "", damaged, err)
}

// Reader reads one layer.
type Reader struct {
	db      *sql.DB
	conn    *sql.Conn
	rows    driver.Rows
	columns []record.Column
	row     []driver.Value
	leftOut []string
	left    int64 // rows that a file of its size may still have
	bytes   int   // values of bytes where something else should stand
}

// Open begins to read the layer.
func Open(ctx context.Context, path string, l *Layer) (*Reader, error) {
	db, err := open(path)
	if err != nil {
		return nil, err
	}
	r := &Reader{db: db, left: mostRows(path)}
	if err := r.open(ctx, l); err != nil {
		r.Close()
		return nil, explain(err)
	}
	return r, nil
}

// mostRows is how many rows a table may have: each takes a byte at least, of the
// file or its log. A view that calls itself gives them without end.
func mostRows(path string) int64 {
	var n int64
	for _, p := range []string{path, path + "-wal"} {
		if info, err := os.Stat(p); err == nil {
			n += info.Size()
		}
	}
	return n
}

var errEndless = errors.New("a view has more rows than the file has bytes")

func (r *Reader) open(ctx context.Context, l *Layer) error {
	read, err := r.layOut(ctx, l)
	if err != nil {
		return err
	}
	if r.conn, err = r.db.Conn(ctx); err != nil {
		return err
	}
	return r.conn.Raw(func(raw any) error {
		var err error
		r.rows, err = raw.(driver.QueryerContext).QueryContext(ctx, "SELECT "+strings.Join(read, ",")+" FROM "+quote(l.Name), nil)
		return err
	})
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// layOut finds the columns that are read: the key, the shape, and those whose
// type has a kind of ours. The plus sign keeps the driver from guessing types
// of its own.
func (r *Reader) layOut(ctx context.Context, l *Layer) (read []string, err error) {
	rows, err := r.db.QueryContext(ctx, "SELECT name, type, pk FROM pragma_table_info(?)", l.Name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	read = []string{"NULL", "NULL"}
	for rows.Next() {
		var name, kind string
		var pk int
		if err := rows.Scan(&name, &kind, &pk); err != nil {
			return nil, err
		}
		c, known := columnOf(name, kind)
		switch {
		case pk == 1 && strings.Contains(strings.ToUpper(kind), "INT"):
			read[0] = "+" + quote(name)
		case name == l.shapeAt:
			read[1] = "+" + quote(name)
		case !known:
			r.leftOut = append(r.leftOut, fmt.Sprintf("%s (%s)", name, kind))
		default:
			r.columns = append(r.columns, c)
			read = append(read, "+"+quote(name))
		}
	}
	r.row = make([]driver.Value, len(read))
	return read, rows.Err()
}

// columnOf returns the column by the types of the standard, and by others that
// SQLite's users write for the same.
func columnOf(name, kind string) (record.Column, bool) {
	c := record.Column{Name: name}
	kind, _, _ = strings.Cut(strings.ToUpper(kind), "(")
	switch strings.TrimSpace(kind) {
	case "BOOLEAN", "BOOL":
		c.Kind = geo.KindBool
	case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "BIGINT":
		c.Kind = geo.KindInt
	case "FLOAT", "DOUBLE", "REAL", "NUMERIC", "DECIMAL", "DOUBLE PRECISION":
		c.Kind = geo.KindFloat
	case "TEXT", "VARCHAR", "STRING", "CHAR", "JSON", "UUID":
		c.Kind = geo.KindString
	case "DATE":
		c.Kind, c.DateOnly = geo.KindTime, true
	case "DATETIME", "TIMESTAMP":
		c.Kind = geo.KindTime
	default:
		return c, false
	}
	return c, true
}

// Close closes the file.
func (r *Reader) Close() error {
	var err error
	if r.rows != nil {
		err = r.rows.Close()
	}
	if r.conn != nil {
		err = errors.Join(err, r.conn.Close())
	}
	return errors.Join(err, r.db.Close())
}

// Columns are those of the table but for its key and its shape.
func (r *Reader) Columns() []record.Column { return r.columns }

// Warnings tell of columns that are not read.
func (r *Reader) Warnings() []geo.Said {
	var list []geo.Said
	if len(r.leftOut) > 0 {
		list = append(list, unreadColumns.With(strings.Join(r.leftOut[:min(20, len(r.leftOut))], ", ")))
	}
	if r.bytes > 0 {
		list = append(list, binaryValues.With(r.bytes))
	}
	return list
}

// Next reads the next row.
func (r *Reader) Next(to *record.Record) error {
	to.Reset()
	err := r.rows.Next(r.row)
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	if r.left--; err == nil && r.left < 0 {
		err = errEndless
	}
	if err != nil {
		return explain(err)
	}
	if key, ok := r.row[0].(int64); ok {
		to.ID = strconv.FormatInt(key, 10)
	}
	for i := range r.columns {
		to.Set(i, r.value(&r.columns[i], r.row[2+i]))
	}
	blob, ok := r.row[1].([]byte)
	if !ok {
		return nil
	}
	if to.Geometry, to.Z, err = wkb.ParseGeoPackage(blob); err != nil {
		return record.Refuse(unreadShape, err)
	}
	return nil
}

// value is a value as SQLite holds it, whatever its column is declared to be:
// what does not fit is said where the row is taken.
func (r *Reader) value(c *record.Column, v driver.Value) geo.Value {
	switch v := v.(type) {
	case int64:
		switch {
		case c.Kind == geo.KindBool && (v == 0 || v == 1):
			return geo.Bool(v == 1)
		case c.Kind == geo.KindString:
			return geo.String(strconv.FormatInt(v, 10))
		}
		return geo.Int(v)
	case float64:
		if c.Kind == geo.KindString {
			return geo.String(strconv.FormatFloat(v, 'g', -1, 64))
		}
		return geo.Float(v)
	case string:
		return geo.String(strings.ToValidUTF8(v, "\ufffd"))
	case []byte:
		r.bytes++
	}
	return geo.Value{}
}
