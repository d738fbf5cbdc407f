package intake

import (
	"context"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/data/load"
	"bivouac/data/profile"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
	"bivouac/geo/staging"
)

// comparison holds the rows of a file against what a collection holds.
type comparison struct {
	file    *load.File
	says    load.Says
	source  geo.Schema  // of the file's rows
	schema  *geo.Schema // that the collection will have
	reader  geo.Reader
	whole   bool
	trusted bool // the keys that rows state are the user's word
	book    *book
	out     *spool
	move    func([]geo.Value) []geo.Value
	speaks  []bool // by field of schema: the file says something of it
	counts  staging.Counts
	highest geo.Class
	alone   bool // an added row has no id, or one that a record out of sight has: only the unchanged collection tells that it is new
	unknown int  // refused rows of which no id could be read
	tell    func(rows int)
}

// schemaOf returns the schema that a collection has once the file is in it.
func schemaOf(l *layer.Layer, source *geo.Schema) (geo.Schema, error) {
	if l == nil {
		return *source, nil
	}
	return data.Merged(l.Schema(), source)
}

// run compares every row, and then looks for records that the file lacks.
func (c *comparison) run(ctx context.Context) (load.Report, error) {
	c.source = c.file.Schema()
	c.says, c.move = c.file.Says(), layer.Mover(&c.source, c.schema)
	c.speaks = make([]bool, len(c.schema.Fields))
	for i := range c.schema.Fields {
		j := c.source.Field(c.schema.Fields[i].Name)
		c.speaks[i] = j >= 0 && c.says.Fields[j]
	}
	report, err := c.file.Read(ctx, c.row)
	if err != nil || !c.whole {
		return report, err
	}
	if c.unknown > 0 {
		// A record that only a row that cannot be read speaks of must not go.
		report.Warnings = append(report.Warnings, noneDeleted.With(c.unknown))
		return report, nil
	}
	err = c.book.left(c.reader, func(f *geo.Feature) error {
		if report.Rows == 0 {
			return geo.ErrorOf(geo.Invalid, "whole", wholeEmpty)
		}
		return c.put(&staging.Row{Kind: staging.Deleted, Key: f.Key, SourceID: f.SourceID, Before: f})
	})
	return report, err
}

// row compares one row. A *geo.Error refuses it.
func (c *comparison) row(f *geo.Feature) error {
	after := *f
	after.Values = c.conform(c.move(f.Values))
	before, shared, err := c.standing(&after)
	if err != nil {
		return err
	}
	if before != nil {
		c.keep(before, &after)
	}
	if err := data.Check(c.schema, &after); err != nil {
		return err
	}
	if err := c.checkMarks(&after); err != nil {
		return err
	}
	row := staging.Row{Kind: staging.Added, SourceID: after.SourceID, Before: before, After: &after}
	row.Row, row.Line = c.file.At()
	if before != nil {
		row.Kind, row.Key = staging.Same, before.Key
		after.Key, after.Rev = before.Key, before.Rev
		if row.Fields = staging.Diff(c.schema, before, &after); len(row.Fields) > 0 {
			row.Kind = staging.Changed
		}
	}
	c.alone = c.alone || row.Kind == staging.Added && (after.SourceID == "" || shared)
	if c.tell != nil {
		c.tell(1)
	}
	return c.put(&row)
}

// standing finds the record that a row is, by its key where it states one. A
// record that its reader does not see is as one that is not there.
func (c *comparison) standing(f *geo.Feature) (before *geo.Feature, shared bool, err error) {
	if f.Key == 0 {
		return c.book.find(f, c.reader)
	}
	before, again, err := c.book.at(f.Key, c.reader)
	switch {
	case err != nil:
		return nil, false, err
	case again:
		return nil, false, geo.ErrorOf(geo.Conflict, c.file.Key(), keyTwice, int64(f.Key))
	case before == nil:
		return nil, false, geo.ErrorOf(geo.NotFound, c.file.Key(), noSuchKey, int64(f.Key))
	}
	if !c.trusted && isAnother(c.schema, before, f) {
		return nil, false, geo.ErrorOf(geo.Conflict, c.file.Key(), otherRecord, int64(f.Key))
	}
	if f.SourceID != "" && f.SourceID != before.SourceID && c.book.bears(f.SourceID, c.reader) {
		return nil, false, geo.ErrorOf(geo.Conflict, staging.IDName, idTaken, f.SourceID)
	}
	return before, false, nil
}

// conform returns the values as the store keeps them: a whole number is a
// number where the field holds numbers. The values are used again by the
// loader, so that they are copied where one changes.
func (c *comparison) conform(values []geo.Value) []geo.Value {
	copied := false
	for i, v := range values {
		if v.Kind() != geo.KindInt || c.schema.Fields[i].Kind != geo.KindFloat {
			continue
		}
		if !copied {
			values, copied = append([]geo.Value(nil), values...), true
		}
		values[i] = geo.Float(v.Float())
	}
	return values
}

// checkMarks refuses what its reader could not read.
func (c *comparison) checkMarks(f *geo.Feature) error {
	switch {
	case f.Class > c.reader.Ceiling:
		return geo.ErrorOf(geo.Forbidden, staging.ClassName, aboveCeiling, f.Class, c.reader.Ceiling)
	case !c.reader.SeesMission(f.Mission):
		return geo.ErrorOf(geo.Forbidden, staging.MissionName, otherMission, f.Mission)
	}
	return nil
}

