// Package staging holds the words of an import that is looked at before it is
// taken: how a file is to be read, what was found in it, and what it would add,
// change and delete in a collection.
//
// An import goes from state to state: its file is received, read and compared
// with what the store holds; then it waits, row by row, to be approved. [Diff]
// is the comparison of one record.
package staging

import (
	"slices"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// State is how far an import is.
type State string

// The states. Reading and Taking are work that goes on.
const (
	Receiving State = "receiving" // its file is not whole yet
	Reading   State = "reading"   // the file is read and compared
	Staged    State = "staged"    // it can be looked at and approved
	Failed    State = "failed"    // it cannot be read; other options may help
	Taking    State = "taking"    // it is committed
	Approved  State = "approved"  // it is in the store
)

// States returns all states.
func States() []string {
	return []string{string(Receiving), string(Reading), string(Staged), string(Failed), string(Taking), string(Approved)}
}

// Kind is what becomes of a row.
type Kind string

// The kinds of rows. Deleted ones stand in the store and not in the file.
const (
	Added   Kind = "added"
	Changed Kind = "changed"
	Same    Kind = "same"
	Deleted Kind = "deleted"
	Refused Kind = "refused"
)

// Kinds returns all kinds.
func Kinds() []string {
	return []string{string(Added), string(Changed), string(Same), string(Deleted), string(Refused)}
}

// ParseKind reads a kind.
func ParseKind(s string) (Kind, error) {
	if !slices.Contains(Kinds(), s) {
		return "", geo.Errorf(geo.Invalid, "kind", "must be one of %v, not %.40q", Kinds(), s)
	}
	return Kind(s), nil
}

// Options say how a file is to be read. What is empty is found out.
type Options struct {
	Collection  string            `json:"collection,omitempty"`   // "" is that of the profile, else one named after the file
	Profile     string            `json:"profile,omitempty"`      // id of an import profile; "" is the one that knows the columns, "none" is none
	Format      string            `json:"format,omitempty"`       //
	Encoding    string            `json:"encoding,omitempty"`     //
	Separator   string            `json:"separator,omitempty"`    // of columns: a character, or tab
	CRS         string            `json:"crs,omitempty"`          // such as EPSG:32630
	Layer       string            `json:"layer,omitempty"`        // of a file that holds several
	Mission     string            `json:"mission,omitempty"`      // of rows that name none
	CellKM      float64           `json:"cell_km,omitempty"`      // width of the cells that the people of a grid are counted in
	Longitude   string            `json:"longitude,omitempty"`    // column
	Latitude    string            `json:"latitude,omitempty"`     // column
	Shape       string            `json:"shape,omitempty"`        // column of WKT, WKB or GeoJSON
	Mapping     map[string]string `json:"mapping,omitempty"`      // field -> column; "" takes it from none
	IDFrom      []string          `json:"id_from,omitempty"`      // columns that a record's id is derived from
	Key         string            `json:"key,omitempty"`          // column of the keys that records have in the collection; "" finds it in files of ours, NoKey is none
	Whole       bool              `json:"whole,omitempty"`        // the file is the whole collection: what it lacks is deleted
	StrictCodes bool              `json:"strict_codes,omitempty"` // refuse codes that the collection does not know
}

// NoKey as Options.Key says that no column of a file holds keys of records here.
const NoKey = "none"

// Column is one column of a file.
type Column struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"`            // kind of its values, as geo.Kind prints it
	Samples []string `json:"samples"`         // of its values, different ones
	Fields  []string `json:"fields"`          // that are taken from it
	Place   string   `json:"place,omitempty"` // longitude, latitude or shape, where it is a part of the place
	Dropped string   `json:"dropped,omitempty"`

	DroppedSaid *geojson.Told `json:"dropped_said,omitempty"`
}

// Field is one field of the collection, to be taken from a column.
type Field struct {
	Name     string `json:"name"`
	Title    string `json:"title,omitempty"`
	Type     string `json:"type"`
	Required bool   `json:"required,omitempty"`
	New      bool   `json:"new,omitempty"` // the collection has no such field yet
}

// Found is what a file turned out to be, and how it is read.
type Found struct {
	Format     string            `json:"format"`
	Encoding   string            `json:"encoding,omitempty"`
	Separator  string            `json:"separator,omitempty"`
	CRS        string            `json:"crs,omitempty"`
	Layers     []string          `json:"layers,omitempty"` // of which Options.Layer names one
	Layer      string            `json:"layer,omitempty"`  // the one that was read, of several
	Collection string            `json:"collection"`
	New        bool              `json:"new"` // the store has no such collection yet
	Geometry   string            `json:"geometry"`
	Profile    string            `json:"profile,omitempty"`  // that is followed
	Profiles   []string          `json:"profiles,omitempty"` // that know the columns, the surest first
	Mapping    map[string]string `json:"mapping"`            // field -> column
	Columns    []Column          `json:"columns"`
	Fields     []Field           `json:"fields"`
	Key        string            `json:"key,omitempty"` // the column whose numbers are keys of records here
	ID         string            `json:"id"`            // what tells records apart: the field or columns, or "content" where they have no id
}

