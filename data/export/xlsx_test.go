package export_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bivouac/data/export"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// TestGDALReadsWorkbooks wants from GDAL every value that went into a
// workbook, with its type, the places and what the file says of itself.
func TestGDALReadsWorkbooks(t *testing.T) {
	t.Setenv("OGR_XLSX_HEADERS", "FORCE")
	f := find(t, "xlsx")
	for _, shape := range []geo.GeometryType{geo.PointGeometry, geo.LineGeometry, geo.NoGeometry} {
		l := anyWorldOf(t, 11, shape, 300, 53)
		path := filepath.Join(t.TempDir(), "any.xlsx")
		if err := os.WriteFile(path, write(t, f, l, export.Sheet{Highest: geo.Confidential, Attribution: []string{"Census <2009>"}}), 0o600); err != nil {
			t.Fatal(err)
		}
		layers := gdal(t, path)
		if len(layers) != 2 || layers[0].Layer != "any_world" || layers[1].Layer != "About" || layers[0].Count != 300 {
			t.Fatalf("%s: GDAL reads %d sheets, %+v", shape, len(layers), layers[0])
		}
		told := ""
		for _, row := range layers[1].features {
			for _, v := range row.Values {
				told += fmt.Sprintln(v)
			}
		}
		if !strings.Contains(told, "Classification: "+geo.Confidential.String()) || !strings.Contains(told, "Attribution: Census <2009>") {
			t.Errorf("%s: the file says of itself\n%s", shape, told)
		}
		compareWorkbook(t, &f.Holds, l, layers[0].features)
	}
}

func compareWorkbook(t *testing.T, h *export.Holds, l *layer.Layer, features []gdalFeature) {
	t.Helper()
	n, wrong := 0, 0
	err := l.Each(func(r geo.Row) error {
		got := features[n]
		n++
		for i := range l.Schema().Fields {
			field := &l.Schema().Fields[i]
			v, want := got.Values[field.Name], held(h, field, r.Value(i))
			if have := workbookRead(h, field, v, want); have != want && !alike("xlsx", field, have, want) && wrong < 8 {
				wrong++
				t.Errorf("record %d, %s: %s, want %s", r.Key(), field.Name, have, want)
			}
		}
		if p, ok := r.Point(); ok && l.Schema().Geometry == geo.PointGeometry {
			if x, y := fmt.Sprint(got.Values["longitude"]), fmt.Sprint(got.Values["latitude"]); x != fmt.Sprint(p[0]) || y != fmt.Sprint(p[1]) {
				t.Errorf("record %d lies at %s %s, want %v", r.Key(), x, y, p)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// workbookRead is a value of GDAL's in the words of held. A column with times
// before 1900 among others is text to GDAL, which writes the others its way.
func workbookRead(h *export.Holds, f *geo.Field, v any, want string) string {
	text, isText := v.(string)
	if f.Kind != geo.KindTime || !isText {
		return readBack(h, f, v)
	}
	text = strings.Replace(strings.ReplaceAll(text, "/", "-"), " ", "T", 1)
	if len(want) == len("2006-01-02") {
		return text[:min(len(text), len(want))]
	}
	if text = strings.TrimSuffix(strings.TrimSuffix(text, "+00"), "Z"); !strings.Contains(text, "T") {
		text += "T00:00:00"
	}
	return text + "Z"
}

// TestWorkbookText wants of what a cell cannot hold what Lost says, and texts
// that are no formulas and no characters by their number.
func TestWorkbookText(t *testing.T) {
	b := layer.NewBuilder(geo.Schema{Name: "x", Geometry: geo.NoGeometry, Fields: []geo.Field{
		{Name: "text", Kind: geo.KindString}, {Name: "list", Kind: geo.KindList}, {Name: "n", Kind: geo.KindInt}, {Name: "at", Kind: geo.KindTime},
	}})
	long := strings.Repeat("𝄞", 20_000) // 40 000 UTF-16 units
	for key, values := range [][]geo.Value{
		{geo.String(long), geo.List(geo.String(long)), geo.Int(1<<53 + 1), geo.TimeValue(-geo.Day * 36525)},
		{geo.String("=1+1 _x0041_"), geo.List(geo.Int(1)), geo.Int(1 << 53), geo.TimeValue(geo.Day / 2)},
	} {
		if err := b.Add(&geo.Feature{Key: geo.Key(key + 1), Values: values}); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := find(t, "xlsx").New(&out, export.Sheet{Schema: l.Schema()})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Each(func(r geo.Row) error { return w.Write(r, nil) }); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := []string{"1 texts are cut off", "1 lists, records and shapes are longer than a cell and left out", "1 times before March of 1900 or after 9999 are text", "1 whole numbers of more than 53 bits are text"}
	if got := w.Lost(); !slices.Equal(got, want) {
		t.Errorf("lost %q, want %q", got, want)
	}
	sheet := part(t, out.Bytes(), "xl/worksheets/sheet1.xml")
	for _, s := range []string{`>=1+1 _x005F_x0041_</t>`, `<v>9007199254740992</v>`, `>9007199254740993</t>`, `<v>25569.5</v>`, `>1869-12-31T00:00:00Z</t>`} {
		if !strings.Contains(sheet, s) {
			t.Errorf("the sheet lacks %s", s)
		}
	}
	if got := strings.Count(sheet, "𝄞"); got != 16_383 || strings.Contains(sheet, "<f>") {
		t.Errorf("%d characters of the long text stay, want 16383", got)
	}
}

func part(t *testing.T, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestWorkbookRows wants a second sheet for the records that one does not
// hold, each record once.
func TestWorkbookRows(t *testing.T) {
	if testing.Short() {
		t.Skip("a sheet holds a million rows: not with -short")
	}
	l := anyWorldOf(t, 1, geo.NoGeometry, 1, 32)
	var out bytes.Buffer
	w, err := find(t, "xlsx").New(&out, export.Sheet{Schema: l.Schema(), Fields: []int{1}})
	if err != nil {
		t.Fatal(err)
	}
	const n = 1<<20 + 1
	err = l.Each(func(r geo.Row) error {
		for range n {
			if err := w.Write(r, nil); err != nil {
				return err
			}
		}
		return w.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`<row r="(\d+)">`)
	for i, want := range []int{1 << 20, 3} {
		all := rows.FindAllStringSubmatch(part(t, out.Bytes(), fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)), -1)
		if last := all[len(all)-1][1]; len(all) != want || last != strconv.Itoa(want) {
			t.Errorf("sheet %d has %d rows, the last is %s, want %d", i+1, len(all), last, want)
		}
	}
	if !strings.Contains(part(t, out.Bytes(), "xl/workbook.xml"), `<sheet name="any_world 2"`) {
		t.Error("the second sheet is not called any_world 2")
	}
}
