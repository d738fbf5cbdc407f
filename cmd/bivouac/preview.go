package main

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/staging"
)

// shownRefusals is how many refused rows are listed where nobody asks for all.
const shownRefusals = 20

// say tells what the file is, what it would change, and which rows are refused.
func (p *importing) say(i staging.Import) error {
	c, f := p.console, i.Found
	head := fmt.Sprintf("%s: %s, %s", p.path, f.Format, f.Encoding)
	if f.Separator != "" {
		head += fmt.Sprintf(", columns parted by %q", f.Separator)
	}
	if f.Profile != "" {
		head += ", read by the profile " + f.Profile
	}
	c.say("%s", head)
	n := i.Counts
	c.say("%s: %d rows (%d without a place): %d added, %d changed, %d the same, %d deleted, %d refused", f.Collection, i.Report.Rows, i.Report.WithoutPlace, n.Added, n.Changed, n.Same, n.Deleted, n.Refused)
	for _, field := range slices.Sorted(maps.Keys(f.Mapping)) {
		if column := f.Mapping[field]; column != field {
			c.say("  %s is taken from %s", field, column)
		}
	}
	for _, note := range i.Report.Notes {
		c.say("  %s", note)
	}
	for _, w := range i.Report.Warnings {
		c.say("warning: %s", w)
	}
	shown := 0
	err := p.rows(i, staging.Refused, func(page *staging.Page, r *staging.Row) error {
		if shown++; shown <= shownRefusals {
			c.say("refused: %s", r.Reason)
		}
		return p.mend.write(page.Columns, r)
	})
	if shown > shownRefusals {
		c.say("refused: %d more", shown-shownRefusals)
	}
	return err
}

// rows calls f with every row of a kind.
func (p *importing) rows(i staging.Import, k staging.Kind, f func(*staging.Page, *staging.Row) error) error {
	q := staging.Query{Kind: k, Limit: 1000}
	for {
		page, err := p.imports.Rows(i.ID, p.owner, q)
		if err != nil {
			return err
		}
		for n := range page.Rows {
			if err := f(&page, &page.Rows[n]); err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// preview lists what would change, or writes it to a file. Nothing is changed.
func (p *importing) preview(i staging.Import) error {
	if p.cmd.Preview {
		for _, k := range []staging.Kind{staging.Added, staging.Changed, staging.Deleted, staging.Refused} {
			if err := p.rows(i, k, p.list); err != nil {
				return err
			}
		}
	}
	if p.cmd.PreviewTo != "" {
		if err := p.previewTo(i); err != nil {
			return err
		}
	}
	fmt.Fprintf(p.console.out, "%s: nothing was changed; the same command without --preview takes it in.\n", p.path)
	return nil
}

// list prints one row on one line.
func (p *importing) list(page *staging.Page, r *staging.Row) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-8s", r.Kind)
	if r.Row > 0 {
		fmt.Fprintf(&b, " row %d", r.Row)
	}
	if r.Key > 0 {
		fmt.Fprintf(&b, " key %d", r.Key)
	}
	if r.SourceID != "" {
		fmt.Fprintf(&b, " id %s", r.SourceID)
	}
	if name := page.Schema.WithRole(geo.NameRole); name >= 0 {
		for _, f := range []*geo.Feature{r.After, r.Before} {
			if f != nil && !f.Value(name).Null() {
				fmt.Fprintf(&b, " %s", f.Value(name).Text())
				break
			}
		}
	}
	for n, field := range r.Fields {
		fmt.Fprintf(&b, "%s %s: %s -> %s", []string{";", ":"}[min(1, max(0, 1-n))], field, staging.AppendPart(nil, &page.Schema, r.Before, field), staging.AppendPart(nil, &page.Schema, r.After, field))
	}
	if r.Reason != "" {
		fmt.Fprintf(&b, " %s", r.Reason)
	}
	_, err := fmt.Fprintln(p.console.out, b.String())
	return err
}

// previewTo writes what would be added, changed and deleted to a file: as
// features to be drawn, or as a table with a line for each part of a record.
func (p *importing) previewTo(i staging.Import) (err error) {
	file, err := os.OpenFile(p.cmd.PreviewTo, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return geo.Errorf(geo.Conflict, "--preview-to", "%v; give the name of a file that does not exist yet", err)
	}
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	if isGeoJSON(p.cmd.PreviewTo) {
		return p.previewGeoJSON(i, file)
	}
	return p.previewCSV(i, file)
}

// moving are the kinds that change something.
var moving = []staging.Kind{staging.Added, staging.Changed, staging.Deleted}

func (p *importing) previewCSV(i staging.Import, file *os.File) error {
	w := csv.NewWriter(file)
	if err := w.Write([]string{"kind", "row", "key", "source_id", "field", "before", "after"}); err != nil {
		return err
	}
	for _, k := range moving {
		err := p.rows(i, k, func(page *staging.Page, r *staging.Row) error {
			fields := r.Fields
			if k != staging.Changed {
				fields = staging.Parts(&page.Schema, r)
			}
			for _, name := range fields {
				line := []string{string(k), number(r.Row), number(int(r.Key)), r.SourceID, name,
					cellOf(page, r.Before, name), cellOf(page, r.After, name)}
				if err := w.Write(line); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func cellOf(page *staging.Page, f *geo.Feature, name string) string {
	if f == nil {
		return ""
	}
	return string(staging.AppendPart(nil, &page.Schema, f, name))
}

func (p *importing) previewGeoJSON(i staging.Import, file *os.File) error {
	first := true
	if _, err := file.WriteString(`{"type":"FeatureCollection","features":[`); err != nil {
		return err
	}
	var b []byte
	for _, k := range moving {
		err := p.rows(i, k, func(page *staging.Page, r *staging.Row) error {
			f := r.After
			if f == nil {
				f = r.Before
			}
			b = append(b[:0], ",\n"...)
			if first {
				b, first = b[:0], false
			}
			b = geojson.AppendGeoFeature(b, &page.Schema, f)
			b = append(geojson.AppendString(append(b[:len(b)-1], `,"import":{"kind":`...), string(k)), `,"row":`...)
			b = append(strconv.AppendInt(b, int64(r.Row), 10), `,"changed":`...)
			b = append(geojson.AppendString(b, strings.Join(r.Fields, ", ")), "}}"...)
			_, err := file.Write(b)
			return err
		})
		if err != nil {
			return err
		}
	}
	_, err := file.WriteString("\n]}\n")
	return err
}
