package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/geo"
)

const (
	changesPath = "/api/changes"
	addTwo      = `{"reason":"camp opened","changes":[
		{"op":"add","collection":"sites","feature":{"type":"Feature","geometry":null,"properties":{"name":"One"}}},
		{"op":"add","collection":"sites","feature":{"type":"Feature","geometry":null,"properties":{"name":"Two"}}},
		{"op":"update","collection":"sites","key":1,"feature":{"properties":{"beds":4}}}]}`
)

func TestChangeMany(t *testing.T) {
	s, f := serveStore(t, api.Config{}, sites(t), mixed(t))
	w := post(s, changesPath, addTwo)
	d := decode(t, w)
	if w.Code != http.StatusOK || d["version"] != 3.0 || fmt.Sprint(d["keys"]) != "[4 5 1]" || w.Header().Get("Bivouac-Version") != "3" || d["at"] != f.commits[3].At.String() {
		t.Fatalf("%d %v", w.Code, d)
	}
	if got := f.commits[3]; got.Reason != "camp opened" || len(got.records) != 3 {
		t.Errorf("%+v", got)
	}
	tag := get(s, siteItems+"/1").Header().Get("Etag")
	w = post(s, changesPath, fmt.Sprintf(`{"changes":[{"op":"remove","collection":"mixed","key":2},{"op":"replace","collection":"sites","key":1,"ifMatch":%q,"feature":%s}]}`, tag, site("")),
		"Bivouac-Reason", "from%20the%20head")
	if w.Code != http.StatusOK || f.commits[4].Reason != "from the head" {
		t.Errorf("%d %s, %+v", w.Code, w.Body, f.commits[4].Commit)
	}
}

// TestBadChanges wants all or nothing, and the place of what is wrong.
func TestBadChanges(t *testing.T) {
	s, f := serveStore(t, api.Config{RequireIfMatch: true, Reader: geo.Reader{Missions: []string{"MINUSMA"}}}, sites(t))
	first := `{"op":"add","collection":"sites","feature":` + site("") + `},`
	for _, c := range []struct {
		desc, body string
		status     int
		parameter  string
	}{
		{"no JSON", `x`, 400, "body"},
		{"cut off", `{"changes":[`, 400, "body"},
		{"no changes", `{"changes":[]}`, 400, "changes"},
		{"another member", `{"changes":[],"force":true}`, 400, "body"},
		{"another kind", `{"changes":{}}`, 400, "body"},
		{"two texts", `{"changes":[]}{}`, 400, "body"},
		{"an op of no kind", `{"changes":[` + first + `{"op":"merge","collection":"sites","key":1}]}`, 400, "changes[1].op"},
		{"no collection", `{"changes":[` + first + `{"op":"remove","key":1}]}`, 400, "changes[1].collection"},
		{"no key", `{"changes":[` + first + `{"op":"remove","collection":"sites"}]}`, 400, "changes[1].key"},
		{"a key of a new record", `{"changes":[{"op":"add","collection":"sites","key":9,"feature":{}}]}`, 400, "changes[0].key"},
		{"a condition of a new record", `{"changes":[{"op":"add","collection":"sites","ifMatch":"*","feature":{}}]}`, 400, "changes[0].ifMatch"},
		{"no feature", `{"changes":[{"op":"add","collection":"sites"}]}`, 400, "changes[0].feature"},
		{"a feature that goes", `{"changes":[{"op":"remove","collection":"sites","key":1,"feature":{}}]}`, 400, "changes[0].feature"},
		{"a tag that is none", `{"changes":[{"op":"remove","collection":"sites","key":1,"ifMatch":"2"}]}`, 400, "changes[0].ifMatch"},
		{"no condition where one is wanted", `{"changes":[` + first + `{"op":"remove","collection":"sites","key":1}]}`, 428, "changes[1].If-Match"},
		{"an old condition", `{"changes":[` + first + `{"op":"remove","collection":"sites","key":1,"ifMatch":"\"1-a\""}]}`, 412, "changes[1].If-Match"},
		{"one record twice", `{"changes":[{"op":"remove","collection":"sites","key":1,"ifMatch":"*"},{"op":"update","collection":"sites","key":1,"feature":{}}]}`, 400, "changes[1].key"},
		{"unknown collection", `{"changes":[` + first + `{"op":"remove","collection":"none","key":1}]}`, 404, "changes[1].collection"},
		{"unknown record", `{"changes":[` + first + `{"op":"remove","collection":"sites","key":99}]}`, 404, "changes[1].key"},
		{"a hidden record", `{"changes":[` + first + `{"op":"remove","collection":"sites","key":3}]}`, 404, "changes[1].key"},
		{"unknown property", `{"changes":[` + first + `{"op":"add","collection":"sites","feature":` + site(`,"colour":1`) + `}]}`, 400, "changes[1].colour"},
		{"a class above the ceiling", `{"changes":[` + first + `{"op":"add","collection":"sites","feature":` + site(`,"classification":"confidential"`) + `}]}`, 403, "changes[1].classification"},
		{"a long reason", `{"reason":"` + strings.Repeat("x", 3000) + `","changes":[` + strings.TrimSuffix(first, ",") + `]}`, 400, "reason"},
	} {
		w := post(s, changesPath, c.body)
		if d := decode(t, w); w.Code != c.status || d["parameter"] != c.parameter {
			t.Errorf("%s: %d %v", c.desc, w.Code, d)
		}
	}
	if v := f.Snapshot().Version; v != 2 {
		t.Errorf("something was committed: version %d", v)
	}
}

