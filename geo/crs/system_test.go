package crs

import (
	"math"
	"slices"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/randtest"
)

// TestSystemsByGDAL holds the projections to those of PROJ, as GDAL prints
// them in 15 digits.
func TestSystemsByGDAL(t *testing.T) {
	for i, row := range rows(t, "systems.txt") {
		code, lon, lat := number(t, row[0]), number(t, row[1]), number(t, row[2])
		x, y, err := System(code).Project(lon, lat)
		if off := math.Hypot(x-number(t, row[3]), y-number(t, row[4])); err != nil || off > 2e-6 {
			t.Errorf("row %d: %v %v, want %v (%v)", i+1, x, y, row[3:], err)
		}
	}
}

func TestLatitudeFirst(t *testing.T) {
	if x, y, err := LatLon.Project(44.3661, 33.3152); x != 33.3152 || y != 44.3661 || err != nil {
		t.Errorf("%v %v %v", x, y, err)
	}
	if lon, lat, err := LatLon.Unproject(33.3152, 44.3661); lon != 44.3661 || lat != 33.3152 || err != nil {
		t.Errorf("%v %v %v", lon, lat, err)
	}
}

func TestThereAndBack(t *testing.T) {
	r := randtest.New(t, 0)
	for range 5000 {
		lon, lat := r.Float64()*360-180, r.Float64()*178-89
		zone, north := UTMZone(lon, lat)
		utm := utmNorthern + System(zone+100*half(north))
		for _, s := range append(WorldSystems(), utm) {
			x, y, err := s.Project(lon, lat)
			if err != nil {
				t.Fatal(err)
			}
			backLon, backLat, err := s.Unproject(x, y)
			if err != nil || math.Abs(lonBy(lon, backLon))*math.Cos(lat*degree) > 1e-9 || math.Abs(backLat-lat) > 1e-9 {
				t.Fatalf("%v %v in %d is %v %v, and back %v %v (%v)", lon, lat, s, x, y, backLon, backLat, err)
			}
		}
	}
}

func TestParseSystem(t *testing.T) {
	for _, c := range []struct {
		name string
		want System
		is   bool
	}{
		{"http://www.opengis.net/def/crs/OGC/1.3/CRS84", CRS84, true},
		{"https://www.opengis.net/def/crs/OGC/0/CRS84", CRS84, true},
		{"urn:ogc:def:crs:OGC:1.3:CRS84", CRS84, true},
		{"urn:ogc:def:crs:OGC::CRS84", CRS84, true},
		{"http://www.opengis.net/def/crs/EPSG/0/4326", LatLon, true},
		{"urn:ogc:def:crs:EPSG::3857", WebMercator, true},
		{"http://www.opengis.net/def/crs/EPSG/0/32601", 32601, true},
		{"http://www.opengis.net/def/crs/EPSG/0/32760", 32760, true},
		{"http://www.opengis.net/def/crs/EPSG/0/32600", 0, false},
		{"http://www.opengis.net/def/crs/EPSG/0/32661", 0, false},
		{"http://www.opengis.net/def/crs/EPSG/0/32700", 0, false},
		{"http://www.opengis.net/def/crs/EPSG/0/04326", 0, false},
		{"http://www.opengis.net/def/crs/EPSG/9.9/4326", 0, false},
		{"http://www.opengis.net/def/crs/EPSG//4326", 0, false},
		{"http://www.opengis.net/def/crs/OGC/1.3/CRS84h", 0, false},
		{"[EPSG:3857]", 0, false},
		{"EPSG:3857", 0, false},
		{"ftp://www.opengis.net/def/crs/EPSG/0/4326", 0, false},
		{"", 0, false},
	} {
		got, is := ParseSystem(c.name)
		if is != c.is || is && got != c.want {
			t.Errorf("%q: %d %t", c.name, got, is)
		}
		if again, _ := ParseSystem(got.URI()); is && again != got {
			t.Errorf("%q: its address %s is %d", c.name, got.URI(), again)
		}
	}
}

func TestSystems(t *testing.T) {
	for _, c := range []struct {
		desc  string
		box   geo.Box
		zones []System
	}{
		{"northern Mali", geo.Box{West: -5, South: 10, East: 1, North: 20}, []System{32630, 32631}},
		{"one point", geo.NewBox(44, 33, 44, 33), []System{32638}},
		{"over the equator", geo.Box{West: 28, South: -3, East: 29, North: 1}, []System{32635, 32735}},
		{"the equator is northern", geo.Box{West: 28, South: 0, East: 29, North: 1}, []System{32635}},
		{"an edge counts", geo.Box{West: 5, South: 10, East: 6, North: 11}, []System{32631, 32632}},
		{"over the date line", geo.Box{West: 177, South: -20, East: -177, North: -10}, []System{32701, 32760}},
		{"Bergen", geo.Box{West: 4, South: 60, East: 5, North: 61}, []System{32632}},
		{"Svalbard", geo.Box{West: 10, South: 77, East: 22, North: 78}, []System{32633, 32635}},
		{"into Norway from the south", geo.Box{West: 4, South: 50, East: 5, North: 61}, []System{32631, 32632}},
		{"a pole", geo.Box{West: -180, South: 85, East: 180, North: 90}, nil},
	} {
		got := Systems(c.box)
		if !slices.Equal(got[:3], WorldSystems()) || !slices.Equal(got[3:], c.zones) {
			t.Errorf("%s: %v, want %v", c.desc, got, c.zones)
		}
	}
	if n := len(Systems(geo.World)); n != 3+120 {
		t.Errorf("the world has %d systems", n)
	}
}

