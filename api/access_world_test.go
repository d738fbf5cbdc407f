package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/api/auth"
	"bivouac/geo"
)

// desk is where grants are kept for a test, the audit is written, and the clock
// stands still until it is moved.
type desk struct {
	mu     sync.Mutex
	list   []geo.Grant
	broken error // why grants cannot be looked up
	lines  []geo.AuditLine
	full   atomic.Bool // the audit takes nothing
	time   atomic.Int64
}

func newDesk() *desk {
	d := &desk{}
	d.time.Store(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC).UnixMicro())
	return d
}

func (d *desk) Grants() ([]geo.Grant, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.list), d.broken
}

func (d *desk) Audit(e geo.Entry) error {
	if d.full.Load() {
		return errors.New("the queue is full")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, geo.AuditLine{Seq: int64(len(d.lines) + 1), Entry: e, Hash: [32]byte{1}})
	return nil
}

func (d *desk) Entries(_ context.Context, before int64, limit int) ([]geo.AuditLine, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []geo.AuditLine
	for _, l := range slices.Backward(d.lines) {
		if (before == 0 || l.Seq < before) && len(out) < limit {
			out = append(out, l)
		}
	}
	return out, nil
}

// acts returns what the audit holds since the last look, in words.
func (d *desk) acts() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var words []string
	for _, l := range d.lines {
		words = append(words, strings.TrimSpace(string(l.Act)+" "+l.Who))
	}
	d.lines = nil
	return strings.Join(words, ", ")
}

func (d *desk) clock() time.Time { return time.UnixMicro(d.time.Load()).UTC() }

func (d *desk) pass(t time.Duration) { d.time.Add(t.Microseconds()) }

// grant lets somebody in and returns the token.
func (d *desk) grant(name string, rank geo.Rank, r geo.Reader) string {
	token, id, hash := auth.Mint()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.list = append(d.list, geo.Grant{ID: id, Name: name, Hash: hash, Rank: rank, Reader: r, Made: geo.TimeOf(d.clock())})
	return token
}

// change changes the grant of a name.
func (d *desk) change(name string, f func(*geo.Grant)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range d.list {
		if d.list[i].Name == name {
			f(&d.list[i])
		}
	}
}

// config joins a server to the desk.
func (d *desk) config() api.Config {
	return api.Config{Grants: d, Audit: d, AuditLog: d, Clock: d.clock}
}

var cleared = geo.Reader{Ceiling: geo.StrictlyConfidential}

// bearer is the header of a token.
func bearer(token string) []string { return []string{"Authorization", "Bearer " + token} }

// signIn begins a session and returns its cookie as a header.
func signIn(t *testing.T, h http.Handler, token string) []string {
	t.Helper()
	w := send(h, http.MethodPost, "/api/session", `{"token":"`+token+`"}`)
	if w.Code != http.StatusOK {
		t.Fatalf("sign-in: %d %s", w.Code, w.Body)
	}
	return []string{"Cookie", "bivouac_session=" + cookieOf(t, w, "bivouac_session").Value}
}

func cookieOf(t *testing.T, w *httptest.ResponseRecorder, name string) *http.Cookie {
	t.Helper()
	for _, c := range w.Result().Cookies() {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no cookie %s in %v", name, w.Result().Header)
	return nil
}
