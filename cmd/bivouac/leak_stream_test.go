package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"bivouac/geo"
)

// listening is a stream of events that is open.
type listening struct {
	lines
	header http.Header
	code   int
	close  context.CancelFunc
	done   chan struct{}
}

func (l *listening) Header() http.Header { return l.header }
func (l *listening) WriteHeader(c int)   { l.code = c }
func (l *listening) Flush()              {}

func streamQuestion(last string) question {
	q := question{method: http.MethodGet, target: "/api/events", headers: []string{"Accept", "text/event-stream"}}
	if last != "" {
		q.headers = append(q.headers, "Last-Event-ID", last)
	}
	return q
}

// listen opens a stream and waits for its greeting.
func (s *stage) listen(last string) *listening {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	l := &listening{header: http.Header{}, close: cancel, done: make(chan struct{})}
	go func() {
		defer close(l.done)
		s.server.ServeHTTP(l, s.request(s.low, streamQuestion(last)).WithContext(ctx))
	}()
	l.want(s.t, "event: hello")
	return l
}

// want waits until the stream tells the text.
func (l *listening) want(t *testing.T, text string) {
	t.Helper()
	for range 1000 {
		if _, rest, ok := strings.Cut(l.String(), text); ok && strings.Contains(rest, "\n\n") {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("the stream does not tell %q: %s", text, l)
}

// end closes the stream, and returns what it told.
func (l *listening) end() string {
	l.close()
	<-l.done
	return l.String()
}

// testStreams listens in both worlds, from every point on.
func testStreams(t *testing.T, with, without *stage) {
	t.Helper()
	store := with.world.store.Snapshot().Store
	newest := with.world.store.Snapshot().Version
	seen := fmt.Sprintf("id: %s-%d.", store, with.steps["the last"])
	known := []string{"", "other-3"}
	for v := geo.Version(0); v <= newest+2; v++ {
		known = append(known, fmt.Sprintf("%s-%d", store, v))
	}
	for _, last := range known {
		a, b := with.listen(last), without.listen(last)
		if got, want := a.end(), b.end(); with.masked(got) != without.masked(want) || a.code != b.code || strings.Contains(got, planted) || !strings.Contains(got, seen) {
			t.Errorf("who knows %q is told %s", last, apart(got, want))
		}
	}
}

// testTold ends a stream that was open while a secret was edited and then what
// all see: it told of the latter alone, and maybe of
// the alerts that this raised.
func testTold(t *testing.T, l *listening, s *stage) {
	t.Helper()
	l.want(t, "event: commit")
	told := l.end()
	if strings.Count(told, "event: hello")+strings.Count(told, "event: commit") != 2 || strings.Contains(told, planted) || !strings.Contains(told, fmt.Sprintf("event: commit\ndata: {\"version\":%d,", s.steps["open to all"])) {
		t.Errorf("the stream told %s", told)
	}
}
