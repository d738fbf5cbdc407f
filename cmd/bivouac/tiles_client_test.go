package main

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// inDegrees is what GDAL wants to know of WorldCRS84Quad. It takes every set for
// one tile at zoom 0, and columns beyond for nothing: so the set is given as a
// square of 360 degrees of which the south is never asked for, in which each zoom
// counts one more.
const inDegrees = `{"name":"bases","format":"pbf","minzoom":"0","maxzoom":"22","bounds":"-180,-90,180,90",
"crs":"EPSG:4326","tile_origin_upper_left_x":-180,"tile_origin_upper_left_y":90,"tile_dimension_zoom_0":360,
"json":"{\"vector_layers\":[{\"id\":\"bases\",\"fields\":{\"count\":\"Number\"}}]}"}`

// TestGDALReadsTilesInDegrees opens a zoom of WorldCRS84Quad: each base stands
// where its record says, to a unit of the tile.
func TestGDALReadsTilesInDegrees(t *testing.T) {
	const zoom, side = 6, 180. / 64
	server, dir := startServer(t), t.TempDir()
	var list struct {
		Features []struct {
			ID       int
			Geometry struct{ Coordinates [2]float64 }
		}
	}
	getJSON(t, server+"/api/collections/bases/items?properties=name", &list)
	for _, f := range list.Features {
		column, row := int((f.Geometry.Coordinates[0]+180)/side), int((90-f.Geometry.Coordinates[1])/side)
		keepTile(t, fmt.Sprintf("%s/api/collections/bases/tiles/WorldCRS84Quad/%d/%d/%d?properties=", server, zoom, row, column),
			filepath.Join(dir, strconv.Itoa(zoom+1), strconv.Itoa(column), strconv.Itoa(row)+".pbf"))
	}
	if err := os.WriteFile(filepath.Join(dir, "metadata.json"), []byte(inDegrees), 0o600); err != nil {
		t.Fatal(err)
	}
	out := ogrinfo(t, "-ro", "-al", "-q", "-oo", "CLIP=NO", "MVT:"+filepath.Join(dir, strconv.Itoa(zoom+1)))
	places, bases := map[int][2]float64{}, 0
	for _, m := range regexp.MustCompile(`mvt_id \(Integer64\) = (\d+)\s+count \(Real\) = (\d+)\s+POINT \((\S+) (\S+)\)`).FindAllStringSubmatch(out, -1) {
		number := func(i int) float64 { n, _ := strconv.ParseFloat(m[i], 64); return n }
		places[int(number(1))], bases = [2]float64{number(3), number(4)}, bases+int(number(2))
	}
	if bases != len(list.Features) || bases != 98 || len(places) < 80 {
		t.Errorf("GDAL reads %d bases at %d places, the list has %d:\n%.1000s", bases, len(places), len(list.Features), out)
	}
	const unit = side / 4096
	for _, f := range list.Features {
		if p, drawn := places[f.ID]; drawn {
			if east, north := f.Geometry.Coordinates[0]-p[0], f.Geometry.Coordinates[1]-p[1]; math.Abs(east-unit/2) > unit*.51 || math.Abs(north+unit/2) > unit*.51 {
				t.Errorf("base %d is drawn %g, %g units off", f.ID, east/unit, north/unit)
			}
		}
	}
}

// keepTile writes a tile to a file, unless it is there.
func keepTile(t *testing.T, address, file string) {
	t.Helper()
	if _, err := os.Stat(file); err == nil {
		return
	}
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || len(b) == 0 {
		t.Fatalf("%s: %s, %d bytes, %v", address, resp.Status, len(b), err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
