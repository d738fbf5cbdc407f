package api_test

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/process"
)

// slowProcess waits between its steps until it is let go.
func slowProcess(go1 <-chan struct{}) process.Process {
	p := echoProcess()
	p.Out.Fields = append(p.Out.Fields, geo.Field{Name: "areas", Title: "Areas", Kind: geo.KindRecord}, geo.Field{Name: "track", Kind: geo.KindString, Media: "application/gpx+xml"})
	inner := p.Run
	p.Run = func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
		progress(1, 4, geo.Said{Text: "waiting"})
		select {
		case <-go1:
		case <-ctx.Done():
			return process.Result{}, ctx.Err()
		}
		if in["word"].Text() == "two" {
			return process.Result{}, geo.Errorf(geo.Invalid, "word", "two cannot be echoed")
		}
		r, err := inner(ctx, w, in, progress)
		r.Output["track"] = geo.String(track)
		r.Output["areas"] = geo.Record(geo.Values{"type": geo.String("FeatureCollection"), "features": geo.List()})
		return r, err
	}
	return p
}

// track is a document that JSON writes in another way.
const track = `<gpx creator="a & b"/>`

// askAsync starts a job and returns where it is.
func askAsync(t *testing.T, s http.Handler, body string, headers ...string) string {
	t.Helper()
	w := post(s, runEcho, body, append(headers, "Prefer", "wait=5, respond-async")...)
	d := decode(t, w)
	location := w.Header().Get("Location")
	if w.Code != http.StatusCreated || w.Header().Get("Preference-Applied") != "respond-async" || !strings.HasSuffix(location, "/api/jobs/"+fmt.Sprint(d["jobID"])) {
		t.Fatalf("%d %v %v", w.Code, w.Header(), d)
	}
	return path(t, location)
}

// await asks until the job has the status.
func await(t *testing.T, s http.Handler, job, status string, headers ...string) document {
	t.Helper()
	for range 2000 {
		if d := ok(t, s, job, headers...); d["status"] == status {
			return d
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%s is never %s: %v", job, status, ok(t, s, job, headers...))
	return nil
}

func deleteOf(s http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, request(http.MethodDelete, target, headers...))
	return w
}

func TestJob(t *testing.T) {
	release := make(chan struct{})
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, slowProcess(release))}, mixed(t))
	job := askAsync(t, s, `{"inputs":{"count":5}}`)
	if d := await(t, s, job, "running"); d["type"] != "process" || d["processID"] != "echo" || d["created"] == nil || d["finished"] != nil {
		t.Errorf("running: %v", d)
	}
	if w := get(s, job+"/results"); w.Code != http.StatusNotFound || !strings.HasSuffix(fmt.Sprint(decode(t, w)["type"]), "/result-not-ready") {
		t.Errorf("not ready: %d %s", w.Code, w.Body)
	}
	close(release)
	d := await(t, s, job, "successful")
	if d["progress"] != 100.0 || d["finished"] == nil || len(d["links"].([]any)) != 3 {
		t.Errorf("successful: %v", d)
	}
	if page := get(s, job, "Accept", browser); !strings.Contains(page.Body.String(), "A run of echo") || !strings.Contains(page.Body.String(), "successful") {
		t.Errorf("its page: %v %s", page.Header(), page.Body)
	}
	if page := get(s, "/api/jobs?f=html&status=successful"); !strings.Contains(page.Body.String(), job) || !strings.Contains(page.Body.String(), "1 runs") {
		t.Errorf("the page of all: %s", page.Body)
	}
	if r := ok(t, s, job+"/results"); r["result"].(document)["count"] != 5.0 || r["envelope"] == nil {
		t.Errorf("results: %v", r)
	}
	w := get(s, job+"/results/areas")
	if w.Header().Get("Content-Type") != "application/geo+json" || w.Header().Get("Etag") == "" {
		t.Errorf("areas: %v", w.Header())
	}
	if w := get(s, job+"/results/areas", "If-None-Match", w.Header().Get("Etag")); w.Code != http.StatusNotModified {
		t.Errorf("areas again: %d", w.Code)
	}
	if w := get(s, job+"/results/none"); w.Code != http.StatusNotFound || decode(t, w)["parameter"] != "output" {
		t.Errorf("no such output: %d %s", w.Code, w.Body)
	}
}

