package main

import (
	"cmp"
	"context"
	"io"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

// analysesInputs are the inputs that an analysis cannot do without.
var analysesInputs = map[string]string{
	"stand-off": `{"bases":[1]}`, "corridor": `{"routes":[3]}`, "route": bamakoToKidal, "pareto": bamakoToKidal,
	"isochrone": `{"bases":[1]}`, "matrix": `{"from_bases":[1,2]}`,
	"casevac-chain": `{"mission":"MINUSMA","bases":[8]}`, "casevac-surface": `{"mission":"MINUSMA"}`,
	"siting": `{"number":5,"filter":"population > 100000","medical_min":120,"least_surgery":0}`, "siting-pareto": `{"bases_filter":"mission = 'MINUSMA'","filter":"population > 100000"}`,
	"scenario-compare": `{"scenarios":["drawdown-2023"]}`,
	"scenario-report":  `{"scenarios":["drawdown-2023"],"mission":"MINUSMA"}`,
}

const bamakoToKidal = `{"origin":{"type":"Point","coordinates":[-8.0,12.64]},"destination":{"type":"Point","coordinates":[1.41,18.44]}}`

// TestEveryAnalysisAddsUp runs each on the sample world, of all records and of
// none: what it used and what it left out, by reason, are what was selected,
// the method is named, and each output is described.
func TestEveryAnalysisAddsUp(t *testing.T) {
	sentences := sentencesOf(t, "../../geo")
	w := sampleWorld(t)
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range registry.List() {
		t.Run(p.ID, func(t *testing.T) {
			body := analysesInputs[p.ID]
			if body == "" {
				body = `{}`
			}
			in, err := process.Read(&p.In, []byte(body))
			if err != nil {
				t.Fatal(err)
			}
			r, err := p.Execute(context.Background(), w, in, nil)
			if err != nil {
				t.Fatal(err)
			}
			wantWhole(t, &p, &r)
			wantKnown(t, sentences, r.Warnings)
		})
	}
}

// wantKnown expects warnings in English alone, or by a sentence that is known
// to all languages.
func wantKnown(t *testing.T, sentences map[string]geo.Sentence, warnings []process.Warning) {
	t.Helper()
	for _, w := range warnings {
		if s := sentences[w.Code]; w.Text == "" || w.Code != "" && (s == "" || len(w.Values) != len(s.Names())) {
			t.Errorf("no sentence is %q with %v: %q", w.Code, w.Values, w.Text)
		}
	}
}

func sampleWorld(t *testing.T) process.World {
	t.Helper()
	w, err := openWorld(context.Background(), console{out: io.Discard, err: io.Discard}, nil, sourceFlags{})
	if err != nil {
		t.Fatal(err)
	}
	w.store.KeepRoads()
	return process.World{Snapshot: w.store.Snapshot(), Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}}
}

func wantWhole(t *testing.T, p *process.Process, r *process.Result) {
	t.Helper()
	left := r.Used
	for reason, n := range r.Dropped {
		if left += n; n < 0 || reason == "" {
			t.Errorf("%d left out because of %q", n, reason)
		}
	}
	if left != r.Selected || r.Selected == 0 || r.Used == 0 {
		t.Errorf("%d used and %v left out of %d", r.Used, r.Dropped, r.Selected)
	}
	if r.Method == "" {
		t.Error("no method is named")
	}
	for name := range r.Output {
		if p.Out.Field(name) < 0 {
			t.Errorf("the output %s is not described", name)
		}
	}
}

// TestNoRecords asks each analysis of records about none: a sentence says so,
// as an error or as a warning.
func TestNoRecords(t *testing.T) {
	w := sampleWorld(t)
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, p := range registry.List() {
		if p.In.Field(process.FilterInput) < 0 {
			continue
		}
		asked++
		in := geo.Values{process.FilterInput: geo.String("killed > 100000")}
		switch r, err := p.Execute(context.Background(), w, in, nil); {
		case geo.CodeOf(err) == geo.Internal:
			t.Errorf("%s: %v", p.ID, err)
		case err == nil && (r.Selected != 0 || len(r.Warnings) == 0):
			t.Errorf("%s: %d selected, and no warning", p.ID, r.Selected)
		}
	}
	if asked < 8 {
		t.Errorf("%d analyses were asked", asked)
	}
}

// otherWays are the analyses that answer without roads, since one may fly or
// ask by distance, with what they are asked; all but siting, which goes by
// distance unless told, warn that nobody drives.
var otherWays = map[string]string{
	"casevac-chain": `{"mission":"MINUSMA","bases":[8]}`, "casevac-surface": `{"bbox":[-5,14,1,18],"routes":"none"}`,
	"scenario-evaluate": `{}`, "scenario-compare": `{"scenarios":["drawdown-2023"]}`,
	"scenario-report": `{"scenarios":["drawdown-2023"],"mission":"MINUSMA"}`,
	"siting":          analysesInputs["siting"], "siting-pareto": analysesInputs["siting-pareto"],
}

// TestNoRoads asks each analysis of roads of the sample world without its roads:
// a sentence says so, and is about roads.
func TestNoRoads(t *testing.T) {
	w := sampleWorld(t)
	var layers []*layer.Layer
	for _, l := range w.Layers() {
		if !network.Takes(l.Schema()) {
			layers = append(layers, l)
		}
	}
	w.Snapshot = layer.NewSnapshot("none", layers, w.AllDocs(), w.Moments())
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, p := range registry.List() {
		if !p.Roads {
			continue
		}
		asked++
		other, goesOn := otherWays[p.ID]
		in, err := process.Read(&p.In, []byte(cmp.Or(other, analysesInputs[p.ID], `{}`)))
		if err != nil {
			t.Fatal(err)
		}
		if goesOn {
			r, err := p.Execute(context.Background(), w, in, nil)
			if said := strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), "There are no roads here"); err != nil || !said && !strings.HasPrefix(p.ID, "siting") {
				t.Errorf("%s: %v, %q", p.ID, err, r.Warnings)
			}
			continue
		}
		if _, err = p.Execute(context.Background(), w, in, nil); geo.CodeOf(err) != geo.Conflict || !strings.Contains(err.Error(), "there are no roads here") {
			t.Errorf("%s: %v", p.ID, err)
		}
	}
	if asked < 8 {
		t.Errorf("%d analyses were asked", asked)
	}
}
