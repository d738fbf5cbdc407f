//go:build linux

package main

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// BenchmarkEditsOverHTTP has eight clients add a record a request to a server
// of its own, which says yes when the record is durable.
func BenchmarkEditsOverHTTP(b *testing.B) {
	const clients = 8
	server := launch(b, binary(b), filepath.Join(b.TempDir(), "edits.gpkg"))
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	var turn atomic.Int64
	b.SetParallelism(clients / runtime.GOMAXPROCS(0))
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := turn.Add(1)
			resp, err := client.Post(server.address+"/api/collections/places/items", "application/geo+json", strings.NewReader(fmt.Sprintf(
				`{"type":"Feature","geometry":{"type":"Point","coordinates":[%d,%d]},"properties":{"name":"place %d"}}`, i%360-179, i%170-85, i)))
			if err != nil {
				b.Error(err)
				return
			}
			body, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			if resp.StatusCode != 201 {
				b.Errorf("%s: %s", resp.Status, body)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "edits/s")
}
