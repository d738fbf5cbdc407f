package export_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/data/export"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// drivers are what ogr2ogr calls the formats that it has.
var drivers = map[string]string{
	"geojson": "GeoJSON", "geojsonseq": "GeoJSONSeq", "csv": "CSV", "gpkg": "GPKG", "fgb": "FlatGeobuf", "shp": "ESRI Shapefile", "kml": "KML", "gpx": "GPX",
}

// incidents is a layer of n points with a dozen fields.
func incidents(b *testing.B, n int) *layer.Layer {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	builder := layer.NewBuilder(geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{
		{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "mission", Kind: geo.KindString}, {Name: "time", Kind: geo.KindTime, Role: geo.InstantRole},
		{Name: "reported", Kind: geo.KindTime, DateOnly: true}, {Name: "category", Kind: geo.KindString}, {Name: "killed", Kind: geo.KindInt},
		{Name: "injured", Kind: geo.KindInt}, {Name: "score", Kind: geo.KindFloat}, {Name: "confirmed", Kind: geo.KindBool}, {Name: "notes", Kind: geo.KindString},
	}})
	builder.Grow(n)
	words := []geo.Value{geo.String("ied"), geo.String("mine"), geo.String("direct_fire"), geo.String("indirect_fire")}
	for i := range n {
		f := geo.Feature{Key: geo.Key(i + 1), Geometry: orb.Point{float64(r.IntN(20e6))/1e6 - 10, float64(r.IntN(15e6))/1e6 + 10}, Values: []geo.Value{
			geo.String(fmt.Sprintf("INC-%07d", i)), geo.String("MINUSMA"), geo.TimeValue(geo.Time(1.5e15) + geo.Time(r.Int64N(1e14))/1000*1000),
			geo.TimeValue(geo.Day * geo.Time(17000+r.IntN(2000))), words[r.IntN(4)], geo.Int(int64(r.IntN(9))), geo.Int(int64(r.IntN(30))),
			geo.Float(float64(r.IntN(1000)) / 8), geo.Bool(i%3 == 0), geo.String(fmt.Sprintf("reported by patrol %d near the ford", i%5000)),
		}}
		if err := builder.Add(&f); err != nil {
			b.Fatal(err)
		}
	}
	l, err := builder.Build()
	if err != nil {
		b.Fatal(err)
	}
	return l
}

func writeFile(b *testing.B, f export.Format, l *layer.Layer, path string) {
	b.Helper()
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	buffered := bufio.NewWriterSize(out, 256<<10)
	w, err := f.New(buffered, export.Sheet{Schema: l.Schema()})
	if err != nil {
		b.Fatal(err)
	}
	rows, failed := l.Select(context.Background(), geo.Selection{})
	for r := range rows {
		if err := w.Write(r, nil); err != nil {
			b.Fatal(err)
		}
	}
	if failed() != nil || w.Close() != nil || buffered.Flush() != nil {
		b.Fatal("the file cannot be written")
	}
}

// BenchmarkMillion writes a million records in each format, from memory to a
// file, and has ogr2ogr do the same from a GeoPackage in the same run: ogr/ours
// is how many times as long that takes.
func BenchmarkMillion(b *testing.B) {
	n := 1_000_000
	if testing.Short() {
		n = 100_000
	}
	l, dir := incidents(b, n), b.TempDir()
	source := filepath.Join(dir, "source.gpkg")
	gpkg, _ := export.Find("gpkg")
	writeFile(b, gpkg, l, source)
	for _, f := range export.Formats() {
		b.Run(f.ID, func(b *testing.B) {
			b.ReportAllocs()
			path := filepath.Join(dir, "ours"+f.Extension)
			for b.Loop() {
				writeFile(b, f, l, path)
			}
			ours := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(ours.Nanoseconds())/float64(n), "ns/record")
			if driver, ok := drivers[f.ID]; ok {
				out := filepath.Join(dir, "ogr"+f.Extension)
				begin := time.Now()
				args := []string{"-f", driver, out, source}
				if f.ID == "gpx" {
					args = append(args, "-dsco", "GPX_USE_EXTENSIONS=YES")
				}
				if text, err := exec.Command("ogr2ogr", args...).CombinedOutput(); err != nil {
					b.Fatalf("ogr2ogr: %v\n%s", err, text)
				}
				b.ReportMetric(float64(time.Since(begin))/float64(ours), "ogr/ours")
				_ = os.RemoveAll(out)
			}
			_ = os.Remove(path)
		})
	}
}
