package load

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// asciiGrid is a grid of n by n numbers from a seed, and their sum.
func asciiGrid(n int, seed uint64) (text string, total float64) {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	fmt.Fprintf(&b, "ncols %d\nnrows %d\nxllcorner 43\nyllcorner 12\ncellsize 0.01\nNODATA_value -9999\n", n, n)
	for range n * n {
		v := math.Round(r.ExpFloat64()*1e4) / 1e3
		if r.IntN(4) == 0 {
			v = -9999
		} else {
			total += v
		}
		fmt.Fprintf(&b, "%v ", v)
	}
	return b.String(), total
}

// The people of the cells add up to those of the grid, whatever the width of
// the cells.
func TestPopulationIsKept(t *testing.T) {
	for seed := range uint64(4) {
		text, total := asciiGrid(60, seed)
		path := file(t, "people.asc", text)
		for _, km := range []float64{0.5, 5, 40} {
			keepsPeople(t, path, km, total)
		}
	}
}

func keepsPeople(t *testing.T, path string, km, total float64) {
	t.Helper()
	f, all, report := readAll(t, path, Options{CellKM: km})
	s := f.Schema()
	if s.Name != "places" || len(all) == 0 || len(report.Notes) != 1 {
		t.Fatalf("%s, %d cells, notes %v", s.Name, len(all), report.Notes)
	}
	var people int64
	weight := 0.0
	for i := range all {
		n, w := all[i].Value(s.Field("population")).Int(), all[i].Value(s.Field("weight")).Float()
		people += n
		weight += w
		if math.Abs(float64(n)-w) > 1 || all[i].SourceID == "" {
			t.Errorf("a cell of %v people has %d", w, n)
		}
		if p := all[i].Geometry.(orb.Point); p[0] < 43 || p[0] > 43.6 || p[1] < 12 || p[1] > 12.6 {
			t.Errorf("a cell at %v", p)
		}
	}
	if people != int64(math.Round(total)) || math.Abs(weight-total) > 1e-6 {
		t.Errorf("cells of %v km: %d people, weight %v of %v", km, people, weight, total)
	}
	if want := fmt.Sprintf("%.3f people in the grid, %d in the cells", total, people); !strings.Contains(report.Notes[0].Text, want) {
		t.Errorf("%s, want %s", report.Notes[0].Text, want)
	}
}

func TestPopulationGrids(t *testing.T) {
	const head = "ncols 2\nnrows 1\nxllcorner 43\nyllcorner 12\ncellsize 0.01\n"
	for _, c := range []struct {
		desc, text string
		o          Options
		want       string
	}{
		{"no width", head + "1 2", Options{}, "is a grid of numbers; if they are people, say how wide the cells shall be"},
		{"too narrow", head + "1 2", Options{CellKM: 0.01}, "from 0.1 to 1000 km"},
		{"below 0", head + "-5 2", Options{CellKM: 5}, "warning: pixels below 0, left out: 1; does the grid count people?"},
		{"no system", head + "1 2", Options{CellKM: 5}, "warning: the grid does not say its coordinate system"},
		{"a system that is named", strings.Replace(head, "0.01", "1000", 1) + "1 2", Options{CellKM: 5, CRS: "EPSG:32638"}, `"population_cell"`},
		{"metres read as degrees", strings.Replace(head, "43", "430000", 1) + "1 2", Options{CellKM: 5}, "lies nowhere on the globe; look at the system of the grid"},
		{"nobody", head + "0 0", Options{CellKM: 5}, "places point:"},
	} {
		if got := tell(file(t, "p.asc", c.text), c.o); !strings.Contains(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
	}
}
