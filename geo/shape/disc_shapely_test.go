package shape

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"testing"

	"bivouac/geo/randtest"

	"github.com/paulmach/orb"
)

// answered is what testdata/discs.py says of discs.
type answered struct {
	Area, Twice  float64
	Parts, Holes int
}

// partsOf counts the outer rings and the holes of an outline on the globe,
// where the cut along the date line does not part it.
func partsOf(t *testing.T, c *Cover, depth int) int {
	t.Helper()
	loops, err := c.arcs.trace(depth)
	if err != nil {
		t.Fatal(err)
	}
	return len(loops)
}

func (want answered) compare(t *testing.T, desc string, discs []Disc, tolerance float64) {
	t.Helper()
	c := mustCover(t, discs)
	if got := mustArea(t, c, 1); math.Abs(got-want.Area) > tolerance*want.Area {
		t.Errorf("%s: %.3f m2, shapely says %.3f: %.2g", desc, got, want.Area, got/want.Area-1)
	}
	if got := mustArea(t, c, 2); math.Abs(got-want.Twice) > tolerance*want.Area {
		t.Errorf("%s: %.3f m2 twice, shapely says %.3f: %.2g", desc, got, want.Twice, (got-want.Twice)/want.Area)
	}
	if got := partsOf(t, c, 1); got != want.Parts+want.Holes {
		t.Errorf("%s: %d rings, shapely says %d parts and %d holes", desc, got, want.Parts, want.Holes)
	}
}

func discsOf(t *testing.T, rows [][3]float64) []Disc {
	t.Helper()
	out := make([]Disc, len(rows))
	for i, r := range rows {
		out[i] = Disc{orb.Point{r[0], r[1]}, r[2]}
	}
	return out
}

// TestFiveUnions holds the areas of five unions, by shapely of rings of 14,400
// points in an equal-area projection (testdata/discs.py).
func TestFiveUnions(t *testing.T) {
	table := rows(t, "discs.tsv")[1:]
	if len(table) != 5 {
		t.Fatalf("%d unions", len(table))
	}
	for _, row := range table {
		var discs [][3]float64
		var want answered
		for i, into := range []any{&discs, &want.Area, &want.Twice, &want.Parts, &want.Holes} {
			if err := json.Unmarshal([]byte(row[i+1]), into); err != nil {
				t.Fatal(err)
			}
		}
		want.compare(t, row[0], discsOf(t, discs), 1e-8)
	}
}

// python returns an interpreter that has shapely.
func python(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import shapely").Run() == nil {
			return name
		}
	}
	if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
		t.Fatal("python3 has no shapely: .ci/install does it")
	}
	t.Skip("python3 has no shapely, so unions of discs are not compared with it; make test installs it")
	return ""
}

// TestUnionsByShapely compares random unions with shapely's of dense geodesic
// rings in a local equal-area projection.
func TestUnionsByShapely(t *testing.T) {
	interpreter := python(t)
	rng := randtest.New(t, 1)
	type asked struct {
		Where any          `json:"where"`
		Discs [][3]float64 `json:"discs"`
	}
	var questions []asked
	var descs []string
	for _, w := range []struct {
		desc                string
		where               any
		centre              orb.Point
		within, least, most float64
	}{
		{"a mission", 0, orb.Point{0, 16}, 300e3, 10e3, 120e3},
		{"the date line", 180, orb.Point{180, -17}, 300e3, 10e3, 120e3},
		{"the north pole", "north", orb.Point{0, 89}, 600e3, 50e3, 400e3},
		{"the south pole", "south", orb.Point{0, -88}, 600e3, 50e3, 400e3},
		{"a camp", 36.8, orb.Point{36.8, -1.3}, 2e3, 50, 900},
		{"a continent", 25, orb.Point{25, 5}, 1500e3, 100e3, 800e3},
	} {
		for range 2 {
			q := asked{Where: w.where}
			for _, d := range spread(rng, 2+rng.IntN(14), w.centre, w.within, w.least, w.most) {
				q.Discs = append(q.Discs, [3]float64{d.Centre[0], d.Centre[1], d.RadiusMetres})
			}
			questions, descs = append(questions, q), append(descs, w.desc)
		}
	}
	text, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(interpreter, "testdata/discs.py")
	run.Stdin = bytes.NewReader(text)
	out, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []answered
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	for i, want := range answers {
		want.compare(t, descs[i], discsOf(t, questions[i].Discs), 1e-6)
	}
}
