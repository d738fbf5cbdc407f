package params

import (
	"slices"
	"strconv"
	"strings"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/tile"
)

// Tile is what a request for a tile of a collection, or for the description of
// its tiles, asks.
type Tile struct {
	tile.Query
	items   Items
	formats []string
}

// tileReserved are the parameters of tiles that are no property filters, beside
// those that they share with items.
var tileReserved = []string{"properties", "sum", "groupby"}

// notForTiles are the parameters of items that say which part of a list to
// give, or in which reference system: tiles have one of their own.
var notForTiles = []string{"limit", "k", "resultType", "after", "crs", "bbox-crs", "filter-crs", "sortby", "max-allowable-offset", "profile"}

// OfList reports whether a parameter of items means nothing for tiles.
func OfList(name string) bool { return slices.Contains(notForTiles, name) }

// ParseTile reads the query of a request for tiles of records of the schema, in
// one of the formats.
func ParseTile(raw string, s *geo.Schema, r geo.Reader, formats ...string) (Tile, error) {
	t := Tile{formats: formats, items: Items{Select: geo.Selection{Reader: r}}, Query: tile.Query{Properties: scalars(s)}}
	q, err := ParseQuery(raw)
	if err != nil {
		return t, err
	}
	t.items.pairs = q.pairs
	for i := range q.pairs {
		if err := t.take(s, q.pairs[i].name, q.pairs[i].value); err != nil {
			return t, err
		}
	}
	if err := t.items.check(&q); err != nil {
		return t, err
	}
	t.Select = t.items.Select
	return t, t.narrow(&q)
}

func (t *Tile) take(s *geo.Schema, name, value string) (err error) {
	switch name {
	case "properties":
		t.Properties, err = fieldList(s, name, value, scalar)
	case "groupby":
		t.GroupBy, err = fieldList(s, name, value, scalar)
	case "sum":
		t.Sum, err = fieldList(s, name, value, numeric)
	case "f":
		_, err = ParseFormat(value, t.formats...)
	default:
		if OfList(name) || s.Field(name) < 0 && !Reserved(name) {
			return unknown(name, KnownOfTiles(s))
		}
		err = t.items.take(s, name, value)
	}
	return err
}

// narrow turns a distance into a question of each record.
func (t *Tile) narrow(q *Query) error {
	if t.items.Near.Near == nil {
		return nil
	}
	if q.find("radius") == nil {
		return geo.Errorf(geo.Invalid, "near", "says nothing for tiles without radius; add radius=metres")
	}
	within, err := filter.DWithin(t.items.Near.Near, t.items.Near.RadiusMetres)
	if err != nil {
		return geo.Errorf(geo.Invalid, "near", "%w", err)
	}
	t.Select.Match = filter.And(t.Select.Match, within)
	return nil
}

// KnownOfTiles returns the parameters that tiles of records of the schema take.
func KnownOfTiles(s *geo.Schema) []string {
	known := slices.Clone(tileReserved)
	for _, name := range Known(s) {
		if !OfList(name) && !slices.Contains(tileReserved, name) {
			known = append(known, name)
		}
	}
	return known
}

func anyField(*geo.Field) bool { return true }

// fieldList reads names of fields that fit, parted by commas; "" names none.
func fieldList(s *geo.Schema, name, value string, fits func(*geo.Field) bool) ([]int, error) {
	out := []int{}
	for part := range strings.SplitSeq(value, ",") {
		if part == "" && value == "" {
			break
		}
		i := s.Field(part)
		if i < 0 || !fits(&s.Fields[i]) {
			return nil, geo.Errorf(geo.Invalid, name, "%q is no field that it takes; known are %s", clip(part), strings.Join(fieldNames(s, fits), ", "))
		}
		if slices.Contains(out, i) {
			return nil, geo.Errorf(geo.Invalid, name, "the field %q stands twice; name it once", clip(part))
		}
		out = append(out, i)
	}
	return out, nil
}

func fieldNames(s *geo.Schema, fits func(*geo.Field) bool) []string {
	var names []string
	for i := range s.Fields {
		if fits(&s.Fields[i]) {
			names = append(names, s.Fields[i].Name)
		}
	}
	return names
}

// scalars returns the fields that single records carry where nothing is said.
func scalars(s *geo.Schema) []int {
	var out []int
	for i := range s.Fields {
		if scalar(&s.Fields[i]) {
			out = append(out, i)
		}
	}
	return out
}

// scalar reports whether a tile can say a field. The name of the count is
// taken.
func scalar(f *geo.Field) bool {
	switch f.Kind {
	case geo.KindBool, geo.KindInt, geo.KindFloat, geo.KindString, geo.KindTime:
		return f.Name != tile.Count
	}
	return false
}

func numeric(f *geo.Field) bool {
	return scalar(f) && (f.Kind == geo.KindInt || f.Kind == geo.KindFloat)
}

// Append adds the question canonically.
func (t *Tile) Append(b []byte) []byte {
	b = t.items.Append(b)
	for _, list := range [][]int{t.Properties, t.Sum, t.GroupBy} {
		b = append(b, ';')
		for _, i := range list {
			b = append(strconv.AppendInt(b, int64(i), 10), ',')
		}
	}
	return b
}

// AppendSelf adds the query as it was asked, well escaped; the form apart,
// which is another for the description than for a tile.
func (t *Tile) AppendSelf(b []byte) []byte {
	asked := Items{pairs: slices.DeleteFunc(slices.Clone(t.items.pairs), func(p pair) bool { return p.name == "f" })}
	return asked.AppendSelf(b)
}

// Number reads a whole number of a tile's address; false where it is none.
func Number(s string) (uint32, bool) {
	n, ok := whole(s)
	return uint32(min(n, 1<<31)), ok
}
