package load

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bivouac/geo"
)

// TestOwnKeys reads tables as our exports write them: the column that numbers the
// records is no field of them, but one that a sender brings is. Where the
// collection is there, its numbers are keys.
func TestOwnKeys(t *testing.T) {
	withID := geo.Schema{Name: "f", Fields: []geo.Field{{Name: "id", Kind: geo.KindString, Role: geo.SourceIDRole}, {Name: "name", Kind: geo.KindString}}}
	plain := geo.Schema{Name: "f", Fields: []geo.Field{{Name: "source_id", Kind: geo.KindString, Role: geo.SourceIDRole}, {Name: "name", Kind: geo.KindString}}}
	bare := geo.Schema{Name: "f", Fields: []geo.Field{{Name: "name", Kind: geo.KindString}}}
	stored := func(s *geo.Schema) func(string) *geo.Schema { return func(string) *geo.Schema { return s } }
	const left, known = "was left out: it numbers the records of the store", "rows are known by "
	for _, c := range []struct {
		desc, text string
		o          Options
		note       string // "" for none
		keys       string
		want       string
	}{
		{"beside an id", "id_,id,name\n1,a,Gao\n2,b,Kidal\n", Options{Schema: &withID}, left, "0 0", `"a" "Gao" id=a`},
		{"as id", "id,source_id,name\n1,a,Gao\n2,b,Kidal\n", Options{Schema: &plain}, left, "0 0", `"a" "Gao" id=a`},
		{"of a new collection", "id_,id,name\n1,a,Gao\n2,b,Kidal\n", Options{}, left, "0 0", `f none: id=string[source-id] name=string[name]`},
		{"of a stored one", "id_,id,name\n1,a,Gao\n2,b,Kidal\n", Options{Stored: stored(&withID)}, known + "id_", "1 2", `f none: id=string[source-id] name=string[name]`},
		{"of a stored one, with a new row", "id,source_id,name\n1,a,Gao\n,,Kidal\n", Options{Stored: stored(&plain)}, known + "id", "1 0", `null "Kidal"`},
		{"where no field holds ids", "id,name\n1,Gao\n2,Kidal\n", Options{Stored: stored(&bare)}, known + "id", "1 2", `f none: name=string[name]`},
		{"where no field holds ids, and it is none", "id,name\n1,Gao\n2,Kidal\n", Options{Stored: stored(&bare), Key: "none"}, "", "0 0", `f none: id=string[source-id] name=string`},
		{"as the user says", "nr,name\n7,Gao\n2.0,Kidal\n", Options{Stored: stored(&bare), Key: "nr"}, known + "nr", "7 2", `f none: name=string`},
		{"as the user says, wrongly", "nr,name\n7,Gao\n-2,Kidal\nx,Ber\n", Options{Key: "nr"}, known + "nr", "7", `row 2 (line 3), nr: "-2" is no number of a record; write a whole number above 0`},
		{"in a column that is not there", "nr,name\n7,Gao\n", Options{Key: "id"}, "", "", `key: `},
		{"as ids of features", `{"type":"Feature","id":7,"geometry":null,"properties":{"source_id":"a","name":"Gao"}}`, Options{Stored: stored(&plain)}, known + "id", "7", `"a" "Gao" id=a`},
		{"as ids of features without one", `{"type":"Feature","id":7,"geometry":null,"properties":{"source_id":null,"name":"Gao"}}`, Options{Stored: stored(&plain)}, known + "id", "7", `"Gao"`},
		{"as ids of features, and they are none", `{"type":"Feature","id":7,"geometry":null,"properties":{"source_id":null,"name":"Gao"}}`, Options{Stored: stored(&plain), Key: "none"}, "", "0", `id=7`},
		{"as ids of features of a new collection", `{"type":"Feature","id":7,"geometry":null,"properties":{"name":"Gao"}}`, Options{}, "", "0", `id=7`},
		{"as words", `{"type":"Feature","id":"a7","geometry":null,"properties":{"source_id":null,"name":"Gao"}}`, Options{Stored: stored(&plain)}, "", "0", `id=a7`},
		{"without a field of the collection", "id,source_id\n1,a\n2,b\n", Options{Schema: &plain}, "", "0 0", "id=a"},
		{"that is no number", "id,source_id,name\nx,a,Gao\n2,b,Kidal\n", Options{Schema: &plain}, "", "0 0", "id=a"},
		{"that is missing in a row", "id,source_id,name\n,a,Gao\n2,b,Kidal\n", Options{Schema: &plain}, "", "0 0", "id=a"},
		{"that the user asks for", "id,source_id,name\n1,a,Gao\n2,b,Kidal\n", Options{Schema: &plain, Mapping: map[string]string{"name": "id"}}, "", "0 0", `"a" "1" id=a`},
		{"two ids of a sender", "id,id\n1,1\n2,2\n", Options{}, "", "0 0", "id_2=integer"},
	} {
		path := file(t, "f.csv", c.text)
		if got := tell(path, c.o); !strings.Contains(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
		f, err := open(t, path, c.o)
		if err != nil {
			continue // as was told
		}
		extra, keys := false, []string{}
		report, err := f.Read(context.Background(), func(f *geo.Feature) error {
			extra = extra || f.Extra != nil
			keys = append(keys, strconv.FormatInt(int64(f.Key), 10))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		notes := strings.Join(geo.Texts(report.Notes), "\n")
		if got := strings.Join(keys, " "); got != c.keys || c.note == "" && notes != "" || !strings.Contains(notes, c.note) || c.note != "" && (extra || len(report.Warnings) > 0) {
			t.Errorf("%s: keys %s, want %s; notes %q, want %q; %v", c.desc, got, c.keys, notes, c.note, report)
		}
	}
}

// TestTableWithoutShapes reads what is left of a shapefile without its .shp: a
// table where it is sent as one, else the missing file is named.
func TestTableWithoutShapes(t *testing.T) {
	const alone = `camp none: name=string[name]` + "\n" + `null "Gao"`
	for _, c := range []struct {
		desc  string
		files []string
		want  string
	}{
		{"alone", []string{"a/camp.dbf", oneRow("Gao")}, alone},
		{"with its encoding", []string{"a/camp.dbf", oneRow("M\xe9naka"), "a/camp.cpg", "1252"}, `null "Ménaka"`},
		{"with the index of shapes", []string{"a/camp.dbf", oneRow("Gao"), "a/camp.shx", "x"}, "there is no camp.shp beside it, though there is its .shx; ask for the .shp too"},
		{"with their system", []string{"a/camp.dbf", oneRow("Gao"), "a/camp.PRJ", "x"}, "there is no camp.shp beside it, though there is its .prj"},
		{"beside other shapes", []string{"camp.dbf", oneRow("Gao"), "camp.prj", "x", "well.shp", oneShape(1, 2)}, "there is no camp.shp beside it"},
		{"cut off", []string{"camp.dbf", oneRow("Gao")[:70]}, "the .dbf"},
	} {
		if got := tell(file(t, "in.zip", string(zipped(t, c.files...))), Options{Collection: "camp"}); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s\nwant %s", c.desc, got, c.want)
		}
	}
	both := file(t, "in.zip", string(zipped(t, "list.dbf", oneRow("Gao"), "well.shp", oneShape(1, 2))))
	if got := tell(both, Options{Layer: "list", Collection: "camp"}); !strings.Contains(got, alone) {
		t.Errorf("a table beside shapes: %s", got)
	}
	if got := tell(both, Options{Layer: "well"}); !strings.Contains(got, `{"type":"Point","coordinates":[1,2]}`) {
		t.Errorf("shapes beside a table: %s", got)
	}
	path := file(t, "camp.shp", oneShape(1, 2))
	table := filepath.Join(filepath.Dir(path), "camp.dbf")
	if err := os.WriteFile(table, []byte(oneRow("Gao")), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := tell(table, Options{}); !strings.Contains(got, "is the table of the shapefile camp.shp, which lies beside it; name that one") {
		t.Error(got)
	}
}
