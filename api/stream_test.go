package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bivouac/geo"
)

// quiet is a Past in which nothing happens.
type quiet struct{ Past }

func (quiet) Commits(context.Context, geo.Reader, geo.Version, geo.Version, int) ([]geo.Commit, error) {
	return nil, nil
}

func (quiet) Wait(ctx context.Context, _ geo.Version) error {
	<-ctx.Done()
	return ctx.Err()
}

// broken is a Past that cannot wait.
type broken struct{ quiet }

func (broken) Wait(context.Context, geo.Version) error {
	return geo.Errorf(geo.Internal, "", "disk gone")
}

func listen(t *testing.T, s *Server, p Past) (w *httptest.ResponseRecorder, aborted bool) {
	t.Helper()
	s.config.Past = p
	ctx, leave := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer leave()
	w = httptest.NewRecorder()
	defer func() { aborted = recover() == http.ErrAbortHandler }()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/api/events", nil).WithContext(ctx))
	return w, false
}

func newQuietServer(t *testing.T) *Server {
	t.Helper()
	s, err := New(Config{Source: still{}, Past: quiet{}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSignsOfLife comments when nothing happens.
func TestSignsOfLife(t *testing.T) {
	s := newQuietServer(t)
	s.streams.beat = 20 * time.Millisecond
	w, _ := listen(t, s, quiet{})
	if n := strings.Count(w.Body.String(), ": still here\n\n"); n < 3 || n > 10 {
		t.Errorf("%d signs in 200 ms: %q", n, w.Body)
	}
	if s.streams.running.Load() != 0 {
		t.Error("the place was not given back")
	}
}

// TestBrokenStore ends a stream whose store fails, and does not spin.
func TestBrokenStore(t *testing.T) {
	s := newQuietServer(t)
	if _, aborted := listen(t, s, broken{}); !aborted {
		t.Error("the stream goes on")
	}
}

func TestTooManyStreams(t *testing.T) {
	s := newQuietServer(t)
	s.streams.most = 3
	s.streams.running.Store(2)
	if w, _ := listen(t, s, quiet{}); w.Code != http.StatusOK {
		t.Errorf("the last place: %d %s", w.Code, w.Body)
	}
	s.streams.running.Store(3)
	if w, _ := listen(t, s, quiet{}); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "ask again") {
		t.Errorf("one too many: %d %s", w.Code, w.Body)
	}
	if n := s.streams.running.Load(); n != 3 {
		t.Errorf("%d places are taken", n)
	}
}
