package load

import (
	"context"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/sharedtest"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/shape"
)

// readAll reads a file and returns copies of its records.
func readAll(t testing.TB, path string, o Options) (*File, []geo.Feature, Report) {
	t.Helper()
	f, err := open(t, path, o)
	if err != nil {
		t.Fatal(err)
	}
	var all []geo.Feature
	report, err := f.Read(context.Background(), func(f *geo.Feature) error {
		c := *f
		c.Values = append([]geo.Value(nil), f.Values...)
		c.Extra = append([]byte(nil), f.Extra...)
		all = append(all, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if report.Loaded != len(all) || report.Loaded+report.Refused != report.Rows {
		t.Errorf("the counts do not add up: %+v for %d records", report, len(all))
	}
	return f, all, report
}

func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		name       string
		collection string
		rows       int
		refused    int
		placeless  int
		geometry   geo.GeometryType
	}{
		{"ucdp_ged_myanmar/ucdp_ged_myanmar.csv", "incidents", 7374, 0, 0, geo.PointGeometry},
		{"ucdp_ged_myanmar/ucdp_ged_myanmar.csv", "", 7374, 0, 0, geo.PointGeometry},
		{"ucdp_ged_sample1000/ucdp_ged_v23_1_sample1000.csv", "incidents", 1000, 0, 0, geo.PointGeometry},
		{"ucdp_ged_sample1000/ucdp_ged_v23_1_sample1000.csv", "", 1000, 0, 0, geo.PointGeometry},
		{"ucdp_ged_sample_global/ucdp_ged_v25_1_sample_9972.json", "incidents", 9972, 0, 0, geo.PointGeometry},
		{"ucdp_ged_sample_global/ucdp_ged_v25_1_sample_9972.json", "", 9972, 0, 0, geo.PointGeometry},
		{"usgs_earthquakes/earthquakes.json", "", 1707, 0, 0, geo.PointGeometry},
		{"houston_crime/houston_crime_2010.csv.gz", "", 86314, 0, 5, geo.PointGeometry},
		{"roads_west_africa/trans_african_roads_west.geojson", "", 692, 0, 0, geo.LineGeometry},
		// Sudan and the United States cross themselves; simplefeatures says so too.
		{"ne_110m/ne_110m_admin_0_countries.geojson", "", 177, 2, 0, geo.AreaGeometry},
		{"ne_110m/ne_110m_lakes.geojson", "", 25, 0, 0, geo.AreaGeometry},
		{"ne_110m/ne_110m_rivers_lake_centerlines.geojson", "", 13, 0, 0, geo.LineGeometry},
		{"ne_110m/ne_110m_populated_places_simple.geojson", "", 243, 0, 0, geo.PointGeometry},
		{"admin_boundaries/admin0_16_countries_ne10m.geojson", "", 16, 0, 0, geo.AreaGeometry},
		{"admin_boundaries/admin1_16_countries_ne10m.geojson", "", 197, 0, 0, geo.AreaGeometry},
		{"geonames_cities/geonames_cities_16countries.csv", "", 1216, 0, 0, geo.PointGeometry},
		{"roads_west_africa/cities_ports_west.csv", "", 127, 0, 0, geo.PointGeometry},
		{"bases_2018.csv", "", 98, 0, 0, geo.PointGeometry},
		{"ucdp_ged_sahel_min/ucdp_ged_v20_1_west_africa_min.csv", "", 4533, 0, 0, geo.PointGeometry},
	} {
		t.Run(c.name+" "+c.collection, func(t *testing.T) {
			f, all, report := readAll(t, sharedtest.Path(t, c.name), Options{Collection: c.collection})
			if report.Loaded != c.rows-c.refused || report.Refused != c.refused || report.WithoutPlace != c.placeless {
				t.Errorf("want %d rows, %d refused, %d without a place:\n%v", c.rows, c.refused, c.placeless, report)
			}
			if s := f.Schema(); s.Geometry != c.geometry {
				t.Errorf("the geometry type is %s, want %s", s.Geometry, c.geometry)
			}
			for i := range all {
				if bad := shape.Validate(all[i].Geometry); bad != nil {
					t.Errorf("record %d: %v", i+1, bad)
				}
				text := geojson.AppendGeometry(nil, all[i].Geometry, all[i].Z)
				g, z, err := geojson.ParseGeometry(text)
				if err != nil || !orb.Equal(g, all[i].Geometry) || !slices.Equal(z, all[i].Z) {
					t.Fatalf("record %d is written %.200s and reads back otherwise, %v", i+1, text, err)
				}
			}
		})
	}
}

func TestEarthquakesKeepHeightsOnBothSidesOfTheDateLine(t *testing.T) {
	f, all, _ := readAll(t, sharedtest.Path(t, "usgs_earthquakes/earthquakes.json"), Options{})
	west, east, high := 180.0, -180.0, 0
	for i := range all {
		p := all[i].Geometry.(orb.Point)
		west, east = min(west, p[0]), max(east, p[0])
		if len(all[i].Z) == 1 {
			high++
		}
	}
	if high != 1707 || west > -179.6 || east < 178.8 {
		t.Errorf("%d heights, longitudes from %v to %v", high, west, east)
	}
	s := f.Schema()
	if kind := s.Fields[s.Field("time")].Kind; kind != geo.KindInt {
		t.Errorf("milliseconds since 1970 became %v", kind)
	}
	if all[0].SourceID == "" {
		t.Error("the id beside the properties is lost")
	}
}
