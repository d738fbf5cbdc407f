package load

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bivouac/geo"
)

// TestOwnKeys reads tables as our exports write them: the column that numbers the
// records is no field of them, but one that a sender brings is.
func TestOwnKeys(t *testing.T) {
	stored := geo.Schema{Name: "f", Fields: []geo.Field{{Name: "id", Kind: geo.KindString, Role: geo.SourceIDRole}, {Name: "name", Kind: geo.KindString}}}
	plain := geo.Schema{Name: "f", Fields: []geo.Field{{Name: "source_id", Kind: geo.KindString, Role: geo.SourceIDRole}, {Name: "name", Kind: geo.KindString}}}
	bare := geo.Schema{Name: "f", Fields: []geo.Field{{Name: "name", Kind: geo.KindString}}}
	const note = "was left out: it numbers the records of the store"
	for _, c := range []struct {
		desc, text string
		o          Options
		ours       bool
		want       string
	}{
		{"beside an id", "id_,id,name\n1,a,Gao\n2,b,Kidal\n", Options{Schema: &stored}, true, `"a" "Gao" id=a`},
		{"as id", "id,source_id,name\n1,a,Gao\n2,b,Kidal\n", Options{Schema: &plain}, true, `"a" "Gao" id=a`},
		{"of a new collection", "id_,id,name\n1,a,Gao\n2,b,Kidal\n", Options{}, true, `f none: id=string[source-id] name=string[name]`},
		{"of a stored one", "id_,id,name\n1,a,Gao\n2,b,Kidal\n", Options{Stored: func(string) *geo.Schema { return &stored }}, true, `f none: id=string[source-id] name=string[name]`},
		{"where no field holds ids", "id,name\n1,Gao\n2,Kidal\n", Options{Stored: func(string) *geo.Schema { return &bare }}, false, `f none: id=string[source-id] name=string`},
		{"without a field of the collection", "id,source_id\n1,a\n2,b\n", Options{Schema: &plain}, false, "id=a"},
		{"that is no number", "id,source_id,name\nx,a,Gao\n2,b,Kidal\n", Options{Schema: &plain}, false, "id=a"},
		{"that is missing in a row", "id,source_id,name\n,a,Gao\n2,b,Kidal\n", Options{Schema: &plain}, false, "id=a"},
		{"that the user asks for", "id,source_id,name\n1,a,Gao\n2,b,Kidal\n", Options{Schema: &plain, Mapping: map[string]string{"name": "id"}}, false, `"a" "1" id=a`},
		{"two ids of a sender", "id,id\n1,1\n2,2\n", Options{}, false, "id_2=integer"},
	} {
		path := file(t, "f.csv", c.text)
		f, err := open(t, path, c.o)
		if err != nil {
			t.Fatal(err)
		}
		extra := false
		report, err := f.Read(context.Background(), func(f *geo.Feature) error { extra = extra || f.Extra != nil; return nil })
		if err != nil {
			t.Fatal(err)
		}
		got := tell(path, c.o)
		if said := strings.Contains(strings.Join(geo.Texts(report.Notes), "\n"), note); said != c.ours || extra && c.ours || !strings.Contains(got, c.want) || c.ours && len(report.Warnings) > 0 {
			t.Errorf("%s:\n got %s%v\nwant %s, ours: %v", c.desc, got, report, c.want, c.ours)
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