func TestFailedJob(t *testing.T) {
	release := make(chan struct{})
	close(release)
	broken := slowProcess(release)
	broken.ID, broken.Run = "broken", brokenRun
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, slowProcess(release), broken)}, mixed(t))
	job := askAsync(t, s, `{"inputs":{"word":"two"}}`)
	await(t, s, job, "failed")
	if w := get(s, job+"/results"); w.Code != http.StatusBadRequest || decode(t, w)["parameter"] != "word" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	w := post(s, "/api/processes/broken/execution", `{}`, "Prefer", "respond-async")
	job = path(t, w.Header().Get("Location"))
	await(t, s, job, "failed")
	if w := get(s, job+"/results"); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("a panic: %d %s", w.Code, w.Body)
	}
	if w := post(s, runEcho, `{"inputs":{"count":11}}`, "Prefer", "respond-async"); w.Code != http.StatusBadRequest || decode(t, w)["parameter"] != "count" {
		t.Errorf("a bad input makes a job: %d %s", w.Code, w.Body)
	}
}

func TestDismiss(t *testing.T) {
	release := make(chan struct{})
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, slowProcess(release))}, mixed(t))
	job := askAsync(t, s, `{}`)
	await(t, s, job, "running")
	if w := deleteOf(s, job); w.Code != http.StatusOK || decode(t, w)["status"] != "dismissed" {
		t.Fatalf("dismiss: %d %s", w.Code, w.Body)
	}
	w := deleteOf(s, job)
	if d := decode(t, w); w.Code != http.StatusGone || d["parameter"] != "job" || !strings.HasSuffix(fmt.Sprint(d["type"]), "/no-such-job") || !strings.Contains(fmt.Sprint(d["detail"]), strings.TrimPrefix(job, "/api/jobs/")) {
		t.Errorf("dismissed twice: %d %v", w.Code, d)
	}
	close(release)
	done := askAsync(t, s, `{}`)
	await(t, s, done, "successful")
	deleteOf(s, done)
	if w := get(s, done+"/results"); w.Code != http.StatusGone {
		t.Errorf("results of what is dismissed: %d", w.Code)
	}
	if w := deleteOf(s, "/api/jobs/none"); w.Code != http.StatusNotFound || decode(t, w)["parameter"] != "job" {
		t.Errorf("no job: %d %s", w.Code, w.Body)
	}
	if d := ok(t, s, "/api/jobs?status=dismissed"); len(d["jobs"].([]any)) != 2 {
		t.Errorf("the dismissed: %v", d)
	}
}

// TestStop: a run that has an answer at any time gives its best so far, to its
// asker alone; another, or one that is over, refuses.
func TestStop(t *testing.T) {
	anytime := slowProcess(nil)
	anytime.Anytime = true
	inner := echoProcess().Run
	anytime.Run = func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
		search, end := process.Searching(ctx)
		defer end()
		<-search.Done()
		if ctx.Err() != nil {
			return process.Result{}, ctx.Err()
		}
		return inner(ctx, w, in, progress)
	}
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, anytime)}, mixed(t))
	job := askAsync(t, s, `{}`)
	d := await(t, s, job, "running")
	if !strings.Contains(fmt.Sprint(d["links"]), job+"/stop") {
		t.Errorf("no link to stop it: %v", d["links"])
	}
	if w := post(s, job+"/stop", ``); w.Code != http.StatusOK || decode(t, w)["message"] != "stops with the best so far" {
		t.Fatalf("stop: %d %s", w.Code, w.Body)
	}
	await(t, s, job, "successful")
	if w := get(s, job+"/results"); w.Code != http.StatusOK {
		t.Errorf("the best so far: %d %s", w.Code, w.Body)
	}
	if w := post(s, job+"/stop", ``); w.Code != http.StatusConflict || decode(t, w)["parameter"] != "job" {
		t.Errorf("of one that is over: %d %s", w.Code, w.Body)
	}
	deleteOf(s, job)
	if w := post(s, job+"/stop", ``); w.Code != http.StatusGone {
		t.Errorf("of one that was dismissed: %d %s", w.Code, w.Body)
	}
	if w := post(s, "/api/jobs/none/stop", ``); w.Code != http.StatusNotFound {
		t.Errorf("no job: %d %s", w.Code, w.Body)
	}
	s, _ = serve(t, api.Config{Processes: mustRegistry(t, slowProcess(nil))}, mixed(t))
	job = askAsync(t, s, `{}`)
	if w := post(s, job+"/stop", ``); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "no answer before its end") {
		t.Errorf("of one that has nothing yet: %d %s", w.Code, w.Body)
	}
	deleteOf(s, job)
}

