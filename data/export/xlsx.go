package export

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/paulmach/orb/encoding/wkt"

	"bivouac/geo"
)

// workbook writes an Office Open XML workbook (ECMA-376, part 1) as it goes:
// the records on a sheet, on as many as it takes where one is full, and what
// the file says of itself on the last. Texts stand in their cells, so that no
// table of them grows in memory, and none of them is ever a formula.
type workbook struct {
	zip    *zip.Writer
	sheet  Sheet
	cells  *cells
	head   []string
	column []string // what the columns are called: A, B, ...
	most   int      // rows of a sheet, the head among them
	names  []string // of the sheets so far
	out    io.Writer
	row    int
	bytes  int64
	buf    []byte
	text   []byte

	cut, long, old, big, several int // texts, lists and shapes, times, numbers; records
}

var workbookHolds = Holds{
	Kinds: []geo.Kind{geo.KindBool, geo.KindInt, geo.KindFloat, geo.KindTime}, Grain: geo.Second / 1000,
	Shapes: AsText, Extra: true, TextUnits: workbookText, XML: true, Packed: true,
}

// What a sheet and a cell hold, by Microsoft's "Excel specifications and
// limits". Beyond workbookBytes a sheet would need a ZIP that not all readers take.
const (
	workbookRows    = 1 << 20
	workbookColumns = 1 << 14
	workbookText    = 1<<15 - 1
	workbookBytes   = 2 << 30
	workbookWhole   = 1 << 53 // whole numbers up to it are exact
)

// Days are counted from 1899-12-30. A day that never was, 1900-02-29, counts,
// so that only times after it are told alike by all.
var (
	workbookZero  = geo.Time(-25569) * geo.Day
	workbookFirst = workbookZero + 61*geo.Day
	workbookEnd   = workbookZero + 2958466*geo.Day // 10000-01-01
)

// Styles of cells, as workbookStyles has them.
const (
	styleDay  = ` s="1"`
	styleTime = ` s="2"`
	styleHead = ` s="3"`
)

func newWorkbook(w io.Writer, s Sheet) (Writer, error) { return newWorkbookOf(w, s, workbookRows) }

// newWorkbookOf begins another sheet where one has so many rows.
func newWorkbookOf(w io.Writer, s Sheet, most int) (*workbook, error) {
	b := &workbook{zip: zip.NewWriter(w), sheet: s, cells: newCells(s, &workbookHolds), most: most}
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	b.head = b.cells.header(s.Schema.Geometry)
	if len(b.head) > workbookColumns {
		return nil, geo.Errorf(geo.Invalid, "", "a sheet of XLSX has %d columns, and these records need %d; choose some of their fields, or another format", workbookColumns, len(b.head))
	}
	for i := range b.head {
		b.column = append(b.column, columnName(i))
	}
	return b, nil
}

// columnName is what the column of the position is called.
func columnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnName(i/26-1) + columnName(i%26)
}

