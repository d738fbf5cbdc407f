package load

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data/sharedtest"
	"bivouac/geo"
)

const crossing = `<osm version="0.6">
<node id="1" lat="16" lon="-3"/><node id="2" lat="16" lon="-2.9"><tag k="barrier" v="lift_gate"/></node><node id="3" lat="16.1" lon="-2.9"/>
<way id="7"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="maxspeed" v="80"/></way>
<way id="8"><nd ref="2"/><nd ref="3"/><tag k="highway" v="track"/></way>
<way id="9"><nd ref="3"/><nd ref="4"/><tag k="highway" v="track"/></way>
<relation id="5"><member type="way" ref="7" role="from"/><member type="node" ref="2" role="via"/><member type="way" ref="8" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>
</osm>`

// TestMapFillsThreeCollections reads one file of OpenStreetMap, packed, as
// what it has something for.
func TestMapFillsThreeCollections(t *testing.T) {
	path := filepath.Join(t.TempDir(), "crossing.osm.gz")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(file)
	_, _ = z.Write([]byte(crossing))
	_ = z.Close()
	_ = file.Close()
	d, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := d.Parts(Options{Mission: "MINUSMA"})
	if err != nil || len(parts) != 3 {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	want := map[string][]string{
		"roads": {
			"MINUSMA way/7 primary unknown open all 80 false © OpenStreetMap contributors, ODbL 1.0 LineString",
			"MINUSMA way/8 track unknown open all null false © OpenStreetMap contributors, ODbL 1.0 LineString",
		},
		"barriers":          {"MINUSMA node/2 lift_gate open © OpenStreetMap contributors, ODbL 1.0 Point"},
		"turn_restrictions": {"MINUSMA relation/5 no_left_turn way/7 way/8 © OpenStreetMap contributors, ODbL 1.0 Point"},
	}
	shown := map[string][]string{
		"roads": {"source_id", "highway", "surface", "status", "season", "speed_kmh", "one_way", "source"}, "barriers": {"source_id", "kind", "status", "source"},
		"turn_restrictions": {"source_id", "kind", "from_road", "to_road", "source"},
	}
	for _, o := range parts {
		f, err := d.File(o)
		if err != nil {
			t.Fatal(err)
		}
		s := f.Schema()
		var got []string
		report, err := f.Read(context.Background(), func(x *geo.Feature) error {
			line := []string{x.Mission}
			for _, name := range shown[s.Name] {
				v := x.Values[s.Field(name)]
				text := v.Text()
				if v.Kind() != geo.KindString {
					text = v.String()
				}
				line = append(line, text)
			}
			got = append(got, strings.Join(append(line, x.Geometry.GeoJSONType()), " "))
			return nil
		})
		if err != nil || !slices.Equal(got, want[s.Name]) || report.Format != OSM {
			t.Errorf("%s: %v\n%s\n%v", s.Name, err, strings.Join(got, "\n"), report)
		}
		if s.Name != "roads" {
			continue
		}
		text := report.String()
		for _, part := range []string{"refused: crossing.osm.gz, row 3: way/9 has fewer than two of its nodes in the file", "is not connected: 1; nodes that the file lacks: 1", "roads 3, barriers 1, turn restrictions 1", "maxspeed (1)"} {
			if !strings.Contains(text, part) {
				t.Errorf("the report does not say %q:\n%s", part, text)
			}
		}
	}
}

// TestExtractCutInTheMiddle opens a real extract that ends too early, wherever.
func TestExtractCutInTheMiddle(t *testing.T) {
	whole, err := os.ReadFile(sharedtest.Path(t, "osm_andorra/andorra.osm.pbf"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cut.osm.pbf")
	for share := 1; share < 10; share++ {
		if err := os.WriteFile(path, whole[:len(whole)*share/10], 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Parts(Options{}); err == nil || !strings.Contains(err.Error(), "cut.osm.pbf") || !strings.Contains(err.Error(), "is cut off in block") {
			t.Errorf("%d tenths of the file: %v", share, err)
		}
	}
}

// TestAndorraAgainstGDAL compares every road of a real extract with what GDAL
// makes of it.
func TestAndorraAgainstGDAL(t *testing.T) {
	path := sharedtest.Path(t, "osm_andorra/andorra.osm.pbf")
	if _, err := exec.LookPath("ogr2ogr"); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("ogr2ogr of gdal-bin is required and missing")
		}
		t.Skip("ogr2ogr of gdal-bin is not here, so nothing says what the extract should hold")
	}
	out, err := exec.Command("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=7", "/vsistdout/", path, "lines", "-where", "highway is not null").Output()
	if err != nil {
		t.Fatal(err)
	}
	var theirs struct {
		Features []struct {
			Geometry   struct{ Coordinates []orb.Point }
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(out, &theirs); err != nil {
		t.Fatal(err)
	}
	ours, against := map[string]orb.Geometry{}, map[string]bool{}
	f, err := open(t, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := f.Schema()
	if _, err := f.Read(context.Background(), func(x *geo.Feature) error {
		ours[x.SourceID] = x.Geometry
		against[x.SourceID] = x.Values[s.Field("one_way")].Bool()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	compared, reversed := 0, 0
	for _, x := range theirs.Features {
		id := "way/" + x.Properties["osm_id"].(string)
		got, there := ours[id]
		want := slices.Compact(orb.LineString(x.Geometry.Coordinates))
		if class := x.Properties["highway"]; class == "construction" || class == "proposed" {
			if there {
				t.Errorf("%s: %v is a road", id, class)
			}
			continue
		}
		compared++
		if there && orb.Equal(got, want) {
			continue
		}
		// A one-way road may be drawn against its direction.
		if slices.Reverse(want); there && against[id] && orb.Equal(got, want) {
			reversed++
			continue
		}
		t.Fatalf("%s is %v, GDAL has %v", id, got, want)
	}
	// GDAL makes areas of a few that close; they are no lines of it.
	if compared < 1500 || len(ours) < compared || reversed == 0 || reversed > 100 {
		t.Errorf("%d roads compared, %d of them turned round; ours are %d", compared, reversed, len(ours))
	}
}
