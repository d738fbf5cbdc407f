package gpkg

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bivouac/geo"
)

// Columns of every table of records beside those of its fields.
const (
	keyColumn    = "fid"
	shapeColumn  = "geom"
	revColumn    = "bivouac_rev"
	sourceColumn = "bivouac_source" // the source id, where no field says it
	moreColumn   = "bivouac_more"   // JSON of what else no field says
)

// table is the table of one collection.
type table struct {
	schema  geo.Schema
	columns []string // by field
	all     []string // of the table, in the order of args
	shape   string   // type of its shapes, "" where it has none
	high    bool     // whether some have heights

	insert, update, read string
}

func newTable(s geo.Schema, columns []string, shape string, high bool) *table {
	names := []string{keyColumn}
	if shape != "" {
		names = append(names, shapeColumn)
	}
	names = append(append(names, columns...), revColumn, sourceColumn, moreColumn)
	t := &table{schema: s, columns: columns, all: slices.Clone(names), shape: shape, high: high}
	sets, reads := make([]string, len(names)), make([]string, len(names))
	for i, name := range names {
		sets[i] = quote(name) + "=?" + strconv.Itoa(i+1)
		// An expression has no declared type, after which the driver would
		// parse times by its own lights.
		reads[i] = "+" + quote(name)
		names[i] = quote(name)
	}
	t.insert = fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", t.name(), strings.Join(names, ","), strings.Repeat(",?", len(names)-1))
	t.update = fmt.Sprintf("UPDATE %s SET %s WHERE %s=?1", t.name(), strings.Join(sets[1:], ","), keyColumn)
	t.read = fmt.Sprintf("SELECT %s FROM %s", strings.Join(reads, ","), t.name())
	return t
}

// name is the table's name as SQL writes it.
func (t *table) name() string { return quote(t.schema.Name) }

// quote writes a name for SQL.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// shapeTypes are the types of tables by that of their collections. A table of
// single shapes becomes one of any when the first multiple one comes.
var shapeTypes = map[geo.GeometryType]string{
	geo.NoGeometry: "", geo.PointGeometry: "POINT", geo.LineGeometry: "LINESTRING", geo.AreaGeometry: "POLYGON",
	geo.AnyGeometry: anyType, "": anyType,
}

// columnType is the type of a field's column. What SQL has no type for is JSON.
func columnType(f *geo.Field) string {
	switch f.Kind {
	case geo.KindBool:
		return "BOOLEAN"
	case geo.KindInt:
		return "INTEGER"
	case geo.KindFloat:
		return "DOUBLE"
	case geo.KindTime:
		if f.DateOnly {
			return "DATE"
		}
		return "DATETIME"
	}
	return "TEXT"
}

// columnNames gives each field a column of its own name, or with a number
// behind it where SQL, which takes capitals and small letters for the same,
// has a column of that name. Those in known keep theirs.
func columnNames(s *geo.Schema, known map[string]string) []string {
	taken := []string{keyColumn, shapeColumn, revColumn, sourceColumn, moreColumn, "rowid", "oid", "_rowid_"}
	for _, name := range known {
		taken = append(taken, strings.ToLower(name))
	}
	out := make([]string, len(s.Fields))
	for i := range s.Fields {
		field := s.Fields[i].Name
		name, have := known[field]
		for n := 2; !have; n++ {
			if name == "" {
				name = field
			} else {
				name = field + "_" + strconv.Itoa(n-1)
			}
			have = !slices.Contains(taken, strings.ToLower(name))
		}
		taken = append(taken, strings.ToLower(name))
		out[i] = name
	}
	return out
}
