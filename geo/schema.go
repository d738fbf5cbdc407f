package geo

import "github.com/paulmach/orb"

// GeometryType says which shapes a collection holds. Single and multiple
// shapes of one dimension are one type, as users see them.
type GeometryType string

// The geometry types of a collection.
const (
	NoGeometry    GeometryType = "none"
	PointGeometry GeometryType = "point"
	LineGeometry  GeometryType = "line"
	AreaGeometry  GeometryType = "polygon"
	AnyGeometry   GeometryType = "any"
)

// Holds reports whether a collection of the type takes the shape. No shape at
// all is taken by every type; a type that is not said takes any.
func (t GeometryType) Holds(g orb.Geometry) bool {
	if g == nil || t == AnyGeometry || t == "" {
		return true
	}
	switch g.(type) {
	case orb.Point, orb.MultiPoint:
		return t == PointGeometry
	case orb.LineString, orb.MultiLineString:
		return t == LineGeometry
	case orb.Polygon, orb.MultiPolygon, orb.Ring, orb.Bound:
		return t == AreaGeometry
	}
	return false
}

// Role says which of a Feature's own fields a Field feeds, or how a process
// uses it. A Field with a role is stored like any other; the role tells the
// loader to fill the Feature from it too.
type Role string

// The roles.
const (
	NoRole         Role = ""
	SourceIDRole   Role = "source-id"      // Feature.SourceID
	MissionRole    Role = "mission"        // Feature.Mission
	ClassRole      Role = "classification" // Feature.Class
	InstantRole    Role = "time"           // Feature.Valid, both ends; null is UnknownTime
	StartRole      Role = "time-start"     // Feature.Valid.Start; null says nothing
	EndRole        Role = "time-end"       // Feature.Valid.End; null is open where there is a start
	CollectionRole Role = "collection"     // names a collection; the value is a list of its keys, or its id
	NameRole       Role = "name"           // what people call the record
	FilterRole     Role = "filter"         // of a process: CQL2, as text or as the text of its JSON
)

// Field is one named value of a Schema. Its order is its place in the slice.
type Field struct {
	Name        string
	Title       string
	Description string
	Unit        string // UCUM, "" for none
	Kind        Kind
	Role        Role
	Collection  string   // for CollectionRole: the collection whose keys it holds
	Required    bool     // a record or a question without it is refused
	Default     Value    // null for none
	Enum        []string // known codes: open for records, where others load and are counted; closed for inputs
	Least       *float64 // smallest number taken, nil for none
	Greatest    *float64 // greatest number taken, nil for none
	DateOnly    bool     // a KindTime that is written as a day
	Media       string   // media type of a KindString that is a document, "" for plain text
	Encoding    string   // of a document of bytes: "base64"; "" where the text is the document
	Items       *Field   // what a list holds
	Fields      []Field  // what a record holds
}

// InRange refuses a number beyond what the field takes. What is no number is
// in range.
func (f *Field) InRange(v Value) error {
	switch {
	case !v.numeric():
		return nil
	case f.Least != nil && v.Float() < *f.Least:
		return ErrorOf(Invalid, f.Name, belowLeast, v, *f.Least)
	case f.Greatest != nil && v.Float() > *f.Greatest:
		return ErrorOf(Invalid, f.Name, aboveMost, v, *f.Greatest)
	}
	return nil
}

// Schema says what the records of a collection hold, or what a process takes
// or gives.
type Schema struct {
	Name        string // collection id: lower-case letters, digits, _ and -
	Title       string
	Description string
	Geometry    GeometryType
	Fields      []Field
}

// Field returns the position of the named field, -1 for none.
func (s *Schema) Field(name string) int {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

// WithRole returns the position of the first field of the role, -1 for none.
func (s *Schema) WithRole(r Role) int {
	for i := range s.Fields {
		if s.Fields[i].Role == r {
			return i
		}
	}
	return -1
}

// Timed reports whether the records of s stand in time at all.
func (s *Schema) Timed() bool {
	return s.WithRole(InstantRole) >= 0 || s.WithRole(StartRole) >= 0 || s.WithRole(EndRole) >= 0
}
