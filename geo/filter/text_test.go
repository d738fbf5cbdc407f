package filter_test

import (
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
)

// ask returns what a filter says of records 1, 2 and 3 of world, as T, F and ?.
// Record 3 holds nothing but nulls.
func ask(t *testing.T, l *layer.Layer, text string) string {
	t.Helper()
	p, err := filter.ParseText(l.Schema(), text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	again, err := filter.ParseText(l.Schema(), p.String())
	if err != nil || again.String() != p.String() {
		t.Errorf("%s prints as %s, which reads as %v, %v", text, p, again, err)
	}
	var b strings.Builder
	for k := range geo.Key(l.Rows()) {
		row, _ := l.Find(k+1, geo.Reader{})
		is, err := p.Bind(row.Table())
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		b.WriteByte("F?T"[is(row.Number())])
	}
	return b.String()
}

// TestTruth holds every operator to what it says of a record that matches,
// one that does not, and one of which nothing is known.
func TestTruth(t *testing.T) {
	l := world(t)
	for _, c := range []struct{ text, want string }{
		{"category = 'ied'", "TF?"}, {"category <> 'ied'", "FT?"}, {"'ied' = category", "TF?"},
		{"category < 'mine'", "TF?"}, {"category <= 'mine'", "TT?"}, {"category > 'ied'", "FT?"}, {"category >= 'ied'", "TT?"},
		{"category < 'ied'", "FF?"}, {"category > 'jet'", "FT?"}, {"category = ''", "FF?"}, {"category = 'IED'", "FF?"},
		{"category BETWEEN 'a' AND 'j'", "TF?"}, {"category NOT BETWEEN 'a' AND 'j'", "FT?"},
		{"category IN ('mine')", "FT?"}, {"category IN ('x', 'mine', 'ied', 'mine')", "TT?"}, {"category NOT IN ('mine', 'x')", "TF?"},
		{"category LIKE 'i%'", "TF?"}, {"category NOT LIKE 'i%'", "FT?"}, {"category LIKE '_ine'", "FT?"}, {"category LIKE '%'", "TT?"},
		{"category LIKE '%e%'", "TT?"}, {"category LIKE '__'", "FF?"}, {"category LIKE 'I%'", "FF?"},
		{"category IS NULL", "FFT"}, {"category IS NOT NULL", "TTF"},

		{"killed = 2", "TF?"}, {"killed <> 2", "FT?"}, {"killed != 2", "FT?"}, {"killed < 2", "FT?"}, {"killed <= 2", "TT?"},
		{"killed > 0", "TF?"}, {"killed >= 0", "TT?"}, {"0 < killed", "TF?"}, {"2 >= killed", "TT?"},
		{"killed > 1.5", "TF?"}, {"killed < 1.5", "FT?"}, {"killed = 1.5", "FF?"}, {"killed <> 1.5", "TT?"}, {"killed = 2.0", "TF?"},
		{"killed > -1", "TT?"}, {"killed = +2", "TF?"}, {"killed < 1e30", "TT?"}, {"killed > 1e30", "FF?"}, {"killed > -1e30", "TT?"},
		{"killed <= 9223372036854775807", "TT?"}, {"killed > 9223372036854775807", "FF?"}, {"killed < -9223372036854775808", "FF?"},
		{"killed = 1e30", "FF?"}, {"killed <> -1e30", "TT?"},
		{"killed BETWEEN 1 AND 3", "TF?"}, {"killed BETWEEN 3 AND 1", "FF?"}, {"killed NOT BETWEEN 1 AND 3", "FT?"},
		{"killed IN (1, 2, 3)", "TF?"}, {"killed IN (0, 2)", "TT?"}, {"killed NOT IN (0.5)", "TT?"},

		{"share = 0.5", "TF?"}, {"share < 2", "TF?"}, {"share <= 2", "TT?"}, {"share > .5", "FT?"}, {"share >= 5e-1", "TT?"},
		{"share IN (2, 0.5)", "TT?"}, {"share BETWEEN 0 AND 1", "TF?"},

		{"found = TRUE", "TF?"}, {"found = false", "FT?"}, {"found <> true", "FT?"}, {"found IN (FALSE)", "FT?"}, {"NOT (found = TRUE)", "FT?"},

		{"day = DATE('1970-04-11')", "TF?"}, {"day < DATE('1970-04-12')", "TF?"}, {"day >= DATE('1970-04-12')", "FT?"},
		{"day > DATE('1970-04-11')", "FT?"}, {"day <= DATE('1970-04-11')", "TF?"}, {"day <> DATE('1970-04-11')", "FT?"},
		{"time = DATE('1970-04-11')", "TF?"}, {"time <= DATE('1970-04-11')", "TF?"}, {"time > DATE('1970-04-11')", "FT?"},
		{"time = TIMESTAMP('1970-04-11T00:00:00.000005Z')", "TF?"}, {"time > TIMESTAMP('1970-04-11T00:00:00.000005Z')", "FT?"},
		{"time BETWEEN DATE('1970-04-11') AND DATE('1970-04-11')", "TF?"}, {"time IN (DATE('1970-04-12'))", "FT?"},
		{"time >= '1970-04-12'", "FT?"}, {"time = '1970-04-12T00:00:00Z'", "FT?"}, {"time = timestamp('1970-04-12T02:00:00+02:00')", "FT?"},
		{"DATE('1970-04-12') <= time", "FT?"},

		{"tags IS NULL", "TTT"}, {"TRUE", "TTT"}, {"false", "FFF"}, {"NOT TRUE", "FFF"},

		{"NOT (killed > 0)", "FT?"}, {"NOT NOT killed > 0", "TF?"}, {"not killed is null", "TTF"},
		{"killed > 0 AND TRUE", "TF?"}, {"killed > 0 AND FALSE", "FFF"}, {"killed > 0 OR TRUE", "TTT"}, {"killed > 0 OR FALSE", "TF?"},
		{"killed > 0 AND share > 1", "FF?"}, {"killed > 0 OR share > 1", "TT?"}, {"killed > 0 AND killed IS NULL", "FF?"},
		{"killed > 0 OR killed IS NULL", "TFT"}, {"NOT (killed > 0 AND share > 1)", "TT?"},
		{"FALSE AND FALSE OR TRUE", "TTT"}, {"TRUE OR FALSE AND FALSE", "TTT"}, {"(TRUE OR FALSE) AND FALSE", "FFF"}, {"NOT FALSE AND FALSE", "FFF"},
		{"\"category\" = 'ied'", "TF?"}, {"\n\tkilled\u00a0=2 ", "TF?"}, {"((((killed=2))))", "TF?"}, {"killed>0and(share<1)", "TF?"},
	} {
		if got := ask(t, l, c.text); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}

// TestLikePatterns holds the wildcards to what they stand for.
func TestLikePatterns(t *testing.T) {
	for _, c := range []struct {
		text, pattern string
		want          bool
	}{
		{"", "", true}, {"", "%", true}, {"", "_", false}, {"a", "", false}, {"København", "K_benhavn", true}, {"Gao", "g%", false},
		{"a%b", `a\%b`, true}, {"axb", `a\%b`, false}, {"a_b", `a\_b`, true}, {`a\b`, `a\\b`, true}, {`a\`, `a\`, true},
		{"mississippi", "%iss%pi", true}, {"mississippi", "%iss%px", false}, {"aaaa", "%a%a%a%", true}, {"aa", "%a%a%a%", false},
		{"abcabc", "%abc", true}, {"abcabd", "%abc", false}, {"it's", "it''s", true}, {"日本", "__", true}, {"日本", "日_", true},
		{strings.Repeat("a", 2000), strings.Repeat("%a", 500) + "%b", false},
	} {
		b := layer.NewBuilder(geo.Schema{Name: "x", Fields: []geo.Field{{Name: "s", Kind: geo.KindString}}})
		layertest.Add(t, b, geo.Feature{Key: 1, Values: []geo.Value{geo.String(c.text)}})
		l := layertest.Finish(t, b)
		if got := ask(t, l, "s LIKE '"+c.pattern+"'"); got != map[bool]string{true: "T", false: "F"}[c.want] {
			t.Errorf("%.20q like %.20q: %s", c.text, c.pattern, got)
		}
	}
}

func TestOneQuestionOneText(t *testing.T) {
	for _, same := range [][]string{
		{"killed > 0 AND share < 1", "share<1 and killed>0", "(killed > 0) AND ((share < 1))", "0 < killed AND 1 > share", "killed>0 AND share<1 AND killed>0"},
		{"killed = 1 OR killed = 2 OR killed = 3", "killed=3 OR (killed=2 OR killed=1)"},
		{"category IN ('a', 'b')", "category in ('b','a','b')"},
		{"NOT (killed > 0)", "not killed>0", "NOT NOT NOT killed > 0"},
		{"killed = 2", "killed = 2.0", "killed = +2", "\"killed\" = 2e0"},
		{"time = DATE('2018-08-31')", "time = '2018-08-31'"},
		{"time > TIMESTAMP('2018-08-31T10:00:00Z')", "time > TIMESTAMP('2018-08-31T12:00:00+02:00')", "time > '2018-08-31t10:00:00.000z'"},
	} {
		want := ""
		for i, text := range same {
			p, err := filter.ParseText(&schema, text)
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if i == 0 {
				want = p.String()
			} else if p.String() != want {
				t.Errorf("%s prints as %s, and %s as %s", same[0], want, text, p)
			}
		}
	}
	p, err := filter.ParseText(&schema, "killed > 0 and (category = 'it''s' or time is null)")
	if want := "((category = 'it''s' OR time IS NULL) AND killed > 0)"; err != nil || p.String() != want {
		t.Errorf("%v, %v, want %s", p, err, want)
	}
}

// TestTextRefuses wants errors that say where, what and what to do.
func TestTextRefuses(t *testing.T) {
	refuses(t, filter.ParseText, []refusal{
		{"", "the filter is empty; write a condition such as category = 'text'"},
		{" \n ", "the filter is empty"},
		{"colour = 'red'", `at character 1, "colour = 'red'": there is no property colour`},
		{"killed > 0 AND Killed < 5", "at character 16"},
		{"category = ied", `at character 12, "ied": there is no property ied; a text stands in single quotes: 'ied'; the properties are category, killed, share`},
		{`category = "ied"`, "a text stands in single quotes: 'ied'"},
		{"category = killed", `at character 12, "killed": category is a text, and killed is a whole number`},
		{"1 = 'a'", "1 is a whole number"},
		{"killed = 'two'", "at character 10, \"'two'\": killed is a whole number, and 'two' is a text; write it as in 3"},
		{"category = 3", "category is a text, and 3 is a whole number; write it as in 'text'"},
		{"time > 2018", "time is a time, and 2018 is a whole number; write it as in DATE('2018-08-31') or TIMESTAMP("},
		{"time > 'yesterday'", "time is a time, and 'yesterday' is a text"},
		{"found = 1", "found is true or false, and 1 is a whole number; write it as in TRUE"},
		{"found > FALSE", "found is true or false and has no order"},
		{"found BETWEEN FALSE AND TRUE", "found is true or false and has no order"},
		{"tags = 'a'", "tags is a list, which has no comparison; ask with IS NULL"},
		{"killed LIKE '2%'", "LIKE asks texts, and killed is a whole number"},
		{"category LIKE ied", "a text stands in single quotes: 'ied'"},
		{"killed = NULL", "nothing equals NULL; ask with IS NULL"},
		{"killed IS 3", "expected NULL behind IS"},
		{"killed", "at the end: expected =, <>"},
		{"killed 3", `at character 8, "3": expected =, <>`},
		{"killed >", "at the end: the filter ends where a property or a value should stand"},
		{"killed > AND share < 1", `at character 10, "AND share < 1": expected a property or a value`},
		{"killed > 0 share < 1", `at character 12, "share < 1": expected AND, OR or the end`},
		{"killed > 0 AND", "at the end"},
		{"(killed > 0", `at character 1, "(killed > 0": this bracket is never closed`},
		{"killed > 0)", `at character 11, ")": expected AND, OR or the end`},
		{"category = 'ied", `at character 12, "'ied": a text begins here and does not end`},
		{"\"category = 'ied'", "a property begins here and does not end"},
		{"category IN 'ied'", "expected ( and a list of values behind IN"},
		{"category IN ()", "expected a property or a value"},
		{"category IN ('ied' 'mine')", "expected ) or a comma in the list"},
		{"category IN ('ied', killed)", "at character 21, \"killed)\": category is a text, and killed is a whole number"},
		{"killed BETWEEN 1", "expected AND and the upper end of BETWEEN"},
		{"day = DATE('2018-02-30')", "expected a day such as '2018-08-31' in single quotes"},
		{"day = DATE(2018)", "expected a day such as '2018-08-31' in single quotes"},
		{"time = TIMESTAMP('2018-08-31')", "expected a time such as '2018-08-31T12:00:00Z' in single quotes"},
		{"time = TIMESTAMP('2018-08-31T12:00:00Z'", "expected ) behind the timestamp"},
		{"killed = 1e999", "the number 1e999 is beyond what can be stored"},
		{"killed = -", "expected a number behind -"},
		{"killed == 2", "expected a property or a value"},
		{"killed ~ 2", "expected =, <>"},
		{"カ = 2", "at character 1"},
		{"category = 'カカ' AND x = 2", "at character 21, \"x = 2\""},
		{"3", "expected =, <>, <, <=, > or >= behind the literal 3"},
		{"\xff", "not UTF-8"},
		{strings.Repeat("(", 10_000) + "TRUE" + strings.Repeat(")", 10_000), "at character 101, \"((((((((((((((((((((((((\"...: conditions stand more than 100 deep"},
		{strings.Repeat(" ", 1<<20) + "TRUE", "bytes and may have 65536"},
		{strings.Repeat("NOT ", 10_000) + "TRUE", "conditions stand more than 100 deep"},
		{"killed IN (" + strings.Repeat("1,", filter.MaxTextBytes) + "1)", "bytes and may have 65536"},
	})
}

// refusal is a filter, and what its error must say.
type refusal struct{ text, want string }

func refuses(t *testing.T, parse func(*geo.Schema, string) (geo.Predicate, error), cases []refusal) {
	t.Helper()
	for _, c := range cases {
		_, err := parse(&schema, c.text)
		e, ok := err.(*geo.Error)
		if !ok || !strings.Contains(e.Text, c.want) || e.Where != "" || e.Code != geo.Invalid && e.Code != geo.TooLarge {
			t.Errorf("%.60s:\ngot  %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestDeepestThatIsTaken(t *testing.T) {
	text := strings.Repeat("(", filter.MaxDepth-1) + "TRUE" + strings.Repeat(")", filter.MaxDepth-1)
	if _, err := filter.ParseText(&schema, text); err != nil {
		t.Errorf("%d brackets: %v", filter.MaxDepth-1, err)
	}
	long := strings.TrimSuffix(strings.Repeat("killed>0 AND ", 4000), " AND ")
	if _, err := filter.ParseText(&schema, long); err != nil {
		t.Errorf("4,000 conditions: %v", err)
	}
}

// TestSpecialNames wants properties of any name to be asked for and printed.
func TestSpecialNames(t *testing.T) {
	for _, name := range []string{"date", "start", "in", "Not", "a b", `say "x"`, "ns:a.b", "1st", "naïve", "TIMESTAMP"} {
		s := geo.Schema{Name: "x", Fields: []geo.Field{{Name: name, Kind: geo.KindInt}}}
		p, err := filter.ParseText(&s, `"`+strings.ReplaceAll(name, `"`, `""`)+`" = 1`)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again, err := filter.ParseText(&s, p.String()); err != nil || again.String() != p.String() {
			t.Errorf("%s prints as %s, which reads as %v, %v", name, p, again, err)
		}
	}
}

// printsAsItReads wants a filter that was read to print as one that reads the
// same. It reports whether it was read: a refusal is right, a fault is not.
func printsAsItReads(t *testing.T, text string, p geo.Predicate, err error) bool {
	t.Helper()
	if err != nil {
		if geo.CodeOf(err) == geo.Internal {
			t.Fatal(err)
		}
		return false
	}
	again, err := filter.ParseText(&schema, p.String())
	if err != nil || again.String() != p.String() {
		t.Fatalf("%q prints as %q, which reads as %v, %v", text, p, again, err)
	}
	return true
}

// FuzzParseText wants no panic of any text, and that what is read prints as
// what reads the same.
func FuzzParseText(f *testing.F) {
	for _, seed := range []string{
		"killed > 0 AND (category IN ('a','b') OR NOT time IS NULL)", "share BETWEEN -1e-3 AND +.5", "category LIKE 'a\\%%'",
		"day=DATE('2018-01-01') or time<TIMESTAMP('2018-01-01T00:00:00.5Z')", `"found"=true`, "NOT((", "'", "\"", "1.e", "((TRUE))",
		"S_WITHIN(geometry, MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0))))", "S_EQUALS(geom, GEOMETRYCOLLECTION(POINT Z (1 2 3), LINESTRING(0 0, 1 1)))",
		"T_DURING(INTERVAL(day, '..'), INTERVAL('2018-01-01', time))", "A_CONTAINS(tags, ('a', (1), killed + 1))", "-killed ^ 2 div 3 = - 1.5 % share",
		"(killed > 0) IN (TRUE, abs(share) > 1)", "CASEI(category) ILIKE ACCENTI('á%')", "S_INTERSECTS(BBOX(170, -1, -170, 1), geometry)",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := filter.ParseText(&schema, text)
		if !printsAsItReads(t, text, p, err) {
			return
		}
		inJSON, err := filter.ParseJSON(&schema, translate(t, text))
		if err != nil || inJSON.String() != p.String() {
			t.Fatalf("%q as JSON is %v, %v", text, inJSON, err)
		}
	})
}
