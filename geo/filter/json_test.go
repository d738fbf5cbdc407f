package filter_test

import (
	"strings"
	"testing"

	"bivouac/geo/filter"
)

// TestJSONRefuses wants errors that say where in the JSON they stand.
func TestJSONRefuses(t *testing.T) {
	refuses(t, filter.ParseJSON, []refusal{
		{"", "at the end: this is no JSON"},
		{"killed > 0", `at character 1, "killed > 0": this is no JSON`},
		{`{"op":"="`, "this is no JSON"},
		{`{"op":"=","args":[{"property":"killed"},2]} 3`, "expected the end of the filter"},
		{`{"op":"=","op":"<","args":[]}`, `at character 11, "\"op\":\"<\",\"args\":[]}": op is given twice`},
		{`{"op":"=","args":[{"property":"colour"},2]}`, `at character 19, "{\"property\":\"colour\"},2`},
		{`{"op":"=","args":[{"property":"killed"},"two"]}`, `at character 41, "\"two\"]}": killed is a whole number`},
		{`{"op":"=","args":[{"property":"killed"},null]}`, `at character 41, "null]}": nothing equals null`},
		{`{"op":"=","args":[{"property":"killed"}]}`, "= takes 2 arguments, not 1"},
		{`{"op":"=","args":2}`, `at character 18, "2}": expected an array as args`},
		{`{"op":7,"args":[]}`, "expected the name of an operator"},
		{`{"op":"and","args":[true]}`, "and takes two arguments or more, not 1"},
		{`{"op":"in","args":[{"property":"killed"},2]}`, "in takes a list of values"},
		{`{"op":"in","args":[{"property":"killed"},[]]}`, "expected a property or a value in the list"},
		{`{"op":"no such","args":[]}`, `"no such" is no name of a function`},
		{`{"op":"buffer","args":[]}`, "there is no function buffer"},
		{`{"property":"killed"}`, "killed is a whole number and no condition"},
		{`{"date":"2018-02-30"}`, `at character 9, "\"2018-02-30\"}": expected a day`},
		{`{"colour":"red"}`, "expected an object with op, property"},
		{`{"op":"s_within","args":[{"property":"geometry"},{"type":"Circle","coordinates":[1,2]}]}`, `"Circle" is no type of GeoJSON geometry`},
		{`{"op":"s_within","args":[{"property":"geometry"},{"type":"Point","coordinates":[90,180]}]}`, `at character 80, "[90,180]}]}": 90 180 is not on the globe`},
		{`{"op":"s_within","args":[{"property":"geometry"},{"type":"Point","coordinates":[90]}]}`, "a position is a longitude and a latitude"},
		{`{"op":"s_within","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}]}`, "this ring is not closed"},
		{`{"op":"s_within","args":[{"property":"geometry"},{"type":"GeometryCollection","geometries":[7]}]}`, "is no type of GeoJSON geometry"},
		{strings.Repeat(`{"op":"not","args":[`, 2000) + "true" + strings.Repeat("]}", 2000), "values stand more than 200 deep"},
		{strings.Repeat("[", 10_000), "values stand more than 200 deep"},
		{strings.Repeat(" ", 1<<20), "bytes and may have 65536"},
		{"\"\xff\"", "not UTF-8"},
	})
}

// TestNestedListsAreReadOnce wants a filter that nests lists within lists to
// be compiled in a time that does not double with each level.
func TestNestedListsAreReadOnce(t *testing.T) {
	text := strings.Repeat("(", 90) + "killed > 0" + strings.Repeat(") IN (TRUE)", 90)
	if _, err := filter.ParseText(&schema, text); err != nil {
		t.Error(err)
	}
}

// FuzzParseJSON wants no panic of any JSON, and that what is read prints as
// text and as JSON that read the same.
func FuzzParseJSON(f *testing.F) {
	for _, seed := range []string{
		`{"op":"and","args":[{"op":">","args":[{"property":"killed"},-0.0]},{"op":"not","args":[{"op":"isNull","args":[{"property":"day"}]}]}]}`,
		`{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[0,0],[1,0,5],[1,1],[0,0]]]}]}`,
		`{"op":"s_disjoint","args":[{"bbox":[170,0,-170,1]},{"property":"geom"}]}`,
		`{"op":"t_meets","args":[{"interval":["..","2018-01-01"]},{"interval":[{"property":"day"},{"property":"time"}]}]}`,
		`{"op":"a_overlaps","args":[{"property":"tags"},["a",{"op":"+","args":[1,{"property":"killed"}]}]]}`,
		`{"op":"in","args":[{"op":"casei","args":[{"property":"category"}]},["a",{"op":"accenti","args":["b"]}]]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := filter.ParseJSON(&schema, text)
		printsAsItReads(t, text, p, err)
	})
}
