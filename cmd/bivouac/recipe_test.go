package main

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"bivouac/data/sharedtest"
)

// recipe is a piece of code that we tell people to run.
type recipe struct{ language, code string }

// interpreters run recipes from their standard input.
var interpreters = map[string][]string{
	"sh": {"bash", "-e"}, "r": {"Rscript", "-"}, "python": {"/usr/bin/python3", "-"},
}

// try runs a recipe in an empty folder.
func (r recipe) try(t *testing.T) {
	t.Helper()
	words, ok := interpreters[r.language]
	if !ok {
		t.Fatalf("nothing here runs %q", r.language)
	}
	if _, err := exec.LookPath(words[0]); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatalf("%s is not installed: .ci/install does it", words[0])
		}
		t.Skipf("%s is not installed, so its recipe is not tried; make test installs it", words[0])
	}
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir, cmd.Stdin = t.TempDir(), strings.NewReader(r.code)
	cmd.Env = append(os.Environ(), "HOME="+cmd.Dir)
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Contains(string(out), "ERROR") || len(out) == 0 {
		t.Errorf("%v of\n%s\n%s", err, r.code, out)
	}
}

// TestReadmeRecipes runs every command of the README's part for GIS users
// against the sample world, as it stands there but for the address.
func TestReadmeRecipes(t *testing.T) {
	server := startServer(t)
	for i, r := range readmeRecipes(t, "In your GIS", 4) {
		t.Run(fmt.Sprint(r.language, i), func(t *testing.T) {
			recipe{r.language, strings.ReplaceAll(r.code, "http://127.0.0.1:8080", server)}.try(t)
		})
	}
}

// TestReadmeAnalyses runs every command of the README's part for analysts; the
// events of the worked example lie beside the project.
func TestReadmeAnalyses(t *testing.T) {
	for i, r := range readmeRecipes(t, "Where, when, and is it getting worse", 2) {
		t.Run(fmt.Sprint(r.language, i), func(t *testing.T) {
			const events = "ucdp_ged_myanmar.csv"
			if strings.Contains(r.code, events) {
				r.code = strings.ReplaceAll(r.code, events, sharedtest.Path(t, "ucdp_ged_myanmar/"+events))
			}
			r.try(t)
		})
	}
}

// TestReadmeWays runs the commands of the README's part for planners of ways.
func TestReadmeWays(t *testing.T) {
	for i, r := range readmeRecipes(t, "Ways by road", 1) {
		t.Run(fmt.Sprint(r.language, i), r.try)
	}
}

// TestReadmePlanning runs the commands of the README's part for planners of the
// footprint.
func TestReadmePlanning(t *testing.T) {
	for i, r := range append(readmeRecipes(t, "Planning the footprint", 1), readmeRecipes(t, "Which bases to keep", 1)...) {
		t.Run(fmt.Sprint(r.language, i), r.try)
	}
}

// readmeRecipes returns the commands of a part of the README, each with an end
// that says it was reached: some are silent when all is well.
func readmeRecipes(t *testing.T, part string, least int) (out []recipe) {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(readme), "\n## "+part+"\n")
	text, _, _ = strings.Cut(text, "\n## ")
	for _, m := range regexp.MustCompile("(?s)```(\\w+)\n(.*?)```").FindAllStringSubmatch(text, -1) {
		out = append(out, recipe{m[1], m[2] + "\n" + done[m[1]]})
	}
	if len(out) < least {
		t.Fatalf("%d recipes in the README under %s", len(out), part)
	}
	return out
}

// done is what a recipe says at its end.
var done = map[string]string{"sh": "echo done", "r": `cat("done\n")`, "python": `print("done")`}

// TestPageRecipes runs what the page of a collection says for other programs.
func TestPageRecipes(t *testing.T) {
	server := startServer(t)
	resp, err := http.Get(server + "/api/collections/bases?f=html")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	languages := map[string]string{"GDAL": "sh", "One file": "sh", "R": "r", "Python": "python"}
	tried := 0
	for _, m := range regexp.MustCompile(`(?s)<dt>([^<]*)</dt><dd>[^<]*<pre><code>(.*?)</code>`).FindAllStringSubmatch(string(page), -1) {
		language, ok := languages[m[1]]
		if !ok {
			continue // QGIS and ArcGIS have an address there, and clicks
		}
		tried++
		t.Run(m[1], func(t *testing.T) { recipe{language, html.UnescapeString(m[2]) + "\n" + done[language]}.try(t) })
	}
	if tried != len(languages) {
		t.Errorf("%d recipes on the page, want %d:\n%s", tried, len(languages), page)
	}
}
