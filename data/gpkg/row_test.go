package gpkg

import (
	"reflect"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/randtest"
)

// TestQuickTime holds the short way of reading times to the library's.
func TestQuickTime(t *testing.T) {
	r := randtest.New(t, 1)
	for range 20_000 {
		at := time.Unix(r.Int64N(300_000_000_000)-62_000_000_000, 1e6*r.Int64N(1000)).UTC()
		if at.Year() < 0 || at.Year() > 9999 {
			continue
		}
		if got, ok := quickTime(at.Format(timeForm)); !ok || got != geo.TimeOf(at) {
			t.Fatalf("%s reads as %v, %v", at.Format(timeForm), got, ok)
		}
		day := at.Truncate(24 * time.Hour)
		if got, ok := quickTime(day.Format(dayForm)); !ok || got != geo.TimeOf(day) {
			t.Fatalf("%s reads as %v, %v", day.Format(dayForm), got, ok)
		}
	}
	for _, bad := range []string{"2016-02-30", "2016-13-01", "2016-00-10", "2016-01-00", "20x6-01-01", "2016/01/01", "2016-01-01T24:00:00.000Z", "2016-01-01T10:60:00.000Z", "2016-01-01T10:00:00,000Z", "2016-01-01 10:00:00.000Z"} {
		if got, ok := quickTime(bad); ok {
			t.Errorf("%s reads as %v", bad, got)
		}
	}
}

func TestColumnValues(t *testing.T) {
	const noon = 1_500_000_000_123_456
	for _, c := range []struct {
		desc  string
		field geo.Field
		value geo.Value
		want  any
		exact bool
	}{
		{"nothing", geo.Field{Kind: geo.KindInt}, geo.Value{}, nil, true},
		{"yes", geo.Field{Kind: geo.KindBool}, geo.Bool(true), int64(1), true},
		{"a whole number among others", geo.Field{Kind: geo.KindFloat}, geo.Int(3), 3.0, true},
		{"a moment to the millisecond", geo.Field{Kind: geo.KindTime}, geo.TimeValue(noon - 456), "2017-07-14T02:40:00.123Z", true},
		{"a moment finer than that", geo.Field{Kind: geo.KindTime}, geo.TimeValue(noon), "2017-07-14T02:40:00.123Z", false},
		{"a day", geo.Field{Kind: geo.KindTime, DateOnly: true}, geo.TimeValue(geo.Day), "1970-01-02", true},
		{"a day that is not whole", geo.Field{Kind: geo.KindTime, DateOnly: true}, geo.TimeValue(geo.Day + 1), "1970-01-02", false},
		{"a list", geo.Field{Kind: geo.KindList}, geo.List(geo.Int(1), geo.String("b")), `[1,"b"]`, true},
	} {
		got, exact := columnValue(&c.field, c.value)
		if got != c.want || exact != c.exact {
			t.Errorf("%s: %v, %v", c.desc, got, exact)
		}
		if back, ok := parseColumn(&c.field, got); c.exact && (!ok || !back.Equal(c.value)) {
			t.Errorf("%s comes back as %v, %v", c.desc, back, ok)
		}
	}
	for _, c := range []struct {
		kind  geo.Kind
		value any
	}{{geo.KindInt, "7"}, {geo.KindString, int64(7)}, {geo.KindTime, "soon"}, {geo.KindBool, int64(2)}, {geo.KindInt, 1.5}, {geo.KindList, "[1"}, {geo.KindString, []byte("x")}} {
		if got, ok := parseColumn(&geo.Field{Kind: c.kind}, c.value); ok {
			t.Errorf("%v is taken for a %v: %v", c.value, c.kind, got)
		}
	}
}

// TestColumnNames: SQL takes capitals and small letters for the same, and has
// names of its own.
func TestColumnNames(t *testing.T) {
	fields := func(names ...string) *geo.Schema {
		s := &geo.Schema{}
		for _, n := range names {
			s.Fields = append(s.Fields, geo.Field{Name: n, Kind: geo.KindInt})
		}
		return s
	}
	for _, c := range []struct {
		desc  string
		s     *geo.Schema
		known map[string]string
		want  []string
	}{
		{"plain", fields("a", "b"), nil, []string{"a", "b"}},
		{"capitals", fields("name", "NAME", "Name"), nil, []string{"name", "NAME_2", "Name_3"}},
		{"taken", fields("fid", "geom", "rowid", "bivouac_rev"), nil, []string{"fid_2", "geom_2", "rowid_2", "bivouac_rev_2"}},
		{"a number that is taken", fields("a_2", "a", "A"), nil, []string{"a_2", "a", "A_3"}},
		{"known ones keep theirs", fields("new", "NAME", "name"), map[string]string{"name": "name", "NAME": "NAME_2"}, []string{"new", "NAME_2", "name"}},
	} {
		if got := columnNames(c.s, c.known); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v", c.desc, got)
		}
	}
}

func TestBrokenBlobs(t *testing.T) {
	full := orb.LineString{{1, 2}, {3, 5}}
	whole, err := appendBlob(nil, full, nil, srsID)
	if err != nil {
		t.Fatal(err)
	}
	if b, ok := boxOfBlob(whole); !ok || b != (box{1, 3, 2, 5}) {
		t.Errorf("the box is %v, %v", b, ok)
	}
	for n := range len(whole) {
		if g, _, err := parseBlob(whole[:n]); err == nil {
			t.Errorf("%d of %d bytes read as %v", n, len(whole), g)
		}
	}
	other := append([]byte{}, whole...)
	other[0] = 'X'
	if _, _, err := parseBlob(other); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("bytes of something else: %v", err)
	}
}