// begin begins a sheet. Its header, for the printer, has the classification.
func (b *workbook) begin(name string) (err error) {
	b.names = append(b.names, name)
	b.row, b.bytes = 0, 0
	if b.out, err = b.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.names))); err != nil {
		return err
	}
	_, err = io.WriteString(b.out, xmlHead+`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">`+
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`)
	return err
}

func (b *workbook) end() error {
	if b.out == nil {
		return nil
	}
	marking := strings.ReplaceAll(b.sheet.Highest.String(), "&", "&&")
	_, err := b.out.Write(append(element([]byte(`</sheetData><headerFooter>`), "oddHeader", "&C"+marking), `</headerFooter></worksheet>`...))
	b.out = nil
	return err
}

// beginRecords begins a sheet of records with the names of the columns.
func (b *workbook) beginRecords() error {
	if err := b.end(); err != nil {
		return err
	}
	name := sheetName(b.sheet.Schema.Name)
	if n := len(b.names); n > 0 {
		name = fmt.Sprintf("%s %d", name, n+1)
	}
	if err := b.begin(name); err != nil {
		return err
	}
	b.beginRow()
	for i, name := range b.head {
		b.addText(i, name, styleHead)
	}
	return b.endRow()
}

func (b *workbook) beginRow() {
	b.row++
	b.buf = append(strconv.AppendInt(append(b.buf[:0], `<row r="`...), int64(b.row), 10), `">`...)
}

func (b *workbook) endRow() error {
	b.buf = append(b.buf, `</row>`...)
	b.bytes += int64(len(b.buf))
	_, err := b.out.Write(b.buf)
	return err
}

func (b *workbook) Write(r geo.Row, beside []geo.Value) error {
	if b.out == nil || b.row >= b.most || b.bytes >= workbookBytes {
		if err := b.beginRecords(); err != nil {
			return err
		}
	}
	b.cells.take(r, beside)
	b.beginRow()
	b.addWhole(0, int64(r.Key()))
	for i := range b.cells.fields {
		b.addValue(i+1, b.cells.value(i), &b.cells.fields[i])
	}
	b.addPlace(r, len(b.cells.fields)+1)
	return b.endRow()
}

// addValue adds a cell; none for what is not known.
func (b *workbook) addValue(i int, v geo.Value, f *geo.Field) {
	switch v.Kind() {
	case geo.KindNull:
	case geo.KindBool:
		digit := "0"
		if v.Bool() {
			digit = "1"
		}
		b.buf = append(append(b.cell(i, ` t="b"`, "<v>"), digit...), "</v></c>"...)
	case geo.KindInt:
		b.addWhole(i, v.Int())
	case geo.KindFloat:
		b.addNumber(i, v.Float(), "")
	case geo.KindTime:
		b.addTime(i, v, f)
	case geo.KindString:
		b.addText(i, v.Text(), "")
	default:
		b.text = appendText(b.text[:0], v, f)
		b.addWhollyOrNot(i, string(b.text))
	}
}

// cell begins the cell of a column in this row.
func (b *workbook) cell(i int, attributes, inner string) []byte {
	out := append(append(b.buf, `<c r="`...), b.column[i]...)
	out = append(strconv.AppendInt(out, int64(b.row), 10), '"')
	return append(append(append(out, attributes...), '>'), inner...)
}

func (b *workbook) addNumber(i int, x float64, style string) {
	b.buf = append(strconv.AppendFloat(b.cell(i, style, "<v>"), x, 'G', -1, 64), "</v></c>"...)
}

// addWhole adds a whole number, as text where numbers of cells are too coarse.
func (b *workbook) addWhole(i int, n int64) {
	if n > workbookWhole || n < -workbookWhole {
		b.big++
		b.addText(i, strconv.FormatInt(n, 10), "")
		return
	}
	b.buf = append(strconv.AppendInt(b.cell(i, "", "<v>"), n, 10), "</v></c>"...)
}

// addTime adds a time in days, as text where sheets have no such day.
func (b *workbook) addTime(i int, v geo.Value, f *geo.Field) {
	t := v.Time()
	if t < workbookFirst || t >= workbookEnd {
		b.old++
		b.text = appendText(b.text[:0], v, f)
		b.addText(i, string(b.text), "")
		return
	}
	style := styleTime
	if f.DateOnly {
		style = styleDay
	}
	const grain = geo.Second / 1000
	b.addNumber(i, float64((t-workbookZero)/grain)/float64(geo.Day/grain), style)
}

// addText adds a text, cut off where it is longer than a cell.
func (b *workbook) addText(i int, text, style string) {
	if short := cutUnits(text, workbookText); len(short) < len(text) {
		b.cut++
		text = short
	}
	if text == "" {
		return
	}
	b.buf = b.cell(i, style+` t="inlineStr"`, `<is><t xml:space="preserve">`)
	b.buf = append(appendXML(b.buf, unreferenced(text)), `</t></is></c>`...)
}

// addWhollyOrNot adds a text of which a part would be of no use.
func (b *workbook) addWhollyOrNot(i int, text string) {
	if len(cutUnits(text, workbookText)) < len(text) {
		b.long++
		return
	}
	b.addText(i, text, "")
}

// cutUnits is as much of the text as has so many UTF-16 units.
func cutUnits(text string, most int) string {
	if len(text) <= most {
		return text
	}
	units := 0
	for at, r := range text {
		if units += max(1, utf16.RuneLen(r)); units > most {
			return text[:at]
		}
	}
	return text
}

