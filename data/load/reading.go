package load

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/staging"
)

// reading is one Read of a File.
type reading struct {
	ctx     context.Context
	file    *File
	add     func(*geo.Feature) error
	report  Report
	words   words
	swaps   swaps
	text    []byte // scratch
	feature geo.Feature
	from    *member
	rowsIn  rows
	ids     map[idKey]idPlace
	seed    [2]maphash.Seed
	codes   []map[string]bool // known codes, by field
	left    []int             // values that were left out, by column
	extraAt int               // column of our own "extra", -1 for none
	textAt  int               // column of rows that could not be read, -1 for none
}

// idKey stands for a source id: short ones as they are, longer ones by 128
// bits of hash, so that a million of them fit in little memory.
type idKey [16]byte

type idPlace struct {
	member uint16
	row    uint32
}

func newReading(ctx context.Context, f *File, add func(*geo.Feature) error) *reading {
	r := &reading{
		ctx: ctx, file: f, add: add, ids: map[idKey]idPlace{},
		seed: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()},
	}
	if f.ids || f.schema.WithRole(geo.SourceIDRole) >= 0 {
		r.ids = make(map[idKey]idPlace, f.rows)
	}
	r.report = f.newReport()
	r.textAt = find(f.columns, staging.TextColumn)
	r.left = make([]int, len(f.columns))
	r.feature.Values = make([]geo.Value, len(f.schema.Fields))
	r.codes = make([]map[string]bool, len(f.schema.Fields))
	for i := range f.schema.Fields {
		for _, code := range f.schema.Fields[i].Enum {
			if r.codes[i] == nil {
				r.codes[i] = map[string]bool{}
			}
			r.codes[i][code] = true
		}
	}
	r.extraAt = f.extraColumn()
	return r
}

// member reads one member.
func (r *reading) member(m *member) error {
	r.from = m
	r.report.warn(m.notes)
	r.report.Notes = append(r.report.Notes, m.told...)
	err := r.file.each(m, func(row *row, rs rows) error {
		r.rowsIn = rs
		return r.row(row)
	})
	if r.rowsIn != nil {
		r.report.warn(r.rowsIn.warnings())
		if m, ok := r.rowsIn.(*mapRows); ok {
			r.report.Notes = append(r.report.Notes, m.notes()...)
		}
		r.rowsIn = nil
	}
	return err
}

// askEvery rows the reader is asked whether anybody still waits.
const askEvery = 1024

// row turns one row into a feature, or refuses it.
func (r *reading) row(row *row) error {
	if r.file.options.MaxRows > 0 && r.report.Rows == r.file.options.MaxRows {
		return errEnough
	}
	r.report.Rows++
	r.file.row, r.file.line = row.ordinal, row.line
	if r.report.Rows%askEvery == 0 {
		if err := r.ctx.Err(); err != nil {
			return geo.ErrorOf(geo.Cancelled, r.from.name, givenUp, err)
		}
	}
	if row.refused != nil {
		return r.refuse(row, fault{Said: &row.refused.said})
	}
	if bad := r.fill(row); bad != nil {
		return r.refuse(row, *bad)
	}
	if bad := r.deriveID(row); bad != nil {
		return r.refuse(row, *bad)
	}
	if bad := r.remember(row); bad != nil {
		return r.refuse(row, *bad)
	}
	if err := r.add(&r.feature); err != nil {
		var refusal *geo.Error
		if errors.As(err, &refusal) {
			return r.refuse(row, fault{refusal.Where, geo.SaidBy(refusal)})
		}
		return err
	}
	r.report.Loaded++
	for i := range r.left {
		if r.file.columns[i].dropped != nil && row.cell(i).kind != absent {
			r.left[i]++
		}
	}
	r.swaps.see(r.file.options.Areas, r.feature.Geometry)
	if r.feature.Geometry == nil {
		r.report.WithoutPlace++
	}
	return nil
}

// fill makes the feature of the row.
func (r *reading) fill(row *row) *fault {
	if c := row.cell(r.textAt); c.kind != absent {
		return &fault{staging.TextColumn, told(unwritten)}
	}
	f := &r.feature
	*f = geo.Feature{Values: f.Values, Extra: f.Extra[:0], Mission: r.file.options.Mission, SourceID: row.id}
	var bad *fault
	if f.Key, bad = r.file.key.of(row); bad != nil {
		return bad
	}
	if r.file.numbered {
		f.SourceID = ""
	}
	if f.Geometry, f.Z, bad = r.place(row); bad != nil {
		return bad
	}
	for i := range r.file.schema.Fields {
		if bad := r.field(row, i); bad != nil {
			return bad
		}
	}
	f.Extra = r.file.plan.appendExtra(f.Extra, row, object(row.cell(r.extraAt)))
	if len(f.Extra) == 0 {
		f.Extra = nil
	}
	return r.roles(f)
}

