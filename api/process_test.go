package api_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/process"
)

// echoProcess gives back what it got, and has an input of every kind.
func echoProcess() process.Process {
	least, greatest := 0.0, 10.0
	return process.Process{
		ID: "echo", Title: "Echo", Description: "Gives back what it got.",
		In: geo.Schema{Name: "echo", Fields: []geo.Field{
			{Name: "count", Title: "Count", Kind: geo.KindInt, Least: &least, Greatest: &greatest, Default: geo.Int(3)},
			{Name: "share", Title: "Share", Kind: geo.KindFloat},
			{Name: "word", Title: "Word", Kind: geo.KindString, Enum: []string{"one", "two"}},
			{Name: "place", Title: "Place", Kind: geo.KindGeometry},
			{Name: "keys", Title: "Keys", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt}},
			{Name: "during", Title: "Time", Kind: geo.KindInterval},
		}},
		Out: geo.Schema{Name: "echo", Fields: []geo.Field{
			{Name: "count", Title: "Count", Kind: geo.KindInt}, {Name: "place", Title: "Place", Kind: geo.KindGeometry},
			{Name: "all", Title: "All", Kind: geo.KindRecord},
		}},
		Run: func(_ context.Context, _ process.World, in geo.Values, _ process.Progress) (process.Result, error) {
			return process.Result{
				Output:   geo.Values{"count": in["count"], "place": in["place"], "all": geo.Record(in)},
				Method:   "Echo (nobody, never)",
				Selected: 3, Used: 2, Dropped: map[string]int{"without a place": 1},
				Warnings: process.Plain("This is a test."),
			}, nil
		},
	}
}

func brokenRun(context.Context, process.World, geo.Values, process.Progress) (process.Result, error) {
	panic("secret state")
}

const runEcho = "/api/processes/echo/execution"

func TestProcesses(t *testing.T) {
	second := echoProcess()
	second.ID = "second"
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, echoProcess(), second)}, mixed(t))
	d := ok(t, s, "/api/processes?limit=1")
	if first := d["processes"].([]any); len(first) != 1 || first[0].(document)["id"] != "echo" {
		t.Errorf("processes: %v", first)
	}
	next := ""
	for _, l := range d["links"].([]any) {
		if l.(document)["rel"] == "next" {
			next = l.(document)["href"].(string)
		}
	}
	rest := ok(t, s, path(t, next))
	if second := rest["processes"].([]any); len(second) != 1 || second[0].(document)["id"] != "second" {
		t.Errorf("behind it: %v", second)
	}
}

func TestProcessDescription(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	d := ok(t, s, "/api/processes/echo")
	inputs := d["inputs"].(document)
	count := inputs["count"].(document)
	if len(inputs) != 6 || count["minOccurs"] != 0.0 || count["schema"].(document)["maximum"] != 10.0 {
		t.Errorf("inputs: %v", inputs)
	}
	answer := d["outputs"].(document)["answer"].(document)["schema"].(document)["properties"].(document)
	if answer["result"] == nil || answer["envelope"] == nil {
		t.Errorf("outputs: %v", answer)
	}
	if text := fmt.Sprint(d["jobControlOptions"], d["outputTransmission"]); text != "[sync-execute async-execute dismiss] [value reference]" {
		t.Error(text)
	}
}

func TestExecution(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	w := post(s, runEcho, `{"inputs":{"count":5,"place":{"type":"Point","coordinates":[1,2]}}}`)
	if w.Code != http.StatusOK || w.Result().Header.Get("Content-Type") != "application/json" || w.Result().Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v %s", w.Code, w.Result().Header, w.Body)
	}
	d := decode(t, w)
	if result := d["result"].(document); result["count"] != 5.0 || result["place"].(document)["type"] != "Point" {
		t.Errorf("result: %v", result)
	}
	e := d["envelope"].(document)
	for name, want := range map[string]any{"version": 2.0, "timeStamp": "2024-05-02T09:30:00.5Z", "reader_ceiling": "unclassified",
		"method": "Echo (nobody, never)", "rows_selected": 3.0, "rows_used": 2.0, "seed": nil} {
		if e[name] != want {
			t.Errorf("%s: %v, want %v", name, e[name], want)
		}
	}
	if fmt.Sprint(e["rows_dropped"], e["warnings"], e["parameters"].(document)["count"]) != "map[without a place:1] [This is a test.] 5" {
		t.Errorf("envelope: %v", e)
	}
	named := decode(t, post(s, runEcho, `{"inputs":{"count":5},"response":"document"}`))
	if named["answer"].(document)["value"].(document)["result"].(document)["count"] != 5.0 {
		t.Errorf("as a document: %v", named)
	}
}

func TestBadExecution(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	for _, c := range []struct {
		desc, target, body string
		status             int
		parameter          string
		headers            []string
	}{
		{desc: "unknown process", target: "/api/processes/none/execution", body: `{}`, status: 404, parameter: "process"},
		{desc: "unknown input", target: runEcho, body: `{"inputs":{"colour":1}}`, status: 400, parameter: "colour"},
		{desc: "wrong kind", target: runEcho, body: `{"inputs":{"count":"x"}}`, status: 400, parameter: "count"},
		{desc: "out of range", target: runEcho, body: `{"inputs":{"count":11}}`, status: 400, parameter: "count"},
		{desc: "no such code", target: runEcho, body: `{"inputs":{"word":"three"}}`, status: 400, parameter: "word"},
		{desc: "cut", target: runEcho, body: `{"inputs":`, status: 400, parameter: "body"},
		{desc: "a form", target: runEcho, body: `{}`, status: 415, parameter: "Content-Type", headers: []string{"Content-Type", "text/plain"}},
		{desc: "an HTML form", target: runEcho, body: `a=b`, status: 415, parameter: "Content-Type", headers: []string{"Content-Type", "application/x-www-form-urlencoded"}},
		{desc: "too long", target: runEcho, body: `{"inputs":{"word":"` + strings.Repeat("x", 1<<20) + `"}}`, status: 413, parameter: "body"},
		{desc: "a query", target: runEcho + "?count=3", body: `{}`, status: 400, parameter: "count"},
	} {
		w := post(s, c.target, c.body, c.headers...)
		if d := decode(t, w); w.Code != c.status || d["parameter"] != c.parameter {
			t.Errorf("%s: %d %v", c.desc, w.Code, d)
		}
	}
	if w := post(s, runEcho, `{}`, "Content-Type", "application/json; charset=utf-8"); w.Code != http.StatusOK {
		t.Errorf("with a charset: %d", w.Code)
	}
}

// TestLeavingAsker ends an analysis with the connection of its asker.
func TestLeavingAsker(t *testing.T) {
	p := echoProcess()
	p.Run = func(ctx context.Context, _ process.World, _ geo.Values, _ process.Progress) (process.Result, error) {
		<-ctx.Done()
		return process.Result{}, ctx.Err()
	}
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, p)}, mixed(t))
	r := run(t, s)
	ctx, leave := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer leave()
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+r.address+runEcho, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	if res, err := http.DefaultClient.Do(q); err == nil {
		t.Errorf("an answer: %v", res.Status)
	}
	r.stop()
	r.wait(t) // would wait for the analysis, were it to go on
}
