package main

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/casevac"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
)

// executed runs an analysis on the sample world.
func executed(t *testing.T, w process.World, id, body string) process.Result {
	t.Helper()
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	p, err := registry.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return processtest.Must(t, *p, w, body)
}

// TestOfAMission: the bases are those of the mission, and places are those in
// its area, which a filter of bases alone does not say.
func TestOfAMission(t *testing.T) {
	w := sampleWorld(t)
	by := func(body string) (process.Result, int) {
		r := executed(t, w, "scenario-evaluate", body)
		return r, len(r.Output["places"].Record()["features"].List())
	}
	filtered, everywhere := by(`{"bases":"mission = 'MINUSMA'"}`)
	of, inside := by(`{"mission":"MINUSMA"}`)
	if of.Used != filtered.Used || of.Dropped[casevac.OtherMission] == 0 || inside == 0 || inside >= everywhere/2 {
		t.Errorf("%d of %d bases, %v; %d of %d places", of.Used, filtered.Used, of.Dropped, inside, everywhere)
	}
	area, _, err := w.MissionArea(context.Background(), "MINUSMA")
	if err != nil || len(area) == 0 {
		t.Fatalf("%v, %v", area, err)
	}
	for _, f := range of.Output["places"].Record()["features"].List() {
		if at := f.Record()["geometry"].Geometry().(orb.Point); !area.Bound().Contains(at) {
			t.Errorf("%v is outside of the mission's area", f)
		}
	}
}

// TestDrawdown is the README's worked example: what the drawdown of 2023 would
// have cost, in its order.
func TestDrawdown(t *testing.T) {
	r := executed(t, sampleWorld(t), "scenario-compare", `{"bases":"mission = 'MINUSMA'","scenarios":["drawdown-2023@2023-08-31","drawdown-2023"]}`)
	numbers := map[string][]float64{}
	for _, row := range r.Output["numbers"].List() {
		v := row.Record()
		numbers[v["measure"].Text()] = append(numbers[v["measure"].Text()], v["value"].Float())
	}
	for name, want := range map[string][3]float64{
		"people_in_time":   {1_776_351, 1_767_241, 1_609_853},
		"people_two_bases": {130_916, 90_000, 0},
		"cost_year":        {162_004_000, 143_789_000, 69_173_000},
		"bases":            {14, 11, 5},
		"cost_once":        {0, 6_101_000, 27_798_000},
	} {
		for i := range want {
			if numbers[name][i] != want[i] {
				t.Errorf("%s of option %d is %v, not %v", name, i, numbers[name][i], want[i])
			}
		}
	}
	lost := r.Output["balance"].List()
	if a, b := lost[0].Record()["people_lost"].Float(), lost[1].Record()["people_lost"].Float(); a != 9110 || b != 166_498 {
		t.Errorf("%v and %v people are lost", a, b)
	}
	scores := r.Output["scores"].List()
	for i, want := range []struct {
		option string
		score  float64
	}{{"As it is", 0.68}, {"Drawdown in Mali, in the order of 2023, 2023-08-31", 0.66}} {
		if got := scores[i].Record(); got["option"].Text() != want.option || math.Abs(got["score"].Float()-want.score) > 0.005 {
			t.Errorf("option %d is %v, not %v", i+1, got, want)
		}
	}
	for _, row := range r.Output["sensitivity"].List() {
		if v := row.Record(); v["factor"].Text() == "medical" && math.Abs(v["to"].Float()-1.33) > 0.005 {
			t.Errorf("all bases lead up to a weight of %v for the medical factor", v["to"])
		}
	}
	if said := strings.Join(geo.Texts(r.Warnings), " "); !strings.Contains(said, "may not differ from the base line") {
		t.Errorf("nothing is said of chance: %s", said)
	}
	for _, row := range r.Output["changes"].List() {
		if v := row.Record(); !v["problems"].Null() {
			t.Errorf("change %v of the sample's scenario: %v", v["change"], v["problems"])
		}
	}
}

// TestEveryAnalysisTakesAScenario asks each of the world in which the drawdown
// has happened.
func TestEveryAnalysisTakesAScenario(t *testing.T) {
	server := startServer(t)
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range registry.List() {
		body := analysesInputs[p.ID]
		if body == "" {
			body = `{}`
		}
		resp, err := http.Post(server+"/api/processes/"+p.ID+"/execution?scenario=drawdown-2023@2023-08-31", "application/json", strings.NewReader(`{"inputs":`+body+`}`))
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Envelope struct{ Scenario string }
			Detail   string
		}
		err = json.NewDecoder(resp.Body).Decode(&answer)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK || answer.Envelope.Scenario == "" {
			t.Errorf("%s: %d %s, in the scenario %q, %v", p.ID, resp.StatusCode, answer.Detail, answer.Envelope.Scenario, err)
		}
	}
}

