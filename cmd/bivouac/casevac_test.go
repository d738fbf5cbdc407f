package main

import (
	"context"
	"fmt"
	"math"
	"testing"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
)

// TestCasevacOfTheSample holds the demonstration of the methods on
// data/bases_2018.csv: with 15 minutes of notice, 10 to load, 5 to unload and
// 220 km/h, Tessalit and Menaka are not brought to surgery in two hours, which
// Kidal and Gao would do first; a chain is what the map has, and its legs are
// what the chain has.
func TestCasevacOfTheSample(t *testing.T) {
	w := sampleWorld(t)
	const setting = `"mission":"MINUSMA","notify_min":0,"notice_min":15,"load_min":10,"offload_min":5`
	surface := executed(t, w, "casevac-surface", `{`+setting+`,"cell_m":100000}`).Output
	byName := map[string]geo.Values{}
	for _, v := range surface["bases"].List() {
		byName[v.Record()["name"].Text()] = v.Record()
	}
	for name, want := range map[string]struct {
		at, outcome string
		minutes     float64
	}{
		"Menaka": {"Gao", "surgery_late", 30 + 2*263.90/220*60}, "Tessalit": {"Kidal", "surgery_late", 30 + 2*199.31/220*60},
		"Aguelhok": {"Kidal", "in_time", 30 + 2*126.90/220*60}, "Ansongo": {"Gao", "in_time", 30 + 2*88.87/220*60}, "Gao": {"Gao", "in_time", 0},
	} {
		got := byName[name]
		if got["facility"].Text() != want.at || got["outcome"].Text() != want.outcome || math.Abs(got["surgery_min"].Float()-want.minutes) > 0.06 {
			t.Errorf("%s: %v", name, got)
		}
	}
	checked := 0
	for _, base := range byName {
		chain := executed(t, w, "casevac-chain", fmt.Sprintf(`{%s,"bases":[%d]}`, setting, base["key"].Int())).Output
		for _, v := range chain["stages"].List() {
			stage := v.Record()
			column := map[string]string{"first_aid": "first_aid_min", "advanced_care": "advanced_min", "surgery": "surgery_min"}[stage["stage"].Text()]
			if column == "" {
				continue
			}
			checked++
			sum := 0.0
			for _, l := range chain["legs"].List() {
				if leg := l.Record(); leg["stage"].Text() == stage["stage"].Text() && !leg["meanwhile"].Bool() {
					sum += math.Round(10 * leg["minutes"].Float())
				}
			}
			if want := base[column].Float(); stage["minutes"].Float() != want || sum != math.Round(10*want) {
				t.Errorf("%s: %s after %v min, the legs %v, the map %v", base["name"].Text(), column, stage["minutes"], sum/10, want)
			}
		}
	}
	if checked != 3*14 {
		t.Errorf("%d stages were compared", checked)
	}
}

// TestMendsAreScenarios: what a chain says would mend it is a change of a
// scenario, and in the world of that change the chain takes as long as it said.
func TestMendsAreScenarios(t *testing.T) {
	w := sampleWorld(t)
	tried := map[string]int{}
	for _, question := range []string{
		`{"mission":"MINUSMA","bases":[8],"notify_min":0}`, `{"mission":"MINUSMA","bases":[8],"modes":["air"],"light":"night","landing":"sites"}`,
		`{"mission":"MINUSMA","places":[{"type":"Point","coordinates":[2.2,18.2]}]}`, `{"mission":"MINUSMA","bases":[8],"notice_min":40}`, `{"mission":"MINUSMA","bases":[6],"modes":["road"]}`,
	} {
		for _, v := range executed(t, w, "casevac-chain", question).Output["mends"].List() {
			mend := v.Record()
			if mend["step"].Null() {
				continue
			}
			tried[mend["step"].Record()["act"].Text()]++
			stage := mended(t, w, question, mend)
			if stage["minutes"].Float() != mend["minutes"].Float() || stage["in_time"].Bool() != mend["in_time"].Bool() {
				t.Errorf("%s: %s is to take %v min, and takes %v", question, mend["change"].Text(), mend["minutes"], stage["minutes"])
			}
		}
	}
	for _, act := range []string{"change", "change_asset", "add_asset"} {
		if tried[act] == 0 {
			t.Errorf("no mend is a %s: %v", act, tried)
		}
	}
}

// mended is the stage that a mend is about, in the world in which it was made.
func mended(t *testing.T, w process.World, question string, mend geo.Values) geo.Values {
	t.Helper()
	s, err := scenario.ParseChanges([]geo.Value{mend["step"]})
	if err != nil {
		t.Fatalf("%v: %v", mend, err)
	}
	out, err := scenario.Apply(context.Background(), w.Snapshot, s, geo.Value{}, w.Reader)
	if err != nil || !out.Effects[0].Done {
		t.Fatalf("%v: %v, %+v", mend, err, out)
	}
	for _, v := range executed(t, out.World(w.Reader), "casevac-chain", question).Output["stages"].List() {
		if stage := v.Record(); stage["stage"].Text() == mend["stage"].Text() {
			return stage
		}
	}
	t.Fatalf("%s: no stage %v", question, mend["stage"])
	return nil
}
