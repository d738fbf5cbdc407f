package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/process"
)

// untilToldProcess ends, fails or waits, as it is told.
func untilToldProcess() process.Process {
	p := process.Process{ID: "told", Title: "Told", Description: "Does as it is told."}
	p.In = geo.Schema{Name: "told", Fields: []geo.Field{{Name: "do", Title: "Do", Kind: geo.KindString}}}
	p.Out = geo.Schema{Name: "told", Fields: []geo.Field{{Name: "done", Title: "Done", Kind: geo.KindString}}}
	p.Run = func(ctx context.Context, _ process.World, in geo.Values, _ process.Progress) (process.Result, error) {
		switch do := in["do"].Text(); do {
		case "fail":
			return process.Result{}, geo.Errorf(geo.Invalid, "do", "it was told to fail")
		case "wait":
			<-ctx.Done()
			return process.Result{}, ctx.Err()
		default:
			return process.Result{Output: geo.Values{"done": geo.String(do)}, Method: "told"}, nil
		}
	}
	return p
}

// jobServer serves a store with jobs.
func jobServer(t *testing.T, path string) (*world, *api.Server) {
	t.Helper()
	w, err := openStore(context.Background(), console{io.Discard, io.Discard}, path)
	if err != nil {
		t.Fatal(err)
	}
	registry, err := process.NewRegistry(untilToldProcess())
	if err != nil {
		t.Fatal(err)
	}
	s, err := api.New(api.Config{Source: w.store, Sink: w.store, Past: w.store, Jobs: w.file, Processes: registry, Reader: geo.Reader{Ceiling: geo.Confidential}})
	if err != nil {
		t.Fatal(err)
	}
	return w, s
}

// askFor sends one request and returns what came.
func askFor(t *testing.T, s http.Handler, method, target, body string) (code int, d map[string]any) {
	t.Helper()
	r := httptest.NewRequest(method, "http://127.0.0.1"+target, strings.NewReader(body))
	r.Header.Set("Prefer", "respond-async")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		t.Fatalf("%s %s: %d %s", method, target, w.Code, w.Body)
	}
	return w.Code, d
}

// runUntil starts a run and returns its address when it has the status.
func runUntil(t *testing.T, s http.Handler, do, status string) string {
	t.Helper()
	_, d := askFor(t, s, "POST", "/api/processes/told/execution", `{"inputs":{"do":"`+do+`"}}`)
	job := fmt.Sprint("/api/jobs/", d["jobID"])
	for range 5000 {
		if _, d = askFor(t, s, "GET", job, ""); d["status"] == status {
			return job
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%s is never %s: %v", do, status, d)
	return ""
}

// TestJobsOutliveTheServer: what was over is as it was, what ran has failed,
// what was dismissed is gone, and none of it is a change of the data.
func TestJobsOutliveTheServer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mission.gpkg")
	w, s := jobServer(t, path)
	before := w.store.Snapshot().Version
	done, failed := runUntil(t, s, "this", "successful"), runUntil(t, s, "fail", "failed")
	dismissed, running := runUntil(t, s, "that", "successful"), runUntil(t, s, "wait", "running")
	askFor(t, s, "DELETE", dismissed, "")
	_, result := askFor(t, s, "GET", done+"/results", "")
	_, status := askFor(t, s, "GET", done, "")
	_, changes := askFor(t, s, "GET", "/api/changes", "")
	// The file is taken from the server as a power cut takes it.
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	w, s = jobServer(t, path)
	defer w.close()
	if _, again := askFor(t, s, "GET", done+"/results", ""); fmt.Sprint(again) != fmt.Sprint(result) || !strings.Contains(fmt.Sprint(again), "done:this") {
		t.Errorf("the result is %v, and was %v", again, result)
	}
	if _, again := askFor(t, s, "GET", done, ""); fmt.Sprint(again) != fmt.Sprint(status) {
		t.Errorf("the status is %v, and was %v", again, status)
	}
	if code, d := askFor(t, s, "GET", failed+"/results", ""); code != http.StatusBadRequest || d["parameter"] != "do" {
		t.Errorf("failed: %d %v", code, d)
	}
	if code, _ := askFor(t, s, "GET", dismissed+"/results", ""); code != http.StatusGone {
		t.Errorf("dismissed: %d", code)
	}
	if _, d := askFor(t, s, "GET", running, ""); d["status"] != "failed" || d["message"] != "the server stopped" {
		t.Errorf("running: %v", d)
	}
	if code, d := askFor(t, s, "GET", running+"/results", ""); code != http.StatusServiceUnavailable || d["parameter"] != "job" {
		t.Errorf("running: %d %v", code, d)
	}
	if _, d := askFor(t, s, "GET", "/api/jobs", ""); len(d["jobs"].([]any)) != 4 {
		t.Errorf("all: %v", d)
	}
	if v := w.store.Snapshot().Version; v != before {
		t.Errorf("the version is %d, and was %d", v, before)
	}
	if _, again := askFor(t, s, "GET", "/api/changes", ""); fmt.Sprint(again["changes"]) != fmt.Sprint(changes["changes"]) {
		t.Errorf("changes: %v", again)
	}
}
