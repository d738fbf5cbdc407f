package params_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"bivouac/api/params"
	"bivouac/geo"
)

var schema = geo.Schema{Name: "things", Fields: []geo.Field{
	{Name: "name", Kind: geo.KindString},
	{Name: "killed", Kind: geo.KindInt},
	{Name: "score", Kind: geo.KindFloat},
	{Name: "found", Kind: geo.KindBool},
	{Name: "time", Kind: geo.KindTime},
	{Name: "tags", Kind: geo.KindList},
	{Name: "limit", Kind: geo.KindInt},
}}

func parse(t *testing.T, query string) params.Items {
	t.Helper()
	it, err := params.ParseItems(query, &schema, geo.Reader{})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return it
}

func TestZeroQuestion(t *testing.T) {
	it := parse(t, "")
	if it.Select.Limit != 1000 || !it.Select.Box.Everything() || it.Near.Near != nil || it.Hits || it.Select.Match != nil {
		t.Errorf("an empty query asks %+v", it)
	}
}

func TestBox(t *testing.T) {
	for _, c := range []struct {
		desc, query string
		want        geo.Box
	}{
		{"plain", "bbox=-1.5,50,1.5,53", geo.Box{West: -1.5, South: 50, East: 1.5, North: 53}},
		{"escaped commas, as OWSLib writes them", "bbox=-80%2C-5%2C-70%2C5", geo.Box{West: -80, South: -5, East: -70, North: 5}},
		{"over the date line", "bbox=177,65,-177,70", geo.Box{West: 177, South: 65, East: -177, North: 70}},
		{"both poles", "bbox=-180,-90,180,90", geo.World},
		{"eighteen digits, as GDAL writes them", "bbox=44.1000000000000014,0,45,1", geo.Box{West: 44.1, East: 45, North: 1}},
		{"exponents", "bbox=-1e1,-1e0,1e1,1E0", geo.Box{West: -10, South: -1, East: 10, North: 1}},
		{"with heights", "bbox=1,2,-100,3,4,100", geo.Box{West: 1, South: 2, East: 3, North: 4}},
	} {
		it := parse(t, c.query)
		if it.Select.Box != c.want {
			t.Errorf("%s: %v, want %v", c.desc, it.Select.Box, c.want)
		}
		if hasHeights := strings.Count(c.query, ",") == 5; hasHeights != (it.Select.Match != nil) {
			t.Errorf("%s: heights ask %v", c.desc, it.Select.Match)
		}
	}
	if it := parse(t, "bbox=0,0,0,0"); it.Select.Box.Everything() {
		t.Error("the place 0 0 must not read as everything")
	}
}

func TestDatetime(t *testing.T) {
	at := func(s string) geo.End { return parse(t, "datetime="+s).Select.During.Start }
	day, open := at("2016-04-11").Time, geo.End{Kind: geo.Open}
	until := func(t geo.Time) geo.End { return geo.End{Kind: geo.At, Time: t} }
	for _, c := range []struct {
		desc, text string
		want       geo.Interval
	}{
		{"a day ends where the next begins", "2016-04-11", geo.Between(day, day+geo.Day)},
		{"an instant", "2016-04-11T00:00:00Z", geo.Instant(day)},
		{"with a zone", "2016-04-11T02:00:00%2B02:00", geo.Instant(day)},
		{"with decimals", "2016-04-11T00:00:00.25Z", geo.Instant(day + geo.Second/4)},
		{"a/b holds the day b", "2016-04-11/2016-04-12", geo.Between(day, day+2*geo.Day)},
		{"a/b holds the instant b", "2016-04-11/2016-04-12T00:00:00Z", geo.Between(day, day+geo.Day+1)},
		{"the same day twice", "2016-04-11/2016-04-11", geo.Between(day, day+geo.Day)},
		{"the same instant twice", "2016-04-11T00:00:00Z/2016-04-11T00:00:00Z", geo.Instant(day)},
		{"open at the end", "2016-04-11/..", geo.Interval{Start: until(day), End: open}},
		{"empty at the end", "2016-04-11/", geo.Interval{Start: until(day), End: open}},
		{"open at the start", "../2016-04-11", geo.Interval{Start: open, End: until(day + geo.Day)}},
		{"empty at the start", "/2016-04-11", geo.Interval{Start: open, End: until(day + geo.Day)}},
		{"open both ways is everything", "../..", geo.Interval{Start: open, End: open}},
	} {
		if got := parse(t, "datetime="+c.text).Select.During; got != c.want {
			t.Errorf("%s: %v, want %v", c.desc, got, c.want)
		}
	}
}