// Report is what was seen while the rows were read.
type Report struct {
	Rows         int                       `json:"rows"` // refused ones included
	WithoutPlace int                       `json:"without_place"`
	AtZero       int                       `json:"at_zero"` // at longitude 0, latitude 0
	Codes        map[string]map[string]int `json:"codes,omitempty"`
	Notes        []string                  `json:"notes,omitempty"`
	NotesSaid    []geojson.Told            `json:"notes_said,omitempty"`
	Warnings     []string                  `json:"warnings,omitempty"`
	WarningsSaid []geojson.Told            `json:"warnings_said,omitempty"`
}

// Warn adds warnings, in English and for other languages.
func (r *Report) Warn(list ...geo.Said) {
	r.Warnings = append(r.Warnings, geo.Texts(list)...)
	r.WarningsSaid = append(r.WarningsSaid, geojson.Tell(list)...)
}

// Counts is how many rows there are of each kind.
type Counts struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Deleted int `json:"deleted"`
	Refused int `json:"refused"`
}

// Nothing reports whether an approval would change no record.
func (c *Counts) Nothing() bool { return c.Added+c.Changed+c.Deleted == 0 }

// Of returns where the kind is counted.
func (c *Counts) Of(k Kind) *int {
	switch k {
	case Added:
		return &c.Added
	case Changed:
		return &c.Changed
	case Same:
		return &c.Same
	case Deleted:
		return &c.Deleted
	}
	return &c.Refused
}

// Progress is how far the work that goes on is.
type Progress struct {
	Step  string  `json:"step"`   // receiving, looking, comparing or taking
	Done  int64   `json:"done"`   // bytes while receiving, else rows
	Total int64   `json:"total"`  // 0 where it is not known yet
	Rate  float64 `json:"rate"`   // a second
	LeftS float64 `json:"left_s"` // seconds; 0 where that is not known
}

// Import is one file on its way into a store.
type Import struct {
	ID       string      `json:"id"`
	Owner    geo.Asker   `json:"-"`
	Name     string      `json:"name"` // of the file
	Size     int64       `json:"size"` // bytes
	Received int64       `json:"received"`
	SHA256   string      `json:"sha256,omitempty"` // of the file, in hexadecimal digits
	State    State       `json:"state"`
	Created  geo.Time    `json:"-"`
	Updated  geo.Time    `json:"-"`
	Expires  geo.Time    `json:"-"`
	Options  Options     `json:"options"`
	Progress Progress    `json:"progress"`
	Found    *Found      `json:"found,omitempty"`
	Report   *Report     `json:"report,omitempty"`
	Counts   *Counts     `json:"counts,omitempty"`
	Against  geo.Version `json:"against,omitempty"` // that it was compared with
	Version  geo.Version `json:"version,omitempty"` // that the approval made; 0 where it changed nothing
	Problem  *Problem    `json:"problem,omitempty"`
	Highest  geo.Class   `json:"-"` // of its rows
}

// Problem is why an import failed, or why its last approval was refused.
type Problem struct {
	Code  geo.Code      `json:"code"`
	Where string        `json:"parameter,omitempty"`
	Text  string        `json:"detail"`
	Said  *geojson.Told `json:"said,omitempty"` // nil where the Text is in English alone
}

// NewProblem returns what people are told of an error.
func NewProblem(err *geo.Error) *Problem {
	return &Problem{Code: err.Code, Where: err.Where, Text: err.Text, Said: geojson.TellError(err)}
}

// Error returns the problem as the error that it was.
func (p *Problem) Error() *geo.Error {
	if p.Said == nil {
		return geo.Errorf(p.Code, p.Where, "%s", p.Text)
	}
	return p.Said.Refusal(p.Code, p.Where)
}

// Row is one row of the comparison.
type Row struct {
	Kind     Kind
	Row      int // in the file, from 1; 0 for a deleted record
	Line     int // on which it starts, 0 where that is not known
	Key      geo.Key
	SourceID string
	Before   *geo.Feature // as it stands; nil where it is added or refused
	After    *geo.Feature // as it would stand; nil where it is deleted or refused
	Fields   []string     // that change, "geometry" and "extra" among them
	Field    string       // of a refused one: where, "" for the row as a whole
	Reason   string       // of a refused one: of which file and row, where in it, and why
	Said     geo.Said     // of a refused one: why
	Record   []byte       // of a refused one: its columns, as a GeoJSON feature; nil where it could not be read
}

// Page is a part of the rows of one kind, in the order of the file.
type Page struct {
	Schema  geo.Schema // of Before and After
	Columns []string   // of the file, in their order
	Rows    []Row
	Next    string // where the next page begins; "" behind the last
}

// Query says which rows are asked for.
type Query struct {
	Kind  Kind
	After string // where a page says that the next one begins; "" is the beginning
	Limit int
}
