// Package kml answers which records a KML file holds (OGC 12-007r2, KML 2.3,
// and Google's tracks): its placemarks, with the folders that they lie in,
// their extended data and their times. KML is always in WGS84.
package kml

import (
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"bivouac/data/load/record"
	"bivouac/data/load/xmltext"
	"bivouac/geo"
)

// Reader reads the placemarks of a file.
type Reader struct {
	in      io.Closer
	text    *xmltext.Reader
	columns record.Columns
	folders []string        // names of those that are open, the outermost first
	strings map[string]bool // fields that a Schema says are texts
	inside  bool            // the root has begun
	left    map[string]int  // elements that are not read, by their name
}

// Open begins to read a file.
func Open(in io.ReadCloser) *Reader {
	return &Reader{in: in, text: xmltext.New(in), strings: map[string]bool{}, left: map[string]int{}}
}

// Is reports whether a text begins as KML does.
func Is(root string) bool { return root == "kml" }

// Close closes the file.
func (r *Reader) Close() error { return r.in.Close() }

// Columns are those met up to now.
func (r *Reader) Columns() []record.Column {
	for i := range r.columns.List {
		c := &r.columns.List[i]
		if c.Kind == geo.KindNull && r.strings[c.Name] {
			c.Kind = geo.KindString
		}
	}
	return r.columns.List
}

// notRead says what elements are that hold data and are not read.
var notRead = map[string]geo.Sentence{
	"NetworkLink": noLinks, "GroundOverlay": noPictures, "ScreenOverlay": noPictures, "PhotoOverlay": noPictures, "Update": noUpdates, "Model": noBodies,
}

// Warnings tell of what is not read.
func (r *Reader) Warnings() []geo.Said {
	var list []geo.Said
	for _, name := range slices.Sorted(maps.Keys(r.left)) {
		list = append(list, notRead[name].With(r.left[name], name))
	}
	return list
}

// Next reads the next placemark.
func (r *Reader) Next(to *record.Record) error {
	to.Reset()
	for {
		t, err := r.text.Token()
		if errors.Is(err, io.EOF) && !r.inside {
			return geo.ErrorOf(geo.Invalid, "", noElement)
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			if n := t.Name.Local; (n == "Folder" || n == "Document") && len(r.folders) > 0 {
				r.folders = r.folders[:len(r.folders)-1]
			}
		case xml.StartElement:
			r.inside = true
			if t.Name.Local == "Placemark" {
				e, err := r.text.Tree(t)
				if err != nil {
					return err
				}
				return r.placemark(e, to)
			}
			if err := r.element(t); err != nil {
				return err
			}
		}
	}
}

// mostFolders is how deep folders may lie within one another.
const mostFolders = 256

// element goes into what holds placemarks, and passes over all else.
func (r *Reader) element(t xml.StartElement) error {
	switch name := t.Name.Local; name {
	case "kml", "Create", "Delete", "Change":
		return nil
	case "Folder", "Document":
		if r.folders = append(r.folders, ""); len(r.folders) > mostFolders {
			return geo.ErrorOf(geo.Invalid, "", deepFolders, mostFolders)
		}
		return nil
	case "name":
		e, err := r.text.Tree(t)
		if n := len(r.folders); err == nil && n > 0 {
			r.folders[n-1] = e.Text()
		}
		return err
	case "Schema":
		e, err := r.text.Tree(t)
		if err == nil {
			r.schema(e)
		}
		return err
	default:
		if notRead[name] != "" {
			r.left[name]++
		}
		return r.text.Skip()
	}
}

// schema notes which fields are texts, though they may look like numbers. What
// others hold is seen in the values themselves, whatever the schema says.
func (r *Reader) schema(e *xmltext.Element) {
	for _, f := range e.Parts {
		if name := f.Attr("name"); strings.HasPrefix(f.Name, "Simple") && f.Attr("type") == "string" {
			r.strings[name] = true
		}
	}
}

// path names the folders that are open, from the outermost inwards, but for
// the document.
func (r *Reader) path() string {
	var names []string
	for i, name := range r.folders {
		if i > 0 && name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, " / ")
}

func (r *Reader) placemark(e *xmltext.Element, to *record.Record) error {
	to.ID = e.Attr("id")
	c := &r.columns
	c.Set(to, "name", e.Part("name").Text(), geo.KindString)
	c.Set(to, "description", e.Part("description").Text(), geo.KindString)
	c.Set(to, "folder", r.path(), geo.KindString)
	c.Set(to, "address", e.Part("address").Text(), geo.KindString)
	c.Set(to, "timestamp", e.Part("TimeStamp").Part("when").Text(), geo.KindNull)
	span := e.Part("TimeSpan")
	r.span(to, span.Part("begin").Text(), span.Part("end").Text())
	r.extended(e.Part("ExtendedData"), to)
	p := parser{}
	for _, part := range e.Parts {
		if isShape(part.Name) {
			p.shapes = append(p.shapes, part)
		}
		if notRead[part.Name] != "" {
			r.left[part.Name]++
		}
	}
	g, z, err := p.all()
	if err != nil {
		return err
	}
	r.span(to, p.begin, p.end)
	to.Geometry, to.Z = g, z
	return nil
}

// span gives begin and end of a time span, or of a track.
func (r *Reader) span(to *record.Record, begin, end string) {
	c := &r.columns
	if begin != "" {
		to.Set(c.In("begin", geo.StartRole), geo.String(begin))
	}
	if end != "" {
		to.Set(c.In("end", geo.EndRole), geo.String(end))
	}
}

// extended reads data by their names: untyped pairs, and fields of a schema.
func (r *Reader) extended(e *xmltext.Element, to *record.Record) {
	if e == nil {
		return
	}
	for _, d := range e.Parts {
		switch d.Name {
		case "Data":
			r.field(to, d.Attr("name"), d.Part("value").Text())
		case "SchemaData":
			for _, f := range d.Parts {
				r.field(to, f.Attr("name"), f.Text())
			}
		}
	}
}

// field gives a record its data. An empty text is a value where the schema says
// that the field is one. What is the name of the placemark once more is that
// column.
func (r *Reader) field(to *record.Record, name, text string) {
	switch {
	case text == "" && !r.strings[name]:
	case name == "name" && r.isName(to, text):
		to.Set(r.columns.Of("name", "name", geo.KindString), geo.String(text))
	default:
		to.Set(r.columns.Of("data "+name, name, geo.KindNull), geo.String(text))
	}
}

// isName reports whether the placemark has this name, or none.
func (r *Reader) isName(to *record.Record, text string) bool {
	at := r.columns.Of("name", "name", geo.KindString)
	return at >= len(to.Values) || to.Values[at].Null() || to.Values[at].Text() == text
}
