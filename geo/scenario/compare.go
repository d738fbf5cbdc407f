package scenario

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/process"
	"bivouac/geo/roads"
	"bivouac/geo/stat"
)

const scenariosInput = "scenarios"

// mostOptions is how many scenarios are put beside each other.
const mostOptions = 20

// CompareProcess is several scenarios beside what is, as an analysis.
func CompareProcess(k *Tools) process.Process {
	return process.Process{
		ID:    "scenario-compare",
		Title: "Compare footprints",
		Description: "Scenarios beside the base line: the five factors apart and together, who gains and who loses, which option is first by a weighted sum, " +
			"and how far each weight moves before another is. Moving a weight changes no part.",
		Roads: true,
		In:    geo.Schema{Name: "scenario-compare", Fields: slices.Concat(compareFields(), questionFields())},
		Out:   compareOutputs(),
		Run:   k.compare,
	}
}

func compareFields() []geo.Field {
	return []geo.Field{
		{Name: scenariosInput, Title: "Scenarios", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}, Required: true,
			Description: "Ids of scenarios, or scenarios as JSON, each with a day behind @ for the changes up to it; the base line stands beside them."},
		{Name: changesInput, Title: "Changes", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord}, Description: "A further option of these changes on the base line, each as in a scenario."},
	}
}

func compareOutputs() geo.Schema {
	change := geo.Field{Name: "change", Title: "Change", Kind: geo.KindString, Enum: []string{"lost", "later", "sooner", "gained"}}
	scores := []geo.Field{process.Whole("rank", "Rank"), process.Text("option", "Option"), process.Number("score", "Score", "1")}
	for _, f := range Factors {
		scores = append(scores, process.Number(string(f), factorTitles[f], "1"))
	}
	return geo.Schema{Name: "scenario-compare", Fields: []geo.Field{
		drawn("differences", "Who gains, who loses", "places whose nearest base by road is in time in one option and not in the base line, or comes later or sooner.",
			change, process.Text("option", "Option"), process.Text("name", "Place"), process.Whole("key", "Key"), process.Number("people", "People", "{person}"),
			process.Number("minutes_before", "Before", "min"), process.Number("minutes_after", "After", "min"), process.Whole("bases_before", "Bases in time before"), process.Whole("bases_after", "Bases in time after")),
		process.Table("scores", "Options", "By the weighted sum; each factor is the mean of its numbers, each between the worst option at 0 and the best at 1.", scores...),
		process.Table("numbers", "Five factors", "Each number in each option.", slices.Concat(
			[]geo.Field{process.Text("option", "Option")}, measureFields(), []geo.Field{process.Number("normal", "Between the worst at 0 and the best at 1", "1"), process.Number("difference", "More than in the base line", ""),
				{Name: "apart", Title: "Differs from the base line", Kind: geo.KindBool, Description: "Where both have a 95 % interval: false where these overlap, so that chance alone may make the difference. On the safe side: options share incidents, and what they share cannot set them apart."}})...),
		process.Table("balance", "Gains and losses", "Places and people that come in time by road, or do not any longer.",
			process.Text("option", "Option"), process.Whole("places_gained", "Places gained"), process.Whole("places_lost", "Places lost"), process.Number("people_gained", "People gained", "{person}"), process.Number("people_lost", "People lost", "{person}")),
		process.Table("sensitivity", "How far a weight moves", "Between which weights of a factor, all others as they are, the first option stays first.",
			geo.Field{Name: "factor", Title: "Factor", Kind: geo.KindString, Enum: factorCodes()}, process.Number("weight", "Weight", "1"), process.Number("from", "From", "1"), process.Number("to", "To", "1"),
			process.Text("below", "First below"), process.Text("above", "First beyond"), process.Text("text", "In words")),
		process.Table("changes", "Changes", "What each change did.", slices.Concat([]geo.Field{process.Text("option", "Option")}, effectFields())...),
	}}
}

