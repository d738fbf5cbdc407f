package main

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bivouac/geo"
)

const somewhere = `{"type":"Feature","geometry":{"type":"Point","coordinates":[1.5,12.5]},"properties":{"source":"mine"`

func write(method, target, body string, headers ...string) question {
	return question{method, target, body, headers}
}

// lowWrites are what an editor of the lower reader's sight does, in order.
// Whatever meets a record that he does not see is answered as for one that
// never was, and whatever does not is done.
var lowWrites = concat(
	overHidden("bases", "PLANTED-A-3"), overHidden("bases", "PLANTED-A-0"), overHidden("bases", "PLANTED-E"), overHidden("places", "open-3"), overHidden("assets", "PLANTED-B-1"),
	[]question{
		write("POST", "/api/collections/bases/items", somewhere+`}}`, "Bivouac-Reason", "one%20more"),
		write("POST", "/api/collections/bases/items", somewhere+`,"source_id":"PLANTED-A-3"}}`),
		write("POST", "/api/collections/bases/items", somewhere+`,"source_id":"free"}}`),
		write("POST", "/api/collections/bases/items", somewhere+`,"classification":"strictly_confidential"}}`),
		write("POST", "/api/collections/bases/items", somewhere+`,"mission":"OTHER","classification":"confidential"}}`),
		write("PUT", "/api/collections/bases/items/{open-0}", somewhere+`}}`),
		write("PUT", "/api/collections/bases/items/{open-0}", somewhere+`,"source_id":"PLANTED-A-3"}}`),
		write("PATCH", "/api/collections/bases/items/{sunk-0}", `{"properties":{"name":"mine"}}`, "Content-Type", "application/merge-patch+json"),
		write("PATCH", "/api/collections/bases/items/{sunk-0}", `{"properties":{"source_id":null}}`, "Content-Type", "application/merge-patch+json"),
		write("DELETE", "/api/collections/bases/items/{late-0}", ""),
		write("DELETE", "/api/collections/bases/items/{late-0}", ""),
		write("DELETE", "/api/jobs/1", ""),
		write("POST", "/api/imports", `{"name":"x.csv"}`), write("POST", "/api/imports", `{"name":"x.csv","size":9,"options":{"mission":"OTHER"}}`), write("POST", "/api/imports", `{"name":"x.csv","size":9,"options":{"profile":"PLANTED-A-3"}}`),
		write("PATCH", "/api/imports/none", `{}`, "Content-Type", "application/merge-patch+json"), write("DELETE", "/api/imports/none", ""), write("POST", "/api/imports/none/approval", `{}`),
		write("PATCH", "/api/imports/none/file", `x`, "Content-Type", "application/offset+octet-stream", "Upload-Offset", "0"),
		write("POST", "/api/alerts/rule-3-0.7.incidents.{PLANTED-A-0}/acknowledge", `{}`),
		write("POST", "/api/changes", `{"reason":"many","changes":[{"op":"add","collection":"places","feature":`+somewhere+`}}},{"op":"remove","collection":"places","key":{late-1}}]}`),
		write("POST", "/api/changes", `{"changes":[{"op":"add","collection":"places","feature":`+somewhere+`}}},{"op":"remove","collection":"places","key":{PLANTED-A-4}}]}`),
		write("POST", "/api/changes", `{"changes":[{"op":"update","collection":"routes","key":{PLANTED-C-1},"feature":{"properties":{"name":"x"}}}]}`),
		write("POST", "/api/changes", `{"changes":[{"op":"replace","collection":"places","key":{open-3},"feature":`+somewhere+`}}}]}`),
		write("POST", "/api/changes", `{"changes":[{"op":"add","collection":"places","feature":`+somewhere+`,"source_id":"PLANTED-A-5"}}}]}`),
	},
	undos(
		// Wholly secret, and not there.
		"PLANTED plan", "PLANTED over", "PLANTED regretted", "PLANTED of the same source",
		// A part of it is secret, and stays.
		"mixed", "import", "late",
		// Others have built on it, some of them out of sight.
		"the beginning", "news", "slip",
		// What it took away left a source id that a secret now bears.
		"an end",
	),
	[]question{
		write("PATCH", "/api/collections/bases/items/{open-6}", `{"properties":{"name":"again"}}`, "Content-Type", "application/merge-patch+json"),
		write("DELETE", "/api/collections/bases/items/{open-6}", ""),
		write("POST", "/api/changes/1/undo", ""), write("POST", "/api/changes/900/undo", ""), write("POST", "/api/changes/x/undo", ""),
		write("PUT", "/api/documents/indicator/mine", `{"title":"mine","body":{}}`), write("PUT", "/api/documents/indicator/open-0", `{"title":"mine","body":{}}`),
		write("PUT", "/api/documents/indicator/mine", `{"title":"mine","body":{},"classification":"strictly_confidential"}`),
		write("PUT", "/api/documents/indicator/PLANTED-A-3", `{"title":"mine","body":{},"classification":"strictly_confidential"}`),
		write("PUT", "/api/documents/indicator/PLANTED-A-3", `{"title":"mine","body":{}}`, "If-Match", `"3-aa"`),
		write("PUT", "/api/documents/indicator/PLANTED-A-3", `{"title":"mine","body":{}}`, "If-Match", "*"),
		write("PUT", "/api/documents/indicator/PLANTED-A-3", `{"title":"mine"}`),
		write("DELETE", "/api/documents/indicator/PLANTED-A-3", ""), write("DELETE", "/api/documents/indicator/open-3", ""), write("DELETE", "/api/documents/indicator/open-1", ""),
		write("DELETE", "/api/documents/indicator/PLANTED-A-3", "", "If-Match", "*"),
		write("POST", "/api/session", `{"token":"x"}`), write("DELETE", "/api/session", ""),
	},
)

