package shape

import (
	"os"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// rows returns the tab-separated rows of a file in testdata.
func rows(t *testing.T, file string) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(text)) {
		out = append(out, strings.Split(strings.TrimSpace(line), "\t"))
	}
	return out
}

func parse(t testing.TB, text string) orb.Geometry {
	t.Helper()
	if text == "" {
		return nil
	}
	g, err := wkt.Unmarshal(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return g
}

// TestRelateGolden compares with GEOS (testdata/golden.py).
func TestRelateGolden(t *testing.T) {
	for i, row := range rows(t, "relate.tsv") {
		a, b, want := parse(t, row[0]), parse(t, row[1]), row[2]
		got, err := Relate(a, b)
		if err != nil || got != want {
			t.Errorf("row %d: Relate(%s, %s) = %s, %v; GEOS says %s", i+1, row[0], row[1], got, err, want)
		}
		if got, err := Relate(b, a); err != nil || got != transpose(want) {
			t.Errorf("row %d: Relate(%s, %s) = %s, %v; GEOS says %s", i+1, row[1], row[0], got, err, transpose(want))
		}
		meet, err := Intersects(a, b)
		if want := !fits(want, "FF*FF****"); err != nil || meet != want {
			t.Errorf("row %d: Intersects(%s, %s) = %v, %v; GEOS says %v", i+1, row[0], row[1], meet, err, want)
		}
	}
}

// TestValidGolden compares with GEOS (testdata/golden.py).
func TestValidGolden(t *testing.T) {
	const sound = "Valid Geometry"
	for i, row := range rows(t, "valid.tsv") {
		bad := Validate(parse(t, row[0]))
		if (bad == nil) != (row[1] == sound) {
			t.Errorf("row %d: Validate(%s) = %v; GEOS says %s", i+1, row[0], bad, row[1])
		}
	}
}
