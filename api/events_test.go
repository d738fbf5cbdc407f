package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/geo"
)

// event is one server-sent event as a browser reads it.
type event struct {
	id, name string
	data     document
}

// listener reads the events of a running server.
type listener struct {
	response *http.Response
	events   chan event
}

// listenTo opens a stream; headers are pairs.
func listenTo(t *testing.T, r *running, query string, headers ...string) *listener {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+r.address+"/api/events"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Accept", "text/event-stream")
	q.Header.Set("Accept-Encoding", "gzip")
	for i := 0; i < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(q)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	l := &listener{res, make(chan event, 500)}
	go l.read()
	return l
}

func (l *listener) read() {
	defer close(l.events)
	var e event
	lines := bufio.NewScanner(l.response.Body)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "id":
			e.id = value
		case "event":
			e.name = value
		case "data":
			if json.Unmarshal([]byte(value), &e.data) != nil {
				return
			}
		case "":
			if e.name != "" {
				l.events <- e
			}
			e = event{}
		}
	}
}

func (l *listener) next(t *testing.T) event {
	t.Helper()
	select {
	case e, ok := <-l.events:
		if !ok {
			t.Fatal("the stream has ended")
		}
		return e
	case <-time.After(2 * time.Minute):
		t.Fatal("no event comes")
	}
	return event{}
}

// want reads events and compares their names and ids.
func (l *listener) want(t *testing.T, events ...string) {
	t.Helper()
	for _, w := range events {
		if e := l.next(t); e.name+" "+e.id != w {
			t.Errorf("the event is %s %s, want %s", e.name, e.id, w)
		}
	}
}

func patchBeds(t *testing.T, h http.Handler, key string, beds int) {
	t.Helper()
	if w := send(h, http.MethodPatch, siteItems+key, fmt.Sprintf(`{"properties":{"beds":%d}}`, beds)); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestEvents(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	r := run(t, s)
	l := listenTo(t, r, "")
	h := l.response.Header
	if l.response.StatusCode != http.StatusOK || h.Get("Content-Type") != "text/event-stream" || h.Get("Content-Encoding") != "" || h.Get("X-Accel-Buffering") != "no" || h.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", l.response.StatusCode, h)
	}
	hello := l.next(t)
	if hello.name != "hello" || hello.id != "store-1-2" || hello.data["version"] != 2.0 || hello.data["store"] != "store-1" {
		t.Errorf("%+v", hello)
	}
	patchBeds(t, s, "/1", 1)
	patchBeds(t, s, "/2", 2)
	first := l.next(t)
	if first.name != "commit" || first.id != "store-1-3" || first.data["author"] != "local" || at(t, first.data, "touched", 0, "replaced") != 1.0 {
		t.Errorf("%+v", first)
	}
	l.want(t, "commit store-1-4")
}

// TestEventsSeen tells a listener of nothing that he may not see.
func TestEventsSeen(t *testing.T) {
	f := newFakeStore(t, sites(t))
	high := serveFake(t, api.Config{Reader: geo.Reader{Ceiling: geo.Confidential}}, f)
	low := serveFake(t, api.Config{}, f)
	l := listenTo(t, run(t, low), "")
	l.want(t, "hello store-1-2")
	patchBeds(t, high, "/3", 1)
	time.Sleep(400 * time.Millisecond) // the hidden Commit would be told by now
	patchBeds(t, high, "/1", 1)
	l.want(t, "commit store-1-4")
	later := listenTo(t, run(t, serveFake(t, api.Config{}, f)), "")
	later.want(t, "hello store-1-4")
	patchBeds(t, high, "/3", 2)
	last := listenTo(t, run(t, serveFake(t, api.Config{}, f)), "")
	last.want(t, "hello store-1-4")
}

func TestEventsResume(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	for i := range 5 {
		patchBeds(t, s, "/1", i)
	}
	r := run(t, s)
	for _, c := range []struct {
		desc, query, header string
		want                []string
	}{
		{"nothing known", "", "", []string{"hello store-1-7"}},
		{"two are missing", "", "store-1-5", []string{"commit store-1-6", "commit store-1-7", "hello store-1-7"}},
		{"two are missing, told by the address", "?last=store-1-5", "", []string{"commit store-1-6", "commit store-1-7", "hello store-1-7"}},
		{"the header is newer than the address", "?last=store-1-2", "store-1-6", []string{"commit store-1-7", "hello store-1-7"}},
		{"nothing is missing", "", "store-1-7", []string{"hello store-1-7"}},
		{"of another store", "", "store-2-5", []string{"reload store-1-7", "hello store-1-7"}},
		{"of a state that is no more", "", "store-1-99", []string{"reload store-1-7", "hello store-1-7"}},
		{"of no make of ours", "", "abc", []string{"reload store-1-7", "hello store-1-7"}},
	} {
		var headers []string
		if c.header != "" {
			headers = []string{"Last-Event-ID", c.header}
		}
		l := listenTo(t, r, c.query, headers...)
		t.Log(c.desc)
		l.want(t, c.want...)
		l.response.Body.Close()
	}
}

