package filter_test

import (
	"strings"
	"testing"

	"bivouac/geo/filter"
)

// TestWholeTruth holds what goes beyond a property and a literal to what it
// says of the records of world. Their places are 0 0, 1 0 and 2 0.
func TestWholeTruth(t *testing.T) {
	l := world(t)
	for _, c := range []struct{ text, want string }{
		{"killed = share * 4", "TF?"}, {"killed + 1 > share", "TF?"}, {"killed <= killed", "TT?"}, {"killed = 7 div 3", "TF?"},
		{"killed % 2 = 0", "TT?"}, {"1 / killed > 0", "T??"}, {"-killed = -2", "TF?"}, {"2 ^ killed = 4", "TF?"}, {"killed - 1 - 1 = 0", "TF?"},
		{"killed = 2 * (3 - 2)", "TF?"}, {"killed = 9223372036854775807 + 1", "FF?"}, {"1 = 1", "TTT"}, {"1 > 2 OR killed = 2", "TF?"},
		{"killed BETWEEN share AND 3", "TF?"}, {"killed IN (share * 4, 9)", "TF?"}, {"killed NOT IN (share * 4, 9)", "FT?"},
		{"CASEI(category) = CASEI('IED')", "TF?"}, {"category ILIKE 'IE%'", "TF?"}, {"category NOT ILIKE 'IE%'", "FT?"}, {"upper(category) LIKE 'M%'", "FT?"},
		{"ACCENTI(category) IN (ACCENTI('íed'), 'x')", "TF?"}, {"length(category) = 4", "FT?"}, {"(killed > 0) = TRUE", "TF?"},
		{"(killed > 0) IS NULL", "FFT"}, {"killed + share IS NULL", "FFT"}, {"3 IS NULL", "FFF"}, {"geometry IS NOT NULL", "TTT"}, {"year(day) = 1970", "TT?"},
		{"S_INTERSECTS(geometry, BBOX(-1,-1,1,1))", "TTF"}, {"S_WITHIN(geom, BBOX(-1,-1,1,1))", "TFF"}, {"S_DISJOINT(geometry, BBOX(-1,-1,1,1))", "FFT"},
		{"S_TOUCHES(geometry, BBOX(-1,-1,1,1))", "FTF"}, {"S_EQUALS(POINT(1 0), geometry)", "FTF"}, {"S_CONTAINS(BBOX(-1,-1,1,1), geometry)", "TFF"},
		{"S_INTERSECTS(geometry, MULTIPOINT((1 0), 2 0))", "FTT"}, {"S_INTERSECTS(geometry, BBOX(179,-1,1,1))", "TTF"}, {"S_EQUALS(geometry, geom)", "TTT"},
		{"S_INTERSECTS(geometry, POINT Z (1 0 300))", "FTF"}, {"S_WITHIN(POINT(0 0), BBOX(-1,-1,1,1))", "TTT"}, {"S_INTERSECTS(geometry, BBOX(0,0,0,0))", "TFF"},
		{"S_CROSSES(geometry, BBOX(-1,-1,1,1))", "FFF"}, {"S_OVERLAPS(geometry, BBOX(-1,-1,1,1))", "FFF"}, {"S_CONTAINS(geometry, BBOX(-1,-1,1,1))", "FFF"},
		{"S_WITHIN(geometry, POLYGON((-1 -1, 3 -1, 3 1, -1 1, -1 -1), (0 0, 1 -0.5, 1.5 0, 1 0.5, 0 0)))", "FFT"},
		{"S_TOUCHES(geometry, POLYGON((-1 -1, 3 -1, 3 1, -1 1, -1 -1), (0 0, 1 -0.5, 1.5 0, 1 0.5, 0 0)))", "TFF"},
		{"T_AFTER(day, DATE('1970-04-11'))", "FT?"}, {"T_DURING(time, INTERVAL('1970-04-10', '..'))", "TT?"}, {"T_EQUALS(time, DATE('1970-04-11'))", "TF?"},
		{"T_INTERSECTS(INTERVAL(day, time), '1970-04-12')", "FT?"}, {"T_BEFORE(INTERVAL('..', day), TIMESTAMP('1970-04-12T00:00:00Z'))", "TF?"},
		{"A_CONTAINS((killed, 5), (2))", "TF?"}, {"A_EQUALS(tags, ('a'))", "???"}, {"A_OVERLAPS(('a', category), ('mine', 'b'))", "FT?"}, {"A_CONTAINEDBY((), ('a'))", "TTT"},
	} {
		if got := ask(t, l, c.text); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}

// TestWholeRefuses wants errors that say where, what and what to do.
func TestWholeRefuses(t *testing.T) {
	refuses(t, filter.ParseText, []refusal{
		{"killed = S_BUFFER(1)", `at character 10, "S_BUFFER(1)": there is no function S_BUFFER here`},
		{"killed = 1 + category", `at character 14, "category": + takes numbers, and category is a text`},
		{"killed = 1 / 0", `at character 10, "1 / 0": (1 / 0) comes to no number`},
		{"killed + 1", "at the end: expected =, <>"},
		{"abs(killed)", `at character 1, "abs(killed)": abs(killed) is a number and no condition`},
		{"abs(killed, 1) = 1", "abs takes 1 arguments, not 2"},
		{"casei(killed) = 'a'", "casei takes a text, and killed is a whole number"},
		{"S_INTERSECTS(geometry)", "s_intersects takes 2 arguments, not 1"},
		{"S_INTERSECTS(geometry, POINT(90 180))", `at character 30, "90 180))": 90 180 is not on the globe`},
		{"S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1)))", `at character 32, "(0 0, 1 0, 1 1)))": this ring is not closed`},
		{"S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", `at character 24, "POLYGON((0 0, 1 1, 1 0, "...: the shape is not valid`},
		{"S_INTERSECTS(geometry, POINT(1))", `at character 31, "))": expected a coordinate`},
		{"S_INTERSECTS(geometry, POINT 1 2)", `at character 30, "1 2)": expected ) or a comma`},
		{"S_INTERSECTS(geometry, LINESTRING(1 2, 3))", `at character 41, "))": expected a coordinate`},
		{"S_INTERSECTS(geometry, POINT(1 2, 3 4))", "a point has one position"},
		{"S_INTERSECTS(geometry, POINT(1 2", "at the end: expected ) or a comma behind the coordinates"},
		{"S_INTERSECTS(geometry, BBOX(1, 2, 3))", "BBOX takes 4 edges"},
		{"S_INTERSECTS(geometry, BBOX(0, 5, 1, 4))", "the south edge 5 is above the north edge 4"},
		{"S_INTERSECTS(category, POINT(1 2))", `at character 14, "category, POINT(1 2))": category is a text and no shape`},
		{"geometry = POINT(1 2)", "geometry is a shape, which has no comparison"},
		{"T_AFTER(category, DATE('2018-08-31'))", "category is a text and no time"},
		{"T_DURING(time, INTERVAL('2018-08-31', 'soon'))", `at character 39, "'soon'))": expected a day`},
		{"T_DURING(time, INTERVAL('2018-08-31', '2018-08-30'))", "the interval ends before it starts"},
		{"T_DURING(time, INTERVAL('..'))", "an interval takes 2 ends, not 1"},
		{"A_CONTAINS(category, ('a'))", "category is a text and no list"},
		{"killed = ('a', 'b')", "a list stands here"},
		{"killed = " + strings.Repeat("1+", 200) + "1", "more than 100 operators"},
	})
}
