package geojson

import "bivouac/geo"

// Profile is one of the forms of GeoJSON that OGC 21-045r1 (Features and
// Geometries JSON 1.0, JSON-FG) names.
type Profile uint8

// The profiles. A shape in degrees stands under "geometry" in all of them; one
// in another reference system stands there in RFC7946 alone.
const (
	RFC7946    Profile = iota // plain GeoJSON
	JSONFG                    // with time; a shape in another system stands under "place"
	JSONFGPlus                // the same, and beside such a place the shape in degrees
)

// Profiles returns all of them, the usual one first.
func Profiles() []Profile { return []Profile{RFC7946, JSONFG, JSONFGPlus} }

// String returns the identifier of the profile.
func (p Profile) String() string { return [...]string{"rfc7946", "jsonfg", "jsonfg-plus"}[p] }

// URI returns the address that the profile is known by.
func (p Profile) URI() string { return "http://www.opengis.net/def/profile/OGC/0/" + p.String() }

// AppendRoot adds the members that the outermost object of a JSON-FG text has
// beside those of GeoJSON, the first without a comma before it: what it
// conforms to, the type of its features, and their reference system by its
// address where places stand in one, "" where they do not.
func AppendRoot(b []byte, s *geo.Schema, in string) []byte {
	const classes = `"http://www.opengis.net/spec/json-fg-1/1.0/conf/`
	b = append(b, `"conformsTo":[`+classes+`core",`+classes+`types-schemas"],"featureType":`...)
	b = AppendString(b, s.Name)
	if in != "" {
		b = AppendString(append(b, `,"coordRefSys":`...), in)
	}
	return b
}

// AppendDimension adds, comma and all, which dimension the shapes of all
// features of a collection have; nothing where the schema lets them be of any.
func AppendDimension(b []byte, s *geo.Schema) []byte {
	dimension := byte('0')
	switch s.Geometry {
	case geo.PointGeometry:
	case geo.LineGeometry:
		dimension = '1'
	case geo.AreaGeometry:
		dimension = '2'
	default:
		return b
	}
	return append(append(b, `,"geometryDimension":`...), dimension)
}

// appendWhen adds when a record stood, as JSON-FG has it: null where nothing or
// too little is known, a date or an interval of dates where it was whole days,
// else a timestamp or an interval of those. Intervals of JSON-FG include their
// last moment, ours do not.
func appendWhen(b []byte, i geo.Interval) []byte {
	if i.Start.Kind == geo.Unknown || i.End.Kind == geo.Unknown || i.Start.Kind != geo.At && i.End.Kind != geo.At {
		return append(b, "null"...)
	}
	days := wholeDays(i.Start) && wholeDays(i.End)
	last := geo.Microsecond
	if days {
		last = geo.Day
	}
	switch {
	case i.Start.Kind != geo.At || i.End.Kind != geo.At || i.End.Time-i.Start.Time > last:
		b = appendEnd(append(b, `{"interval":[`...), i.Start, 0, days)
		return append(appendEnd(append(b, ','), i.End, last, days), "]}"...)
	case days:
		b = append(b, `{"date":`...)
	default:
		b = append(b, `{"timestamp":`...)
	}
	return append(AppendTime(b, i.Start.Time, days), '}')
}

func wholeDays(e geo.End) bool { return e.Kind != geo.At || e.Time%geo.Day == 0 }

func appendEnd(b []byte, e geo.End, before geo.Time, days bool) []byte {
	if e.Kind != geo.At {
		return append(b, `".."`...)
	}
	return AppendTime(b, e.Time-before, days)
}
