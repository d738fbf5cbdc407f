package load

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// The people of a table of pixels are kept, whatever the order of its rows and
// the pixels that are left out.
func TestPopulationOfTable(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 3))
		var rows []string
		total := 0.0
		for i := range 60 * 60 {
			if people := math.Round(r.ExpFloat64()*1e4) / 1e3; r.IntN(4) > 0 {
				total += people
				rows = append(rows, fmt.Sprintf("%.4f,%.4f,%v", 43+float64(i%60+1)/120, 12+float64(i/60+1)/120, people))
			}
		}
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		path := file(t, "people.csv", "lon,lat,population\n"+strings.Join(rows, "\n")+"\n")
		for _, km := range []float64{0.5, 5, 40} {
			keepsPeople(t, path, km, total)
		}
	}
}

func TestPopulationOfTableRefuses(t *testing.T) {
	for _, c := range []struct{ desc, text, want string }{
		{"an irregular step", "lon,lat,population\n1,1,5\n2,1,5\n3.4,1,5\n", "longitudes step from 2 to 3.4, and elsewhere by 1"},
		{"an irregular latitude", "lon,lat,population\n1,1,5\n1,2,5\n1,3.5,5\n", "latitudes step from 2 to 3.5, and elsewhere by 1"},
		{"a pixel twice", "lon,lat,population\n1,1,5\n2,1,5\n1,1,6\n", "row 3: the pixel at 1 1 is that of row 1 already"},
		{"no row", "lon,lat,population\n", "is a grid without a row"},
		{"no people", "lon,lat,height\n1,1,5\n", "has the columns longitude, latitude and population"},
		{"no number", "lon,lat,population\n1,1,many\n", "row 1, population: "},
		{"no place", "lon,lat,population\n1,,5\n", "row 1, lat: is empty"},
	} {
		_, err := open(t, file(t, "people.csv", c.text), Options{CellKM: 5})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.desc, err, c.want)
		}
	}
	if _, all, _ := readAll(t, file(t, "towns.csv", "lon,lat,population\n1,1,5\n"), Options{}); len(all) != 1 {
		t.Error("without a width of cells a table is not one of records")
	}
}
