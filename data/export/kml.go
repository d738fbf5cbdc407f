package export

import (
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// kml writes a KML 2.2 document (OGC 07-147r2): a placemark a record, with
// its fields as typed extended data, and when it stood as a time stamp or span.
// Whole numbers are declared as double, since int has 32 bits.
type kml struct {
	nothing
	w     io.Writer
	cells *cells
	data  []string // what begins the element of each column
	id    string   // the same for the key
	name  int      // column of the name, -1 for none
	timed bool
	head  []byte
	buf   []byte
	text  []byte
}

var kmlHolds = Holds{
	Kinds: []geo.Kind{geo.KindBool, geo.KindInt, geo.KindFloat}, Null: true, Heights: true, Extra: true, Strips: true, XML: true,
}

func newKML(w io.Writer, s Sheet) (Writer, error) {
	k := &kml{w: w, cells: newCells(s, &kmlHolds), name: nameColumn(s), timed: s.Schema.Timed()}
	schema := xmlName(s.Schema.Name)
	b := append(k.head, xmlHead+`<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:atom="http://www.w3.org/2005/Atom"><Document>`...)
	b = element(b, "name", titleOf(s))
	if len(s.Attribution) > 0 {
		b = append(b, "<atom:author>"...)
		b = element(b, "atom:name", strings.Join(s.Attribution, "; "))
		b = append(b, "</atom:author>"...)
	}
	b = element(b, "description", strings.Join(about(s, &kmlHolds), "\n"))
	b = append(b, "\n"+`<Schema name="`...)
	b = append(appendXML(b, schema), `" id="`...)
	b = append(appendXML(b, schema), `">`...)
	names := k.cells.names()
	for i := range k.cells.fields {
		f := &k.cells.fields[i]
		b = kmlField(b, kmlType(f), names[i], f.Title)
		k.data = append(k.data, kmlData(names[i]))
	}
	id := free(names, "id")
	k.id = kmlData(id)
	k.head = append(kmlField(b, "double", id, "Key of the record"), "</Schema>\n"...)
	k.text = appendXML(append(k.text, `<ExtendedData><SchemaData schemaUrl="#`...), schema)
	k.text = append(k.text, `">`...)
	return k, nil
}

// nameColumn is the column that says what people call the records, -1 for
// none.
func nameColumn(s Sheet) int {
	role := s.Schema.WithRole(geo.NameRole)
	if s.Fields == nil {
		return role
	}
	for i, position := range s.Fields {
		if position == role {
			return i
		}
	}
	return -1
}

func kmlType(f *geo.Field) string {
	switch f.Kind {
	case geo.KindBool:
		return "bool"
	case geo.KindInt, geo.KindFloat:
		return "double"
	}
	return "string"
}

func kmlField(b []byte, kind, name, title string) []byte {
	b = append(append(append(b, `<SimpleField type="`...), kind...), `" name="`...)
	b = append(appendXML(b, name), `">`...)
	b = element(b, "displayName", title)
	return append(b, "</SimpleField>"...)
}

func kmlData(name string) string {
	return string(append(appendXML([]byte(`<SimpleData name="`), name), `">`...))
}

func (k *kml) Write(r geo.Row, beside []geo.Value) error {
	b := append(k.buf[:0], k.head...)
	k.head = k.head[:0]
	k.cells.take(r, beside)
	b = append(b, `<Placemark id="k`...)
	b = append(strconv.AppendInt(b, int64(r.Key()), 10), `">`...)
	if k.name >= 0 {
		b = element(b, "name", k.cells.value(k.name).Text())
	}
	if k.timed {
		b = appendTimes(b, r.Table().Valid(r.Number()))
	}
	b = k.appendData(b, r.Key())
	if k.cells.placed {
		if p, ok := k.cells.point(); ok {
			b = appendKMLPoint(b, p, nil)
		} else {
			g, z := k.cells.place()
			s := kmlShape{z: z}
			b = s.append(b, g)
		}
	}
	k.buf = append(b, "</Placemark>\n"...)
	_, err := k.w.Write(k.buf)
	return err
}

func (k *kml) appendData(b []byte, key geo.Key) []byte {
	const end = "</SimpleData>"
	b = append(b, k.text...)
	var scratch [64]byte
	for i := range k.cells.fields {
		v := k.cells.value(i)
		if v.Null() {
			continue
		}
		b = append(b, k.data[i]...)
		switch v.Kind() {
		case geo.KindString:
			b = appendXML(b, v.Text())
		case geo.KindBool:
			b = append(b, "01"[boolBit(v)])
		case geo.KindInt, geo.KindFloat, geo.KindTime:
			b = appendText(b, v, &k.cells.fields[i])
		default:
			b = appendXML(b, appendText(scratch[:0], v, &k.cells.fields[i]))
		}
		b = append(b, end...)
	}
	b = append(b, k.id...)
	b = strconv.AppendInt(b, int64(key), 10)
	return append(b, end+"</SchemaData></ExtendedData>"...)
}

// appendTimes adds when the record stood, as far as it is known.
func appendTimes(b []byte, i geo.Interval) []byte {
	if i == (geo.Interval{}) || i.Start.Kind != geo.At && i.End.Kind != geo.At {
		return b
	}
	if i.Start.Kind == geo.At && i.End.Kind == geo.At && i.End.Time-i.Start.Time <= geo.Microsecond {
		return append(appendWhen(append(b, "<TimeStamp>"...), "when", i.Start.Time), "</TimeStamp>"...)
	}
	b = append(b, "<TimeSpan>"...)
	if i.Start.Kind == geo.At {
		b = appendWhen(b, "begin", i.Start.Time)
	}
	if i.End.Kind == geo.At {
		b = appendWhen(b, "end", i.End.Time)
	}
	return append(b, "</TimeSpan>"...)
}

func appendWhen(b []byte, name string, t geo.Time) []byte {
	b = append(append(append(b, '<'), name...), '>')
	b = appendMoment(b, t)
	return append(append(append(b, "</"...), name...), '>')
}

// appendMoment adds a time without quotes.
func appendMoment(b []byte, t geo.Time) []byte {
	return appendText(b, geo.TimeValue(t), &geo.Field{})
}

// kmlShape takes the heights in the order of the vertices.
type kmlShape struct{ z []float64 }

func (s *kmlShape) append(b []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case orb.Point:
		return appendKMLPoint(b, g, s.take(1))
	case orb.MultiPoint:
		return multi(s, b, g)
	case orb.LineString:
		b = append(b, "<LineString>"...)
		return append(s.coordinates(b, g, true), "</LineString>"...)
	case orb.MultiLineString:
		return multi(s, b, g)
	case orb.Ring:
		return s.append(b, orb.Polygon{g})
	case orb.Bound:
		return s.append(b, g.ToPolygon())
	case orb.Polygon:
		return s.polygon(b, g)
	case orb.MultiPolygon:
		return multi(s, b, g)
	case orb.Collection:
		return multi(s, b, g)
	}
	return b
}

