package main

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
)

// TestBasesOfMali holds what the README says of closing bases in the sample
// world.
func TestBasesOfMali(t *testing.T) {
	w := sampleWorld(t)
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	p, err := registry.Find("siting")
	if err != nil {
		t.Fatal(err)
	}
	const mali = `"bases_filter":"mission = 'MINUSMA'","collection":"incidents","filter":"mission = 'MINUSMA'","weight":"none"`
	for _, c := range []struct {
		desc, ask, closed string // or, of what is placed, where
		mean              float64
		surgery           float64 // incidents with surgery in time; 0 where not asked
	}{
		{"three to close", `"number":11`, "Bamako Ber Tessalit", 46.9, 0},
		{"three to close, with surgery in time", `"number":11,"medical_min":120,"least_surgery":0.6`, "Bamako Ber Tessalit", 46.9, 694},
		{"those that house fewest", `"number":11,"close":[11,12,14],"keep":[1]`, "Ber Gossi Goundam", 54.7, 0},
		{"those that house fewest, with surgery in time", `"number":11,"close":[11,12,14],"keep":[1],"medical_min":120,"least_surgery":0.6`, "Ber Gossi Goundam", 54.7, 694},
		{"five stay", `"number":5`, "Ansongo Bamako Ber Gossi Goundam Kidal Menaka Mopti-Sevare Tessalit", 92.0, 0},
		{"five stay, with surgery in time", `"number":5,"medical_min":120,"least_surgery":0.6`, "Aguelhok Ansongo Bamako Ber Diabaly Gossi Goundam Menaka Tessalit", 98.0, 694},
		{"a sixth surgical module", `"number":1,"placing":"surgical_module","objective":"maximal-cover","by":"air","within_min":60`, "Douentza", 46.7, 0},
	} {
		in, err := process.Read(&p.In, []byte("{"+mali+","+c.ask+"}"))
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Execute(context.Background(), w, in, nil)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		var closed []string
		for _, v := range r.Output["ranked"].List() {
			if d := v.Record()["decision"].Text(); d == "close" || d == "place" {
				closed = append(closed, v.Record()["name"].Text())
			}
		}
		if plan, err := scenario.ParseChanges(r.Output["changes"].List()); err != nil || len(plan.Changes) != len(closed) {
			t.Errorf("%s: as a scenario %v, %v", c.desc, r.Output["changes"], err)
		}
		slices.Sort(closed)
		mean := r.Output["answer"].Record()["mean"].Float()
		if got := r.Output["answer"].Record()["surgery"]; got.Float() != c.surgery || got.Null() != (c.surgery == 0) {
			t.Errorf("%s: %v incidents have surgery in time, want %v", c.desc, got, c.surgery)
		}
		if got := strings.Join(closed, " "); got != c.closed || math.Abs(mean-c.mean) > 0.05 || !r.Output["proof"].Record()["proved"].Bool() {
			t.Errorf("%s: %s close, the mean is %v; want %s and %v", c.desc, got, mean, c.closed, c.mean)
		}
	}
}

// TestUnreachedIsCounted leaves out of all figures, and says, whom no road leads
// to.
func TestUnreachedIsCounted(t *testing.T) {
	w := sampleWorld(t)
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	p, err := registry.Find("siting")
	if err != nil {
		t.Fatal(err)
	}
	in, err := process.Read(&p.In, []byte(`{"bases_filter":"mission = 'MINUSMA'","bbox":[-12,10,5,25],"number":8,"by":"road"}`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Execute(context.Background(), w, in, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Dropped["no way from any site"] < 10 || r.Used < 10 || !slices.ContainsFunc(geo.Texts(r.Warnings), func(s string) bool { return strings.Contains(s, "have no way from any site") }) {
		t.Errorf("%d used, %v left out; %v", r.Used, r.Dropped, r.Warnings)
	}
	if unreached := r.Output["answer"].Record()["unreached"].Float(); unreached != 0 {
		t.Errorf("%v of the others have no way from the chosen sites, and could have", unreached)
	}
}
