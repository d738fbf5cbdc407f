package gpkg

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// System is a reference system as a GeoPackage names it.
type System struct {
	ID         int // its EPSG code
	Name       string
	Definition string // well-known text, version 1
}

// SheetAbout is what a GeoPackage of one table says of itself.
type SheetAbout struct {
	Name, Title, Description string
	Geometry                 geo.GeometryType
	Fields                   []geo.Field
	System                   System
	Changed                  geo.Time // 0 leaves it at the time of writing
}

// Sheet writes a GeoPackage of one table, which is no store: records as they
// come, numbered from 1, with their keys in a column behind the fields. It
// is not durable before Close, and serves one goroutine.
//
// Records that come in Hilbert order make a good R-tree, which is packed from
// them as they come.
type Sheet struct {
	about  SheetAbout
	file   *File
	w      *writer
	table  *table
	insert driver.Stmt
	args   []driver.NamedValue
	blob   []byte
	n      int64
	tree   packing
	shape  string // type of the shapes so far, "" before the first
	high   bool
	plain  bool // some shapes have no heights
	bound  orb.Bound
}

// CreateSheet makes the file, which must not be there.
func CreateSheet(path string, about SheetAbout) (*Sheet, error) {
	registerFunctions()
	db, err := sql.Open("sqlite", fileURI(path)+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=locking_mode(EXCLUSIVE)&_pragma=cache_size(-16384)")
	if err != nil {
		return nil, explain(path, err)
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		db.Close()
		return nil, explain(path, err)
	}
	f := &File{path: path, db: db, conn: conn, stmts: map[string]*sql.Stmt{}, tables: map[string]*table{}}
	s := &Sheet{about: about, file: f, w: &writer{file: f}, bound: orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}}
	s.create()
	if s.w.err != nil {
		s.Discard()
		return nil, explain(path, s.w.err)
	}
	return s, nil
}

// keyField is the column of keys.
var keyField = geo.Field{Name: "id", Title: "Key of the record", Kind: geo.KindInt}

func (s *Sheet) create() {
	fields := append(append([]geo.Field{}, s.about.Fields...), keyField)
	schema := geo.Schema{Name: s.about.Name, Title: s.about.Title, Description: s.about.Description, Geometry: s.about.Geometry, Fields: fields}
	t := &table{schema: schema, columns: columnNames(&schema, nil), shape: shapeTypes[schema.Geometry]}
	s.table = t
	w := s.w
	w.run(fmt.Sprintf("PRAGMA application_id=%d", applicationID))
	w.run(fmt.Sprintf("PRAGMA user_version=%d", packageVersion))
	w.run("BEGIN")
	w.run(standardTables)
	w.system(s.about.System)
	q := "CREATE TABLE " + t.name() + " (" + keyColumn + " INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"
	slots := 1
	if t.shape != "" {
		q += "," + shapeColumn + " " + t.shape
		slots++
	}
	for i, name := range t.columns {
		q += "," + quote(name) + " " + columnType(&fields[i])
	}
	w.run(q + ")")
	if t.shape == "" {
		w.run("INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?,'attributes',?,?)", schema.Name, s.about.Title, s.about.Description)
	} else {
		w.run("INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?,'features',?,?,?)", schema.Name, s.about.Title, s.about.Description, s.about.System.ID)
		w.run("INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,0,0)", schema.Name, shapeColumn, t.shape, s.about.System.ID)
		w.createTree(t)
		s.tree = packing{w: w, tree: t.treeName(), leaves: s.tellLeaf}
	}
	slots += len(t.columns)
	s.args = make([]driver.NamedValue, slots)
	for i := range s.args {
		s.args[i].Ordinal = i + 1
	}
	if w.err == nil {
		w.err = s.prepare("INSERT INTO " + t.name() + " VALUES (?" + strings.Repeat(",?", slots-1) + ")")
	}
}

// prepare keeps the driver's own statement: what database/sql does around it
// would be a third of the time of a million records.
func (s *Sheet) prepare(query string) error {
	return s.file.conn.Raw(func(raw any) (err error) {
		s.insert, err = raw.(driver.ConnPrepareContext).PrepareContext(context.Background(), query)
		return err
	})
}

