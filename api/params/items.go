package params

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/filter"
	"bivouac/geo/geojson"
	"bivouac/geo/proximity"
)

// Items is what a request for the records of a collection asks.
type Items struct {
	Select  geo.Selection   // its Limit is the size of a page, from 1 to MaxLimit
	Near    proximity.Query // which way outward; its Near is nil for none
	Hits    bool            // the count alone
	Profile Profile         // of GeoJSON
	Format  string          // by the f parameter; "" leaves it to Accept
	CRS     crs.System      // of the shapes in the answer
	BoxCRS  crs.System      // of the bbox parameter
	Shapes  crs.System      // of the shapes in the filter parameter
	Offset  float64         // metres by which shapes may be simplified; 0 gives every vertex
	Fields  []int           // positions of the fields to write, in that order; nil is all, and the source's own
	pairs   []pair          // as asked, for the next link
	files   []string        // what f takes beside the forms of GeoJSON and pages
}

// reserved are the parameters of items that are no property filters, in the
// order in which they are listed to people.
var reserved = []string{"limit", "bbox", "datetime", "filter", "filter-lang", "near", "radius", "k", "resultType", "after", "f", "asof", "version", "scenario", "crs", "bbox-crs", "filter-crs", "properties", "max-allowable-offset", "sortby", "profile"}

// Reserved reports whether a property of that name cannot be filtered by its
// name, since the parameter means something else.
func Reserved(name string) bool { return slices.Contains(reserved, name) }

// Filterable reports whether records can be asked for by name=value of the
// field.
func Filterable(f *geo.Field) bool {
	switch f.Kind {
	case geo.KindBool, geo.KindInt, geo.KindFloat, geo.KindString, geo.KindTime:
		return !Reserved(f.Name)
	}
	return false
}

// ParseItems reads the query of a request for records of the schema.
// Whether the collection lists the reference systems is asked by [CheckListed].
// f also takes the kinds of files, which hold every vertex and no bare counts.
func ParseItems(raw string, s *geo.Schema, r geo.Reader, files ...string) (Items, error) {
	it := Items{Select: geo.Selection{Reader: r, Limit: DefaultLimit}, files: files}
	q, err := ParseQuery(raw)
	if err != nil {
		return it, err
	}
	it.pairs = q.pairs
	if err := it.takeSystems(&q); err != nil {
		return it, err
	}
	for i := range q.pairs {
		if err := it.take(s, q.pairs[i].name, q.pairs[i].value); err != nil {
			return it, err
		}
	}
	if err := it.check(&q); err != nil {
		return it, err
	}
	if slices.Contains(files, it.Format) {
		switch {
		case it.Hits:
			return it, geo.Errorf(geo.Invalid, "resultType", "a count is sent as JSON; leave f=%s out", it.Format)
		case it.Offset > 0:
			return it, geo.Errorf(geo.Invalid, "max-allowable-offset", "a file holds every vertex; leave it out, or f=%s", it.Format)
		}
	}
	it.Format, err = it.Profile.settle(it.Format, append([]string{"html"}, files...)...)
	return it, err
}

// ParseExport reads the query of a request for all records in one file, of one
// of the formats; the first is the one that is not named.
func ParseExport(raw string, s *geo.Schema, r geo.Reader, formats []string) (Items, error) {
	it := Items{Select: geo.Selection{Reader: r}, Format: formats[0]}
	q, err := ParseQuery(raw)
	if err != nil {
		return it, err
	}
	if err := it.takeSystems(&q); err != nil {
		return it, err
	}
	for i := range q.pairs {
		switch p := &q.pairs[i]; p.name {
		case "max-allowable-offset":
			err = geo.Errorf(geo.Invalid, p.name, "a file holds every vertex; leave max-allowable-offset out")
		case "limit", "after", "resultType":
			err = geo.Errorf(geo.Invalid, p.name, "a file holds all records that match, on no pages; leave %s out", p.name)
		case "f":
			it.Format, err = ParseFormat(p.value, formats...)
		default:
			err = it.take(s, p.name, p.value)
		}
		if err != nil {
			return it, err
		}
	}
	if err := it.check(&q); err != nil {
		return it, err
	}
	return it, it.settleExport(formats)
}