// options reads what is to be compared, the base line first.
func (k *Tools) options(ctx context.Context, w process.World, in geo.Values) ([]*option, error) {
	names := in[scenariosInput].List()
	if len(names) > mostOptions {
		return nil, geo.Errorf(geo.TooLarge, scenariosInput, "%d scenarios are more than the %d that are put beside each other", len(names), mostOptions)
	}
	out := []*option{{name: "As it is", world: w}}
	for _, name := range names {
		o, err := k.option(ctx, w, name.Text(), nil, in[dateInput])
		if err != nil {
			return nil, geo.Errorf(geo.CodeOf(err), scenariosInput, "%s", geo.SaidBy(err).Text)
		}
		out = append(out, o)
	}
	if changes := in[changesInput].List(); len(changes) > 0 {
		o, err := k.option(ctx, w, "", changes, in[dateInput])
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	if len(out) < 2 {
		return nil, geo.Errorf(geo.Invalid, scenariosInput, "name at least one scenario, or give changes, to compare with what is")
	}
	for i, o := range out { // two options of one name could not be told apart
		for n := 2; slices.ContainsFunc(out[:i], func(p *option) bool { return p.name == o.name }); n++ {
			o.name = fmt.Sprintf("%s (%d)", o.name, n)
		}
	}
	return out, nil
}

func (k *Tools) compare(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
	options, err := k.options(ctx, w, in)
	if err != nil {
		return process.Result{}, err
	}
	c := &comparison{options: options}
	for i, o := range options {
		progress(i, len(options), askingAbout.With(o.name))
		f, err := k.footprint(ctx, w, o, in)
		if err != nil {
			return process.Result{}, err
		}
		c.prints = append(c.prints, f)
	}
	return c.result(in), nil
}

// comparison is the footprints of options, that of what is first.
type comparison struct {
	options []*option
	prints  []*Footprint
}

func (c *comparison) result(in geo.Values) process.Result {
	rows := make([][]Measure, len(c.prints))
	for i, f := range c.prints {
		rows[i] = f.Measures
	}
	s := NewScore(parts(rows), weightsOf(in))
	first := c.prints[0]
	r := process.Result{
		Output: geo.Values{
			"scores": c.scores(s), "numbers": c.numbers(), "sensitivity": c.sensitivity(s), "changes": c.changes(),
		},
		Method: first.method(), Selected: first.selected, Used: len(first.Bases), Dropped: first.dropped,
	}
	r.Output["differences"], r.Output["balance"] = c.differences()
	for i, f := range c.prints {
		r.Layers, r.Docs = append(r.Layers, f.layers...), append(r.Docs, f.docs...)
		for _, w := range f.warnings {
			if said := process.Warns(first.warnings, w.Text); i == 0 {
				r.Warnings = append(r.Warnings, w)
			} else if !said {
				r.Warnings = append(r.Warnings, ofOption.With(c.options[i].name, w))
			}
		}
		if w, some := c.alike(i); some {
			r.Warnings = append(r.Warnings, ofOption.With(c.options[i].name, w))
		}
	}
	return r
}

func (c *comparison) scores(s *Score) geo.Value {
	var rows []geo.Value
	for at, i := range s.Order {
		v := geo.Values{"rank": wholeValue(at + 1), "option": geo.String(c.options[i].name), "score": geo.Float(s.Total[i])}
		for k, f := range Factors {
			v[string(f)] = geo.Float(s.Parts[i][k])
		}
		rows = append(rows, geo.Record(v))
	}
	return geo.List(rows...)
}

func (c *comparison) numbers() geo.Value {
	var rows []geo.Value
	for m := range c.prints[0].Measures {
		values := make([]float64, len(c.prints))
		for i, f := range c.prints {
			values[i] = f.Measures[m].Value
		}
		scaled := normal(values, c.prints[0].Measures[m].Better)
		for i, f := range c.prints {
			v := f.Measures[m].values()
			v["option"], v["difference"], v["normal"] = geo.String(c.options[i].name), geo.Float(values[i]-values[0]), geo.Value{}
			if f.Measures[m].Scored {
				v["normal"] = geo.Float(scaled[i])
			}
			v["apart"] = geo.Value{}
			if apart, known := apart(f.Measures[m].Sure, c.prints[0].Measures[m].Sure); known && i > 0 {
				v["apart"] = geo.Bool(apart)
			}
			rows = append(rows, geo.Record(v))
		}
	}
	return geo.List(rows...)
}

// apart reports whether two intervals do not overlap; not known where one of the
// two is none.
func apart(a, b stat.Interval) (yes, known bool) {
	if math.IsNaN(a.Lower) || math.IsNaN(b.Lower) {
		return false, false
	}
	return a.Lower > b.Upper || a.Upper < b.Lower, true
}

// alike says which numbers of an option may not differ from those of the base
// line; "" for none.
func (c *comparison) alike(i int) (w process.Warning, some bool) {
	var titles []string
	for m := range c.prints[0].Measures {
		was, now := &c.prints[0].Measures[m], &c.prints[i].Measures[m]
		if yes, known := apart(now.Sure, was.Sure); known && !yes && now.Value != was.Value {
			titles = append(titles, now.Title)
		}
	}
	if len(titles) == 0 {
		return w, false
	}
	return mayNotDiffer.With(strings.Join(titles, "; ")), true
}

func (c *comparison) sensitivity(s *Score) geo.Value {
	names := make([]string, len(c.options))
	for i, o := range c.options {
		names[i] = o.name
	}
	var rows []geo.Value
	for k, f := range Factors {
		if math.IsNaN(s.Parts[s.Order[0]][k]) {
			continue
		}
		stable := s.Stable(k)
		v := geo.Values{"factor": geo.String(string(f)), "weight": geo.Float(s.Weights[k]), "from": geo.Float(stable.From), "to": geo.Float(stable.To), "below": {}, "above": {}, "text": geo.String(stable.say(factorTitles[f], names))}
		if stable.Below >= 0 {
			v["below"] = geo.String(names[stable.Below])
		}
		if stable.Above >= 0 {
			v["above"] = geo.String(names[stable.Above])
		}
		rows = append(rows, geo.Record(v))
	}
	return geo.List(rows...)
}

func (c *comparison) changes() geo.Value {
	var rows []geo.Value
	for i, o := range c.options {
		for _, v := range o.effectsValue(c.prints[i]).List() {
			r := geo.Values{"option": geo.String(o.name)}
			for name, value := range v.Record() {
				r[name] = value
			}
			rows = append(rows, geo.Record(r))
		}
	}
	return geo.List(rows...)
}

// differences are the places that come in time, or do not any longer, or later
// or sooner by more than a minute. No scenario changes places, so that those of
// all options stand in one order.
func (c *comparison) differences() (layer, balance geo.Value) {
	before := c.prints[0]
	var features, rows []geo.Value
	for i, f := range c.prints[1:] {
		name := geo.String(c.options[i+1].name)
		sums := map[string]float64{}
		counts := map[string]int{}
		for k := range f.Places {
			was, now := &before.Places[k], &f.Places[k]
			change := changeOf(was, now)
			if change == "" {
				continue
			}
			counts[change]++
			sums[change] += known(now.People)
			features = append(features, process.Feature(len(features)+1, now.At, geo.Values{
				"change": geo.String(change), "option": name, "name": textOr(now.Name), "key": geo.Int(int64(now.Key)), "people": geo.Float(now.People),
				"minutes_before": roads.Minutes(was.Millis), "minutes_after": roads.Minutes(now.Millis), "bases_before": wholeValue(was.Bases), "bases_after": wholeValue(now.Bases),
			}))
		}
		rows = append(rows, geo.Record(geo.Values{
			"option": name, "places_gained": wholeValue(counts["gained"]), "places_lost": wholeValue(counts["lost"]), "people_gained": geo.Float(sums["gained"]), "people_lost": geo.Float(sums["lost"]),
		}))
	}
	return process.FeatureCollection(features), geo.List(rows...)
}

// aMinute is how much later or sooner is told of.
const aMinute = 60_000

func changeOf(was, now *Demand) string {
	switch {
	case was.reached() && !now.reached():
		return "lost"
	case !was.reached() && now.reached():
		return "gained"
	case now.Millis > was.Millis+aMinute:
		return "later"
	case now.Millis < was.Millis-aMinute:
		return "sooner"
	}
	return ""
}
