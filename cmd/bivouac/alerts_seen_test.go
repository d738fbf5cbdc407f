package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/alert"
)

// listen opens the stream of a server that anybody may ask.
func (w *watching) listen(last string) *listening {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	l := &listening{header: http.Header{}, close: cancel, done: make(chan struct{})}
	r := httptest.NewRequestWithContext(ctx, "GET", "http://127.0.0.1/api/events", nil)
	r.Header.Set("Last-Event-ID", last)
	go func() {
		defer close(l.done)
		w.server.ServeHTTP(l, r)
	}()
	l.want(w.t, "event: hello")
	return l
}

// TestAcknowledgedIsTold: other pages hear that an alert is seen to, of what is
// classified by its address alone, and nothing of what they may not see.
func TestAcknowledgedIsTold(t *testing.T) {
	w := watchStore(t)
	w.put("open", `{"title":"Open","body":{"collection":"incidents","filter":"killed = 1"}}`)
	w.put("closed", `{"title":"Closed","classification":"confidential","body":{"collection":"incidents","filter":"killed = 2"}}`)
	w.add(1, "")
	w.add(2, "")
	all := w.ids("", 2)
	hidden := alert.Alert{ID: "hidden.9", Title: "Hidden", Severity: alert.High, Status: "actual", Version: 9, Class: geo.StrictlyConfidential}
	if err := w.world.file.KeepAlerts(w.world.store.Snapshot().Version, []alert.Alert{hidden}, nil); err != nil {
		t.Fatal(err)
	}
	l := w.listen("")
	for _, id := range all {
		if code, d := askFor(t, w.server, "POST", "/api/alerts/"+id+"/acknowledge", `{"note":"seen"}`); code != http.StatusOK {
			t.Fatalf("%d %v", code, d)
		}
	}
	if code, _ := askFor(t, w.server, "POST", "/api/alerts/hidden.9/acknowledge", ""); code != http.StatusNotFound {
		t.Errorf("what is hidden is acknowledged: %d", code)
	}
	l.want(t, fmt.Sprintf(`data: {"id":%q,"href":"http://127.0.0.1/api/alerts/%s"}`, all[0], all[0]))
	l.want(t, `"note":"seen"`)
	told := l.end()
	if strings.Count(told, "event: acknowledged") != 2 || strings.Contains(told, "hidden") || strings.Contains(told, "Closed") {
		t.Errorf("the stream told %s", told)
	}
	_, d := askFor(t, w.server, "GET", "/api/alerts?state=acknowledged&limit=1", "")
	if d["numberMatched"] != 2.0 || d["numberReturned"] != 1.0 {
		t.Errorf("%v of %v", d["numberReturned"], d["numberMatched"])
	}
	if _, d = askFor(t, w.server, "GET", "/api/alerts?state=new", ""); d["numberMatched"] != 0.0 {
		t.Errorf("%v are open, though the one that is left is hidden", d["numberMatched"])
	}
}

// TestAlertsArePruned as the operator says, and the log tells it.
func TestAlertsArePruned(t *testing.T) {
	w := watchStore(t)
	w.put("high", `{"title":"High","body":{"collection":"incidents","severity":"high"}}`)
	for range 3 {
		w.add(1, "")
	}
	all := w.ids("", 3)
	var log bytes.Buffer
	var err error
	w.end()
	w.server, err = api.New(api.Config{
		Source: w.world.store, Sink: w.world.store, Past: w.world.store, Follow: w.world.store, Alerts: w.world.file, Reader: geo.Reader{Ceiling: geo.Confidential},
		KeepAlerts: alert.Bound{Most: 1}, Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.end = w.server.WatchChanges()
	for range 400 {
		if _, d := askFor(t, w.server, "GET", "/api/alerts", ""); d["numberMatched"] == 1.0 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	w.end()
	w.end = func() {}
	if got := w.ids("", 1); len(got) != 1 || got[0] != all[0] {
		t.Errorf("%v are kept, want the newest of %v", got, all)
	}
	if text := log.String(); !strings.Contains(text, "alerts=2") || !strings.Contains(text, all[1]) || !strings.Contains(text, all[2]) || strings.Contains(text, all[0]) {
		t.Errorf("the log says %s", text)
	}
}

// TestWebhookNames: who may write a rule reads the names of those it may tell,
// and nobody an address.
func TestWebhookNames(t *testing.T) {
	w := watchStore(t, "ops", "https://desk.example/hook?key=SECRET", "camp", "http://127.0.0.1:8100/x")
	_, d := askFor(t, w.server, "GET", "/api/alert-rules", "")
	if got := fmt.Sprint(d["webhooks"]); got != "[camp ops]" {
		t.Errorf("%s", got)
	}
}
