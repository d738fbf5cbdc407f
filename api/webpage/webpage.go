// Package webpage shows documents of the API to people who open them in a
// browser: the same content as the JSON, with its links to follow, and for
// records a small map and a table. The pages need no script and no other host.
package webpage

import (
	"bytes"
	"embed"
	"html/template"
)

//go:embed *.html
var files embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{"value": value, "long": long}).ParseFS(files, "*.html"))

// Sheet is one page. Only Title is required.
type Sheet struct {
	Title  string
	Path   []Step // from the landing page to here
	JSON   string // the address of the same in JSON
	About  string // a paragraph
	Map    template.HTML
	Table  *Table
	Ways   []Way // how to open it elsewhere
	Rest   []Member
	Links  []Link
	Marked string // the highest classification of what is shown
}

// Step is a page above this one.
type Step struct{ Title, Href string }

// Link is one link of a document.
type Link struct{ Href, Rel, Title, Type string }

// Way tells how to open a collection in another program.
type Way struct {
	Program string
	Steps   string // in words; "" where the code says all
	Code    string // to copy
}

// Table is records, or anything else that is a row of the same columns.
type Table struct {
	Columns []string
	Rows    []Row
	Note    string // how many of how many
	Next    string // the address of the next page, "" for the last
}

// Row is a row of a Table and the address of its own page.
type Row struct {
	Href  string
	Cells []any // as [Read] gives values
}

// Add adds a record: its key, which leads to its own page under the address,
// and its properties. The first record names the columns, as each of a
// collection has the same.
func (t *Table) Add(key, under string, properties any) {
	members := Without(properties)
	if t.Columns == nil {
		t.Columns = []string{"key"}
		for _, m := range members {
			t.Columns = append(t.Columns, m.Name)
		}
	}
	row := Row{Href: under + key + "?f=html", Cells: []any{key}}
	for _, name := range t.Columns[1:] {
		row.Cells = append(row.Cells, Find(properties, name))
	}
	t.Rows = append(t.Rows, row)
}

// Append adds the page as HTML. Everything that comes from records or requests
// is escaped.
func (s *Sheet) Append(b []byte) []byte {
	w := bytes.NewBuffer(b)
	if err := pages.ExecuteTemplate(w, "sheet.html", s); err != nil {
		panic("webpage: " + err.Error()) // the templates are constants, and memory takes every byte
	}
	return w.Bytes()
}
