package load

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/data/load/record"
	"bivouac/geo"
)

// column is what the first pass learns of a column.
type column struct {
	name     string
	cut      string // how the file writes the name, where it has no room for all of it
	saw      sight
	declared record.Column // what the file says of it; of no kind where it says nothing
	shape    bool          // its first value looks like WKT, WKB or GeoJSON
	count    int
	zero     bool // it holds nothing but 0
	mayExtra bool // it has the name under which we write what has no column
	objects  int  // how many of its values are objects of JSON, where it has that name

	samples []string // of its values
	seen    [groups]seen
	dropped *geo.Said // why nothing of it is kept; nil keeps it
	ours    bool      // it is the key that files of ours have
}

func (c *column) see(v *cell, from *member, row int) {
	switch v.kind {
	case absent:
		return
	case untyped:
		if c.plain() {
			c.seen[texts].n++
			break
		}
		s := classify(v.text)
		c.saw |= s
		c.countIn(s, v, from, row)
	case typed:
		s := classifyValue(v.value)
		c.saw |= s
		c.countIn(s, v, from, row)
	case nested:
		c.saw |= sawNested
	}
	if c.mayExtra && isObject(v) {
		c.objects++
	}
	c.zero = (c.zero || c.count == 0) && v.written() == "0"
	if c.count == 0 {
		c.shape = looksLikeShape(v)
	}
	c.count++
	c.sample(v)
}

// kind is what the file says that the column holds, else what was seen.
func (c *column) kind() (k geo.Kind, dateOnly bool) {
	if c.declared.Kind != geo.KindNull {
		return c.declared.Kind, c.declared.DateOnly
	}
	return kindOf(c.saw)
}

// shapes counts the geometries of a file by what they are.
type shapes struct{ none, point, line, area, other int }

func (s *shapes) see(g orb.Geometry) {
	switch g.(type) {
	case nil:
		s.none++
	case orb.Point, orb.MultiPoint:
		s.point++
	case orb.LineString, orb.MultiLineString:
		s.line++
	case orb.Polygon, orb.MultiPolygon:
		s.area++
	default:
		s.other++
	}
}

// kind returns the one type that all shapes are of.
func (s shapes) kind() geo.GeometryType {
	switch {
	case s.point+s.line+s.area+s.other == 0:
		return geo.NoGeometry
	case s.line+s.area+s.other == 0:
		return geo.PointGeometry
	case s.point+s.area+s.other == 0:
		return geo.LineGeometry
	case s.point+s.line+s.other == 0:
		return geo.AreaGeometry
	}
	return geo.AnyGeometry
}

// survey is what the first pass learns of the whole file.
type survey struct {
	file   *File
	from   *member
	shapes shapes
	placed int // rows that bring their geometry themselves
	ids    int // rows that bring an id beside the columns
	keys   int // of these, whole numbers above 0
	rows   int
}

func (s *survey) see(r *row, _ rows) error {
	s.rows++
	if r.refused != nil {
		return nil
	}
	if r.placed {
		s.placed++
		s.shapes.see(r.place)
	}
	if r.id != "" {
		s.ids++
		if _, ok := parseKey(r.id); ok {
			s.keys++
		}
	}
	for i := range r.cells {
		s.file.columns[i].see(&r.cells[i], s.from, r.ordinal)
	}
	return nil
}

// infer reads the whole file and finds its columns. Where the file is cut off
// it takes what there is; Read will say so.
func (f *File) infer() error {
	s := survey{file: f}
	for i := range f.members {
		s.from = &f.members[i]
		err := f.each(s.from, s.see)
		if err != nil && (s.rows == 0 || geo.CodeOf(err) == geo.Unsupported) {
			return err
		}
	}
	f.rows, f.placed, f.ids, f.counted = s.rows, s.placed > 0, s.ids > 0, s.ids > 0 && s.keys == s.ids
	f.follow()
	f.writeOut()
	f.dropColumns()
	err := f.findKey()
	if err != nil {
		return err
	}
	if f.numbered {
		f.ids, s.ids = false, 0 // numbers of rows, or the key again
	}
	if f.place, err = f.givenPlace(); err != nil {
		return err
	}
	if err := f.surveyShapes(&s); err != nil {
		return err
	}
	f.schema = f.schemaOf(&s)
	return nil
}