// TestScenarioOfItems asks records and tiles of what would be: they are others
// than what is, and have tags of their own.
func TestScenarioOfItems(t *testing.T) {
	server := startServer(t)
	ask := func(path, tag string) (int, string, string) {
		t.Helper()
		r, err := http.NewRequest(http.MethodGet, server+"/api/"+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, resp.Header.Get("ETag"), string(body)
	}
	const items = "collections/bases/items?mission=MINUSMA&status=open&limit=1"
	for _, path := range []string{items, "collections/bases/items/11?f=json", "collections/bases/tiles/WebMercatorQuad/5/14/15?mission=MINUSMA&status=open"} {
		_, now, is := ask(path, "")
		code, then, would := ask(path+"&scenario=drawdown-2023", "")
		_, earlier, _ := ask(path+"&scenario=drawdown-2023@2023-08-14", "")
		if code != http.StatusOK || now == then || then == earlier || is == would {
			t.Errorf("%s: %d, tags %s, %s and %s", path, code, now, then, earlier)
		}
		if code, _, _ := ask(path+"&scenario=drawdown-2023", then); code != http.StatusNotModified {
			t.Errorf("%s with its own tag: %d", path, code)
		}
		if code, _, _ := ask(path+"&scenario=drawdown-2023", now); code != http.StatusOK {
			t.Errorf("%s with the tag of what is: %d", path, code)
		}
	}
	closing := url.QueryEscape(`{"body":{"changes":[{"act":"close","target":11},{"act":"close","target":12,"on":"2024-01-01"}]}}`)
	for query, want := range map[string]string{"": `"numberMatched":14`, "&scenario=" + closing: `"numberMatched":12`, "&scenario=" + closing + "@2023-12-31": `"numberMatched":13`, "&scenario=drawdown-2023": `"numberMatched":5`, "&scenario=drawdown-2023@2023-08-16": `"numberMatched":12`} {
		if _, _, body := ask(items+query, ""); !strings.Contains(body, want) {
			t.Errorf("%s: %.120s", query, body)
		}
	}
	for _, bad := range []string{"scenario=none", "scenario=", "scenario=drawdown-2023@soon", "scenario=" + url.QueryEscape(`{"body":{"changes":[{"act":"burn"}]}}`), "scenario=%7B", "scenario=" + closing + "@soon"} {
		if code, _, body := ask("collections/bases/items?"+bad, ""); code != http.StatusBadRequest || !strings.Contains(body, `"parameter":"scenario"`) {
			t.Errorf("%s: %d %s", bad, code, body)
		}
	}
}

// TestScenarioIsMarked: an answer in a scenario is as secret as the scenario.
func TestScenarioIsMarked(t *testing.T) {
	w := sampleWorld(t)
	d := geo.Doc{Kind: "scenario", ID: "secret", Title: "Secret", Class: geo.Confidential, Body: []byte(`{"changes":[{"act":"open","to":{"type":"Point","coordinates":[0,15]},"fields":{"name":"New"}}]}`)}
	docs := append([]geo.Doc{d}, w.AllDocs()...)
	for ceiling, seen := range map[geo.Class]bool{geo.Unclassified: false, geo.Confidential: true} {
		of := process.World{Snapshot: w.WithDocs(docs), Reader: geo.Reader{Ceiling: ceiling}}
		registry, err := processes()
		if err != nil {
			t.Fatal(err)
		}
		p, err := registry.Find("scenario-evaluate")
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Execute(context.Background(), of, geo.Values{"scenario": geo.String("secret")}, nil)
		if (err == nil) != seen {
			t.Errorf("up to %v: %v", ceiling, err)
		}
		if marked := len(r.Docs) > 0 && r.Docs[len(r.Docs)-1].Class == geo.Confidential; seen && !marked {
			t.Errorf("the document does not mark the answer: %v", r.Docs)
		}
	}
}

// TestEveryMeasureHasItsMessages holds the names of the numbers of a footprint
// against the messages of the page, in each language.
func TestEveryMeasureHasItsMessages(t *testing.T) {
	const prefix = "field.measure_"
	var names []string
	for _, row := range executed(t, sampleWorld(t), "scenario-evaluate", `{"further":"environment_score"}`).Output["measures"].List() {
		names = append(names, prefix+row.Record()["measure"].Text())
	}
	if slices.Sort(names); len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("two numbers have one name: %v", names)
	}
	files, err := filepath.Glob("../../web/src/i18n/messages/*.json")
	if err != nil || len(files) != 6 {
		t.Fatalf("messages are in %v, %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var messages map[string]string
		if err := json.Unmarshal(text, &messages); err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if messages[name] == "" {
				t.Errorf("%s has no message %s", file, name)
			}
		}
		for id := range messages {
			if strings.HasPrefix(id, prefix) && !slices.Contains(names, id) {
				t.Errorf("%s has a message %s, and there is no such number", file, id)
			}
		}
	}
}
