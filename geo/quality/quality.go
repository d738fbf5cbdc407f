// Package quality answers how far records can be trusted: which are likely
// entered twice, what they leave out, what cannot be right, how well their
// places and times are known, how late they are reported, where reporting
// stopped, and how it fell where a base was closed.
//
// It finds what to look at. Nothing of it changes a record, and a finding is
// no proof: each names the records, so that somebody can look.
package quality

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// Query asks how good the selected records are.
type Query struct {
	Layer    *layer.Layer
	Select   geo.Selection // After and Limit apart
	Now      geo.Time      // what is later has not happened yet
	Near     Nearness
	Reported string       // field of times that says when a record was reported; "" for none
	GroupBy  string       // field by whose values gaps are looked for; "" for all together
	Closures Closures     // bases that were closed; none for a nil layer
	Areas    *layer.Layer // polygons of missions; nil for none
}

// Report is what was found.
type Report struct {
	Selected   int
	Fields     []FieldMix
	Mixes      []Mix // how well places, and times, are known
	Findings   []Finding
	Duplicates Duplicates
	Delay      *Delay // nil without a field of reporting times
	Gaps       []Gap
	Closed     []Closed
}

// Compute makes the report. Its errors are ctx's, and those that name an input.
func Compute(ctx context.Context, q Query, progress process.Progress) (*Report, error) {
	q.Select.After, q.Select.Limit = geo.Cursor{}, 0
	rows, failed := q.Layer.Select(ctx, q.Select)
	var all []geo.Row
	for row := range rows {
		all = append(all, row)
	}
	if err := failed(); err != nil {
		return nil, err
	}
	r := &Report{Selected: len(all)}
	steps := []struct {
		said geo.Sentence
		do   func() error
	}{
		{countingStated, func() error { r.Fields, r.Mixes = fields(q.Layer.Schema(), all); return nil }},
		{lookingForWrong, func() (err error) { r.Findings, err = findings(ctx, &q, all); return err }},
		{lookingForDuplicates, func() (err error) { r.Duplicates, err = duplicates(ctx, &q, all); return err }},
		{measuringDelays, func() (err error) { r.Delay, err = delays(&q, all); return err }},
		{lookingForGaps, func() (err error) { r.Gaps, err = gaps(&q, all); return err }},
		{comparingClosed, func() (err error) { r.Closed, err = closures(ctx, &q, all); return err }},
	}
	for i, s := range steps {
		progress(i, len(steps), s.said.With())
		if err := s.do(); err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// started returns when a record began; false where it is not known.
func started(row geo.Row) (geo.Time, bool) {
	start := row.Table().Valid(row.Number()).Start
	return start.Time, start.Kind == geo.At
}