// settleExport turns a profile of GeoJSON into the format of that name.
func (it *Items) settleExport(formats []string) error {
	asked := &it.Profile
	if _, err := asked.settle(it.Format, slices.DeleteFunc(slices.Clone(formats), func(f string) bool { return f == "geojson" || f == JSONFG })...); err != nil {
		return err
	}
	if asked.Profile == geojson.RFC7946 {
		return nil
	}
	it.Format = JSONFG
	if !slices.Contains(formats, JSONFG) {
		return OneOf("f", JSONFG, formats...)
	}
	return nil
}

// take reads one parameter.
func (it *Items) take(s *geo.Schema, name, value string) (err error) {
	var more geo.Predicate
	switch name {
	case "limit":
		it.Select.Limit, err = parseLimit(value)
	case "crs":
		it.CRS, err = ParseSystem(name, value)
	case "bbox":
		it.Select.Box, more, err = parseBox(value, it.BoxCRS)
	case "bbox-crs", "filter-crs": // takeSystems has read them, since what they are of may stand before
	case "datetime":
		it.Select.During, err = parseDatetime(value)
	case "filter":
		more, err = parseFilter(s, it.filterLanguage(), value, it.Shapes)
	case "filter-lang":
		err = checkLanguage(value)
	case "near":
		it.Near.Near, err = parseNear(value)
	case "radius":
		it.Near.RadiusMetres, err = parseMetres(name, value)
		it.Near.Touching = it.Near.RadiusMetres == 0
	case "k":
		it.Near.K, err = parseK(value)
	case "resultType":
		it.Hits, err = parseResultType(value)
	case "after":
		it.Select.After, err = parseAfter(value)
	case "f":
		it.Format, err = ParseFormat(value, append([]string{"json", "geojson", JSONFG, "html"}, it.files...)...)
	case "profile":
		it.Profile, err = ParseProfile(value)
	case "max-allowable-offset":
		it.Offset, err = parseMetres(name, value)
	case "properties":
		it.Fields, err = fieldList(s, name, value, anyField)
	case "sortby":
		it.Select.Sort, err = parseSort(s, value)
	case "asof", "version", ScenarioParameter: // ParseWhen and ParseScenario have read them, before the schema was known
	default:
		more, err = property(s, name, value)
	}
	if more != nil {
		it.Select.Match = filter.And(it.Select.Match, more)
	}
	return err
}

// takeSystems reads the systems of bbox and filter. Without those they change
// nothing: a client may name the system of its map on every request.
func (it *Items) takeSystems(q *Query) (err error) {
	if p := q.find("bbox-crs"); p != nil {
		it.BoxCRS, err = ParseSystem(p.name, p.value)
	}
	if p := q.find("filter-crs"); p != nil && err == nil {
		it.Shapes, err = ParseSystem(p.name, p.value)
	}
	return err
}

func parseDatetime(s string) (geo.Interval, error) {
	i, err := geo.ParseInterval(s)
	if err != nil {
		err = geo.Errorf(geo.Invalid, "datetime", "%v", err)
	}
	return i, err
}

func parseResultType(s string) (hits bool, err error) {
	if s != "hits" && s != "results" {
		return false, OneOf("resultType", s, "results", "hits")
	}
	return s == "hits", nil
}

func parseAfter(s string) (geo.Cursor, error) {
	c, err := geo.ParseCursor(s)
	if err == nil && c.Order == geo.FromStart {
		err = geo.Errorf(geo.Invalid, "after", "the place is empty; follow the next link as it was given")
	}
	return c, err
}

// ParseFormat reads the f parameter.
func ParseFormat(s string, known ...string) (string, error) {
	if !slices.Contains(known, s) {
		return "", OneOf("f", s, known...)
	}
	return s, nil
}

// OneOf is the error of a parameter that takes certain words and got another.
func OneOf(name, got string, known ...string) error {
	return geo.Errorf(geo.Invalid, name, "must be %s, not %q", strings.Join(known, " or "), clip(got))
}

