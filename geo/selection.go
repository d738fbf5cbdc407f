package geo

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Selection is where every read and every analysis starts: which records, for
// whom, from where on and how many. The zero Selection is all that an
// unclassified reader sees.
type Selection struct {
	Box    Box       // records whose shape meets it; the zero Box also takes records without a place
	During Interval  // records that surely stood at some moment of it
	Match  Predicate // records for which it is True; nil is all
	Reader Reader
	Sort   []SortKey // the order of the read, ties by Key; none is the order that the read has by itself
	After  Cursor    // records that come after it in the order of the read
	Limit  int       // at most so many; 0 is no limit
}

// Key prints the Selection canonically: two that ask the same print alike. It
// holds the Reader, the Cursor and the Limit.
func (s Selection) Key() string {
	var b strings.Builder
	fmt.Fprintf(&b, "box=%v,%v,%v,%v;during=%v", s.Box.West, s.Box.South, s.Box.East, s.Box.North, s.During)
	if s.Match != nil {
		b.WriteString(";match=" + s.Match.String())
	}
	fmt.Fprintf(&b, ";ceiling=%v", s.Reader.Ceiling)
	if s.Reader.Missions != nil {
		fmt.Fprintf(&b, ";missions=%q", s.Reader.Missions)
	}
	if s.Sort != nil {
		fmt.Fprintf(&b, ";sort=%v", s.Sort)
	}
	fmt.Fprintf(&b, ";after=%v;limit=%d", s.After, s.Limit)
	return b.String()
}

// Predicate is a question asked of one record.
type Predicate interface {
	// Bound returns boxes that hold every record with a place for which the
	// predicate can be True, none of them zero or over the date line; nil
	// means that it says nothing about place. An empty, non-nil slice means
	// that it is True nowhere.
	Bound() []Box
	// Bind looks names and codes up once in t and returns the question of
	// its rows. An unknown property is its error.
	Bind(t Table) (func(n uint32) Tri, error)
	// String prints the predicate canonically.
	String() string
}

// Order is the order of a read that a Cursor belongs to.
type Order uint8

// The orders.
const (
	FromStart Order = iota // no cursor: from the first record
	ByPlace                // (Hilbert key on the world grid, Key); rows without a place last
	ByMetres               // (distance, Key)
	ByValues               // (values of the fields that it is sorted by, Key)
)

// Cursor is an absolute place in an order: the rank and the Key of the last
// record read. It does not depend on the limit, and outlives that record.
type Cursor struct {
	Order  Order
	Rank   uint64 // Hilbert key, or the bits of the distance in metres
	Key    Key
	Values string // the values of the record, as text; ValuesCursor writes and SortValues reads them
}

// PlaceCursor returns the Cursor behind a record in the order of place.
func PlaceCursor(hilbert uint64, k Key) Cursor { return Cursor{Order: ByPlace, Rank: hilbert, Key: k} }

// MetresCursor returns the Cursor behind a record in the order of distance.
// The bits of distances, which are not negative, are ordered as they are.
func MetresCursor(metres float64, k Key) Cursor {
	return Cursor{Order: ByMetres, Rank: math.Float64bits(metres), Key: k}
}

// Metres returns the distance of a cursor in that order.
func (c Cursor) Metres() float64 { return math.Float64frombits(c.Rank) }

// Before reports whether the record of the rank and key comes after c, which
// is not in the order of values.
func (c Cursor) Before(rank uint64, k Key) bool {
	return c.Order == FromStart || rank > c.Rank || rank == c.Rank && k > c.Key
}

var orderLetters = [...]string{"", "p", "d", "s"}

// String prints the cursor as the after parameter takes it, "" for none.
func (c Cursor) String() string {
	if c.Order == FromStart {
		return ""
	}
	place := c.Values
	if c.Order != ByValues {
		place = strconv.FormatUint(c.Rank, 16)
	}
	return orderLetters[c.Order] + place + "." + strconv.FormatInt(int64(c.Key), 36)
}

// ParseCursor reads what String prints.
func ParseCursor(s string) (Cursor, error) {
	if s == "" {
		return Cursor{}, nil
	}
	bad := Errorf(Invalid, "after", "%q is not a place in a list; follow the next link as it was given", s)
	dot := strings.LastIndexByte(s, '.')
	order := Order(max(0, strings.Index("?pds", s[:1])))
	if dot < 1 || order == FromStart {
		return Cursor{}, bad
	}
	c := Cursor{Order: order}
	var err error
	if order == ByValues {
		c.Values = s[1:dot]
	} else if c.Rank, err = strconv.ParseUint(s[1:dot], 16, 64); err != nil {
		return Cursor{}, bad
	}
	k, err := strconv.ParseInt(s[dot+1:], 36, 64)
	if err != nil || k < 0 {
		return Cursor{}, bad
	}
	c.Key = Key(k)
	return c, nil
}
