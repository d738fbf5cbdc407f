//go:build linux

package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// importRows is how many rows the benchmark of imports has: the million
// takes minutes, so that it is asked for by name.
func importRows(b *testing.B) int {
	text := os.Getenv("BIVOUAC_IMPORT_ROWS")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		b.Fatalf("BIVOUAC_IMPORT_ROWS is %q; write a number of rows", text)
	}
	return n
}

// writeRows writes a file of n rows with a place, texts, numbers and a day.
func writeRows(b *testing.B, path, head, row string, n int) {
	b.Helper()
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(file, 256<<10)
	fmt.Fprint(w, head)
	day := time.Date(2013, 7, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		fmt.Fprintf(w, row, i, float64(i*7919%17_000_000)/1e6-12, float64(i*104_729%15_000_000)/1e6+10,
			[]string{"town", "village", "priority"}[i%3], i*7%9000, float64(i%97)/8, day.AddDate(0, 0, i%1888).Format(time.DateOnly))
	}
	if w.Flush() != nil || file.Close() != nil {
		b.Fatal("the rows cannot be written")
	}
}

// cost is what a program took.
type cost struct {
	wall, cpu time.Duration
	peakMB    float64
}

// costOf runs a program to its end.
func costOf(b *testing.B, name string, args ...string) cost {
	b.Helper()
	cmd := exec.Command(name, args...)
	begun := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", name, err, out)
	}
	took := cost{wall: time.Since(begun), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		took.peakMB = float64(u.Maxrss) / 1024
	}
	return took
}

// BenchmarkImportFile takes a file into a new store as its users do, by a
// comparison with what is there and its approval, and has ogr2ogr write the same
// file to a GeoPackage in the same run: ogr/wall and ogr/cpu are how many times
// as long that takes. BIVOUAC_IMPORT_ROWS sets the rows, 100,000 unless told.
func BenchmarkImportFile(b *testing.B) {
	if _, err := exec.LookPath("ogr2ogr"); err != nil {
		b.Skip("there is no ogr2ogr to compare with")
	}
	bin, rows := binary(b), importRows(b)
	for _, c := range []struct {
		ending, head, row string
		ogr               []string
	}{
		{"csv", "source_id,lon,lat,kind,population,weight,since\n", "s-%d,%.6f,%.6f,%s,%d,%v,%s\n",
			[]string{"-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-oo", "AUTODETECT_TYPE=YES", "-a_srs", "EPSG:4326"}},
		{"geojsonl", "", `{"type":"Feature","id":"s-%d","geometry":{"type":"Point","coordinates":[%.6f,%.6f]},"properties":{"kind":"%s","population":%d,"weight":%v,"since":"%s"}}` + "\n", nil},
	} {
		b.Run(fmt.Sprintf("%s/%d", c.ending, rows), func(b *testing.B) {
			dir := b.TempDir()
			file, theirs := filepath.Join(dir, "rows."+c.ending), filepath.Join(dir, "ogr.gpkg")
			writeRows(b, file, c.head, c.row, rows)
			var ours, ogr cost
			turn := 0
			for b.Loop() {
				store := filepath.Join(dir, fmt.Sprintf("ours-%d.gpkg", turn))
				turn++
				took := costOf(b, bin, "import", file, "--collection", "settlements", "--store", store)
				ours.wall, ours.cpu, ours.peakMB = ours.wall+took.wall, ours.cpu+took.cpu, max(ours.peakMB, took.peakMB)
				b.StopTimer()
				took = costOf(b, "ogr2ogr", append([]string{"-f", "GPKG", theirs, file}, c.ogr...)...)
				ogr.wall, ogr.cpu, ogr.peakMB = ogr.wall+took.wall, ogr.cpu+took.cpu, max(ogr.peakMB, took.peakMB)
				for _, done := range []string{store, theirs} {
					if err := os.Remove(done); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
			}
			n := float64(turn)
			b.ReportMetric(ours.cpu.Seconds()/n, "cpu-s/op")
			b.ReportMetric(ogr.wall.Seconds()/n, "ogr-s/op")
			b.ReportMetric(ogr.cpu.Seconds()/n, "ogr-cpu-s/op")
			b.ReportMetric(ogr.wall.Seconds()/ours.wall.Seconds(), "ogr/wall")
			b.ReportMetric(ogr.cpu.Seconds()/ours.cpu.Seconds(), "ogr/cpu")
			b.ReportMetric(ours.peakMB, "peak-MB")
			b.ReportMetric(ogr.peakMB, "ogr-peak-MB")
		})
	}
}
