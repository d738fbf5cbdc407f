package main

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

const (
	draftText = `{"title":"A draft, with 'quotes'","body":{"changes":[{"act":"merge","target":11,"into":4},{"act":"open","to":{"type":"Point","coordinates":[-1.5,15.2]},` +
		`"fields":{"name":"New","kind":"company","military":200}},{"act":"move","target":14,"to":{"type":"Point","coordinates":[-2.9,15.1]},"on":"2023-09-01"}]}}`
	reportInputs = `{"mission":"MINUSMA","datetime":"2017-01-01/2018-08-31","incidents":"category = 'ied'","within_min":90,"weight_threat":2,"medical":{"modes":["air","road"],"landing":"sites","cell_m":50000}}`
)

// told runs a command line and returns what it prints.
func told(t *testing.T, code int, args ...string) (out, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := run(context.Background(), args, console{&stdout, &stderr}); got != code {
		t.Fatalf("%q ends with %d: %s", args, got, stderr.String())
	}
	return stdout.String(), stderr.String()
}

// unpacked unpacks a bundle into a folder of its own.
func unpacked(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	dir := t.TempDir()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// shellWords splits a command as a shell does, where only single quotes and a
// quote behind a backslash stand for more than themselves.
func shellWords(line string) (words []string) {
	var word strings.Builder
	within, begun := false, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\'':
			within, begun = !within, true
		case c == '\\' && !within:
			i++
			word.WriteByte(line[i])
		case c == ' ' && !within:
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteByte(c)
			begun = true
		}
	}
	return append(words, word.String())
}

// TestReportIsFoundAgain makes a report of a store, changes the store, and runs
// every command of the bundle: each prints the answer that the bundle holds,
// byte for byte.
func TestReportIsFoundAgain(t *testing.T) {
	store, dir := sampleStore(t), t.TempDir()
	t.Setenv("BIVOUAC_STORE", store)
	draft, inputs := filepath.Join(dir, "draft.json"), filepath.Join(dir, "inputs.json")
	for path, text := range map[string]string{draft: draftText, inputs: reportInputs} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(name string) []string {
		return []string{"report", "-o", filepath.Join(dir, name), "--scenario", "drawdown-2023@2023-08-31", "--scenario", "drawdown-2023", "--scenario", draft,
			"--inputs", inputs, "--title", "Three bases", "--ceiling", "confidential", "--reader-mission", "MINUSMA"}
	}
	told(t, exitDone, ask("one.zip")...)
	told(t, exitDone, ask("two.zip")...)
	one, err := os.ReadFile(filepath.Join(dir, "one.zip"))
	if err != nil {
		t.Fatal(err)
	}
	if two, err := os.ReadFile(filepath.Join(dir, "two.zip")); err != nil || !bytes.Equal(one, two) {
		t.Errorf("the same question of the same data gives other bytes: %d and %d, %v", len(one), len(two), err)
	}
	changeStore(t, store)
	t.Chdir(unpacked(t, filepath.Join(dir, "one.zip")))
	again, now := 0, 0
	for _, line := range commandsOf(t) {
		args, file, _ := strings.Cut(line, " > ")
		want, err := os.ReadFile("answers/" + file)
		if err != nil {
			t.Fatal(err)
		}
		words := shellWords(args)[1:]
		if got, _ := told(t, exitDone, words...); got != string(want) {
			t.Errorf("%s prints another answer: %s", args, apart(got, string(want)))
		}
		again++
		// Without the version the store as it is now is asked, where the scenario is still kept.
		var newest []string
		for i := 0; i < len(words); i++ {
			if words[i] == "--version" {
				i++
				continue
			}
			newest = append(newest, words[i])
		}
		var out bytes.Buffer
		if run(context.Background(), newest, console{&out, io.Discard}) != exitDone || out.String() != string(want) {
			now++
		}
	}
	if again != 9 || now != again {
		t.Errorf("%d commands are in the README, and %d of them answer otherwise about what is now", again, now)
	}
}

// changeStore moves a base, and removes the scenario.
func changeStore(t *testing.T, path string) {
	t.Helper()
	ctx := context.Background()
	w, err := openStore(ctx, console{io.Discard, io.Discard}, path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	l, err := w.store.Snapshot().Layer("bases")
	if err != nil {
		t.Fatal(err)
	}
	row, _ := l.Find(2, geo.Reader{Ceiling: geo.StrictlyConfidential})
	f := row.Feature()
	f.Geometry = orb.Point{-0.5, 16.9}
	changes := []geo.Change{{Collection: "bases", Op: geo.Replace, Feature: f}}
	docs := []geo.Doc{{Kind: "scenario", ID: "drawdown-2023"}}
	if _, err := w.store.Apply(ctx, geo.Batch{Changes: changes, Docs: docs, Author: "test", Reason: "another world"}); err != nil {
		t.Fatal(err)
	}
}

// commandsOf are the commands of the README in this folder.
func commandsOf(t *testing.T) (out []string) {
	t.Helper()
	text, err := os.ReadFile("README.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, "bivouac run ") {
			out = append(out, line)
		}
	}
	return out
}

// TestReportRefuses says what is wrong in a sentence.
func TestReportRefuses(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"there.zip": "", "draft.json": draftText, "odd.json": `{"changes":[]}`, "wrong.json": `{"title":"Wrong","body":{"changes":[{"act":"close"}]}}`} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mali := []string{"-i", "mission=MINUSMA"}
	for _, c := range []struct {
		desc, says string
		args       []string
	}{
		{"no scenario", "name one to four scenarios", mali},
		{"an unknown one", `there is no scenario "none"`, []string{"--scenario", "none"}},
		{"too many", "5 options are more than the 4", strings.Fields("--scenario drawdown-2023 --scenario drawdown-2023@2023-08-14 --scenario drawdown-2023@2023-08-15 --scenario drawdown-2023@2023-08-16 --scenario draft.json")},
		{"two files", "only one may be a file", strings.Fields("--scenario draft.json --scenario draft.json")},
		{"a file without a scenario", `odd.json: must hold a scenario as {"title"`, []string{"--scenario", "odd.json"}},
		{"a change without a target", "change 1: target", []string{"--scenario", "wrong.json"}},
		{"an input of the medical cover", "medical: landing", append(mali, "--scenario", "drawdown-2023", "-i", `medical={"landing":7}`)},
		{"a file that is there", "there.zip is there already", append(mali, "--scenario", "drawdown-2023", "-o", "there.zip")},
		{"two moments", "give --asof or --version, not both", []string{"--scenario", "drawdown-2023", "--version", "3", "--asof", "2020-01-01"}},
	} {
		args := append([]string{"report", "-o", "new.zip"}, c.args...)
		if _, said := told(t, exitFailed, args...); !strings.Contains(said, c.says) {
			t.Errorf("%s: %q, not %q", c.desc, said, c.says)
		}
	}
}

// TestReportWithoutArea leaves out what needs one, and says so.
func TestReportWithoutArea(t *testing.T) {
	r := executed(t, sampleWorld(t), "scenario-report", `{"scenarios":["drawdown-2023"],"bases":"mission = 'MINUSMA'"}`)
	if len(r.Output["surface"].Record()["features"].List()) != 0 || !strings.Contains(strings.Join(geo.Texts(r.Warnings), " "), "Minutes to surgery over the area are left out") {
		t.Errorf("%v", r.Warnings)
	}
}
