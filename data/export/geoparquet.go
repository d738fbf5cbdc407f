package export

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"

	"bivouac/data/wkb"
	"bivouac/geo"
)

// geoParquet writes GeoParquet 1.1: shapes as well-known binary in CRS84, as
// they are stored and in no other system, and a column of their boxes, by which
// readers skip groups of rows. The metadata names no system, which by the
// standard is CRS84.
type geoParquet struct {
	nothing
	w     *parquet.GenericWriter[any]
	cells *cells
	at    []int // column of each cell in the file
	key   int
	shape int // -1 for none; the box's four stand behind bbox
	bbox  int
	names [2]string // of the columns of shapes and of boxes

	rows  []parquet.Row
	arena []byte // of the texts of the rows

	bound orb.Bound
	types []string
}

var geoparquetHolds = Holds{
	Kinds: []geo.Kind{geo.KindBool, geo.KindInt, geo.KindFloat, geo.KindTime, geo.KindList, geo.KindRecord, geo.KindGeometry},
	Null:  true, Heights: true, Extra: true, Packed: true,
}

// Rows that are handed over at once, and those of a group, which is what stays
// in memory.
const (
	parquetBatch = 128
	parquetGroup = 16 << 10
)

// inOrder is a group of columns in an order of our own; the library's own
// comes by name.
type inOrder struct {
	parquet.Group
	fields []parquet.Field
}

// Fields returns the columns in their order.
func (g inOrder) Fields() []parquet.Field { return g.fields }

func newGeoParquet(w io.Writer, s Sheet) (Writer, error) {
	g := &geoParquet{cells: newCells(s, &geoparquetHolds), shape: -1}
	group, order := parquet.Group{}, g.cells.names()
	for i, name := range order {
		group[name] = parquetNode(&g.cells.fields[i])
		g.at = append(g.at, i)
	}
	g.key = len(order)
	order = append(order, free(order, "id"))
	group[order[g.key]] = parquet.Leaf(parquet.Int64Type)
	if g.cells.placed {
		g.shape, g.bbox = len(order), len(order)+1
		g.names[0] = free(order, "geometry")
		g.names[1] = free(order, "bbox")
		order = append(order, g.names[:]...)
		double := parquet.Leaf(parquet.DoubleType)
		group[g.names[0]] = parquet.Optional(parquet.Leaf(parquet.ByteArrayType))
		group[g.names[1]] = parquet.Optional(parquet.Group{"xmin": double, "ymin": double, "xmax": double, "ymax": double})
	}
	ordered := inOrder{Group: group, fields: group.Fields()}
	slices.SortFunc(ordered.fields, func(a, b parquet.Field) int {
		return slices.Index(order, a.Name()) - slices.Index(order, b.Name())
	})
	g.w = parquet.NewGenericWriter[any](w, parquet.NewSchema(s.Schema.Name, ordered), parquet.Compression(&parquet.Snappy),
		parquet.MaxRowsPerRowGroup(parquetGroup), parquet.CreatedBy("Bivouac", "", ""))
	g.w.SetKeyValueMetadata("title", titleOf(s))
	told := about(s, &geoparquetHolds)
	if g.cells.placed {
		told = append(told, "Coordinates: longitude and latitude in degrees (OGC:CRS84), as they are stored")
	}
	g.w.SetKeyValueMetadata("description", strings.Join(told, "\n"))
	g.w.SetKeyValueMetadata("metadata", metadata(s))
	return g, nil
}

func parquetNode(f *geo.Field) parquet.Node {
	var n parquet.Node
	switch {
	case f.Kind == geo.KindBool:
		n = parquet.Leaf(parquet.BooleanType)
	case f.Kind == geo.KindInt:
		n = parquet.Leaf(parquet.Int64Type)
	case f.Kind == geo.KindFloat:
		n = parquet.Leaf(parquet.DoubleType)
	case f.Kind == geo.KindTime && f.DateOnly:
		n = parquet.Date()
	case f.Kind == geo.KindTime:
		n = parquet.Timestamp(parquet.Microsecond)
	case geoparquetHolds.own(f.Kind):
		n = parquet.JSON()
	default:
		n = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	}
	return parquet.Optional(n)
}

