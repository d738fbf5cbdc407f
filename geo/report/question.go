package report

import (
	"cmp"
	"context"
	"strings"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
)

// question is one that the report asks, and its answer.
type question struct {
	file    string // name of its files, without an ending
	of      string // the option, in words
	process *process.Process
	world   process.World
	under   string     // what --scenario says, "" for the base line
	inputs  geo.Values // all of them, so that a later default changes nothing
	result  process.Result
}

// option is the base line, or a scenario beside it.
type option struct {
	letter   string // of its files and on maps: base, A, B ...
	asked    string // NAME[@DAY] of a scenario that is kept
	supposed scenario.Supposed
	changes  []geo.Value // of one that is not
	evaluate *question
	medical  *question // nil where none was asked
}

const baseLine = "base"

func (q *question) ask(ctx context.Context) (err error) {
	q.result, err = q.process.Execute(ctx, q.world, q.inputs, nil)
	return err
}

// plan makes the worlds of the options, and writes down what is to be asked.
func (r *report) plan(ctx context.Context) error {
	if err := r.choose(ctx); err != nil {
		return err
	}
	for i := range r.options {
		if err := r.planEvaluate(&r.options[i]); err != nil {
			return err
		}
	}
	if err := r.planCompare(); err != nil {
		return err
	}
	if has, err := r.hasArea(ctx); err != nil {
		return err
	} else if !has {
		r.unasked = noArea.With()
		return nil
	}
	for i := range r.options {
		if err := r.planMedical(&r.options[i]); err != nil {
			return err
		}
	}
	return nil
}

// choose makes the world of each option.
func (r *report) choose(ctx context.Context) error {
	names, changes := r.in[scenariosInput].List(), r.in[changesInput].List()
	n := len(names) + min(1, len(changes))
	switch {
	case n == 0:
		return geo.Errorf(geo.Invalid, scenariosInput, "name one to four scenarios, or give changes, to stand beside the base line")
	case n > mostOptions:
		return geo.Errorf(geo.TooLarge, scenariosInput, "%d options are more than the %d that stand beside the base line; name fewer", n, mostOptions)
	}
	r.options = []option{{letter: baseLine, supposed: scenario.Supposed{Title: "As it is", World: r.world}}}
	for _, name := range names {
		if err := r.add(ctx, name.Text(), nil); err != nil {
			return err
		}
	}
	if len(changes) > 0 {
		return r.add(ctx, "", changes)
	}
	return nil
}

func (r *report) add(ctx context.Context, name string, changes []geo.Value) error {
	s, err := r.tools.Suppose(ctx, r.world, name, changes)
	if err != nil {
		return err
	}
	if name == "" {
		s.Title = r.in[draftInput].Text()
	}
	s.World.Scenario = name
	if name == "" {
		s.World.Scenario = s.Title
	}
	if r.world.Scenario != "" {
		s.World.Scenario = r.world.Scenario + ", " + s.World.Scenario
	}
	r.options = append(r.options, option{letter: string(rune('A' + len(r.options) - 1)), asked: name, supposed: s, changes: changes})
	return nil
}

// of returns the report's inputs that the analysis takes too, but for some.
func (r *report) of(p *process.Process, but ...string) geo.Values {
	out := geo.Values{}
	for i := range p.In.Fields {
		name := p.In.Fields[i].Name
		if v := r.in[name]; !v.Null() {
			out[name] = v
		}
	}
	for _, name := range but {
		delete(out, name)
	}
	return out
}

// put takes a question in, with defaults filled in.
func (r *report) put(q *question) (*question, error) {
	checked, err := process.Check(&q.process.In, q.inputs)
	if err != nil {
		return nil, err
	}
	q.inputs = checked
	r.questions = append(r.questions, q)
	return q, nil
}

func (r *report) planEvaluate(o *option) (err error) {
	in := r.of(&r.members.Evaluate, changesInput)
	if o.asked != "" {
		in["scenario"] = geo.String(o.asked)
	}
	if len(o.changes) > 0 {
		in[changesInput] = geo.List(o.changes...)
	}
	o.evaluate, err = r.put(&question{file: o.letter + "-evaluate", of: o.supposed.Title, process: &r.members.Evaluate, world: r.world, under: r.world.Scenario, inputs: in})
	return err
}

func (r *report) planCompare() (err error) {
	in := r.of(&r.members.Compare)
	if in[scenariosInput].Null() {
		in[scenariosInput] = geo.List()
	}
	r.compare, err = r.put(&question{file: "compare", of: "all options", process: &r.members.Compare, world: r.world, under: r.world.Scenario, inputs: in})
	return err
}

// shared are the inputs of the medical question by those of the report that
// they follow.
var shared = map[string]string{"mission": "mission", "bases_filter": "bases", "light": "light", "area": "area"}

// hasArea reports whether minutes to surgery can be asked of an area: one that
// is given, or that of the mission.
func (r *report) hasArea(ctx context.Context) (bool, error) {
	own := r.in[medicalInput].Record()
	if !r.in["area"].Null() || !own["area"].Null() || !own["bbox"].Null() {
		return true, nil
	}
	mission := cmp.Or(own["mission"].Text(), r.in["mission"].Text())
	if mission == "" {
		return false, nil
	}
	area, _, err := r.world.MissionArea(ctx, mission)
	return len(area) > 0, err
}

func (r *report) planMedical(o *option) (err error) {
	p := &r.members.Medical
	in := geo.Values{}
	for name, from := range shared {
		if v := r.in[from]; !v.Null() {
			in[name] = v
		}
	}
	own := r.in[medicalInput].Record()
	if !own["bbox"].Null() {
		delete(in, "area")
	}
	for name, v := range own {
		if in[name], err = process.Input(&p.In, name, v); err != nil {
			return geo.Errorf(geo.CodeOf(err), medicalInput, "%s: %s", name, geo.SaidBy(err).Text)
		}
	}
	under := o.supposed.World.Scenario
	if len(o.changes) > 0 {
		under = strings.TrimPrefix(r.world.Scenario+", "+scenarioFile(o), ", ")
	}
	o.medical, err = r.put(&question{file: o.letter + "-medical", of: o.supposed.Title, process: p, world: o.supposed.World, under: under, inputs: in})
	return err
}
