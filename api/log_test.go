package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/geo/indicator"
)

// logged keeps what a server logs.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(l, nil)) }

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// last returns the newest line.
func (l *logged) last(t *testing.T) document {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(l.String()), "\n")
	var d document
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &d); err != nil {
		t.Fatalf("the log says %q: %v", lines[len(lines)-1], err)
	}
	return d
}

func TestAccessLog(t *testing.T) {
	var log logged
	s, _ := serve(t, api.Config{Log: log.logger()}, mixed(t))
	w := get(s, "/api/collections/mixed/items?near=-3.05,16.77&k=2")
	line := log.last(t)
	for name, want := range map[string]any{
		"msg": "request", "level": "INFO", "method": "GET", "path": "/api/collections/mixed/items", "route": "/api/collections/:collection/items",
		"query": "near k", "status": 200.0, "bytes": float64(w.Body.Len()), "version": 2.0,
	} {
		if line[name] != want {
			t.Errorf("%s is %v, want %v", name, line[name], want)
		}
	}
	if line["rows"].(float64) < 2 || line["ms"].(float64) < 0 || line["id"] == "" {
		t.Errorf("log: %v", line)
	}
	if strings.Contains(log.String(), "16.77") {
		t.Error("the log says where somebody looked")
	}
}

// TestAccessLogStatesRows wants the rows that each kind of read looked at: all
// of them, or those that the box leaves.
func TestAccessLogStatesRows(t *testing.T) {
	var log logged
	s, _ := serve(t, api.Config{Log: log.logger(), Formats: []api.Format{plainFormat()}, Processes: mustRegistry(t, indicator.Process(nil))}, yard(t, 3000))
	const yard = "/api/collections/yard"
	for _, c := range []struct {
		desc, target, body string
		least, most        float64
	}{
		{"a filter", yard + "/items?filter=killed%3E2&resultType=hits", "", 3000, 3000},
		{"a sorted page", yard + "/items?sortby=killed&limit=5&resultType=results", "", 3000, 3000},
		{"a filter in a box", yard + "/items?bbox=0,10,0.1,10.1&filter=killed%3E2&resultType=hits", "", 0, 300},
		{"an export", yard + "/export?filter=killed%3E2", "", 3000, 6000},
		{"a tile", yard + "/tiles/WebMercatorQuad/0/0/0?filter=killed%3E2", "", 3000, 6000},
		{"an analysis", "/api/processes/indicator/execution", `{"inputs":{"collection":"yard","period":"none","filter":"killed > 2"}}`, 3000, 6000},
	} {
		if w := askLeak(s, c.target, c.body); w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", c.desc, w.Code, w.Body)
		}
		if rows := log.last(t)["rows"].(float64); rows < c.least || rows > c.most {
			t.Errorf("%s: the log states %v rows, want %v to %v", c.desc, rows, c.least, c.most)
		}
	}
}

// TestPanic proves that a fault of ours is told without its inside, logged
// with it, and ends nothing but its request.
func TestPanic(t *testing.T) {
	var log logged
	p := echoProcess()
	p.ID, p.Run = "broken", brokenRun
	s, _ := serve(t, api.Config{Log: log.logger(), Processes: mustRegistry(t, p)}, mixed(t))
	w := post(s, "/api/processes/broken/execution", `{}`)
	d := decode(t, w)
	if w.Code != http.StatusInternalServerError || d["code"] != "internal" || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	line := log.last(t)
	if line["level"] != "ERROR" || line["id"] != d["request"] || !strings.Contains(line["error"].(string), "secret") {
		t.Errorf("log: %v", line)
	}
	if w := get(s, "/api"); w.Code != http.StatusOK {
		t.Errorf("the next request gets %d", w.Code)
	}
}

// slow is a writer that counts its writes.
type slow struct {
	mu     sync.Mutex
	writes int
	text   bytes.Buffer
	err    error
}

func (s *slow) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes++
	s.text.Write(p)
	return len(p), s.err
}

func (s *slow) state() (writes, bytes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writes, s.text.Len()
}

func TestLines(t *testing.T) {
	to := &slow{}
	l := api.NewLines(to)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 1000 {
				if _, err := l.Write([]byte("a line of the log\n")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	writes, bytes := to.state()
	if want := 8000 * len("a line of the log\n"); bytes != want || writes > 40 {
		t.Errorf("%d of %d bytes in %d writes", bytes, want, writes)
	}
}

func TestLinesGoOutAlone(t *testing.T) {
	to := &slow{}
	l := api.NewLines(to)
	if _, err := l.Write([]byte("one\n")); err != nil {
		t.Fatal(err)
	}
	for start := time.Now(); time.Since(start) < 10*time.Second; time.Sleep(5 * time.Millisecond) {
		if _, bytes := to.state(); bytes == 4 {
			return
		}
	}
	t.Error("the line still waits")
}

func TestLinesError(t *testing.T) {
	to := &slow{err: errors.New("disk full")}
	l := api.NewLines(to)
	if _, err := l.Write(make([]byte, 64<<10)); err == nil {
		t.Error("a full disk is not told")
	}
}