func TestFullQueue(t *testing.T) {
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, slowProcess(nil))}, mixed(t))
	var jobs []string
	for range 8 {
		jobs = append(jobs, askAsync(t, s, `{}`))
	}
	if w := post(s, runEcho, `{}`, "Prefer", "respond-async"); w.Code != http.StatusTooManyRequests {
		t.Errorf("the ninth: %d %s", w.Code, w.Body)
	}
	for _, job := range jobs {
		deleteOf(s, job)
	}
	deleteOf(s, askAsync(t, s, `{}`))
}

func TestJobList(t *testing.T) {
	release := make(chan struct{})
	close(release)
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, slowProcess(release))}, mixed(t))
	for range 22 {
		await(t, s, askAsync(t, s, `{}`), "successful")
	}
	newest := askAsync(t, s, `{"inputs":{"word":"two"}}`)
	await(t, s, newest, "failed")
	for query, want := range map[string]int{
		"": 20, "?limit=3": 3, "?status=failed": 1, "?status=failed,running": 1, "?processID=echo&limit=5": 5, "?processID=none": 0, "?type=process&offset=18": 2,
		"?datetime=../2001-01-01": 0, "?datetime=2001-01-01/..": 20, "?minDuration=3600": 0, "?maxDuration=3600&limit=4": 4,
	} {
		if got := ok(t, s, "/api/jobs"+query)["jobs"].([]any); len(got) != want {
			t.Errorf("%s: %d, want %d", query, len(got), want)
		}
	}
	first := ok(t, s, "/api/jobs?limit=7&type=process")
	if id := first["jobs"].([]any)[0].(document)["jobID"]; "/api/jobs/"+fmt.Sprint(id) != newest {
		t.Errorf("the first is %v, not the newest %s", id, newest)
	}
	rest := ok(t, s, path(t, linksOf(t, first)["next"]["href"].(string)))
	if len(rest["jobs"].([]any)) != 7 || rest["jobs"].([]any)[0].(document)["jobID"] == first["jobs"].([]any)[6].(document)["jobID"] {
		t.Errorf("behind it: %v", rest)
	}
	for _, query := range []string{"limit=0", "status=over", "type=map", "datetime=soon", "minDuration=-1", "maxDuration=x", "colour=red"} {
		if w := get(s, "/api/jobs?"+query); w.Code != http.StatusBadRequest || decode(t, w)["parameter"] != strings.Split(query, "=")[0] {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
}

func TestOutputs(t *testing.T) {
	release := make(chan struct{})
	close(release)
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, slowProcess(release))}, mixed(t))
	for _, headers := range [][]string{nil, {"Prefer", "handling=strict"}} {
		if w := post(s, runEcho, `{"outputs":{"count":{}}}`, headers...); w.Code != http.StatusOK || w.Body.String() != "3\n" {
			t.Errorf("one value: %d %s", w.Code, w.Body)
		}
	}
	if w := post(s, runEcho, `{"outputs":{"areas":{"transmissionMode":"value"}}}`); w.Header().Get("Content-Type") != "application/geo+json" {
		t.Errorf("GeoJSON: %v", w.Header())
	}
	w := post(s, runEcho, `{"outputs":{"areas":{},"count":{}}}`)
	if media, p, err := mime.ParseMediaType(w.Header().Get("Content-Type")); media != "multipart/related" || err != nil || strings.Count(w.Body.String(), p["boundary"]) != 3 {
		t.Errorf("two values: %v %s", w.Header(), w.Body)
	}
	w = post(s, runEcho, `{"outputs":{"areas":{"transmissionMode":"reference"}}}`)
	link, _, _ := strings.Cut(strings.TrimPrefix(w.Header().Get("Link"), "<"), ">")
	if w.Code != http.StatusNoContent || get(s, path(t, link)).Header().Get("Content-Type") != "application/geo+json" {
		t.Errorf("by reference: %d %v", w.Code, w.Header())
	}
	d := decode(t, post(s, runEcho, `{"outputs":{"areas":{"transmissionMode":"reference"},"count":{}},"response":"document"}`))
	if d["count"].(document)["value"] != 3.0 || get(s, path(t, d["areas"].(document)["href"].(string))).Code != http.StatusOK {
		t.Errorf("a document of both: %v", d)
	}
}