func TestChangesList(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	for i := range 5 {
		send(s, http.MethodPatch, siteItems+"/1", fmt.Sprintf(`{"properties":{"beds":%d}}`, i))
	}
	var got []string
	for next := changesPath + "?limit=2"; next != ""; {
		d := ok(t, s, next)
		next = ""
		for _, c := range d["changes"].([]any) {
			got = append(got, fmt.Sprint(c.(document)["version"]))
		}
		for _, l := range d["links"].([]any) {
			if l := l.(document); l["rel"] == "next" {
				next = path(t, l["href"].(string))
			}
		}
	}
	if strings.Join(got, " ") != "7 6 5 4 3 2" {
		t.Errorf("pages hold %v", got)
	}
	for query, parameter := range map[string]string{"limit=0": "limit", "limit=x": "limit", "before=0": "before", "before=-1": "before", "after=3": "after"} {
		if w := get(s, changesPath+"?"+query); w.Code != http.StatusBadRequest || decode(t, w)["parameter"] != parameter {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
	for _, target := range []string{"/99", "/0", "/abc", "/1"} {
		if w := get(s, changesPath+target); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

// TestChangesSeen lists for two readers what each may know.
func TestChangesSeen(t *testing.T) {
	f := newFakeStore(t, sites(t))
	low := serveFake(t, api.Config{}, f)
	high := serveFake(t, api.Config{Reader: geo.Reader{Ceiling: geo.Confidential}}, f)
	for _, body := range []string{
		`{"changes":[{"op":"update","collection":"sites","key":3,"feature":{"properties":{"beds":1}}}]}`,
		`{"changes":[{"op":"update","collection":"sites","key":3,"feature":{"properties":{"beds":2}}},{"op":"update","collection":"sites","key":1,"feature":{"properties":{"beds":2}}}]}`,
	} {
		if w := post(high, changesPath, body); w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if l, h := ok(t, low, changesPath), ok(t, high, changesPath); len(l["changes"].([]any)) != 2 || len(h["changes"].([]any)) != 3 ||
		at(t, l, "changes", 0, "touched", 0, "replaced") != 1.0 || at(t, h, "changes", 0, "touched", 0, "replaced") != 2.0 {
		t.Errorf("low %v, high %v", l, h)
	}
	if w := get(low, changesPath+"/3"); w.Code != http.StatusNotFound {
		t.Errorf("a change that he does not see: %d %s", w.Code, w.Body)
	}
	if d := ok(t, low, changesPath+"/4"); len(d["records"].([]any)) != 1 || at(t, d, "records", 0, "key") != 1.0 || at(t, d, "records", 0, "op") != "replace" {
		t.Errorf("%v", d)
	}
	if w := post(low, changesPath+"/3/undo", "{}"); w.Code != http.StatusNotFound {
		t.Errorf("undone unseen: %d %s", w.Code, w.Body)
	}
}

func TestManyRecords(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	one := `{"op":"add","collection":"sites","feature":` + site("") + `}`
	if w := post(s, changesPath, `{"changes":[`+strings.Repeat(one+",", 1200)+one+`]}`); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if d := ok(t, s, changesPath+"/3"); len(d["records"].([]any)) != 1000 || d["more"] != true || at(t, d, "touched", 0, "added") != 1201.0 {
		t.Errorf("%d records, more %v", len(d["records"].([]any)), d["more"])
	}
}

func TestUndo(t *testing.T) {
	s, f := serveStore(t, api.Config{}, sites(t))
	before := ok(t, s, siteItems)["features"]
	post(s, changesPath, addTwo)
	after := ok(t, s, siteItems)["features"]
	w := post(s, changesPath+"/3/undo", `{"reason":"a slip"}`)
	if d := decode(t, w); w.Code != http.StatusOK || d["version"] != 4.0 || len(d["keys"].([]any)) != 3 || w.Header().Get("Bivouac-Version") != "4" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if got := ok(t, s, siteItems)["features"]; fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("undone: %v, was %v", got, before)
	}
	if c := f.commits[4]; c.Undoes != 3 || c.Reason != "a slip" || c.Author != "local" {
		t.Errorf("%+v", c.Commit)
	}
	// Redo is the undo of the undo. It needs no body.
	if w := send(s, http.MethodPost, changesPath+"/4/undo", "", "Bivouac-Reason", "after%20all"); w.Code != http.StatusOK || f.commits[5].Reason != "after all" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if got := ok(t, s, siteItems)["features"]; fmt.Sprint(got) != fmt.Sprint(after) {
		t.Errorf("redone: %v, was %v", got, after)
	}
	if w := post(s, changesPath+"/9/undo", "{}"); w.Code != http.StatusNotFound {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := post(s, changesPath+"/5/undo", `{"why":1}`); w.Code != http.StatusBadRequest {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestUndoBringsBack removes a record and follows the text of its 404.
func TestUndoBringsBack(t *testing.T) {
	s, _ := serveStore(t, api.Config{}, sites(t))
	before := ok(t, s, siteItems+"/1")
	send(s, http.MethodDelete, siteItems+"/1", "")
	if w := post(s, changesPath+"/3/undo", "{}"); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if after := ok(t, s, siteItems+"/1"); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("%v, was %v", after, before)
	}
	h := ok(t, s, siteItems+"/1/history")
	if steps := h["history"].([]any); len(steps) != 2 || at(t, h, "history", 0, "op") != "add" || at(t, h, "history", 0, "undoes") != 3.0 || at(t, h, "history", 1, "op") != "remove" {
		t.Errorf("%v", h)
	}
}

func TestClashes(t *testing.T) {
	s, f := serveStore(t, api.Config{}, sites(t))
	send(s, http.MethodPatch, siteItems+"/1", `{"properties":{"beds":1}}`)
	send(s, http.MethodDelete, siteItems+"/1", "")
	w := post(s, changesPath+"/3/undo", "{}")
	d := decode(t, w)
	if w.Code != http.StatusConflict || d["code"] != "conflict" || at(t, d, "clashes", 0, "key") != 1.0 || at(t, d, "clashes", 0, "yours", "properties", "name") != "Camp Gao" ||
		at(t, d, "clashes", 0).(document)["theirs"] != nil {
		t.Errorf("%d %v", w.Code, d)
	}
	if f.Snapshot().Version != 4 {
		t.Error("something was committed")
	}
}
