package load

import (
	"strings"
	"testing"

	"bivouac/geo"
)

// TestDoubts reads columns that are of one kind but for some values: where a slip
// makes texts of numbers, that is said with column, row and value.
func TestDoubts(t *testing.T) {
	for _, c := range []struct {
		desc, values, want string
	}{
		{"one word", "1200 800 many 5", `n is kept as text, since some of its values are no numbers: 1 of 4, the first in row 3 of f.csv: "many"; mend the file if that is a slip`},
		{"several", "x 1 y 2.5 3 4 z", `since some of its values are no numbers: 3 of 7, the first in row 1 of f.csv: "x"`},
		{"a decimal comma", "1.5 2.5 2;5", `since some of its values are no numbers: 1 of 3, the first in row 3 of f.csv: "2;5"`},
		{"a time among them", "1200 2019-01-02 5", `since some of its values are no numbers: 1 of 3, the first in row 2 of f.csv: "2019-01-02"`},
		{"an unknown day", "2019-01-02 2019-01-03 unknown", `since some of its values are no times: 1 of 3, the first in row 3 of f.csv: "unknown"`},
		{"yes among true", "true false yes", `since some of its values are neither true nor false: 1 of 3, the first in row 3 of f.csv: "yes"`},
		{"numbers", "1 2 3", ""},
		{"words for nothing", "1 NA 3", ""},
		{"half of them", "1 x", ""},
		{"words", "Gao Kidal 3", ""},
		{"codes", "0123 4567 8910 A", ""},
	} {
		got := tell(file(t, "f.csv", "key,n\na,"+strings.Join(strings.Fields(c.values), "\nb,")+"\n"), Options{})
		if said := strings.Contains(got, "is kept as text"); said != (c.want != "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %s\nwant %s", c.desc, got, c.want)
		}
	}
	if got := tell(file(t, "f.csv", "id,n\n1,1\n2,2\nx,3\n"), Options{}); strings.Contains(got, "kept as text") {
		t.Errorf("ids are texts: %s", got)
	}
	two := zipped(t, "a.csv", "n\n1\n2\n", "b.csv", "n\n3\nmany\n")
	if got := tell(file(t, "f.zip", string(two)), Options{}); !strings.Contains(got, `the first in row 2 of f.zip/b.csv: "many"`) {
		t.Errorf("two files: %s", got)
	}
}

// TestStoredKindsStay reads files of a collection that is there already, whose
// columns look like something else this time.
func TestStoredKindsStay(t *testing.T) {
	stored := geo.Schema{Name: "f", Fields: []geo.Field{
		{Name: "n", Kind: geo.KindInt}, {Name: "label", Kind: geo.KindString}, {Name: "key", Kind: geo.KindString, Role: geo.SourceIDRole},
	}}
	o := Options{Stored: func(name string) *geo.Schema {
		if name != "f" {
			return nil
		}
		return &stored
	}}
	got := tell(file(t, "f.csv", "key,n,label,source_id\n1,many,7,a\n2,3,8,b\n"), o)
	want := "f none: key=string[source-id] n=integer label=string source_id=string\n" +
		`null "2" 3 "8" "b" id=2` + "\n" + `refused: f.csv, row 1 (line 2), n: "many" is not a whole number; write digits alone` + "\n"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
