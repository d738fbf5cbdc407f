package metrics_test

import (
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"bivouac/api/metrics"
)

func TestSet(t *testing.T) {
	s := metrics.New("v1")
	r := s.Route("/api/x/:y")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 25 {
				r.Begin()
				r.End("GET", 200, time.Millisecond, 3, 2)
			}
		})
	}
	all.Wait()
	r.Begin()
	r.End("BREW", 418, time.Second, 0, 0)
	r.Begin()
	r.End("POST", 70000, time.Second, 0, 0)
	for _, method := range []string{"PUT", "PATCH", "DELETE"} {
		r.Begin()
		r.End(method, 204, time.Second, 0, 0)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, line := range []string{
		`bivouac_request_seconds_count{method="GET",route="/api/x/:y",status="200"} 100`,
		`bivouac_request_seconds_count{method="PUT",route="/api/x/:y",status="204"} 1`,
		`bivouac_request_seconds_count{method="PATCH",route="/api/x/:y",status="204"} 1`,
		`bivouac_request_seconds_count{method="DELETE",route="/api/x/:y",status="204"} 1`,
		`bivouac_request_seconds_count{method="other",route="/api/x/:y",status="418"} 1`,
		`bivouac_rows_visited_total{route="/api/x/:y"} 300`,
		`bivouac_nodes_visited_total{route="/api/x/:y"} 200`,
		`bivouac_requests_running 0`,
		`bivouac_build_info{build="v1"} 1`,
	} {
		if !strings.Contains(w.Body.String(), line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
}

// TestApart proves that two servers in one process count apart.
func TestApart(t *testing.T) {
	a, b := metrics.New("a"), metrics.New("b")
	a.Route("/x").Begin()
	w := httptest.NewRecorder()
	b.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if !strings.Contains(w.Body.String(), "bivouac_requests_running 0\n") {
		t.Error("what one server does is counted by the other")
	}
}