// guards reports whether a field rules who sees the record, or by what it is
// known. An empty cell never shows it to more people, and takes no id away.
func (c *comparison) guards(i int) bool {
	r := c.schema.Fields[i].Role
	return r == geo.ClassRole || r == geo.MissionRole || r == geo.SourceIDRole
}

// keep leaves what the file does not speak of as it stands: what is not said is
// unknown, and not empty.
func (c *comparison) keep(before, after *geo.Feature) {
	if i := c.schema.WithRole(geo.ClassRole); i < 0 || after.Value(i).Null() {
		after.Class = before.Class
	}
	if after.Mission == "" {
		after.Mission = before.Mission
	}
	if after.SourceID == "" {
		after.SourceID = before.SourceID
	}
	copied := false
	for i := range c.schema.Fields {
		if before.Value(i).Null() || c.speaks[i] && !(c.guards(i) && after.Value(i).Null()) {
			continue
		}
		if !copied {
			after.Values, copied = append([]geo.Value(nil), after.Values...), true
		}
		after.Values[i] = before.Value(i)
	}
	if !c.says.Place {
		after.Geometry, after.Z = before.Geometry, before.Z
	}
	if after.Z == nil && after.Geometry != nil && before.Z != nil && orb.Equal(before.Geometry, after.Geometry) {
		after.Z = before.Z
	}
	if !c.says.Extra {
		after.Extra = before.Extra
	}
	if !c.schema.Timed() {
		after.Valid = before.Valid
	}
}

func (c *comparison) put(r *staging.Row) error {
	*c.counts.Of(r.Kind)++
	for _, f := range []*geo.Feature{r.Before, r.After} {
		if f != nil {
			c.highest = max(c.highest, f.Class)
		}
	}
	return fatal(c.out.put(r))
}

// refuse spools a row that the loader or the comparison refused.
func (c *comparison) refuse(r load.Refusal) error {
	c.counts.Refused++
	if r.ID == "" && r.Key == 0 {
		c.unknown++
	}
	c.book.meet(r.ID)
	if _, _, err := c.book.at(r.Key, c.reader); err != nil {
		return err
	}
	if c.tell != nil {
		c.tell(1)
	}
	return c.out.put(&staging.Row{Kind: staging.Refused, Row: r.Row, Line: r.Line, Field: r.Field, Reason: r.String(), Said: r.Said, Record: r.Record})
}

// fatal keeps an error of the disk from passing for one of the row at hand.
func fatal(err error) error {
	if err == nil {
		return nil
	}
	return broken{err}
}

type broken struct{ err error }

func (b broken) Error() string { return b.err.Error() }

// found tells what the file turned out to be.
func found(f *load.File, report *load.Report, l *layer.Layer, schema *geo.Schema, matched, layers []string, layer string) *staging.Found {
	out := &staging.Found{
		Format: string(report.Format), Encoding: string(report.Encoding), Separator: report.Separator, CRS: f.CRS(),
		Collection: schema.Name, New: l == nil, Geometry: string(schema.Geometry), Profile: f.Profile(), Profiles: matched,
		Mapping: f.Mapping(), Columns: f.Columns(), Key: f.Key(), ID: f.IDColumn(),
	}
	if out.ID == "" {
		out.ID = "content"
	}
	out.Layers, out.Layer = layers, layer
	for i := range schema.Fields {
		field := &schema.Fields[i]
		out.Fields = append(out.Fields, staging.Field{
			Name: field.Name, Title: field.Title, Type: field.Kind.String(), Required: field.Required, New: l != nil && l.Schema().Field(field.Name) < 0,
		})
	}
	return out
}

// reported tells what was seen of the rows.
func reported(r *load.Report) *staging.Report {
	out := &staging.Report{
		Rows: r.Rows, WithoutPlace: r.WithoutPlace, AtZero: r.AtZero, Notes: geo.Texts(r.Notes), NotesSaid: geojson.Tell(r.Notes),
	}
	out.Warn(r.Warned()...)
	if len(r.UnknownCodes) > 0 {
		out.Codes = r.UnknownCodes
	}
	return out
}

// optionsOf turns the words of an import into those of the loader.
func optionsOf(o *staging.Options) (load.Options, error) {
	out := load.Options{
		Collection: o.Collection, Mapping: o.Mapping, Mission: o.Mission, Longitude: o.Longitude, Latitude: o.Latitude, Shape: o.Shape,
		IDFrom: o.IDFrom, Key: o.Key, StrictCodes: o.StrictCodes, Layer: o.Layer, CRS: o.CRS, CellKM: o.CellKM, MaxRefusals: -1,
	}
	var err error
	if o.Encoding != "" {
		if out.Encoding, err = load.ParseEncoding(o.Encoding); err != nil {
			return out, err
		}
	}
	out.Separator, err = load.ParseSeparator(o.Separator)
	return out, err
}

// checkFound refuses a file that is not what the options take it for.
func checkFound(o *staging.Options, f *staging.Found) error {
	switch {
	case o.Format != "" && !strings.EqualFold(o.Format, f.Format):
		return geo.ErrorOf(geo.Invalid, "format", otherFormat, f.Format, fmt.Sprintf("%.40s", o.Format))
	case o.Profile != "" && o.Profile != profile.None && f.Profile == "":
		return geo.ErrorOf(geo.Invalid, "profile", otherProfile, fmt.Sprintf("%.40s", o.Profile), f.Collection)
	}
	return nil
}
