package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestGDALReadsWays saves two ways as GPX, as the README says, and counts what
// GDAL finds in the file.
func TestGDALReadsWays(t *testing.T) {
	server := startServer(t)
	question := `{"inputs":{"origin":{"type":"Point","coordinates":[-8,12.64]},"destination":{"type":"Point","coordinates":[1.41,18.44]},"alternatives":2},"outputs":{"gpx":{}}}`
	resp, err := http.Post(server+"/api/processes/route/execution", "application/json", strings.NewReader(question))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if media := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || media != "application/gpx+xml" {
		t.Fatalf("%s, %s: %.300s", resp.Status, media, text)
	}
	file := filepath.Join(t.TempDir(), "ways.gpx")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		layer, element string
		least          int
	}{{"routes", "<rte>", 2}, {"tracks", "<trk>", 2}, {"route_points", "<rtept ", 20}, {"track_points", "<trkpt ", 50}, {"waypoints", "<wpt ", 6}} {
		out := ogrinfo(t, "-so", file, c.layer)
		written := strings.Count(string(text), c.element)
		found := regexp.MustCompile(`Feature Count: (\d+)`).FindStringSubmatch(out)
		if found == nil || found[1] != strconv.Itoa(written) || written < c.least {
			t.Errorf("%s: %d are written, GDAL says %v", c.layer, written, found)
		}
	}
	if out := ogrinfo(t, "-geom=NO", file, "waypoints"); !strings.Contains(out, "weakest for place of surgery") || !strings.Contains(out, "confirmed hazard") {
		t.Errorf("the waypoints are %.2000s", out)
	}
}