func TestLimit(t *testing.T) {
	for query, want := range map[string]int{
		"": 1000, "limit=1": 1, "limit=10000": 10000, "limit=10001": 10000, "limit=1000000000": 10000,
		"limit=99999999999999999999999": 10000, "limit=007": 7,
	} {
		if got := parse(t, query).Select.Limit; got != want {
			t.Errorf("%q: %d, want %d", query, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	for _, c := range []struct {
		desc, query, shape string
	}{
		{"lon,lat", "near=-3.05,16.77", "Point -3.05 16.77"},
		{"a point", "near=POINT(1%202)", "Point 1 2"},
		{"a line, lower case", "near=linestring(0%2016,1%2017)&radius=1000", "LineString 0 16,1 17"},
		{"a line, plus for a space", "near=LINESTRING(0+16,+1+17)", "LineString 0 16,1 17"},
		{"an area", "near=POLYGON((0%200,1%200,1%201,0%200))", "Polygon(Polygon 0 0,1 0,1 1,0 0)"},
		{"points", "near=MULTIPOINT((1%202),(3%204))", "MultiPoint 1 2,3 4"},
		{"the corner of the world", "near=180,-90", "Point 180 -90"},
	} {
		it := parse(t, c.query)
		if got := geo.Geometry(it.Near.Near).String(); got != c.shape {
			t.Errorf("%s: %s, want %s", c.desc, got, c.shape)
		}
	}
	if it := parse(t, "near=0,0&radius=0"); !it.Near.Touching {
		t.Error("radius=0 must ask for what touches, not for everything")
	}
	if it := parse(t, "near=0,0"); it.Near.Touching || it.Near.RadiusMetres != 0 {
		t.Error("without a radius there is no limit")
	}
}

func TestBadItems(t *testing.T) {
	for _, c := range []struct{ desc, query, where string }{
		{"limit 0", "limit=0", "limit"}, {"limit -1", "limit=-1", "limit"}, {"limit abc", "limit=abc", "limit"},
		{"limit unlimited", "limit=unlimited", "limit"}, {"empty limit", "limit=", "limit"}, {"limit without =", "limit", "limit"},
		{"limit 1.5", "limit=1.5", "limit"}, {"limit 1e3", "limit=1e3", "limit"}, {"limit +5", "limit=%2B5", "limit"},
		{"three numbers", "bbox=1,2,3", "bbox"}, {"five numbers", "bbox=1,2,3,4,5", "bbox"}, {"seven numbers", "bbox=1,2,3,4,5,6,7", "bbox"},
		{"empty box", "bbox=", "bbox"}, {"NaN", "bbox=NaN,0,1,1", "bbox"}, {"infinite", "bbox=-inf,0,1,1", "bbox"},
		{"text in a box", "bbox=a,0,1,1", "bbox"}, {"south above north", "bbox=0,2,1,1", "bbox"},
		{"longitude out of range", "bbox=-181,0,1,1", "bbox"}, {"latitude out of range", "bbox=0,0,1,91", "bbox"},
		{"heights upside down", "bbox=0,0,5,1,1,4", "bbox"}, {"too large a number", "bbox=0,0,1e999,1", "bbox"},
		{"no time", "datetime=yesterday", "datetime"}, {"empty time", "datetime=", "datetime"}, {"13th month", "datetime=2016-13-01", "datetime"},
		{"30 February", "datetime=2016-02-30", "datetime"}, {"no zone", "datetime=2016-04-11T00:00:00", "datetime"},
		{"year alone", "datetime=2016", "datetime"}, {"ends before it starts", "datetime=2016-04-12/2016-04-11", "datetime"},
		{"three ends", "datetime=2016-04-11/2016-04-12/2016-04-13", "datetime"}, {"open instant", "datetime=..", "datetime"},
		{"near of one number", "near=5", "near"}, {"near of three", "near=1,2,3", "near"}, {"near empty", "near=", "near"},
		{"near at latitude 91", "near=0,91", "near"}, {"near at longitude 181", "near=181,0", "near"}, {"near NaN", "near=NaN,0", "near"},
		{"line of one position", "near=LINESTRING(0%200)", "near"}, {"unclosed ring", "near=POLYGON((0%200,1%200,1%201))", "near"},
		{"crossing itself", "near=POLYGON((0%200,2%202,2%200,0%202,0%200))", "near"}, {"empty shape", "near=POINT%20EMPTY", "near"},
		{"with heights", "near=POINT%20Z(0%200%201)", "near"}, {"a collection", "near=GEOMETRYCOLLECTION(POINT(0%200))", "near"},
		{"cut WKT", "near=LINESTRING(0%200,1", "near"}, {"infinite WKT", "near=POINT(inf%200)", "near"},
		{"radius without near", "radius=5", "radius"}, {"k without near", "k=5", "k"},
		{"negative radius", "near=0,0&radius=-1", "radius"}, {"radius abc", "near=0,0&radius=abc", "radius"}, {"radius NaN", "near=0,0&radius=NaN", "radius"},
		{"k 0", "near=0,0&k=0", "k"}, {"k 10001", "near=0,0&k=10001", "k"}, {"k abc", "near=0,0&k=abc", "k"},
		{"resultType", "resultType=count", "resultType"}, {"form", "f=shp", "f"}, {"html", "f=xml", "f"},
		{"after", "after=xyz", "after"}, {"empty after", "after=", "after"},
		{"unknown", "unknownQueryParameter12345=1", "unknownQueryParameter12345"}, {"case counts", "Limit=1", "Limit"},
		{"a list cannot be asked for", "tags=a", "tags"},
		{"repeated", "limit=1&limit=2", "limit"}, {"repeated filter", "name=a&name=b", "name"},
		{"no whole number", "killed=many", "killed"}, {"no number", "score=x", "score"}, {"no bool", "found=yes", "found"}, {"no time", "time=noon", "time"},
		{"broken escape", "name=%zz", "name"}, {"not UTF-8", "name=%ff", "name"}, {"null byte", "name=%00", "name"}, {"no name", "=5", "query"},
		{"semicolons", "limit=1;k=2", "limit"},
	} {
		_, err := params.ParseItems(c.query, &schema, geo.Reader{})
		var e *geo.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %q gives %v, not an error for people", c.desc, c.query, err)
			continue
		}
		if e.Code != geo.Invalid || e.Where != c.where || len(e.Text) < 10 || len(e.Text) > 400 {
			t.Errorf("%s: %s at %q: %s", c.desc, e.Code, e.Where, e.Text)
		}
	}
}

func TestUnknownListsKnown(t *testing.T) {
	_, err := params.ParseItems("colour=red", &schema, geo.Reader{})
	for _, name := range []string{"bbox", "datetime", "killed", "near"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not name %s", err, name)
		}
	}
	if strings.Contains(err.Error(), "tags") {
		t.Errorf("%v names a property that cannot be asked for", err)
	}
}

// TestCanonical asks the same in other words.
func TestCanonical(t *testing.T) {
	same := [][2]string{
		{"limit=5&bbox=1,2,3,4", "bbox=1.0,2,3.00,4e0&limit=05"},
		{"name=a&killed=2", "killed=2&name=%61"},
		{"datetime=2016-04-11/..", "datetime=2016-04-11/"},
		{"near=1,2&k=3", "k=3&near=POINT(1%202)"},
		{"limit=10000", "limit=20000"},
		{"filter=killed%3E1%20AND%20name='a'", "filter=name%20%3D%20'a'%20and%20(1%20%3C%20killed)"},
		{"filter=killed%3D2&name=a", "name=a&killed=2&filter-lang=cql2-text&filter=killed%20=%202.0"},
	}
	for _, c := range same {
		a, b := parse(t, c[0]), parse(t, c[1])
		if x, y := a.Append(nil), b.Append(nil); string(x) != string(y) {
			t.Errorf("%s and %s ask the same:\n%s\n%s", c[0], c[1], x, y)
		}
	}
	different := []string{"", "limit=5", "bbox=1,2,3,4", "bbox=1,2,3,4.0000001", "bbox=1,2,0,3,4,9", "name=a", "name=A", "killed=2", "near=1,2", "near=1,2&radius=0",
		"near=1,2&radius=1", "near=1,2&k=1", "resultType=hits", "after=p5.1", "after=p5.2", "datetime=2016-04-11", "datetime=2016-04-11T00:00:00Z",
		"filter=killed%3C2", "filter=killed%3C=2", "filter=NOT%20killed%3C2", "filter=killed%3E2", "filter=killed%20IS%20NULL"}
	seen := map[string]string{}
	for _, query := range different {
		it := parse(t, query)
		key := string(it.Append(nil))
		if other, ok := seen[key]; ok {
			t.Errorf("%q and %q are two questions, but print alike", query, other)
		}
		seen[key] = query
	}
}

func TestNextLink(t *testing.T) {
	it := parse(t, "bbox=-80%2C-5,-70,5&name=a%26b+c&after=p1.1&limit=20000&f=json")
	got := string(it.AppendNext(nil, geo.PlaceCursor(255, 36)))
	if want := "bbox=-80,-5,-70,5&name=a%26b%20c&f=json&limit=10000&after=pff.10"; got != want {
		t.Errorf("next is %s, want %s", got, want)
	}
	again := parse(t, got)
	if again.Select.After != geo.PlaceCursor(255, 36) || again.Select.Box != it.Select.Box {
		t.Errorf("the next link reads as %+v", again.Select)
	}
	if self := string(it.AppendSelf(nil)); self != "?bbox=-80,-5,-70,5&name=a%26b%20c&after=p1.1&limit=20000&f=json" {
		t.Errorf("self is %s", self)
	}
	it = parse(t, "filter=name%20LIKE%20'a%25'&filter-lang=cql2-text")
	got = string(it.AppendNext(nil, geo.PlaceCursor(255, 36)))
	if want := "filter=name%20LIKE%20%27a%25%27&filter-lang=cql2-text&limit=1000&after=pff.10"; got != want {
		t.Errorf("next of a filter is %s, want %s", got, want)
	}
}

func TestNames(t *testing.T) {
	if got := params.Names("bbox=1,2,3,4&near=secret&k"); got != "bbox near k" {
		t.Errorf("%q", got)
	}
	if got := params.Names(strings.Repeat("x", 500)); len(got) > 210 {
		t.Errorf("a name of 500 bytes is logged in %d", len(got))
	}
}

func TestLongShape(t *testing.T) {
	var b strings.Builder
	b.WriteString("near=LINESTRING(")
	for i := range 3000 {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("1.234567%2012.34567")
		b.WriteByte(byte('0' + i%10))
	}
	b.WriteString(")&radius=1000")
	it := parse(t, b.String())
	if it.Near.RadiusMetres != 1000 || math.IsNaN(it.Near.RadiusMetres) {
		t.Error("the radius is lost")
	}
}

func FuzzItems(f *testing.F) {
	for _, s := range []string{"bbox=1,2,3,4&limit=5", "near=POLYGON((0%200,1%200,1%201,0%200))&k=3", "datetime=2016-04-11/..", "after=p1.1&f=json", "killed=2&name=%C3%A9", "&&a=b;c=d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		it, err := params.ParseItems(query, &schema, geo.Reader{})
		params.Names(query)
		if err != nil {
			if geo.CodeOf(err) != geo.Invalid {
				t.Fatalf("%q: %v is no error for people", query, err)
			}
			return
		}
		if it.Select.Limit < 1 || it.Select.Limit > params.MaxLimit || !it.Select.Box.Everything() && !it.Select.Box.Valid() || !it.Select.During.Valid() {
			t.Fatalf("%q asks the impossible: %+v", query, it.Select)
		}
		again, err := params.ParseItems(strings.TrimPrefix(string(it.AppendSelf(nil)), "?"), &schema, geo.Reader{})
		if err != nil || string(again.Append(nil)) != string(it.Append(nil)) {
			t.Fatalf("%q does not come back from its own link %s: %v", query, it.AppendSelf(nil), err)
		}
	})
}
