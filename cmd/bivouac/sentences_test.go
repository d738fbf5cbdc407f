package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bivouac/geo"
)

// TestSentences holds that the page has, in each of its six languages, every
// sentence that answers, imports and errors can say, with the same values; in English as the
// server says it.
func TestSentences(t *testing.T) {
	sentences := sentencesOf(t, "../../geo", "../../data", "../../api")
	if len(sentences) < 400 {
		t.Fatalf("found %d sentences only", len(sentences))
	}
	for _, language := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
		said := messagesOf(t, language)
		for code, s := range sentences {
			text, ok := said["said."+code]
			switch {
			case !ok:
				t.Errorf("%s.json lacks said.%s: %s", language, code, s)
			case language == "en" && code+": "+text != string(s):
				t.Errorf("en.json says said.%s otherwise than the server: %q, which says %q", code, text, s)
			case !slices.Equal(sorted(geo.Sentence("x: "+text).Names()), sorted(s.Names())):
				t.Errorf("%s.json: said.%s has the values %q, and the server sends %q", language, code, geo.Sentence("x: "+text).Names(), s.Names())
			}
		}
		for id := range said {
			if code, ok := strings.CutPrefix(id, "said."); ok && sentences[code] == "" {
				t.Errorf("%s.json: no answer says %s", language, id)
			}
		}
	}
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}

func messagesOf(t *testing.T, language string) map[string]string {
	t.Helper()
	return textsOf(t, "messages/"+language)
}

// textsOf reads a file of texts of the page.
func textsOf(t *testing.T, name string) map[string]string {
	t.Helper()
	body, err := os.ReadFile("../../web/src/i18n/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	messages := map[string]string{}
	if err := json.Unmarshal(body, &messages); err != nil {
		t.Fatal(err)
	}
	return messages
}

// sentencesOf reads the constants of the type geo.Sentence out of the source, by
// their codes. One code twice is an error.
func sentencesOf(t *testing.T, roots ...string) map[string]geo.Sentence {
	t.Helper()
	found := map[string]geo.Sentence{}
	for _, root := range roots {
		addSentences(t, root, found)
	}
	return found
}

func addSentences(t *testing.T, root string, found map[string]geo.Sentence) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || !isSentence(spec.Type) {
				return true
			}
			for _, v := range spec.Values {
				s := sentence(t, path, v)
				if other, twice := found[s.Code()]; twice {
					t.Errorf("%s: the code of %q is that of %q", path, s, other)
				}
				found[s.Code()] = s
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func isSentence(e ast.Expr) bool {
	switch s := e.(type) {
	case *ast.Ident:
		return s.Name == "Sentence"
	case *ast.SelectorExpr:
		return s.Sel.Name == "Sentence"
	}
	return false
}

func sentence(t *testing.T, path string, e ast.Expr) geo.Sentence {
	t.Helper()
	literal, ok := e.(*ast.BasicLit)
	if !ok {
		t.Fatalf("%s: a sentence is one literal", path)
	}
	text, err := strconv.Unquote(literal.Value)
	if err != nil || !strings.Contains(text, ": ") {
		t.Fatalf("%s: a sentence is a code, a colon and words: %s", path, literal.Value)
	}
	return geo.Sentence(text)
}
