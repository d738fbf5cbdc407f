package api_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// sink is a reader that takes everything and keeps nothing.
type sink struct {
	header http.Header
	status int
	bytes  int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(status int)      { s.status = status }
func (s *sink) Write(p []byte) (int, error) { s.bytes += len(p); return len(p), nil }

// yards are built once for all benchmarks.
var yards = map[int]*layer.Layer{}

func yardOnce(b *testing.B, n int) *layer.Layer {
	if yards[n] == nil {
		yards[n] = yard(b, n)
	}
	return yards[n]
}

// BenchmarkItems asks what the yardstick asks, log and metrics and all, but
// for the connection.
func BenchmarkItems(b *testing.B) {
	sizes := []int{1_000, 100_000, 1_000_000}
	if testing.Short() {
		sizes = sizes[:2]
	}
	for _, n := range sizes {
		for _, c := range []struct{ name, query string }{
			{"knn10", "near={w},{s}&k=10"},
			{"count25km", "near={w},{s}&radius=25000&resultType=hits"},
			{"radius1000", "near={w},{s}&radius=25000&limit=1000"},
			{"bbox1000", "bbox={w},{s},{e},{n}&limit=1000"},
			{"page1000", "limit=1000&type=Mine"},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) { benchItems(b, n, c.query) })
		}
	}
}

func benchItems(b *testing.B, n int, query string) {
	lines := api.NewLines(&sink{})
	s, _ := serve(b, api.Config{Log: slog.New(slog.NewJSONHandler(lines, nil))}, yardOnce(b, n))
	targets := make([]string, 64)
	for i := range targets {
		row, _ := yardOnce(b, n).Find(geo.Key(i*n/len(targets)+1), geo.Reader{})
		at, _ := row.Point()
		text := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
		fill := strings.NewReplacer("{w}", text(at[0]), "{s}", text(at[1]), "{e}", text(at[0]+1), "{n}", text(at[1]+1))
		targets[i] = "/api/collections/yard/items?" + fill.Replace(query)
	}
	w := &sink{}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		w.header, w.status = http.Header{}, 0
		s.ServeHTTP(w, request(http.MethodGet, targets[i%len(targets)]))
		if w.status != http.StatusOK {
			b.Fatalf("%s: %d", targets[i%len(targets)], w.status)
		}
	}
	b.ReportMetric(float64(w.bytes)/float64(b.N), "bytes/op")
}

// BenchmarkCodings asks for a long page in each coding: what it costs, and what
// is sent.
func BenchmarkCodings(b *testing.B) {
	s, _ := serve(b, api.Config{}, yardOnce(b, 100_000))
	for _, coding := range []string{"identity", "gzip", "zstd"} {
		b.Run(coding, func(b *testing.B) {
			w := &sink{}
			for b.Loop() {
				w.header, w.bytes = http.Header{}, 0
				r := request(http.MethodGet, "/api/collections/yard/items?limit=10000")
				r.Header.Set("Accept-Encoding", coding)
				s.ServeHTTP(w, r)
			}
			b.ReportMetric(float64(w.bytes), "bytes/op")
		})
	}
}
