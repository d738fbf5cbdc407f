package hotspot_test

import (
	"compress/gzip"
	"encoding/binary"
	"encoding/csv"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/data/sharedtest"
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/hotspot"
	"bivouac/geo/measure"
	"bivouac/geo/process/processtest"
)

// shapefile reads the points of an ESRI shapefile in Web Mercator.
func shapefile(t *testing.T, name string) []orb.Point {
	t.Helper()
	b, err := os.ReadFile(sharedtest.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	var out []orb.Point
	for b = b[100:]; len(b) >= 28; b = b[28:] {
		at := func(i int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b[i:])) }
		lon, lat := crs.FromWebMercator(at(12), at(20))
		out = append(out, orb.Point{lon, lat})
	}
	return out
}

// deaths reads the counts of SohoPeople.dbf.
func deaths(t *testing.T) []int {
	t.Helper()
	b, err := os.ReadFile(sharedtest.Path(t, "snow/SohoPeople.dbf"))
	if err != nil {
		t.Fatal(err)
	}
	header, size := int(binary.LittleEndian.Uint16(b[8:])), int(binary.LittleEndian.Uint16(b[10:]))
	var out []int
	for b = b[header:]; len(b) >= size; b = b[size:] {
		n, err := strconv.Atoi(strings.TrimSpace(string(b[7:11])))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

// TestBroadStreet has the cholera of 1854: the pump of Broad Street stands in
// the top hot spot.
func TestBroadStreet(t *testing.T) {
	counts := deaths(t)
	var records []record
	for i, p := range shapefile(t, "snow/SohoPeople.shp") {
		records = append(records, record{at: p, killed: counts[i], precision: 1})
	}
	broadStreet := orb.Point{-0.136668, 51.513341} // the memorial pump today
	for _, body := range []string{`{"cell_m":40,"weight":"killed"}`, `{"cell_m":30,"weight":"killed","unit":"square","band_m":90}`, `{"unit":"place","weight":"killed","band_m":100}`} {
		r, err := processtest.Run(hotspot.Process(), world(t, records), body)
		if err != nil {
			t.Fatal(err)
		}
		top := features(&r)[0]
		lon, lat := centre(shape(top))
		nearest, least := orb.Point{}, math.Inf(1)
		for _, pump := range shapefile(t, "snow/SohoWater.shp") {
			if d := measure.Distance(pump, orb.Point{lon, lat}); d < least {
				nearest, least = pump, d
			}
		}
		t.Logf("%s: %v, %.0f m from the pump at %v", body, properties(top), least, nearest)
		if properties(top)["class"].Text() != "hot_99" || least > 90 || measure.Distance(nearest, broadStreet) > 60 {
			t.Errorf("%s: the top hot spot is %.0f m from the pump at %v", body, least, nearest)
		}
	}
}

// rows reads the columns of a CSV file; rows where a number is missing are
// left out.
func rows(t *testing.T, r io.Reader, read func(get func(column string) string) (record, bool)) []record {
	t.Helper()
	all, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range all[0] {
		column[name] = i
	}
	var out []record
	for _, row := range all[1:] {
		if e, ok := read(func(name string) string { return row[column[name]] }); ok {
			out = append(out, e)
		}
	}
	return out
}

func float(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

func dayOf(s string) int {
	at, _ := time.Parse("2006-01-02", s[:10])
	return int(geo.TimeOf(at) / geo.Day)
}

func myanmar(t *testing.T) []record {
	f, err := os.Open(sharedtest.Path(t, "ucdp_ged_myanmar/ucdp_ged_myanmar.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return rows(t, f, func(get func(string) string) (record, bool) {
		p := orb.Point{float(get("longitude")), float(get("latitude"))}
		return record{at: p, day: dayOf(get("date_start")), killed: int(float(get("best"))), precision: int(float(get("where_prec")))}, true
	})
}

// TestMyanmar asks with and without the floor of place precision: without it
// the centre of Shan state, where 499 events were put, is a hot spot and the
// answer warns; with it, it is none.
func TestMyanmar(t *testing.T) {
	w := world(t, myanmar(t))
	pseudo := orb.Point{98, 22}
	for _, c := range []struct {
		body  string
		used  int
		hot   bool
		warns bool
	}{{`{"cell_m":20000}`, 7374, true, true}, {`{"cell_m":20000,"place_precision":3}`, 3125, false, false}} {
		r, err := processtest.Run(hotspot.Process(), w, c.body)
		if err != nil {
			t.Fatal(err)
		}
		hot := false
		for _, f := range features(&r) {
			if measure.Inside(pseudo, shape(f)) {
				hot = properties(f)["gi_bin"].Int() > 0
			}
		}
		warned := strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), "58 %")
		if r.Used != c.used || hot != c.hot || warned != c.warns {
			t.Errorf("%s: %d used, the centre of the country is hot: %v; warns of centroids: %v", c.body, r.Used, hot, warned)
		}
		addsUp(t, c.body, &r)
	}
}

// TestHouston has 86,000 crimes of a city: its centre is hot.
func TestHouston(t *testing.T) {
	f, err := os.Open(sharedtest.Path(t, "houston_crime/houston_crime_2010.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	records := rows(t, z, func(get func(string) string) (record, bool) {
		p := orb.Point{float(get("lon")), float(get("lat"))}
		return record{at: p, day: dayOf(get("time")), precision: 1}, p[0] == p[0] && p[1] == p[1]
	})
	w := world(t, records)
	const city = `"bbox":[-95.9,29.5,-95.0,30.2]`
	r, err := processtest.Run(hotspot.Process(), w, `{`+city+`,"cell_m":1000,"permutations":99}`)
	if err != nil {
		t.Fatal(err)
	}
	if r.Used != 86_072 {
		t.Errorf("%d crimes in the city", r.Used)
	}
	addsUp(t, "Houston", &r)
	s := r.Output["summary"].Record()
	if s["hot_99"].Int() < 100 || s["hot_99"].Int() > s["units"].Int()/2 {
		t.Errorf("%v", s)
	}
	e, err := processtest.Run(hotspot.EmergingProcess(), w, `{`+city+`,"cell_m":2000,"step_days":14}`)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", e.Output["summary"])
	if v := e.Output["summary"].Record(); v["steps"].Int() != 17 || v["intensifying_hot"].Int()+v["persistent_hot"].Int()+v["diminishing_hot"].Int() == 0 {
		t.Errorf("%v", v)
	}
}