func concat(lists ...[]question) (all []question) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// overHidden writes over a record that the ward does not see.
func overHidden(collection, name string) []question {
	at := "/api/collections/" + collection + "/items/{" + name + "}"
	return []question{
		write("PUT", at, somewhere+`}}`), write("PUT", at, somewhere+`}}`, "If-Match", "*"), write("PUT", at, `{`), write("PUT", at, somewhere+`,"colour":1}}`),
		write("PATCH", at, `{"properties":{"name":"x"}}`, "Content-Type", "application/merge-patch+json"),
		write("PATCH", at, `{"properties":{"name":"x"}}`, "Content-Type", "application/merge-patch+json", "If-Match", `"4-aaaaaa"`),
		write("DELETE", at, ""), write("DELETE", at, "", "If-Match", `"4-aaaaaa"`), write("DELETE", at, "", "If-Match", "x"),
	}
}

func undos(reasons ...string) (all []question) {
	for _, reason := range reasons {
		all = append(all, write("POST", "/api/changes/{="+reason+"}/undo", `{"reason":"not so"}`))
	}
	return all
}

// testLowWrites makes the writes in both worlds.
func testLowWrites(t *testing.T, with, without *stage) {
	t.Helper()
	done := 0
	for _, q := range lowWrites {
		got, want := with.write(q), without.write(q)
		compareReplies(t, q.method+" "+q.target+" "+q.body, with, without, got, want)
		if strings.Contains(string(got.raw), planted) && !strings.Contains(q.target+q.body, planted) {
			t.Errorf("%s %s tells of what is planted: %s", q.method, q.target, got.raw)
		}
		if got.code < http.StatusBadRequest {
			done++
		}
	}
	if done < 14 {
		t.Errorf("only %d of %d writes were done", done, len(lowWrites))
	}
}

// limits are where the worlds differ by nature, since something hidden stands
// where the writer wants to put something, or would have to be hidden anew. He
// is refused, and told no more than that.
var limits = []struct {
	desc          string
	question      question
	with, without int
}{
	{"bringing back what was raised", undos("slip raised")[0], http.StatusNotFound, http.StatusOK},
	{"taking back what was lowered", undos("lowered")[0], http.StatusNotFound, http.StatusConflict},
	{"an id of a document that is taken", write("PUT", "/api/documents/indicator/PLANTED-A-3", `{"title":"mine","body":{}}`), http.StatusForbidden, http.StatusCreated},
}

func testLimits(t *testing.T, with, without *stage) {
	t.Helper()
	for _, l := range limits {
		got, want := with.ask(with.low, l.question), without.ask(without.low, l.question)
		if got.code != l.with || want.code != l.without {
			t.Errorf("%s: %d and %d, want %d and %d: %s", l.desc, got.code, want.code, l.with, l.without, got.raw)
		}
		if told := strings.ReplaceAll(string(got.raw), planted+"-A-3", ""); strings.Contains(told, planted) || strings.Contains(told, "confidential") {
			t.Errorf("%s: the refusal tells %s", l.desc, told)
		}
	}
}

var givenKeys = regexp.MustCompile(`"keys":\[([\d,]+)\]`)

// write asks as the lower reader, and gives names to the records that it made.
func (s *stage) write(q question) reply {
	r := s.ask(s.low, q)
	if r.code >= http.StatusBadRequest {
		return r
	}
	given := r.header.Get("Location")
	given = given[strings.LastIndexByte(given, '/')+1:]
	if m := givenKeys.FindSubmatch(r.raw); m != nil {
		given = string(m[1])
	}
	for _, text := range strings.Split(given, ",") {
		key, err := strconv.ParseInt(text, 10, 64)
		if _, known := s.names[geo.Key(key)]; err == nil && !known {
			s.learned++
			s.names[geo.Key(key)] = "made-" + strconv.Itoa(s.learned)
		}
	}
	return r
}
