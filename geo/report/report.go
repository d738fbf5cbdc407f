// Package report puts together what is laid before those who decide about a
// footprint: the base line beside one to four scenarios, and all that it takes
// to find every number of it again.
//
// It asks other analyses and reckons nothing itself. What it gives as a bundle
// is a ZIP file with each question as it was asked, its answer, tables and
// layers of it, the scenarios, and the commands that ask again.
package report

import (
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
)

// The inputs.
const (
	titleInput     = "title"
	authorInput    = "author"
	scenariosInput = "scenarios"
	changesInput   = "changes"
	draftInput     = "draft"
	medicalInput   = "medical"
)

// mostOptions is how many scenarios stand beside the base line: so many maps
// find room beside each other on paper.
const mostOptions = 4

// Media is the media type of a bundle.
const Media = "application/zip"

// BundleOutput is the output that holds the bundle, in base64.
const BundleOutput = "bundle"

// Members are the analyses that a report asks.
type Members struct {
	Evaluate process.Process // of each footprint
	Compare  process.Process // of all of them
	Medical  process.Process // of each footprint, over the area
}

// Process is the report as an analysis. program is what the bundle calls the
// program that made it.
func Process(k *scenario.Tools, m Members, program string) process.Process {
	return process.Process{
		ID:    "scenario-report",
		Title: "Report on footprints",
		Description: "The base line beside one to four scenarios, for those who decide: five factors, what changes, each base, minutes to surgery over the area, assumptions and warnings; " +
			"and a bundle with every question and answer, from which bivouac run finds each number again.",
		Roads: true,
		In:    geo.Schema{Name: "scenario-report", Fields: m.inputs()},
		Out:   m.outputs(),
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			r := &report{tools: k, members: &m, program: program, in: in, world: w}
			return r.run(ctx, progress)
		},
	}
}

// inputs are those of a comparison, and what stands on the cover.
func (m *Members) inputs() []geo.Field {
	own := []geo.Field{
		{Name: titleInput, Title: "Title", Kind: geo.KindString, Default: geo.String("Footprint comparison"), Description: "What stands on the cover."},
		{Name: authorInput, Title: "Author", Kind: geo.KindString, Description: "Who answers for it; without one, the line is left to be written on."},
		{Name: scenariosInput, Title: "Scenarios", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}, Description: "Ids of one to four scenarios, each with a day behind @ for the changes up to it."},
		{Name: changesInput, Title: "Changes", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord}, Description: "A further option of these changes on the base line, each as in a scenario."},
		{Name: draftInput, Title: "Name of the changes", Kind: geo.KindString, Default: geo.String("Changes"), Description: "What the option of these changes is called."},
		{Name: medicalInput, Title: "Medical cover", Kind: geo.KindRecord, Default: geo.Record(geo.Values{"modes": geo.List(geo.String("air"))}),
			Description: `Inputs of ` + m.Medical.ID + `, such as {"modes":["air"],"landing":"sites"}; mission, bases, area and light are those of the report where it names no others.`},
	}
	rest := slices.DeleteFunc(slices.Clone(m.Compare.In.Fields), func(f geo.Field) bool {
		return slices.ContainsFunc(own, func(o geo.Field) bool { return o.Name == f.Name })
	})
	return append(own, rest...)
}

// report is one on its way.
type report struct {
	tools   *scenario.Tools
	members *Members
	program string
	in      geo.Values
	world   process.World

	options   []option // the base line first
	compare   *question
	questions []*question
	unasked   process.Warning // why nothing was asked about medical cover, without a text where it was
	marking   geo.Class
	version   geo.Version // of all that the reader sees
	at        geo.Time
}

func (r *report) run(ctx context.Context, progress process.Progress) (process.Result, error) {
	var seen layer.Tally
	within, tell := layer.Within(ctx, &seen)
	defer tell()
	if err := r.plan(within); err != nil {
		return process.Result{}, err
	}
	for i, q := range r.questions {
		progress(i, len(r.questions)+1, askingOf.With(q.process.ID, q.of))
		if err := q.ask(within); err != nil {
			return process.Result{}, err
		}
	}
	progress(len(r.questions), len(r.questions)+1, packing.With())
	docs := r.docs()
	r.mark(&seen, docs)
	output, err := r.output()
	if err != nil {
		return process.Result{}, err
	}
	c := &r.compare.result
	return process.Result{
		Output: output, Method: r.method(), Selected: c.Selected, Used: c.Used, Dropped: c.Dropped, Warnings: r.warnings(), Docs: docs,
	}, nil
}

// mark says how high all that was read is classified, and of which Version it
// is: the last that changed anything that the reader sees.
func (r *report) mark(seen *layer.Tally, docs []geo.Doc) {
	r.marking = seen.Highest
	for i := range docs {
		r.marking = max(r.marking, docs[i].Class)
	}
	last := r.world.Changed(r.world.Reader, r.world.Layers()...)
	for _, d := range r.world.AllDocs() {
		if kept, sees := r.world.Doc(d.Kind, d.ID, r.world.Reader); sees && kept.Rev > last.Version {
			last = r.world.Moment(kept.Rev)
		}
	}
	r.version, r.at = last.Version, last.At
}

// docs are the documents that the answers were made of, each once.
func (r *report) docs() []geo.Doc {
	var out []geo.Doc
	for _, q := range r.questions {
		for i := range q.result.Docs {
			d := &q.result.Docs[i]
			if !slices.ContainsFunc(out, func(o geo.Doc) bool { return o.Kind == d.Kind && o.ID == d.ID }) {
				out = append(out, *d)
			}
		}
	}
	return out
}

// warnings are those of all answers, each once.
func (r *report) warnings() []process.Warning {
	var out []process.Warning
	if r.unasked.Text != "" {
		out = append(out, r.unasked)
	}
	for _, q := range r.questions {
		for _, w := range q.result.Warnings {
			// An evaluation tells what its medical factor assumes, as medical.
			if !process.Warns(out, w.Text) && !process.Warns(out, "Medical: "+w.Text) {
				out = append(out, w)
			}
		}
	}
	return out
}

// method names those of the comparison, and of the medical cover of the area.
func (r *report) method() string {
	text := r.compare.result.Method
	if q := r.options[0].medical; q != nil {
		text += "; over the area: " + q.result.Method
	}
	return text
}