func (g *geoParquet) Write(r geo.Row, beside []geo.Value) error {
	g.cells.take(r, beside)
	if n := len(g.rows); n < cap(g.rows) {
		g.rows = g.rows[:n+1]
	} else {
		g.rows = append(g.rows, nil)
	}
	row := g.rows[len(g.rows)-1][:0]
	for i := range g.cells.fields {
		row = append(row, g.value(i))
	}
	row = append(row, parquet.Int64Value(int64(r.Key())).Level(0, 0, g.key))
	if g.shape >= 0 {
		var err error
		if row, err = g.place(row); err != nil {
			return err
		}
	}
	g.rows[len(g.rows)-1] = row
	if len(g.rows) < parquetBatch {
		return nil
	}
	return g.flush()
}

// value is that of a column, with the level that says whether it is there.
func (g *geoParquet) value(i int) parquet.Value {
	v, f := g.cells.value(i), &g.cells.fields[i]
	if v.Null() {
		return parquet.NullValue().Level(0, 0, i)
	}
	var out parquet.Value
	switch {
	case f.Kind == geo.KindBool:
		out = parquet.BooleanValue(v.Bool())
	case f.Kind == geo.KindInt:
		out = parquet.Int64Value(v.Int())
	case f.Kind == geo.KindFloat:
		out = parquet.DoubleValue(v.Float())
	case f.Kind == geo.KindTime && f.DateOnly:
		out = parquet.Int32Value(int32(floorDay(v.Time())))
	case f.Kind == geo.KindTime:
		out = parquet.Int64Value(int64(v.Time()))
	default:
		start := len(g.arena)
		g.arena = appendText(g.arena, v, f)
		out = parquet.ByteArrayValue(g.arena[start:])
	}
	return out.Level(0, 1, i)
}

// floorDay is the day of a time, counted from 1970.
func floorDay(t geo.Time) geo.Time {
	if day := t / geo.Day; t >= day*geo.Day {
		return day
	}
	return t/geo.Day - 1
}

// place adds the shape and its box: the box's numbers stand in the order of
// their names.
func (g *geoParquet) place(row parquet.Row) (parquet.Row, error) {
	shape, z := g.cells.place()
	if shape == nil {
		for i := range 5 {
			row = append(row, parquet.NullValue().Level(0, 0, g.shape+i))
		}
		return row, nil
	}
	start := len(g.arena)
	var err error
	if g.arena, err = wkb.Append(g.arena, shape, z); err != nil {
		return row, err
	}
	row = append(row, parquet.ByteArrayValue(g.arena[start:]).Level(0, 1, g.shape))
	b := shape.Bound()
	for i, x := range [4]float64{b.Max[0], b.Min[0], b.Max[1], b.Min[1]} {
		row = append(row, parquet.DoubleValue(x).Level(0, 1, g.bbox+i))
	}
	g.see(shape, z != nil, b)
	return row, nil
}

func (g *geoParquet) see(shape orb.Geometry, high bool, b orb.Bound) {
	if len(g.types) == 0 {
		g.bound = b
	}
	g.bound = g.bound.Union(b)
	name := shape.GeoJSONType()
	if high {
		name += " Z"
	}
	if !slices.Contains(g.types, name) {
		g.types = append(g.types, name)
	}
}

func (g *geoParquet) flush() error {
	_, err := g.w.WriteRows(g.rows)
	g.rows, g.arena = g.rows[:0], g.arena[:0]
	return err
}

func (g *geoParquet) Close() error {
	if err := g.flush(); err != nil {
		return err
	}
	if g.shape >= 0 {
		text, err := json.Marshal(g.geoMetadata())
		if err != nil {
			return err
		}
		g.w.SetKeyValueMetadata("geo", string(text))
	}
	return g.w.Close()
}

// geoMetadata is the value of the key geo.
func (g *geoParquet) geoMetadata() any {
	type object = map[string]any
	slices.Sort(g.types)
	at := func(name string) []string { return []string{g.names[1], name} }
	column := object{
		"encoding": "WKB", "geometry_types": append([]string{}, g.types...),
		"covering": object{"bbox": object{"xmin": at("xmin"), "ymin": at("ymin"), "xmax": at("xmax"), "ymax": at("ymax")}},
	}
	if len(g.types) > 0 {
		column["bbox"] = []float64{g.bound.Min[0], g.bound.Min[1], g.bound.Max[0], g.bound.Max[1]}
	}
	return object{"version": "1.1.0", "primary_column": g.names[0], "columns": object{g.names[0]: column}}
}