// TestDocumentOutput sends an output that is a document as such, and within
// JSON as a text.
func TestDocumentOutput(t *testing.T) {
	release := make(chan struct{})
	close(release)
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, slowProcess(release))}, mixed(t))
	isTrack := func(desc string, w *httptest.ResponseRecorder) {
		if media := w.Header().Get("Content-Type"); w.Code != http.StatusOK || media != "application/gpx+xml" || w.Body.String() != track {
			t.Errorf("%s: %d %s %s", desc, w.Code, media, w.Body)
		}
	}
	isTrack("raw", post(s, runEcho, `{"outputs":{"track":{}}}`))
	link, rest, _ := strings.Cut(strings.TrimPrefix(post(s, runEcho, `{"outputs":{"track":{"transmissionMode":"reference"}}}`).Header().Get("Link"), "<"), ">")
	if !strings.Contains(rest, `type="application/gpx+xml"`) {
		t.Errorf("by reference: %s", rest)
	}
	isTrack("by reference", get(s, path(t, link)))
	if d := decode(t, post(s, runEcho, `{"outputs":{"track":{}},"response":"document"}`)); d["track"].(document)["value"] != track {
		t.Errorf("a document: %v", d)
	}
	if w := post(s, runEcho, `{"outputs":{"track":{},"count":{}}}`); !strings.Contains(w.Body.String(), "\r\n\r\n"+track) {
		t.Errorf("two values: %s", w.Body)
	}
	schema := ok(t, s, "/api/processes/echo")["outputs"].(document)["answer"].(document)["schema"].(document)
	result := schema["properties"].(document)["result"].(document)["properties"].(document)
	if media := result["track"].(document)["contentMediaType"]; media != "application/gpx+xml" {
		t.Errorf("the description says %v", media)
	}
}

// readingProcess counts records first.
func readingProcess(release <-chan struct{}) process.Process {
	p := slowProcess(release)
	run := p.Run
	p.Run = func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
		l, err := w.Layer("mixed")
		if err != nil {
			return process.Result{}, err
		}
		if _, err := l.Count(ctx, geo.Selection{Reader: w.Reader}); err != nil {
			return process.Result{}, err
		}
		return run(ctx, w, in, progress)
	}
	return p
}

// TestWhoseJob keeps a job from everybody but its asker, and marks its result
// as the run would be.
func TestWhoseJob(t *testing.T) {
	release := make(chan struct{})
	close(release)
	p := readingProcess(release)
	d := newDesk()
	mine := bearer(d.grant("mine", geo.Viewer, geo.Reader{Ceiling: geo.Confidential}))
	other := bearer(d.grant("other", geo.Administrator, cleared))
	c := d.config()
	c.Processes = mustRegistry(t, p)
	s, _ := serve(t, c, mixed(t))
	job := askAsync(t, s, `{}`, mine...)
	await(t, s, job, "successful", mine...)
	w := get(s, job+"/results", mine...)
	sync := post(s, runEcho, `{}`, mine...)
	if got, want := w.Header().Get("Bivouac-Classification"), sync.Header().Get("Bivouac-Classification"); got != "confidential" || got != want {
		t.Errorf("marked %q, want %q", got, want)
	}
	for _, target := range []string{job, job + "/results", job + "/results/count"} {
		if w := get(s, target, other...); w.Code != http.StatusNotFound {
			t.Errorf("another sees %s: %d %s", target, w.Code, w.Body)
		}
	}
	if w := deleteOf(s, job, other...); w.Code != http.StatusNotFound {
		t.Errorf("another dismisses it: %d", w.Code)
	}
	if l := ok(t, s, "/api/jobs", other...)["jobs"].([]any); len(l) != 0 {
		t.Errorf("another lists %v", l)
	}
	if w := get(s, job+"/results"); w.Code != http.StatusUnauthorized {
		t.Errorf("nobody: %d", w.Code)
	}
}
