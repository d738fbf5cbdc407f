package params_test

import (
	"errors"
	"strings"
	"testing"

	"bivouac/api/params"
	"bivouac/geo"
)

var inputs = geo.Schema{Name: "echo", Fields: []geo.Field{
	{Name: "count", Kind: geo.KindInt},
	{Name: "share", Kind: geo.KindFloat},
	{Name: "place", Kind: geo.KindGeometry},
	{Name: "keys", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt}},
	{Name: "during", Kind: geo.KindInterval},
	{Name: "all", Kind: geo.KindRecord, Fields: []geo.Field{{Name: "value", Kind: geo.KindInt}, {Name: "unit", Kind: geo.KindString}}},
}}

func TestExecution(t *testing.T) {
	for _, c := range []struct{ desc, body, want string }{
		{"nothing", `{}`, `{}`},
		{"no inputs", `{"inputs":{}}`, `{}`},
		{"numbers", `{"inputs":{"count":3,"share":1}}`, `{"count":3,"share":1}`},
		{"a bare geometry", `{"inputs":{"place":{"type":"Point","coordinates":[1,2]}}}`, `{"place":Point 1 2}`},
		{"a geometry as the standard writes it", `{"inputs":{"place":{"value":{"type":"Point","coordinates":[1,2]},"mediaType":"application/geo+json"}}}`, `{"place":Point 1 2}`},
		{"a list", `{"inputs":{"keys":[1,2.0]}}`, `{"keys":[1,2]}`},
		{"an interval", `{"inputs":{"during":"2016-04-11/.."}}`, `{"during":2016-04-11T00:00:00Z/..}`},
		{"the one output", `{"inputs":{},"outputs":{"answer":{"transmissionMode":"value"}},"response":"raw"}`, `{}`},
		{"null is not given", `{"inputs":{"count":null}}`, `{"count":null}`},
	} {
		e, err := params.ParseExecution([]byte(c.body), &inputs, &inputs)
		if err != nil || e.Inputs.String() != c.want {
			t.Errorf("%s: %v, %v; want %s", c.desc, e.Inputs, err, c.want)
		}
	}
	if e, err := params.ParseExecution([]byte(`{"response":"document"}`), &inputs, &inputs); err != nil || !e.Document {
		t.Errorf("a document was asked for: %+v, %v", e, err)
	}
}

func TestBadExecution(t *testing.T) {
	for _, c := range []struct{ desc, body, where string }{
		{"empty", ``, "body"}, {"cut", `{"inputs":{"count":`, "body"}, {"no object", `[]`, "body"}, {"a number", `7`, "body"},
		{"not JSON", `count=3`, "body"}, {"two objects", `{} {}`, "body"}, {"another member", `{"input":{}}`, "body"},
		{"inputs no object", `{"inputs":[1]}`, "body"}, {"wrong kind", `{"inputs":{"count":"three"}}`, "count"},
		{"half a whole number", `{"inputs":{"count":1.5}}`, "count"}, {"a bad item", `{"inputs":{"keys":[1,"x"]}}`, "keys"},
		{"no interval", `{"inputs":{"during":"soon"}}`, "during"}, {"no geometry", `{"inputs":{"place":{"type":"Circle"}}}`, "place"},
		{"by reference", `{"inputs":{"place":{"href":"http://127.0.0.1/secret"}}}`, "place"},
		{"a callback to nowhere", `{"subscriber":{"failedUri":"http://127.0.0.1/"}}`, "subscriber.successUri"},
		{"a callback of another kind", `{"subscriber":{"doneUri":"http://127.0.0.1/"}}`, "body"}, {"callbacks in a list", `{"subscriber":[]}`, "body"},
		{"another response", `{"response":"stream"}`, "response"}, {"another output", `{"outputs":{"map":{}}}`, "outputs"},
		{"output by pigeon", `{"outputs":{"answer":{"transmissionMode":"pigeon"}}}`, "outputs.answer.transmissionMode"},
		{"deep", `{"inputs":{"all":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}}`, "all"},
	} {
		_, err := params.ParseExecution([]byte(c.body), &inputs, &inputs)
		var e *geo.Error
		if !errors.As(err, &e) || e.Code != geo.Invalid || e.Where != c.where {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}

func TestList(t *testing.T) {
	for query, want := range map[string]params.List{"": {Limit: 1000}, "limit=5&offset=2": {5, 2}, "limit=5000": {Limit: 1000}} {
		if got, err := params.ParseList(query); err != nil || got != want {
			t.Errorf("%q: %+v, %v", query, got, err)
		}
	}
	for _, query := range []string{"limit=0", "limit=x", "offset=-1", "offset=99999999999", "page=2", "limit=1&limit=2"} {
		if _, err := params.ParseList(query); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%q: %v", query, err)
		}
	}
}

func FuzzExecution(f *testing.F) {
	f.Add([]byte(`{"inputs":{"count":3,"place":{"value":{"type":"Point","coordinates":[1,2]}}}}`))
	f.Add([]byte(`{"outputs":{"answer":{}},"response":"document"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := params.ParseExecution(body, &inputs, &inputs)
		if err != nil && geo.CodeOf(err) != geo.Invalid {
			t.Fatalf("%q: %v is no error for people", body, err)
		}
		for name, v := range e.Inputs {
			if i := inputs.Field(name); err == nil && i >= 0 && !v.Null() && v.Kind() != inputs.Fields[i].Kind {
				t.Fatalf("%q: %s is a %v", body, name, v.Kind())
			}
		}
	})
}