// system tells of a reference system that the standard's tables do not hold
// already.
func (w *writer) system(s System) {
	if s.ID != srsID {
		w.run("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,'EPSG',?,?,NULL)", s.Name, s.ID, s.ID, s.Definition)
	}
}

// Add adds a record: its key, its shape in the file's system with its heights,
// nil for none, and a value for each field.
func (s *Sheet) Add(key geo.Key, g orb.Geometry, z []float64, value func(field int) geo.Value) error {
	s.n++
	s.args[0].Value = s.n
	at := 1
	if s.table.shape != "" {
		if err := s.place(g, z); err != nil {
			return err
		}
		at++
	}
	for i := range s.about.Fields {
		s.args[at].Value, _ = columnValue(&s.table.schema.Fields[i], value(i))
		at++
	}
	s.args[at].Value = int64(key)
	_, err := s.insert.(driver.StmtExecContext).ExecContext(context.Background(), s.args)
	return explain(s.file.path, err)
}

func (s *Sheet) place(g orb.Geometry, z []float64) (err error) {
	if g == nil {
		s.args[1].Value = nil
		return nil
	}
	s.blob, err = appendBlob(s.blob[:0], g, z, s.about.System.ID)
	if err != nil {
		return err
	}
	s.args[1].Value = s.blob
	shape := typeOf(g)
	switch s.shape {
	case "":
		s.shape, s.bound = shape, g.Bound()
	case shape:
	default:
		s.shape = anyType
	}
	s.high, s.plain = s.high || z != nil, s.plain || z == nil
	b := g.Bound()
	s.bound = s.bound.Union(b)
	s.tree.add(cellOf(s.n, geo.Box{West: b.Min[0], South: b.Min[1], East: b.Max[0], North: b.Max[1]}))
	return s.w.err
}

// Close ends the file.
func (s *Sheet) Close() error {
	if s.insert != nil {
		s.w.err = s.insert.Close()
		s.insert = nil
	}
	w, name := s.w, s.about.Name
	if s.table.shape != "" {
		s.tree.finish()
		s.settleShape()
		w.run(treeWords(s.table).Replace(treeTriggers))
	}
	if s.n > 0 && !s.bound.IsEmpty() {
		w.run("UPDATE gpkg_contents SET min_x=?, min_y=?, max_x=?, max_y=? WHERE table_name=?", s.bound.Min[0], s.bound.Min[1], s.bound.Max[0], s.bound.Max[1], name)
	}
	if s.about.Changed != 0 {
		w.run("UPDATE gpkg_contents SET last_change=?", s.about.Changed.Std().Format(timeForm))
	}
	w.run("COMMIT")
	err := explain(s.file.path, w.err)
	s.Discard()
	return err
}

// settleShape says of which type the shapes turned out to be.
func (s *Sheet) settleShape() {
	if s.shape == "" {
		return
	}
	heights := 0
	if s.high {
		heights = 1
		if s.plain {
			heights = 2
		}
	}
	s.w.run("UPDATE gpkg_geometry_columns SET geometry_type_name=?, z=?", s.shape, heights)
	if s.shape != s.table.shape {
		s.w.retype(s.table, s.shape)
	}
}

// Discard closes the file as it is. After Close it does nothing.
func (s *Sheet) Discard() {
	if s.file == nil {
		return
	}
	if s.insert != nil {
		_ = s.insert.Close()
	}
	for _, stmt := range s.file.stmts {
		_ = stmt.Close()
	}
	_ = s.file.conn.Close()
	_ = s.file.db.Close()
	s.file = nil
}

// tellLeaf writes of which leaf records are.
func (s *Sheet) tellLeaf(cells []cell, number int64) {
	if len(cells) == 0 {
		return
	}
	args := make([]any, 0, 2*len(cells))
	for _, c := range cells {
		args = append(args, c.id, number)
	}
	s.w.exec("INSERT INTO "+quote(s.tree.tree+"_rowid")+" VALUES (?,?)"+strings.Repeat(",(?,?)", len(cells)-1), args...)
}
