package load

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bivouac/geo"
)

// Report is what became of a file's rows.
type Report struct {
	File          string
	Format        Format
	Encoding      Encoding
	Separator     string            // of CSV, else ""
	Collection    string            //
	Mapping       map[string]string // our field -> source column
	Rows          int               // read, refused ones included
	Loaded        int
	WithoutPlace  int // of the loaded
	Refused       int
	Refusals      []Refusal                 // the first of them, as many as the options keep
	UnknownCodes  map[string]map[string]int // field -> code -> rows
	AtZero        int                       // places at longitude 0, latitude 0
	Split         int                       // shapes cut at the date line
	ZonelessTimes int                       // times without a zone, read as UTC
	Notes         []geo.Said                // what was read, where that is not plain from the rest
	Warnings      []geo.Said

	keep int
}

// Refusal is a row that was not loaded, and why.
type Refusal struct {
	File    string
	Row     int      // 1 for the first record
	Line    int      // on which it starts; 0 where that is not known
	Field   string   // "" where it is the row as a whole
	Said    geo.Said // why
	Raw     string   // how the row starts
	ID      string   // that the record would have, "" where it is not known
	Key     geo.Key  // of the record in the collection that the row states, 0 where it is not known
	Columns []string // of the file
	Record  []byte   // its columns as a GeoJSON feature, to be mended; of its reader's alone until it returns
}

// String prints the refusal on one line.
func (r Refusal) String() string {
	where := fmt.Sprintf("%s, row %d", r.File, r.Row)
	if r.Line > 0 {
		where += fmt.Sprintf(" (line %d)", r.Line)
	}
	if r.Field != "" {
		where += ", " + r.Field
	}
	return where + ": " + r.Said.Text
}

func (f *File) newReport() Report {
	r := Report{
		File: f.members[0].name, Format: f.form.format, Encoding: f.members[0].code, Collection: f.schema.Name,
		Mapping: f.plan.used, UnknownCodes: map[string]map[string]int{}, keep: f.options.MaxRefusals,
	}
	if r.Format == JSON && !f.placed && f.rows > 0 {
		r.Format = Records
	}
	if len(f.members) > 1 {
		r.File = fmt.Sprintf("%d files of %s", len(f.members), strings.SplitN(r.File, "/", 2)[0])
	}
	if f.form.separator != 0 {
		r.Separator = string(f.form.separator)
	}
	if r.keep == 0 {
		r.keep = keptRefusals
	}
	r.Notes = append(f.ownNotes(), f.cutNotes()...)
	r.warn(f.doubts)
	if r.Encoding == Windows1252 && f.options.Encoding == "" {
		r.Warnings = append(r.Warnings, readAsWestern.With())
	}
	return r
}

func (r *Report) warn(list []geo.Said) {
	for _, w := range list {
		if !slices.ContainsFunc(r.Warnings, func(o geo.Said) bool { return o.Text == w.Text }) {
			r.Warnings = append(r.Warnings, w)
		}
	}
}

// mostCodes is the number of unknown codes of a field that are kept apart.
const mostCodes = 1000

func (r *Report) code(field, code string) {
	codes := r.UnknownCodes[field]
	if codes == nil {
		codes = map[string]int{}
		r.UnknownCodes[field] = codes
	}
	if _, ok := codes[code]; !ok && len(codes) == mostCodes {
		code = "(others)"
	}
	codes[code]++
}

// refuse counts a refused row and tells of it.
func (r *reading) refuse(row *row, f fault) error {
	refusal := Refusal{File: r.from.name, Row: row.ordinal, Line: row.line, Field: f.field, Said: *f.Said}
	switch rs := r.rowsIn.(type) {
	case *featureRows:
		refusal.Line = rs.line()
		refusal.Raw = rs.raw()
	default:
		refusal.Raw = start(row.raw)
	}
	if r.file.options.Refused != nil {
		refusal.Record, refusal.ID, refusal.Columns = r.recordOf(row), r.idOf(row), r.file.Names()
		if row.refused == nil {
			refusal.Key, _ = r.file.key.of(row)
		}
	}
	if row.refused != nil {
		refusal.Row, refusal.Line, refusal.Raw = row.refused.ordinal, row.refused.line, row.refused.raw
	}
	r.report.Refused++
	if len(r.report.Refusals) < r.report.keep {
		kept := refusal
		kept.Record, kept.Columns = nil, nil
		r.report.Refusals = append(r.report.Refusals, kept)
	}
	if r.file.options.Refused != nil {
		return r.file.options.Refused(refusal)
	}
	return nil
}

// shown is the number of refusals and codes that the text lists.
const shown = 20

// Troubles says what a person should look at, "" where all is well.
func (r Report) Troubles() string {
	list := geo.Texts(r.Warned())
	if r.Refused > 0 {
		list = append(list, fmt.Sprintf("%s left out, since they cannot be right; %s", count(r.Refused, "row"), r.Refusals[0]))
	}
	return strings.Join(list, "; ")
}

// String prints the report for people.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %s", r.File, r.Format, r.Encoding)
	if r.Separator != "" {
		fmt.Fprintf(&b, ", columns parted by %q", r.Separator)
	}
	fmt.Fprintf(&b, "\n%s: %s, %d loaded (%d without a place), %d refused\n", r.Collection, count(r.Rows, "row"), r.Loaded, r.WithoutPlace, r.Refused)
	for _, field := range slices.Sorted(maps.Keys(r.Mapping)) {
		if column := r.Mapping[field]; column != field {
			fmt.Fprintf(&b, "  %s is taken from %s\n", field, column)
		}
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "  %s\n", n.Text)
	}
	for _, w := range r.Warned() {
		fmt.Fprintf(&b, "warning: %s\n", w.Text)
	}
	for i, refusal := range r.Refusals {
		if i == shown {
			break
		}
		fmt.Fprintf(&b, "refused: %s\n", refusal)
	}
	if r.Refused > min(shown, len(r.Refusals)) {
		fmt.Fprintf(&b, "refused: %d more\n", r.Refused-min(shown, len(r.Refusals)))
	}
	return b.String()
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Warned are all that a person should look at, counts among them.
func (r Report) Warned() []geo.Said {
	list := slices.Clone(r.Warnings)
	for _, c := range []struct {
		n int
		s geo.Sentence
	}{{r.AtZero, placesAtZero}, {r.Split, shapesSplit}, {r.ZonelessTimes, timesZoneless}} {
		if c.n > 0 {
			list = append(list, c.s.With(c.n))
		}
	}
	for _, field := range slices.Sorted(maps.Keys(r.UnknownCodes)) {
		codes := r.UnknownCodes[field]
		var told []string
		for _, code := range slices.Sorted(maps.Keys(codes)) {
			if len(told) == shown {
				break
			}
			told = append(told, fmt.Sprintf("%q (%d)", code, codes[code]))
		}
		if more := len(codes) - len(told); more > 0 {
			list = append(list, moreCodes.With(field, strings.Join(told, ", "), more))
		} else {
			list = append(list, unknownCodes.With(field, strings.Join(told, ", ")))
		}
	}
	return list
}
