package export

import (
	"io"
	"strconv"
	"strings"

	"bivouac/data/export/flatgeobuf"
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// flatGeobuf writes a FlatGeobuf with its index, unless the rows come in
// another order than by where they are: then it has none.
type flatGeobuf struct {
	to               io.Writer
	w                *flatgeobuf.Writer
	cells            *cells
	types            []flatgeobuf.ColumnType
	heights          bool
	features, leaves *spool
}

var flatgeobufHolds = Holds{
	Kinds: []geo.Kind{geo.KindBool, geo.KindInt, geo.KindFloat, geo.KindTime, geo.KindList, geo.KindRecord, geo.KindGeometry},
	Null:  true, Heights: true, Extra: true, Systems: true, Spools: true,
}

func newFlatGeobuf(to io.Writer, s Sheet) (Writer, error) {
	f := &flatGeobuf{to: to, cells: newCells(s, &flatgeobufHolds), heights: s.Heights}
	var err error
	if f.features, err = newSpool(); err != nil {
		return nil, err
	}
	if f.leaves, err = newSpool(); err != nil {
		f.Discard()
		return nil, err
	}
	head := flatgeobuf.Head{
		Name: s.Schema.Name, Title: titleOf(s), Description: strings.Join(about(s, &flatgeobufHolds), "\n"), Metadata: metadata(s),
		EPSG: s.System.EPSG(), System: s.System.Name(), WKT: s.System.WKT(), Heights: s.Heights, NoIndex: s.Ordered || !f.cells.placed,
	}
	names := f.cells.names()
	for i := range f.cells.fields {
		field := &f.cells.fields[i]
		f.types = append(f.types, flatgeobufType(field))
		head.Columns = append(head.Columns, flatgeobuf.Column{Name: names[i], Title: field.Title, Description: field.Description, Type: f.types[i]})
	}
	f.types = append(f.types, flatgeobuf.Long)
	head.Columns = append(head.Columns, flatgeobuf.Column{Name: free(names, "id"), Title: "Key of the record", Type: flatgeobuf.Long})
	f.w = flatgeobuf.NewWriter(head, f.features, f.leaves)
	return f, nil
}

func flatgeobufType(f *geo.Field) flatgeobuf.ColumnType {
	switch f.Kind {
	case geo.KindBool:
		return flatgeobuf.Bool
	case geo.KindInt:
		return flatgeobuf.Long
	case geo.KindFloat:
		return flatgeobuf.Double
	case geo.KindTime:
		return flatgeobuf.DateTime
	case geo.KindList, geo.KindRecord, geo.KindGeometry:
		return flatgeobuf.JSON
	}
	return flatgeobuf.String
}

func (f *flatGeobuf) Write(r geo.Row, beside []geo.Value) error {
	f.cells.take(r, beside)
	f.w.Properties()
	for i := range f.cells.fields {
		f.put(i, f.cells.value(i))
	}
	f.w.PutLong(len(f.cells.fields), int64(r.Key()))
	if !f.cells.placed {
		return f.w.Put(nil, nil)
	}
	if p, ok := f.cells.point(); ok && !f.heights {
		return f.w.PutPoint(p)
	}
	return f.w.Put(f.cells.place())
}

func (f *flatGeobuf) put(i int, v geo.Value) {
	if v.Null() {
		return
	}
	switch f.types[i] {
	case flatgeobuf.Bool:
		f.w.PutBool(i, v.Bool())
	case flatgeobuf.Long:
		f.w.PutLong(i, v.Int())
	case flatgeobuf.Double:
		f.w.PutDouble(i, v.Float())
	default:
		if v.Kind() == geo.KindString {
			f.w.PutString(i, v.Text())
			return
		}
		f.w.PutText(i, func(b []byte) []byte { return appendText(b, v, &f.cells.fields[i]) })
	}
}

func (f *flatGeobuf) Close() error {
	defer f.Discard()
	features, err := f.features.reader()
	if err != nil {
		return err
	}
	leaves, err := f.leaves.reader()
	if err != nil {
		return err
	}
	return f.w.Finish(f.to, features, leaves)
}

// Discard removes the temporary files.
func (f *flatGeobuf) Discard() {
	f.features.remove()
	f.leaves.remove()
}

// Lost returns nothing: what is not held is known beforehand.
func (f *flatGeobuf) Lost() []string { return nil }

// metadata is what a file says of itself, as JSON.
func metadata(s Sheet) string {
	b := append([]byte(`{"classification":`), strconv.Quote(s.Highest.String())...)
	b = append(b, `,"attribution":`...)
	names := make([]geo.Value, len(s.Attribution))
	for i, name := range s.Attribution {
		names[i] = geo.String(name)
	}
	b = geojson.AppendValue(b, geo.List(names...))
	if s.At != 0 {
		b = append(b, `,"timeStamp":`...)
		b = geojson.AppendTime(b, s.At, false)
	}
	return string(append(b, '}'))
}
