package filter_test

import (
	"strconv"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/filter"
	"bivouac/geo/randtest"
)

// TestKleene holds the laws of three-valued logic, which name no values: two
// ways of writing a question must agree of every record, nulls included. The
// second ways go row by row, where the first go by codes and spans.
func TestKleene(t *testing.T) {
	r := randtest.New(t, 4)
	l := randomLayer(t, r)
	fill := func(text string) string {
		number := strconv.Itoa(r.IntN(9) - 4)
		other := strconv.Itoa(r.IntN(9) - 4)
		word := strings.ReplaceAll(words[r.IntN(len(words))], "'", "''")
		return strings.NewReplacer("#1", number, "#2", other, "#w", word,
			"#p", "("+randomQuestion(r, 2).text+")", "#q", "("+randomQuestion(r, 2).text+")").Replace(text)
	}
	for _, law := range [][2]string{
		{"NOT (#p AND #q)", "NOT #p OR NOT #q"},
		{"NOT (#p OR #q)", "NOT #p AND NOT #q"},
		{"#p AND (#p OR #q)", "#p"},
		{"killed BETWEEN #1 AND #2", "killed + 0 >= #1 AND killed + 0 <= #2"},
		{"killed NOT BETWEEN #1 AND #2", "killed + 0 < #1 OR killed + 0 > #2"},
		{"killed IN (#1, #2)", "killed * 1 = #1 OR killed * 1 = #2"},
		{"killed IN (#1, #2)", "killed * 1 IN (#1, #2)"},
		{"killed NOT IN (#1, #2)", "killed * 1 <> #1 AND killed * 1 <> #2"},
		{"NOT (killed > #1)", "killed + 0 <= #1"},
		{"share BETWEEN #1 AND #2", "NOT (share / 1 < #1 OR share / 1 > #2)"},
		{"category IN ('#w', 'ied')", "category = '#w' OR 'ied' = category"},
		{"CASEI(category) IN (CASEI('#w'), 'ied')", "CASEI(category) = CASEI('#w') OR category ILIKE 'ied'"},
		{"category LIKE '#w%'", "NOT (category NOT LIKE '#w%')"},
		{"category = category", "category IS NULL AND killed = killed AND FALSE OR length(category) >= 0"},
		{"found = TRUE", "(found = TRUE) = TRUE"},
		{"#p", "(#p) = TRUE"},
		{"(#p) IS NULL", "NOT ((#p) IS NOT NULL)"},
		{"time > DATE('1970-01-03')", "T_AFTER(time, DATE('1970-01-03'))"},
		{"time = DATE('1970-01-03')", "T_EQUALS(time, DATE('1970-01-03'))"},
		{"NOT (day < time)", "day >= time"},
		{"T_DISJOINT(INTERVAL(day, time), '1970-01-03')", "NOT T_INTERSECTS(INTERVAL(day, time), DATE('1970-01-03'))"},
	} {
		for range 40 {
			both := strings.Split(fill(law[0]+"\x00"+law[1]), "\x00")
			if a, b := answers(t, l.Rows(), l.Find, both[0]), answers(t, l.Rows(), l.Find, both[1]); a != b {
				t.Fatalf("%s\nis %s,\n%s\nis %s", both[0], a, both[1], b)
			}
		}
	}
}

// answers are what a filter says of the records, as T, F and ?.
func answers(t *testing.T, n int, find func(geo.Key, geo.Reader) (geo.Row, bool), text string) string {
	t.Helper()
	p, err := filter.ParseText(&schema, text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var b strings.Builder
	for k := range geo.Key(n) {
		row, _ := find(k+1, geo.Reader{})
		is, err := p.Bind(row.Table())
		if err != nil {
			t.Fatal(err)
		}
		b.WriteByte("F?T"[is(row.Number())])
	}
	return b.String()
}