// property reads a filter by equality on a field.
func property(s *geo.Schema, name, value string) (geo.Predicate, error) {
	i := s.Field(name)
	if i < 0 || !Filterable(&s.Fields[i]) {
		return nil, unknown(name, Known(s))
	}
	return filter.Parse(s, name, value)
}

// Known returns the parameters that a list of records of the schema takes.
func Known(s *geo.Schema) []string {
	known := slices.Clone(reserved)
	for i := range s.Fields {
		if Filterable(&s.Fields[i]) {
			known = append(known, s.Fields[i].Name)
		}
	}
	return known
}

// check refuses parameters that mean nothing without another.
func (it *Items) check(q *Query) error {
	if q.find("filter-lang") != nil && q.find("filter") == nil {
		return geo.Errorf(geo.Invalid, "filter-lang", "says nothing without filter; add filter=")
	}
	if it.Near.Near != nil {
		if it.Select.Sort != nil {
			return geo.Errorf(geo.Invalid, "sortby", "what is near comes by distance; leave sortby or near out")
		}
		return nil
	}
	for _, name := range []string{"radius", "k"} {
		if q.find(name) != nil {
			return geo.Errorf(geo.Invalid, name, "says nothing without near; add near=lon,lat")
		}
	}
	return nil
}

// Append adds the question canonically: two queries that ask the same give
// the same text.
func (it *Items) Append(b []byte) []byte {
	b = append(b, it.Select.Key()...)
	if it.Near.Near != nil {
		b = append(b, ";near="...)
		b = geo.Geometry(it.Near.Near).Append(b)
		b = append(b, ";k="...)
		b = strconv.AppendInt(b, int64(it.Near.K), 10)
		b = append(b, ";radius="...)
		b = strconv.AppendFloat(b, it.Near.RadiusMetres, 'g', -1, 64)
		b = strconv.AppendBool(b, it.Near.Touching)
	}
	b = append(b, ";hits="...)
	b = strconv.AppendBool(b, it.Hits)
	b = append(b, ";crs="...)
	b = append(b, it.CRS.URI()...)
	b = append(b, it.Profile.Key()...)
	if it.Offset > 0 {
		b = fmt.Append(b, ";offset=", it.Offset)
	}
	if it.Fields != nil {
		b = fmt.Append(b, ";fields=", it.Fields)
	}
	return b
}

// Given reports whether the query named the parameter.
func (it *Items) Given(name string) bool {
	q := Query{pairs: it.pairs}
	return q.find(name) != nil
}

// AppendNext adds the query of the page behind the cursor: the same question,
// as plain pairs of key and value.
func (it *Items) AppendNext(b []byte, after geo.Cursor) []byte {
	for i := range it.pairs {
		if p := &it.pairs[i]; p.name != "after" && p.name != "limit" {
			b = appendEscaped(b, p.name)
			b = append(b, '=')
			b = appendEscaped(b, p.value)
			b = append(b, '&')
		}
	}
	b = append(b, "limit="...)
	b = strconv.AppendInt(b, int64(it.Select.Limit), 10)
	b = append(b, "&after="...)
	return appendEscaped(b, after.String())
}

// AppendSelf adds the query as it was asked, well escaped.
func (it *Items) AppendSelf(b []byte) []byte {
	for i := range it.pairs {
		b = append(b, "?&"[min(i, 1)])
		b = appendEscaped(b, it.pairs[i].name)
		b = append(b, '=')
		b = appendEscaped(b, it.pairs[i].value)
	}
	return b
}

// AppendForm adds the query as it was asked, with a form named that has no
// profile of GeoJSON.
func (it *Items) AppendForm(b []byte, form string) []byte {
	asked := Items{pairs: slices.DeleteFunc(slices.Clone(it.pairs), func(p pair) bool { return p.name == "f" || p.name == "profile" })}
	asked.pairs = append(asked.pairs, pair{name: "f", value: form})
	return asked.AppendSelf(b)
}

// appendEscaped adds s as a query takes it. Commas, colons, slashes and
// brackets stand for themselves there, and people read them.
func appendEscaped(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9',
			c == '-', c == '_', c == '.', c == '~', c == ',', c == ':', c == '/', c == '(', c == ')':
			b = append(b, c)
		default:
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return b
}
