package alert

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// Step is a change: the state before it and the one after. It may be of several
// Versions at once.
type Step struct{ Before, After *layer.Snapshot }

// at is when the step was committed.
func (s Step) at() geo.Time {
	times := s.After.Moments()
	if len(times) == 0 {
		return 0
	}
	return times[len(times)-1].At
}

// Evaluate returns the Alerts that the rule raises of the step, in the order of
// the records' keys. A rule looks at what was written after itself. Its error
// says why it cannot be asked of the state as it is.
func (r *Rule) Evaluate(ctx context.Context, step Step) ([]Alert, error) {
	if !r.IsActive() {
		return nil, nil
	}
	since := max(step.Before.Version, r.Rev)
	l, err := step.After.Layer(r.Collection)
	if err != nil {
		return nil, r.Check(step.After)
	}
	if l.Changed(geo.Unrestricted()) <= since {
		return nil, nil
	}
	if err := r.Check(step.After); err != nil {
		return nil, err
	}
	e := &evaluation{rule: r, step: step, now: step.at(), parts: map[string]*part{}}
	err = l.Since(since, func(row geo.Row) error { return e.look(ctx, row) })
	if err != nil {
		return nil, err
	}
	var out []Alert
	for _, mission := range slices.Sorted(maps.Keys(e.parts)) {
		raised, err := e.parts[mission].raise(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, raised...)
	}
	return out, nil
}

// evaluation is one rule asked of one step.
type evaluation struct {
	rule  *Rule
	step  Step
	now   geo.Time
	parts map[string]*part // by the mission of what they raise
}

// part is the evaluation for those who see one mission.
type part struct {
	*evaluation
	mission       string
	before, after *scope
	written       []event // with a threshold, what was written and meets the rule
	gathered
}

// look asks the rule of one record that was written.
func (e *evaluation) look(ctx context.Context, row geo.Row) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	p, err := e.partOf(row)
	if err != nil || p == nil {
		return err
	}
	near, ok, err := p.after.selects(ctx, row, e.now)
	if err != nil || !ok {
		return err
	}
	if e.rule.Threshold != nil {
		if at, known := timeOf(row); known {
			p.written = append(p.written, eventOf(row, at, 0))
		}
		return nil
	}
	// What met the rule already is no news.
	if stood, err := p.before.selected(ctx, row.Key(), e.now); err != nil || stood {
		return err
	}
	p.gather(row, func() Alert { return p.alertOf(row, near) })
	return nil
}

// partOf returns the part that the record belongs to, nil for none.
func (e *evaluation) partOf(row geo.Row) (*part, error) {
	mission := e.rule.Mission
	if of := row.Mission(); mission == "" {
		mission = of
	} else if of != "" && of != mission {
		return nil, nil
	}
	if p := e.parts[mission]; p != nil {
		return p, nil
	}
	p := &part{evaluation: e, mission: mission}
	var err error
	if p.after, err = e.rule.newScope(e.step.After, mission); err != nil {
		return nil, err
	}
	if p.before, err = e.rule.newScope(e.step.Before, mission); err != nil {
		// Of a state that it could not be asked of, nothing met it.
		p.before = &scope{rule: e.rule}
	}
	e.parts[mission] = p
	return p, nil
}

// raise returns the Alerts of the part.
func (p *part) raise(ctx context.Context) ([]Alert, error) {
	if len(p.written) > 0 {
		if err := p.reach(ctx); err != nil {
			return nil, err
		}
	}
	if p.count > Most {
		return []Alert{p.summary()}, nil
	}
	slices.SortFunc(p.list, func(a, b Alert) int { return int(a.Key - b.Key) })
	return p.list, nil
}

// gathered are Alerts, one by one up to [Most], counted beyond.
type gathered struct {
	list  []Alert
	count int
	box   orb.Bound
	boxed bool
}

func (g *gathered) gather(row geo.Row, tell func() Alert) {
	g.count++
	if len(g.list) < Most {
		g.list = append(g.list, tell())
	}
	p, ok := placeOf(row)
	if !ok {
		return
	}
	if !g.boxed {
		g.box, g.boxed = p.Bound(), true
		return
	}
	g.box = g.box.Extend(p)
}

// head is an Alert without what happened.
func (p *part) head(id string) Alert {
	r := p.rule
	return Alert{
		ID: fmt.Sprintf("%s.%d.%s", r.ID, p.step.After.Version, id), Rule: r.ID, RuleVersion: r.Rev, Title: r.Title, Severity: r.Severity, Status: r.Status,
		Version: p.step.After.Version, At: p.now, Collection: r.Collection, Class: r.Class, Mission: p.mission,
	}
}

// alertOf tells of one record.
func (p *part) alertOf(row geo.Row, near *Neighbour) Alert {
	a := p.head(p.rule.Collection + "." + strconv.FormatInt(int64(row.Key()), 10))
	a.Key, a.Record, a.Near = row.Key(), row.Name(), near
	if at, known := timeOf(row); known {
		a.Time = at
	}
	if place, ok := placeOf(row); ok {
		a.Place = place[:]
	}
	a.Headline = a.Title + ": " + a.name()
	if near != nil {
		a.Headline += ", " + near.text()
	}
	return a
}

func (n *Neighbour) text() string {
	name := n.Name
	if name == "" {
		name = fmt.Sprintf("record %d of %s", n.Key, n.Collection)
	}
	text := fmt.Sprintf("%.1f km from %s", n.Metres/1000, name)
	if n.Unseasoned {
		text += " (season not known)"
	}
	return text
}

// summary counts what was too much to be told one by one.
func (p *part) summary() Alert {
	id := "many"
	if p.rule.Mission != p.mission {
		id += "." + plain(p.mission)
	}
	a := p.head(id)
	a.Count = p.count
	what := "records"
	if p.rule.Threshold != nil {
		what = "times that the threshold was reached"
	}
	a.Headline = fmt.Sprintf("%s: %d %s in one change, of %s", a.Title, p.count, what, a.Collection)
	if p.boxed {
		a.Box = []float64{p.box.Min[0], p.box.Min[1], p.box.Max[0], p.box.Max[1]}
	}
	return a
}

// plain writes a code with letters that every address and message takes.
func plain(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' || r == '_' {
			return r
		}
		return '~'
	}, code)
}
