package sample

import (
	"slices"
	"testing"

	"bivouac/data/schema"
)

// Code lists are open, so a code of our own would load; but the world is to
// show the codes that the schemas know. A supported mission is none of the
// United Nations', for which the schema has no word.
func TestCodesAreThoseOfTheSchemas(t *testing.T) {
	for _, c := range Collections() {
		s, ok := schema.Named(c.ID)
		if !ok {
			t.Fatalf("no schema for %s", c.ID)
		}
		for _, f := range features(t, c.ID) {
			for _, field := range s.Fields {
				code := f.text(field.Name)
				if len(field.Enum) == 0 || code == "" || slices.Contains(field.Enum, code) {
					continue
				}
				if c.ID == "missions" && code == "supported" {
					continue
				}
				t.Errorf("%s %s: %s is %q, want one of %v", c.ID, f.text("source_id"), field.Name, code, field.Enum)
			}
		}
	}
}
