package scenario

import (
	"context"
	"slices"

	"bivouac/geo"
	"bivouac/geo/process"
)

// Process is the evaluation of one scenario, or of what is, as an analysis.
func Process(k *Tools) process.Process {
	return process.Process{
		ID:    "scenario-evaluate",
		Title: "Evaluate a footprint",
		Description: "What the bases are for, and what would become of that in a scenario: priority locations reached in time by road and by air, threat near bases and on supply roads, " +
			"mission support, medical cover and operational capability, for each base and for all of them together, each number with the rows that it comes from.",
		Roads: true,
		In:    geo.Schema{Name: "scenario-evaluate", Fields: slices.Concat(scenarioFields(), questionFields())},
		Out:   evaluateOutputs(),
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			progress(0, 2, makingWorld.With())
			option, err := k.option(ctx, w, in[scenarioInput].Text(), in[changesInput].List(), in[dateInput])
			if err != nil {
				return process.Result{}, err
			}
			progress(1, 2, askingFootprint.With())
			f, err := k.footprint(ctx, w, option, in)
			if err != nil {
				return process.Result{}, err
			}
			return f.result(in, option), nil
		},
	}
}

// option is a world that is asked about.
type option struct {
	name    string
	world   process.World
	outcome *Outcome // nil for what is
	doc     *geo.Doc
}

// option makes the world of a scenario with further changes: up to the day behind
// its name, else up to the date, where that is not null.
func (k *Tools) option(ctx context.Context, w process.World, name string, changes []geo.Value, date geo.Value) (*option, error) {
	if name == "" && len(changes) == 0 {
		return &option{name: "As it is", world: w}, nil
	}
	s := &Scenario{Title: changesTitle}
	if name != "" {
		read, err := Read(w, scenarioInput, name)
		if err != nil {
			return nil, err
		}
		s = read
	}
	if len(changes) > 0 {
		joined, err := s.with(changes)
		if err != nil {
			return nil, err
		}
		s = joined
	}
	if _, day := splitDay(name); !date.Null() && day == "" {
		dated := *s
		dated.Date = dayOf(date)
		s = &dated
	}
	out, err := k.Worlds.Of(ctx, w.Snapshot, s, w.Reader)
	if err != nil {
		return nil, err
	}
	title := s.Title
	if _, day := splitDay(name); day != "" {
		title += ", " + day[1:]
	}
	return &option{name: title, world: process.World{Snapshot: out.Snapshot, Reader: w.Reader}, outcome: out, doc: s.Doc}, nil
}

// with is the scenario with further changes, whose numbers go on.
func (s *Scenario) with(changes []geo.Value) (*Scenario, error) {
	more, err := parseFrom(changes, len(s.Changes))
	if err != nil {
		return nil, err
	}
	joined := *s
	joined.Changes = slices.Concat(s.Changes, more.Changes)
	joined.key += " with " + more.key
	return &joined, nil
}

// footprint evaluates an option, and what its changes cost.
func (k *Tools) footprint(ctx context.Context, base process.World, o *option, in geo.Values) (*Footprint, error) {
	f, err := k.Evaluate(ctx, o.world, in)
	if err != nil {
		return nil, err
	}
	f.Title = o.name
	if o.doc != nil {
		f.docs = append(f.docs, *o.doc)
	}
	if o.outcome != nil {
		f.pay(base, o.outcome)
		f.warnings = slices.Concat(o.outcome.Warnings, f.warnings)
		f.measures() // with what it costs
	}
	return f, nil
}
