package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"bivouac/geo"
)

// TestNothingLeaks asks two worlds everything, as a reader from whom secrets
// are kept: one that holds them, and one in which they were never loaded. Both
// stores are files, and took the same number of Batches at the same moments.
// The answers are the same but for keys, headers and tags with them, also
// after who sees all has asked the same and filled every cache.
func TestNothingLeaks(t *testing.T) {
	for i := range wards {
		t.Run(wards[i].desc, func(t *testing.T) {
			t.Parallel()
			with, without := twoWorlds(t, &wards[i])
			first := with.questions(1)
			testHigh(t, with, without, first)
			before := compareWorlds(t, with, without, first)
			testStreams(t, with, without)
			listener := with.listen("")
			testHiddenEdit(t, with, first, before)
			without.play(step{})
			without.invent(with)
			told := step{reason: "open to all", acts: []act{{put, "open-12", "word-0", 1}}}
			with.play(told)
			without.play(told)
			testTold(t, listener, with)
			testLowWrites(t, with, without)
			compareWorlds(t, with, without, with.questions(with.steps[told.reason]))
			testLimits(t, with, without)
		})
	}
}

// questions are all that the world can be asked, about its past from a Version
// on.
func (s *stage) questions(from geo.Version) []question {
	snap := s.world.store.Snapshot()
	var times []string
	// One moment is at each other commit, one is half an hour behind.
	for i, m := range snap.Moments() {
		at := m.At
		if i%3 > 0 || m.Version < from {
			continue
		}
		if i%2 == 0 {
			at += 30 * 60 * 1_000_000
		}
		times = append(times, at.String())
	}
	return leakQuestions(from, snap.Version, times)
}

// testHigh asks as one who sees all: the secrets are there to be found, and
// now lie in every cache.
func testHigh(t *testing.T, with, without *stage, questions []question) {
	t.Helper()
	with.settle()
	without.settle()
	told, differ, both := 0, 0, 0
	for i, q := range questions {
		if strings.Contains(q.target, "version=") && i%4 > 0 {
			continue // few past states are kept, and this takes long
		}
		got := with.ask(with.high, q)
		if !strings.Contains(q.target+q.body, planted) {
			told += bytes.Count(got.raw, []byte(planted))
		}
		if i%8 == 0 {
			both++
			if without.text(without.ask(without.high, q)) != with.text(got) {
				differ++
			}
		}
	}
	if told < 10_000 || differ < both/2 {
		t.Errorf("who sees all is told %d planted words, and %d of %d answers differ", told, differ, both)
	}
}

// compareWorlds asks both worlds everything as the lower reader, and returns
// what the one with the secrets answers.
func compareWorlds(t *testing.T, with, without *stage, questions []question) []reply {
	t.Helper()
	with.settle()
	without.settle()
	replies, good := make([]reply, len(questions)), 0
	for i, q := range questions {
		replies[i] = compareQuestion(t, with, without, q)
		if replies[i].code < http.StatusBadRequest {
			good++
		}
	}
	if good < len(questions)/2 {
		t.Errorf("only %d of %d questions are answered: the test proves little", good, len(questions))
	}
	return replies
}

// compareQuestion asks both, and follows the pages to the end.
func compareQuestion(t *testing.T, with, without *stage, q question) reply {
	t.Helper()
	desc := q.method + " " + q.target + " " + q.body
	first := with.ask(with.low, q)
	got, want := first, without.ask(without.low, q)
	for page := 0; ; page++ {
		compareReplies(t, desc, with, without, got, want)
		// The words of the question may come back, but nothing else.
		if !strings.Contains(q.target+q.body, planted) && bytes.Contains(got.raw, []byte(planted)) {
			t.Errorf("%s tells of what is planted: %s", desc, apart(string(got.raw), ""))
		}
		a, b := got.nextPage(), want.nextPage()
		if a == "" || b == "" || page == 100 {
			return first
		}
		got, want = with.ask(with.low, get(a)), without.ask(without.low, get(b))
	}
}

// testHiddenEdit edits nothing but secrets. Every answer stays as it is, byte
// for byte, and whoever has it already is told so.
func testHiddenEdit(t *testing.T, s *stage, questions []question, before []reply) {
	t.Helper()
	version := s.world.store.Snapshot().Version
	s.play(step{reason: planted + " edit", acts: append(secrets(plant, planted+"-A", " edited", 5)[2:], act{plant, planted + "-F", planted, 2}, act{pull, planted + "-A-8", "", 0})})
	if now := s.world.store.Snapshot().Version; now != version+1 {
		t.Fatalf("the edit made version %d after %d", now, version)
	}
	fresh := 0
	for i, q := range questions {
		after := s.ask(s.low, q)
		compareReplies(t, "after the edit: "+q.method+" "+q.target+" "+q.body, s, s, after, before[i])
		if !bytes.Equal(after.raw, before[i].raw) {
			t.Errorf("%s %s %s: the edit of a secret moved %s", q.method, q.target, q.body, apart(string(after.raw), string(before[i].raw)))
		}
		tag := before[i].header.Get("Etag")
		if tag == "" || q.method != http.MethodGet {
			continue
		}
		q.headers = []string{"If-None-Match", tag}
		if r := s.ask(s.low, q); r.code != http.StatusNotModified {
			t.Errorf("%s: the tag of before gives %d", q.target, r.code)
		}
		fresh++
	}
	if fresh < len(questions)/2 {
		t.Errorf("only %d answers have a tag", fresh)
	}
}

// TestLeakQuestionsAreComplete holds the questions to the description of the
// API, so that a new route is asked too.
func TestLeakQuestionsAreComplete(t *testing.T) {
	s := openStage(t, &wards[0], t.TempDir()+"/world.gpkg")
	s.low = s.grant("lower", geo.Viewer, wards[0].reader)
	defer s.close()
	s.serve()
	var doc struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal(s.ask(s.low, get("/api/openapi")).raw, &doc); err != nil {
		t.Fatal(err)
	}
	asked := append(leakQuestions(1, 3, []string{"2040-01-01"}), streamQuestion(""))
	asked = append(asked, lowWrites...)
	routes := 0
	for path, methods := range doc.Paths {
		// Those by the name of a collection are the same routes again.
		path = regexp.MustCompile(`^/collections/[a-z_]+`).ReplaceAllString(path, "/collections/{}")
		form := "^/api" + strings.TrimSuffix(regexp.MustCompile(`\\\{[^}]*\\\}`).ReplaceAllString(regexp.QuoteMeta(path), `[^/?]+`), "/") + `(\?.*)?$`
		for method := range methods {
			routes++
			if !anyMatches(regexp.MustCompile(form), strings.ToUpper(method), asked) {
				t.Errorf("%s %s is asked by no question", method, path)
			}
		}
	}
	if routes < 30 {
		t.Errorf("the description has %d routes", routes)
	}
}

func anyMatches(form *regexp.Regexp, method string, asked []question) bool {
	for _, q := range asked {
		if q.method == method && form.MatchString(q.target) {
			return true
		}
	}
	return false
}
