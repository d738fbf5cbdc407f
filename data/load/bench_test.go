package load

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bivouac/geo"
)

// yardFile writes n features like those of the yardstick, one a line.
func yardFile(b *testing.B, n int) string {
	path := filepath.Join(b.TempDir(), "yard.geojsonseq")
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	defer w.Flush()
	start := time.Date(2013, 4, 25, 0, 0, 0, 0, time.UTC)
	for i := range n {
		fmt.Fprintf(w, `{"type":"Feature","id":%d,"geometry":{"type":"Point","coordinates":[%.6f,%.6f]},"properties":{"date":%q,"type":"SVIED","target":"Convoy","outcome":"found","killed":%d,"injured":%d}}`+"\n",
			i+1, float64(i%16_000_000)/1e6-12, float64(i*7%15_000_000)/1e6+10, start.AddDate(0, 0, i%3500).Format("2006-01-02"), i%5, i%11)
	}
	return path
}

func BenchmarkRead(b *testing.B) {
	const n = 100_000
	path := yardFile(b, n)
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		f, err := open(b, path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		report, err := f.Read(context.Background(), func(*geo.Feature) error { return nil })
		if err != nil || report.Loaded != n {
			b.Fatal(report, err)
		}
	}
}