func multi[G orb.Geometry](s *kmlShape, b []byte, parts []G) []byte {
	b = append(b, "<MultiGeometry>"...)
	for _, p := range parts {
		b = s.append(b, p)
	}
	return append(b, "</MultiGeometry>"...)
}

func (s *kmlShape) take(n int) []float64 {
	n = min(n, len(s.z))
	z := s.z[:n]
	s.z = s.z[n:]
	return z
}

func appendKMLPoint(b []byte, p orb.Point, z []float64) []byte {
	s := kmlShape{z: z}
	return append(s.coordinates(append(b, "<Point>"...), []orb.Point{p}, true), "</Point>"...)
}

func (s *kmlShape) polygon(b []byte, p orb.Polygon) []byte {
	b = append(b, "<Polygon>"...)
	if s.z != nil {
		b = append(b, absolute...)
	}
	for i, ring := range p {
		boundary := [2]string{"innerBoundaryIs>", "outerBoundaryIs>"}[min(1, max(0, 1-i))]
		b = append(append(append(b, '<'), boundary...), "<LinearRing>"...)
		b = s.coordinates(b, ring, false)
		b = append(append(b, "</LinearRing></"...), boundary...)
	}
	return append(b, "</Polygon>"...)
}

const absolute = "<altitudeMode>absolute</altitudeMode>"

// coordinates adds positions, and how their heights are meant where there are
// some. A shape with a height that is not known has none.
func (s *kmlShape) coordinates(b []byte, points []orb.Point, mode bool) []byte {
	z := s.take(len(points))
	if mode && len(z) > 0 {
		b = append(b, absolute...)
	}
	b = append(b, "<coordinates>"...)
	for i, p := range points {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(geojson.AppendNumber(b, p[0]), ',')
		b = geojson.AppendNumber(b, p[1])
		if i < len(z) && !math.IsNaN(z[i]) {
			b = geojson.AppendNumber(append(b, ','), z[i])
		}
	}
	return append(b, "</coordinates>"...)
}

func (k *kml) Close() error {
	_, err := k.w.Write(append(k.head, "</Document></kml>\n"...))
	return err
}
