package main

import (
	"regexp"
	"strings"
	"testing"

	"bivouac/geo"
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

// TestHelpIsSaid holds that what analyses say of themselves, of their inputs and
// of what they give stands in each language but English, by the English text, and
// that nothing else does.
func TestHelpIsSaid(t *testing.T) {
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	h := help{english: messagesOf(t, "en"), texts: map[string]bool{}}
	for _, p := range registry.List() {
		h.texts[p.Description] = true
		for i := range p.In.Fields {
			h.texts[p.In.Fields[i].Description] = true
		}
		for i := range p.Out.Fields {
			h.given(&p.Out.Fields[i])
		}
	}
	delete(h.texts, "")
	for _, language := range []string{"ar", "es", "fr", "ru", "zh"} {
		said := textsOf(t, "help/"+language)
		for text := range h.texts {
			if said[text] == "" {
				t.Errorf("help/%s.json lacks %q", language, text)
			}
		}
		for text := range said {
			if !h.texts[text] {
				t.Errorf("help/%s.json has %q, which no analysis says", language, text)
			}
		}
	}
}

// help are the texts that analyses say in English alone.
type help struct {
	english map[string]string
	texts   map[string]bool
}

// given notes what is said of a field of an answer. A leaf of a known name is
// called as a field of records is.
func (h *help) given(f *geo.Field) {
	h.texts[f.Description] = true
	if h.english["field."+f.Name] == "" || len(f.Fields) > 0 || f.Items != nil {
		h.texts[f.Title] = true
	}
	for i := range f.Fields {
		h.given(&f.Fields[i])
	}
	if f.Items != nil {
		h.given(f.Items)
	}
}