// roles fills in what the store knows of every record.
func (r *reading) roles(f *geo.Feature) *fault {
	err := geo.Fill(&r.file.schema, f)
	if err == nil {
		return nil
	}
	var e *geo.Error
	if errors.As(err, &e) {
		return &fault{e.Where, geo.SaidBy(e)}
	}
	return &fault{Said: geo.SaidBy(err)}
}

// field fills in one value.
func (r *reading) field(row *row, i int) *fault {
	f := &r.file.schema.Fields[i]
	s := r.file.plan.fields[i]
	c := row.cell(s.column)
	var v geo.Value
	var problem *geo.Said
	if s.via != nil {
		v, problem = s.via(c)
	} else if known, ok := s.decode(c); ok {
		v = known
	} else {
		v, problem = r.convert(c, f)
	}
	if problem == nil && !v.Null() {
		problem = r.hold(i, f, v)
	}
	if problem == nil && v.Null() && f.Required {
		problem = told(emptyRequired)
	}
	if problem != nil {
		return &fault{r.sourceName(f, s), problem}
	}
	r.feature.Values[i] = v
	return nil
}

// sourceName is the field as the file calls it, and as we do where that is
// another name.
func (r *reading) sourceName(f *geo.Field, s source) string {
	if s.column < 0 || r.file.columns[s.column].name == f.Name {
		return f.Name
	}
	return fmt.Sprintf("%s (%s)", r.file.columns[s.column].name, f.Name)
}

// hold checks a value against the limits and codes of its field.
func (r *reading) hold(i int, f *geo.Field, v geo.Value) *geo.Said {
	var beyond *geo.Error
	switch {
	case errors.As(f.InRange(v), &beyond):
		return geo.SaidBy(beyond)
	case r.codes[i] == nil || r.codes[i][v.Text()] || v.Kind() != geo.KindString:
		return nil
	case r.file.options.StrictCodes || f.Role == geo.ClassRole:
		return told(unknownCode, quoted(v.Text(), mostShown), strings.Join(f.Enum, ", "))
	}
	r.report.code(f.Name, v.Text())
	return nil
}

// remember refuses a source id that an earlier row had.
func (r *reading) remember(row *row) *fault {
	id := r.feature.SourceID
	if id == "" {
		return nil
	}
	key := r.key(id)
	if first, had := r.ids[key]; had {
		field := "id"
		if i := r.file.schema.WithRole(geo.SourceIDRole); i >= 0 && row.id == "" {
			field = r.sourceName(&r.file.schema.Fields[i], r.file.plan.fields[i])
		}
		return &fault{field, r.sameID(id, first)}
	}
	at := slices.IndexFunc(r.file.members, func(m member) bool { return m.name == r.from.name })
	r.ids[key] = idPlace{uint16(at), uint32(row.ordinal)}
	return nil
}

// sameID says which row has the id, and of which file where it is another one.
func (r *reading) sameID(id string, p idPlace) *geo.Said {
	if m := r.file.members[p.member]; m.name != r.from.name {
		return told(sameIDElsewhere, quoted(id, mostShown), int(p.row), m.name)
	}
	return told(sameID, quoted(id, mostShown), int(p.row))
}

func (r *reading) key(id string) (k idKey) {
	if len(id) < len(k) {
		k[len(k)-1] = byte(len(id))
		copy(k[:], id)
		return k
	}
	for i, seed := range r.seed {
		h := maphash.String(seed, id)
		for j := range 8 {
			k[8*i+j] = byte(h >> (8 * j))
		}
	}
	k[len(k)-1] |= 0x80
	return k
}

// done returns the report, with what was left out.
func (r *reading) done() Report {
	for i, n := range r.left {
		if c := r.file.columns[i]; n > 0 && !c.ours && !isMark(c.name) {
			r.report.Warnings = append(r.report.Warnings, leftOut.With(n, c.name, c.dropped))
		}
	}
	r.left = nil
	r.report.warn(r.swaps.warning())
	return r.report
}
