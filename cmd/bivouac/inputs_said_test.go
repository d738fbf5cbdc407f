package main

import (
	"regexp"
	"strings"
	"testing"
)

var noWord = regexp.MustCompile(`[^a-z0-9]+`)

// TestInputsAreSaid holds that the page has, in each of its six languages, a
// name for every analysis and each of its inputs; in English the server's.
func TestInputsAreSaid(t *testing.T) {
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
		said := messagesOf(t, language)
		want := func(of, id, title string) {
			switch text := said[id]; {
			case text == "":
				t.Errorf("%s.json lacks %s, of %s: %q", language, id, of, title)
			case language == "en" && text != title:
				t.Errorf("en.json says %s otherwise than the server: %q, which says %q", id, text, title)
			}
		}
		for _, p := range registry.List() {
			want(p.ID, "process."+p.ID, p.Title)
			for i := range p.In.Fields {
				if f := &p.In.Fields[i]; said["field."+f.Name] == "" {
					want(p.ID+"/"+f.Name, "input."+strings.Trim(noWord.ReplaceAllString(strings.ToLower(f.Title), "-"), "-"), f.Title)
				}
			}
		}
	}
}
