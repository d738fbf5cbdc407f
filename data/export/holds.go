package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Holds is the one declaration of what files of a format can hold. Answers
// and documentation print it ([Holds.Limits]), and the tests want that a file
// read again is the same up to it.
type Holds struct {
	Kinds     []geo.Kind // of fields, with a type of their own; values of others are text, lists and records as JSON
	Grain     geo.Time   // the finest step of times that are no text; what is finer is cut off. 0 is the microsecond
	Null      bool       // an empty text is not the same as none
	Days      bool       // fields of days have a type of their own, though those of times may not
	Heights   bool       // of vertices
	Extra     bool       // source fields without a column
	Shapes    Shapes
	Systems   bool // shapes may be in another reference system than CRS84
	NameBytes int  // the longest name of a column; 0 is any
	TextBytes int  // the longest text; 0 is any
	TextUnits int  // the longest text in UTF-16 units; 0 is any
	Trims     bool // spaces at the end of texts are lost
	Strips    bool // spaces at the start and at the end of texts are lost to most readers, ours among them
	XML       bool // characters that XML has no form for become U+FFFD
	Key       bool // the key stands as the record's id, in no column
	Spools    bool // written to a temporary file first, so that the first byte comes after the last record
	Packed    bool // compressed already
}

// Shapes says which shapes a format takes.
type Shapes uint8

// What formats do with shapes.
const (
	AnyShape Shapes = iota
	AsText          // no shapes as such: longitude and latitude, or well-known text
	OneAFile        // one type a file, so that several files stand in an archive
	WaysOnly        // points and lines; records of other shapes, or of none, are left out
)

// own reports whether fields of the kind have a type of their own.
func (h *Holds) own(k geo.Kind) bool { return slices.Contains(h.Kinds, k) }

// Takes reports whether a file of the format takes a record of the shape, nil
// for one without a place.
func (h *Holds) Takes(g orb.Geometry) bool {
	if h.Shapes != WaysOnly {
		return true
	}
	switch g.(type) {
	case orb.Point, orb.MultiPoint, orb.LineString, orb.MultiLineString:
		return true
	}
	return false
}

// Limits says what files of the schema cannot hold, a sentence each; nothing
// where they hold all.
func (h *Holds) Limits(s *geo.Schema) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	var timed bool
	var text []string
	for i := range s.Fields {
		k := s.Fields[i].Kind
		timed = timed || k == geo.KindTime && !s.Fields[i].DateOnly
		if k != geo.KindString && !h.own(k) && !(h.Days && s.Fields[i].DateOnly) {
			text = append(text, s.Fields[i].Name)
		}
	}
	if len(text) > 0 {
		add("written as text: %s", strings.Join(text, ", "))
	}
	if h.Grain > 0 && timed && h.own(geo.KindTime) {
		add("times are cut off to the millisecond")
	}
	if !h.Null {
		add("an empty text is the same as none")
	}
	if s.Geometry != geo.NoGeometry {
		out = append(out, h.shapeLimits(s)...)
	}
	if !h.Extra {
		add("source fields without a column are left out")
	}
	return append(out, h.textLimits()...)
}

// kindWords are the kinds in the plural.
var kindWords = map[geo.Kind]string{
	geo.KindBool: "booleans", geo.KindInt: "integers", geo.KindFloat: "numbers", geo.KindString: "strings", geo.KindTime: "times",
	geo.KindInterval: "intervals", geo.KindGeometry: "geometries", geo.KindList: "lists", geo.KindRecord: "records",
}

// Everything is a schema with a field of every kind, by whose limits a format
// is described.
func Everything() *geo.Schema {
	s := geo.Schema{Geometry: geo.AnyGeometry}
	for k := geo.KindBool; k <= geo.KindRecord; k++ {
		s.Fields = append(s.Fields, geo.Field{Name: kindWords[k], Kind: k})
	}
	s.Fields = append(s.Fields, geo.Field{Name: "days", Kind: geo.KindTime, DateOnly: true})
	return &s
}

func (h *Holds) shapeLimits(s *geo.Schema) (out []string) {
	if !h.Heights {
		out = append(out, "heights are left out")
	}
	switch h.Shapes {
	case AsText:
		out = append(out, "places are columns")
		if s.Geometry == geo.PointGeometry {
			out = append(out, "records of several points have no place")
		}
	case OneAFile:
		out = append(out, "each type of shape is a file")
	case WaysOnly:
		out = append(out, "only points and lines are held; other records are left out")
	}
	return out
}

func (h *Holds) textLimits() (out []string) {
	if h.NameBytes > 0 {
		out = append(out, fmt.Sprintf("names of columns are cut off at %d bytes", h.NameBytes))
	}
	if h.TextBytes > 0 {
		out = append(out, fmt.Sprintf("texts are cut off at %d bytes", h.TextBytes))
	}
	if h.TextUnits > 0 {
		out = append(out, fmt.Sprintf("texts are cut off at %d characters", h.TextUnits))
	}
	if h.Trims {
		out = append(out, "spaces at the end of texts are lost")
	}
	if h.Strips {
		out = append(out, "spaces at the start and at the end of texts are lost to most readers")
	}
	if h.XML {
		out = append(out, "control characters are replaced")
	}
	return out
}