// TestEventsReload was away for more than is told one by one.
func TestEventsReload(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	for i := range 101 {
		patchBeds(t, s, "/1", i)
	}
	r := run(t, s)
	listenTo(t, r, "", "Last-Event-ID", "store-1-2").want(t, "reload store-1-103", "hello store-1-103")
	l := listenTo(t, r, "", "Last-Event-ID", "store-1-3")
	for v := 4; v <= 103; v++ {
		l.want(t, fmt.Sprintf("commit store-1-%d", v))
	}
}

// TestEventsEnd stops the server: streams end at once, and as whole answers.
func TestEventsEnd(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	r := run(t, s)
	l := listenTo(t, r, "")
	l.want(t, "hello store-1-2")
	start := time.Now()
	r.stop()
	r.wait(t)
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("the server took %v to stop", took)
	}
	if e, open := <-l.events; open {
		t.Errorf("an event after the end: %+v", e)
	}
}

func TestEventsLeave(t *testing.T) {
	var log logged
	s, _ := serveStore(t, api.Config{Log: log.logger()}, sites(t))
	ctx, leave := context.WithCancel(t.Context())
	done := make(chan struct{})
	w := httptest.NewRecorder()
	go func() {
		defer close(done)
		s.ServeHTTP(w, request(http.MethodGet, "/api/events").WithContext(ctx))
	}()
	time.Sleep(50 * time.Millisecond)
	leave()
	select {
	case <-done:
	case <-time.After(2 * time.Minute):
		t.Fatal("the stream of a listener that left goes on")
	}
	if line := log.last(t); line["status"] != 200.0 || line["error"] != nil {
		t.Errorf("log: %v", line)
	}
}

func TestBadListeners(t *testing.T) {
	s, src := serveStore(t, api.Config{}, sites(t))
	if w := get(s, "/api/events", "Accept", "application/json"); w.Code != http.StatusNotAcceptable {
		t.Errorf("as JSON: %d", w.Code)
	}
	if w := get(s, "/api/events?since=3"); w.Code != http.StatusBadRequest {
		t.Errorf("an unknown parameter: %d", w.Code)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, request(http.MethodHead, "/api/events"))
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/event-stream" || w.Body.Len() > 0 {
		t.Errorf("HEAD: %d %v %s", w.Code, w.Header(), w.Body)
	}
	if src.Snapshot().Version != 2 {
		t.Error("listening commits something")
	}
}

// TestJobEvents tells the asker how far his runs are, and nobody else, whoever
// he is.
func TestJobEvents(t *testing.T) {
	release := make(chan struct{})
	d := newDesk()
	mine := bearer(d.grant("mine", geo.Viewer, geo.Reader{}))
	other := bearer(d.grant("other", geo.Administrator, cleared))
	c := d.config()
	c.Processes = mustRegistry(t, slowProcess(release))
	s, _ := serveStore(t, c, sites(t))
	r := run(t, s)
	asker, stranger := listenTo(t, r, "", mine...), listenTo(t, r, "", other...)
	asker.want(t, "hello store-1-2")
	stranger.want(t, "hello store-1-2")
	first := askAsync(t, s, `{}`, mine...)
	asker.until(t, first, "running")
	second := askAsync(t, s, `{}`, mine...)
	deleteOf(s, second, mine...)
	asker.until(t, second, "dismissed")
	close(release)
	end := asker.until(t, first, "successful")
	if end.id != "store-1-2" || end.data["progress"] != 100.0 || end.data["processID"] != "echo" || len(end.data["links"].([]any)) != 3 {
		t.Errorf("%+v", end)
	}
	askAsync(t, s, `{"inputs":{"word":"two"}}`, mine...)
	if w := send(s, http.MethodPatch, siteItems+"/1", `{"properties":{"beds":7}}`, append(other, "Content-Type", patchJSON)...); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	stranger.want(t, "commit store-1-3")
	later := listenTo(t, r, "?last=store-1-3", mine...)
	later.want(t, "hello store-1-3")
}

// until reads events of one job until it has the status, which it never had
// before.
func (l *listener) until(t *testing.T, job, status string) event {
	t.Helper()
	for {
		e := l.next(t)
		if e.name != "job" {
			t.Fatalf("the event is %s %v", e.name, e.data)
		}
		if strings.HasSuffix(job, "/"+e.data["jobID"].(string)) && e.data["status"] == status {
			return e
		}
	}
}