func TestWhole(t *testing.T) {
	for _, c := range []struct {
		desc string
		box  geo.Box
		want int
	}{
		{"the world", geo.World, 3},
		{"a mission", geo.Box{West: -12, South: 10, East: 4, North: 25}, 3 + 3},
		{"40 degrees, from 0 to 40", geo.Box{West: 0, South: 10, East: 40, North: 25}, 3 + 3},
		{"61 degrees", geo.Box{West: -30, South: 10, East: 31, North: 25}, 3},
		{"over the date line", geo.Box{West: 177, South: -20, East: -177, North: -10}, 3 + 2},
	} {
		if got := Whole(c.box); len(got) != c.want {
			t.Errorf("%s: %v", c.desc, got)
		}
	}
}

func TestSystemsRefuse(t *testing.T) {
	_, _, err := WebMercator.Project(0, 90)
	invalid(t, "a pole in Web Mercator", err, "pole")
	_, _, err = System(32638).Project(0, 0)
	invalid(t, "far from the zone", err, "zone 38")
	_, _, err = System(32638).Unproject(9e6, 0)
	invalid(t, "far east", err, "easting")
	for _, s := range []System{LatLon, WebMercator, 32638} {
		if _, _, err := s.Box(0, 1, 1, 0); s != LatLon && (geo.CodeOf(err) != geo.Invalid || !strings.Contains(err.Error(), "south")) {
			t.Errorf("%d: %v", s, err)
		}
	}
	if _, _, err := System(32638).Box(1, 0, 0, 1); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("west of west: %v", err)
	}
}

func TestMercatorBox(t *testing.T) {
	const e = WebMercatorEdge
	for _, c := range []struct {
		desc           string
		x1, y1, x2, y2 float64
		west, east     float64
	}{
		{"the square", -e, -e, e, e, -180, 180},
		{"the square, rounded up", -20037508.35, -1, 20037508.35, 1, -180, 180},
		{"three turns", -3 * e, -1, 3 * e, 1, -180, 180},
		{"beyond the date line", e * 179 / 180, 0, e * 181 / 180, 1, 179, -179},
		{"over it, as bbox has it", e * 179 / 180, 0, -e * 179 / 180, 1, 179, -179},
	} {
		b, match, err := WebMercator.Box(c.x1, c.y1, c.x2, c.y2)
		if err != nil || match != nil || math.Abs(b.West-c.west) > 1e-6 || math.Abs(b.East-c.east) > 1e-6 {
			t.Errorf("%s: %v %v", c.desc, b, err)
		}
	}
}

// TestEnvelope wants every place of a box of a zone in its box of degrees.
func TestEnvelope(t *testing.T) {
	r := randtest.New(t, 0)
	for range 3000 {
		s := utmNorthern + System(1+r.IntN(60)+100*r.IntN(2))
		at := [2]float64{r.Float64()*4e6 - 1.5e6, r.Float64() * 1e7}
		size := [2]float64{math.Exp(r.Float64() * 14), math.Exp(r.Float64() * 14)}
		b, match, err := s.Box(at[0], at[1], at[0]+size[0], at[1]+size[1])
		if err != nil || match == nil {
			t.Fatal(err)
		}
		for range 20 {
			lon, lat, err := s.Unproject(at[0]+size[0]*math.Sqrt(r.Float64()), at[1]+size[1]*math.Round(r.Float64()*4)/4)
			if err != nil {
				continue // off the grid
			}
			in := false
			for _, part := range b.Split() {
				in = in || part.Has(lon, lat)
			}
			if !in {
				t.Fatalf("%v of size %v in %d is %v, without %v %v", at, size, s, b, lon, lat)
			}
		}
	}
}

// FuzzBox wants any four numbers to give a valid search or an error.
func FuzzBox(f *testing.F) {
	f.Add(0, -2e7, -2e7, 2e7, 2e7)
	f.Add(32638, 1e5, 0.0, 9e5, 9.9e6)
	f.Add(32701, 4e5, -1e6, 6e5, 2e6)
	f.Add(3857, 1e308, -1e308, 1e308, 1e308)
	f.Add(4326, 90.0, -180.0, -90.0, 180.0)
	f.Fuzz(func(t *testing.T, code int, x1, y1, x2, y2 float64) {
		for _, v := range []float64{x1, y1, x2, y2} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return // params lets none in
			}
		}
		s := System(code)
		if s != CRS84 && s != LatLon && s != WebMercator && !s.Zoned() {
			s = WorldSystems()[uint(code)%3]
		}
		b, match, err := s.Box(x1, y1, x2, y2)
		nowhere := match != nil && match.Bound() != nil
		if err == nil && !nowhere && (!b.Valid() || b.Everything()) {
			t.Errorf("%v %v %v %v in %d is %v", x1, y1, x2, y2, s, b)
		}
		if err != nil && geo.CodeOf(err) != geo.Invalid {
			t.Error(err)
		}
	})
}