// escaped is what readers take for a character by its number (ST_Xstring).
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unreferenced writes the underline of what only looks like one by its number.
func unreferenced(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped.ReplaceAllStringFunc(text, func(s string) string { return "_x005F" + s })
}

func (b *workbook) addPlace(r geo.Row, i int) {
	switch b.sheet.Schema.Geometry {
	case geo.NoGeometry:
	case geo.PointGeometry:
		if p, ok := r.Point(); ok {
			b.addNumber(i, p[0], "")
			b.addNumber(i+1, p[1], "")
		} else if r.Geometry() != nil {
			b.several++
		}
	default:
		if g := r.Geometry(); g != nil {
			b.addWhollyOrNot(i, wkt.MarshalString(g))
		}
	}
}

// Discard has nothing to give up: no file is kept.
func (b *workbook) Discard() {}

// Lost says what cells were too small for.
func (b *workbook) Lost() (out []string) {
	for _, c := range []struct {
		n    int
		text string
	}{
		{b.cut, "%d texts are cut off"}, {b.long, "%d lists, records and shapes are longer than a cell and left out"},
		{b.old, "%d times before March of 1900 or after 9999 are text"}, {b.big, "%d whole numbers of more than 53 bits are text"},
		{b.several, "%d records of several points have no place"},
	} {
		if c.n > 0 {
			out = append(out, fmt.Sprintf(c.text, c.n))
		}
	}
	return out
}

// sheetName is the name as one of a sheet, which is short and lacks some marks.
func sheetName(name string) string {
	const longest = 24 // of 31, so that a number fits behind it
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`[]:*?/\'`, r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, cutUnits(name, longest))
	if name == "" || strings.EqualFold(name, "History") { // which programs keep for themselves
		return name + "_"
	}
	return name
}

// Close writes the sheet about the file, and what makes the sheets a workbook.
func (b *workbook) Close() error {
	if len(b.names) == 0 {
		if err := b.beginRecords(); err != nil {
			return err
		}
	}
	if err := b.end(); err != nil {
		return err
	}
	if err := b.writeAbout(); err != nil {
		return err
	}
	for _, part := range b.parts() {
		w, err := b.zip.Create(part.name)
		if err == nil {
			_, err = io.WriteString(w, xmlHead+part.text)
		}
		if err != nil {
			return err
		}
	}
	return b.zip.Close()
}

func (b *workbook) writeAbout() error {
	lines := append([]string{titleOf(b.sheet)}, about(b.sheet, &workbookHolds)...)
	if n := len(b.names); n > 1 {
		lines = append(lines, fmt.Sprintf("The records stand on %d sheets: one has %d rows at most", n, b.most))
	}
	lines = append(lines, b.Lost()...)
	lower := make([]string, len(b.names))
	for i, name := range b.names {
		lower[i] = strings.ToLower(name)
	}
	name := "About"
	if slices.Contains(lower, "about") {
		name = "About this file"
	}
	if err := b.begin(name); err != nil {
		return err
	}
	for i, line := range lines {
		style := ""
		if i == 0 {
			style = styleHead
		}
		b.beginRow()
		b.addText(0, line, style)
		if err := b.endRow(); err != nil {
			return err
		}
	}
	return b.end()
}

type workbookPart struct{ name, text string }

// parts are what a workbook has beside its sheets.
func (b *workbook) parts() []workbookPart {
	const office, kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "application/vnd.openxmlformats-officedocument.spreadsheetml."
	const relationships = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	var sheets, related, types strings.Builder
	for i, name := range b.names {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, appendXML(nil, name), i+1, i+1)
		fmt.Fprintf(&related, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, office, i+1)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, kinds)
	}
	fmt.Fprintf(&related, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(b.names)+1, office)
	return []workbookPart{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + kinds + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + kinds + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", relationships + `<Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + office + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relationships + related.String() + `</Relationships>`},
		{"xl/styles.xml", workbookStyles},
	}
}

// workbookStyles are plain cells, days, times and bold ones, in that order.
const workbookStyles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`