// surveyShapes counts the shapes of a column of them, where the geometry type
// of the collection is still to be found.
func (f *File) surveyShapes(s *survey) error {
	if _, known := f.builtin(); known || f.place.shape < 0 {
		return nil
	}
	for i := range f.members {
		err := f.each(&f.members[i], func(r *row, _ rows) error {
			if g, _, _, problem := parseShape(r.cell(f.place.shape)); problem == nil {
				s.shapes.see(g)
			}
			return nil
		})
		if err != nil && s.rows == 0 {
			return err
		}
	}
	return nil
}

// schemaOf returns the schema of the collection: the one known before, or one
// that fits the file.
func (f *File) schemaOf(s *survey) geo.Schema {
	if known, ok := f.builtin(); ok {
		return known
	}
	id := f.collection()
	out := geo.Schema{Name: id, Title: cmp.Or(f.title, titleOf(id)), Geometry: s.shapes.kind()}
	stored := f.stored()
	if f.place.lon >= 0 {
		out.Geometry = geo.PointGeometry
	}
	taken := map[string]bool{"geometry": true}
	for i, c := range f.columns {
		kind, day := c.kind()
		if kind == geo.KindNull || f.place.uses(i) || c.dropped != nil || c.count == 0 && isNoName(c.name) {
			continue
		}
		name := c.name
		for taken[strings.ToLower(name)] {
			name += "_2"
		}
		taken[strings.ToLower(name)] = true
		if j := stored.Field(name); j >= 0 {
			out.Fields = append(out.Fields, stored.Fields[j])
			continue
		}
		out.Fields = append(out.Fields, geo.Field{Name: name, Title: titleOf(name), Kind: kind, DateOnly: day})
		if role := c.declared.Role; kind == geo.KindTime && role != geo.NoRole {
			out.Fields[len(out.Fields)-1].Role = role
		}
	}
	giveRoles(&out, stored, s.ids > 0 || f.blankIDs())
	f.doubts = f.doubtsOf(&out, stored)
	return out
}

// blankIDs reports whether a column named id holds 0 in every row, as programs
// fill it where nobody gave ids.
func (f *File) blankIDs() bool {
	for _, name := range idNames {
		if i := find(f.columns, name); i >= 0 {
			return f.columns[i].zero && f.columns[i].count > 1
		}
	}
	return false
}

// titleOf makes a name readable: underscores become spaces, the first letter a
// capital.
func titleOf(name string) string {
	t := strings.TrimSpace(strings.ReplaceAll(name, "_", " "))
	if t != "" && t[0] >= 'a' && t[0] <= 'z' {
		t = string(t[0]-'a'+'A') + t[1:]
	}
	return t
}

// Names by which an inferred column is known to play a role, the likeliest
// first.
var (
	idNames      = []string{"source_id", "id", "event_id", "event_id_cnty", "globalid", "uuid"}
	instantNames = []string{"time", "datetime", "timestamp", "date_time", "date", "event_date", "incident_date", "date_start", "occurred", "occurred_at", "day"}
	nameNames    = []string{"name", "title", "name_en", "site", "place"}
)

// giveRoles finds the fields from which the store learns id, time, mission,
// class and name. A column named id is text, whatever it holds: nobody
// reckons with ids. Where the file gives ids beside the columns they are the
// source's. Roles that the stored collection has are given already.
func giveRoles(s, stored *geo.Schema, ids bool) {
	give := func(i int, role geo.Role) bool {
		free := i >= 0 && stored.WithRole(role) < 0
		if free {
			s.Fields[i].Role = role
		}
		return free
	}
	if i := named(s, idNames, geo.KindString, geo.KindInt); !ids && give(i, geo.SourceIDRole) {
		s.Fields[i].Kind = geo.KindString
	}
	give(instant(s), geo.InstantRole)
	give(named(s, nameNames, geo.KindString), geo.NameRole)
	give(named(s, []string{"mission"}, geo.KindString), geo.MissionRole)
}

// instant returns the field of time: by its name, or the only one there is.
func instant(s *geo.Schema) int {
	if i := named(s, instantNames, geo.KindTime); i >= 0 {
		return i
	}
	only := -1
	for i := range s.Fields {
		if s.Fields[i].Kind == geo.KindTime {
			if only >= 0 {
				return -1
			}
			only = i
		}
	}
	return only
}

func named(s *geo.Schema, names []string, kinds ...geo.Kind) int {
	for _, name := range names {
		for i := range s.Fields {
			f := &s.Fields[i]
			if plain(f.Name) == name && slices.Contains(kinds, f.Kind) && f.Role == geo.NoRole {
				return i
			}
		}
	}
	return -1
}

// plain makes names comparable: lower case, words joined by underscores.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '.' {
			return '_'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(name)))
}
