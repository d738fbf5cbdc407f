package filter_test

import (
	"context"
	"testing"

	"bivouac/geo"
	"bivouac/geo/filter"
)

// visiting counts the rows of which a predicate is asked.
type visiting struct {
	geo.Predicate
	rows *int
}

func (v visiting) Bind(t geo.Table) (func(uint32) geo.Tri, error) {
	is, err := v.Predicate.Bind(t)
	return func(n uint32) geo.Tri { *v.rows++; return is(n) }, err
}

// TestPlaceBoundsTheSearch asks a million records and wants no more rows to be
// visited than those of the pages of the tree that meet the box.
func TestPlaceBoundsTheSearch(t *testing.T) {
	l := benchLayer(t, 1_000_000)
	count := func(text string) (matches, visited int) {
		p, err := filter.ParseText(&schema, text)
		if err != nil {
			t.Fatal(err)
		}
		n, err := l.Count(context.Background(), geo.Selection{Match: visiting{p, &visited}})
		if err != nil {
			t.Fatal(err)
		}
		return n, visited
	}
	const box = "S_INTERSECTS(geometry, BBOX(-4, 15, -3, 16))"
	inBox, _ := count(box)
	for _, text := range []string{
		box, box + " AND killed = 1", "killed = 1 AND " + box, "killed = 1 AND (" + box + " AND found = TRUE)",
		box + " AND S_INTERSECTS(geometry, BBOX(-12, 10, 4, 25))", "S_WITHIN(geometry, POLYGON((-4 15, -3 15, -3 16, -4 16, -4 15))) AND killed = 1",
		"S_DWITHIN(geometry, POINT(-3.5 15.5), 50000)", "killed = 1 AND S_DWITHIN(POINT(-3.5 15.5), geometry, 50000)",
		"S_CONTAINS(BBOX(-4, 15, -3.5, 16), geometry) OR S_INTERSECTS(geometry, BBOX(-3.5, 15, -3, 16))",
	} {
		n, visited := count(text)
		t.Logf("%s: %d matches, %d rows visited, %d in the box", text, n, visited, inBox)
		if n == 0 || visited > inBox*6/5 {
			t.Errorf("%s: %d matches, %d rows visited, %d lie in the box", text, n, visited, inBox)
		}
	}
	if n, visited := count("NOT " + box); n+inBox != 1_000_000 || visited != 1_000_000 {
		t.Errorf("outside the box: %d matches, %d rows visited", n, visited)
	}
}
